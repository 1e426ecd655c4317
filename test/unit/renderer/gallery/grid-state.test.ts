import { describe, expect, test } from 'vitest';
import { CardList } from '#renderer/features/gallery/card-list.svelte.ts';
import type { GridItems } from '#renderer/features/gallery/grid-items.ts';
import { skeletonRatio } from '#renderer/features/gallery/layout.ts';
import { GridState, type GridViewport } from '#renderer/features/gallery/grid-state.svelte.ts';
import { makeCard } from '#test/support/make-card.ts';

const wide: GridViewport = { width: 1036, height: 700, scale: 1, devicePixelRatio: 1, footer: 0 };

function listOf(count: number): CardList {
  const list = new CardList();
  list.append(
    Array.from({ length: count }, (_, at) =>
      makeCard(at, { width: 300 + (at % 7) * 90, height: 400 }),
    ),
  );
  return list;
}

/** A million items that nobody holds. */
function endless(count: number): GridItems {
  return {
    count,
    revision: 1,
    isComplete: true,
    at: () => null,
    ratioAt: skeletonRatio,
    changedSince: () => 0,
  };
}

/** Stands for the scrolled element: follows requests, clamps as browsers do. */
class Scroller {
  readonly grid: GridState;
  #followed: { top: number } | null = null;
  top = 0;
  viewport: GridViewport;
  constructor(items: GridItems, viewport = wide, kind: 'justified' | 'square' = 'justified') {
    this.grid = new GridState();
    this.viewport = viewport;
    this.grid.setItems(items, kind);
    this.grid.measure(viewport);
    this.follow();
  }
  follow(): void {
    const request = this.grid.scrollRequest;
    if (request === null || request === this.#followed) return;
    this.#followed = request;
    this.top = this.#clamped(request.top);
  }
  scrollTo(top: number): void {
    this.top = this.#clamped(top);
    this.grid.scrolled(this.top);
    this.follow();
  }
  get max(): number {
    return Math.max(0, this.grid.spacerHeight + this.viewport.footer - this.viewport.height);
  }
  #clamped(top: number): number {
    return Math.min(this.max, Math.max(0, top));
  }
  /** Where an item is drawn on the screen; null when it is not in the document. */
  screenTop(index: number): number | null {
    const row = this.grid.drawn.find((one) => one.cells.some((cell) => cell.index === index));
    return row === undefined ? null : row.y - this.top;
  }
}

const drawnItems = (grid: GridState) =>
  grid.drawn.flatMap((row) => row.cells.map((cell) => cell.index));

describe('what is drawn', () => {
  test('starts at the top and covers the view', () => {
    const { grid } = new Scroller(listOf(400));
    expect(drawnItems(grid)[0]).toBe(0);
    expect(grid.visible?.first).toBe(0);
    const last = grid.drawn.at(-1);
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeGreaterThan(700);
  });

  test.each([
    ['justified', wide],
    ['square', wide],
    ['justified', { ...wide, width: 3812, height: 2000 }],
    ['justified', { ...wide, width: 724, height: 560, scale: 2 }],
    ['square', { ...wide, width: 724, height: 560, scale: 2, devicePixelRatio: 3 }],
  ] as const)('is at most three times what is seen (%s, %o)', (kind, viewport) => {
    const scroller = new Scroller(listOf(3000), viewport, kind);
    for (let step = 0; step <= 40; step += 1) {
      scroller.scrollTo((scroller.max * step) / 40);
      const seen = scroller.grid.visible;
      const seenCount = seen === null ? 0 : seen.last - seen.first + 1;
      expect(drawnItems(scroller.grid).length).toBeLessThanOrEqual(3 * seenCount);
      expect(drawnItems(scroller.grid)).toContain(seen?.first);
      expect(drawnItems(scroller.grid)).toContain(seen?.last);
    }
  });

  test('rows that stay are the same objects', () => {
    const scroller = new Scroller(listOf(400));
    scroller.scrollTo(3000);
    const before = new Map(scroller.grid.drawn.map((row) => [row.row, row]));
    scroller.scrollTo(3190);
    const kept = scroller.grid.drawn.filter((row) => before.get(row.row) === row);
    expect(kept.length).toBeGreaterThanOrEqual(scroller.grid.drawn.length - 2);
  });

  test('nothing is drawn for an empty list', () => {
    const { grid } = new Scroller(new CardList());
    expect(grid.drawn).toEqual([]);
    expect(grid.visible).toBeNull();
    expect(grid.move('down')).toBeNull();
  });
});

describe('staying in place', () => {
  test('a page that arrives moves nothing', () => {
    const list = listOf(200);
    list.reserve(220, false);
    const scroller = new Scroller(list);
    scroller.scrollTo(2500);
    const seen = scroller.grid.visible?.first ?? 0;
    const before = scroller.screenTop(seen);
    list.append(Array.from({ length: 100 }, (_, at) => makeCard(200 + at)));
    scroller.grid.setItems(list, 'justified');
    scroller.follow();
    expect(scroller.screenTop(seen)).toBe(before);
  });

  test('another width and layout keep the same items at the top, there and back without drift', () => {
    const scroller = new Scroller(listOf(2000));
    scroller.scrollTo(20_000);
    const place = scroller.grid.place;
    for (const width of [700, 1500, 940, 3000]) {
      scroller.grid.measure({ ...wide, width });
      scroller.follow();
      const { first, last } = scroller.grid.visible ?? { first: 0, last: 0 };
      expect(place.index).toBeGreaterThanOrEqual(first);
      expect(place.index).toBeLessThanOrEqual(last);
    }
    scroller.grid.measure(wide);
    scroller.follow();
    expect(scroller.grid.offset).toBe(20_000);
  });

  test('a place kept is restored exactly, before and after the items are there', () => {
    const scroller = new Scroller(listOf(900));
    scroller.scrollTo(12_345);
    scroller.grid.setCurrent(333);
    const place = JSON.parse(JSON.stringify(scroller.grid.place)) as GridState['place'];

    const atOnce = new GridState();
    atOnce.setItems(listOf(900), 'justified');
    atOnce.restore(place);
    atOnce.measure(wide);
    expect(atOnce.offset).toBeCloseTo(12_345, 5);
    expect(atOnce.current).toBe(333);

    const late = new GridState();
    const list = new CardList();
    list.reserve(900, false);
    late.setItems(list, 'justified');
    late.measure(wide);
    late.restore(place);
    list.append(
      listOf(900).at(0) === null
        ? []
        : Array.from({ length: 900 }, (_, at) =>
            makeCard(at, { width: 300 + (at % 7) * 90, height: 400 }),
          ),
    );
    late.setItems(list, 'justified');
    expect(late.offset).toBeCloseTo(12_345, 5);
  });

  test('the top stays the top whatever arrives', () => {
    const list = new CardList();
    list.reserve(24, false);
    const scroller = new Scroller(list);
    list.append(Array.from({ length: 100 }, (_, at) => makeCard(at, { width: 900, height: 400 })));
    scroller.grid.setItems(list, 'justified');
    scroller.follow();
    expect(scroller.top).toBe(0);
    expect(scroller.grid.drawn[0]?.y).toBe(14);
  });
});

describe('the keyboard', () => {
  test('moves through rows and keeps its line', () => {
    const scroller = new Scroller(listOf(400));
    const { grid } = scroller;
    grid.setCurrent(2);
    const down = grid.move('down') ?? 0;
    grid.move('down');
    grid.move('up');
    expect(grid.current).toBe(down);
    expect(grid.move('up')).toBe(2);
    expect(grid.move('up')).toBe(2);
    expect(grid.move('left')).toBe(1);
    expect(grid.move('row-end')).toBe((grid.drawn[0]?.cells.length ?? 0) - 1);
    expect(grid.move('row-start')).toBe(0);
  });

  test('brings what it reaches into view', () => {
    const scroller = new Scroller(listOf(400));
    const { grid } = scroller;
    grid.setCurrent(0);
    for (const move of [
      'page-down',
      'page-down',
      'down',
      'last',
      'page-up',
      'up',
      'first',
    ] as const) {
      const index = grid.move(move) ?? -1;
      scroller.follow();
      const top = scroller.screenTop(index) ?? -1;
      const row = grid.drawn.find((one) => one.cells.some((cell) => cell.index === index));
      expect(top).toBeGreaterThanOrEqual(14);
      expect(top + (row?.height ?? 0) + 22).toBeLessThanOrEqual(700);
    }
    expect(grid.current).toBe(0);
    expect(grid.offset).toBe(0);
  });

  test('a page is what the view shows, and never nothing', () => {
    const { grid } = new Scroller(listOf(400), { ...wide, height: 120 });
    grid.setCurrent(0);
    const first = grid.move('page-down') ?? 0;
    expect(first).toBeGreaterThan(0);
    expect(grid.move('page-up')).toBe(0);
  });

  test('the row with the focus stays in the document when it is scrolled away', () => {
    const scroller = new Scroller(listOf(2000));
    scroller.grid.setCurrent(5);
    scroller.grid.setFocus(true);
    scroller.scrollTo(30_000);
    expect(drawnItems(scroller.grid)).toContain(5);
    expect(scroller.grid.tabStop).toBe(5);
    scroller.grid.setFocus(false);
    expect(drawnItems(scroller.grid)).not.toContain(5);
    expect(scroller.grid.tabStop).toBeGreaterThanOrEqual(scroller.grid.visible?.first ?? 0);
    expect(scroller.grid.tabStop).toBeLessThanOrEqual(scroller.grid.visible?.last ?? 0);
  });
});

describe.each([1, 2, 3])('a million items at device scale %i', (devicePixelRatio) => {
  const scroller = new Scroller(endless(1_000_000), { ...wide, devicePixelRatio, footer: 40 });
  const { grid } = scroller;

  test('the element stays small enough to be drawn', () => {
    expect(grid.spacerHeight * devicePixelRatio).toBeLessThan(33_554_400);
    expect(grid.rowCount).toBeGreaterThan(100_000);
  });

  test('first, last and any item are reached, and drawn where they are seen', () => {
    for (let step = 0; step < 100; step += 1) {
      const index = (step * 999_983) % 1_000_000;
      grid.setCurrent(index);
      grid.reveal(index);
      scroller.follow();
      const top = scroller.screenTop(index);
      expect(top).not.toBeNull();
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThan(700);
    }
    grid.move('last');
    scroller.follow();
    expect(grid.current).toBe(999_999);
    expect(scroller.screenTop(999_999)).toBeGreaterThan(0);
    scroller.scrollTo(scroller.max);
    expect(grid.visible?.last).toBe(999_999);
    scroller.scrollTo(0);
    expect(grid.visible?.first).toBe(0);
    expect(grid.drawn[0]?.y).toBe(14);
  });

  test('a wheel step moves the pictures by just that step', () => {
    scroller.scrollTo(scroller.max * 0.4);
    const seen = grid.visible?.first ?? 0;
    const before = scroller.screenTop(seen) ?? 0;
    scroller.scrollTo(scroller.top + 120);
    expect(scroller.screenTop(seen)).toBeCloseTo(before - 120, 5);
  });

  test('after many small steps the bar is in step again, and nothing moved', () => {
    scroller.scrollTo(scroller.max * 0.5);
    for (let step = 0; step < 300; step += 1) scroller.scrollTo(scroller.top + 150);
    const seen = grid.visible?.first ?? 0;
    const before = scroller.screenTop(seen) ?? 0;
    const offset = grid.offset;
    grid.settle();
    scroller.follow();
    expect(Math.abs(grid.offset - offset)).toBeLessThanOrEqual(1);
    expect(Math.abs((scroller.screenTop(seen) ?? 0) - before)).toBeLessThanOrEqual(1);
  });

  test('scrolling up by hand from a jump always ends at the very first row', () => {
    scroller.scrollTo(scroller.max * 0.3);
    scroller.scrollTo(3000);
    for (let step = 0; step < 100; step += 1) scroller.scrollTo(scroller.top - 130);
    expect(scroller.top).toBe(0);
    expect(grid.offset).toBe(0);
    expect(grid.visible?.first).toBe(0);
  });
});

test('a rectangle finds the items that it touches', () => {
  const { grid } = new Scroller(listOf(400));
  const [first, second] = grid.drawn;
  if (first === undefined || second === undefined) throw new Error('nothing drawn');
  const [a, b] = first.cells;
  if (a === undefined || b === undefined) throw new Error('too few cells');
  const inFirst = { left: a.x + a.width - 1, right: b.x + 1, top: 20, bottom: 30 };
  expect(grid.itemsIn(inFirst)).toEqual([{ first: 0, last: 1 }]);
  const inGap = { left: a.x + a.width + 1, right: b.x - 1, top: 20, bottom: 30 };
  expect(grid.itemsIn(inGap)).toEqual([]);
  const both = grid.itemsIn({ left: 0, right: 2000, top: 0, bottom: second.top + 1 });
  expect(both).toEqual([{ first: 0, last: first.cells.length + second.cells.length - 1 }]);
});

describe('rows that are only estimated', () => {
  /** A million items laid out where they are looked at; more than the usual spread of shapes. */
  const many = (): GridItems => ({
    ...endless(1_000_000),
    breakEvery: 512,
    ratioAt: (index) => 0.6 + ((index * 7919) % 97) / 60,
  });

  test.each([1, 3])('move nothing that is seen when they are known (scale %i)', (scale) => {
    const scroller = new Scroller(many(), { ...wide, devicePixelRatio: scale });
    const { grid } = scroller;
    scroller.scrollTo(scroller.max * 0.43);
    const seen = grid.visible ?? { first: -1, last: -1 };
    const places = () => [seen.first, seen.last].map((index) => scroller.screenTop(index));
    const before = places();
    expect(before).not.toContain(null);
    expect(grid.wantsTime).toBe(true);
    for (let slice = 0; grid.wantsTime; slice += 1) {
      let left = 40;
      grid.refine(() => (left -= 1) > 0);
      scroller.follow();
      expect(slice).toBeLessThan(200);
    }
    expect(places()).toEqual(before);
    expect(grid.visible).toEqual(seen);
  });

  test('give way to what is there when one jumps among them', () => {
    const scroller = new Scroller(many());
    const { grid } = scroller;
    for (const share of [0.9, 0.11, 0.52, 1, 0.33, 0]) {
      scroller.scrollTo(scroller.max * share);
      const first = grid.drawn.find((row) => row.first === grid.visible?.first);
      const last = grid.drawn.find((row) => row.cells.at(-1)?.index === grid.visible?.last);
      expect((first?.y ?? Infinity) - scroller.top).toBeLessThanOrEqual(15);
      expect((last?.y ?? 0) + (last?.height ?? 0) + 60 - scroller.top).toBeGreaterThan(700 - 32);
    }
    expect(grid.visible?.first).toBe(0);
    scroller.scrollTo(scroller.max);
    expect(grid.visible?.last).toBe(999_999);
  });

  test('are drawn exactly where a key leads', () => {
    const scroller = new Scroller(many());
    const { grid } = scroller;
    grid.setCurrent(0);
    for (const move of ['last', 'page-up', 'up', 'row-start', 'first', 'page-down'] as const) {
      const index = grid.move(move) ?? -1;
      scroller.follow();
      const top = scroller.screenTop(index) ?? -1;
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThan(700);
    }
  });

  test('keep their place through another width before they are known', () => {
    const scroller = new Scroller(many());
    const { grid } = scroller;
    scroller.scrollTo(scroller.max * 0.7);
    const { index } = grid.place;
    for (const width of [500, 2000, 800, 1036]) {
      grid.measure({ ...wide, width });
      scroller.follow();
      expect(index).toBeGreaterThanOrEqual(grid.visible?.first ?? Infinity);
      expect(index).toBeLessThanOrEqual(grid.visible?.last ?? -1);
    }
    expect(grid.place.index).toBe(index);
  });
});

test.each([1, 2, 3, 4, 5, 6])(
  'whatever is done in whatever order, what is drawn is right (%i)',
  (seed) => {
    let state = seed * 7919;
    const random = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state / 0x7fffffff;
    };
    const items: GridItems = {
      ...endless(1_000_000),
      breakEvery: 512,
      ratioAt: (index) => 0.55 + ((index * 7919) % 89) / 50,
    };
    const scroller = new Scroller(items, { ...wide, devicePixelRatio: 1 + (seed % 3) });
    const { grid } = scroller;
    const acts: (() => void)[] = [
      () => scroller.scrollTo(scroller.max * random()),
      () => scroller.scrollTo(scroller.top + (random() - 0.5) * 900),
      () => scroller.scrollTo(random() < 0.5 ? 0 : scroller.max),
      () => grid.settle(),
      () => grid.fill(),
      () => grid.rest(),
      () => grid.setFocus(random() < 0.5),
      () => grid.setCurrent(Math.floor(random() * 1_000_000)),
      () =>
        void grid.move(
          (['up', 'page-down', 'last', 'first', 'right'] as const)[Math.floor(random() * 5)] ??
            'up',
        ),
      () => {
        let left = 30;
        grid.refine(() => (left -= 1) > 0);
      },
      () => {
        scroller.viewport = { ...scroller.viewport, width: 500 + Math.floor(random() * 1500) };
        grid.measure(scroller.viewport);
      },
    ];
    for (let step = 0; step < 400; step += 1) {
      acts[Math.floor(random() * acts.length)]?.();
      scroller.follow();
      const firsts = grid.drawn.map(({ first }) => first);
      expect(new Set(firsts).size).toBe(firsts.length);
      expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
      const seen = grid.drawn.filter(
        ({ y, height }) => y < scroller.top + 700 && y + height + 32 > scroller.top,
      );
      expect((seen[0]?.y ?? Infinity) - scroller.top).toBeLessThanOrEqual(15);
      const end = seen.at(-1);
      expect((end?.y ?? 0) + (end?.height ?? 0) + 46 - scroller.top).toBeGreaterThanOrEqual(700);
      for (let at = 1; at < seen.length; at += 1) {
        const before = seen[at - 1];
        expect(seen[at]?.y).toBe((before?.y ?? 0) + (before?.height ?? 0) + 32);
        expect(seen[at]?.first).toBe((before?.cells.at(-1)?.index ?? 0) + 1);
      }
      if (scroller.top === 0) expect(grid.visible?.first).toBe(0);
      if (scroller.top === scroller.max) expect(grid.visible?.last).toBe(999_999);
    }
  },
);
