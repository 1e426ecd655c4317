/** Runs in the page. Pure: breaks a stretch of items into rows of one width. All lengths are CSS px. */

export interface RowShape {
  /** Width of a full row. */
  width: number;
  /** Height of the pictures that rows come near to. */
  target: number;
  gap: number;
  /** What follows the pictures of each row: caption and space. */
  below: number;
}

/** The rows of a stretch, in order. */
export interface RowTable {
  count: number;
  /** First item of each row. */
  first: Uint32Array;
  /** Top edge of each row, from the top of the stretch; whole px. */
  top: Float64Array;
  /** Exact height of the pictures of each row, before rounding. */
  height: Float64Array;
  /** Of the whole stretch, with what follows its last row. */
  totalHeight: number;
  mostCells: number;
}

/** Rows at the end of a stretch over which what is left over is spread. */
const spreadRows = 4;

interface Run {
  first: number[];
  height: number[];
}

/**
 * Rows of the items from `first` to before `end`. Where more items follow (`isOpen` is false) every row is
 * full; at the end of the list the last row keeps the target height and may end early.
 */
export function breakRows(
  first: number,
  end: number,
  ratioAt: (index: number) => number,
  shape: RowShape,
  isOpen: boolean,
): RowTable {
  const run: Run = { first: [], height: [] };
  const rest = fillRows(run, first, end, ratioAt, shape);
  if (rest < end) {
    if (isOpen) {
      run.first.push(rest);
      run.height.push(shape.target);
    } else spreadOut(run, rest, end, ratioAt, shape);
  }
  return tableOf(run, end, shape);
}

/** Fills row after row, each as near to the target height as it comes; returns the first item left over. */
function fillRows(
  run: Run,
  first: number,
  end: number,
  ratioAt: (index: number) => number,
  { width, target, gap }: RowShape,
): number {
  let start = first;
  let sum = 0;
  for (let index = first; index < end; index += 1) {
    const gaps = (index - start) * gap;
    const next = sum + ratioAt(index);
    if (next * target + gaps < width) {
      sum = next;
      continue;
    }
    const withIt = (width - gaps) / next;
    const without = index === start ? Infinity : (width - gaps + gap) / sum;
    const takesIt = Math.abs(withIt - target) <= Math.abs(without - target);
    run.first.push(start);
    run.height.push(takesIt ? withIt : without);
    start = takesIt ? index + 1 : index;
    sum = 0;
    // The item that did not fit begins the next row.
    if (!takesIt) index -= 1;
  }
  return start;
}

/**
 * Breaks the last rows and what is left over anew, all of them full: of all ways, that in which heights are nearest
 * to the target, each as a ratio to it, least squares.
 */
function spreadOut(
  run: Run,
  rest: number,
  end: number,
  ratioAt: (index: number) => number,
  { width, target, gap }: RowShape,
): void {
  const kept = Math.max(0, run.first.length - spreadRows);
  const from = run.first[kept] ?? rest;
  run.first.length = kept;
  run.height.length = kept;
  const count = end - from;
  /** The least cost of full rows that end before each item, and where the last of those rows starts. */
  const cost = new Float64Array(count + 1).fill(Infinity);
  const start = new Uint32Array(count + 1);
  const height = new Float64Array(count + 1);
  cost[0] = 0;
  for (let stop = 1; stop <= count; stop += 1) {
    let sum = 0;
    for (let first = stop - 1; first >= 0; first -= 1) {
      sum += ratioAt(from + first);
      const rowHeight = (width - (stop - first - 1) * gap) / sum;
      const off = Math.log(Math.max(rowHeight, 1) / target);
      const whole = (cost[first] ?? Infinity) + off * off;
      if (whole < (cost[stop] ?? Infinity)) {
        cost[stop] = whole;
        start[stop] = first;
        height[stop] = rowHeight;
      }
      if (rowHeight < target / 2) break;
    }
  }
  const rows: { first: number; height: number }[] = [];
  for (let stop = count; stop > 0; stop = start[stop] ?? 0) {
    rows.push({ first: from + (start[stop] ?? 0), height: height[stop] ?? target });
  }
  for (const row of rows.toReversed()) {
    run.first.push(row.first);
    run.height.push(row.height);
  }
}

function tableOf({ first, height }: Run, end: number, { below }: RowShape): RowTable {
  const top = new Float64Array(first.length);
  let y = 0;
  let mostCells = 0;
  for (let row = 0; row < first.length; row += 1) {
    top[row] = y;
    y += Math.round(height[row] ?? 0) + below;
    mostCells = Math.max(mostCells, (first[row + 1] ?? end) - (first[row] ?? end));
  }
  return {
    count: first.length,
    first: Uint32Array.from(first),
    top,
    height: Float64Array.from(height),
    totalHeight: y,
    mostCells,
  };
}
