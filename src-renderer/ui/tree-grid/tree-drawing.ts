/** Runs in the page. Pure: which rows of a long list of even rows stand in the document. */

/** Rows in the document for each one that is seen, at most. */
const mostElements = 3;

/** Drawn beside what is seen: so many rows, and where one is going so many heights of the view. */
const restRows = 6;
const leadHeights = 0.7;

export interface RowWindow {
  first: number;
  last: number;
}

/** The rows at least partly seen; null where there are none. */
export function seenRows(
  offset: number,
  height: number,
  rowHeight: number,
  count: number,
): RowWindow | null {
  if (count === 0 || height <= 0 || rowHeight <= 0) return null;
  const within = (index: number): number => Math.min(count - 1, Math.max(0, index));
  return {
    first: within(Math.floor(offset / rowHeight)),
    last: within(Math.ceil((offset + height) / rowHeight) - 1),
  };
}

export interface DrawRequest {
  seen: RowWindow;
  /** Rows in all. */
  count: number;
  /** Where one is going. */
  direction: -1 | 0 | 1;
  /** A row that stays wherever it is: the one with the focus. */
  pinned: number | null;
  isDrawn(index: number): boolean;
}

/** Rows that come new in one frame: beyond those in sight only so many, so that no frame has much to do. */
const mostNew = 10;
const fewestNew = 3;

/** Indexes to draw, ascending; `isWhole` is false while some that are wanted wait for the next frame. */
export function rowsToDraw({ seen, count, direction, pinned, isDrawn }: DrawRequest): {
  rows: number[];
  isWhole: boolean;
} {
  const inSight = seen.last - seen.first + 1;
  const room = (mostElements - 1) * inSight - (pinned === null ? 0 : 1);
  const far = Math.ceil(inSight * leadHeights);
  const wantedBelow = direction > 0 ? far : restRows;
  const wantedAbove = direction < 0 ? far : restRows;
  const share = Math.min(1, room / (wantedAbove + wantedBelow));
  const top = Math.max(0, seen.first - Math.floor(wantedAbove * share));
  const bottom = Math.min(count - 1, seen.last + Math.floor(wantedBelow * share));
  let { first, last } = seen;
  let newInSight = 0;
  for (let at = first; at <= last; at += 1) if (!isDrawn(at)) newInSight += 1;
  let fresh = Math.max(fewestNew, mostNew - newInSight);
  /** As far as a frame goes to that side. */
  const reach = (from: number, to: number, step: 1 | -1): number => {
    let at = from;
    while (at !== to && (isDrawn(at + step) || fresh > 0)) {
      at += step;
      if (!isDrawn(at)) fresh -= 1;
    }
    return at;
  };
  if (direction < 0) first = reach(first, top, -1);
  last = reach(last, bottom, 1);
  if (direction >= 0) first = reach(first, top, -1);
  const isWhole = first === top && last === bottom;
  const rows = Array.from({ length: last - first + 1 }, (_none, at) => first + at);
  if (pinned === null || pinned >= count || (pinned >= first && pinned <= last))
    return { rows, isWhole };
  return { rows: pinned < first ? [pinned, ...rows] : [...rows, pinned], isWhole };
}
