/**
 * Runs in plain Node. How many products to ask for at once: fewer after a 504, more again after a while, and never
 * so many that reading one page holds the main thread up.
 */

export interface PageSizeOptions {
  first?: number;
  most?: number;
}

/** Below this a 504 is not the page's fault. */
const least = 10;
/** About 25 ms of reading. */
const comfortableBytes = 2 * 1024 * 1024;
/** Answers in a row before a larger page is tried. */
const answersToGrow = 8;

export class PageSize {
  #size: number;
  #answers = 0;
  readonly #most: number;

  constructor({ first = 250, most = 500 }: PageSizeOptions = {}) {
    this.#most = Math.max(1, most);
    this.#size = Math.min(first, this.#most);
  }

  get now(): number {
    return this.#size;
  }

  /** The registry took too long over a page. */
  tooLarge(): void {
    this.#answers = 0;
    this.#size = Math.min(this.#size, Math.max(least, Math.floor(this.#size / 2)));
  }

  /** A page came, of so many bytes. */
  answered(bytes: number): void {
    this.#answers += 1;
    if (bytes > comfortableBytes) this.#size = Math.max(least, Math.floor(this.#size / 2));
    else if (this.#answers >= answersToGrow && bytes * 2 <= comfortableBytes) {
      this.#answers = 0;
      this.#size = Math.min(this.#most, this.#size * 2);
    }
  }
}
