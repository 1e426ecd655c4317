/** Runs in the page. Pure: which rows of a grid stand in the document. */

/** Items in the document for each one that is seen, at most. */
const mostElements = 3;

/** What is drawn beside what is seen, in heights of the view. */
export interface Lead {
  above: number;
  below: number;
}

/** At rest: the next row or so, whose pictures are there when the first wheel turn comes. */
export const leadAtRest: Lead = { above: 0.15, below: 0.25 };

/** On the way: most of what the room for elements gives, where one is going. */
export function leadTowards(direction: number): Lead {
  return direction < 0 ? { above: 1.2, below: 0.2 } : { above: 0.2, below: 1.2 };
}

export interface WindowRequest {
  firstSeen: number;
  lastSeen: number;
  /** True for a row of which more than an edge is in the view: only such rows make room for others. */
  isInView(row: number): boolean;
  /** First and last row that the lead reaches. */
  firstWanted: number;
  lastWanted: number;
  /** A row that has to stay whatever is seen: the one with the focus. */
  pinned: number | null;
  /** Items that come new in one frame beyond the rows in sight, at least one: so no frame has much to do. */
  mostNew: number;
  /** Items of a row, and how many of them stand in the document already. */
  sizeOf(row: number): number;
  drawnOf(row: number): number;
}

/** A row to draw, with so many of its items from the left. */
export interface WindowRow {
  row: number;
  size: number;
}

/** Rows to draw, ascending; `isWhole` is false while some that are wanted wait for the next frame. */
export function rowsToDraw(request: WindowRequest): { rows: WindowRow[]; isWhole: boolean } {
  const { firstSeen, lastSeen, firstWanted, lastWanted, pinned, sizeOf, drawnOf } = request;
  const rows: WindowRow[] = [];
  let seen = 0;
  let peeking = 0;
  for (let row = firstSeen; row <= lastSeen; row += 1) {
    const size = sizeOf(row);
    rows.push({ row, size });
    if (request.isInView(row)) seen += size;
    else peeking += size;
  }
  const isPinnedFar = pinned !== null && (pinned < firstSeen || pinned > lastSeen);
  let room = seen * (mostElements - 1) - peeking - (isPinnedFar ? sizeOf(pinned) : 0);
  let fresh = request.mostNew;
  let isWhole = true;
  /** As much of a row as there is room and time for; null when there is none. */
  const take = (row: number): WindowRow | null => {
    const size = sizeOf(row);
    if (row !== pinned && size > room) return null;
    const drawn = Math.min(size, drawnOf(row));
    const taken = Math.min(size, drawn + fresh);
    if (taken < size) isWhole = false;
    if (taken === 0) return null;
    fresh -= taken - drawn;
    if (row !== pinned) room -= size;
    return { row, size: taken };
  };
  let above = firstSeen - 1;
  let below = lastSeen + 1;
  let [isAboveOpen, isBelowOpen] = [above >= firstWanted, below <= lastWanted];
  while (isAboveOpen || isBelowOpen) {
    // Where more is wanted comes first: that is where one is going.
    const isBelow = isBelowOpen && (!isAboveOpen || lastWanted - below >= above - firstWanted);
    const taken = take(isBelow ? below : above);
    if (isBelow) {
      if (taken !== null) rows.push(taken);
      below += 1;
      isBelowOpen = taken !== null && below <= lastWanted;
    } else {
      if (taken !== null) rows.unshift(taken);
      above -= 1;
      isAboveOpen = taken !== null && above >= firstWanted;
    }
  }
  if (pinned !== null && pinned < (rows[0]?.row ?? 0)) {
    rows.unshift({ row: pinned, size: sizeOf(pinned) });
  } else if (pinned !== null && pinned > (rows.at(-1)?.row ?? 0)) {
    rows.push({ row: pinned, size: sizeOf(pinned) });
  }
  return { rows, isWhole };
}
