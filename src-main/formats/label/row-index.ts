/**
 * Runs in plain Node, in the labels' worker. What the tree shows as rows, in document order and folded or not: all
 * elements, and words that stand beside elements. Comments and instructions are in the source only.
 */
import { GrowingRecords } from './growing-records.ts';
import { nodeKinds, type LabelTree } from './label-tree.ts';

/** Numbers of a row. */
const ofRow = {
  node: 0,
  /** Shifted by one, so that no row at all is 0. */
  parent: 1,
  /** Place among its siblings, from 1. */
  place: 2,
  depth: 3,
  children: 4,
} as const;

/** Rows are numbered from 0; -1 stands for none. */
export class RowIndex {
  readonly tree: LabelTree;
  readonly #rows = new GrowingRecords(5);
  #roots = 0;

  constructor(tree: LabelTree) {
    this.tree = tree;
  }

  get length(): number {
    return this.#rows.length;
  }

  /** Rows come in document order, a parent before its children. */
  add(node: number, parent: number): number {
    if (parent < 0) {
      this.#roots += 1;
      return this.#rows.push(node, 0, this.#roots, 0);
    }
    const place = this.childrenOf(parent) + 1;
    this.#rows.set(parent, ofRow.children, place);
    return this.#rows.push(node, parent + 1, place, this.depthOf(parent) + 1);
  }

  nodeOf(row: number): number {
    return this.#rows.get(row, ofRow.node);
  }

  parentOf(row: number): number {
    return this.#rows.get(row, ofRow.parent) - 1;
  }

  placeOf(row: number): number {
    return this.#rows.get(row, ofRow.place);
  }

  depthOf(row: number): number {
    return this.#rows.get(row, ofRow.depth);
  }

  childrenOf(row: number): number {
    return this.#rows.get(row, ofRow.children);
  }

  siblingsOf(row: number): number {
    const parent = this.parentOf(row);
    return parent < 0 ? this.#roots : this.childrenOf(parent);
  }

  /** First row behind this one that is not within it. */
  endOf(row: number): number {
    const end = this.tree.endOf(this.nodeOf(row));
    return this.#rows.lastNotAbove(ofRow.node, end - 1) + 1;
  }

  /** The row of this node, else of the nearest element around it that has one. */
  rowOf(node: number): number {
    let wanted = node;
    for (;;) {
      const row = this.#rows.lastNotAbove(ofRow.node, wanted);
      if (row >= 0 && this.nodeOf(row) === wanted) return row;
      if (wanted === 0) return -1;
      wanted = this.tree.parentOf(wanted);
    }
  }

  /** Only these rows and those around them; `rows` must rise. */
  reduceTo(rows: Uint32Array): RowIndex {
    const reduced = new RowIndex(this.tree);
    /** Rows of the reduced index that lead to the last one, from the root on. */
    const open: { row: number; as: number }[] = [];
    for (const row of rows) {
      const around: number[] = [];
      for (let at = row; at >= 0; at = this.parentOf(at)) around.push(at);
      around.reverse();
      let depth = 0;
      while (depth < open.length && open[depth]?.row === around[depth]) depth += 1;
      open.length = depth;
      for (const at of around.slice(depth)) {
        const as = reduced.add(this.nodeOf(at), open.at(-1)?.as ?? -1);
        open.push({ row: at, as });
      }
    }
    return reduced;
  }

  /** Text that a leaf shows, without the blanks around it; null for what holds rows. */
  isLeaf(row: number): boolean {
    return this.tree.kindOf(this.nodeOf(row)) === nodeKinds.element && this.childrenOf(row) === 0;
  }
}
