import {
  countIndexes,
  difference,
  hasIndex,
  listIndexes,
  parseRanges,
  rangeBetween,
  spliceRanges,
  symmetricDifference,
  union,
  type IndexRange,
  type IndexRanges,
  type Splice,
} from './index-ranges.ts';

/**
 * Which items of a list are selected, with the anchor that ranges extend from. Indexes, not references:
 * a million selected items are one range. A list that changes in its middle says so by `splice`.
 */
export class Selection {
  #ranges = $state.raw<IndexRanges>([]);
  #anchor = $state<number | null>(null);
  /** What an extending move replaces: the last range from the anchor. */
  #extent: IndexRange | null = null;

  get count(): number {
    return countIndexes(this.#ranges);
  }
  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }
  get ranges(): IndexRanges {
    return this.#ranges;
  }
  get anchor(): number | null {
    return this.#anchor;
  }

  has(index: number): boolean {
    return hasIndex(this.#ranges, index);
  }

  /** The selected indexes, ascending. */
  list(limit?: number): number[] {
    return listIndexes(this.#ranges, limit);
  }

  /** Selects this one only. */
  replace(index: number): void {
    this.#set([{ first: index, last: index }], index);
  }

  toggle(index: number): void {
    this.#set(symmetricDifference(this.#ranges, [{ first: index, last: index }]), index);
  }

  /** Selects from the anchor to here; the range before it is given up unless `keep`. */
  extendTo(index: number, keep = false): void {
    const anchor = this.#anchor ?? index;
    const range = rangeBetween(anchor, index);
    let others: IndexRanges = keep ? this.#ranges : [];
    if (keep && this.#extent !== null) others = difference(others, [this.#extent]);
    this.#ranges = union(others, [range]);
    this.#anchor = anchor;
    this.#extent = range;
  }

  selectAll(count: number): void {
    this.#set(count > 0 ? [{ first: 0, last: count - 1 }] : [], this.#anchor ?? 0);
  }

  clear(): void {
    this.#set([], null);
  }

  /** Sets what a rubber band covers, beside or against what was selected when it began. */
  setBand(before: IndexRanges, covered: IndexRanges, mode: 'replace' | 'add' | 'toggle'): void {
    const ordered = union(covered, []);
    if (mode === 'replace') this.#ranges = ordered;
    else if (mode === 'add') this.#ranges = union(before, ordered);
    else this.#ranges = symmetricDifference(before, ordered);
    this.#extent = null;
    this.#anchor = ordered[0]?.first ?? this.#anchor;
  }

  /** Follows the list when one of its items went away. */
  dropItem(index: number): void {
    this.splice({ at: index, removed: 1, inserted: 0 });
  }

  /** Follows the list when items went away or came in its middle. */
  splice(change: Splice): void {
    const { at, removed, inserted } = change;
    if (this.#ranges.length > 0) this.#ranges = spliceRanges(this.#ranges, change);
    this.#extent = null;
    const anchor = this.#anchor;
    if (anchor === null || anchor < at) return;
    this.#anchor = anchor < at + removed ? null : anchor + inserted - removed;
  }

  toJson(): [number, number][] {
    return this.#ranges.map(({ first, last }) => [first, last]);
  }

  /** Takes over what `toJson` gave once; anything else selects nothing. */
  restore(json: unknown): void {
    const ranges = parseRanges(json);
    this.#set(ranges, ranges.at(-1)?.last ?? null);
  }

  #set(ranges: IndexRanges, anchor: number | null): void {
    this.#ranges = ranges;
    this.#anchor = anchor;
    this.#extent = null;
  }
}
