/** Runs in the page. Gives a grid the time it asks for: frames to draw ahead in, idle time to lay out far rows in. */
import type { GridState } from './grid-state.svelte.ts';

/** Without a scroll for this long, what was drawn ahead goes. */
const restMs = 1500;
/** The scroll bar is brought back in step this long after a scroll has ended, unless the next one has begun. */
const settleMs = 120;
/** An idle slice ends after this long even where the browser gives more; a frame has 16.7 ms. */
const sliceMs = 6;
/** Rows far away are laid out at the latest by now, even on a busy page. */
const idleTimeoutMs = 300;

export class GridUpkeep {
  readonly #grid: () => GridState;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #movedAtMs = 0;

  /** Call while a component is set up: its effects live as long as that. */
  constructor(grid: () => GridState) {
    this.#grid = grid;
    $effect(() => this.#fill());
    $effect(() => this.#refine());
    $effect(() => () => {
      clearTimeout(this.#rest);
      clearTimeout(this.#settle);
    });
  }

  /** Someone scrolled. Cheap: it is called for every frame of a scroll. */
  moved(): void {
    this.#movedAtMs = performance.now();
    this.#rest ??= setTimeout(() => this.#restOrWait(), restMs);
  }

  /** A scroll has ended: the pointer is off the scroll bar, and nothing glides on. */
  ended(): void {
    this.#settle ??= setTimeout(() => {
      this.#settle = undefined;
      // Else a further end follows.
      if (performance.now() - this.#movedAtMs >= settleMs / 2) this.#grid().settle();
    }, settleMs);
  }

  #restOrWait(): void {
    const leftMs = this.#movedAtMs + restMs - performance.now();
    this.#rest = leftMs > 0 ? setTimeout(() => this.#restOrWait(), leftMs) : undefined;
    if (leftMs <= 0) this.#grid().rest();
  }

  #fill(): (() => void) | undefined {
    const grid = this.#grid();
    if (!grid.wantsFrame) return undefined;
    let frame = requestAnimationFrame(function next() {
      grid.fill();
      if (grid.wantsFrame) frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }

  #refine(): (() => void) | undefined {
    const grid = this.#grid();
    if (!grid.wantsTime) return undefined;
    const options = { timeout: idleTimeoutMs };
    let handle = requestIdleCallback(function next(deadline) {
      const endMs = performance.now() + sliceMs;
      grid.refine(
        () => performance.now() < endMs && (deadline.didTimeout || deadline.timeRemaining() > 1),
      );
      if (grid.wantsTime) handle = requestIdleCallback(next, options);
    }, options);
    return () => cancelIdleCallback(handle);
  }
}
