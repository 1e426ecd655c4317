/** Runs in the page. Types alone: what a tree grid and its rows are given. */
import type { Snippet } from 'svelte';
import type { TreeWords } from '../../i18n/tree.ts';
import type { TreeRow, TreeRows } from '../../lib/tree/tree-rows.ts';
import type { IconComponent } from '../icon-component.ts';
import type { MenuEntry } from '../menu-entries.ts';
import type { PlacedColumn, TreeColumn } from './tree-columns.ts';
import type { DrawnTreeRow, TreeGridState, TreePlace } from './tree-grid-state.svelte.ts';

export interface TreeGridProps<T> {
  /** Name of the tree for screen readers. */
  label: string;
  rows: TreeRows<T>;
  grid: TreeGridState<T>;
  /** The first is the tree's own, with indent and twisty. */
  columns: readonly TreeColumn[];
  /** What stands in a cell of a loaded node, by the key of its column. */
  cell: Snippet<[T, string, TreeRow<T>]>;
  /** Before the title. */
  icon?: (node: T) => IconComponent;
  words?: Partial<TreeWords>;
  /** False: no headers, as in a label's tree. */
  hasHead?: boolean;
  isMultiple?: boolean;
  /** Moves by keys select what they come to; with Ctrl they only move. */
  followsFocus?: boolean;
  /** The context menu of the selection. */
  entries?: readonly MenuEntry[];
  /** Enter and double click on a node. */
  onopen: (index: number) => void;
  /** Space; selects where there is none. */
  onpreview?: (index: number) => void;
  onplace?: (place: TreePlace) => void;
}

export interface TreeGridRowProps<T> {
  item: DrawnTreeRow<T>;
  columns: readonly PlacedColumn[];
  /** Rows before the first one: the headers. */
  headRows: number;
  isSelected: boolean;
  isTabStop: boolean;
  /** The column of the cell that has the focus, or would. */
  focusColumn: string | null;
  words: TreeWords;
  cell: Snippet<[T, string, TreeRow<T>]>;
  icon: ((node: T) => IconComponent) | undefined;
}
