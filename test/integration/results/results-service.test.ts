/** Stored result sets as the shells see them: pausing, an archive that goes away, two processes, room on disk. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeRatio } from '#contract/ratios.ts';
import { ArchiveError } from '#contract/errors.ts';
import { createLibraryService } from '#main/library/library-service.ts';
import type { JsonObject } from '#main/sources/nasa-images/wire.ts';
import {
  makeTempDir,
  nasaRef,
  openTestLibrary,
  plainCard,
} from '#test/support/library-fixtures.ts';
import { madeBase, madeFields, makeArchive, type MadeArchive } from '#test/support/made-archive.ts';
import {
  idsOf,
  isEnded,
  listAll,
  openResults,
  type OpenedResults,
} from '#test/support/results-fixtures.ts';

const wall = 1000;
const everything = { q: 'made' };

let temp: ReturnType<typeof makeTempDir>;
let archive: MadeArchive;
const running: OpenedResults[] = [];

beforeEach(() => {
  temp = makeTempDir();
  archive = makeArchive(
    Array.from({ length: 2300 }, (_, number) => madeFields(number)),
    wall,
  );
});
afterEach(async () => {
  for (const opened of running.splice(0)) await opened.close();
  temp.remove();
  expect(archive.pastWall).toBe(0);
});

function open(more: Parameters<typeof openResults>[2] = {}): OpenedResults {
  const at = { search: archive.search, base: () => madeBase };
  const opened = openResults(temp.dir, at, { wall, ...more });
  running.push(opened);
  return opened;
}

/** Calls back when so many answers were given, before the next. */
function after(answers: number, callback: () => void): void {
  let given = 0;
  archive.spoil = () => {
    given += 1;
    if (given === answers) callback();
    return null;
  };
}

const offline = (): ArchiveError =>
  new ArchiveError({ code: 'offline', message: 'You’re offline.', retryable: true });

async function failureOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return null;
}

test('what is read of a set: cards and shapes by position, the position of a record', async () => {
  const opened = open();
  const set = await listAll(opened, everything);
  const { cards } = opened.service.page(set.id, 100, 150);
  expect(cards).toHaveLength(150);
  expect(cards[0]?.record).toMatchObject({ id: 'made-100', kind: 'image', title: 'Plate 3 of 7' });
  expect(cards[0]?.record.preview).toBe(
    `${madeBase.origin}/assets/image/made-100/made-100~thumb.jpg`,
  );
  expect(opened.service.position(set.id, nasaRef('made-100'))).toEqual({ position: 100 });
  expect(opened.service.position(set.id, nasaRef('other'))).toEqual({ position: null });
  const { ratios } = opened.service.ratios(set.id, 5, 200_000);
  expect(ratios).toHaveLength(2295);
  expect(decodeRatio(ratios[17] ?? 0)).toBeCloseTo(4 / 3, 1);
  expect(opened.service.page(set.id, 2299, 200).cards).toHaveLength(1);
  expect(opened.service.page(set.id, 2300, 200).cards).toEqual([]);
  expect(opened.service.ratios(set.id, 2300, 10).ratios).toHaveLength(0);
});

test('shapes of every value, over the edges of their blocks, come back as they were', async () => {
  archive = makeArchive(
    Array.from({ length: 9000 }, (_, number) => madeFields(number)),
    10_000,
  );
  // Shapes from 1:4 to 4:1, and pictures without one.
  archive.spoil = (query, page) => {
    const answer = archive.answer(query, page, 100);
    answer.items.forEach((item, at) => {
      const number = (page - 1) * 100 + at;
      const width =
        number % 256 === 0 ? null : Math.round(1000 * 2 ** (((number % 256) - 128) / 64));
      for (const link of item.links) Object.assign(link, { width, height: 1000 });
    });
    return answer;
  };
  const opened = open({ wall: 10_000 });
  const set = await listAll(opened, everything);
  const { ratios } = opened.service.ratios(set.id, 0, 9000);
  expect([...ratios]).toEqual(Array.from({ length: 9000 }, (_, number) => number % 256));
  const part = opened.service.ratios(set.id, 4090, 12).ratios;
  expect([...part]).toEqual([...ratios.subarray(4090, 4102)]);
});

test('the same query is the same set, whatever its blanks; another one is another', async () => {
  const opened = open();
  const set = await listAll(opened, { q: 'made', title: ' ' });
  expect(await opened.service.open({ q: ' made ' })).toMatchObject({ id: set.id });
  expect(await opened.service.open({ q: 'made', media_type: 'video' })).not.toMatchObject({
    id: set.id,
  });
  expect(opened.service.list().sets).toHaveLength(2);
});

test('changes are told at most four times a second, the last one always', async () => {
  const times: number[] = [];
  const opened = open({
    emit: (_name, { set }) => {
      times.push(performance.now());
      if (set.state === 'complete') ended();
    },
  });
  let ended = (): void => {};
  const done = new Promise<void>((resolve) => {
    ended = resolve;
  });
  await opened.service.open(everything);
  await done;
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  // A timer may fire a little early.
  expect(gaps.filter((gap) => gap < 240)).toEqual([]);
});

describe('stopped and gone on', () => {
  test('paused by the user it stays paused, also when it is opened again; resume goes on', async () => {
    const opened = open();
    const { id } = await opened.service.open(everything);
    await new Promise<void>((resolve) => after(15, resolve));
    const paused = await opened.service.pause(id);
    expect(paused).toMatchObject({ state: 'paused', missing: 0, error: null });
    const asked = archive.asked.length;
    expect(await opened.service.open(everything)).toMatchObject({ id, state: 'paused' });
    expect(archive.asked).toHaveLength(asked);
    const before = idsOf(opened, paused);
    archive.spoil = null;
    await opened.service.resume(id);
    const set = await opened.until(({ state }) => state === 'complete');
    expect(set.stored).toBe(2300);
    expect(idsOf(opened, set).slice(0, before.length)).toEqual(before);
  });

  test('cut off by the end of the process, it is paused, and goes on when it is opened', async () => {
    const first = open();
    await first.service.open(everything);
    await new Promise<void>((resolve) => after(14, resolve));
    await first.close();
    running.length = 0;
    archive.spoil = null;
    const second = open();
    const [set] = second.service.list().sets;
    expect(set?.state).toBe('paused');
    expect(await second.service.open(everything)).toMatchObject({ id: set?.id, state: 'listing' });
    expect(await second.until(isEnded)).toMatchObject({ state: 'complete', stored: 2300 });
  });

  test('the network gone: paused with the reason, and on by itself when the archive answers again', async () => {
    const opened = open();
    let isGone = false;
    after(12, () => {
      isGone = true;
      archive.spoil = () => {
        if (isGone) throw offline();
        return null;
      };
    });
    const { id } = await opened.service.open(everything);
    const paused = await opened.until(({ state }) => state === 'paused');
    expect(paused).toMatchObject({ id, error: { code: 'offline', message: 'You’re offline.' } });
    expect(paused.stored).toBeGreaterThan(500);
    isGone = false;
    opened.answersAgain();
    const set = await opened.until(({ state }) => state === 'complete');
    expect(set).toMatchObject({ id, stored: 2300, error: null });
  });

  test('nothing of it was ever answered: refused words end it, and opening it asks again', async () => {
    archive.spoil = () => {
      throw new ArchiveError({
        code: 'refused-by-archive',
        message: 'Expected q.',
        retryable: false,
      });
    };
    const opened = open();
    const failed = await listAll(opened, everything);
    expect(failed).toMatchObject({
      state: 'failed',
      stored: 0,
      total: null,
      error: { message: 'Expected q.' },
    });
    archive.spoil = null;
    opened.told.length = 0;
    expect(await listAll(opened, everything)).toMatchObject({ id: failed.id, state: 'complete' });
  });
});

describe('two processes on one profile', () => {
  test('one lists, the other watches; each record once, no request twice', async () => {
    const first = open();
    const second = open();
    const { id } = await first.service.open(everything);
    expect(await second.service.open(everything)).toMatchObject({ id, state: 'listing' });
    const seen = await second.until(({ state }) => state === 'complete');
    expect(seen.stored).toBe(2300);
    expect(archive.asked).toHaveLength(seen.requests);
    expect(second.told.filter(({ id: told }) => told === id).length).toBeGreaterThan(0);
  });

  test('paused from the other one, nothing more is written', async () => {
    const first = open();
    const second = open();
    const { id } = await first.service.open(everything);
    const paused = new Promise<number>((resolve) => {
      after(13, () => {
        void second.service.pause(id).then(({ stored }) => resolve(stored));
      });
    });
    const stored = await paused;
    await first.close();
    running.shift();
    expect(second.service.get(id)).toMatchObject({ state: 'paused', stored });
  });
});

describe('listed anew and removed', () => {
  test('refresh makes a new set; the old one stays for whoever looks at it', async () => {
    const opened = open();
    const old = await listAll(opened, everything);
    archive.records.push(madeFields(5000));
    archive.forget();
    const { id } = await opened.service.refresh(old.id);
    expect(id).not.toBe(old.id);
    const set = await opened.until((one) => one.id === id && isEnded(one));
    expect(set).toMatchObject({ state: 'complete', stored: 2301 });
    expect(opened.service.page(old.id, 0, 10).cards).toHaveLength(10);
    expect(opened.service.list().sets.map((one) => one.id)).toEqual([id]);
    expect(await opened.service.open(everything)).toMatchObject({ id });
  });

  test('removed, it is gone at once and leaves nothing on disk', async () => {
    const opened = open();
    const set = await listAll(opened, everything);
    await opened.service.remove(set.id);
    expect(await failureOf(() => opened.service.get(set.id))).toMatchObject({ code: 'not-found' });
    await opened.service.clear();
    const left = ['sets', 'records', 'bodies', 'ratios', 'slices', 'members'].map(
      (table) =>
        opened.cache.db
          .prepare<[], { n: number }>(`SELECT count(*) AS n FROM result_${table}`)
          .get()?.n,
    );
    expect(left).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('removed while it is being listed, in another process too', async () => {
    const first = open();
    const second = open();
    const { id } = await first.service.open(everything);
    await new Promise<void>((resolve) => {
      after(13, () => void second.service.remove(id).then(resolve));
    });
    expect(await failureOf(() => first.service.page(id, 0, 1))).toMatchObject({
      code: 'not-found',
    });
  });

  test('over its budget, what was used longest ago goes first', async () => {
    let nowMs = 1_000_000;
    const clock = {
      nowMs: () => nowMs,
      after: (delayMs: number, callback: () => void) => {
        const timer = setTimeout(callback, Math.min(delayMs, 5));
        return () => clearTimeout(timer);
      },
    };
    // For three sets and a half.
    let room = 1e12;
    const opened = open({ clock, budgetBytes: () => room });
    const ids: string[] = [];
    for (const q of ['made a', 'made b', 'made c']) {
      nowMs += 100_000;
      ids.push((await listAll(opened, { q })).id);
    }
    room = (opened.service.bytes() * 3.5) / 3;
    nowMs += 100_000;
    opened.service.page(ids[0] ?? '', 0, 1);
    nowMs += 100_000;
    await listAll(opened, { q: 'made d' });
    const left = opened.service.list().sets.map(({ query }) => query.q);
    expect(left).toContain('made d');
    expect(left).toContain('made a');
    expect(left).not.toContain('made b');
  });
});

describe('kept from a set', () => {
  const seen = (records: JsonObject[]): string[] => records.map((data) => String(data['nasa_id']));

  test('all but some, the first chosen standing first', async () => {
    const opened = open();
    const set = await listAll(opened, everything);
    const file = openTestLibrary(temp.dir);
    const told: number[] = [];
    const library = createLibraryService({
      db: file.db,
      snapshot: () => Promise.reject(new Error('nothing is asked')),
      toCard: plainCard,
      emit: (_name, { kept }) => told.push(kept.length),
      clock: { nowMs: () => Date.now() },
      log: () => {},
    });
    const asked = archive.asked.length;
    const except = [nasaRef('made-3'), nasaRef('made-2000')];
    const { most, records } = opened.service.selected({ kind: 'results', id: set.id, except });
    const signal = new AbortController().signal;
    expect(await library.keepSeen(records, most, signal)).toEqual({ total: 2298 });
    expect(archive.asked).toHaveLength(asked);
    const first = library.list({ cursor: null, limit: 5 });
    expect(first.items.map(({ card }) => card.record.id)).toEqual(
      seen(archive.records.slice(0, 6)).filter((id) => id !== 'made-3'),
    );
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(2298);
    expect(library.kept(except)).toEqual({ refs: [] });

    const some = opened.service.selected({
      kind: 'results',
      id: set.id,
      except: [],
      ranges: [
        [3, 3],
        [1000, 5000],
      ],
    });
    expect(some.most).toBe(1 + 1300);
    expect(await library.keepSeen(some.records, some.most, signal)).toEqual({ total: 2300 });
    const stop = new AbortController();
    stop.abort();
    const again = opened.service.selected({ kind: 'results', id: set.id, except: [] });
    expect(
      await failureOf(() => library.keepSeen(again.records, again.most, stop.signal)),
    ).toMatchObject({
      code: 'cancelled',
    });
    await library.dispose();
    file.close();
  });
});
