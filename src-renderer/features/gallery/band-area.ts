/** Runs in the page. Pure: what a rectangle over a grid touches. */
import type { IndexRange } from '../../lib/index-ranges.ts';
import type { GridLayout } from './layout.ts';

/** A rectangle in the list's own px, not the view's. */
export interface BandArea {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Items whose picture or caption a rectangle touches, as ranges, ascending. */
export function itemsInArea(layout: GridLayout, area: BandArea): IndexRange[] {
  const ranges: IndexRange[] = [];
  const lastRow = layout.rowAt(area.bottom);
  for (let at = layout.rowAt(area.top); at <= lastRow; at += 1) {
    const row = layout.row(at);
    const bottom = row.top + row.height + layout.metrics.caption;
    if (row.top > area.bottom || bottom < area.top) continue;
    const hit = row.cells.filter(
      (cell) => cell.x <= area.right && cell.x + cell.width >= area.left,
    );
    const first = hit[0];
    const last = hit.at(-1);
    if (first === undefined || last === undefined) continue;
    const before = ranges.at(-1);
    if (before?.last === first.index - 1) before.last = last.index;
    else ranges.push({ first: first.index, last: last.index });
  }
  return ranges;
}
