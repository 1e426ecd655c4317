/** Runs in plain Node, in the thread that serves. Long work in turns, so that other requests are answered meanwhile. */

/** Milliseconds of work between two pauses. */
const turnMs = 8;

export class Turns {
  #since = performance.now();

  /** To be called often: pauses when a turn is over. */
  async pass(): Promise<void> {
    if (performance.now() - this.#since < turnMs) return;
    await new Promise((done) => void setImmediate(done));
    this.#since = performance.now();
  }
}
