/** Runs in the page. Whether nobody moved anything for a while: what covers a picture goes away then. */
const idleMs = 2500;

export class IdlePointer {
  #isIdle = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get isIdle(): boolean {
    return this.#isIdle;
  }

  touch(): void {
    this.#isIdle = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#isIdle = true), idleMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
