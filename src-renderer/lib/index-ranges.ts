/**
 * Runs in the page. Pure: a set of indexes as ascending, disjoint, non-touching ranges, so that a
 * selection of a million items is one pair of numbers.
 */

export interface IndexRange {
  first: number;
  /** Included. */
  last: number;
}

export type IndexRanges = readonly IndexRange[];

export function rangeBetween(a: number, b: number): IndexRange {
  return { first: Math.min(a, b), last: Math.max(a, b) };
}

export function hasIndex(ranges: IndexRanges, index: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined) return false;
    if (index < range.first) high = middle - 1;
    else if (index > range.last) low = middle + 1;
    else return true;
  }
  return false;
}

export function countIndexes(ranges: IndexRanges): number {
  return ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0);
}

/** Both together; takes any pairs and brings them into order. */
export function union(a: IndexRanges, b: IndexRanges): IndexRange[] {
  const sorted = [...a, ...b].sort((left, right) => left.first - right.first);
  const joined: IndexRange[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && range.first <= last.last + 1) {
      joined[joined.length - 1] = { first: last.first, last: Math.max(last.last, range.last) };
    } else joined.push({ first: range.first, last: range.last });
  }
  return joined;
}

/** What is in `a` and not in `b`. */
export function difference(a: IndexRanges, b: IndexRanges): IndexRange[] {
  const left: IndexRange[] = [];
  for (const range of a) {
    let first = range.first;
    for (const hole of b) {
      if (hole.last < first || hole.first > range.last) continue;
      if (hole.first > first) left.push({ first, last: hole.first - 1 });
      first = hole.last + 1;
    }
    if (first <= range.last) left.push({ first, last: range.last });
  }
  return left;
}

/** What is in one of both only. */
export function symmetricDifference(a: IndexRanges, b: IndexRanges): IndexRange[] {
  return union(difference(a, b), difference(b, a));
}

/** Items of a list that went away at a place, and others that came there. */
export interface Splice {
  at: number;
  removed: number;
  inserted: number;
}

/** The same items after the list has changed; what came is in no range. */
export function spliceRanges(ranges: IndexRanges, { at, removed, inserted }: Splice): IndexRange[] {
  const left: IndexRange[] = [];
  for (const { first, last } of ranges) {
    if (first < at) left.push({ first, last: Math.min(last, at - 1) });
    if (last >= at + removed) {
      const shift = inserted - removed;
      left.push({ first: Math.max(first, at + removed) + shift, last: last + shift });
    }
  }
  return union(left, []);
}

/** The indexes one by one, ascending, at most `limit` of them. */
export function listIndexes(ranges: IndexRanges, limit = Infinity): number[] {
  const indexes: number[] = [];
  for (const { first, last } of ranges) {
    for (let index = first; index <= last; index += 1) {
      if (indexes.length >= limit) return indexes;
      indexes.push(index);
    }
  }
  return indexes;
}

/** Ranges out of stored JSON; what makes no sense is left out. */
export function parseRanges(value: unknown): IndexRange[] {
  if (!Array.isArray(value)) return [];
  const ranges: IndexRange[] = [];
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair)) continue;
    const [first, last] = pair as unknown[];
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) continue;
    if (typeof first !== 'number' || typeof last !== 'number' || first < 0 || last < first)
      continue;
    ranges.push({ first, last });
  }
  return union(ranges, []);
}
