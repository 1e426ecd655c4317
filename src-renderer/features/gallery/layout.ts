/**
 * Runs in the page. Pure: the measures of the gallery and what every layout of it can say. All lengths are CSS px.
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
  return Number.isFinite(ratio) && ratio > 0 ? clampRatio(ratio) : unknownRatio;
}

/** A ratio within what is drawn: a panorama is cut, and so is a strip. */
export function clampRatio(ratio: number): number {
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
  /** Most cells that any row holds, as far as rows are known. */
  readonly columnCount: number;
  /** Height of everything, padding included. */
  readonly height: number;
  /** False while rows far from what was looked at are only estimated; `refine` works on that. */
  readonly isExact: boolean;
  /** Rises whenever rows may have other numbers or places than before. */
  readonly version: number;
  /** There are so many items now, and those from `from` on may have other ratios. */
  update(count: number, from: number): void;
  /** Lays out what is estimated, in steps well under 1 ms, for as long as there is time. */
  refine(isTimeLeft: () => boolean): void;
  /**
   * Lays out everything from `above` px above a height to `below` px below it; returns where that place
   * is now, since what was only estimated may have been higher or lower.
   */
  expose(y: number, above: number, below: number): number;
  /** Lays out the rows around an item, as `expose` does around a height. */
  exposeItem(index: number, above: number, below: number): void;
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

/** Index of the last of the first `length` ascending values that is not above `wanted`; 0 if none is. */
export function lastNotAbove(
  values: Uint32Array | Float64Array,
  length: number,
  wanted: number,
): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
