import { describe, expect, test } from 'vitest';
import { encodeRatio } from '#contract/ratios.ts';
import { ArchiveError } from '#contract/errors.ts';
import { StoredList, type ResultsReader } from '#renderer/features/gallery/stored-list.svelte.ts';
import { makeCard } from '#test/support/make-card.ts';

const million = 1_000_000;

/** A set on disk whose answers are held back until they are let go. */
class StoredSet implements ResultsReader {
  readonly pagesAsked: number[] = [];
  readonly piecesAsked: { from: number; count: number }[] = [];
  readonly abandoned: number[] = [];
  /** First positions of pages that fail. */
  readonly failing = new Set<number>();
  areShapesFailing = false;
  /** Cards that each answer lacks at its end. */
  lacking = 0;
  #held: (() => void)[] | null = null;

  hold(): void {
    this.#held = [];
  }
  async letGo(): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    for (const go of held) go();
    await settled();
  }
  async #wait(): Promise<void> {
    if (this.#held !== null) await new Promise<void>((go) => this.#held?.push(go));
  }

  page: ResultsReader['page'] = async ({ from, count }, options) => {
    this.pagesAsked.push(from);
    options?.signal?.addEventListener('abort', () => this.abandoned.push(from));
    await this.#wait();
    if (this.failing.has(from)) {
      throw new ArchiveError({ code: 'unexpected', message: 'The disk is gone.', retryable: true });
    }
    const cards = Array.from({ length: count - this.lacking }, (_, at) => makeCard(from + at));
    return { cards };
  };
  ratios: ResultsReader['ratios'] = async ({ from, count }) => {
    this.piecesAsked.push({ from, count });
    await this.#wait();
    if (this.areShapesFailing) throw new Error('no shapes');
    return { ratios: Uint8Array.from({ length: count }, (_, at) => codeOf(from + at)) };
  };
}

const codeOf = (index: number): number => encodeRatio(600 + (index % 5) * 100, 600);
const settled = () => new Promise<void>((go) => setImmediate(go));

async function listOf(count: number, set = new StoredSet(), isComplete = true) {
  const list = new StoredList(set, 'set1');
  list.grow(count, isComplete);
  for (let turn = 0; turn < 12; turn += 1) await settled();
  return { list, set };
}

describe('shapes', () => {
  test('come in large pieces, each once', async () => {
    const { list, set } = await listOf(million);
    expect(list.count).toBe(million);
    expect(set.piecesAsked).toHaveLength(5);
    expect(new Set(set.piecesAsked.map(({ from }) => from)).size).toBe(5);
    expect(list.ratioAt(0)).toBeCloseTo(1, 2);
    expect(list.ratioAt(999_999)).toBeCloseTo(1000 / 600, 1);
  });

  test('around the place that is looked at first come first, and nothing is shown before', async () => {
    const set = new StoredSet();
    set.hold();
    const list = new StoredList(set, 'set1');
    list.hold(700_000);
    list.grow(million, true);
    expect(list.count).toBe(0);
    expect(set.piecesAsked).toEqual([{ from: 600_000, count: 200_000 }]);
    await set.letGo();
    expect(list.count).toBe(million);
    for (let turn = 0; turn < 12; turn += 1) await settled();
    expect(set.piecesAsked.map(({ from }) => from)).toEqual([
      600_000, 0, 200_000, 400_000, 800_000,
    ]);
    expect(list.changedSince(0)).toBe(0);
    expect(list.changedSince(list.revision)).toBe(million);
    expect(list.changedSince(list.revision - 1)).toBe(800_000);
  });

  test('of a set that grows are read on where they ended', async () => {
    const { list, set } = await listOf(500, new StoredSet(), false);
    expect(list.isComplete).toBe(false);
    list.grow(1500, false);
    await settled();
    list.grow(2000, true);
    for (let turn = 0; turn < 5; turn += 1) await settled();
    expect(set.piecesAsked).toEqual([
      { from: 0, count: 500 },
      { from: 500, count: 1000 },
      { from: 1500, count: 500 },
    ]);
    expect(list.count).toBe(2000);
    expect(list.isComplete).toBe(true);
    expect(list.ratioAt(1999)).toBeCloseTo(1000 / 600, 1);
  });

  test('that can’t be read leave the usual shape, and are read again on demand', async () => {
    const set = new StoredSet();
    set.areShapesFailing = true;
    const { list } = await listOf(300, set);
    expect(list.count).toBe(300);
    expect(list.ratioAt(4)).toBeCloseTo(4 / 3, 5);
    set.areShapesFailing = false;
    list.retry();
    await settled();
    expect(list.ratioAt(4)).toBeCloseTo(1000 / 600, 1);
  });
});

describe('cards', () => {
  const seen = (first: number) => ({ first, last: first + 29 });

  test('are read for what is seen, then where one goes, and not again', async () => {
    const { list, set } = await listOf(million);
    list.need(seen(500_050));
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(set.pagesAsked).toEqual([500_000, 500_100]);
    expect(list.at(500_050)?.record.id).toBe('record-500050');
    list.need(seen(500_080));
    list.need(seen(500_020));
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(set.pagesAsked).toEqual([500_000, 500_100, 499_900]);
  });

  test('far away are dropped, so that memory stays flat', async () => {
    const { list } = await listOf(million);
    for (let at = 0; at < million; at += 9973) {
      list.need(seen(at));
      await settled();
      await settled();
    }
    let held = 0;
    for (let index = 0; index < million; index += 1) if (list.at(index) !== null) held += 1;
    expect(held).toBeLessThanOrEqual(1500);
    expect(list.at(0)).toBeNull();
  });

  test('nobody waits for any more are called off, and two are read at once', async () => {
    const set = new StoredSet();
    const { list } = await listOf(million, set);
    set.hold();
    list.need(seen(1000));
    list.need(seen(300_000));
    list.need(seen(600_010));
    expect(set.pagesAsked).toEqual([1000, 900]);
    expect(set.abandoned).toEqual([1000, 900]);
    await set.letGo();
    for (let turn = 0; turn < 4; turn += 1) await settled();
    expect(set.pagesAsked.slice(0, 4)).toEqual([1000, 900, 600_000, 599_900]);
    expect(list.at(1000)).toBeNull();
    expect(list.at(600_010)).not.toBeNull();
  });

  test('of a page that fails say so, the others come, and it is tried again on demand', async () => {
    const set = new StoredSet();
    const { list } = await listOf(1000, set);
    set.failing.add(100);
    list.need({ first: 90, last: 210 });
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(list.at(99)).not.toBeNull();
    expect(list.at(100)).toBeNull();
    expect(list.at(200)).not.toBeNull();
    expect(list.troubleAt(99)).toBeNull();
    expect(list.troubleAt(100)).toBe('The disk is gone.');
    const asked = set.pagesAsked.length;
    list.need({ first: 95, last: 215 });
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(set.pagesAsked.slice(asked)).not.toContain(100);
    set.failing.clear();
    list.retry();
    expect(list.troubleAt(100)).toBeNull();
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(list.at(100)).not.toBeNull();
  });

  test('that an answer lacks are in trouble, not on their way for ever', async () => {
    const set = new StoredSet();
    set.lacking = 3;
    const { list } = await listOf(100, set);
    list.need(seen(0));
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(list.at(96)).not.toBeNull();
    expect(list.troubleAt(96)).toBeNull();
    expect(list.troubleAt(97)).toBe('Could not be read');
    expect(set.pagesAsked).toEqual([0]);
  });

  test('of the last page are read on as the list grows, and stay meanwhile', async () => {
    const set = new StoredSet();
    const { list } = await listOf(130, set, false);
    list.need({ first: 110, last: 129 });
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(list.at(129)).not.toBeNull();
    expect(list.at(130)).toBeNull();
    set.hold();
    list.grow(180, false);
    expect(list.at(129)).not.toBeNull();
    await set.letGo();
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(list.at(179)?.record.id).toBe('record-179');
    expect(list.indexOf(makeCard(179).record.ref)).toBe(179);
  });

  test('that are selected stay while the view is elsewhere', async () => {
    const { list } = await listOf(million);
    list.need(seen(0));
    list.pin([3, 5, 80_007]);
    for (let turn = 0; turn < 8; turn += 1) await settled();
    list.need(seen(900_000));
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(list.at(3)).not.toBeNull();
    expect(list.at(80_007)).not.toBeNull();
    list.pin([]);
    expect(list.at(3)).toBeNull();
  });

  test('are not asked for once the list is closed', async () => {
    const set = new StoredSet();
    const { list } = await listOf(million, set);
    set.hold();
    list.need(seen(0));
    list.dispose();
    expect(set.abandoned).toEqual([0]);
    const asked = set.pagesAsked.length;
    await set.letGo();
    expect(set.pagesAsked).toHaveLength(asked);
  });
});
