/** Runs in the page. Pure: the columns of a tree, and which of them there is room for. */

export interface TreeColumn {
  key: string;
  /** Its header, and how screen readers name it. */
  label: string;
  /** In rem; null for the one column that takes the room that is left: the first. */
  width: number | null;
  /** Of the room that is left, how much it takes for each 1 of the first column, once it is wider than `width`. */
  share?: number;
  align?: 'start' | 'end';
  /** Goes first where there is little room: 1 before 2. Without one it stays as long as the first column does. */
  priority?: number;
  /** Left out by the caller: for a narrow window. */
  isHidden?: boolean;
  /** Width of its bar in a row that is not loaded, in rem; none without. */
  skeleton?: number;
}

export interface PlacedColumn extends TreeColumn {
  /** From 1, over all columns, shown or not. */
  index: number;
}

/** rem that a title gets before others give way, room between columns, and room at both sides. */
const titleWidth = 14;
const gap = 1;
const sides = 2;

/** The columns that are shown in so much room (rem), in order. */
export function columnsFor(columns: readonly TreeColumn[], room: number): PlacedColumn[] {
  const placed = columns.map((column, at) => ({ ...column, index: at + 1 }));
  let shown = placed.filter(({ isHidden }) => isHidden !== true);
  const needed = (): number =>
    shown.reduce((sum, { width }) => sum + (width ?? titleWidth) + gap, sides - gap);
  while (shown.length > 1 && needed() > room) {
    const next = nextToGo(shown);
    if (next === undefined) break;
    shown = shown.filter((column) => column !== next);
  }
  return shown;
}

/** The one with the least priority, the last of equals; never the first column. */
function nextToGo(shown: readonly PlacedColumn[]): PlacedColumn | undefined {
  return shown
    .slice(1)
    .filter(({ priority }) => priority !== undefined)
    .sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0) || b.index - a.index)[0];
}

/** For `grid-template-columns`. */
export function trackList(shown: readonly TreeColumn[]): string {
  return shown
    .map(({ width, share }) => {
      if (width === null) return 'minmax(0, 1fr)';
      return share === undefined ? `${width}rem` : `minmax(${width}rem, ${share}fr)`;
    })
    .join(' ');
}
