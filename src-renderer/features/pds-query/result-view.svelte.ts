/**
 * Runs in the page. The results table as one looks at it: which rows are drawn and where, the row that the keyboard is
 * at, and what of it is kept over a restart.
 */
import { VirtualScroll } from '../../lib/virtual-scroll.ts';
import type { ResultList } from './result-list.svelte.ts';

/** Rows drawn beyond what is seen, to each side: at most as many again as are seen. */
const beyond = 6;

export interface DrawnRow {
  index: number;
  /** Px from the top of the scrolled element. */
  y: number;
}

export class ResultView {
  readonly #scroll = new VirtualScroll();
  #list: ResultList | null = null;
  #rowHeight = 26;
  #height = 0;
  #current = $state(-1);
  #drawn = $state.raw<readonly DrawnRow[]>([]);
  #elementHeight = $state(0);

  get drawn(): readonly DrawnRow[] {
    return this.#drawn;
  }
  /** Of the scrolled element, in px. */
  get elementHeight(): number {
    return this.#elementHeight;
  }
  /** The chosen row; -1 while none is. */
  get current(): number {
    return this.#current;
  }
  /** The row that Tab comes to. */
  get tabStop(): number {
    return Math.max(0, this.#current);
  }
  /** Whole rows that are seen. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
  }
  /** The row at the top of the view. */
  get topRow(): number {
    return Math.max(0, Math.floor(this.#scroll.offset / this.#rowHeight));
  }

  /** Shows a list; its count may change as it comes. Returns the scroll position where it has to change. */
  measure(list: ResultList, rowHeight: number, height: number): number | null {
    const isOther = this.#list !== null && this.#list !== list;
    const row = isOther ? 0 : this.#scroll.offset / this.#rowHeight;
    this.#list = list;
    this.#rowHeight = rowHeight;
    this.#height = height;
    this.#scroll.resize(list.rowCount * rowHeight, height, globalThis.devicePixelRatio ?? 1);
    if (isOther) this.#current = -1;
    const moves = this.#scroll.hold(row * rowHeight);
    this.#draw();
    return moves ? this.#scroll.top : null;
  }

  follow(top: number): void {
    if (this.#scroll.follow(top) !== null) this.#draw();
  }

  /** Brings the scroll bar in step again; returns its position where it has to change. */
  settle(): number | null {
    if (!this.#scroll.settle()) return null;
    this.#draw();
    return this.#scroll.top;
  }

  choose(index: number): void {
    const last = (this.#list?.rowCount ?? 0) - 1;
    this.#current = Math.min(Math.max(index, 0), last);
  }

  /** Chooses a row and brings it into sight; returns the scroll position where it has to change. */
  goTo(index: number): number | null {
    this.choose(index);
    const top = this.#current * this.#rowHeight;
    const { offset } = this.#scroll;
    const wanted =
      top < offset ? top : Math.max(offset, top + this.#rowHeight - Math.max(this.#height, 1));
    return this.show(wanted / this.#rowHeight);
  }

  /** Puts a row at the top; returns the scroll position where it has to change. */
  show(row: number): number | null {
    const moves = this.#scroll.goTo(row * this.#rowHeight);
    this.#draw();
    return moves ? this.#scroll.top : null;
  }

  #draw(): void {
    const list = this.#list;
    if (list === null) return;
    const { offset, base } = this.#scroll;
    const firstSeen = Math.floor(offset / this.#rowHeight);
    const lastSeen = Math.ceil((offset + this.#height) / this.#rowHeight) - 1;
    const first = Math.max(0, firstSeen - beyond);
    const last = Math.min(list.rowCount - 1, lastSeen + beyond);
    const rows: DrawnRow[] = [];
    for (let index = first; index <= last; index += 1) {
      rows.push({ index, y: index * this.#rowHeight - base });
    }
    this.#drawn = rows;
    this.#elementHeight = this.#scroll.elementHeight;
    list.look(first, Math.max(first, last));
  }
}
