/**
 * Runs in the page. Pure: rows of pictures in their own ratios, each as wide as the view.
 *
 * A long list is cut into stretches that are laid out one by one, each starting a row of its own. Only the height
 * and the number of rows of a stretch are kept, in typed arrays; its rows are worked out again when they are
 * looked at. So a new width costs the stretches in sight at once and the others a little at a time, and a
 * million items take a few kilobytes. Ratios are read, not copied.
 */
import { breakRows, type RowShape, type RowTable } from './justified-rows.ts';
import {
  lastNotAbove,
  unknownRatio,
  type GridCell,
  type GridLayout,
  type GridMetrics,
  type GridRow,
} from './layout.ts';

/** Items in a stretch; some 25 rows of a very wide view, 100 of a usual one. */
export const stretchItems = 512;
/** Longer lists are cut in any case: this many are laid out in about 5 ms. */
const mostInOne = 50_000;
/** Stretches whose rows are remembered: those in sight and a few around. */
const mostTables = 12;

export class JustifiedLayout implements GridLayout {
  readonly metrics: GridMetrics;
  readonly #shape: RowShape;
  readonly #ratioAt: (index: number) => number;
  #size: number;
  #count = 0;
  #version = 0;
  #columnCount = 0;
  #stretches = 0;
  #roughLeft = 0;
  /** Where `refine` goes on. */
  #refineAt = 0;
  #isKnown = new Uint8Array(0);
  #rows = new Uint32Array(0);
  #heights = new Float64Array(0);
  /** Rows before each stretch, and its top edge; one more than there are stretches. */
  #rowsBefore = new Uint32Array(1);
  #tops = new Float64Array(1);
  #areSumsDue = true;
  #tables = new Map<number, RowTable>();
  /** Rows and px of one item on the whole, of the stretches that are known. */
  #knownItems = 0;
  #knownRows = 0;
  #knownHeight = 0;

  /**
   * `width` is that between the paddings. `breakEvery` says after how many items a row always ends; lists that
   * grow while they are looked at and stay short are better left in one piece.
   */
  constructor(
    width: number,
    metrics: GridMetrics,
    ratioAt: (index: number) => number,
    breakEvery = Infinity,
  ) {
    this.metrics = metrics;
    const { target, gap, caption, below } = metrics;
    this.#shape = {
      width: Math.max(target, Math.floor(width)),
      target,
      gap,
      below: caption + below,
    };
    this.#ratioAt = ratioAt;
    this.#size = breakEvery;
  }

  get count(): number {
    return this.#count;
  }
  get version(): number {
    return this.#version;
  }
  get isExact(): boolean {
    return this.#roughLeft === 0;
  }
  get columnCount(): number {
    return this.#columnCount;
  }
  get rowCount(): number {
    this.#sum();
    return this.#rowsBefore[this.#stretches] ?? 0;
  }
  get height(): number {
    const { padding, below } = this.metrics;
    this.#sum();
    // The space below the last caption gives way to the padding.
    return this.#count === 0 ? padding * 2 : (this.#tops[this.#stretches] ?? 0) - below + padding;
  }

  update(count: number, from: number): void {
    let start = Math.min(from, count, this.#count);
    if (count > mostInOne && this.#size > mostInOne) {
      this.#size = stretchItems;
      start = 0;
    }
    // The stretch that was the last one ended differently.
    const first = this.#stretchOf(Math.max(0, start - 1));
    this.#count = count;
    this.#stretches = count === 0 ? 0 : this.#stretchOf(count - 1) + 1;
    this.#grow();
    this.#isKnown.fill(0, first);
    for (const at of this.#tables.keys()) if (at >= first) this.#tables.delete(at);
    this.#countKnown();
    this.#refineAt = first;
    this.#areSumsDue = true;
    this.#version += 1;
    if (this.#stretches === 1) this.#know(0);
  }

  #stretchOf(index: number): number {
    return this.#size === Infinity ? 0 : Math.floor(index / this.#size);
  }

  #firstOf(stretch: number): number {
    return stretch === 0 ? 0 : stretch * this.#size;
  }

  #endOf(stretch: number): number {
    return Math.min(this.#count, (stretch + 1) * this.#size);
  }

  #grow(): void {
    if (this.#isKnown.length >= this.#stretches) return;
    const room = Math.max(this.#stretches, this.#isKnown.length * 2);
    const before = { known: this.#isKnown, rows: this.#rows, heights: this.#heights };
    this.#isKnown = new Uint8Array(room);
    this.#isKnown.set(before.known);
    this.#rows = new Uint32Array(room);
    this.#rows.set(before.rows);
    this.#heights = new Float64Array(room);
    this.#heights.set(before.heights);
    this.#rowsBefore = new Uint32Array(room + 1);
    this.#tops = new Float64Array(room + 1);
  }

  #countKnown(): void {
    this.#knownItems = 0;
    this.#knownRows = 0;
    this.#knownHeight = 0;
    let known = 0;
    for (let at = 0; at < this.#stretches; at += 1) {
      if (this.#isKnown[at] !== 1) continue;
      known += 1;
      this.#knownItems += this.#endOf(at) - this.#firstOf(at);
      this.#knownRows += this.#rows[at] ?? 0;
      this.#knownHeight += this.#heights[at] ?? 0;
    }
    this.#roughLeft = this.#stretches - known;
    if (known === 0) this.#columnCount = 0;
  }

  /** Lays a stretch out, unless that was done. */
  #know(at: number): void {
    if (this.#isKnown[at] === 1 || at >= this.#stretches) return;
    const table = this.#breakStretch(at);
    this.#remember(at, table);
    this.#isKnown[at] = 1;
    this.#rows[at] = table.count;
    this.#heights[at] = table.totalHeight;
    this.#columnCount = Math.max(this.#columnCount, table.mostCells);
    this.#knownItems += this.#endOf(at) - this.#firstOf(at);
    this.#knownRows += table.count;
    this.#knownHeight += table.totalHeight;
    this.#roughLeft -= 1;
    this.#areSumsDue = true;
    this.#version += 1;
  }

  #breakStretch(at: number): RowTable {
    const isOpen = at === this.#stretches - 1;
    return breakRows(this.#firstOf(at), this.#endOf(at), this.#ratioAt, this.#shape, isOpen);
  }

  #remember(at: number, table: RowTable): void {
    this.#tables.delete(at);
    this.#tables.set(at, table);
    const oldest = this.#tables.keys().next().value;
    if (this.#tables.size > mostTables && oldest !== undefined) this.#tables.delete(oldest);
  }

  #table(at: number): RowTable {
    this.#know(at);
    const known = this.#tables.get(at);
    if (known !== undefined) return known;
    const table = this.#breakStretch(at);
    this.#remember(at, table);
    return table;
  }

  /** Adds up what lies before each stretch; estimates take the mean of what is known. */
  #sum(): void {
    if (!this.#areSumsDue) return;
    this.#areSumsDue = false;
    const { width, target, gap, below } = this.#shape;
    const guessedRows = (unknownRatio * target + gap) / (width + gap);
    const rowsEach = this.#knownItems > 0 ? this.#knownRows / this.#knownItems : guessedRows;
    const heightEach =
      this.#knownItems > 0 ? this.#knownHeight / this.#knownItems : guessedRows * (target + below);
    let rows = 0;
    let top = this.metrics.padding;
    for (let at = 0; at < this.#stretches; at += 1) {
      this.#rowsBefore[at] = rows;
      this.#tops[at] = top;
      if (this.#isKnown[at] !== 1) {
        const items = this.#endOf(at) - this.#firstOf(at);
        this.#rows[at] = Math.max(1, Math.round(items * rowsEach));
        this.#heights[at] = Math.max(1, Math.round(items * heightEach));
      }
      rows += this.#rows[at] ?? 0;
      top += this.#heights[at] ?? 0;
    }
    this.#rowsBefore[this.#stretches] = rows;
    this.#tops[this.#stretches] = top;
  }

  refine(isTimeLeft: () => boolean): void {
    while (this.#roughLeft > 0 && isTimeLeft()) {
      while (this.#isKnown[this.#refineAt] === 1) this.#refineAt += 1;
      if (this.#refineAt >= this.#stretches) this.#refineAt = 0;
      this.#know(this.#refineAt);
    }
  }

  expose(y: number, above: number, below: number): number {
    if (this.#roughLeft === 0) return y;
    this.#sum();
    const at = lastNotAbove(this.#tops, this.#stretches, y);
    const share = (y - (this.#tops[at] ?? 0)) / (this.#heights[at] ?? 1);
    this.#exposeFrom(at, share, above, below);
    this.#sum();
    return (this.#tops[at] ?? 0) + share * (this.#heights[at] ?? 0);
  }

  exposeItem(index: number, above: number, below: number): void {
    if (this.#roughLeft === 0 || index >= this.#count) return;
    const row = this.row(this.rowOf(index));
    this.expose(row.top, above, below + row.height + this.#shape.below);
  }

  /** Lays out a stretch, and as many before and after it as lie within reach of that share of its height. */
  #exposeFrom(at: number, share: number, above: number, below: number): void {
    this.#know(at);
    const height = this.#heights[at] ?? 0;
    let reach = above - share * height;
    for (let before = at - 1; before >= 0 && reach > 0; before -= 1) {
      this.#know(before);
      reach -= this.#heights[before] ?? 0;
    }
    reach = below - (1 - share) * height;
    for (let after = at + 1; after < this.#stretches && reach > 0; after += 1) {
      this.#know(after);
      reach -= this.#heights[after] ?? 0;
    }
  }

  rowOf(index: number): number {
    const at = this.#stretchOf(index);
    const table = this.#table(at);
    this.#sum();
    return (this.#rowsBefore[at] ?? 0) + lastNotAbove(table.first, table.count, index);
  }

  rowAt(y: number): number {
    this.#sum();
    const at = lastNotAbove(this.#tops, this.#stretches, y);
    const table = this.#table(at);
    this.#sum();
    const within = lastNotAbove(table.top, table.count, y - (this.#tops[at] ?? 0));
    return (this.#rowsBefore[at] ?? 0) + within;
  }

  row(row: number): GridRow {
    this.#sum();
    const at = lastNotAbove(this.#rowsBefore, this.#stretches, row);
    const table = this.#table(at);
    const within = row - (this.#rowsBefore[at] ?? 0);
    const first = table.first[within] ?? 0;
    const end = within === table.count - 1 ? this.#endOf(at) : (table.first[within + 1] ?? 0);
    const height = table.height[within] ?? this.metrics.target;
    const top = (this.#tops[at] ?? 0) + (table.top[within] ?? 0);
    return { row, first, top, height: Math.round(height), cells: this.#cells(first, end, height) };
  }

  #cells(first: number, end: number, height: number): GridCell[] {
    const { gap, padding } = this.metrics;
    const cells: GridCell[] = [];
    let x = padding;
    let exact = 0;
    let drawn = 0;
    for (let index = first; index < end; index += 1) {
      exact += this.#ratioAt(index) * height;
      // Edges fall on whole px and gaps stay even; the rounding is never carried on.
      const width = Math.round(exact) - drawn;
      cells.push({ index, x, width });
      drawn += width;
      x += width + gap;
    }
    return cells;
  }
}
