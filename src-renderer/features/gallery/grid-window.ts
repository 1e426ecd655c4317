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
  /** First and last row that the lead reaches. */
  firstWanted: number;
  lastWanted: number;
  /** A row that has to stay whatever is seen: the one with the focus. */
  pinned: number | null;
  /** Rows beyond the seen ones that may come new in one frame. */
  mostNew: number;
  sizeOf(row: number): number;
  isDrawn(row: number): boolean;
}

/** Rows to draw, ascending; `isWhole` is false while some that are wanted wait for the next frame. */
export function rowsToDraw(request: WindowRequest): { rows: number[]; isWhole: boolean } {
  const { firstSeen, lastSeen, firstWanted, lastWanted, pinned, sizeOf, isDrawn } = request;
  const rows: number[] = [];
  let seen = 0;
  for (let row = firstSeen; row <= lastSeen; row += 1) {
    rows.push(row);
    seen += sizeOf(row);
  }
  const isPinnedFar = pinned !== null && (pinned < firstSeen || pinned > lastSeen);
  let room = seen * (mostElements - 1) - (isPinnedFar ? sizeOf(pinned) : 0);
  let fresh = 0;
  let isWhole = true;
  const take = (row: number): boolean => {
    const size = row === pinned ? 0 : sizeOf(row);
    if (size > room) return false;
    if (!isDrawn(row)) {
      if (fresh === request.mostNew) {
        isWhole = false;
        return false;
      }
      fresh += 1;
    }
    room -= size;
    return true;
  };
  let above = firstSeen - 1;
  let below = lastSeen + 1;
  let [isAboveOpen, isBelowOpen] = [above >= firstWanted, below <= lastWanted];
  while (isAboveOpen || isBelowOpen) {
    // Where more is wanted comes first: that is where one is going.
    const takesBelow = isBelowOpen && (!isAboveOpen || lastWanted - below >= above - firstWanted);
    if (takesBelow) {
      isBelowOpen = take(below);
      if (isBelowOpen) rows.push(below);
      below += 1;
      isBelowOpen &&= below <= lastWanted;
    } else {
      isAboveOpen = take(above);
      if (isAboveOpen) rows.unshift(above);
      above -= 1;
      isAboveOpen &&= above >= firstWanted;
    }
  }
  if (pinned !== null && pinned < (rows[0] ?? 0)) rows.unshift(pinned);
  else if (pinned !== null && pinned > (rows.at(-1) ?? 0)) rows.push(pinned);
  return { rows, isWhole };
}
