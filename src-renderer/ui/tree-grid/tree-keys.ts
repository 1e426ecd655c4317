/** Runs in the page. What keys do in a tree grid, after the APG's treegrid pattern and look.md. */
import type { TreeRows } from '../../lib/tree/tree-rows.ts';
import type { TreeGridState, TreeMove } from './tree-grid-state.svelte.ts';
import type { TypeAhead } from './type-ahead.ts';

export interface TreeKeyContext<T> {
  grid: TreeGridState<T>;
  rows: TreeRows<T>;
  /** Keys of the columns that are shown, in order. */
  columns: readonly string[];
  isMultiple: boolean;
  /** Moves select what they come to; with Ctrl they only move. */
  followsFocus: boolean;
  typeAhead: TypeAhead;
  /** Enter: opens a node, tries again what failed, loads more. */
  open(index: number): void;
  /** Space; selects where there is none. */
  preview: ((index: number) => void) | undefined;
  /** Puts the focus on a row, or on one of its cells, and brings it into view. */
  focus(index: number, column: string | null): void;
}

const isMod = ({ ctrlKey, metaKey }: KeyboardEvent): boolean => ctrlKey || metaKey;

/** True when the key was for the tree. */
export function actByTreeKey<T>(event: KeyboardEvent, context: TreeKeyContext<T>): boolean {
  if (event.altKey || event.isComposing || context.grid.rowCount === 0) return false;
  const index = context.grid.current ?? context.grid.tabStop;
  return (
    didType(event, context, index, true) ||
    didMove(event, context, index) ||
    didTurn(event, context, index) ||
    didAct(event, context, index) ||
    didType(event, context, index, false)
  );
}

/** Letters; a space only while a word is being typed. */
function didType<T>(
  event: KeyboardEvent,
  { typeAhead, rows, grid, ...context }: TreeKeyContext<T>,
  index: number,
  isGoingOn: boolean,
): boolean {
  if (isMod(event) || isGoingOn !== typeAhead.isOpen(event.timeStamp)) return false;
  const typed = typeAhead.press(event.key, event.timeStamp);
  if (typed === null) return false;
  const found = rows.find(typed.start, typed.isNext ? index : index - 1);
  if (found !== null) goTo(event, { typeAhead, rows, grid, ...context }, index, found);
  return true;
}

const moves: Readonly<Record<string, TreeMove>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

function didMove<T>(event: KeyboardEvent, context: TreeKeyContext<T>, index: number): boolean {
  const { grid, columns } = context;
  const isEdge = event.key === 'Home' || event.key === 'End';
  if (isEdge && grid.column !== null && !isMod(event)) {
    context.focus(index, columns.at(event.key === 'Home' ? 0 : -1) ?? null);
    return true;
  }
  const move = isEdge ? (event.key === 'Home' ? 'first' : 'last') : moves[event.key];
  const to = move === undefined ? null : grid.target(move);
  if (to === null) return false;
  goTo(event, context, index, to);
  return true;
}

/** Moves, and selects as the keys held say. */
function goTo<T>(
  event: KeyboardEvent,
  { grid, isMultiple, followsFocus, focus }: TreeKeyContext<T>,
  from: number,
  to: number,
): void {
  const { selection } = grid;
  const isEdge = event.key === 'Home' || event.key === 'End';
  if (event.shiftKey && isMultiple && event.key.length > 1) {
    if (selection.anchor === null) selection.replace(from);
    selection.extendTo(to);
  } else if (followsFocus && (isEdge || !isMod(event))) selection.replace(to);
  focus(to, grid.column);
}

/** Left and right: open or go in, close or go out; through the cells of a row. */
function didTurn<T>(event: KeyboardEvent, context: TreeKeyContext<T>, index: number): boolean {
  if (isMod(event) || event.shiftKey) return false;
  const { grid, columns, focus } = context;
  const at = grid.column === null ? -1 : columns.indexOf(grid.column);
  if (event.key === 'F2') focus(index, at === -1 ? (columns[0] ?? null) : null);
  else if (event.key === 'Escape' && at !== -1) focus(index, null);
  else if (event.key === 'ArrowRight' && at === -1) goIn(event, context, index);
  else if (event.key === 'ArrowLeft' && at === -1) goOut(event, context, index);
  else if (event.key === 'ArrowRight') focus(index, columns[at + 1] ?? columns[at] ?? null);
  else if (event.key === 'ArrowLeft') focus(index, columns[at - 1] ?? null);
  else return false;
  return true;
}

function goIn<T>(event: KeyboardEvent, context: TreeKeyContext<T>, index: number): void {
  const row = context.rows.rowAt(index);
  if (!row.isExpandable) {
    if (row.kind === 'node') context.focus(index, context.columns[0] ?? null);
  } else if (row.isExpanded) goTo(event, context, index, index + 1);
  else context.rows.setExpanded(index, true);
}

function goOut<T>(event: KeyboardEvent, context: TreeKeyContext<T>, index: number): void {
  const { rows } = context;
  const parent = rows.parentOf(index);
  if (rows.rowAt(index).isExpanded) rows.setExpanded(index, false);
  else if (parent !== null) goTo(event, context, index, parent);
}

function didAct<T>(event: KeyboardEvent, context: TreeKeyContext<T>, index: number): boolean {
  const { grid, rows, isMultiple } = context;
  const { selection } = grid;
  const isPlain = !isMod(event) && !event.shiftKey;
  if (event.key === 'Enter' && isPlain) context.open(index);
  else if (event.key === '*' && !isMod(event)) rows.openSiblings(index);
  else if (event.key.toLowerCase() === 'a' && isMod(event) && !event.shiftKey && isMultiple) {
    selection.selectAll(grid.rowCount);
  } else if (event.key !== ' ') return false;
  else if (event.ctrlKey && isMultiple) selection.toggle(index);
  else if (event.shiftKey && isMultiple) selection.extendTo(index);
  else if (context.preview === undefined) selection.replace(index);
  else context.preview(index);
  return true;
}
