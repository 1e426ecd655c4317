import { describe, expect, test, vi } from 'vitest';
import type { NasaSearchQuery, RecordCard, RecordDetail, SearchPage } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { CardList } from '#renderer/features/gallery/card-list.svelte.ts';
import { NeighbourReader } from '#renderer/features/record/record-neighbours.ts';
import { RecordState } from '#renderer/features/record/record-state.svelte.ts';
import type { RecordOrigin } from '#renderer/lib/deps.ts';
import { makeCard, makeDetail, makeRendition, refOf } from '#test/support/made-records.ts';
import { createScriptedApi } from '#test/support/scripted-api.ts';

const cards = Array.from({ length: 250 }, (_, index) => makeCard(`r${index}`));
const query: NasaSearchQuery = { q: 'stars' };
const inSearch = (index: number): RecordOrigin => ({
  label: '“stars”',
  index,
  source: { view: 'nasa', query },
});
const inLibrary = (index: number): RecordOrigin => ({
  label: 'Everything kept',
  index,
  source: { view: 'library', text: '' },
});
const ids = (...found: (RecordCard | null)[]) => found.map((card) => card?.record.id ?? null);

function archive(all: readonly RecordCard[] = cards, ceiling = 10_000) {
  return createScriptedApi({
    'nasa.search': ({ page, pageSize }: { page: number; pageSize: number }): SearchPage => ({
      cards: all.slice((page - 1) * pageSize, page * pageSize),
      total: all.length,
      page,
      pageSize,
      hasNext: page * pageSize < Math.min(all.length, ceiling),
      ceiling,
      unreadable: 0,
      age: { fetchedAtMs: 0, origin: 'network', isStale: false, problem: null },
    }),
    'library.list': ({ cursor, limit }: { cursor: string | null; limit: number }) => {
      const from = Number(cursor ?? 0);
      return {
        items: all.slice(from, from + limit).map((card) => ({ card, keptAtMs: 0 })),
        total: all.length,
        cursor: from + limit < all.length ? String(from + limit) : null,
      };
    },
    'records.get': ({ ref }: { ref: string }) =>
      makeDetail([], cards.find((card) => card.record.ref === ref) ?? makeCard('other')),
  });
}

describe('neighbours', () => {
  test('in the middle of a page take one request, kept for the next step', async () => {
    const script = archive();
    const reader = new NeighbourReader(script.api);
    const found = await reader.find(inSearch(120), refOf('r120'), {});
    expect(ids(found.previous, found.card, found.next)).toEqual(['r119', 'r120', 'r121']);
    expect(found.total).toBe(250);
    await reader.find(inSearch(121), refOf('r121'), {});
    expect(script.calls).toHaveLength(1);
  });

  test('reach over the edges of pages, and stop at both ends', async () => {
    const reader = new NeighbourReader(archive().api);
    const find = (index: number) => reader.find(inSearch(index), refOf(`r${index}`), {});
    const [first, edge, after, last] = [
      await find(0),
      await find(99),
      await find(100),
      await find(249),
    ];
    expect(ids(first.previous, first.next)).toEqual([null, 'r1']);
    expect(ids(edge.previous, edge.next)).toEqual(['r98', 'r100']);
    expect(ids(after.previous, after.next)).toEqual(['r99', 'r101']);
    expect(ids(last.previous, last.next)).toEqual(['r248', null]);
    expect(last.endsAtWall).toBe(false);
  });

  test('a place that doubles made too small is found on the page after', async () => {
    const reader = new NeighbourReader(archive().api);
    const found = await reader.find(inSearch(98), refOf('r101'), {});
    expect(ids(found.previous, found.next)).toEqual(['r100', 'r102']);
  });

  test('nothing is asked for beyond the wall of the archive', async () => {
    const script = archive(cards, 200);
    const found = await new NeighbourReader(script.api).find(inSearch(199), refOf('r199'), {});
    expect([found.next, found.endsAtWall]).toEqual([null, true]);
    expect(script.calls.map((call) => (call.args as { page: number }).page)).toEqual([2]);
  });

  test('what the gallery holds in memory needs no request', async () => {
    const items = new CardList();
    items.append(cards.slice(0, 100));
    items.reserve(124, false);
    const script = archive();
    const loaded = () => ({ items, total: 250, isAtCeiling: false });
    const reader = new NeighbourReader(script.api, loaded);
    const found = await reader.find(inSearch(98), refOf('r98'), {});
    expect(ids(found.previous, found.next)).toEqual(['r97', 'r99']);
    expect(script.calls).toHaveLength(0);
    const last = await reader.find(inSearch(99), refOf('r99'), {});
    expect(ids(last.next)).toEqual(['r100']);
  });

  test('in the library read on until the record and the one after it are there', async () => {
    const many = Array.from({ length: 1200 }, (_, index) => makeCard(`k${index}`));
    const script = archive(many);
    const reader = new NeighbourReader(script.api);
    const found = await reader.find(inLibrary(499), refOf('k499'), {});
    expect(ids(found.previous, found.next)).toEqual(['k498', 'k500']);
    expect(script.calls).toHaveLength(2);
    const gone = await reader.find(inLibrary(3), refOf('removed'), {});
    expect(ids(gone.previous, gone.card, gone.next)).toEqual(['k2', null, 'k3']);
  });
});

describe('a record', () => {
  test('is read with its neighbours; what the list knows is there first', async () => {
    const script = archive();
    let give: (value: unknown) => void = () => undefined;
    script.answer('records.get', () => new Promise((resolve) => (give = resolve)));
    const state = new RecordState(script.api);
    state.open(refOf('r5'), inSearch(5));
    await vi.waitFor(() => expect(state.card?.record.id).toBe('r5'));
    expect(state.status.kind).toBe('loading');
    give(makeDetail([], cards[5]));
    await vi.waitFor(() => expect(state.status.kind).toBe('ready'));
    expect(state.neighbours.kind).toBe('ready');
  });

  test('stepping on drops the answer for the record before', async () => {
    const script = archive();
    const gives: ((value: unknown) => void)[] = [];
    script.answer('records.get', () => new Promise((resolve) => gives.push(resolve)));
    script.answer('calls.cancel', () => null);
    const state = new RecordState(script.api);
    state.open(refOf('r5'), inSearch(5));
    await vi.waitFor(() => expect(gives).toHaveLength(1));
    state.open(refOf('r6'), inSearch(6));
    await vi.waitFor(() => expect(gives).toHaveLength(2));
    gives[1]?.(makeDetail([], cards[6]));
    await vi.waitFor(() => expect(state.detail?.card.record.id).toBe('r6'));
    gives[0]?.(makeDetail([], cards[5]));
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.detail?.card.record.id).toBe('r6');
    expect(script.calls.some((call) => call.name === 'calls.cancel')).toBe(true);
  });

  test('a failure is kept with its code and can be tried again', async () => {
    const script = archive();
    script.answer('records.get', () => {
      throw new ArchiveError({ code: 'not-found', message: 'No such record.', retryable: false });
    });
    const state = new RecordState(script.api);
    state.open(refOf('r5'), null);
    await vi.waitFor(() => expect(state.status.kind).toBe('failed'));
    expect(state.status.kind === 'failed' && state.status.error.code).toBe('not-found');
    expect(state.neighbours.kind).toBe('none');
    script.answer('records.get', () => makeDetail([], cards[5]));
    state.retry();
    await vi.waitFor(() => expect(state.status.kind).toBe('ready'));
  });

  test('asking again for missing parts keeps what is here when it fails', async () => {
    const script = archive();
    const state = new RecordState(script.api);
    state.open(refOf('r5'), null);
    await vi.waitFor(() => expect(state.status.kind).toBe('ready'));
    script.answer('records.get', () => {
      throw new ArchiveError({ code: 'unavailable', message: 'No answer.', retryable: true });
    });
    state.retry();
    await vi.waitFor(() =>
      expect(script.calls.filter(({ name }) => name === 'records.get')).toHaveLength(2),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.detail?.card.record.id).toBe('r5');
  });
});

describe('a record that was read before', () => {
  const kept = (patch: Partial<RecordDetail> = {}): RecordDetail => {
    const detail = makeDetail([makeRendition('orig')], cards[5]);
    const age = { ...detail.age, origin: 'cache' as const, isStale: true, fetchedAtMs: 1000 };
    return { ...detail, age, ...patch };
  };
  const offline = () =>
    new ArchiveError({ code: 'offline', message: 'No connection.', retryable: true });

  test('shows its copy at once, then the answer in its place, and asks sizes once', async () => {
    const script = archive();
    let give: (detail: RecordDetail) => void = () => undefined;
    script.answer('records.cached', () => ({ detail: kept() }));
    script.answer('records.get', () => new Promise((resolve) => (give = resolve)));
    script.answer('records.sizes', () => ({
      renditions: [makeRendition('orig', { bytes: 1234 })],
    }));
    const record = new RecordState(script.api);
    record.open(refOf('r5'), null);
    await vi.waitFor(() => expect(record.status.kind).toBe('ready'));
    expect(record.refresh.kind).toBe('running');
    expect([record.detail?.age.origin, record.problem]).toEqual(['cache', null]);
    give(makeDetail([makeRendition('orig')], cards[5]));
    await vi.waitFor(() => expect(record.refresh.kind).toBe('idle'));
    expect(record.detail?.age.origin).toBe('network');
    await vi.waitFor(() => expect(record.detail?.renditions[0]?.bytes).toBe(1234));
    expect(record.isAskingSizes).toBe(false);
    record.retry();
    give(makeDetail([makeRendition('orig')], cards[5]));
    await vi.waitFor(() => expect(record.refresh.kind).toBe('idle'));
    expect(record.detail?.renditions[0]?.bytes).toBe(1234);
    expect(script.calls.filter(({ name }) => name === 'records.sizes')).toHaveLength(1);
  });

  test('stays when the archive can’t be had, with the reason, whichever came first', async () => {
    const script = archive();
    let giveKept: (kept: { detail: RecordDetail }) => void = () => undefined;
    script.answer('records.cached', () => new Promise((resolve) => (giveKept = resolve)));
    script.answer('records.get', () => {
      throw offline();
    });
    const record = new RecordState(script.api);
    record.open(refOf('r5'), null);
    await vi.waitFor(() => expect(record.status.kind).toBe('failed'));
    giveKept({ detail: kept() });
    await vi.waitFor(() => expect(record.status.kind).toBe('ready'));
    expect(record.problem?.code).toBe('offline');
    expect(script.calls.some(({ name }) => name === 'records.sizes')).toBe(false);
  });

  test('a copy that comes after the answer changes nothing', async () => {
    const script = archive();
    let giveKept: (kept: { detail: RecordDetail }) => void = () => undefined;
    script.answer('records.cached', () => new Promise((resolve) => (giveKept = resolve)));
    const record = new RecordState(script.api);
    record.open(refOf('r5'), null);
    await vi.waitFor(() => expect(record.status.kind).toBe('ready'));
    giveKept({ detail: kept() });
    await Promise.resolve();
    expect(record.detail?.age.origin).toBe('network');
  });
});

test('a record of an album leads on over the edges of its pages', async () => {
  const script = archive();
  script.answer('nasa.album', ({ page }: { page: number }) => ({
    cards: cards.slice((page - 1) * 100, page * 100),
    total: cards.length,
    page,
    pageSize: 100,
    hasNext: page * 100 < cards.length,
    ceiling: null,
    unreadable: 0,
    age: makeDetail().age,
  }));
  const origin: RecordOrigin = {
    label: 'the album A',
    index: 99,
    source: { view: 'album', name: 'A' },
  };
  const found = await new NeighbourReader(script.api).find(origin, refOf('r99'), {});
  expect(ids(found.previous, found.next)).toEqual(['r98', 'r100']);
  expect(found.endsAtWall).toBe(false);
});
