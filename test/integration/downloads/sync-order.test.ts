/**
 * The order of the system calls that make a file outlast a power cut, as the kernel saw them. Needs strace
 * (a Debian package) and the right to trace; skipped, with its reason, where either is missing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePicture } from '#test/support/download-fixtures.ts';
import { serveFile, startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { runChild } from '#test/support/run-child.ts';

const probe = spawnSync('strace', ['-f', '-e', 'trace=none', 'true']);
const canTrace = probe.status === 0;
if (!canTrace) console.log('skipped: sync order needs strace and the right to trace');

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;
beforeEach(async () => {
  temp = makeTempDir();
  server = await startFaultServer(
    serveFile(makePicture(6_000_000), { etag: '"a"', contentType: 'image/jpeg' }),
  );
});
afterEach(async () => {
  await server.close();
  temp.remove();
});

interface Call {
  name: string;
  text: string;
  /** Lines at which it began and had ended. */
  begin: number;
  end: number;
}

/** Reads `strace -f -y` output; calls that were interrupted by another thread's are put together again. */
function readCalls(file: string): Call[] {
  const calls: Call[] = [];
  const open = new Map<string, Call>();
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
      const resumed = /^<\.\.\. (\w+) resumed>/.exec(rest);
      const pending = open.get(thread);
      if (resumed !== null && pending !== undefined) {
        pending.end = index;
        pending.text += rest;
        open.delete(thread);
        return;
      }
      const name = /^(\w+)\(/.exec(rest)?.[1];
      if (name === undefined) return;
      const call = { name, text: rest, begin: index, end: index };
      calls.push(call);
      if (rest.endsWith('<unfinished ...>')) {
        call.end = Number.POSITIVE_INFINITY;
        open.set(thread, call);
      }
    });
  return calls.filter((call) => !/= -1 /.test(call.text));
}

test.skipIf(!canTrace)(
  'part synced, wish journalled, name given, folder synced, part dropped, then said',
  async () => {
    const folder = join(temp.dir, 'downloads');
    const log = join(temp.dir, 'strace.log');
    const traced =
      'trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2,unlink,unlinkat,ftruncate';
    const child = runChild(
      './download-child.ts',
      [temp.dir, folder, server.base, 'nasa:PIA1', 'links'],
      ['strace', '-f', '-y', '-s', '300', '-e', traced, '-o', log],
    );
    expect((await child.ended).errors).toBe('');
    expect(child.lines.at(-1)).toBe('idle');
    const calls = readCalls(log);
    const matching = (name: RegExp, text: RegExp) =>
      calls.filter((call) => name.test(call.name) && text.test(call.text));
    const one = (name: RegExp, text: RegExp) => {
      const found = matching(name, text);
      expect(found, `${name} ${text}`).toHaveLength(1);
      return found[0] ?? { name: '', text: '', begin: -1, end: -1 };
    };
    const syncs = /^f(data)?sync$/;
    const links = /^link(at)?$/;
    const drops = /^unlink(at)?$/;
    const partSyncs = matching(syncs, /~orig\.jpg\.[0-9a-f]{8}\.part>/);
    const given = one(links, /\.part", .*PIA1~orig\.jpg"/);
    const sidecarSynced = one(syncs, /\.part\.json>/);
    const sidecarGiven = one(links, /PIA1~orig\.jpg\.json"/);
    const folderSynced = one(syncs, /\/downloads>/);
    const dropped = one(drops, /~orig\.jpg\.[0-9a-f]{8}\.part"/);
    const journals = matching(syncs, /library\.db-wal>/);

    // The part is on the disk before its name is given, and was several times while it came (6 MB).
    expect(partSyncs.length).toBeGreaterThanOrEqual(3);
    const lastPartSync = partSyncs.at(-1)?.end ?? Number.POSITIVE_INFINITY;
    expect(lastPartSync).toBeLessThan(given.begin);
    // Nothing is journalled that is not on the disk: a sync of the part lies before the first journal of it.
    expect(journals.some((call) => call.begin > lastPartSync && call.end < given.begin)).toBe(true);
    expect(sidecarSynced.end).toBeLessThan(sidecarGiven.begin);
    expect(given.end).toBeLessThan(folderSynced.begin);
    expect(sidecarGiven.end).toBeLessThan(folderSynced.begin);
    expect(folderSynced.end).toBeLessThan(dropped.begin);
    // "Done" is written last.
    expect(journals.some((call) => call.begin > dropped.end)).toBe(true);
    // Never a rename over anything.
    expect(matching(/^rename/, /downloads/)).toEqual([]);
  },
  120_000,
);
