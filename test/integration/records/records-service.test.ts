import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toRef, type RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { createMediaKeys } from '#main/cache/media-keys.ts';
import { createRecordsService, type RecordsService } from '#main/records/records-service.ts';
import { createNasaImagesClient } from '#main/sources/nasa-images/client.ts';
import { startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { openDoor } from '#test/support/http-door.ts';

let server: FaultServer;
let door: ReturnType<typeof openDoor>;
let records: RecordsService;
let routes: Record<string, unknown>;
let statuses: Record<string, number>;
const keys = createMediaKeys(Buffer.alloc(32, 3));
const { signal } = new AbortController();

/** Answers by decoded path; what has no route is 404 with a reason. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
  const body = routes[path] ?? { reason: `No assets found for ${path}` };
  const status = statuses[path] ?? (path in routes ? 200 : 404);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

beforeEach(async () => {
  routes = {};
  statuses = {};
  server = await startFaultServer(answer);
  door = openDoor(server.base);
  const nasa = createNasaImagesClient({
    http: door.http,
    address: () => ({ base: new URL(server.base) }),
  });
  records = createRecordsService({ nasa, keys });
});

afterEach(async () => {
  door.close();
  await server.close();
});

async function failure(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ArchiveError)) throw new Error('no ArchiveError', { cause: error });
  return error;
}

function itemOf(id: string, kind = 'image', extra: Record<string, unknown> = {}) {
  const file = (name: string) => `${server.base}/${kind}/${id}/${id}${name}`;
  return {
    href: file('/collection.json'),
    data: [{ nasa_id: id, title: `Title of ${id}`, media_type: kind, ...extra }],
    links: [
      {
        href: file('~thumb.jpg'),
        rel: 'preview',
        render: 'image',
        width: 640,
        height: 480,
        size: 9000,
      },
    ],
  };
}

function pageOf(items: unknown[], total = items.length) {
  return { collection: { version: '1.1', href: '', items, metadata: { total_hits: total } } };
}

describe('a search', () => {
  test('asks with every parameter by the archive’s own names', async () => {
    routes['/search'] = pageOf([itemOf('A')], 6130);
    const query = {
      q: 'moon & sun',
      center: 'JPL',
      description: 'd',
      description_508: 'e',
      keywords: 'a,b',
      location: 'Cape',
      media_type: 'image,video',
      nasa_id: 'x y',
      photographer: 'p',
      secondary_creator: 's',
      title: ' t ',
      year_start: '1969',
      year_end: '1972',
    };
    const page = await records.search(query, 2, 24, signal);
    const asked = Object.fromEntries(
      new URL(server.requests[0]?.url ?? '', server.base).searchParams,
    );
    expect(asked).toEqual({ ...query, title: 't', page: '2', page_size: '24' });
    expect(page).toMatchObject({
      total: 6130,
      page: 2,
      pageSize: 24,
      hasNext: true,
      ceiling: 10_000,
      unreadable: 0,
    });
    const key = page.cards[0]?.thumb?.key ?? '';
    expect(keys.verify(key)).toEqual({
      lane: 'nasa-files',
      url: `${server.base}/image/A/A~thumb.jpg`,
    });
  });

  test('leaves empty parameters out', async () => {
    routes['/search'] = pageOf([]);
    await records.search({ q: 'x', title: '', center: '  ', year_end: undefined }, 1, 100, signal);
    expect(server.requests[0]?.url).toBe('/search?q=x&page=1&page_size=100');
  });

  test('keeps a path that the configured address has', async () => {
    const nasa = createNasaImagesClient({
      http: door.http,
      address: () => ({ base: new URL(`${server.base}/mirror/nasa/`) }),
    });
    routes['/mirror/nasa/search'] = pageOf([]);
    await nasa.search({ q: 'x' }, 1, 100, signal);
    expect(server.requests[0]?.url).toBe('/mirror/nasa/search?q=x&page=1&page_size=100');
  });

  test('stops at the wall without asking, and says that there is no next page before it', async () => {
    routes['/search'] = pageOf([itemOf('A')], 28_486);
    expect((await records.search({ q: 'mars' }, 100, 100, signal)).hasNext).toBe(false);
    expect((await records.search({ q: 'mars' }, 99, 100, signal)).hasNext).toBe(true);
    expect((await records.search({ q: 'mars' }, 416, 24, signal)).hasNext).toBe(false);
    expect((await failure(records.search({ q: 'mars' }, 101, 100, signal))).code).toBe(
      'beyond-ceiling',
    );
    expect((await failure(records.search({ q: 'mars' }, 417, 24, signal))).code).toBe(
      'beyond-ceiling',
    );
    expect(server.requests).toHaveLength(3);
  });

  test('counts what cannot be read', async () => {
    routes['/search'] = pageOf([itemOf('A'), { data: [{}] }, null], 3);
    const page = await records.search({ q: 'x' }, 1, 100, signal);
    expect(page.cards.map(({ record }) => record.id)).toEqual(['A']);
    expect(page.unreadable).toBe(2);
    expect(page.hasNext).toBe(false);
  });

  test('that the archive refuses carries its words', async () => {
    routes['/search'] = { reason: 'Expected q to be a string' };
    statuses['/search'] = 400;
    const error = await failure(records.search({ year_start: '1969' }, 1, 100, signal));
    expect(error.code).toBe('refused-by-archive');
    expect(error.message).toContain('Expected q to be a string');
  });

  test('of an album minds its name’s case and its fixed pages', async () => {
    routes['/album/Apollo at 50'] = pageOf([itemOf('A')], 250);
    expect(await records.album('Apollo at 50', 2, signal)).toMatchObject({
      pageSize: 100,
      hasNext: true,
    });
    expect(server.requests[0]?.url).toBe('/album/Apollo%20at%2050?page=2');
    expect((await failure(records.album('apollo at 50', 1, signal))).message).toContain(
      'No assets found',
    );
  });
});

describe('a snapshot', () => {
  test('is the record of exactly this id, though the archive’s search is fuzzy', async () => {
    const id = 'Moon, (50%) & “Mars”? #1';
    routes['/search'] = pageOf([itemOf('Other'), itemOf(id)]);
    expect((await records.snapshot(toRef('nasa-images', id), signal)).record.title).toBe(
      `Title of ${id}`,
    );
    expect(new URL(server.requests[0]?.url ?? '', server.base).searchParams.get('nasa_id')).toBe(
      id,
    );
    const error = await failure(records.snapshot(toRef('nasa-images', 'Othe'), signal));
    expect(error.code).toBe('not-found');
  });

  test('of a record seen before needs no request', async () => {
    routes['/search'] = pageOf([itemOf('A')]);
    await records.search({ q: 'x' }, 1, 100, signal);
    await records.snapshot(toRef('nasa-images', 'A'), signal);
    expect(server.requests).toHaveLength(1);
  });

  test.each(['pds:urn:nasa:pds:x', 'nonsense'])('of %s is not NASA’s', async (ref) => {
    expect((await failure(records.snapshot(ref as RecordRef, signal))).code).toBe('not-found');
    expect(server.requests).toHaveLength(0);
  });
});

describe('a record', () => {
  const id = 'A & B (1)';
  const ref = toRef('nasa-images', id);

  test('comes with its files, metadata and words', async () => {
    const file = (name: string) => `${server.base}/image/${id}/${id}${name}`;
    routes['/search'] = pageOf([
      itemOf(id, 'image', { description: 'A <b>crater</b>.<script>x</script>', center: 'JPL' }),
    ]);
    routes[`/asset/${id}`] = {
      collection: {
        items: [
          { href: file('~orig.tif') },
          { href: file('~thumb.jpg') },
          { href: file('.svg') },
          { href: file('/metadata.json') },
        ],
      },
    };
    routes[`/metadata/${id}`] = { location: file('/metadata.json') };
    routes[`/image/${id}/${id}/metadata.json`] = { 'AVAIL:Title': 'T', 'AVAIL:Owner': 'someone' };
    const detail = await records.get(ref, signal);
    expect(detail.missing).toEqual([]);
    expect(detail.description).toEqual([
      {
        kind: 'paragraph',
        children: [
          { kind: 'text', text: 'A ' },
          { kind: 'strong', children: [{ kind: 'text', text: 'crater' }] },
          { kind: 'text', text: '.' },
        ],
      },
    ]);
    expect(detail.renditions.map(({ name, bytes, key }) => [name, bytes, key !== null])).toEqual([
      ['orig', null, true],
      ['thumb', 9000, true],
      ['file', null, false],
    ]);
    expect(detail.metadata).toEqual([
      { name: 'AVAIL:Title', value: 'T', isPrivate: false },
      { name: 'AVAIL:Owner', value: 'someone', isPrivate: true },
    ]);
    // For the terminal: without what is private.
    expect(detail.metadataDocument).toEqual({ 'AVAIL:Title': 'T' });
    expect(detail.creditLine).toBe('NASA/JPL-Caltech, “Title of A & B (1)”, A & B (1)');
    expect(detail.licenceNote).toContain('Not copyrighted');
    const asked = server.requests.map(({ url }) => url).join(' ');
    expect(asked).toContain('/asset/A%20%26%20B%20(1)');
    expect(asked).not.toContain('/captions/');
    structuredClone(detail);
  });

  test('of a video asks for its captions; none is no fault', async () => {
    routes['/search'] = pageOf([itemOf('V', 'video'), itemOf('W', 'video')]);
    routes['/captions/V'] = { location: `${server.base.replace('http:', 'http:')}/video/V/V.srt` };
    for (const one of ['V', 'W']) routes[`/asset/${one}`] = { collection: { items: [] } };
    expect((await records.get(toRef('nasa-images', 'V'), signal)).captions).toEqual([
      { url: `${server.base}/video/V/V.srt`, format: 'srt' },
    ]);
    const without = await records.get(toRef('nasa-images', 'W'), signal);
    expect(without.captions).toEqual([]);
    expect(without.missing).toEqual([]);
    expect(without.metadataDocument).toBeNull();
  });

  test('of which parts fail is right but for those, which it names', async () => {
    routes['/search'] = pageOf([itemOf('V', 'video')]);
    routes['/asset/V'] = 'no list';
    routes['/metadata/V'] = { place: 'x' };
    routes['/captions/V'] = {};
    const detail = await records.get(toRef('nasa-images', 'V'), signal);
    expect(detail.missing.map(({ part }) => part).sort()).toEqual([
      'captions',
      'metadata',
      'renditions',
    ]);
    expect(detail.renditions.map(({ name }) => name)).toEqual(['thumb']);
  });

  test('that is not there is not found', async () => {
    routes['/search'] = pageOf([]);
    expect((await failure(records.get(ref, signal))).code).toBe('not-found');
    for (const odd of ['.', '..']) {
      expect((await failure(records.get(toRef('nasa-images', odd), signal))).code).toBe(
        'not-found',
      );
    }
    expect(server.requests.map(({ url }) => url)).not.toContain('/');
  });

  test('that is cancelled ends as that', async () => {
    server.use(() => undefined);
    const controller = new AbortController();
    const getting = failure(records.get(ref, controller.signal));
    await server.waitForRequests(2);
    controller.abort();
    expect((await getting).code).toBe('cancelled');
  });
});

describe('a rendition', () => {
  test('is found in the links, else in the manifest, else named as missing', async () => {
    routes['/search'] = pageOf([itemOf('A')]);
    routes['/asset/A'] = { collection: { items: [{ href: `${server.base}/image/A/A~orig.jpg` }] } };
    const ref = toRef('nasa-images', 'A');
    const thumb = await records.rendition(ref, 'thumb', signal);
    expect(thumb.rendition).toMatchObject({ bytes: 9000, mime: 'image/jpeg' });
    expect(server.requests).toHaveLength(1);
    const orig = await records.rendition(ref, 'orig', signal);
    expect(orig.rendition.url).toBe(`${server.base}/image/A/A~orig.jpg`);
    const error = await failure(records.rendition(ref, 'huge', signal));
    expect(error.code).toBe('not-found');
    expect(error.message).toContain('orig, thumb');
  });
});
