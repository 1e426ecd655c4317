/** Runs in the page. Pure: where a long list is scrolled to, by an element that browsers can draw. */
import { ScrollMap, tallestElement } from './scroll-map.ts';

/** A scroll step beyond this many heights of the view is a jump of the scroll bar. */
const jump = 2;

/**
 * Small moves run 1:1 whatever the map says, so that rows go under the pointer as the wheel turns; a jump of the
 * scroll bar goes where the map says. `settle` brings both together again once all is at rest.
 */
export class VirtualScroll {
  #map = new ScrollMap(0, 0, 1);
  #viewHeight = 0;
  #top = 0;
  /** What lies between the position of the element and the offset in the list; whole px. */
  #base = 0;

  /** Offset in the list of the top of the view. */
  get offset(): number {
    return this.#top + this.#base;
  }
  /** Scroll position of the element. */
  get top(): number {
    return this.#top;
  }
  get base(): number {
    return this.#base;
  }
  get elementHeight(): number {
    return this.#map.elementHeight;
  }
  get isAtEnd(): boolean {
    return this.#top <= 0 || this.#top >= this.#map.maxScroll;
  }

  /** The list has this height now, in px. What is seen is for the caller to hold. */
  resize(contentHeight: number, viewHeight: number, devicePixelRatio: number): void {
    this.#viewHeight = viewHeight;
    this.#map = new ScrollMap(contentHeight, viewHeight, tallestElement(devicePixelRatio));
  }

  /** The element was scrolled, by anyone. Returns how: a step, or a jump of the scroll bar. */
  follow(top: number): 'step' | 'jump' | null {
    const delta = top - this.#top;
    if (Math.abs(delta) < 0.01) return null;
    const map = this.#map;
    const isJump = Math.abs(delta) > jump * this.#viewHeight;
    this.#top = top;
    if (map.isPlain) this.#base = 0;
    else if (isJump) this.#base = Math.round(map.toOffset(top) - top);
    const within = Math.min(map.maxOffset, Math.max(0, this.offset));
    if (!map.isPlain && within !== this.offset) this.#base = Math.round(within - top);
    return isJump ? 'jump' : 'step';
  }

  /** Shows an offset with the element where it is, if that can be; else as `goTo`. True when it has to move. */
  hold(offset: number): boolean {
    const wanted = Math.min(this.#map.maxOffset, Math.max(0, offset));
    const isBarRight = this.#top > 0 && this.#top < this.#map.maxScroll;
    if (this.#map.isPlain || !isBarRight) return this.goTo(wanted);
    this.#base = Math.round(wanted - this.#top);
    return false;
  }

  /** Shows an offset with the element where the map has it. True when it has to move. */
  goTo(offset: number): boolean {
    const wanted = Math.min(this.#map.maxOffset, Math.max(0, offset));
    const top = this.#map.isPlain ? wanted : Math.round(this.#map.toScroll(wanted));
    const moves = Math.abs(top - this.#top) >= 0.5;
    if (moves) this.#top = top;
    this.#base = this.#map.isPlain ? 0 : Math.round(wanted - this.#top);
    return moves;
  }

  /** Brings the scroll bar back in step after moves that ran 1:1; nothing is seen of it. */
  settle(): boolean {
    const wanted = Math.round(this.#map.toScroll(this.offset));
    if (this.#map.isPlain || Math.abs(wanted - this.#top) <= 1) return false;
    return this.goTo(this.offset);
  }
}
