import { describe, expect, test } from 'vitest';
import { JustifiedLayout } from '#renderer/features/gallery/justified-layout.ts';
import {
  itemBeside,
  metricsAt,
  ratioOf,
  unknownRatio,
  type GridLayout,
} from '#renderer/features/gallery/layout.ts';
import { SquareLayout } from '#renderer/features/gallery/square-layout.ts';

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
    const layout = new JustifiedLayout(width, metrics, ratioFrom(ratios));
    layout.update(ratios.length, 0);
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
    const layout = new JustifiedLayout(1200, metricsAt(1), ratioFrom(ratios));
    layout.update(ratios.length, 0);
    for (let row = 0; row < layout.rowCount; row += 1) {
      const { cells, height } = layout.row(row);
      for (const cell of cells) {
        expect(Math.abs(cell.width - (ratios[cell.index] ?? 0) * height)).toBeLessThan(2.5);
      }
    }
  });

  test('row heights stay near the target where the width allows it', () => {
    const ratios = randomRatios(4, 3000);
    const layout = new JustifiedLayout(1036, metricsAt(1), ratioFrom(ratios));
    layout.update(ratios.length, 0);
    for (let row = 0; row < layout.rowCount; row += 1) {
      expect(layout.row(row).height).toBeGreaterThan(158 * 0.7);
      expect(layout.row(row).height).toBeLessThan(158 * 1.5);
    }
  });

  test('the last row keeps the target height', () => {
    const layout = new JustifiedLayout(1000, metricsAt(1), () => 1.5);
    layout.update(2, 0);
    expect(layout.row(0)).toMatchObject({ height: 158, top: 14 });
    expect(layout.row(0).cells.map((cell) => cell.width)).toEqual([237, 237]);
  });

  test.each([1, 7, 100, 101, 399])('pages appended at %i give the layout of the whole', (step) => {
    const ratios = randomRatios(5, 400);
    const whole = new JustifiedLayout(900, metricsAt(1), ratioFrom(ratios));
    whole.update(ratios.length, 0);
    const grown = new JustifiedLayout(900, metricsAt(1), ratioFrom(ratios));
    for (let count = 0; count < ratios.length; count += step) {
      grown.update(Math.min(ratios.length, count + step), count);
    }
    expect(laidOut(grown)).toEqual(laidOut(whole));
    expect(grown.height).toBe(whole.height);
    expect(grown.columnCount).toBe(whole.columnCount);
  });

  test('a ratio learnt later is laid out as if it had always been known', () => {
    const ratios = randomRatios(6, 300);
    let known = 100;
    const layout = new JustifiedLayout(900, metricsAt(1), (index) =>
      index < known ? (ratios[index] ?? 1) : unknownRatio,
    );
    layout.update(300, 0);
    known = 300;
    layout.update(300, 100);
    const whole = new JustifiedLayout(900, metricsAt(1), ratioFrom(ratios));
    whole.update(300, 0);
    expect(laidOut(layout)).toEqual(laidOut(whole));
  });

  test('a list that shrinks forgets what it had', () => {
    const layout = new JustifiedLayout(900, metricsAt(1), () => 1.4);
    layout.update(300, 0);
    layout.update(3, 3);
    expect(laidOut(layout).indexes).toEqual([0, 1, 2]);
    layout.update(0, 0);
    expect(layout.rowCount).toBe(0);
    expect(layout.height).toBe(28);
  });

  test('rows are found by item and by height', () => {
    const ratios = randomRatios(8, 500);
    const layout = new JustifiedLayout(1036, metricsAt(1), ratioFrom(ratios));
    layout.update(ratios.length, 0);
    for (let row = 0; row < layout.rowCount; row += 1) {
      const { cells, top, height } = layout.row(row);
      for (const cell of cells) expect(layout.rowOf(cell.index)).toBe(row);
      expect(layout.rowAt(top)).toBe(row);
      expect(layout.rowAt(top + height + 31)).toBe(row);
    }
    expect(layout.rowAt(-50)).toBe(0);
    expect(layout.rowAt(1e9)).toBe(layout.rowCount - 1);
  });
});

describe('a long list', () => {
  const count = 1_000_000;
  const ratioAt = (index: number): number => 0.5 + ((index * 7919) % 101) / 48;
  const make = (width = 1036): JustifiedLayout => {
    const layout = new JustifiedLayout(width, metricsAt(1), ratioAt, 512);
    layout.update(count, 0);
    return layout;
  };

  test('is worked out where it is looked at, and nowhere else', () => {
    let read = 0;
    const layout = new JustifiedLayout(
      1036,
      metricsAt(1),
      (index) => {
        read += 1;
        return ratioAt(index);
      },
      512,
    );
    layout.update(count, 0);
    layout.exposeItem(654_321, 2000, 2000);
    expect(layout.row(layout.rowOf(654_321)).cells.map(({ index }) => index)).toContain(654_321);
    expect(layout.isExact).toBe(false);
    expect(read).toBeLessThan(20_000);
  });

  test('estimates come within 3 % of what it is', () => {
    const layout = make();
    layout.exposeItem(0, 2000, 2000);
    const guessed = { height: layout.height, rows: layout.rowCount };
    layout.refine(() => true);
    expect(layout.isExact).toBe(true);
    expect(Math.abs(guessed.height / layout.height - 1)).toBeLessThan(0.03);
    expect(Math.abs(guessed.rows / layout.rowCount - 1)).toBeLessThan(0.03);
  });

  test('is the same in whatever order it was worked out', () => {
    const [ordered, jumped] = [make(), make()];
    ordered.refine(() => true);
    for (let step = 0; step < 500; step += 1) jumped.exposeItem((step * 999_983) % count, 900, 900);
    jumped.refine(() => true);
    expect(jumped.rowCount).toBe(ordered.rowCount);
    expect(jumped.height).toBe(ordered.height);
    expect(jumped.columnCount).toBe(ordered.columnCount);
    for (let row = 0; row < ordered.rowCount; row += 3571) {
      expect(jumped.row(row)).toEqual(ordered.row(row));
    }
  });

  test.each([320, 732, 1036, 3812])('every row at %i is full, but the last of all', (width) => {
    const layout = make(width);
    layout.refine(() => true);
    let next = 0;
    let top = layout.metrics.padding;
    for (let row = 0; row < 4000; row += 1) {
      const { cells, first, height, top: at } = layout.row(row);
      expect(first).toBe(next);
      expect(at).toBe(top);
      const last = cells.at(-1);
      expect(Math.abs((last?.x ?? 0) + (last?.width ?? 0) - width - 14)).toBeLessThanOrEqual(1);
      expect(height).toBeGreaterThan(158 * (width < 400 ? 0.4 : 0.66));
      expect(height).toBeLessThan(158 * (width < 400 ? 2.6 : 1.5));
      next = (last?.index ?? 0) + 1;
      top += height + 32;
    }
    const end = layout.row(layout.rowCount - 1);
    expect(end.cells.at(-1)?.index).toBe(count - 1);
    expect(end.height).toBeLessThanOrEqual(Math.round(158 * 1.5));
  });

  test('grows at its end without a change to what is before', () => {
    const layout = new JustifiedLayout(1036, metricsAt(1), ratioAt, 512);
    layout.update(512 * 20 + 100, 0);
    layout.refine(() => true);
    const before = Array.from({ length: 1500 }, (_, row) => layout.row(row));
    const { rowCount } = layout;
    layout.update(512 * 40, 512 * 20 + 100);
    layout.refine(() => true);
    expect(layout.rowCount).toBeGreaterThan(rowCount * 1.9);
    expect(before.map(({ row }) => layout.row(row))).toEqual(before);
  });

  test('a place stays known while what is around it is worked out', () => {
    const layout = make();
    layout.exposeItem(0, 1000, 1000);
    const guess = layout.height * 0.61;
    const at = layout.expose(guess, 1400, 2100);
    const row = layout.row(layout.rowAt(at));
    expect(row.top).toBeLessThanOrEqual(at);
    expect(row.top + row.height + 32).toBeGreaterThan(at);
    const share = (at - row.top) / row.height;
    layout.refine(() => true);
    const later = layout.row(layout.rowOf(row.first));
    expect(layout.expose(later.top + share * later.height, 1400, 2100)).toBe(
      later.top + share * later.height,
    );
    expect(later.cells).toEqual(row.cells);
  });

  test('time is asked for after each stretch', () => {
    const layout = make();
    let left = 10;
    layout.refine(() => (left -= 1) > 0);
    expect(left).toBe(0);
    expect(layout.isExact).toBe(false);
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
  const layout = new JustifiedLayout(1000, metricsAt(1), () => 1);
  layout.update(4, 0);
  const row = layout.row(0);
  expect(itemBeside(row, 0)).toBe(0);
  expect(itemBeside(row, 14 + 158 + 10 + 79)).toBe(1);
  expect(itemBeside(row, 5000)).toBe(3);
});
