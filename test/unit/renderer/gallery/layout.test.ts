import { describe, expect, test } from 'vitest';
import {
  itemBeside,
  JustifiedLayout,
  metricsAt,
  ratioOf,
  SquareLayout,
  unknownRatio,
  type GridLayout,
} from '#renderer/features/gallery/layout.ts';

/** Small seeded generator (mulberry32), so that a failing case can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function randomRatios(seed: number, count: number): number[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => ratioOf(50 + random() * 2000, 50 + random() * 1500));
}

const ratioFrom = (ratios: number[]) => (index: number) => ratios[index] ?? unknownRatio;

function laidOut(layout: GridLayout): { indexes: number[]; right: number[]; bottoms: number[] } {
  const indexes: number[] = [];
  const right: number[] = [];
  const bottoms: number[] = [];
  for (let row = 0; row < layout.rowCount; row += 1) {
    const { cells, top, height } = layout.row(row);
    indexes.push(...cells.map((cell) => cell.index));
    const last = cells.at(-1);
    right.push(last === undefined ? 0 : last.x + last.width);
    bottoms.push(top + height);
  }
  return { indexes, right, bottoms };
}

describe('ratioOf', () => {
  test('takes the ratio of the listing within bounds', () => {
    expect(ratioOf(300, 200)).toBe(1.5);
    expect(ratioOf(4000, 100)).toBe(2.6);
    expect(ratioOf(10, 4000)).toBe(0.5);
  });

  test.each([
    [null, 200],
    [200, null],
    [0, 200],
    [200, 0],
    [-3, 200],
    [Number.NaN, 200],
    [Infinity, 200],
  ])('%s by %s counts as unknown', (width, height) => {
    expect(ratioOf(width, height)).toBe(unknownRatio);
  });
});

describe('justified rows', () => {
  const cases = [320, 732, 760, 1036, 1732, 3812].flatMap((width) =>
    [1, 1.25, 2].flatMap((scale) => [1, 2, 3].map((seed) => ({ width, scale, seed }))),
  );

  test.each(cases)('fill the width in order without overlap (%o)', ({ width, scale, seed }) => {
    const metrics = metricsAt(scale);
    const ratios = randomRatios(seed, 700);
    const layout = new JustifiedLayout(width, metrics);
    layout.update(ratios.length, 0, ratioFrom(ratios));
    const { indexes, right, bottoms } = laidOut(layout);
    expect(indexes).toEqual(ratios.map((_, index) => index));
    const wanted = metrics.padding + Math.max(metrics.target, width);
    for (const edge of right.slice(0, -1)) expect(Math.abs(edge - wanted)).toBeLessThanOrEqual(0.5);
    expect(right.at(-1)).toBeLessThanOrEqual(wanted + 0.5);
    for (let row = 0; row < layout.rowCount; row += 1) {
      const { cells, top } = layout.row(row);
      if (row > 0) {
        expect(top).toBe((bottoms[row - 1] ?? 0) + metrics.caption + metrics.below);
      }
      cells.forEach((cell, column) => {
        expect(cell.width).toBeGreaterThan(0);
        const before = cells[column - 1];
        const left = before === undefined ? metrics.padding : before.x + before.width + metrics.gap;
        expect(cell.x).toBe(left);
      });
    }
    const lastBottom = (bottoms.at(-1) ?? 0) + metrics.caption + metrics.padding;
    expect(layout.height).toBe(lastBottom);
  });

  test('pictures keep their ratio within the rounding', () => {
    const ratios = randomRatios(9, 300);
    const layout = new JustifiedLayout(1200, metricsAt(1));
    layout.update(ratios.length, 0, ratioFrom(ratios));
    for (let row = 0; row < layout.rowCount; row += 1) {
      const { cells, height } = layout.row(row);
      for (const cell of cells) {
        expect(Math.abs(cell.width - (ratios[cell.index] ?? 0) * height)).toBeLessThan(2.5);
      }
    }
  });

  test('row heights stay near the target where the width allows it', () => {
    const ratios = randomRatios(4, 3000);
    const layout = new JustifiedLayout(1036, metricsAt(1));
    layout.update(ratios.length, 0, ratioFrom(ratios));
    for (let row = 0; row < layout.rowCount; row += 1) {
      expect(layout.row(row).height).toBeGreaterThan(158 * 0.7);
      expect(layout.row(row).height).toBeLessThan(158 * 1.5);
    }
  });

  test('the last row keeps the target height', () => {
    const layout = new JustifiedLayout(1000, metricsAt(1));
    layout.update(2, 0, () => 1.5);
    expect(layout.row(0)).toMatchObject({ height: 158, top: 14 });
    expect(layout.row(0).cells.map((cell) => cell.width)).toEqual([237, 237]);
  });

  test.each([1, 7, 100, 101, 399])('pages appended at %i give the layout of the whole', (step) => {
    const ratios = randomRatios(5, 400);
    const whole = new JustifiedLayout(900, metricsAt(1));
    whole.update(ratios.length, 0, ratioFrom(ratios));
    const grown = new JustifiedLayout(900, metricsAt(1));
    for (let count = 0; count < ratios.length; count += step) {
      grown.update(Math.min(ratios.length, count + step), count, ratioFrom(ratios));
    }
    expect(laidOut(grown)).toEqual(laidOut(whole));
    expect(grown.height).toBe(whole.height);
    expect(grown.columnCount).toBe(whole.columnCount);
  });

  test('a ratio learnt later is laid out as if it had always been known', () => {
    const ratios = randomRatios(6, 300);
    const layout = new JustifiedLayout(900, metricsAt(1));
    layout.update(300, 0, (index) => (index < 100 ? (ratios[index] ?? 1) : unknownRatio));
    layout.update(300, 100, ratioFrom(ratios));
    const whole = new JustifiedLayout(900, metricsAt(1));
    whole.update(300, 0, ratioFrom(ratios));
    expect(laidOut(layout)).toEqual(laidOut(whole));
  });

  test('a list that shrinks forgets what it had', () => {
    const layout = new JustifiedLayout(900, metricsAt(1));
    layout.update(300, 0, () => 1.4);
    layout.update(3, 3, () => 1.4);
    expect(laidOut(layout).indexes).toEqual([0, 1, 2]);
    layout.update(0, 0, () => 1.4);
    expect(layout.rowCount).toBe(0);
    expect(layout.height).toBe(28);
  });

  test('rows are found by item and by height', () => {
    const ratios = randomRatios(8, 500);
    const layout = new JustifiedLayout(1036, metricsAt(1));
    layout.update(ratios.length, 0, ratioFrom(ratios));
    for (let row = 0; row < layout.rowCount; row += 1) {
      const { cells, top, height } = layout.row(row);
      for (const cell of cells) expect(layout.rowOf(cell.index)).toBe(row);
      expect(layout.rowAt(top)).toBe(row);
      expect(layout.rowAt(top + height + 31)).toBe(row);
    }
    expect(layout.rowAt(-50)).toBe(0);
    expect(layout.rowAt(1e9)).toBe(layout.rowCount - 1);
  });

  test('a million items are reachable', () => {
    const layout = new JustifiedLayout(1036, metricsAt(1));
    layout.update(1_000_000, 0, (index) => 0.6 + (index % 13) / 8);
    const last = layout.row(layout.rowCount - 1);
    expect(last.cells.at(-1)?.index).toBe(999_999);
    expect(layout.row(layout.rowOf(654_321)).cells.map((cell) => cell.index)).toContain(654_321);
  });
});

describe('square tiles', () => {
  test('are at least 148 and fill the width', () => {
    const layout = new SquareLayout(1000, metricsAt(1));
    layout.update(20);
    expect(layout.columnCount).toBe(6);
    const row = layout.row(0);
    expect(row.height).toBe(158);
    const last = row.cells.at(-1);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBe(1014);
    expect(laidOut(layout).indexes).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(layout.row(3).cells).toHaveLength(2);
  });

  test('know their rows both ways', () => {
    const layout = new SquareLayout(700, metricsAt(2));
    layout.update(1_000_000);
    for (const index of [0, 1, 499_999, 999_999]) {
      const row = layout.row(layout.rowOf(index));
      expect(row.cells.map((cell) => cell.index)).toContain(index);
      expect(layout.rowAt(row.top + 1)).toBe(row.row);
    }
    const last = layout.row(layout.rowCount - 1);
    expect(last.top + last.height + 44 + 28).toBe(layout.height);
  });

  test('an empty list is only its padding', () => {
    const layout = new SquareLayout(700, metricsAt(1));
    expect(layout.height).toBe(28);
    expect(layout.rowCount).toBe(0);
  });
});

test('up and down find the item whose centre is nearest', () => {
  const layout = new JustifiedLayout(1000, metricsAt(1));
  layout.update(4, 0, () => 1);
  const row = layout.row(0);
  expect(itemBeside(row, 0)).toBe(0);
  expect(itemBeside(row, 14 + 158 + 10 + 79)).toBe(1);
  expect(itemBeside(row, 5000)).toBe(3);
});
