import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DownloadItem } from '#contract/domain.ts';
import type { Library } from '#main/db/open-library.ts';
import { makeBench, makePicture, sha256, type Bench } from '#test/support/download-fixtures.ts';
import {
  serveFile,
  startFaultServer,
  type FaultServer,
  type FileFaults,
} from '#test/support/fault-server.ts';
import { makeTempDir, openTestLibrary } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let library: Library;
let server: FaultServer;
let bench: Bench;
const size = 600_000;
const first = makePicture(size, 1);
const swapped = makePicture(size, 2);
const longer = makePicture(size + 50_000, 3);
const modified = 'Fri, 12 Feb 2010 00:00:00 GMT';
const laterModified = 'Sat, 13 Feb 2010 00:00:00 GMT';

beforeEach(async () => {
  temp = makeTempDir();
  library = openTestLibrary(temp.dir);
  server = await startFaultServer(serveFile(first));
  bench = makeBench(library, join(temp.dir, 'downloads'));
  bench.offers.byRef.set('nasa:PIA1', { url: `${server.base}/PIA1~orig.jpg` });
});
afterEach(async () => {
  await bench.service.dispose();
  library.close();
  await server.close();
  temp.remove();
});

/** The n-th request is answered with the n-th of these; the last one stays. */
function serveInTurn(...answers: [Buffer, FileFaults][]): void {
  let next = 0;
  server.use((request, response) => {
    const [content, faults] = answers[Math.min(next, answers.length - 1)] ?? [first, {}];
    next += 1;
    return serveFile(content, { contentType: 'image/jpeg', ...faults })(request, response);
  });
}

const ranges = () => server.requests.map((each) => each.headers.range ?? null);
const conditions = () => server.requests.map((each) => each.headers['if-range'] ?? null);

async function run(): Promise<DownloadItem> {
  const { id } = await bench.save('nasa:PIA1');
  return await bench.ended(id);
}

function expectWhole(item: DownloadItem, content: Buffer): void {
  expect(item).toMatchObject({
    state: 'done',
    sha256: sha256(content),
    totalBytes: content.length,
  });
  expect(bench.read('PIA1~orig.jpg').equals(content)).toBe(true);
  expect(bench.files()).toEqual(['PIA1~orig.jpg', 'PIA1~orig.jpg.json']);
}

const cut = 400_000;

describe('a connection that broke', () => {
  test('goes on where it was, on a strong ETag', async () => {
    serveInTurn([first, { etag: '"a"', cutAfterBytes: cut }], [first, { etag: '"a"' }]);
    expectWhole(await run(), first);
    expect(ranges()).toEqual([null, `bytes=${cut}-`]);
    expect(conditions()).toEqual([null, '"a"']);
  });

  test('goes on where it was, on a strong date', async () => {
    serveInTurn(
      [first, { lastModified: modified, cutAfterBytes: cut }],
      [first, { lastModified: modified }],
    );
    expectWhole(await run(), first);
    expect(conditions()).toEqual([null, modified]);
  });

  test('again and again, sending nothing twice', async () => {
    const answers: [Buffer, FileFaults][] = [1, 2, 3].map(() => [
      first,
      { etag: '"a"', cutAfterBytes: 150_000 },
    ]);
    serveInTurn(...answers, [first, { etag: '"a"' }]);
    expectWhole(await run(), first);
    expect(ranges()).toEqual([null, 'bytes=150000-', 'bytes=300000-', 'bytes=450000-']);
  });

  test('that stalls is broken off and goes on', async () => {
    serveInTurn([first, { etag: '"a"', stallAfterBytes: cut }], [first, { etag: '"a"' }]);
    expectWhole(await run(), first);
    expect(ranges()).toEqual([null, `bytes=${cut}-`]);
  });

  test('that promised more than it sent is not taken for whole', async () => {
    serveInTurn(
      [first.subarray(0, cut), { etag: '"a"', contentLength: size }],
      [first, { etag: '"a"' }],
    );
    expectWhole(await run(), first);
  });

  test('that promised less than it sent never passes as the file', async () => {
    serveInTurn([first, { etag: '"a"', contentLength: cut }], [first, { etag: '"a"' }]);
    const item = await run();
    // What came is what was promised: a whole, shorter file. It must hold just those bytes.
    expect(item.state).toBe('done');
    expect(bench.read('PIA1~orig.jpg').equals(first.subarray(0, cut))).toBe(true);
  });
});

describe('never mixed', () => {
  const noRange = (what: string, faults: FileFaults) =>
    test(`${what}: the part is dropped without asking for a range`, async () => {
      serveInTurn([first, { ...faults, cutAfterBytes: cut }], [swapped, faults]);
      expectWhole(await run(), swapped);
      expect(ranges()).toEqual([null, null]);
    });
  noRange('a weak ETag', { etag: 'W/"a"' });
  noRange('a weak ETag beside a strong date', { etag: 'W/"a"', lastModified: modified });
  noRange('no validator', {});
  noRange('a date of this minute', { lastModified: new Date().toUTCString() });

  test('a file swapped for one of the same size: 200 to If-Range is the whole new file', async () => {
    serveInTurn([first, { etag: '"a"', cutAfterBytes: cut }], [swapped, { etag: '"b"' }]);
    expectWhole(await run(), swapped);
    expect(server.requests).toHaveLength(2);
  });

  test('the same by date', async () => {
    serveInTurn(
      [first, { lastModified: modified, cutAfterBytes: cut }],
      [swapped, { lastModified: laterModified }],
    );
    expectWhole(await run(), swapped);
  });

  const restarts: Record<string, [Buffer, FileFaults]> = {
    'swapped, and If-Range ignored': [swapped, { etag: '"b"', ignoreIfRange: true }],
    'swapped for a longer one, and If-Range ignored': [
      longer,
      { etag: '"a"', ignoreIfRange: true },
    ],
    'swapped, If-Range ignored and no validator sent': [swapped, { ignoreIfRange: true }],
    'the range begins elsewhere': [swapped, { etag: '"a"', rangeShiftBytes: -7 }],
    'several parts in one answer': [swapped, { etag: '"a"', multipartRange: true }],
    'a coded range': [swapped, { etag: '"a"', headers: { 'content-encoding': 'gzip' } }],
    'shorter now than what is there: 416': [swapped.subarray(0, 100_000), { etag: '"a"' }],
  };
  for (const [what, [content, faults]] of Object.entries(restarts)) {
    test(`${what}: starts over from zero`, async () => {
      const { headers: _headers, ...usual } = faults;
      serveInTurn(
        [first, { etag: '"a"', cutAfterBytes: cut }],
        [content, faults],
        [content, usual],
      );
      expectWhole(await run(), content);
      expect(ranges()).toEqual([null, `bytes=${cut}-`, null]);
    });
  }

  test('the range ignored: the 200 is used from its first byte', async () => {
    serveInTurn(
      [first, { etag: '"a"', cutAfterBytes: cut }],
      [swapped, { etag: '"a"', ignoreRange: true }],
    );
    expectWhole(await run(), swapped);
    expect(server.requests).toHaveLength(2);
  });

  test('a part that was changed on disk is found by its checksum and dropped', async () => {
    serveInTurn([first, { etag: '"a"', stallAfterBytes: cut }], [first, { etag: '"a"' }]);
    const { id } = await bench.save('nasa:PIA1');
    await bench.until(id, (item) => item.receivedBytes >= cut);
    await bench.service.dispose();
    const [part = ''] = bench.files();
    const handle = fs.openSync(join(bench.folder, part), 'r+');
    fs.writeSync(handle, Buffer.from('spoilt'), 0, 6, 1000);
    fs.closeSync(handle);
    bench = makeBench(library, bench.folder, {}, bench.offers);
    bench.service.start();
    expectWhole(await bench.ended(id), first);
    expect(ranges()).toEqual([null, null]);
  });

  test('a part that was cut off on disk is dropped', async () => {
    serveInTurn([first, { etag: '"a"', stallAfterBytes: cut }], [first, { etag: '"a"' }]);
    const { id } = await bench.save('nasa:PIA1');
    await bench.until(id, (item) => item.receivedBytes >= cut);
    await bench.service.dispose();
    fs.truncateSync(join(bench.folder, bench.files()[0] ?? ''), 1000);
    bench = makeBench(library, bench.folder, {}, bench.offers);
    bench.service.start();
    expectWhole(await bench.ended(id), first);
  });

  test('a part that became a second name of a finished file is left alone', async () => {
    serveInTurn([first, { etag: '"a"', stallAfterBytes: cut }], [first, { etag: '"a"' }]);
    const { id } = await bench.save('nasa:PIA1');
    await bench.until(id, (item) => item.receivedBytes >= cut);
    await bench.service.dispose();
    const precious = join(temp.dir, 'precious.jpg');
    fs.linkSync(join(bench.folder, bench.files()[0] ?? ''), precious);
    const before = sha256(fs.readFileSync(precious));
    bench = makeBench(library, bench.folder, {}, bench.offers);
    bench.service.start();
    expectWhole(await bench.ended(id), first);
    expect(sha256(fs.readFileSync(precious))).toBe(before);
  });
});

describe('an orderly end', () => {
  test('keeps what has come, and the next run goes on from there', async () => {
    serveInTurn([first, { etag: '"a"', stallAfterBytes: cut }], [first, { etag: '"a"' }]);
    const { id } = await bench.save('nasa:PIA1');
    await bench.until(id, (item) => item.receivedBytes >= cut);
    await bench.service.dispose();
    expect(bench.files()).toHaveLength(1);
    bench = makeBench(library, bench.folder, {}, bench.offers);
    expect(bench.item(id)).toMatchObject({ state: 'queued', receivedBytes: cut, totalBytes: size });
    bench.service.start();
    expectWhole(await bench.ended(id), first);
    expect(ranges()).toEqual([null, `bytes=${cut}-`]);
  });
});
