/** Runs in the page. Work that is wanted often and done seldom: never twice at once, the last wish always followed. */
export class Paced {
  readonly #work: () => Promise<void>;
  readonly #gapMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRunning = false;
  #isDue = false;
  #isEnded = false;

  /** `work` says for itself what goes wrong. */
  constructor(gapMs: number, work: () => Promise<void>) {
    this.#gapMs = gapMs;
    this.#work = work;
  }

  /** Now, or as soon as the gap after the last time is over. */
  call(): void {
    this.#isDue = true;
    if (this.#isRunning || this.#timer !== undefined || this.#isEnded) return;
    void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#isDue = false;
    try {
      await this.#work();
    } finally {
      this.#isRunning = false;
    }
    if (this.#isEnded) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isDue) this.call();
    }, this.#gapMs);
  }

  dispose(): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
  }
}
