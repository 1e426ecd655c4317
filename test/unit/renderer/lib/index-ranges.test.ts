import { describe, expect, test } from 'vitest';
import {
  countIndexes,
  difference,
  hasIndex,
  listIndexes,
  parseRanges,
  symmetricDifference,
  union,
  spliceRanges,
  type IndexRange,
} from '#renderer/lib/index-ranges.ts';

const pairs = (...list: [number, number][]): IndexRange[] =>
  list.map(([first, last]) => ({ first, last }));

/** Sets from a bit pattern, to compare the ranges with plain sets over every small case. */
function fromBits(bits: number): IndexRange[] {
  const ranges: IndexRange[] = [];
  for (let index = 0; index < 7; index += 1) {
    if ((bits >> index) & 1) ranges.push({ first: index, last: index });
  }
  return union(ranges, []);
}

function toBits(ranges: readonly IndexRange[]): number {
  return listIndexes(ranges).reduce((bits, index) => bits | (1 << index), 0);
}

test('every union, difference and symmetric difference of seven items is right', () => {
  for (let a = 0; a < 128; a += 1) {
    for (let b = 0; b < 128; b += 1) {
      const [left, right] = [fromBits(a), fromBits(b)];
      expect(toBits(union(left, right))).toBe(a | b);
      expect(toBits(difference(left, right))).toBe(a & ~b);
      expect(toBits(symmetricDifference(left, right))).toBe(a ^ b);
    }
  }
});

test('ranges that touch become one', () => {
  expect(union(pairs([0, 3], [8, 9]), pairs([4, 7]))).toEqual(pairs([0, 9]));
});

test('membership is found in many ranges', () => {
  const ranges = pairs(
    ...Array.from({ length: 500 }, (_, n): [number, number] => [n * 4, n * 4 + 1]),
  );
  for (let index = 0; index < 2000; index += 1) {
    expect(hasIndex(ranges, index)).toBe(index % 4 < 2);
  }
  expect(hasIndex([], 0)).toBe(false);
});

test('a million selected items are counted without being listed', () => {
  expect(countIndexes(pairs([0, 999_999]))).toBe(1_000_000);
  expect(listIndexes(pairs([0, 999_999]), 3)).toEqual([0, 1, 2]);
});

test('ranges follow a list whose items go and come', () => {
  for (let bits = 0; bits < 128; bits += 1) {
    for (let at = 0; at <= 7; at += 1) {
      for (const [removed, inserted] of [
        [1, 0],
        [3, 0],
        [0, 2],
        [2, 1],
      ] as const) {
        const isChosen = Array.from({ length: 7 }, (_none, index) => ((bits >> index) & 1) === 1);
        isChosen.splice(at, removed, ...Array.from({ length: inserted }, () => false));
        const expected = isChosen.flatMap((is, index) => (is ? [index] : []));
        const change = { at, removed: Math.min(removed, 7 - at), inserted };
        expect(listIndexes(spliceRanges(union(fromBits(bits), []), change))).toEqual(expected);
      }
    }
  }
});

describe('stored ranges', () => {
  test('come back as they were', () => {
    expect(
      parseRanges([
        [0, 3],
        [7, 7],
      ]),
    ).toEqual(pairs([0, 3], [7, 7]));
  });

  test.each([
    [null],
    ['0-3'],
    [{ first: 0 }],
    [[[3, 1], [-1, 4], ['0', 2], [0.5, 2], [1], 4, null]],
  ])('%j selects nothing', (value) => {
    expect(parseRanges(value)).toEqual([]);
  });
});
