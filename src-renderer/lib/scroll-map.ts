/**
 * Runs in the page. Pure: how a list of any height is scrolled by an element of a height that browsers
 * can draw. Chromium stops at 33.5 million device px (16.8 million CSS px at device scale 2, 11.2 at 3),
 * and keeps scroll positions as 32-bit floats, which are whole px only up to 16.7 million device px.
 */

const tallestDevicePx = 6_000_000;

/** The tallest element that we make, in CSS px. */
export function tallestElement(devicePixelRatio: number): number {
  return Math.floor(tallestDevicePx / Math.max(1, devicePixelRatio));
}

/**
 * Maps between the scroll position of the element and the offset in the list. Both ends run 1:1, so that
 * the first and the last rows are reached exactly; only the stretch between is compressed.
 */
export class ScrollMap {
  /** Height of the element that is scrolled. */
  readonly elementHeight: number;
  readonly maxOffset: number;
  readonly maxScroll: number;
  readonly #edge: number;
  readonly #compression: number;

  constructor(contentHeight: number, viewportHeight: number, tallest: number) {
    this.elementHeight = Math.min(contentHeight, tallest);
    this.maxOffset = Math.max(0, contentHeight - viewportHeight);
    this.maxScroll = Math.max(0, this.elementHeight - viewportHeight);
    this.#edge = Math.floor(this.maxScroll / 4);
    const inner = this.maxScroll - 2 * this.#edge;
    this.#compression = inner > 0 ? (this.maxOffset - 2 * this.#edge) / inner : 1;
  }

  /** True where the element is as tall as the list, so that both are the same. */
  get isPlain(): boolean {
    return this.maxOffset === this.maxScroll;
  }

  toOffset(scrollTop: number): number {
    const at = Math.min(this.maxScroll, Math.max(0, scrollTop));
    if (this.isPlain || at <= this.#edge) return at;
    if (at >= this.maxScroll - this.#edge) return this.maxOffset - (this.maxScroll - at);
    return this.#edge + (at - this.#edge) * this.#compression;
  }

  toScroll(offset: number): number {
    const at = Math.min(this.maxOffset, Math.max(0, offset));
    if (this.isPlain || at <= this.#edge) return at;
    if (at >= this.maxOffset - this.#edge) return this.maxScroll - (this.maxOffset - at);
    return this.#edge + (at - this.#edge) / this.#compression;
  }
}
