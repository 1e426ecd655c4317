/** Runs in the page. The rows of the registry's tree, with lists that show the way to a product alone at first. */
import { LoadedTree, type LoadedTreeOptions } from '../../lib/tree/loaded-tree.svelte.ts';
import type { PdsNode } from './tree-source.ts';

export interface PdsRowsOptions extends LoadedTreeOptions<PdsNode> {
  /** The rest of the list of a node is wanted, by its row; false where it is loaded as any other. */
  onwhole(path: readonly string[], index: number): boolean;
}

export class PdsRows extends LoadedTree<PdsNode> {
  readonly #onwhole: PdsRowsOptions['onwhole'];

  constructor(options: PdsRowsOptions) {
    super(options);
    this.#onwhole = options.onwhole;
  }

  override retry(index: number): void {
    const path = this.rowAt(index).kind === 'more' ? this.#pathAbove(index) : null;
    if (path !== null && this.#onwhole(path, index)) return;
    super.retry(index);
  }

  /** Keys from the first level down to the node that a row is in; null where one of them is not loaded. */
  #pathAbove(index: number): string[] | null {
    const path: string[] = [];
    for (let at = this.parentOf(index); at !== null; at = this.parentOf(at)) {
      const { node } = this.rowAt(at);
      if (node === null) return null;
      path.unshift(node.product.lidvid);
    }
    return path;
  }
}
