/** Runs in the page. Pure: where the arrow keys and their kin lead in a grid of rows. */
import { itemBeside, type GridLayout } from './layout.ts';

export type GridMove =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'row-start'
  | 'row-end'
  | 'first'
  | 'last'
  | 'page-up'
  | 'page-down';

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const plainMoves: Readonly<Record<string, GridMove>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'row-start',
  End: 'row-end',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

/** The move that a key asks for; Shift is the caller's, it extends whatever move it is. */
export function moveOfKey(press: KeyPress): GridMove | null {
  if (press.altKey || !Object.hasOwn(plainMoves, press.key)) return null;
  const move = plainMoves[press.key] ?? null;
  if (!press.ctrlKey && !press.metaKey) return move;
  if (move === 'row-start') return 'first';
  if (move === 'row-end') return 'last';
  return null;
}

/** Centre of an item, to keep going up and down in one line. */
export function centreOf(layout: GridLayout, index: number): number {
  const cell = layout.row(layout.rowOf(index)).cells.find((one) => one.index === index);
  return cell === undefined ? 0 : cell.x + cell.width / 2;
}

/** The item that a move from `from` leads to; `goalX` is the line that up and down keep. */
export function targetOf(
  layout: GridLayout,
  from: number,
  move: GridMove,
  goalX: number,
  viewportHeight: number,
): number {
  const last = layout.count - 1;
  const row = layout.rowOf(from);
  const beside = (wanted: number) =>
    itemBeside(layout.row(Math.max(0, Math.min(layout.rowCount - 1, wanted))), goalX);
  switch (move) {
    case 'left':
      return Math.max(0, from - 1);
    case 'right':
      return Math.min(last, from + 1);
    case 'up':
      return row === 0 ? from : beside(row - 1);
    case 'down':
      return row === layout.rowCount - 1 ? from : beside(row + 1);
    case 'row-start':
      return layout.row(row).first;
    case 'row-end':
      return layout.row(row).cells.at(-1)?.index ?? from;
    case 'first':
      return 0;
    case 'last':
      return last;
    case 'page-up':
    case 'page-down':
      return beside(pageAway(layout, row, move === 'page-up' ? -viewportHeight : viewportHeight));
  }
}

/** The row a view's height away, at least one row on. */
function pageAway(layout: GridLayout, row: number, distance: number): number {
  const { top } = layout.row(row);
  const reached = layout.rowAt(top + distance);
  if (distance > 0) return Math.max(row + 1, reached);
  return Math.min(row - 1, reached + 1);
}
