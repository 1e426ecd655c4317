/** Runs in the page. What keys do in a grid, after the APG's grid pattern and look.md. */
import { moveOfKey } from './grid-moves.ts';
import type { GridState } from './grid-state.svelte.ts';
import type { Selection } from '../../lib/selection.svelte.ts';

export interface GridActs {
  open(index: number): void;
  preview(index: number): void;
  /** Puts the focus on an item, which is scrolled into view. */
  focus(index: number): void;
}

/** Moves by a key that moves; Shift selects on the way. True when the key was one. */
export function moveByKey(
  event: KeyboardEvent,
  grid: GridState,
  selection: Selection,
  acts: GridActs,
): boolean {
  const move = moveOfKey(event);
  if (move === null) return false;
  const from = grid.current ?? grid.tabStop;
  const to = grid.move(move);
  if (to === null) return true;
  if (event.shiftKey) {
    if (selection.anchor === null) selection.replace(from);
    selection.extendTo(to);
  }
  acts.focus(to);
  return true;
}

/** Acts on the item with the focus. True when the key was for it. */
export function actByKey(
  event: KeyboardEvent,
  index: number,
  selection: Selection,
  acts: GridActs,
): boolean {
  const mod = event.ctrlKey || event.metaKey;
  if (event.altKey) return false;
  if (event.key === ' ') {
    if (event.ctrlKey) selection.toggle(index);
    else if (event.shiftKey) selection.extendTo(index);
    else acts.preview(index);
  } else if ((event.key === 'x' || event.key === 'X') && !mod) selection.toggle(index);
  else if (event.key === 'Enter' && !mod && !event.shiftKey) acts.open(index);
  else return false;
  return true;
}
