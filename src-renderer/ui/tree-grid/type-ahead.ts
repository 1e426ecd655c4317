/** Runs in the page. Pure: letters typed one after the other as the start of a title. */

/** A pause of this long begins a new word. */
const pauseMs = 800;

export interface TypedStart {
  start: string;
  /** One letter, or the same one again and again: goes on to the next row that starts with it. */
  isNext: boolean;
}

export class TypeAhead {
  #typed = '';
  #atMs = -Infinity;

  /** True while a further letter would go on with the word. */
  isOpen(nowMs: number): boolean {
    return this.#typed !== '' && nowMs - this.#atMs <= pauseMs;
  }

  /** Takes a key (`KeyboardEvent.key`); null when it writes nothing that a title could start with. */
  press(key: string, nowMs: number): TypedStart | null {
    const isOpen = this.isOpen(nowMs);
    const letters = [...key];
    const begins = /^[\p{L}\p{N}]$/u.test(key);
    const goesOn = isOpen && letters.length === 1 && /^[^\p{Cc}\p{Cs}]$/u.test(key);
    if (!begins && !goesOn) return null;
    this.#typed = isOpen ? this.#typed + key : key;
    this.#atMs = nowMs;
    const [first = ''] = [...this.#typed];
    const isRepeated = [...this.#typed].every((letter) => letter === first);
    return isRepeated ? { start: first, isNext: true } : { start: this.#typed, isNext: false };
  }
}
