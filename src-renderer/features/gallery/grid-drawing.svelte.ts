/** Runs in the page. The rows of a grid that stand in the document, and which items are seen. */
import type { VirtualScroll } from '../../lib/virtual-scroll.ts';
import { rowsToDraw, type Lead } from './grid-window.ts';
import type { IndexRange } from '../../lib/index-ranges.ts';
import type { GridLayout, GridRow } from './layout.ts';

export interface DrawnRow extends GridRow {
  /** Top edge in the scrolled element. */
  y: number;
}

/** The part of a row that comes new in one frame beyond the rows in sight. */
const newShareAFrame = 0.4;

/** px by which a row has to reach into the view to count as seen. */
const edgePx = 4;

export interface DrawingRequest {
  layout: GridLayout;
  scroll: VirtualScroll;
  /** Of the view. */
  height: number;
  lead: Lead;
  /** The item the keyboard is at, and whether the focus is on it: then it stays in the document. */
  current: number | null;
  hasFocus: boolean;
}

export class GridDrawing {
  #rows = $state.raw<readonly DrawnRow[]>([]);
  #visible = $state.raw<IndexRange | null>(null);
  #tabStop = $state(0);
  #wantsFrame = $state(false);

  /** In order. */
  get rows(): readonly DrawnRow[] {
    return this.#rows;
  }
  /** First and last item of the rows that are at least partly seen. */
  get visible(): IndexRange | null {
    return this.#visible;
  }
  /** The one item that Tab reaches. */
  get tabStop(): number {
    return this.#tabStop;
  }
  /** True while rows wait to be drawn ahead. */
  get wantsFrame(): boolean {
    return this.#wantsFrame;
  }

  clear(): void {
    this.#rows = [];
    this.#visible = null;
    this.#tabStop = 0;
    this.#wantsFrame = false;
  }

  draw({ layout, scroll, height, lead, current, hasFocus }: DrawingRequest): void {
    const { offset, base } = scroll;
    // Only for the time of this call.
    // eslint-disable-next-line svelte/prefer-svelte-reactivity
    const before = new Map(this.#rows.map((row) => [row.row, row]));
    const firstSeen = layout.rowAt(offset);
    const lastSeen = layout.rowAt(offset + height - 1);
    const { rows, isWhole } = rowsToDraw({
      firstSeen,
      lastSeen,
      isInView: (row) => {
        const { top, height: tall } = layout.row(row);
        const bottom = top + tall + layout.metrics.caption;
        return bottom > offset + edgePx && top < offset + height - edgePx;
      },
      firstWanted: layout.rowAt(offset - lead.above * height),
      lastWanted: layout.rowAt(offset + (1 + lead.below) * height),
      pinned: hasFocus && current !== null ? layout.rowOf(current) : null,
      mostNew: Math.ceil(layout.row(firstSeen).cells.length * newShareAFrame),
      sizeOf: (row) => layout.row(row).cells.length,
      drawnOf: (row) => before.get(row)?.cells.length ?? 0,
    });
    this.#wantsFrame = !isWhole;
    // Looking at an estimated row lays it out, which may leave fewer rows than there seemed to be.
    const there = rows.filter(({ row }) => layout.row(row).cells.length > 0);
    this.#take(there.map((one) => keep(layout.row(one.row), one.size, base, before.get(one.row))));
    this.#see(layout.row(firstSeen), layout.row(lastSeen));
    // The first row that starts inside the view, so that Tab never scrolls.
    const top = layout.row(firstSeen);
    const whole = top.top < offset && lastSeen > firstSeen ? layout.row(firstSeen + 1) : top;
    this.#tabStop = current !== null && this.#has(current) ? current : whole.first;
  }

  #take(rows: readonly DrawnRow[]): void {
    const before = this.#rows;
    const isSame = rows.length === before.length && rows.every((row, at) => row === before[at]);
    if (!isSame) this.#rows = rows;
  }

  #see(firstRow: GridRow, lastRow: GridRow): void {
    const first = firstRow.first;
    const last = lastRow.cells.at(-1)?.index ?? first;
    const before = this.#visible;
    if (before?.first !== first || before.last !== last) this.#visible = { first, last };
  }

  #has(index: number): boolean {
    return this.#rows.some((row) => index >= row.first && index <= lastOf(row));
  }
}

function lastOf(row: GridRow): number {
  return row.cells.at(-1)?.index ?? row.first;
}

/** The same object for a row that did not change, so that nothing is drawn again. */
function keep(whole: GridRow, size: number, base: number, before: DrawnRow | undefined): DrawnRow {
  const y = whole.top - base;
  const fresh =
    size === whole.cells.length ? whole : { ...whole, cells: whole.cells.slice(0, size) };
  return before !== undefined && before.y === y && isSameRow(before, fresh)
    ? before
    : { ...fresh, y };
}

function isSameRow(a: GridRow, b: GridRow): boolean {
  const isSame = a.first === b.first && a.top === b.top && a.height === b.height;
  return (
    isSame &&
    a.cells.length === b.cells.length &&
    a.cells.every(({ x, width }, at) => x === b.cells[at]?.x && width === b.cells[at].width)
  );
}
