/**
 * Runs in the page, pure. Where rows of unlike heights lie: estimated from their text until they were seen,
 * then as measured. For tens of thousands of rows: a measurement costs a sum over the rows after it.
 */
export class RowLayout {
  readonly #heights: Float32Array;
  readonly #offsets: Float64Array;
  /** Offsets before this row are right. */
  #rightUpTo = 0;

  constructor(count: number, estimate: (index: number) => number) {
    this.#heights = Float32Array.from({ length: count }, (_none, index) => estimate(index));
    this.#offsets = new Float64Array(count + 1);
  }

  get count(): number {
    return this.#heights.length;
  }

  get total(): number {
    this.#sum();
    return this.#offsets[this.count] ?? 0;
  }

  /** Px from the top of the first row to the top of this one. */
  offsetOf(index: number): number {
    this.#sum();
    return this.#offsets[Math.min(Math.max(index, 0), this.count)] ?? 0;
  }

  heightOf(index: number): number {
    return this.#heights[index] ?? 0;
  }

  /** The row at a place; the first or last one beyond the ends. */
  indexAt(offset: number): number {
    this.#sum();
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#offsets[middle + 1] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, Math.min(low, this.count - 1));
  }

  /** Takes a measured height; true when it is another than before. */
  measure(index: number, height: number): boolean {
    const known = this.#heights[index];
    if (known === undefined || Math.abs(known - height) < 0.5) return false;
    this.#heights[index] = height;
    this.#rightUpTo = Math.min(this.#rightUpTo, index);
    return true;
  }

  #sum(): void {
    if (this.#rightUpTo >= this.count) return;
    let offset = this.#offsets[this.#rightUpTo] ?? 0;
    for (let index = this.#rightUpTo; index < this.count; index += 1) {
      offset += this.#heights[index] ?? 0;
      this.#offsets[index + 1] = offset;
    }
    this.#rightUpTo = this.count;
  }
}

/** Rows of text: how high one is likely to be, in px. */
export function estimateHeight(
  text: string,
  {
    charsPerLine,
    lineHeight,
    padding,
  }: { charsPerLine: number; lineHeight: number; padding: number },
): number {
  let lines = 0;
  for (const line of text.split('\n')) lines += Math.max(1, Math.ceil(line.length / charsPerLine));
  return lines * lineHeight + padding;
}
