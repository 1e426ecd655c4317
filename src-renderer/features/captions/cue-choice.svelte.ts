/** Runs in the page. The cue that the keyboard is at, and those that are chosen for a quote. */
export class CueChoice {
  /** -1 before anything was done. */
  #active = $state(-1);
  #anchor = -1;
  /** Rising. */
  #chosen = $state.raw<readonly number[]>([]);

  get active(): number {
    return this.#active;
  }

  get chosen(): readonly number[] {
    return this.#chosen;
  }

  get isEmpty(): boolean {
    return this.#chosen.length === 0;
  }

  has(index: number): boolean {
    return this.#chosen.includes(index);
  }

  reset(): void {
    this.#active = -1;
    this.clear();
  }

  /** Goes to a cue; what is chosen stays. */
  moveTo(index: number): void {
    this.#active = index;
    this.#anchor = index;
  }

  toggle(index: number): void {
    this.moveTo(index);
    this.#chosen = this.has(index)
      ? this.#chosen.filter((one) => one !== index)
      : [...this.#chosen, index].sort((a, b) => a - b);
  }

  /** Chooses all from where the last choice began up to here. */
  extendTo(index: number): void {
    if (this.#anchor === -1) this.#anchor = Math.max(this.#active, 0);
    this.#active = index;
    const [first, last] = [Math.min(this.#anchor, index), Math.max(this.#anchor, index)];
    this.#chosen = Array.from({ length: last - first + 1 }, (_none, at) => first + at);
  }

  all(count: number): void {
    this.#chosen = Array.from({ length: count }, (_none, index) => index);
  }

  clear(): void {
    this.#chosen = [];
    this.#anchor = this.#active;
  }
}
