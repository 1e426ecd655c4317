/**
 * Runs in the page. Pure geometry of the gallery: no DOM, no Svelte.
 * All lengths are CSS px. Rows are kept in typed arrays, so that a million items stay cheap: a full
 * layout is one pass, and rows already laid out are not touched when a page is appended.
 */

export interface GridMetrics {
  /** Height of the pictures in a justified row before it is fitted to the width. */
  target: number;
  /** Smallest edge of a square tile. */
  square: number;
  gap: number;
  /** Line of text below a picture. */
  caption: number;
  /** Space below the caption. */
  below: number;
  /** Space around everything. */
  padding: number;
}

/** Measures of look.md at a root font size of 16 px. */
const measuresAt16: GridMetrics = {
  target: 158,
  square: 148,
  gap: 10,
  caption: 22,
  below: 10,
  padding: 14,
};

/** The measures at a text zoom; 1 is 100 %. */
export function metricsAt(scale: number): GridMetrics {
  const at = (px: number) => Math.max(1, Math.round(px * scale));
  return {
    target: at(measuresAt16.target),
    square: at(measuresAt16.square),
    gap: at(measuresAt16.gap),
    caption: at(measuresAt16.caption),
    below: at(measuresAt16.below),
    padding: at(measuresAt16.padding),
  };
}

const narrowestRatio = 0.5;
const widestRatio = 2.6;

/** Ratio of a picture whose size the listing does not give. */
export const unknownRatio = 4 / 3;

/** Width by height as the grid draws it; sizes that make no sense count as unknown. */
export function ratioOf(width: number | null, height: number | null): number {
  if (width === null || height === null) return unknownRatio;
  const ratio = width / height;
  if (!Number.isFinite(ratio) || ratio <= 0) return unknownRatio;
  return Math.min(widestRatio, Math.max(narrowestRatio, ratio));
}

/** Ratios of items that are not loaded yet: varied, so that a skeleton looks like what will come. */
const skeletonRatios = [1.5, 1.2, 1.42, 1, 1.4, 1.4, 0.72, 1.4, 1, 1.68, 1.2, 1];

export function skeletonRatio(index: number): number {
  return skeletonRatios[index % skeletonRatios.length] ?? unknownRatio;
}

export interface GridCell {
  index: number;
  /** Left edge, from the left edge of the grid. */
  x: number;
  width: number;
}

export interface GridRow {
  row: number;
  first: number;
  /** From the top of everything, in virtual px. */
  top: number;
  /** Height of the pictures; caption and space follow. */
  height: number;
  cells: GridCell[];
}

export interface GridLayout {
  readonly metrics: GridMetrics;
  readonly count: number;
  readonly rowCount: number;
  /** Most cells that any row holds. */
  readonly columnCount: number;
  /** Height of everything, padding included. */
  readonly height: number;
  /** Reads the items from `from` on again; those before it are as they were. */
  update(count: number, from: number, ratioAt: (index: number) => number): void;
  /** Row that holds an item. */
  rowOf(index: number): number;
  /** Row at a height; the nearest one where there is none. */
  rowAt(y: number): number;
  row(row: number): GridRow;
}

/** The item of a row whose centre is nearest to `x`. */
export function itemBeside(row: GridRow, x: number): number {
  let best = row.first;
  let bestDistance = Infinity;
  for (const cell of row.cells) {
    const distance = Math.abs(cell.x + cell.width / 2 - x);
    if (distance < bestDistance) {
      best = cell.index;
      bestDistance = distance;
    }
  }
  return best;
}

function grown<T extends Float32Array | Float64Array | Uint32Array>(
  from: T,
  length: number,
  make: (length: number) => T,
): T {
  if (from.length >= length) return from;
  const bigger = make(Math.max(length, from.length * 2, 256));
  bigger.set(from);
  return bigger;
}

/** Rows of pictures in their own ratios, each row as wide as the view. */
export class JustifiedLayout implements GridLayout {
  readonly metrics: GridMetrics;
  readonly #width: number;
  #count = 0;
  #rowCount = 0;
  #columnCount = 0;
  #height = 0;
  #ratios = new Float32Array(0);
  #rowFirst = new Uint32Array(0);
  #rowTop = new Float64Array(0);
  /** Exact height of the pictures before rounding. */
  #rowHeight = new Float64Array(0);

  /** `width` is that between the paddings. */
  constructor(width: number, metrics: GridMetrics) {
    this.metrics = metrics;
    this.#width = Math.max(metrics.target, Math.floor(width));
    this.#height = metrics.padding * 2;
  }

  get count(): number {
    return this.#count;
  }
  get rowCount(): number {
    return this.#rowCount;
  }
  get columnCount(): number {
    return this.#columnCount;
  }
  get height(): number {
    return this.#height;
  }

  update(count: number, from: number, ratioAt: (index: number) => number): void {
    const start = Math.min(from, count);
    this.#ratios = grown(this.#ratios, count, (length) => new Float32Array(length));
    for (let index = start; index < count; index += 1) this.#ratios[index] = ratioAt(index);
    // The row before may have been closed because of the item that followed it.
    const fromRow = this.#rowCount === 0 ? 0 : this.rowOf(Math.max(0, start - 1));
    this.#count = count;
    this.#build(fromRow);
  }

  #build(fromRow: number): void {
    const { padding, caption, below } = this.metrics;
    let first = fromRow === 0 ? 0 : (this.#rowFirst[fromRow] ?? 0);
    let top = fromRow === 0 ? padding : (this.#rowTop[fromRow] ?? padding);
    if (fromRow === 0) this.#columnCount = 0;
    this.#rowCount = fromRow;
    while (first < this.#count) {
      const { end, height } = this.#fit(first);
      this.#push(first, top, height);
      this.#columnCount = Math.max(this.#columnCount, end - first);
      top += Math.round(height) + caption + below;
      first = end;
    }
    // The space below the last caption gives way to the padding.
    this.#height = this.#rowCount === 0 ? padding * 2 : top - below + padding;
  }

  /** Where the row that starts at `first` ends, and how high it is so that it fills the width. */
  #fit(first: number): { end: number; height: number } {
    const { target, gap } = this.metrics;
    const ratios = this.#ratios;
    let sum = 0;
    for (let end = first; end < this.#count; end += 1) {
      const gaps = (end - first) * gap;
      const next = sum + (ratios[end] ?? unknownRatio);
      if (next * target + gaps >= this.#width) {
        const withIt = (this.#width - gaps) / next;
        const without = end === first ? Infinity : (this.#width - gaps + gap) / sum;
        return Math.abs(withIt - target) <= Math.abs(without - target)
          ? { end: end + 1, height: withIt }
          : { end, height: without };
      }
      sum = next;
    }
    return { end: this.#count, height: target };
  }

  #push(first: number, top: number, height: number): void {
    const row = this.#rowCount;
    this.#rowFirst = grown(this.#rowFirst, row + 1, (length) => new Uint32Array(length));
    this.#rowTop = grown(this.#rowTop, row + 1, (length) => new Float64Array(length));
    this.#rowHeight = grown(this.#rowHeight, row + 1, (length) => new Float64Array(length));
    this.#rowFirst[row] = first;
    this.#rowTop[row] = top;
    this.#rowHeight[row] = height;
    this.#rowCount = row + 1;
  }

  rowOf(index: number): number {
    return lastNotAbove(this.#rowFirst, this.#rowCount, index);
  }

  rowAt(y: number): number {
    return lastNotAbove(this.#rowTop, this.#rowCount, y);
  }

  row(row: number): GridRow {
    const first = this.#rowFirst[row] ?? 0;
    const isLast = row === this.#rowCount - 1;
    const end = isLast ? this.#count : (this.#rowFirst[row + 1] ?? this.#count);
    const height = this.#rowHeight[row] ?? this.metrics.target;
    const { gap, padding } = this.metrics;
    const cells: GridCell[] = [];
    let x = padding;
    let exact = 0;
    let drawn = 0;
    for (let index = first; index < end; index += 1) {
      exact += (this.#ratios[index] ?? unknownRatio) * height;
      // Edges fall on whole px and gaps stay even; the rounding is never carried on.
      const width = Math.round(exact) - drawn;
      cells.push({ index, x, width });
      drawn += width;
      x += width + gap;
    }
    return { row, first, top: this.#rowTop[row] ?? 0, height: Math.round(height), cells };
  }
}

/** Equal tiles, as many as fit. */
export class SquareLayout implements GridLayout {
  readonly metrics: GridMetrics;
  readonly columnCount: number;
  readonly #width: number;
  readonly #side: number;
  #count = 0;

  constructor(width: number, metrics: GridMetrics) {
    const { square, gap } = metrics;
    this.metrics = metrics;
    this.#width = Math.max(square, Math.floor(width));
    this.columnCount = Math.max(1, Math.floor((this.#width + gap) / (square + gap)));
    this.#side = (this.#width - (this.columnCount - 1) * gap) / this.columnCount;
  }

  get count(): number {
    return this.#count;
  }
  get rowCount(): number {
    return Math.ceil(this.#count / this.columnCount);
  }
  get height(): number {
    const { padding, below } = this.metrics;
    if (this.#count === 0) return padding * 2;
    return padding * 2 - below + this.rowCount * this.#rowHeight;
  }

  get #rowHeight(): number {
    return Math.round(this.#side) + this.metrics.caption + this.metrics.below;
  }

  update(count: number): void {
    this.#count = count;
  }

  rowOf(index: number): number {
    return Math.max(0, Math.min(this.rowCount - 1, Math.floor(index / this.columnCount)));
  }

  rowAt(y: number): number {
    const row = Math.floor((y - this.metrics.padding) / this.#rowHeight);
    return Math.max(0, Math.min(this.rowCount - 1, row));
  }

  row(row: number): GridRow {
    const { gap, padding } = this.metrics;
    const first = row * this.columnCount;
    const cells: GridCell[] = [];
    for (let column = 0; column < this.columnCount && first + column < this.#count; column += 1) {
      const left = Math.round(column * this.#side);
      const right = Math.round((column + 1) * this.#side);
      cells.push({ index: first + column, x: padding + left + column * gap, width: right - left });
    }
    const top = padding + row * this.#rowHeight;
    return { row, first, top, height: Math.round(this.#side), cells };
  }
}

/** Index of the last of the first `length` ascending values that is not above `wanted`; 0 if none is. */
function lastNotAbove(values: Uint32Array | Float64Array, length: number, wanted: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
