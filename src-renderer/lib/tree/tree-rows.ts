/** Runs in the page. Types alone: the rows of a tree as a grid draws them, whoever holds the tree. */
import type { IndexRange, Splice } from '../index-ranges.ts';

/**
 * node: a node of the tree. pending: a node that is not loaded yet, drawn as a still skeleton. failed: could not be
 * loaded, can be tried again. more: stands for the children after those that are there. empty: an opened node without
 * children. gap: a child that is counted but was not given.
 */
export type TreeRowKind = 'node' | 'pending' | 'failed' | 'more' | 'empty' | 'gap';

/** One row. Its place in the tree is known before its node is. */
export interface TreeRow<T> {
  kind: TreeRowKind;
  /** Stays the same while the node is loaded; of its place in the tree, since one node may be in it twice. */
  id: string;
  /** From 1. */
  level: number;
  /** From 1. */
  posInSet: number;
  /** -1 while unknown. */
  setSize: number;
  isExpandable: boolean;
  isExpanded: boolean;
  /** null unless the kind is `node`. */
  node: T | null;
  /** For type-ahead; '' where there is no node. */
  title: string;
  /** `more`: children that are not there yet; null where nobody knows how many. */
  remaining: number | null;
  /** `failed`: what went wrong. `more`: null. */
  message: string | null;
  /** `more`: they are being loaded. */
  isLoading: boolean;
}

/** The rows of a tree as it is opened now, by position from the top. Indexes are from 0. */
export interface TreeRows<T> {
  readonly rowCount: number;
  /** Rises with every change of any row; reactive. */
  readonly revision: number;
  /** How rows came and went since an earlier revision, oldest first; null when that was too long ago. */
  splicesSince(revision: number): readonly Splice[] | null;
  rowAt(index: number): TreeRow<T>;
  /** Row of the node that this row is in; null at the first level. */
  parentOf(index: number): number | null;
  /** These rows are in sight: loads what is missing of them, and drops what is on its way for others. */
  want(range: IndexRange): void;
  setExpanded(index: number, isExpanded: boolean): void;
  /** Opens the closed siblings of a row, as many as the source finds sensible. */
  openSiblings(index: number): void;
  /** Loads again what failed, or more where that is wanted of a row. */
  retry(index: number): void;
  /** The next loaded row after this one, round the end, whose title starts so (any case); null if none does. */
  find(start: string, after: number): number | null;
}
