import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import {
  byPath,
  serveHtmlError,
  serveJson,
  startFaultServer,
  type FaultHandler,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { openTestCore, runCommand } from '#test/support/terminal-core.ts';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;

beforeEach(async () => {
  temp = makeTempDir();
  server = await startFaultServer((request, response) => archive()(request, response));
});
afterEach(async () => {
  await server.close();
  temp.remove();
});

const fresh = { 'cache-control': 'public, max-age=300' };

function itemOf(id: string) {
  return {
    href: `${server.base}/video/${id}/collection.json`,
    data: [
      { nasa_id: id, title: `Title of ${id}`, media_type: 'video', date_created: '2020-01-02' },
    ],
    links: [
      { href: `${server.base}/video/${id}/${id}~thumb.jpg`, rel: 'preview', render: 'image' },
    ],
  };
}

const pageOf = (items: unknown[], total = items.length) => ({
  collection: { version: '1.1', href: '', items, metadata: { total_hits: total } },
});

/** An archive of one film without captions. */
function archive(): FaultHandler {
  const file = (name: string) => ({ href: `${server.base}/video/A/A~${name}` });
  return byPath({
    '/search': serveJson(pageOf([itemOf('A')]), 200, fresh),
    '/products': serveJson({ summary: { hits: 1, start: 0, limit: 0 }, data: [] }),
    '/healthcheck': serveJson({ failures_present: false, registry_document_count: 1 }),
    '/album/Films': serveJson(pageOf([itemOf('A')]), 200, fresh),
    '/asset/A': serveJson(
      { collection: { items: [file('orig.mp4'), file('mobile.mp4')] } },
      200,
      fresh,
    ),
    '/metadata/A': serveJson({ location: `${server.base}/video/A/metadata.json` }, 200, fresh),
    '/video/A/metadata.json': serveJson({
      'File:ImageWidth': 1920,
      'File:ImageHeight': 1080,
      'AVAIL:Owner': 'somebody',
    }),
  });
}

const at = () => ({ profileDir: temp.dir, base: server.base });

async function failure(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ArchiveError) return error;
  throw new Error('no ArchiveError', { cause: error });
}

describe('with the network gone, after a restart', () => {
  const gone = { 'no server': null, 'a gateway’s web page': serveHtmlError(502) };
  for (const [name, fault] of Object.entries(gone)) {
    test(`what was visited is there: ${name}`, async () => {
      const ref = 'nasa:A' as RecordRef;
      const search = { query: { q: 'film' }, page: 1, pageSize: 100 };
      const before = await openTestCore(temp.dir, server.base);
      const found = await before.api.nasa.search(search);
      expect(found.age).toMatchObject({ origin: 'network', problem: null });
      await before.api.nasa.album({ name: 'Films' });
      const detail = await before.api.records.get({ ref });
      expect(detail.missing).toEqual([]);
      expect(detail.renditions[0]).toMatchObject({ name: 'orig', width: 1920, height: 1080 });
      await before.close();

      if (fault === null) await server.close();
      else server.use(fault);
      const after = await openTestCore(temp.dir, server.base);
      const { api } = after;
      const cached = (await api.nasa.cachedSearch(search)).page;
      expect(cached?.cards).toEqual(found.cards);
      expect(cached?.age).toMatchObject({ origin: 'cache', problem: null });
      expect((await api.nasa.cachedAlbum({ name: 'Films' })).page?.total).toBe(1);
      expect((await api.nasa.cachedSearch({ query: { q: 'other' } })).page).toBeNull();
      const kept = (await api.records.cached({ ref })).detail;
      expect(kept).toEqual({ ...detail, age: { ...kept?.age, origin: 'cache', problem: null } });
      expect((await api.records.cached({ ref: 'nasa:B' as RecordRef })).detail).toBeNull();
      const standIn = await api.nasa.search({ ...search, refresh: true });
      expect(standIn.cards).toEqual(found.cards);
      expect(standIn.age.problem?.code).toBe('unavailable');
      expect((await failure(api.nasa.search({ query: { q: 'other' } }))).code).toBe('unavailable');
      await after.close();
    });
  }
});

describe('go', () => {
  test('finds the record of a page’s address and prints what show prints', async () => {
    const shown = await runCommand(['show', 'nasa:A', '--json'], at());
    const gone = await runCommand(['go', 'https://images.nasa.gov/details-A.html', '--json'], at());
    expect(gone).toEqual({ ...shown, code: 0, err: '' });
    expect(JSON.parse(gone.out)).toMatchObject({ record: { ref: 'nasa:A' } });
    expect(gone.out).not.toContain('somebody');
  });

  test('names an archive that it does not serve', async () => {
    const { code, err } = await runCommand(['go', 'https://www.astrobin.com/abc/', '--json'], at());
    expect(code).toBe(2);
    expect(JSON.parse(err)).toMatchObject({
      error: { message: expect.stringContaining('AstroBin') },
    });
  });

  test('an id that names nothing is not found', async () => {
    expect((await runCommand(['go', 'PIA00001'], at())).code).toBe(4);
    expect((await runCommand(['go', 'no', 'such', 'thing'], at())).code).toBe(4);
  });
});

describe('show', () => {
  test('takes one reference; blanks want quotes', async () => {
    const { code, err } = await runCommand(['show', 'nasa:A', 'extra'], at());
    expect(code).toBe(2);
    expect(err).toContain('"extra"');
    expect((await runCommand(['show', 'nasa:no such'], at())).code).toBe(4);
  });
});

describe('an album', () => {
  test('that is not there is called an album', async () => {
    const { code, err } = await runCommand(['album', 'films'], at());
    expect(code).toBe(4);
    expect(err).toContain('no such album (404)');
    expect(err).not.toContain('record or file');
  });
});

describe('search', () => {
  test('says that a kept list stands in, with exit code 3; without one the code is 6', async () => {
    const search = ['search', 'nasa-images', 'film', '--limit', '5'];
    server.use(serveJson(pageOf([itemOf('A')])));
    const { out } = await runCommand(search, at());
    server.use(serveHtmlError(504));
    const standIn = await runCommand(search, at());
    expect(standIn).toMatchObject({ code: 3, out });
    expect(standIn.err).toContain('This is what was kept on');
    expect(standIn.err).toContain('(504)');
    await runCommand(['cache', 'clear', 'responses'], at());
    expect((await runCommand(search, at())).code).toBe(6);
  });

  test('cancelled, it says how far it came', async () => {
    const controller = new AbortController();
    let pages = 0;
    server.use((request, response) => {
      pages += 1;
      if (pages > 1) return controller.abort();
      const items = Array.from({ length: 100 }, (_, index) => itemOf(`R${index}`));
      serveJson(pageOf(items, 5000))(request, response);
    });
    const ended = await runCommand(['search', 'nasa-images', 'x', '--all', '--ndjson'], {
      ...at(),
      signal: controller.signal,
    });
    expect(ended.code).toBe(130);
    expect(ended.out.trimEnd().split('\n')).toHaveLength(100);
    expect(ended.err).toContain('Stopped after 100 of 5,000 records.');
    const last = ended.err.trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ error: { code: 'cancelled' } });
  });
});

describe('cache', () => {
  test('info counts by kind, clear empties by kind', async () => {
    await runCommand(['show', 'nasa:A', '--quiet'], at());
    const info = await runCommand(['cache', 'info', '--json'], at());
    expect(info.code).toBe(0);
    const before = JSON.parse(info.out) as { bytes: number; byKind: Record<string, number> };
    expect(before.byKind['responses']).toBeGreaterThan(0);
    expect(before.bytes).toBeGreaterThan(0);
    const other = await runCommand(['cache', 'clear', 'pictures', '--json'], at());
    expect(JSON.parse(other.out)).toMatchObject({
      byKind: { responses: before.byKind['responses'] },
    });
    const cleared = await runCommand(['cache', 'clear', '--json'], at());
    expect(JSON.parse(cleared.out)).toMatchObject({ bytes: 0, byKind: { responses: 0 } });
    const text = await runCommand(['cache', 'info'], at());
    expect(text.out).toContain('responses\t0\n');
    expect(text.out).toContain('all\t0\n');
  });

  test('wrong words are usage errors', async () => {
    for (const argv of [
      ['cache'],
      ['cache', 'drop'],
      ['cache', 'clear', 'responses', 'all'],
      ['cache', 'info', 'x'],
    ]) {
      expect((await runCommand(argv, at())).code).toBe(2);
    }
  });
});

describe('health', () => {
  test('says what answers, in what dialect and how fast', async () => {
    const { code, out } = await runCommand(['health', '--json'], at());
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      archives: [
        {
          archive: 'nasa-images',
          ok: true,
          latencyMs: expect.any(Number),
          dialect: 'Collection+JSON 1.1',
          address: server.base,
          mode: 'live',
          budget: null,
          error: null,
        },
        expect.objectContaining({
          archive: 'pds-registry',
          ok: true,
          dialect: 'Registry API 1.3',
          error: null,
        }),
        // Nobody needs a key for the others.
        expect.objectContaining({
          archive: 'astrobin',
          ok: false,
          budget: { perDay: 500, used: 0, renewsAtMs: expect.any(Number) },
          error: expect.objectContaining({ code: 'key-needed' }),
        }),
      ],
    });
  });

  test('no answer is 6, a web page in its place too, and both are said', async () => {
    server.use(serveHtmlError(200));
    const odd = await runCommand(['health', '--ndjson'], at());
    expect(odd.code).toBe(6);
    const entries = odd.out.trim().split('\n').slice(0, 2);
    for (const entry of entries) {
      expect(JSON.parse(entry)).toMatchObject({ ok: false, error: { code: 'bad-answer' } });
    }
    await server.close();
    const { code, out } = await runCommand(['health'], at());
    expect(code).toBe(6);
    expect(out).toContain('nasa-images\tnot answering\t-');
    expect(out).toContain('pds-registry\tnot answering\t-');
  });
});
