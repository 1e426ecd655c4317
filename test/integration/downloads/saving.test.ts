import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import type { Library } from '#main/db/open-library.ts';
import { findDamagedRows } from '#main/db/row-checksum.ts';
import { downloadsTable } from '#main/downloads/download-row.ts';
import { templateOr } from '#main/downloads/names/template.ts';
import { KeptLimits, usualLimits } from '#main/downloads/transfer-limits.ts';
import { createSystemClock } from '#main/http/clock.ts';
import {
  makeBench,
  makePicture,
  md5,
  sha256,
  type Bench,
} from '#test/support/download-fixtures.ts';
import {
  byPath,
  inTurn,
  serveFile,
  serveHtmlError,
  serveJson,
  startFaultServer,
  type FaultHandler,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { makeTempDir, openTestLibrary } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let library: Library;
let server: FaultServer;
let bench: Bench;
const picture = makePicture(300_000);

beforeEach(async () => {
  temp = makeTempDir();
  library = openTestLibrary(temp.dir);
  server = await startFaultServer(serveFile(picture, { etag: '"a"', contentType: 'image/jpeg' }));
  bench = makeBench(library, join(temp.dir, 'downloads'));
  offer('nasa:PIA1', 'PIA1~orig.jpg');
});
afterEach(async () => {
  await bench.service.dispose();
  expect(await findDamagedRows(library.db, [downloadsTable])).toEqual([]);
  library.close();
  await server.close();
  temp.remove();
});

function offer(ref: string, path: string, rendition = {}): void {
  bench.offers.byRef.set(ref, { url: `${server.base}/${path}`, rendition });
}

async function saveAndEnd(ref = 'nasa:PIA1') {
  const { id } = await bench.save(ref);
  return await bench.ended(id);
}

async function failureOf(work: () => unknown): Promise<ArchiveError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ArchiveError) return error;
    throw error;
  }
  throw new Error('it worked');
}

describe('one file', () => {
  test('arrives whole under its name, with its sidecar and nothing else', async () => {
    const item = await saveAndEnd();
    expect(item).toMatchObject({
      state: 'done',
      path: join(bench.folder, 'PIA1~orig.jpg'),
      fileName: 'PIA1~orig.jpg',
      receivedBytes: picture.length,
      totalBytes: picture.length,
      sha256: sha256(picture),
      verified: 'size',
      error: null,
    });
    expect(bench.files()).toEqual(['PIA1~orig.jpg', 'PIA1~orig.jpg.json']);
    expect(bench.read('PIA1~orig.jpg').equals(picture)).toBe(true);
    expect(JSON.parse(bench.read('PIA1~orig.jpg.json').toString())).toMatchObject({
      file: 'PIA1~orig.jpg',
      source: `${server.base}/PIA1~orig.jpg`,
      bytes: picture.length,
      sha256: sha256(picture),
      credit: 'Credit: Observer 12',
      licence: null,
      licenceNote: 'Free to use',
      record: { ref: 'nasa:PIA1' },
    });
    expect(server.requests.map((each) => each.headers['accept-encoding'])).toEqual(['identity']);
    expect(fs.statSync(join(bench.folder, 'PIA1~orig.jpg')).mode & 0o111).toBe(0);
  });

  test('is durable when save answers: another connection sees the row', async () => {
    const { id } = await bench.save('nasa:PIA1');
    const other = openTestLibrary(temp.dir);
    const row = other.db
      .prepare<[string], { id: string }>('SELECT id FROM downloads WHERE id = ?')
      .get(id);
    expect(row).toEqual({ id });
    other.close();
    await bench.ended(id);
  });

  test('an empty file is a file', async () => {
    offer('pds:empty', 'empty.tab');
    server.use(serveFile(Buffer.alloc(0), { contentType: 'text/plain' }));
    expect(await saveAndEnd('pds:empty')).toMatchObject({ state: 'done', receivedBytes: 0 });
  });

  test('the archive’s md5 is checked and said', async () => {
    offer('pds:urn:nasa:pds:x::1.0', 'x.jpg', {
      bytes: picture.length,
      checksum: { algorithm: 'md5', value: md5(picture).toUpperCase() },
    });
    const item = await saveAndEnd('pds:urn:nasa:pds:x::1.0');
    expect(item).toMatchObject({ state: 'done', verified: 'checksum' });
    expect(item.fileName).toBe('urn_nasa_pds_x__1.0~orig.jpg');
  });

  test('NASA’s rounded size is no promise', async () => {
    offer('nasa:PIA1', 'PIA1~orig.jpg', { bytes: 299_000 });
    expect(await saveAndEnd()).toMatchObject({ state: 'done', totalBytes: picture.length });
  });

  test('a chunked body without a length is taken, and not called checked', async () => {
    server.use(serveFile(picture, { contentLength: null, contentType: 'image/jpeg' }));
    expect(await saveAndEnd()).toMatchObject({ state: 'done', verified: 'none' });
  });

  test('a PNG that calls itself .jpg gets its true ending', async () => {
    const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), picture]);
    server.use(serveFile(png, { contentType: 'image/jpeg' }));
    expect(await saveAndEnd()).toMatchObject({ state: 'done', fileName: 'PIA1~orig.png' });
  });

  test('events come at most four a second, the end among them', async () => {
    server.use(serveFile(picture, { bytesPerSecond: 600_000, contentType: 'image/jpeg' }));
    const startMs = Date.now();
    const item = await saveAndEnd();
    const tookMs = Date.now() - startMs;
    expect(bench.told.at(-1)).toEqual(item);
    expect(bench.told.length).toBeLessThanOrEqual(2 + Math.ceil(tookMs / 250));
    expect(bench.told.some((each) => each.state === 'active' && each.receivedBytes > 0)).toBe(true);
  });
});

describe('what is not as promised', () => {
  const isAside = (name: string) => /^x~orig\.jpg\.[0-9a-f]{8}\.quarantine$/.test(name);

  test('a wrong md5 is set aside, never under the final name, and can be fetched again', async () => {
    offer('pds:x', 'x.jpg', { checksum: { algorithm: 'md5', value: '0'.repeat(32) } });
    const item = await saveAndEnd('pds:x');
    expect(item).toMatchObject({
      state: 'quarantined',
      path: null,
      error: { code: 'not-as-promised' },
    });
    expect(item.error?.detail).toContain(md5(picture));
    expect(bench.files().map(isAside)).toEqual([true]);
    await bench.service.showInFolder(item.id);
    expect(bench.shown.map((path) => isAside(path.slice(bench.folder.length + 1)))).toEqual([true]);
    bench.service.retry(item.id);
    expect((await bench.ended(item.id)).state).toBe('quarantined');
    // Each time it is fetched once more by itself before it is set aside.
    expect(server.requests).toHaveLength(4);
    for (const { headers } of server.requests) expect(headers.range).toBeUndefined();
  });

  test('an exact size that differs', async () => {
    offer('pds:x', 'x.jpg', { bytes: picture.length + 1 });
    expect((await saveAndEnd('pds:x')).state).toBe('quarantined');
  });

  test('a web page that says so is refused before a byte is written', async () => {
    server.use((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>');
    });
    const item = await saveAndEnd();
    expect(item).toMatchObject({
      state: 'failed',
      error: { code: 'not-as-promised', retryable: true },
    });
    expect(bench.files().filter((name) => !name.endsWith('.part'))).toEqual([]);
    await bench.service.remove(item.id);
    expect(bench.files()).toEqual([]);
  });

  test('a web page that calls itself a picture is set aside', async () => {
    offer('pds:x', 'x.jpg');
    server.use(serveFile(Buffer.from('<!doctype html><p>no'), { contentType: 'image/jpeg' }));
    const item = await saveAndEnd('pds:x');
    expect(item).toMatchObject({ state: 'quarantined', error: { code: 'not-as-promised' } });
    expect(item.error?.message).toContain('a web page, not a JPEG picture');
    expect(bench.files().map(isAside)).toEqual([true]);
  });

  test('a body that was coded though it must not be', async () => {
    server.use(serveFile(picture, { gzip: true, contentType: 'image/jpeg' }));
    expect(await saveAndEnd()).toMatchObject({ state: 'failed', error: { code: 'bad-answer' } });
  });
});

describe('answers that are no file', () => {
  test('404 ends it, with a word of what it means', async () => {
    server.use(serveHtmlError(404));
    expect(await saveAndEnd()).toMatchObject({
      state: 'failed',
      error: { code: 'not-found', retryable: false },
    });
    expect(server.requests).toHaveLength(1);
  });

  test('5xx is tried again, then given up, retryable', async () => {
    server.use(serveHtmlError(502));
    expect(await saveAndEnd()).toMatchObject({
      state: 'failed',
      error: { code: 'unavailable', retryable: true },
    });
    expect(server.requests).toHaveLength(4);
    server.use(serveFile(picture, { contentType: 'image/jpeg' }));
    const [item] = bench.service.list().items;
    bench.service.retry(item?.id ?? '');
    expect((await bench.ended(item?.id ?? '')).state).toBe('done');
  });

  test('5xx once is no matter', async () => {
    server.use(inTurn(serveHtmlError(503), serveFile(picture, { contentType: 'image/jpeg' })));
    expect((await saveAndEnd()).state).toBe('done');
  });

  test('429 waits as long as it says, and shows until when', async () => {
    server.use(
      inTurn(
        serveJson({ reason: 'slow' }, 429, { 'retry-after': '1' }),
        serveFile(picture, { contentType: 'image/jpeg' }),
      ),
    );
    const { id } = await bench.save('nasa:PIA1');
    const waiting = await bench.until(id, (item) => item.state === 'waiting');
    expect(waiting.error).toMatchObject({ code: 'rate-limited', retryable: true });
    expect(waiting.error?.retryAfterMs).toBeGreaterThan(0);
    expect(waiting.error?.retryAfterMs).toBeLessThanOrEqual(1000);
    expect((await bench.ended(id)).state).toBe('done');
    expect(server.requests).toHaveLength(2);
  });

  test('a file that moved is found by its record and fetched from there, from zero', async () => {
    server.use(
      byPath({
        '/PIA1~orig.jpg': (request, response) => {
          bench.offers.byRef.set('nasa:PIA1', { url: `${server.base}/moved.jpg` });
          return serveHtmlError(404)(request, response);
        },
        '/moved.jpg': serveFile(picture, { contentType: 'image/jpeg' }),
      }),
    );
    const item = await saveAndEnd();
    expect(item).toMatchObject({ state: 'done', url: `${server.base}/moved.jpg` });
  });
});

describe('names in the folder', () => {
  test('a file of that name is never overwritten: the next number is taken', async () => {
    fs.mkdirSync(bench.folder, { recursive: true });
    fs.writeFileSync(join(bench.folder, 'PIA1~orig.jpg'), 'mine');
    fs.symlinkSync('nowhere', join(bench.folder, 'PIA1~orig (2).jpg'));
    fs.writeFileSync(join(bench.folder, 'PIA1~orig (3).jpg.json'), 'mine too');
    const item = await saveAndEnd();
    expect(item.fileName).toBe('PIA1~orig (4).jpg');
    expect(bench.read('PIA1~orig.jpg').toString()).toBe('mine');
    expect(bench.read('PIA1~orig (3).jpg.json').toString()).toBe('mine too');
    expect(bench.read('PIA1~orig (4).jpg').equals(picture)).toBe(true);
  });

  test('two different files of one name at once both arrive, each whole', async () => {
    const other = makePicture(250_000, 2);
    offer('nasa:a/b', 'one.jpg');
    offer('nasa:a_b', 'two.jpg');
    server.use(
      byPath({
        '/one.jpg': serveFile(picture, { bytesPerSecond: 3_000_000, contentType: 'image/jpeg' }),
        '/two.jpg': serveFile(other, { bytesPerSecond: 3_000_000, contentType: 'image/jpeg' }),
      }),
    );
    const saved = await Promise.all([bench.save('nasa:a/b'), bench.save('nasa:a_b')]);
    const items = await Promise.all(saved.map((item) => bench.ended(item.id)));
    expect(items.map((item) => item.fileName).sort()).toEqual(['a_b~orig (2).jpg', 'a_b~orig.jpg']);
    expect(items.map((item) => sha256(bench.read(item.fileName)))).toEqual([
      sha256(picture),
      sha256(other),
    ]);
  });

  test('the same wish twice is one download, and once done it is done', async () => {
    const [a, b] = await Promise.all([bench.save('nasa:PIA1'), bench.save('nasa:PIA1')]);
    expect(a.id).toBe(b.id);
    await bench.ended(a.id);
    const again = await bench.save('nasa:PIA1');
    expect(again).toMatchObject({
      id: a.id,
      state: 'done',
      path: join(bench.folder, 'PIA1~orig.jpg'),
    });
    expect(server.requests).toHaveLength(1);
  });

  test('saving again what failed or was cancelled goes on with the same download', async () => {
    server.use(inTurn(serveHtmlError(404), serveFile(picture, { contentType: 'image/jpeg' })));
    const failed = await saveAndEnd();
    expect(failed.state).toBe('failed');
    const again = await saveAndEnd();
    expect(again).toMatchObject({ id: failed.id, state: 'done', error: null });
    expect(bench.service.list().items).toHaveLength(1);
  });

  test('a finished file that was deleted is fetched again', async () => {
    const first = await saveAndEnd();
    fs.rmSync(first.path ?? '');
    const again = await saveAndEnd();
    expect(again.id).not.toBe(first.id);
    expect(again.state).toBe('done');
  });

  test('the same bytes from the same address make no second copy', async () => {
    const first = await saveAndEnd();
    // Out of sight while it is saved again, so that it is fetched; back before it gets its name.
    fs.renameSync(first.path ?? '', `${first.path ?? ''}.away`);
    const third = await bench.save('nasa:PIA1');
    fs.renameSync(`${first.path ?? ''}.away`, first.path ?? '');
    const ended = await bench.ended(third.id);
    expect(ended).toMatchObject({ state: 'done', path: first.path });
    expect(third.id).not.toBe(first.id);
    expect(bench.files().filter((name) => name.includes('(2)') || name.endsWith('.part'))).toEqual(
      [],
    );
  });
});

describe('settings of a download', () => {
  const begin = (more: Parameters<typeof makeBench>[2]): void => {
    bench = makeBench(library, bench.folder, more, bench.offers);
  };

  test('a template names the file and the folders that it lies in', async () => {
    await bench.service.dispose();
    begin({ template: () => templateOr('{archive}/{year}/{id}-{rendition}.{ext}') });
    server.use(serveFile(picture, { contentType: 'image/jpeg' }));
    const item = await saveAndEnd();
    expect(item.state).toBe('done');
    expect(item.path).toMatch(/[\\/]nasa-images[\\/](\d{4}|undated)[\\/]PIA1-orig\.jpg$/);
    // Saved again, it is there already.
    const before = server.requests.length;
    expect((await saveAndEnd()).path).toBe(item.path);
    expect(server.requests).toHaveLength(before);
  });

  test('bytes come no faster than the limit', async () => {
    await bench.service.dispose();
    const bytesPerSecond = picture.byteLength * 2;
    begin({
      limits: new KeptLimits(createSystemClock(), () => ({ ...usualLimits, bytesPerSecond })),
    });
    server.use(serveFile(picture, { contentType: 'image/jpeg' }));
    const startMs = performance.now();
    expect((await saveAndEnd()).state).toBe('done');
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(495);
  });
});

describe('cancel, remove, show', () => {
  const slow: FaultHandler = serveFile(picture, {
    bytesPerSecond: 200_000,
    contentType: 'image/jpeg',
  });

  test('cancelled half-way leaves nothing on disk', async () => {
    server.use(slow);
    const { id } = await bench.save('nasa:PIA1');
    await bench.until(id, (item) => item.receivedBytes > 0);
    expect(bench.files()).toHaveLength(1);
    const item = await bench.service.cancel(id);
    expect(item).toMatchObject({ state: 'cancelled', error: null, path: null, receivedBytes: 0 });
    expect(bench.files()).toEqual([]);
  });

  test('a queued one is cancelled before it starts, and can be tried again', async () => {
    await bench.service.dispose();
    bench = makeBench(
      library,
      bench.folder,
      { limits: new KeptLimits(createSystemClock(), () => ({ ...usualLimits, atOnce: 1 })) },
      bench.offers,
    );
    server.use(slow);
    const first = await bench.save('nasa:PIA1');
    offer('nasa:PIA2', 'PIA2~orig.jpg');
    const second = await bench.save('nasa:PIA2');
    await bench.until(first.id, (item) => item.receivedBytes > 0);
    expect((await bench.service.cancel(second.id)).state).toBe('cancelled');
    await bench.service.cancel(first.id);
    expect(server.requests.map((each) => each.url)).toEqual(['/PIA1~orig.jpg']);
    server.use(serveFile(picture, { contentType: 'image/jpeg' }));
    bench.service.retry(second.id);
    expect((await bench.ended(second.id)).state).toBe('done');
  });

  test('cancelling what has ended changes nothing', async () => {
    const item = await saveAndEnd();
    expect(await bench.service.cancel(item.id)).toEqual(item);
  });

  test('a finished row leaves the list, its file stays and is known', async () => {
    const item = await saveAndEnd();
    await bench.service.remove(item.id);
    expect(bench.removed).toEqual([item.id]);
    expect(bench.service.list().items).toEqual([]);
    expect(bench.files()).toHaveLength(2);
    expect((await bench.save('nasa:PIA1')).state).toBe('done');
    expect(bench.service.list().items).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
  });

  test('a running row cannot be removed; unknown ids are said to be unknown', async () => {
    server.use(slow);
    const { id } = await bench.save('nasa:PIA1');
    expect((await failureOf(() => bench.service.remove(id))).code).toBe('invalid-arguments');
    await bench.service.cancel(id);
    for (const act of ['cancel', 'retry', 'remove', 'showInFolder'] as const) {
      expect((await failureOf(() => bench.service[act]('nobody'))).code).toBe('not-found');
    }
  });

  test('show in folder asks for the file, and says when it is gone', async () => {
    const item = await saveAndEnd();
    await bench.service.showInFolder(item.id);
    expect(bench.shown).toEqual([item.path]);
    fs.rmSync(item.path ?? '');
    expect((await failureOf(() => bench.service.showInFolder(item.id))).code).toBe('not-found');
  });

  test('an unknown record or a relative folder is refused, and nothing is queued', async () => {
    expect((await failureOf(() => bench.save('nasa:unknown'))).code).toBe('not-found');
    const other = makeBench(library, 'relative', {}, bench.offers);
    expect((await failureOf(() => other.save('nasa:PIA1'))).code).toBe('disk');
    await other.service.dispose();
    expect(bench.service.list().items).toEqual([]);
  });
});
