/** Runs in plain Node. Which element of a label stands on a row of its source. */
import { nodeKinds, type LabelTree } from './label-tree.ts';
import type { SourceStore } from './source-store.ts';

/** The element that begins on a row, or last before it; 0 where none does. */
export function elementOnRow(tree: LabelTree, source: SourceStore, sourceRow: number): number {
  let first = 1;
  let after = tree.length;
  // Nodes stand in the order of the source.
  while (first < after) {
    const middle = (first + after) >> 1;
    const begun = source.rowOf(tree.sourceOf(elementAt(tree, middle)));
    if (begun <= sourceRow) first = middle + 1;
    else after = middle;
  }
  return elementAt(tree, first - 1);
}

/** The node, or the element that it belongs to. 0 for none. */
function elementAt(tree: LabelTree, node: number): number {
  const isElement = node > 0 && tree.kindOf(node) === nodeKinds.element;
  return node <= 0 || isElement ? Math.max(0, node) : tree.parentOf(node);
}
