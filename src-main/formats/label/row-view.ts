/**
 * Runs in plain Node, in the labels' worker. Which rows are in view as the tree is folded, and which row is the
 * n-th of them. One byte a row, and a count for every thousand: a million rows are unfolded in some milliseconds, and
 * a place is found in a thousand steps.
 */
import type { RowIndex } from './row-index.ts';

const blockRows = 1024;
const shown = 1;
const folded = 2;

export class RowView {
  readonly index: RowIndex;
  /** Rows that come are open above this depth. */
  #openDepth: number;
  #flags = new Uint8Array(blockRows);
  #counts = new Uint32Array(64);
  /** Rows that have their flags. */
  #known = 0;
  #total = 0;

  constructor(index: RowIndex, openDepth: number) {
    this.index = index;
    this.#openDepth = openDepth;
    this.grow();
  }

  /** Rows in view. */
  get total(): number {
    return this.#total;
  }

  /** Takes in rows that have come to the index since. */
  grow(): void {
    const wanted = this.index.length;
    if (wanted > this.#flags.length) {
      this.#flags = enlarged(this.#flags, wanted);
      this.#counts = enlarged32(this.#counts, Math.ceil(this.#flags.length / blockRows));
    }
    for (; this.#known < wanted; this.#known += 1) {
      const row = this.#known;
      if (this.index.depthOf(row) >= this.#openDepth) this.#flags[row] = folded;
      if (this.#isOpenAbove(row)) this.#show(row);
    }
  }

  /** The row at a place in view; -1 beyond the end. */
  rowAt(position: number): number {
    if (position < 0 || position >= this.#total) return -1;
    let left = position;
    let block = 0;
    while (left >= (this.#counts[block] ?? 0)) {
      left -= this.#counts[block] ?? 0;
      block += 1;
    }
    for (let row = block * blockRows; ; row += 1) {
      if (!this.#isShown(row)) continue;
      if (left === 0) return row;
      left -= 1;
    }
  }

  /** Rows in view from a place on. */
  rowsFrom(position: number, count: number): number[] {
    const rows: number[] = [];
    let row = this.rowAt(position);
    for (; row >= 0 && row < this.#known && rows.length < count; row += 1) {
      if (this.#isShown(row)) rows.push(row);
    }
    return rows;
  }

  /** Place of a row in view; -1 where it is folded away. */
  positionOf(row: number): number {
    if (row < 0 || row >= this.#known || !this.#isShown(row)) return -1;
    const block = Math.floor(row / blockRows);
    let position = 0;
    for (let at = 0; at < block; at += 1) position += this.#counts[at] ?? 0;
    for (let at = block * blockRows; at < row; at += 1) if (this.#isShown(at)) position += 1;
    return position;
  }

  isOpen(row: number): boolean {
    return ((this.#flags[row] ?? 0) & folded) === 0 && this.index.childrenOf(row) > 0;
  }

  setOpen(row: number, isOpen: boolean): void {
    const wasOpen = ((this.#flags[row] ?? 0) & folded) === 0;
    if (row < 0 || row >= this.#known || wasOpen === isOpen) return;
    this.#flags[row] = (this.#flags[row] ?? 0) ^ folded;
    if (this.#isShown(row)) this.#update(row);
  }

  /** Unfolds or folds a row and all within. */
  setBranchOpen(row: number, isOpen: boolean): void {
    if (row < 0 || row >= this.#known) return;
    const end = this.index.endOf(row);
    for (let at = row; at < end; at += 1) {
      const flags = this.#flags[at] ?? 0;
      this.#flags[at] = isOpen ? flags & ~folded : flags | folded;
    }
    if (this.#isShown(row)) this.#update(row);
  }

  /** Opens all rows above this depth and folds the others; so it goes on for rows to come. */
  openTo(depth: number): void {
    this.#openDepth = depth;
    this.#flags.fill(0);
    this.#counts.fill(0);
    this.#total = 0;
    this.#known = 0;
    this.grow();
  }

  /** Unfolds what is around a row; its place in view. */
  reveal(row: number): number {
    const around: number[] = [];
    for (let at = this.index.parentOf(row); at >= 0; at = this.index.parentOf(at)) around.push(at);
    for (const at of around.reverse()) this.setOpen(at, true);
    return this.positionOf(row);
  }

  /** Shows or hides what is within a row in view, after its fold changed. */
  #update(row: number): void {
    const end = Math.min(this.index.endOf(row), this.#known);
    for (let at = row + 1; at < end; at += 1) {
      const isWanted = this.#isOpenAbove(at);
      if (isWanted === this.#isShown(at)) continue;
      if (isWanted) this.#show(at);
      else this.#hide(at);
    }
  }

  /** Its parent is in view and open. Parents come first, so theirs is settled. */
  #isOpenAbove(row: number): boolean {
    const parent = this.index.parentOf(row);
    return parent < 0 || ((this.#flags[parent] ?? 0) & (shown | folded)) === shown;
  }

  #isShown(row: number): boolean {
    return ((this.#flags[row] ?? 0) & shown) !== 0;
  }

  #show(row: number): void {
    this.#flags[row] = (this.#flags[row] ?? 0) | shown;
    this.#count(row, 1);
  }

  #hide(row: number): void {
    this.#flags[row] = (this.#flags[row] ?? 0) & ~shown;
    this.#count(row, -1);
  }

  #count(row: number, change: number): void {
    const block = Math.floor(row / blockRows);
    this.#counts[block] = (this.#counts[block] ?? 0) + change;
    this.#total += change;
  }
}

function enlarged(values: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(Math.max(length, Math.ceil(values.length * 1.6)));
  grown.set(values);
  return grown;
}

function enlarged32(values: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(Math.max(length, values.length));
  grown.set(values);
  return grown;
}
