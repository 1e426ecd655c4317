import { describe, expect, test } from 'vitest';
import { columnsFor, trackList, type TreeColumn } from '#renderer/ui/tree-grid/tree-columns.ts';
import { rowsToDraw, seenRows } from '#renderer/ui/tree-grid/tree-drawing.ts';
import { TypeAhead } from '#renderer/ui/tree-grid/type-ahead.ts';

describe('columns', () => {
  const columns: TreeColumn[] = [
    { key: 'title', label: 'Title', width: null },
    { key: 'id', label: 'Identifier', width: 8, priority: 1 },
    { key: 'members', label: 'Members', width: 4, priority: 2 },
    { key: 'version', label: 'Version', width: 4 },
  ];
  const keys = (room: number, list = columns): string[] =>
    columnsFor(list, room).map(({ key }) => key);

  test('go by their priority, and those without one stay', () => {
    expect(keys(60)).toEqual(['title', 'id', 'members', 'version']);
    expect(keys(34)).toEqual(['title', 'members', 'version']);
    expect(keys(24)).toEqual(['title', 'version']);
    expect(keys(3)).toEqual(['title', 'version']);
  });

  test('that the caller hides leave the others their numbers', () => {
    const hidden = columns.map((column) => ({ ...column, isHidden: column.key === 'id' }));
    expect(columnsFor(hidden, 60).map(({ index }) => index)).toEqual([1, 3, 4]);
    expect(trackList(columnsFor(hidden, 60))).toBe('minmax(0, 1fr) 4rem 4rem');
    const shared = hidden.map((one) => (one.width === null ? one : { ...one, share: 0.5 }));
    expect(trackList(columnsFor(shared, 60))).toBe(
      'minmax(0, 1fr) minmax(4rem, 0.5fr) minmax(4rem, 0.5fr)',
    );
  });
});

describe('drawn rows', () => {
  const nothing = () => false;

  test('the rows seen are those that a view touches', () => {
    expect(seenRows(0, 260, 26, 1000)).toEqual({ first: 0, last: 9 });
    expect(seenRows(13, 260, 26, 1000)).toEqual({ first: 0, last: 10 });
    expect(seenRows(26, 261, 26, 1000)).toEqual({ first: 1, last: 11 });
    expect(seenRows(0, 260, 26, 4)).toEqual({ first: 0, last: 3 });
    expect(seenRows(0, 260, 26, 0)).toBeNull();
  });

  test.each([
    [0, 20],
    [1, 20],
    [-1, 20],
    [1, 3],
    [-1, 1],
    [0, 2],
  ] as const)(
    'are at most three for each one seen (direction %i, %i seen)',
    (direction, inSight) => {
      for (const pinned of [null, 0, 500, 999_999]) {
        const seen = { first: 500_000, last: 500_000 + inSight - 1 };
        let drawn = new Set<number>();
        for (let frame = 0; frame < 30; frame += 1) {
          const request = { seen, count: 1_000_000, direction, pinned };
          const { rows } = rowsToDraw({ ...request, isDrawn: (index) => drawn.has(index) });
          const fresh = rows.filter((row) => !drawn.has(row)).length;
          if (frame > 0) expect(fresh).toBeLessThanOrEqual(10);
          drawn = new Set(rows);
          expect(rows).toEqual([...drawn].sort((a, b) => a - b));
          expect(rows.length).toBeLessThanOrEqual(3 * inSight);
          if (pinned !== null) expect(drawn.has(pinned)).toBe(true);
          for (let row = seen.first; row <= seen.last; row += 1) expect(drawn.has(row)).toBe(true);
        }
        const last = rowsToDraw({
          seen,
          count: 1_000_000,
          direction,
          pinned,
          isDrawn: (index) => drawn.has(index),
        });
        expect(last.isWhole).toBe(true);
      }
    },
  );

  test('reach further where one is going', () => {
    const seen = { first: 100, last: 119 };
    const all = { count: 1000, pinned: null, isDrawn: () => true };
    expect(rowsToDraw({ ...all, seen, direction: 1 }).rows.at(-1)).toBe(133);
    expect(rowsToDraw({ ...all, seen, direction: -1 }).rows[0]).toBe(86);
    const edge = rowsToDraw({ ...all, seen: { first: 0, last: 9 }, count: 10, direction: 1 });
    expect(edge).toEqual({ rows: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], isWhole: true });
    expect(rowsToDraw({ ...all, seen, direction: 0, isDrawn: nothing }).isWhole).toBe(false);
  });
});

describe('type-ahead', () => {
  test('a word grows while letters come soon one after the other', () => {
    const typed = new TypeAhead();
    expect(typed.press('m', 0)).toEqual({ start: 'm', isNext: true });
    expect(typed.press('A', 300)).toEqual({ start: 'mA', isNext: false });
    expect(typed.press(' ', 600)).toEqual({ start: 'mA ', isNext: false });
    expect(typed.press('2', 900)).toEqual({ start: 'mA 2', isNext: false });
    expect(typed.press('p', 1800)).toEqual({ start: 'p', isNext: true });
  });

  test('the same letter again goes on to the next', () => {
    const typed = new TypeAhead();
    typed.press('m', 0);
    expect(typed.press('m', 100)).toEqual({ start: 'm', isNext: true });
    expect(typed.press('m', 200)).toEqual({ start: 'm', isNext: true });
    expect(typed.press('e', 300)).toEqual({ start: 'mmme', isNext: false });
  });

  test.each([' ', '/', '*', 'Enter', 'F2', 'Dead', '\t', ''])('%j begins no word', (key) => {
    expect(new TypeAhead().press(key, 0)).toBeNull();
  });

  test.each(['é', 'Ж', '月', '7'])('%s does', (key) => {
    expect(new TypeAhead().press(key, 0)).toEqual({ start: key, isNext: true });
  });
});
