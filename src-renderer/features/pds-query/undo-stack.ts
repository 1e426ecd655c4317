/** Runs in the page, pure. The way back and forth through states; what is typed in one go is one step. */

const mostSteps = 200;
/** Typing goes on as long as no pause is longer; ms. */
const pauseMs = 1200;

export class UndoStack<T> {
  #past: T[] = [];
  #future: T[] = [];
  #typing: string | null = null;
  #typedAtMs = 0;
  readonly #now: () => number;

  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Keeps the state before a change. `typing` names the place that is typed in; null for a change of its own. */
  push(before: T, typing: string | null): void {
    const now = this.#now();
    const goesOn =
      typing !== null && typing === this.#typing && now - this.#typedAtMs < pauseMs && this.canUndo;
    if (!goesOn) this.#past = [...this.#past.slice(-(mostSteps - 1)), before];
    this.#future = [];
    this.#typing = typing;
    this.#typedAtMs = now;
  }

  /** The state before; null where there is none. */
  undo(present: T): T | null {
    const state = this.#past.pop();
    if (state === undefined) return null;
    this.#future.push(present);
    this.#typing = null;
    return state;
  }

  redo(present: T): T | null {
    const state = this.#future.pop();
    if (state === undefined) return null;
    this.#past.push(present);
    this.#typing = null;
    return state;
  }
}
