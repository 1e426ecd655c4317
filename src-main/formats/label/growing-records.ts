/**
 * Runs in plain Node. Records of a few whole numbers each, in pages: a million records of five numbers cost 20 MB,
 * where as many objects would cost a hundred, and nothing is copied as they grow.
 */

/** Records of a page, as a power of two. */
const pageBits = 14;
const pageRecords = 1 << pageBits;
const inPage = pageRecords - 1;

export class GrowingRecords {
  readonly #width: number;
  readonly #pages: Uint32Array[] = [];
  #last = new Uint32Array(0);
  #length = 0;

  /** `width`: numbers of a record, at most five. */
  constructor(width: number) {
    this.#width = width;
  }

  /** Records so far. */
  get length(): number {
    return this.#length;
  }

  /** Adds a record; its place. */
  push(a: number, b: number, c: number, d: number, e = 0): number {
    const record = this.#length;
    const at = (record & inPage) * this.#width;
    if (at === 0) this.#turnPage();
    const page = this.#last;
    page[at] = a;
    page[at + 1] = b;
    page[at + 2] = c;
    page[at + 3] = d;
    // Beyond a record of four lies the next one, which is written later, or the end of the page.
    page[at + 4] = e;
    this.#length = record + 1;
    return record;
  }

  /** A number of a record; 0 beyond the end: callers know their bounds. */
  get(record: number, field: number): number {
    return this.#pages[record >>> pageBits]?.[(record & inPage) * this.#width + field] ?? 0;
  }

  set(record: number, field: number, value: number): void {
    const page = this.#pages[record >>> pageBits];
    if (page !== undefined) page[(record & inPage) * this.#width + field] = value;
  }

  /** The last record whose number is not above this one, where they never fall; -1 where there is none. */
  lastNotAbove(field: number, value: number): number {
    let low = -1;
    let high = this.#length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.get(middle, field) <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #turnPage(): void {
    this.#last = new Uint32Array(pageRecords * this.#width);
    this.#pages.push(this.#last);
  }
}
