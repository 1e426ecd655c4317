/** Runs in the page. The rows of a long list that are drawn, and where; heights are learned as rows are seen. */
import { RowLayout } from './row-layout.ts';

/** Px drawn beyond what is seen, to each side. */
const beyond = 240;
/** Px free above the first row and below the last. */
const edge = 8;

export class VirtualRows {
  #layout = new RowLayout(0, () => 0);
  /** Rises with every change of the layout. */
  #revision = $state(0);
  #top = $state(0);
  #height = $state(0);

  /** Indexes to draw, from `first` up to and without `end`. */
  readonly range = $derived.by(() => {
    void this.#revision;
    if (this.#layout.count === 0) return { first: 0, end: 0 };
    return {
      first: this.#layout.indexAt(this.#top - edge - beyond),
      end: this.#layout.indexAt(this.#top - edge + this.#height + beyond) + 1,
    };
  });

  readonly total = $derived.by(() => {
    void this.#revision;
    return this.#layout.total + 2 * edge;
  });

  get viewHeight(): number {
    return this.#height;
  }

  reset(count: number, estimate: (index: number) => number): void {
    this.#layout = new RowLayout(count, estimate);
    this.#revision += 1;
  }

  look(top: number, height: number): void {
    this.#top = top;
    this.#height = height;
  }

  offsetOf(index: number): number {
    void this.#revision;
    return this.#layout.offsetOf(index) + edge;
  }

  heightOf(index: number): number {
    return this.#layout.heightOf(index);
  }

  indexAt(offset: number): number {
    return this.#layout.indexAt(offset - edge);
  }

  /** Takes measured heights. Returns by how much to scroll so that the first row in sight stays in its place. */
  measure(rows: readonly { index: number; height: number }[]): number {
    const anchor = this.#layout.indexAt(this.#top - edge);
    const before = this.#layout.offsetOf(anchor);
    let isChanged = false;
    for (const { index, height } of rows) {
      if (this.#layout.measure(index, height)) isChanged = true;
    }
    if (!isChanged) return 0;
    this.#revision += 1;
    return this.#layout.offsetOf(anchor) - before;
  }

  /**
   * Where to scroll so that a row is in sight. `calm`: only when it is not in the middle of what is seen,
   * then somewhat above the middle, as one reads on.
   */
  placeFor(index: number, how: 'nearest' | 'calm'): number {
    const top = this.#layout.offsetOf(index) + edge;
    const height = this.#layout.heightOf(index);
    const last = Math.max(0, this.#layout.total + 2 * edge - this.#height);
    const within = (place: number) => Math.min(Math.max(place, 0), last);
    if (how === 'nearest') {
      const margin = Math.min(24, this.#height / 8);
      if (top - margin < this.#top) return within(top - margin);
      const bottom = top + height + margin;
      return bottom > this.#top + this.#height ? within(bottom - this.#height) : this.#top;
    }
    const middle = top + height / 2 - this.#top;
    const isCalm = middle > this.#height * 0.2 && middle < this.#height * 0.7;
    return isCalm ? this.#top : within(top + height / 2 - this.#height * 0.4);
  }
}
