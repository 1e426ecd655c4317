/**
 * Runs in the page. The state of a tree grid: which rows are drawn, where it is scrolled to, where the keyboard is.
 * Knows no DOM: the component measures and follows `scrollRequest`.
 */
import type { IndexRange, Splice } from '../../lib/index-ranges.ts';
import type { Selection } from '../../lib/selection.svelte.ts';
import type { TreeRow, TreeRows } from '../../lib/tree/tree-rows.ts';
import { VirtualScroll } from '../../lib/virtual-scroll.ts';
import { rowsToDraw, seenRows } from './tree-drawing.ts';

/** What the rows are drawn into, as the page measures it. CSS px. */
export interface TreeViewport {
  height: number;
  /** Text zoom; 1 is 100 %. */
  scale: number;
  devicePixelRatio: number;
}

/** A place in the tree: the row at the top of the view, and the one the keyboard is at. JSON. */
export interface TreePlace {
  index: number;
  /** How far the top of the view is below the top of that row, in heights of a row. */
  within: number;
  current: number | null;
}

export interface DrawnTreeRow<T> {
  index: number;
  /** Top edge in the scrolled element. */
  y: number;
  row: TreeRow<T>;
}

export type TreeMove = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

export class TreeGridState<T> {
  readonly selection: Selection;
  /** Height of a row in px at a text zoom of 100 %. */
  readonly rowPx: number;
  #rows: TreeRows<T> | null = null;
  #seenRevision = 0;
  #viewport: TreeViewport = { height: 0, scale: 1, devicePixelRatio: 1 };
  #scroll = new VirtualScroll();
  #direction: -1 | 0 | 1 = 0;
  #top = { index: 0, within: 0 };
  #hasFocus = false;
  /** A place to go to once there are so many rows, unless someone scrolls before. */
  #sought: TreePlace | null = null;

  #drawn = $state.raw<readonly DrawnTreeRow<T>[]>([]);
  #visible = $state.raw<IndexRange | null>(null);
  #rowCount = $state(0);
  #rowHeight = $state(26);
  #spacerHeight = $state(0);
  #tabStop = $state(0);
  #current = $state<number | null>(null);
  #column = $state<string | null>(null);
  #wantsFrame = $state(false);
  #scrollRequest = $state.raw<{ top: number } | null>(null);

  constructor(selection: Selection, rowPx = 26) {
    this.selection = selection;
    this.rowPx = rowPx;
    this.#rowHeight = rowPx;
  }

  /** Rows in the document, in order. */
  get drawn(): readonly DrawnTreeRow<T>[] {
    return this.#drawn;
  }
  /** First and last row that is at least partly seen. */
  get visible(): IndexRange | null {
    return this.#visible;
  }
  get rowCount(): number {
    return this.#rowCount;
  }
  get rowHeight(): number {
    return this.#rowHeight;
  }
  get spacerHeight(): number {
    return this.#spacerHeight;
  }
  /** The one row that Tab reaches. */
  get tabStop(): number {
    return this.#tabStop;
  }
  /** The row the keyboard is at; null until someone was in the tree. */
  get current(): number | null {
    return this.#current;
  }
  /** The cell of that row that the keyboard is at, by the key of its column; null for the row itself. */
  get column(): string | null {
    return this.#column;
  }
  get hasFocus(): boolean {
    return this.#hasFocus;
  }
  /** The scroll position that the element has to take; a new object for each request. */
  get scrollRequest(): { top: number } | null {
    return this.#scrollRequest;
  }
  /** True while rows wait to be drawn ahead: `fill` in the next frame. */
  get wantsFrame(): boolean {
    return this.#wantsFrame;
  }
  get place(): TreePlace {
    return { ...this.#top, current: this.#current };
  }

  rowAt(index: number): TreeRow<T> | null {
    const rows = this.#rows;
    return rows === null || index < 0 || index >= rows.rowCount ? null : rows.rowAt(index);
  }

  /** Takes over the rows and what changed of them; what is seen stays where it is. */
  setRows(rows: TreeRows<T>): void {
    const isNew = rows !== this.#rows;
    const { revision } = rows;
    if (!isNew && revision === this.#seenRevision) return;
    const splices = isNew ? [] : (rows.splicesSince(this.#seenRevision) ?? []);
    this.#rows = rows;
    this.#seenRevision = revision;
    const held = this.#held();
    for (const splice of splices) {
      held.index = moved(held.index, splice);
      if (this.#current !== null) this.#current = moved(this.#current, splice);
      this.selection.splice(splice);
    }
    this.#measureList();
    this.#holdAt(held.index, held.y);
    if (this.#sought !== null && this.#sought.index < this.#rowCount) this.#goToPlace(this.#sought);
  }

  measure(viewport: TreeViewport): void {
    if (viewport.height <= 0) return;
    this.#viewport = viewport;
    this.#rowHeight = Math.round(this.rowPx * viewport.scale);
    this.#measureList();
    const sought = this.#sought;
    if (sought !== null && sought.index < this.#rowCount) this.#goToPlace(sought);
    else this.#goTo((this.#top.index + this.#top.within) * this.#rowHeight);
  }

  #measureList(): void {
    const count = this.#rows?.rowCount ?? 0;
    const { height, devicePixelRatio } = this.#viewport;
    this.#rowCount = count;
    this.#scroll.resize(count * this.#rowHeight, height, devicePixelRatio);
    this.#spacerHeight = this.#scroll.elementHeight;
    const current = this.#current;
    if (current !== null && current >= count) this.#current = count === 0 ? null : count - 1;
  }

  /** The row that must not move: the one the keyboard is at where it is seen, else the one at the top. */
  #held(): { index: number; y: number } {
    const current = this.#current;
    const seen = this.#visible;
    const isSeen =
      current !== null && seen !== null && current >= seen.first && current <= seen.last;
    if (this.#hasFocus && isSeen) {
      return { index: current, y: current * this.#rowHeight - this.#scroll.offset };
    }
    return { index: this.#top.index, y: -this.#top.within * this.#rowHeight };
  }

  /** Leaves a row where it is in the view, as far as the list reaches. */
  #holdAt(index: number, y: number): void {
    if (this.#viewport.height === 0) return;
    if (this.#scroll.hold(index * this.#rowHeight - y)) this.#request();
    this.#topHere();
    this.#draw();
  }

  /** The element was scrolled, by anyone. */
  scrolled(scrollTop: number): void {
    const before = this.#scroll.top;
    const step = this.#scroll.follow(scrollTop);
    if (step === null) return;
    this.#sought = null;
    this.#direction = step === 'jump' ? 0 : scrollTop > before ? 1 : -1;
    if (this.#scroll.isAtEnd && this.#scroll.settle()) this.#request();
    this.#topHere();
    this.#draw();
  }

  /** Scrolling ended: the scroll bar comes back in step, nothing is seen of it. */
  settle(): void {
    if (!this.#scroll.settle()) return;
    this.#request();
    this.#draw();
  }

  /** Nobody has scrolled for a while: what was drawn ahead goes again. */
  rest(): void {
    if (this.#direction === 0) return;
    this.#direction = 0;
    this.#draw();
  }

  /** Draws some more of what is wanted ahead. */
  fill(): void {
    if (this.#wantsFrame) this.#draw();
  }

  /** Brings a row into view with the least move. */
  reveal(index: number): void {
    const top = index * this.#rowHeight;
    const { height } = this.#viewport;
    const bottom = top + this.#rowHeight;
    if (top < this.#scroll.offset) this.#goTo(top);
    else if (bottom > this.#scroll.offset + height) this.#goTo(bottom - height);
  }

  /** Goes to a place kept earlier; it holds while the rows are still on their way. */
  restore(place: TreePlace): void {
    this.#sought = place;
    this.#top = { index: place.index, within: place.within };
    if (place.index < this.#rowCount) this.#goToPlace(place);
  }

  #goToPlace({ index, within, current }: TreePlace): void {
    this.#top = { index, within };
    if (this.#viewport.height === 0) return;
    this.#sought = null;
    this.#current = current === null ? null : Math.min(current, this.#rowCount - 1);
    this.#goTo((index + within) * this.#rowHeight);
  }

  /** Where the keyboard is; no column is the row itself. */
  setCurrent(index: number | null, column: string | null = null): void {
    this.#current = index;
    this.#column = column;
    this.#draw();
  }

  setFocus(hasFocus: boolean): void {
    if (this.#hasFocus === hasFocus) return;
    this.#hasFocus = hasFocus;
    this.#draw();
  }

  /** Where a move from the present row leads; null in an empty tree. */
  target(move: TreeMove): number | null {
    const count = this.#rowCount;
    if (count === 0) return null;
    const from = this.#current ?? this.#tabStop;
    const page = Math.max(1, Math.floor(this.#viewport.height / this.#rowHeight) - 1);
    const targets: Readonly<Record<TreeMove, number>> = {
      up: from - 1,
      down: from + 1,
      'page-up': from - page,
      'page-down': from + page,
      first: 0,
      last: count - 1,
    };
    return Math.min(count - 1, Math.max(0, targets[move]));
  }

  #topHere(): void {
    const { offset } = this.#scroll;
    const index = Math.max(0, Math.min(this.#rowCount - 1, Math.floor(offset / this.#rowHeight)));
    this.#top = { index, within: offset / this.#rowHeight - index };
  }

  #goTo(offset: number): void {
    if (this.#scroll.goTo(offset)) this.#request();
    this.#topHere();
    this.#draw();
  }

  #request(): void {
    this.#scrollRequest = { top: this.#scroll.top };
  }

  #draw(): void {
    const rows = this.#rows;
    const { height } = this.#viewport;
    const seen = seenRows(this.#scroll.offset, height, this.#rowHeight, this.#rowCount);
    if (rows === null || seen === null) {
      this.#drawn = [];
      this.#visible = null;
      this.#wantsFrame = false;
      return;
    }
    const current = this.#current;
    // Only for the time of this call.
    // eslint-disable-next-line svelte/prefer-svelte-reactivity
    const before = new Map(this.#drawn.map((row) => [row.index, row]));
    const { rows: indexes, isWhole } = rowsToDraw({
      seen,
      count: this.#rowCount,
      direction: this.#direction,
      pinned: this.#hasFocus ? current : null,
      isDrawn: (index) => before.has(index),
    });
    this.#wantsFrame = !isWhole;
    this.#take(indexes.map((index) => this.#drawnRow(rows, index, before.get(index))));
    const { first, last } = this.#visible ?? { first: -1, last: -1 };
    if (first !== seen.first || last !== seen.last) this.#visible = seen;
    // The first row that starts inside the view, so that Tab never scrolls.
    const isCut = seen.first * this.#rowHeight < this.#scroll.offset && seen.last > seen.first;
    const isDrawn = current !== null && indexes.includes(current);
    this.#tabStop = isDrawn ? current : seen.first + (isCut ? 1 : 0);
  }

  /** The same object for a row that did not change, so that nothing is drawn again. */
  #drawnRow(
    rows: TreeRows<T>,
    index: number,
    before: DrawnTreeRow<T> | undefined,
  ): DrawnTreeRow<T> {
    const y = index * this.#rowHeight - this.#scroll.base;
    const row = rows.rowAt(index);
    return before !== undefined && before.y === y && isSameRow(before.row, row)
      ? before
      : { index, y, row };
  }

  #take(drawn: readonly DrawnTreeRow<T>[]): void {
    const before = this.#drawn;
    const isSame = drawn.length === before.length && drawn.every((row, at) => row === before[at]);
    if (!isSame) this.#drawn = drawn;
  }
}

function isSameRow<T>(a: TreeRow<T>, b: TreeRow<T>): boolean {
  const keys = Object.keys(a) as (keyof TreeRow<T>)[];
  return keys.every((key) => a[key] === b[key]);
}

/** Where a row is after others came and went; what went leads to the row before it. */
function moved(index: number, { at, removed, inserted }: Splice): number {
  if (index < at) return index;
  if (index < at + removed) return Math.max(0, at - 1);
  return index + inserted - removed;
}
