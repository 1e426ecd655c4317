/**
 * A program for tests that end it with kill -9: opens a library, goes on with its downloads, and queues what
 * is asked for. Says `acked <id> <ref>` once a wish is durable, and `idle` once everything has ended.
 *
 * Arguments: profile folder, download folder, address of the server, comma list of refs, `links` or `no-links`.
 */
import { writeSync } from 'node:fs';
import { openLibrary } from '#main/db/open-library.ts';
import { nodeDownloadFs, type DownloadFs } from '#main/downloads/download-fs.ts';
import { makeBench, Offers } from './download-fixtures.ts';

const [profileDir = '', folder = '', base = '', refList = '', links = 'links'] =
  process.argv.slice(2);
const refs = refList === '' ? [] : refList.split(',');
const say = (line: string) => writeSync(1, `${line}\n`);

const library = openLibrary({ profileDir, log: () => {}, clock: { nowMs: () => Date.now() } });

const withoutLinks: DownloadFs = {
  open: nodeDownloadFs.open,
  mkdir: nodeDownloadFs.mkdir,
  lstat: nodeDownloadFs.lstat,
  statfs: nodeDownloadFs.statfs,
  readFile: nodeDownloadFs.readFile,
  rename: nodeDownloadFs.rename,
  unlink: nodeDownloadFs.unlink,
  link: () => Promise.reject(Object.assign(new Error('no links here'), { code: 'ENOTSUP' })),
};

/** Every ref is a file of its own, whoever asks. */
class AnyOffer extends Offers {
  override rendition(ref: Parameters<Offers['rendition']>[0], name: string) {
    const id = ref.slice(ref.indexOf(':') + 1);
    this.byRef.set(ref, { url: `${base}/${id}.jpg` });
    return super.rendition(ref, name);
  }
}

const bench = makeBench(
  library,
  folder,
  links === 'links' ? {} : { fs: withoutLinks },
  new AnyOffer(),
);
bench.service.start();
for (const ref of refs) {
  const item = await bench.save(ref);
  say(`acked ${item.id} ${ref}`);
}
const isOpen = ({ endedAtMs }: { endedAtMs: number | null }) => endedAtMs === null;
// Another process may have asked for more meanwhile; whoever owns the queue works on that as well.
for (let open = bench.service.list().items.filter(isOpen); open.length > 0;) {
  await Promise.all(open.map((item) => bench.ended(item.id)));
  open = bench.service.list().items.filter(isOpen);
}
say('idle');
await bench.service.dispose();
library.close();
