import type { GridState } from './grid-state.svelte.ts';
import type { IndexRanges } from '../../lib/index-ranges.ts';
import type { Selection } from '../../lib/selection.svelte.ts';

/** Px that the pointer has to move before a press becomes a band. */
const threshold = 6;
/** Px from the edge of the view within which the list scrolls by itself. */
const edge = 40;
/** Px a second at the very edge. */
const fastest = 1700;
/** A page that stood still for longer goes on as if it had not. */
const longestStepMs = 100;

export interface BandRect {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A rectangle drawn with the pointer that selects what it touches. */
export class RubberBand {
  #grid: GridState;
  #selection: Selection;
  #start: { x: number; y: number } | null = null;
  #startView = { x: 0, y: 0 };
  #pointer = { x: 0, y: 0 };
  #before: IndexRanges = [];
  #mode: 'replace' | 'add' | 'toggle' = 'replace';
  #rect = $state.raw<BandRect | null>(null);

  constructor(grid: GridState, selection: Selection) {
    this.#grid = grid;
    this.#selection = selection;
  }

  /** In px of the scrolled element; null while there is no band. */
  get rect(): BandRect | null {
    return this.#rect;
  }
  get isPressed(): boolean {
    return this.#start !== null;
  }

  /** `x` and `y` are px in the view. */
  press(x: number, y: number, keys: { shift: boolean; mod: boolean }): void {
    this.#start = { x, y: y + this.#grid.offset };
    this.#startView = { x, y };
    this.#pointer = { x, y };
    this.#before = this.#selection.ranges;
    this.#mode = keys.mod ? 'toggle' : keys.shift ? 'add' : 'replace';
  }

  /** True once the press has become a band. */
  drag(x: number, y: number): boolean {
    if (this.#start === null) return false;
    this.#pointer = { x, y };
    const moved = Math.hypot(x - this.#startView.x, y - this.#startView.y);
    if (this.#rect === null && moved < threshold) return false;
    this.update();
    return true;
  }

  /** Selects anew; also after the list was scrolled under the pointer. */
  update(): void {
    if (this.#start === null) return;
    const y = this.#pointer.y + this.#grid.offset;
    const left = Math.min(this.#start.x, this.#pointer.x);
    const right = Math.max(this.#start.x, this.#pointer.x);
    const top = Math.min(this.#start.y, y);
    const bottom = Math.max(this.#start.y, y);
    this.#rect = {
      left,
      top: this.#grid.toElement(top),
      width: right - left,
      height: bottom - top,
    };
    const covered = this.#grid.itemsIn({ left, right, top, bottom });
    this.#selection.setBand(this.#before, covered, this.#mode);
  }

  /** Px to scroll for the time since the last frame, in a view of that height. */
  scrollStep(viewHeight: number, passedMs: number): number {
    if (this.#rect === null) return 0;
    const above = edge - this.#pointer.y;
    const below = this.#pointer.y - (viewHeight - edge);
    const depth = Math.min(edge, Math.max(above, below, 0));
    const seconds = Math.min(longestStepMs, passedMs) / 1000;
    const step = Math.ceil((depth / edge) * fastest * seconds);
    return above > 0 ? -step : step;
  }

  /** Ends it; true when there was a band. */
  release(): boolean {
    const was = this.#rect !== null;
    this.#start = null;
    this.#rect = null;
    return was;
  }

  /** Ends it and selects again what was selected before. */
  cancel(): void {
    if (this.#rect !== null) this.#selection.setBand(this.#before, [], 'add');
    this.release();
  }
}
