import { itemsInArea, type BandArea } from './band-area.ts';
import type { GridItems } from './grid-items.ts';
import { centreOf, targetOf, type GridMove } from './grid-moves.ts';
import { GridDrawing, type DrawnRow } from './grid-drawing.svelte.ts';
import { VirtualScroll } from '../../lib/virtual-scroll.ts';
import { leadAtRest, leadTowards, type Lead } from './grid-window.ts';
import type { IndexRange } from '../../lib/index-ranges.ts';
import { JustifiedLayout } from './justified-layout.ts';
import { metricsAt, unknownRatio, type GridLayout, type GridRow } from './layout.ts';
import { SquareLayout } from './square-layout.ts';

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

/** Heights of the view around it in which rows are laid out exactly. */
const exactReach = 3;

/**
 * The state of a virtual grid: what is drawn, where it is scrolled to, and which item the keyboard is at.
 * Knows no DOM: the component measures, follows `scrollRequest`, and gives it time while it `wantsTime`.
 */
export class GridState {
  #items: GridItems | null = null;
  #seenRevision = 0;
  #kind: GridKind = 'justified';
  #viewport: GridViewport = { width: 0, height: 0, scale: 1, devicePixelRatio: 1, footer: 0 };
  #layout: GridLayout = new SquareLayout(0, metricsAt(1));
  #scroll = new VirtualScroll();
  #lead: Lead = leadAtRest;
  #anchor: { index: number; within: number } = { index: 0, within: -1 };
  #goalX: number | null = null;
  #hasFocus = false;

  #drawing = new GridDrawing();
  #spacerHeight = $state(0);
  #rowCount = $state(0);
  #columnCount = $state(0);
  #captionHeight = $state(22);
  #current = $state<number | null>(null);
  #scrollRequest = $state.raw<{ top: number } | null>(null);
  #wantsTime = $state(false);

  /** Rows in the document, in order. */
  get drawn(): readonly DrawnRow[] {
    return this.#drawing.rows;
  }
  /** First and last item of the rows that are at least partly seen. */
  get visible(): IndexRange | null {
    return this.#drawing.visible;
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
    return this.#drawing.tabStop;
  }
  /** The scroll position that the element has to take; a new object for each request. */
  get scrollRequest(): { top: number } | null {
    return this.#scrollRequest;
  }
  /** True while rows wait to be drawn ahead: `fill` in the next frame. */
  get wantsFrame(): boolean {
    return this.#drawing.wantsFrame;
  }
  /** True while far rows are only estimated: `refine` when there is nothing else to do. */
  get wantsTime(): boolean {
    return this.#wantsTime;
  }
  get count(): number {
    return this.#layout.count;
  }
  /** Offset in the list of the top of the view; not reactive. */
  get offset(): number {
    return this.#scroll.offset;
  }
  /** Where a height of the list is in the scrolled element. */
  toElement(y: number): number {
    return y - this.#scroll.base;
  }
  get place(): GridPlace {
    return { ...this.#anchor, current: this.#current };
  }

  /** Takes over the list and the kind of layout; cheap when nothing changed. */
  setItems(items: GridItems, kind: GridKind): void {
    const isNew = items !== this.#items || kind !== this.#kind;
    const { revision } = items;
    if (!isNew && revision === this.#seenRevision) return;
    const from = isNew ? 0 : items.changedSince(this.#seenRevision);
    this.#items = items;
    this.#kind = kind;
    this.#seenRevision = revision;
    if (isNew) this.#makeLayout();
    else this.#layout.update(items.count, from);
    this.#relaid(isNew);
  }

  measure(viewport: GridViewport): void {
    const before = this.#viewport;
    if (viewport.width <= 0 || viewport.height <= 0) return;
    this.#viewport = viewport;
    if (before.width !== viewport.width || before.scale !== viewport.scale) this.#makeLayout();
    this.#relaid(true);
  }

  #makeLayout(): void {
    const items = this.#items;
    const { width, scale } = this.#viewport;
    const metrics = metricsAt(scale);
    const ratioAt = (index: number): number => items?.ratioAt(index) ?? unknownRatio;
    this.#layout =
      this.#kind === 'square'
        ? new SquareLayout(width, metrics)
        : new JustifiedLayout(width, metrics, ratioAt, items?.breakEvery);
    if (items !== null && width > 0) this.#layout.update(items.count, 0);
  }

  /** After a change of the layout: the same items stay at the top of the view. */
  #relaid(isNewMeasure: boolean): void {
    const layout = this.#layout;
    if (this.#viewport.height === 0) return;
    this.#captionHeight = layout.metrics.caption;
    // In a list that still grows, the place that was kept may be there later.
    if (this.#current !== null && this.#items?.isComplete && this.#current >= layout.count) {
      this.#current = layout.count === 0 ? null : layout.count - 1;
    }
    this.#exposeItem(this.#anchor.index);
    this.#tellLayout();
    const offset = this.#offsetOfAnchor();
    if (isNewMeasure) this.#goTo(offset);
    else {
      this.#follow(this.#scroll.hold(offset));
      this.#draw();
    }
  }

  /** Measures that hang on the rows, as far as they are known. */
  #tellLayout(): void {
    const { height, devicePixelRatio, footer } = this.#viewport;
    this.#scroll.resize(this.#layout.height + footer, height, devicePixelRatio);
    this.#spacerHeight = this.#scroll.elementHeight - footer;
    this.#rowCount = this.#layout.rowCount;
    this.#columnCount = this.#layout.columnCount;
    this.#wantsTime = !this.#layout.isExact;
  }

  /** Lays out far rows for as long as there is time; what is seen stays where it is. */
  refine(isTimeLeft: () => boolean): void {
    this.#holding(() => this.#layout.refine(isTimeLeft));
    this.#wantsTime = !this.#layout.isExact;
  }

  /** Does what may move rows that were estimated, and leaves what is seen in its place. */
  #holding(work: () => void): void {
    if (this.#holds(work)) this.#draw();
  }

  /** The same without drawing; true when rows may have moved. */
  #holds(work: () => void): boolean {
    const { version } = this.#layout;
    work();
    if (this.#layout.version === version || this.#viewport.height === 0) return false;
    this.#tellLayout();
    this.#follow(this.#scroll.hold(this.#offsetOfAnchor()));
    return true;
  }

  #exposeItem(index: number): void {
    const reach = exactReach * this.#viewport.height;
    if (this.#layout.count > 0) {
      this.#layout.exposeItem(Math.min(index, this.#layout.count - 1), reach, reach);
    }
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
    const before = this.#scroll.top;
    const step = this.#scroll.follow(scrollTop);
    if (step === null) return;
    this.#lead = step === 'jump' ? leadAtRest : leadTowards(scrollTop - before);
    this.#exposeView();
    this.#anchorHere();
    if (this.#scroll.isAtEnd) this.#follow(this.#scroll.settle());
    this.#draw();
  }

  /** Lays out the rows in sight where they were only estimated. */
  #exposeView(): void {
    const { version } = this.#layout;
    const reach = exactReach * this.#viewport.height;
    const isLast = this.#scroll.isAtEnd && this.#scroll.top > 0;
    const offset = this.#layout.expose(this.#scroll.offset, reach, reach);
    if (this.#layout.version === version) return;
    this.#tellLayout();
    this.#follow(this.#scroll.hold(isLast ? Infinity : offset));
  }

  /** Scrolling ended: the scroll bar comes back in step, nothing is seen of it. */
  settle(): void {
    if (this.#scroll.settle()) {
      this.#follow(true);
      this.#draw();
    }
  }

  /** Nobody has scrolled for a while: what was drawn ahead goes again. */
  rest(): void {
    if (this.#lead === leadAtRest) return;
    this.#lead = leadAtRest;
    this.#draw();
  }

  /** Draws some more of what is wanted ahead. */
  fill(): void {
    if (this.#drawing.wantsFrame) this.#draw();
  }

  scrollBy(distance: number): void {
    this.#lead = leadTowards(distance);
    this.#goTo(this.offset + distance);
    this.#anchorHere();
  }

  /** Brings an item into view with the least move. */
  reveal(index: number): void {
    if (this.#layout.count === 0) return;
    this.#holding(() => this.#exposeItem(index));
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
    if (this.#viewport.height > 0) this.#relaid(true);
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
    if (this.#hasFocus === hasFocus) return;
    this.#hasFocus = hasFocus;
    this.#draw();
  }

  /** Moves the keyboard's place and brings it into view; null when there is nowhere to go. */
  move(move: GridMove): number | null {
    if (this.#layout.count === 0) return null;
    const from = Math.min(this.#current ?? this.tabStop, this.#layout.count - 1);
    const keepsLine = ['up', 'down', 'page-up', 'page-down'].includes(move);
    this.#holding(() => this.#exposeItem(from));
    const goalX = (keepsLine ? this.#goalX : null) ?? centreOf(this.#layout, from);
    const to = targetOf(this.#layout, from, move, goalX, this.#viewport.height);
    this.#current = to;
    this.#goalX = keepsLine ? goalX : null;
    this.reveal(to);
    this.#draw();
    return to;
  }

  /** Items whose picture or caption a rectangle of the list touches; the list's own px. */
  itemsIn(rect: BandArea): IndexRange[] {
    return this.#layout.count === 0 ? [] : itemsInArea(this.#layout, rect);
  }

  #anchorHere(): void {
    if (this.#layout.count === 0) return;
    const row = this.#layout.row(this.#layout.rowAt(this.offset));
    this.#anchor = { index: row.first, within: (this.offset - row.top) / this.#fullHeight(row) };
  }

  #goTo(offset: number): void {
    this.#follow(this.#scroll.goTo(offset));
    this.#draw();
  }

  /** Asks the element to take the position that the state has now. */
  #follow(moves: boolean): void {
    if (moves) this.#scrollRequest = { top: this.#scroll.top };
  }

  #draw(): void {
    const { height } = this.#viewport;
    if (this.#layout.count === 0 || height === 0) {
      this.#drawing.clear();
      return;
    }
    const current = this.#current === null ? null : Math.min(this.#current, this.#layout.count - 1);
    // A row that has to stay is drawn exactly, and finding it may move the others.
    if (this.#hasFocus && current !== null) this.#holds(() => this.#layout.rowOf(current));
    this.#exposeView();
    this.#drawing.draw({
      layout: this.#layout,
      scroll: this.#scroll,
      height,
      lead: this.#lead,
      current,
      hasFocus: this.#hasFocus,
    });
  }
}
