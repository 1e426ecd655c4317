/** Runs in the page. What the pointer does in a grid: clicks that select, and the rubber band. */
import { cellIndexOf } from './grid-elements.ts';
import type { GridState } from './grid-state.svelte.ts';
import { RubberBand } from './rubber-band.svelte.ts';
import type { Selection } from '../../lib/selection.svelte.ts';

export class GridPointer {
  readonly band: RubberBand;
  readonly #grid: GridState;
  readonly #selection: Selection;
  readonly #scroller: () => HTMLElement | undefined;
  /** A band ends with a click, which is not meant as one. */
  #suppressClick = false;
  #autoScroll = 0;

  constructor(grid: GridState, selection: Selection, scroller: () => HTMLElement | undefined) {
    this.#grid = grid;
    this.#selection = selection;
    this.#scroller = scroller;
    this.band = new RubberBand(grid, selection);
  }

  dispose(): void {
    cancelAnimationFrame(this.#autoScroll);
  }

  click(event: MouseEvent): void {
    if (this.#suppressClick) {
      this.#suppressClick = false;
      return;
    }
    const selection = this.#selection;
    const index = cellIndexOf(event.target);
    const mod = event.ctrlKey || event.metaKey;
    if (index === null) {
      const isFoot = (event.target as Element).closest('.foot') !== null;
      if (!mod && !event.shiftKey && !isFoot) selection.clear();
    } else if (event.shiftKey) selection.extendTo(index, mod);
    else if (mod) selection.toggle(index);
    else selection.replace(index);
  }

  press(event: PointerEvent): void {
    this.#suppressClick = false;
    const { x, y } = this.#inView(event);
    const onScrollBar = x >= (this.#scroller()?.clientWidth ?? 0);
    if (event.button !== 0 || event.pointerType === 'touch' || onScrollBar) return;
    if ((event.target as Element).closest('.foot, button') !== null) return;
    this.band.press(x, y, { shift: event.shiftKey, mod: event.ctrlKey || event.metaKey });
  }

  move(event: PointerEvent): void {
    const { band } = this;
    if (!band.isPressed) return;
    if (event.buttons === 0) {
      band.release();
      return;
    }
    const had = band.rect !== null;
    const { x, y } = this.#inView(event);
    if (band.drag(x, y) && !had) {
      this.#scroller()?.setPointerCapture(event.pointerId);
      this.#scrollAtEdge(performance.now());
    }
  }

  release(): void {
    if (this.band.release()) this.#suppressClick = true;
  }

  #inView(event: PointerEvent): { x: number; y: number } {
    const box = this.#scroller()?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }

  #scrollAtEdge(beforeMs: number): void {
    const scroller = this.#scroller();
    const { band } = this;
    if (band.rect === null || scroller === undefined) return;
    const nowMs = performance.now();
    const step = band.scrollStep(scroller.clientHeight, nowMs - beforeMs);
    if (step !== 0) {
      this.#grid.scrollBy(step);
      band.update();
    }
    this.#autoScroll = requestAnimationFrame(() => this.#scrollAtEdge(nowMs));
  }
}
