import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import type { Library } from '#main/db/open-library.ts';
import { findDamagedRows } from '#main/db/row-checksum.ts';
import { favouritesTable } from '#main/library/favourites-repo.ts';
import { createLibraryService, type LibraryService } from '#main/library/library-service.ts';
import {
  makeSeen,
  makeTempDir,
  nasaRef,
  openTestLibrary,
  plainCard,
} from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let library: Library;
let service: LibraryService;
let events: ArchiveEvents['libraryChanged'][];
let now = 1000;
/** Refs that the archive cannot give, with the reason. */
let broken: Map<RecordRef, ArchiveError>;
let asked: RecordRef[];
const never = new AbortController().signal;

const unavailable = () =>
  new ArchiveError({ code: 'unavailable', message: 'NASA didn’t answer.', retryable: true });

function start(): void {
  library = openTestLibrary(temp.dir);
  service = createLibraryService({
    db: library.db,
    snapshot: async (ref) => {
      asked.push(ref);
      const failure = broken.get(ref);
      if (failure !== undefined) throw failure;
      return makeSeen(ref.slice('nasa:'.length));
    },
    toCard: plainCard,
    emit: (_name, payload) => events.push(payload),
    clock: { nowMs: () => (now += 1) },
    log: () => {},
  });
}

async function restart(): Promise<void> {
  await service.dispose();
  library.close();
  start();
}

beforeEach(() => {
  temp = makeTempDir();
  events = [];
  broken = new Map();
  asked = [];
  start();
});
afterEach(async () => {
  await service.dispose();
  library.close();
  temp.remove();
});

const refs = (...ids: string[]) => ids.map(nasaRef);
const listed = (text?: string) =>
  service.list({ cursor: null, limit: 500, text }).items.map((item) => item.card.record.id);

async function failureOf(promise: Promise<unknown>): Promise<ArchiveError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ArchiveError) return error;
    throw error;
  }
  throw new Error('it worked');
}

describe('keeping', () => {
  test('a record is there after a restart, word for word', async () => {
    expect(await service.keep(refs('PIA12348'), never)).toEqual({ total: 1 });
    await restart();
    const page = service.list({ cursor: null, limit: 10 });
    expect(page.total).toBe(1);
    expect(page.cursor).toBeNull();
    expect(page.items[0]?.card).toEqual(plainCard(makeSeen('PIA12348')));
    expect(page.items[0]?.keptAtMs).toBe(1001);
    expect(events).toEqual([{ total: 1, kept: refs('PIA12348'), removed: [] }]);
  });

  test('again changes nothing and asks nobody', async () => {
    await service.keep(refs('A'), never);
    const before = service.list({ cursor: null, limit: 10 });
    await service.keep(refs('A', 'A'), never);
    expect(service.list({ cursor: null, limit: 10 })).toEqual(before);
    expect(asked).toEqual(refs('A'));
    expect(events).toHaveLength(1);
  });

  test('several at once stand in the order in which they were chosen, newest act first', async () => {
    await service.keep(refs('old'), never);
    const many = Array.from({ length: 130 }, (_, i) => `n${i}`);
    await service.keep(refs(...many), never);
    expect(listed()).toEqual([...many, 'old']);
  });

  test('what can be had is kept when others fail, and the failure says how many', async () => {
    broken.set(nasaRef('B'), unavailable());
    const error = await failureOf(service.keep(refs('A', 'B', 'C'), never));
    expect(error.code).toBe('unavailable');
    expect(error.retryable).toBe(true);
    expect(error.message).toBe(
      'Kept 2 of 3. 1 could not be read, so they were not kept. NASA didn’t answer.',
    );
    expect(listed()).toEqual(['A', 'C']);
    expect(service.kept(refs('C', 'B', 'A'))).toEqual({ refs: refs('C', 'A') });
  });

  test('cancelled: nothing more is asked for and the error says so', async () => {
    const controller = new AbortController();
    controller.abort();
    expect((await failureOf(service.keep(refs('A'), controller.signal))).code).toBe('cancelled');
    expect(asked).toEqual([]);
    expect(service.count()).toEqual({ total: 0 });
  });
});

describe('removing and restoring', () => {
  test('brings records back exactly as they were, in the same place, after a restart too', async () => {
    for (const id of ['A', 'B', 'C']) await service.keep(refs(id), never);
    const before = service.list({ cursor: null, limit: 10 });
    expect(service.remove(refs('B', 'unknown'))).toEqual({ total: 2, removed: 1 });
    expect(listed()).toEqual(['C', 'A']);
    await restart();
    expect(listed()).toEqual(['C', 'A']);
    expect(service.restore(refs('B'))).toEqual({ total: 3, restored: 1 });
    expect(service.list({ cursor: null, limit: 10 })).toEqual(before);
    expect(events.slice(-2)).toEqual([
      { total: 2, kept: [], removed: refs('B') },
      { total: 3, kept: refs('B'), removed: [] },
    ]);
    expect(await findDamagedRows(library.db, [favouritesTable])).toEqual([]);
  });

  test('what is not there is not an error and tells nobody', () => {
    expect(service.remove(refs('A'))).toEqual({ total: 0, removed: 0 });
    expect(service.restore(refs('A'))).toEqual({ total: 0, restored: 0 });
    expect(events).toEqual([]);
  });

  test('keeping a removed record again makes it the newest', async () => {
    for (const id of ['A', 'B']) await service.keep(refs(id), never);
    service.remove(refs('A'));
    await service.keep(refs('A'), never);
    expect(listed()).toEqual(['A', 'B']);
  });

  test('a removed record comes back from the bin when its archive does not answer', async () => {
    await service.keep(refs('A'), never);
    service.remove(refs('A'));
    broken.set(nasaRef('A'), unavailable());
    expect(await service.keep(refs('A'), never)).toEqual({ total: 1 });
    expect(listed()).toEqual(['A']);
  });
});

describe('listing', () => {
  test('pages by cursor without a gap or a repeat, whatever is kept meanwhile', async () => {
    await service.keep(refs(...Array.from({ length: 25 }, (_, i) => `r${i}`)), never);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = service.list({ cursor, limit: 10 });
      seen.push(...page.items.map((item) => item.card.record.id));
      cursor = page.cursor;
      await service.keep(refs(`late${seen.length}`), never);
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `r${i}`));
  });

  test('refuses a cursor that it did not give', () => {
    for (const cursor of ['', 'x', '1.2.3', "1' OR 1=1", 'zzzzzzzzzzzz.1']) {
      expect(() => service.list({ cursor, limit: 1 })).toThrow(ArchiveError);
    }
  });

  test('filters by every word over title, identifier and description, wildcards taken literally', async () => {
    const seen = new Map([
      ['PIA1', makeSeen('PIA1', { title: 'Cráter Copérnico', description: 'Moon, 100% lit' })],
      ['as11_40', makeSeen('as11_40', { title: 'Boot print', description: 'On the Moon' })],
      ['as11x40', makeSeen('as11x40', { title: 'Other', description: null })],
    ]);
    const filtered = createLibraryService({
      db: library.db,
      snapshot: async (ref) => seen.get(ref.slice(5)) ?? makeSeen('none'),
      toCard: plainCard,
      emit: () => {},
      clock: { nowMs: () => 1 },
      log: () => {},
    });
    await filtered.keep(refs('PIA1', 'as11_40', 'as11x40'), never);
    expect(listed('copernico')).toEqual(['PIA1']);
    expect(listed('MOON boot')).toEqual(['as11_40']);
    expect(listed('as11_40')).toEqual(['as11_40']);
    expect(listed('100%')).toEqual(['PIA1']);
    expect(listed('%')).toEqual(['PIA1']);
    expect(listed('nothing')).toEqual([]);
    expect(service.list({ cursor: null, limit: 1, text: 'moon' })).toMatchObject({ total: 2 });
  });

  test('a snapshot that cannot be shown is left out, the rest stays', async () => {
    await service.keep(refs('A', 'B'), never);
    const picky = createLibraryService({
      db: library.db,
      snapshot: async () => makeSeen('A'),
      toCard: (seen) => {
        if (seen.record.id === 'A') throw new Error('bad');
        return plainCard(seen);
      },
      emit: () => {},
      clock: { nowMs: () => 1 },
      log: () => {},
    });
    expect(picky.list({ cursor: null, limit: 5 }).items.map((item) => item.card.record.id)).toEqual(
      ['B'],
    );
  });
});
