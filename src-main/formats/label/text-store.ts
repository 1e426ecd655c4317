/**
 * Runs in plain Node, in the labels' worker. All texts and attribute values of a label, one behind the other in
 * strings of some thousand characters, so that a million values cost no million objects.
 */

/** UTF-16 units of a string that is closed. */
const blockUnits = 16 * 1024;
/** Parts values: XML cannot hold it, so no search finds words across two values. */
const partition = '\0';
/** Indentations are few, so each is stored once: the last of every length, up to this one. */
const blankUnits = 200;

export class TextStore {
  readonly #blocks: string[] = [];
  /** Where each block begins, in units from the beginning of all. */
  readonly #starts: number[] = [];
  #open: string[] = [];
  #openStart = 0;
  #length = 0;
  #last = 0;
  readonly #blanks: ({ text: string; start: number } | undefined)[] = [];

  /** Stores a text; where it begins. */
  add(text: string): number {
    const start = this.#length;
    this.#open.push(text);
    this.#length += text.length + 1;
    if (this.#length - this.#openStart >= blockUnits) this.#seal();
    return start;
  }

  /** Stores a text that is not searched, as white space. */
  addUnsearched(text: string): number {
    const known = this.#blanks[text.length];
    if (known?.text === text) return known.start;
    const start = this.add(text);
    if (text.length <= blankUnits) this.#blanks[text.length] = { text, start };
    return start;
  }

  read(start: number, length: number): string {
    if (length === 0) return '';
    if (start >= this.#openStart) this.#seal();
    const block = this.#blockAt(start);
    const from = start - (this.#starts[block] ?? 0);
    return (this.#blocks[block] ?? '').slice(from, from + length);
  }

  /** Every stored text, in strings with the place where each begins. */
  blocks(): { start: number; text: string }[] {
    this.#seal();
    return this.#blocks.map((text, at) => ({ start: this.#starts[at] ?? 0, text }));
  }

  #seal(): void {
    if (this.#open.length === 0) return;
    this.#open.push('');
    this.#blocks.push(this.#open.join(partition));
    this.#starts.push(this.#openStart);
    this.#open = [];
    this.#openStart = this.#length;
  }

  #blockAt(start: number): number {
    const last = this.#last;
    if (start >= (this.#starts[last] ?? 0) && start < (this.#starts[last + 1] ?? this.#length)) {
      return last;
    }
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= start) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low;
  }
}
