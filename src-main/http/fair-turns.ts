/**
 * Runs in plain Node. Work of some milliseconds that arrives in heaps: one piece a turn of the event loop, so that
 * whatever else waits (a key that was pressed, a picture) never waits for the whole heap.
 */
export class FairTurns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves in a turn that no other piece has. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => new Promise((begin) => setImmediate(begin)));
    return this.#last;
  }
}
