/** Pure. Where the rows of a filtered queue stand: each group has a row, and its files below it unless it is folded. */
import type { DownloadIndex } from '#contract/downloads.ts';
import type { Splice } from '../../lib/index-ranges.ts';

export interface QueueSection {
  id: string;
  /** Row of the group. */
  row: number;
  /** Its files that pass, and where they begin among the numbers. */
  count: number;
  first: number;
  isOpen: boolean;
}

export interface QueueLayout {
  sections: readonly QueueSection[];
  numbers: Uint32Array;
  rowCount: number;
}

export const emptyLayout: QueueLayout = {
  sections: [],
  numbers: new Uint32Array(),
  rowCount: 0,
};

export function layOut(index: DownloadIndex, folded: ReadonlySet<string>): QueueLayout {
  let row = 0;
  let first = 0;
  const sections = index.groups.map(({ id, count }) => {
    const section = { id, row, count, first, isOpen: !folded.has(id) };
    row += rowsOf(section);
    first += count;
    return section;
  });
  return { sections, numbers: index.numbers, rowCount: row };
}

const rowsOf = ({ isOpen, count }: Pick<QueueSection, 'isOpen' | 'count'>): number =>
  1 + (isOpen ? count : 0);

/** What stands in a row: a group, or one of its files by number and place in the group (from 0). */
export interface QueuePlace {
  section: QueueSection;
  number: number | null;
  at: number;
}

export function placeOf({ sections, numbers }: QueueLayout, row: number): QueuePlace | null {
  let low = 0;
  let high = sections.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sections[middle]?.row ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  const section = sections[low];
  if (section === undefined || row < 0 || row >= section.row + rowsOf(section)) return null;
  const at = row - section.row - 1;
  return { section, number: at < 0 ? null : (numbers[section.first + at] ?? null), at };
}

/** The row of a file; null where it is folded away or left out. */
export function rowOfNumber({ sections, numbers }: QueueLayout, number: number): number | null {
  const at = numbers.indexOf(number);
  const section = sections.find(({ first, count }) => at >= first && at < first + count);
  return at === -1 || section?.isOpen !== true ? null : section.row + 1 + at - section.first;
}

/** More than these are one change of everything. */
const mostSplices = 400;

/** How rows came and went from one layout to the next, in order, so that places in the list can follow. */
export function splicesBetween(before: QueueLayout, after: QueueLayout): Splice[] {
  const all = [{ at: 0, removed: before.rowCount, inserted: after.rowCount }];
  const old = new Map(before.sections.map((section) => [section.id, section]));
  const kept = after.sections.filter(({ id }) => old.has(id)).map(({ id }) => id);
  const keptIds = new Set(kept);
  const keptBefore = before.sections.filter(({ id }) => keptIds.has(id)).map(({ id }) => id);
  if (kept.some((id, at) => id !== keptBefore[at])) return all;
  const splices: Splice[] = [];
  const note = (splice: Splice): void => {
    if (splice.removed > 0 || splice.inserted > 0) splices.push(splice);
  };
  let row = 0;
  let next = 0;
  const dropGone = (): void => {
    for (let gone = before.sections[next]; gone && !keptIds.has(gone.id);) {
      note({ at: row, removed: rowsOf(gone), inserted: 0 });
      next += 1;
      gone = before.sections[next];
    }
  };
  for (const section of after.sections) {
    dropGone();
    const known = old.get(section.id);
    if (known === undefined) note({ at: row, removed: 0, inserted: rowsOf(section) });
    else {
      next += 1;
      const changes = changesWithin(filesOf(before, known), filesOf(after, section));
      if (changes === null) return all;
      for (const change of changes) note({ ...change, at: row + 1 + change.at });
    }
    row += rowsOf(section);
    if (splices.length > mostSplices) return all;
  }
  dropGone();
  return splices;
}

function filesOf({ numbers }: QueueLayout, { first, count, isOpen }: QueueSection): Uint32Array {
  return numbers.subarray(first, isOpen ? first + count : first);
}

/** Null where files that stayed changed their order. */
function changesWithin(before: Uint32Array, after: Uint32Array): Splice[] | null {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  const old = before.subarray(start, before.length - end);
  const now = after.subarray(start, after.length - end);
  if (old.length === 0 || now.length === 0) {
    return [{ at: start, removed: old.length, inserted: now.length }];
  }
  return changesBetween(old, now, start);
}

function changesBetween(old: Uint32Array, now: Uint32Array, start: number): Splice[] | null {
  const had = new Set(old);
  const has = new Set(now);
  const changes: Splice[] = [];
  let from = 0;
  let to = 0;
  while (from < old.length || to < now.length) {
    const at = start + to;
    const left = from;
    const right = to;
    while (from < old.length && !has.has(old[from] ?? 0)) from += 1;
    while (to < now.length && !had.has(now[to] ?? 0)) to += 1;
    if (from > left || to > right) {
      changes.push({ at, removed: from - left, inserted: to - right });
    } else if (old[from] !== now[to]) return null;
    else {
      from += 1;
      to += 1;
    }
  }
  return changes;
}
