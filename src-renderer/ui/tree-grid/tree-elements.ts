/** Runs in the page. The elements of a tree grid: which row and cell one stands for, and how large the view is. */
import type { TreeViewport } from './tree-grid-state.svelte.ts';

/** The row that an element belongs to; null outside of all. */
export function rowIndexOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest('[data-index]') : null;
  const index = Number(row?.getAttribute('data-index') ?? Number.NaN);
  return Number.isInteger(index) ? index : null;
}

/** The column of the cell that is the element itself; null for a row and what is inside a cell. */
export function columnOf(target: EventTarget | null): string | null {
  return target instanceof HTMLElement ? (target.dataset['column'] ?? null) : null;
}

/** The element of a row, or of one of its cells; of the row where that cell is not shown. */
export function elementAt(
  tree: HTMLElement | undefined,
  index: number,
  column: string | null,
): HTMLElement | null {
  const row = tree?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
  if (column === null || row === null) return row;
  const cells = [...row.querySelectorAll<HTMLElement>('[data-column]')];
  return cells.find((cell) => cell.dataset['column'] === column) ?? row;
}

/** rem that the probe is wide: the text zoom as the page really has it. */
const probeRem = 10;

export interface MeasuredTree extends TreeViewport {
  /** rem between the edges. */
  width: number;
}

/** Measures the view, and tells the style sheet how wide its scroll bar is. */
export function measureTree(
  tree: HTMLElement,
  scroller: HTMLElement,
  probe: HTMLElement | undefined,
): MeasuredTree {
  const rem = (probe?.offsetWidth ?? probeRem * 16) / probeRem;
  const bar = scroller.offsetWidth - scroller.clientWidth;
  tree.style.setProperty('--scroll-bar', `${bar}px`);
  return {
    height: scroller.clientHeight,
    scale: rem / 16,
    devicePixelRatio: window.devicePixelRatio,
    width: scroller.offsetWidth / rem,
  };
}
