import { itemRatio, type GridItems } from './card-list.svelte.ts';
import { centreOf, targetOf, type GridMove } from './grid-moves.ts';
import type { IndexRange } from './index-ranges.ts';
import {
  JustifiedLayout,
  metricsAt,
  SquareLayout,
  type GridLayout,
  type GridRow,
} from './layout.ts';
import { ScrollMap, tallestElement } from './scroll-map.ts';

export type GridKind = 'justified' | 'square';

/** What the grid is drawn into, as the page measures it. CSS px. */
export interface GridViewport {
  /** Between the paddings. */
  width: number;
  height: number;
  /** Text zoom; 1 is 100 %. */
  scale: number;
  devicePixelRatio: number;
  /** Height of what follows the items inside the scrolled element. */
  footer: number;
}

/** A place in a list: the row at the top of the view, and the item the keyboard is at. JSON. */
export interface GridPlace {
  index: number;
  /** How far the top of the view is below the top of that row, in heights of the row. */
  within: number;
  current: number | null;
}

export interface DrawnRow extends GridRow {
  /** Top edge in the scrolled element. */
  y: number;
}

/** Drawn above and below the view, in heights of the view. */
const overscan = 0.7;
/** Items in the document for each one that is seen, at most; but for the row with the focus. */
const mostElements = 3;
/** A scroll step beyond this many heights of the view is a jump of the scroll bar. */
const jump = 2;

/**
 * The state of a virtual grid: what is drawn, where it is scrolled to, and which item the keyboard is at.
 * Knows no DOM: the component measures, and follows `scrollRequest`.
 */
export class GridState {
  #items: GridItems | null = null;
  #seenRevision = 0;
  #kind: GridKind = 'justified';
  #viewport: GridViewport = { width: 0, height: 0, scale: 1, devicePixelRatio: 1, footer: 0 };
  #layout: GridLayout = new JustifiedLayout(0, metricsAt(1));
  #map = new ScrollMap(0, 0, 1);
  #scrollTop = 0;
  /** What lies between the position of the element and the offset in the list; whole px. */
  #base = 0;
  #anchor: { index: number; within: number } = { index: 0, within: -1 };
  #goalX: number | null = null;
  #hasFocus = false;
  // Only remembered; what is drawn is the state.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  #drawnCache = new Map<number, DrawnRow>();

  #drawn = $state.raw<readonly DrawnRow[]>([]);
  #visible = $state.raw<IndexRange | null>(null);
  #spacerHeight = $state(0);
  #rowCount = $state(0);
  #columnCount = $state(0);
  #captionHeight = $state(22);
  #current = $state<number | null>(null);
  #tabStop = $state(0);
  #scrollRequest = $state.raw<{ top: number } | null>(null);

  /** Rows in the document, in order. */
  get drawn(): readonly DrawnRow[] {
    return this.#drawn;
  }
  /** First and last item of the rows that are at least partly seen. */
  get visible(): IndexRange | null {
    return this.#visible;
  }
  get spacerHeight(): number {
    return this.#spacerHeight;
  }
  get rowCount(): number {
    return this.#rowCount;
  }
  get columnCount(): number {
    return this.#columnCount;
  }
  get captionHeight(): number {
    return this.#captionHeight;
  }
  /** The item the keyboard is at; null until someone was in the grid. */
  get current(): number | null {
    return this.#current;
  }
  /** The one item that Tab reaches. */
  get tabStop(): number {
    return this.#tabStop;
  }
  /** The scroll position that the element has to take; a new object for each request. */
  get scrollRequest(): { top: number } | null {
    return this.#scrollRequest;
  }
  get count(): number {
    return this.#layout.count;
  }
  /** Offset in the list of the top of the view; not reactive. */
  get offset(): number {
    return this.#scrollTop + this.#base;
  }
  /** Where a height of the list is in the scrolled element. */
  toElement(y: number): number {
    return y - this.#base;
  }
  get place(): GridPlace {
    return { ...this.#anchor, current: this.#current };
  }

  /** Takes over the list and the kind of layout; cheap when nothing changed. */
  setItems(items: GridItems, kind: GridKind): void {
    const isNew = items !== this.#items || kind !== this.#kind;
    const from = isNew ? 0 : items.changedSince(this.#seenRevision);
    if (!isNew && items.revision === this.#seenRevision) return;
    this.#items = items;
    this.#kind = kind;
    this.#seenRevision = items.revision;
    if (isNew) this.#makeLayout();
    else this.#layout.update(items.count, from, (index) => itemRatio(items, index));
    this.#relaid();
  }

  measure(viewport: GridViewport): void {
    const before = this.#viewport;
    if (viewport.width <= 0 || viewport.height <= 0) return;
    this.#viewport = viewport;
    if (before.width !== viewport.width || before.scale !== viewport.scale) this.#makeLayout();
    this.#relaid();
  }

  #makeLayout(): void {
    const items = this.#items;
    const { width, scale } = this.#viewport;
    const metrics = metricsAt(scale);
    this.#layout =
      this.#kind === 'square'
        ? new SquareLayout(width, metrics)
        : new JustifiedLayout(width, metrics);
    if (items === null || width === 0) return;
    this.#layout.update(items.count, 0, (index) => itemRatio(items, index));
  }

  /** After a change of the layout: the same items stay at the top of the view. */
  #relaid(): void {
    const layout = this.#layout;
    const { height, devicePixelRatio, footer } = this.#viewport;
    if (height === 0) return;
    this.#drawnCache.clear();
    this.#map = new ScrollMap(layout.height + footer, height, tallestElement(devicePixelRatio));
    this.#spacerHeight = this.#map.elementHeight - footer;
    this.#rowCount = layout.rowCount;
    this.#columnCount = layout.columnCount;
    this.#captionHeight = layout.metrics.caption;
    if (this.#current !== null && this.#current >= layout.count) {
      this.#current = layout.count === 0 ? null : layout.count - 1;
    }
    this.#goTo(this.#offsetOfAnchor());
  }

  #offsetOfAnchor(): number {
    if (this.#layout.count === 0) return 0;
    const index = Math.min(this.#anchor.index, this.#layout.count - 1);
    const row = this.#layout.row(this.#layout.rowOf(index));
    if (row.row === 0 && this.#anchor.within < 0) return 0;
    return row.top + this.#anchor.within * this.#fullHeight(row);
  }

  #fullHeight(row: GridRow): number {
    return row.height + this.#layout.metrics.caption + this.#layout.metrics.below;
  }

  /** The element was scrolled, by anyone. */
  scrolled(scrollTop: number): void {
    const delta = scrollTop - this.#scrollTop;
    if (Math.abs(delta) < 0.01) return;
    this.#scrollTop = scrollTop;
    const map = this.#map;
    if (map.isPlain) this.#base = 0;
    else if (Math.abs(delta) > jump * this.#viewport.height) {
      this.#base = Math.round(map.toOffset(scrollTop) - scrollTop);
    }
    const within = Math.min(map.maxOffset, Math.max(0, this.offset));
    if (!map.isPlain && within !== this.offset) this.#base = Math.round(within - scrollTop);
    const atEdge = scrollTop <= 0 || scrollTop >= map.maxScroll;
    this.#anchorHere();
    if (atEdge) this.settle();
    this.#draw();
  }

  /** Brings the scroll bar back in step after moves that ran 1:1; nothing is seen of it. */
  settle(): void {
    const wanted = Math.round(this.#map.toScroll(this.offset));
    if (this.#map.isPlain || Math.abs(wanted - this.#scrollTop) <= 1) return;
    this.#goTo(this.offset);
  }

  scrollBy(distance: number): void {
    this.#goTo(this.offset + distance);
    this.#anchorHere();
  }

  /** Brings an item into view with the least move. */
  reveal(index: number): void {
    if (this.#layout.count === 0) return;
    const row = this.#layout.row(this.#layout.rowOf(index));
    const margin = this.#layout.metrics.padding;
    const { height } = this.#viewport;
    const top = row.top - margin;
    const bottom = row.top + this.#fullHeight(row);
    if (top < this.offset || bottom - top > height) this.#goTo(top);
    else if (bottom > this.offset + height) this.#goTo(bottom - height);
    else return;
    this.#anchorHere();
  }

  /** Goes to a place kept earlier; it holds while items are still on their way. */
  restore(place: GridPlace): void {
    this.#anchor = { index: place.index, within: place.within };
    this.#current = place.current;
    if (this.#viewport.height > 0) this.#goTo(this.#offsetOfAnchor());
  }

  setCurrent(index: number | null): void {
    this.#current = index;
    this.#goalX = null;
    this.#draw();
  }

  get hasFocus(): boolean {
    return this.#hasFocus;
  }

  setFocus(hasFocus: boolean): void {
    this.#hasFocus = hasFocus;
    this.#draw();
  }

  /** Moves the keyboard's place and brings it into view; null when there is nowhere to go. */
  move(move: GridMove): number | null {
    if (this.#layout.count === 0) return null;
    const from = this.#current ?? this.#tabStop;
    const keepsLine = ['up', 'down', 'page-up', 'page-down'].includes(move);
    const goalX = (keepsLine ? this.#goalX : null) ?? centreOf(this.#layout, from);
    const to = targetOf(this.#layout, from, move, goalX, this.#viewport.height);
    this.#current = to;
    this.#goalX = keepsLine ? goalX : null;
    this.reveal(to);
    this.#draw();
    return to;
  }

  /** Items whose picture or caption a rectangle of the list touches; the list's own px. */
  itemsIn(rect: { left: number; right: number; top: number; bottom: number }): IndexRange[] {
    const layout = this.#layout;
    const ranges: IndexRange[] = [];
    if (layout.count === 0) return ranges;
    const lastRow = layout.rowAt(rect.bottom);
    for (let at = layout.rowAt(rect.top); at <= lastRow; at += 1) {
      const row = layout.row(at);
      const bottom = row.top + row.height + layout.metrics.caption;
      if (row.top > rect.bottom || bottom < rect.top) continue;
      const hit = row.cells.filter(
        (cell) => cell.x <= rect.right && cell.x + cell.width >= rect.left,
      );
      const first = hit[0];
      const last = hit.at(-1);
      if (first !== undefined && last !== undefined) {
        ranges.push({ first: first.index, last: last.index });
      }
    }
    return ranges;
  }

  #anchorHere(): void {
    if (this.#layout.count === 0) return;
    const row = this.#layout.row(this.#layout.rowAt(this.offset));
    this.#anchor = { index: row.first, within: (this.offset - row.top) / this.#fullHeight(row) };
  }

  #goTo(offset: number): void {
    const wanted = Math.min(this.#map.maxOffset, Math.max(0, offset));
    const top = this.#map.isPlain ? wanted : Math.round(this.#map.toScroll(wanted));
    this.#scrollTop = top;
    this.#base = Math.round(wanted - top);
    this.#scrollRequest = { top };
    this.#draw();
  }

  #draw(): void {
    const layout = this.#layout;
    const { height } = this.#viewport;
    if (layout.count === 0 || height === 0) {
      this.#drawn = [];
      this.#visible = null;
      this.#tabStop = 0;
      return;
    }
    const firstSeen = layout.rowAt(this.offset);
    const lastSeen = layout.rowAt(this.offset + height - 1);
    const rows = this.#withOverscan(firstSeen, lastSeen);
    this.#pinFocusedRow(rows);
    this.#setDrawn(rows);
    this.#setVisible(layout.row(firstSeen), layout.row(lastSeen));
  }

  /** The seen rows and those near them, within the room for elements. */
  #withOverscan(firstSeen: number, lastSeen: number): number[] {
    const layout = this.#layout;
    const size = (row: number) => layout.row(row).cells.length;
    const rows: number[] = [];
    for (let row = firstSeen; row <= lastSeen; row += 1) rows.push(row);
    let room = rows.reduce((sum, row) => sum + size(row), 0) * (mostElements - 1);
    const { height } = this.#viewport;
    const first = layout.rowAt(this.offset - overscan * height);
    const last = layout.rowAt(this.offset + (1 + overscan) * height);
    const fits = (row: number) => row >= first && row <= last && size(row) <= room;
    let above = firstSeen - 1;
    let below = lastSeen + 1;
    // Below before above: people scroll down.
    while (fits(below) || fits(above)) {
      if (fits(below)) {
        room -= size(below);
        rows.push(below);
        below += 1;
      }
      if (fits(above)) {
        room -= size(above);
        rows.unshift(above);
        above -= 1;
      }
    }
    return rows;
  }

  /** The row that holds the focus stays in the document, else the focus would be lost. */
  #pinFocusedRow(rows: number[]): void {
    if (!this.#hasFocus || this.#current === null) return;
    const row = this.#layout.rowOf(this.#current);
    if (row < (rows[0] ?? 0)) rows.unshift(row);
    else if (row > (rows.at(-1) ?? 0)) rows.push(row);
  }

  #setDrawn(rows: readonly number[]): void {
    const before = this.#drawn;
    const next = rows.map((row) => this.#drawRow(row));
    // eslint-disable-next-line svelte/prefer-svelte-reactivity
    const kept = new Set(rows);
    for (const row of this.#drawnCache.keys()) if (!kept.has(row)) this.#drawnCache.delete(row);
    const isSame = next.length === before.length && next.every((row, at) => row === before[at]);
    if (!isSame) this.#drawn = next;
  }

  /** The same object for a row that did not change, so that nothing is drawn again. */
  #drawRow(row: number): DrawnRow {
    const cached = this.#drawnCache.get(row);
    if (cached !== undefined && cached.y === cached.top - this.#base) return cached;
    const fresh = this.#layout.row(row);
    const drawn = { ...fresh, y: fresh.top - this.#base };
    this.#drawnCache.set(row, drawn);
    return drawn;
  }

  #setVisible(firstRow: GridRow, lastRow: GridRow): void {
    const first = firstRow.first;
    const last = lastRow.cells.at(-1)?.index ?? first;
    const before = this.#visible;
    if (before === null || before.first !== first || before.last !== last) {
      this.#visible = { first, last };
    }
    const current = this.#current;
    const isDrawn =
      current !== null &&
      this.#drawn.some((row) => row.cells.some((cell) => cell.index === current));
    // The first row that starts inside the view, so that Tab never scrolls.
    const whole =
      firstRow.top < this.offset && lastRow.row > firstRow.row ? firstRow.row + 1 : firstRow.row;
    this.#tabStop = isDrawn ? current : this.#layout.row(whole).first;
  }
}
