import { readdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMediaKeys } from '#main/cache/media-keys.ts';
import { createMediaService, type ClosableMediaService } from '#main/cache/create-media-service.ts';
import { PinsRepo } from '#main/cache/responses-repo.ts';
import { openCache, type CacheFile } from '#main/db/open-cache.ts';
import type { MediaRequest } from '#main/cache/media-service.ts';
import {
  redirectTo,
  serveFile,
  startFaultServer,
  type FaultHandler,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { openDoor } from '#test/support/http-door.ts';

let server: FaultServer;
let door: ReturnType<typeof openDoor>;
let media: ClosableMediaService;
let folder: string;
let budgetBytes: number;
let index: CacheFile;
let jpeg: Buffer;
const keys = createMediaKeys(Buffer.alloc(32, 4));

beforeEach(async () => {
  jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#a63' } })
    .jpeg()
    .toBuffer();
  folder = join(await mkdtemp(join(tmpdir(), 'almagest-media-')), 'media');
  index = openCache({ profileDir: join(folder, '..'), log: () => {} });
  budgetBytes = 1024 * 1024;
  server = await startFaultServer(serveFile(() => jpeg, { contentType: 'text/html' }));
  door = openDoor(server.base);
  media = openMedia();
});

afterEach(async () => {
  await media.close();
  index.close();
  door.close();
  await server.close();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

function openMedia(): ClosableMediaService {
  return createMediaService({
    http: door.http,
    keys,
    folder,
    db: index.db,
    budgetBytes: () => budgetBytes,
  });
}

function request(path: string, more: Partial<MediaRequest> = {}): MediaRequest {
  return {
    key: keys.sign('nasa-files', `${server.base}${path}`),
    method: 'GET',
    range: null,
    signal: new AbortController().signal,
    ...more,
  };
}

async function ask(path: string, more: Partial<MediaRequest> = {}) {
  const response = await media.respond(request(path, more));
  const body =
    response.body === null ? null : Buffer.from(await new Response(response.body).arrayBuffer());
  return { status: response.status, headers: response.headers, body };
}

describe('a picture', () => {
  test('comes with the type of its bytes, whatever the archive calls it', async () => {
    const { status, headers, body } = await ask('/a.jpg');
    expect(status).toBe(200);
    expect(body?.equals(jpeg)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(jpeg.length),
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(headers['etag']).toMatch(/^"[0-9a-f]{32}-[0-9a-f]+"$/);
  });

  test('is fetched once for many, and survives a restart', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => ask('/a.jpg')));
    expect(all.every(({ body }) => body?.equals(jpeg))).toBe(true);
    expect(server.requests).toHaveLength(1);
    const first = all[0]?.headers;
    await media.close();
    await server.close();
    media = openMedia();
    const again = await ask('/a.jpg');
    expect(again.body?.equals(jpeg)).toBe(true);
    expect(again.headers).toEqual(first);
  });

  test('is served in ranges, and by HEAD', async () => {
    for (const _round of ['fetched', 'kept']) {
      const part = await ask('/a.jpg', { range: 'bytes=2-5' });
      expect(part.status).toBe(206);
      expect(part.headers['content-range']).toBe(`bytes 2-5/${String(jpeg.length)}`);
      expect(part.body?.equals(jpeg.subarray(2, 6))).toBe(true);
    }
    const outside = await ask('/a.jpg', { range: `bytes=${String(jpeg.length)}-` });
    expect(outside).toMatchObject({ status: 416, body: null });
    expect(outside.headers['content-range']).toBe(`bytes */${String(jpeg.length)}`);
    const head = await ask('/a.jpg', { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, body: null });
    expect(head.headers['content-length']).toBe(String(jpeg.length));
  });

  test('in TIFF is shown as JPEG', async () => {
    const tiff = await sharp({
      create: { width: 50, height: 40, channels: 4, background: '#0f08' },
    })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    server.use(serveFile(tiff));
    const { status, headers, body } = await ask('/a.tif');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('image/jpeg');
    expect(await sharp(body ?? Buffer.alloc(0)).metadata()).toMatchObject({
      format: 'jpeg',
      width: 50,
      height: 40,
    });
  });

  test('of more pixels than a window can draw comes as many as it can', async () => {
    const wide = await sharp({
      create: { width: 60_000, height: 40, channels: 3, background: '#246' },
    })
      .png()
      .toBuffer();
    server.use(serveFile(wide));
    const { status, body } = await ask('/wide.png');
    expect(status).toBe(200);
    expect(await sharp(body ?? Buffer.alloc(0)).metadata()).toMatchObject({
      format: 'jpeg',
      width: 30_000,
      height: 20,
    });
  });

  test('that takes a while says how far it is', async () => {
    const told: unknown[] = [];
    await media.close();
    let now = 0;
    media = createMediaService({
      http: door.http,
      keys,
      folder,
      db: index.db,
      budgetBytes: () => budgetBytes,
      nowMs: () => (now += 200),
      onProgress: (progress) => told.push(progress),
    });
    const noise = await sharp(
      Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at) % 251)),
      {
        raw: { width: 400, height: 250, channels: 3 },
      },
    )
      .png({ compressionLevel: 0 })
      .toBuffer();
    server.use(serveFile(noise));
    expect((await ask('/noise.png')).body?.equals(noise)).toBe(true);
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]).toMatchObject({
      key: keys.sign('nasa-files', `${server.base}/noise.png`),
      totalBytes: noise.length,
    });
  });

  test('that is damaged on disk is fetched anew', async () => {
    await ask('/a.jpg');
    const path = await onlyFile();
    await writeFile(path, '<html>broken by something else</html>');
    expect((await ask('/a.jpg')).body?.equals(jpeg)).toBe(true);
    expect(server.requests).toHaveLength(2);
  });

  test('is shown though the disk is not usable', async () => {
    await media.close();
    await writeFile(folder, 'a file where the folder should be');
    media = openMedia();
    expect((await ask('/a.jpg')).status).toBe(200);
  });
});

async function onlyFile(): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const paths = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), info: await stat(join(folder, name)) })),
  );
  const files = paths.filter(({ info }) => info.isFile());
  expect(files).toHaveLength(1);
  return files[0]?.path ?? '';
}

describe('what is not served', () => {
  test('a key that main did not make', async () => {
    expect(await ask('/a.jpg', { key: 'x/nasa-files/y' })).toMatchObject({
      status: 404,
      body: null,
    });
    const forged = keys.sign('nasa-files', `${server.base}/a.jpg`).replace(/.$/, 'A');
    expect((await ask('/a.jpg', { key: forged })).status).toBe(404);
    expect(server.requests).toHaveLength(0);
  });

  test('an address that the policy refuses, though it is signed', async () => {
    const key = keys.sign('nasa-files', 'http://169.254.169.254/a.jpg');
    expect((await ask('', { key })).status).toBe(403);
  });

  test.each([
    ['HTML', Buffer.from('<!DOCTYPE html><script>1</script>'.padEnd(200)), 415],
    [
      'SVG with a script',
      Buffer.from('<?xml version="1.0"?><svg><script>fetch("//x")</script></svg>'.padEnd(200)),
      415,
    ],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.padEnd(200)), 415],
    ['nothing', Buffer.alloc(0), 415],
    ['a PNG of 100,000 x 100,000', pngClaiming(100_000, 100_000), 413],
    ['a PNG of 200,001 x 1', pngClaiming(200_001, 1), 413],
    ['a PNG of 30,001 x 1 without its pixels', pngClaiming(30_001, 1), 415],
    ['a PNG of 0 x 0', pngClaiming(0, 0), 415],
    [
      'a JPEG without a frame',
      Buffer.from([0xff, 0xd8, 0xff, 0xd9, ...new Array<number>(100).fill(0)]),
      415,
    ],
    ['a TIFF that is none', Buffer.from('II*\0'.padEnd(300, 'x'), 'latin1'), 415],
    ['a TIFF of 60,000 x 60,000', tiffClaiming(60_000, 60_000), 413],
  ])('%s', async (_name, bytes, status) => {
    server.use(serveFile(bytes, { contentType: 'image/png' }));
    expect(await ask('/a.png')).toMatchObject({ status, body: null });
    expect(await ask('/a.png')).toMatchObject({ status, body: null });
    expect(server.requests).toHaveLength(1);
    expect(await media.size('picture')).toBe(0);
  });

  test.each([
    'file:///etc/passwd',
    'http://169.254.169.254/a.jpg',
    'https://example.org/a.jpg',
    'data:image/png;base64,AAAA',
  ])('a redirect to %s', async (place) => {
    server.use(redirectTo(place));
    expect((await ask('/a.jpg')).status).toBeGreaterThanOrEqual(400);
    expect((await ask('/a.mp4')).status).toBeGreaterThanOrEqual(400);
    expect(await media.size('picture')).toBe(0);
  });

  test('what is too large to be held', async () => {
    server.use((_request, response) => {
      response.writeHead(200, { 'content-length': String(257 * 1024 * 1024) }).write(jpeg);
    });
    expect((await ask('/a.jpg')).status).toBe(413);
    server.use((_request, response) => {
      response.writeHead(200);
      const push = (): void => {
        while (response.write(Buffer.alloc(1024 * 1024)));
        response.once('drain', push);
      };
      push();
    });
    expect((await ask('/b.jpg')).status).toBe(413);
  });

  test.each([
    [404, 404],
    [403, 502],
    [500, 502],
    [302, 502],
  ])('an answer of %i, which is %i here', async (status, expected) => {
    server.use((_request, response) => {
      response.writeHead(status).end(jpeg);
    });
    expect((await ask('/a.jpg')).status).toBe(expected);
  });

  test('a cut or broken answer, which is asked for again next time', async () => {
    server.use(serveFile(jpeg, { cutAfterBytes: 100 }));
    expect((await ask('/a.jpg')).status).toBe(502);
    server.use(serveFile(jpeg));
    expect((await ask('/a.jpg')).status).toBe(200);
  });
});

/** A header that claims a size, with nothing behind it. */
function pngClaiming(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(100);
  Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'latin1').copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt8(8, 24);
  return bytes;
}

/** A little-endian TIFF with the tags that a reader needs, one strip, and no pixels to speak of. */
function tiffClaiming(width: number, height: number): Buffer {
  const tags: [number, number][] = [
    [256, width],
    [257, height],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 200],
    [277, 1],
    [278, height],
    [279, 10],
  ];
  const bytes = Buffer.alloc(256);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, value], index) => {
    const at = 10 + index * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(4, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  });
  return bytes;
}

describe('the budget', () => {
  test('is kept by dropping what was used longest ago', async () => {
    let nowMs = Date.UTC(2026, 10, 19);
    await media.close();
    budgetBytes = jpeg.length * 4;
    media = createMediaService({
      http: door.http,
      keys,
      folder,
      db: index.db,
      budgetBytes: () => budgetBytes,
      nowMs: () => (nowMs += 1000),
    });
    for (const name of ['a', 'b', 'c', 'd']) await ask(`/${name}.jpg`);
    await ask('/a.jpg');
    await ask('/e.jpg');
    expect(await media.size('picture')).toBeLessThanOrEqual(budgetBytes);
    const before = server.requests.length;
    await ask('/a.jpg');
    await ask('/e.jpg');
    expect(server.requests).toHaveLength(before);
    await ask('/b.jpg');
    expect(server.requests).toHaveLength(before + 1);
  });

  test('counts what an earlier run left, and clearing leaves nothing', async () => {
    await ask('/a.jpg');
    await media.close();
    media = openMedia();
    expect(await media.size('picture')).toBe(jpeg.length);
    await media.clear('picture');
    expect(await media.size('picture')).toBe(0);
    await ask('/a.jpg');
    expect(server.requests).toHaveLength(2);
    expect(await media.size('picture')).toBe(jpeg.length);
  });
});

describe('files and their index', () => {
  test('are brought together: lost rows come back, lost files are forgotten, old drafts go', async () => {
    for (const name of ['a', 'b', 'c']) await ask(`/${name}.jpg`);
    await media.close();
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.length > 60);
    expect(names).toHaveLength(3);
    await rm(join(folder, names[0] ?? ''));
    index.db.prepare('DELETE FROM media WHERE hash = ?').run(names[1]?.slice(3) ?? '');
    const draft = join(folder, `${names[2] ?? ''}.abc.part`);
    await writeFile(draft, 'half');
    await utimes(draft, 1000, 1000);
    await writeFile(join(folder, `${names[2] ?? ''}.new.part`), 'being written');
    media = openMedia();
    expect(await media.size('picture')).toBe(jpeg.length * 2);
    const left = (await readdir(folder, { recursive: true })).filter((name) => name.length > 60);
    expect(left.sort()).toEqual([...names.slice(1), `${names[2] ?? ''}.new.part`].sort());
    expect(index.db.prepare('SELECT count(*) AS n FROM media').get()).toEqual({ n: 2 });
  });

  test('survive the loss of the index', async () => {
    await ask('/a.jpg');
    await media.close();
    index.close();
    await rm(index.file);
    index = openCache({ profileDir: join(folder, '..'), log: () => {} });
    media = openMedia();
    expect(await media.size('picture')).toBe(jpeg.length);
    await server.close();
    expect((await ask('/a.jpg')).status).toBe(200);
  });

  test('what is pinned stays whatever the budget', async () => {
    budgetBytes = jpeg.length * 3;
    new PinsRepo(index.db).pin('library', [`${server.base}/a.jpg`]);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await ask(`/${name}.jpg`);
    expect(await media.size('picture')).toBeLessThanOrEqual(jpeg.length * 4);
    await server.close();
    expect((await ask('/a.jpg')).status).toBe(200);
    expect((await ask('/f.jpg')).status).toBe(200);
    expect((await ask('/b.jpg')).status).toBe(502);
  });
});

describe('cancelling', () => {
  test('ends the fetch when the last one leaves', async () => {
    const ended = Promise.withResolvers<boolean>();
    server.use((incoming) => {
      incoming.socket.once('close', () => {
        ended.resolve(true);
      });
    });
    const controller = new AbortController();
    const waiting = ask('/a.jpg', { signal: controller.signal });
    await server.waitForRequests(1);
    controller.abort();
    expect((await waiting).status).toBe(503);
    expect(await ended.promise).toBe(true);
  });
});

describe('sound and video', () => {
  const film = Buffer.concat([
    Buffer.from('\0\0\0\x18ftypmp42', 'latin1'),
    Buffer.alloc(500_000, 7),
  ]);
  const serve = (faults: Parameters<typeof serveFile>[1] = {}): FaultHandler =>
    serveFile(film, faults);

  test('are passed through in the ranges asked for; one beyond its part of the budget is not kept', async () => {
    server.use(serve({ etag: '"v1"', contentType: 'text/html' }));
    const whole = await ask('/a.mp4');
    expect(whole.status).toBe(200);
    expect(whole.headers).toMatchObject({
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
      'content-length': String(film.length),
      'x-content-type-options': 'nosniff',
    });
    expect(whole.body?.equals(film)).toBe(true);
    const part = await ask('/a.mp4', { range: 'bytes=400000-400009' });
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 400000-400009/${String(film.length)}`);
    expect(part.body?.length).toBe(10);
    expect((await ask('/a.mp4', { range: 'bytes=-5' })).body?.length).toBe(5);
    expect((await ask('/a.mp4', { range: 'bytes=9999999-' })).status).toBe(416);
    expect((await ask('/a.mp4', { method: 'HEAD' })).headers['content-length']).toBe(
      String(film.length),
    );
    expect(await media.size('picture')).toBe(0);
    // Once to see what it is, then what was asked for.
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([
      'bytes=0-63',
      undefined,
      'bytes=400000-400009',
      'bytes=-5',
      'bytes=9999999-',
      undefined,
    ]);
  });

  const drafts = async () =>
    (await readdir(folder, { recursive: true }).catch(() => [])).filter((name) =>
      name.endsWith('.part'),
    );

  test('that came whole are kept, and served in ranges with no network', async () => {
    budgetBytes = 16 * 1024 * 1024;
    server.use(serve({ etag: '"v1"' }));
    expect((await ask('/a.mp4', { range: 'bytes=0-' })).body?.equals(film)).toBe(true);
    expect(await media.size('stream')).toBe(film.length);
    expect(await media.size('picture')).toBe(0);
    await media.close();
    await server.close();
    media = openMedia();
    const part = await ask('/a.mp4', { range: 'bytes=400000-400009' });
    expect(part).toMatchObject({ status: 206, headers: { 'content-type': 'video/mp4' } });
    expect(part.body?.equals(film.subarray(400_000, 400_010))).toBe(true);
    await media.clear('picture');
    expect(await media.size('stream')).toBe(film.length);
    await media.clear('stream');
    expect(await media.size('stream')).toBe(0);
    expect((await ask('/a.mp4')).status).toBe(502);
    expect(await drafts()).toEqual([]);
  });

  test('of which only a part came leave nothing', async () => {
    budgetBytes = 16 * 1024 * 1024;
    server.use(serve({ cutAfterBytes: 200_000 }));
    await expect(ask('/a.mp4')).rejects.toThrow();
    server.use(serve());
    const response = await media.respond(request('/b.mp4', { range: 'bytes=0-' }));
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await ask('/c.mp4', { range: 'bytes=0-99' });
    await expect.poll(drafts).toEqual([]);
    expect(await media.size('stream')).toBe(0);
  });

  test('of a server without ranges come whole', async () => {
    server.use(serve({ ignoreRange: true }));
    const answer = await ask('/a.mp4', { range: 'bytes=10-19' });
    expect(answer.status).toBe(200);
    expect(answer.body?.length).toBe(film.length);
    expect(answer.headers['accept-ranges']).toBeUndefined();
  });

  test.each([
    ['a part that begins elsewhere', serve({ rangeShiftBytes: 5 }), 502],
    ['several parts', serve({ multipartRange: true }), 502],
    ['a web page', serveFile(Buffer.from('<html>'.padEnd(200))), 415],
    ['a picture', serveFile(() => jpeg), 415],
  ])('that are %s are refused', async (_name, handler, status) => {
    server.use(handler);
    expect((await ask('/a.mp4', { range: 'bytes=100-199' })).status).toBe(status);
  });

  test('give back their leave when the reader goes away', async () => {
    door.close();
    door = openDoor(server.base, {}, { perSecond: 1000, burst: 1000, atOnce: 1 });
    media = openMedia();
    server.use(serve({ stallAfterBytes: 1000 }));
    const first = await media.respond(request('/a.mp4'));
    const reader = first.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    server.use(serve());
    expect((await ask('/a.mp4')).body?.length).toBe(film.length);
  });
});
