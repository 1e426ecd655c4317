import { describe, expect, test } from 'vitest';
import {
  leadAtRest,
  leadTowards,
  rowsToDraw,
  type WindowRequest,
} from '#renderer/features/gallery/grid-window.ts';

/** Rows of five items, of which none stands in the document. */
const request: WindowRequest = {
  firstSeen: 10,
  lastSeen: 13,
  isInView: () => true,
  firstWanted: 8,
  lastWanted: 18,
  pinned: null,
  mostNew: 1000,
  sizeOf: () => 5,
  drawnOf: () => 0,
};
const numbers = (wanted: Partial<WindowRequest>) =>
  rowsToDraw({ ...request, ...wanted }).rows.map(({ row }) => row);
const items = (wanted: Partial<WindowRequest>) =>
  rowsToDraw({ ...request, ...wanted }).rows.reduce((sum, { size }) => sum + size, 0);

describe('rows to draw', () => {
  test('are those that are seen and those that are wanted around them', () => {
    expect(numbers({})).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
    expect(rowsToDraw(request).isWhole).toBe(true);
  });

  test('never hold more than three items for each one seen', () => {
    expect(items({ firstWanted: 0, lastWanted: 900 })).toBe(60);
    expect(items({ firstWanted: 0, lastWanted: 900, pinned: 500 })).toBe(60);
    expect(items({ lastSeen: 10, firstWanted: 0, lastWanted: 900 })).toBe(15);
  });

  test('count only what is more than an edge of a row', () => {
    const onlyFirst = { lastSeen: 11, isInView: (row: number) => row === 10 };
    expect(items({ ...onlyFirst, firstWanted: 0, lastWanted: 900 })).toBe(15);
  });

  test('where one is going come first', () => {
    expect(numbers({ firstWanted: 10, lastWanted: 900 }).at(-1)).toBe(21);
    expect(numbers({ firstWanted: 0, lastWanted: 13 })[0]).toBe(2);
  });

  test('come a few items at a time, and say that more are wanted', () => {
    const { rows, isWhole } = rowsToDraw({ ...request, mostNew: 7 });
    expect(isWhole).toBe(false);
    expect(rows.slice(4)).toEqual([
      { row: 14, size: 5 },
      { row: 15, size: 2 },
    ]);
  });

  test('go on in the next frame where they stopped', () => {
    const drawn = new Map([
      [14, 5],
      [15, 2],
    ]);
    const { rows } = rowsToDraw({ ...request, mostNew: 2, drawnOf: (row) => drawn.get(row) ?? 0 });
    expect(rows.slice(4)).toEqual([
      { row: 14, size: 5 },
      { row: 15, size: 4 },
    ]);
  });

  test('that are seen are whole at once', () => {
    const { rows } = rowsToDraw({ ...request, mostNew: 1 });
    expect(rows.slice(0, 4)).toEqual([10, 11, 12, 13].map((row) => ({ row, size: 5 })));
  });

  test('hold the row with the focus, wherever it is', () => {
    expect(numbers({ pinned: 2 })[0]).toBe(2);
    expect(numbers({ pinned: 700 }).at(-1)).toBe(700);
    expect(numbers({ pinned: 12 })).toEqual(numbers({}));
    expect(numbers({ pinned: 15, lastWanted: 13, firstWanted: 10 })).toEqual([10, 11, 12, 13, 15]);
  });
});

test('at rest little is drawn ahead, on the way most of it where one is going', () => {
  expect(leadAtRest.above + leadAtRest.below).toBeLessThan(0.5);
  expect(leadTowards(120).below).toBeGreaterThan(3 * leadTowards(120).above);
  expect(leadTowards(-120).above).toBeGreaterThan(3 * leadTowards(-120).below);
});
