/** Runs in the page. What follows some time after a scroll: the bar back in step, rows drawn ahead gone. */
import type { TreeGridState } from './tree-grid-state.svelte.ts';

/** Without a scroll for this long, what was drawn ahead goes. */
const restMs = 1500;
/** The scroll bar is brought back in step this long after a scroll has ended, unless the next one has begun. */
const settleMs = 120;

export class TreeUpkeep<T> {
  readonly #grid: () => TreeGridState<T>;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #settle: ReturnType<typeof setTimeout> | undefined;

  constructor(grid: () => TreeGridState<T>) {
    this.#grid = grid;
  }

  /** Someone scrolled. */
  moved(): void {
    clearTimeout(this.#settle);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#grid().rest(), restMs);
  }

  /** A scroll has ended: the pointer is off the scroll bar, and nothing glides on. */
  ended(): void {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#grid().settle(), settleMs);
  }

  dispose(): void {
    clearTimeout(this.#settle);
    clearTimeout(this.#rest);
  }
}
