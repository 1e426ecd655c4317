/** Runs in the page. What the mouse does in a tree grid. */
import type { TreeRows } from '../../lib/tree/tree-rows.ts';
import { rowIndexOf } from './tree-elements.ts';
import type { TreeGridState } from './tree-grid-state.svelte.ts';

export interface TreePointerOptions<T> {
  rows: TreeRows<T>;
  grid: TreeGridState<T>;
  isMultiple: boolean;
  hasMenu: boolean;
  onopen: (index: number) => void;
}

const isIn = (target: EventTarget | null, part: string): boolean =>
  target instanceof Element && target.closest(part) !== null;
const isTwisty = (target: EventTarget | null): boolean => isIn(target, '[data-twisty]');

function select<T>({ grid, isMultiple }: TreePointerOptions<T>, event: MouseEvent, index: number) {
  const { selection } = grid;
  if (isMultiple && event.shiftKey) selection.extendTo(index, event.ctrlKey || event.metaKey);
  else if (isMultiple && (event.ctrlKey || event.metaKey)) selection.toggle(index);
  else selection.replace(index);
}

/** Selects, opens and closes, or tries again; false where no row was hit. */
export function clickTree<T>(options: TreePointerOptions<T>, event: MouseEvent): boolean {
  const { grid, rows } = options;
  const index = rowIndexOf(event.target);
  const row = index === null ? null : grid.rowAt(index);
  if (index === null || row === null) return false;
  if (isTwisty(event.target) && row.isExpandable) rows.setExpanded(index, !row.isExpanded);
  else if (row.kind === 'more' || isIn(event.target, '[data-retry]')) rows.retry(index);
  else select(options, event, index);
  return true;
}

export function doubleClickTree<T>(
  { grid, onopen }: TreePointerOptions<T>,
  event: MouseEvent,
): void {
  const index = rowIndexOf(event.target);
  const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
  if (index === null || !isPlain || isTwisty(event.target)) return;
  if (grid.rowAt(index)?.kind === 'node') onopen(index);
}

/** Before the menu opens: it is for the selection, or for what is under the pointer. */
export function readyTreeMenu<T>(
  { grid, hasMenu }: TreePointerOptions<T>,
  event: MouseEvent,
): void {
  const index = rowIndexOf(event.target);
  if (index === null || !hasMenu) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  grid.setCurrent(index);
  if (!grid.selection.has(index)) grid.selection.replace(index);
}
