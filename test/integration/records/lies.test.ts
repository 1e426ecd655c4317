/** What an archive may send or be asked, at its worst: each gives a designed error, or a right record. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { createMediaKeys } from '#main/cache/media-keys.ts';
import { openCache, type CacheFile } from '#main/db/open-cache.ts';
import { createFileSizes } from '#main/records/file-sizes.ts';
import { createRecordsService, type RecordsService } from '#main/records/records-service.ts';
import { createNasaImagesClient } from '#main/sources/nasa-images/client.ts';
import {
  startFaultServer,
  type FaultHandler,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { openDoor } from '#test/support/http-door.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;
let door: ReturnType<typeof openDoor>;
let index: CacheFile;
let records: RecordsService;
let nowMs: number;
/** By path as it came on the wire; the rest is 404. */
let routes: Map<string, FaultHandler>;
const { signal } = new AbortController();

const json =
  (value: unknown, status = 200): FaultHandler =>
  (_request, response) =>
    void response.writeHead(status).end(typeof value === 'string' ? value : JSON.stringify(value));

function answer(request: IncomingMessage, response: ServerResponse) {
  const path = (request.url ?? '').split('?')[0] ?? '';
  return (routes.get(path) ?? json({ reason: 'No such thing' }, 404))(request, response);
}

beforeEach(async () => {
  temp = makeTempDir();
  nowMs = 1_000_000;
  routes = new Map();
  server = await startFaultServer(answer);
  door = openDoor(server.base);
  index = openCache({ profileDir: temp.dir, log: () => {} });
  records = createRecordsService({
    nasa: createNasaImagesClient({
      http: door.http,
      address: () => ({ base: new URL(server.base) }),
    }),
    keys: createMediaKeys(Buffer.alloc(32, 3)),
    fileSizes: createFileSizes({
      http: door.http,
      db: index.db,
      nowMs: () => nowMs,
      log: () => {},
    }),
  });
});

afterEach(async () => {
  index.close();
  door.close();
  await server.close();
  temp.remove();
});

async function failure(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ArchiveError) return error;
  throw new Error('no ArchiveError', { cause: error });
}

function holdRecord(id: string, files: readonly string[] = []): void {
  const item = { data: [{ nasa_id: id, title: 't', media_type: 'image' }] };
  const collection = { items: [item], metadata: { total_hits: 1 } };
  routes.set('/search', json({ collection }));
  const manifest = { collection: { items: files.map((href) => ({ href })) } };
  routes.set(`/asset/${encodeURIComponent(id)}`, json(manifest));
}

describe('an id', () => {
  const ids = [
    'Moon to Mars',
    'Bob’s "best" & <b>last</b>',
    "it's",
    '100%',
    '50%25',
    'what? #1; a=b&c',
    'a,b.c.d',
    '../../etc/passwd',
    '..\\..\\x',
    'a/../b',
    '...',
    '%2e%2e',
    '月面 🌗',
    'x'.repeat(900),
    ' ',
  ].filter((id) => id.trim() !== '');
  test.each(ids)('%s reaches the archive as it is, in one segment of the path', async (id) => {
    holdRecord(id, [`http://${new URL(server.base).host}/image/${id}/${id}~orig.jpg`]);
    const detail = await records.get(toRef('nasa-images', id), signal);
    expect(detail.card.record.id).toBe(id);
    expect(detail.missing).toEqual([]);
    expect(detail.renditions).toHaveLength(1);
    const asked = server.requests.map(({ url }) => url);
    for (const kind of ['asset', 'metadata']) {
      const path = asked.find((url) => url.startsWith(`/${kind}/`)) ?? '';
      expect(path.split('/')).toHaveLength(3);
      expect(decodeURIComponent(path.slice(kind.length + 2))).toBe(id);
    }
    const search = asked.find((url) => url.startsWith('/search')) ?? '';
    expect(new URL(search, server.base).searchParams.get('nasa_id')).toBe(id);
  });
});

test('nonsense in every filter is passed on as text, and the archive’s no is told', async () => {
  const odd = '\u0000"><script>%00&page=9#x=\u202e';
  routes.set('/search', json({ reason: 'Expected numeric value' }, 400));
  const query = {
    q: odd,
    center: odd,
    keywords: odd,
    location: odd,
    title: odd,
    photographer: odd,
  };
  const error = await failure(records.search(query, 1, 100, signal));
  expect(error).toMatchObject({
    code: 'refused-by-archive',
    message: expect.stringContaining('“Expected numeric value”'),
  });
  const params = new URL(server.requests[0]?.url ?? '', server.base).searchParams;
  expect(params.get('q')).toBe(odd);
  expect(params.getAll('page')).toEqual(['1']);
});

describe('an answer', () => {
  const search = () => records.search({ q: 'x' }, 1, 100, signal);
  const page = (collection: unknown) => json({ collection });
  test.each<[string, FaultHandler, string]>([
    ['400 without a reason', json('{}', 400), 'refused-by-archive'],
    ['400 with a reason that is a number', json({ reason: 5 }, 400), 'refused-by-archive'],
    ['404 without a body', json('', 404), 'not-found'],
    ['404 with a web page', json('<html>Not Found</html>', 404), 'not-found'],
    ['403 with XML', json('<Error><Code>AccessDenied</Code></Error>', 403), 'forbidden'],
    ['items that are no list', page({ items: { 0: 'a' } }), 'bad-answer'],
    ['a collection that is text', page('many'), 'bad-answer'],
    ['null', json('null'), 'bad-answer'],
    ['a number', json('17'), 'bad-answer'],
    ['nested without end', json('['.repeat(200_000)), 'bad-answer'],
  ])('of %s is an error with words', async (_name, handler, code) => {
    routes.set('/search', handler);
    const error = await failure(search());
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/<|undefined|\[object/);
  });

  test('with wrong types in its parts keeps what is right', async () => {
    const good = {
      data: [{ nasa_id: 'A', title: 7, keywords: 'a', description: ['x'] }],
      links: 'no',
    };
    const bad = [null, 3, 'x', [], {}, { data: {} }, { data: [{ nasa_id: {} }] }];
    routes.set(
      '/search',
      page({ items: [good, ...bad], metadata: { total_hits: '-3' }, links: { rel: 'next' } }),
    );
    const found = await search();
    expect(found.cards.map(({ record }) => record.title)).toEqual(['A']);
    expect(found).toMatchObject({ unreadable: bad.length, total: 1 + bad.length });
  });
});

test.each([
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data',
  'https://example.org/metadata.json',
  'javascript:alert(1)',
  '//user:word@127.0.0.1/metadata.json',
  '',
])('a metadata document said to lie at "%s" is not fetched', async (location) => {
  holdRecord('A');
  routes.set('/metadata/A', json({ location }));
  const detail = await records.get(toRef('nasa-images', 'A'), signal);
  expect(detail.missing).toMatchObject([{ part: 'metadata', reason: expect.any(String) }]);
  expect(server.requests).toHaveLength(3);
});

describe('the size of a file', () => {
  const ref = toRef('nasa-images', 'A');
  const path = '/image/A/A~orig.jpg';
  const size = async () => (await records.sizes(ref, signal))[0]?.bytes;
  const asked = () =>
    server.requests.filter(({ url }) => url.startsWith('/image')).map(({ method }) => method);
  const says =
    (headers: Record<string, string | number>, status = 200): FaultHandler =>
    (request, response) => {
      response.strictContentLength = false;
      response.writeHead(status, headers);
      response.end();
      if (request.method !== 'HEAD') response.destroy();
    };
  beforeEach(() => holdRecord('A', [`${server.base}${path}`]));

  test('is asked for once, and kept', async () => {
    routes.set(path, says({ 'content-length': 1_234_567 }));
    expect(await size()).toBe(1_234_567);
    expect(await size()).toBe(1_234_567);
    expect(asked()).toEqual(['HEAD']);
  });

  test.each<[string, FaultHandler]>([
    ['not said', says({})],
    ['of nothing', says({ 'content-length': 0 })],
    ['of a web page', says({ 'content-length': 512, 'content-type': 'text/html' })],
    ['of something packed', says({ 'content-length': 512, 'content-encoding': 'gzip' })],
    ['beyond belief', says({ 'content-length': '99999999999999' })],
    ['of a file that is gone', says({ 'content-length': 12 }, 404)],
    ['of a server in trouble', says({ 'content-length': 12 }, 503)],
  ])('%s stays unknown, and is asked for again another day', async (_name, handler) => {
    routes.set(path, handler);
    expect(await size()).toBeNull();
    expect(await size()).toBeNull();
    expect(asked()).toEqual(['HEAD']);
    nowMs += 2 * 24 * 60 * 60 * 1000;
    routes.set(path, says({ 'content-length': 77 }));
    expect(await size()).toBe(77);
  });

  test('is told by the first byte where the server has no HEAD', async () => {
    routes.set(path, (request, response) => {
      if (request.method === 'HEAD') response.writeHead(405).end();
      else response.writeHead(206, { 'content-range': 'bytes 0-0/4711' }).end('x');
    });
    expect(await size()).toBe(4711);
    expect(server.requests.at(-1)?.headers.range).toBe('bytes=0-0');
  });

  test('that nobody can be asked for stays unknown and is asked for again', async () => {
    routes.set(path, (request) => void request.socket.destroy());
    expect(await size()).toBeNull();
    routes.set(path, says({ 'content-length': 5 }));
    expect(await size()).toBe(5);
  });
});
