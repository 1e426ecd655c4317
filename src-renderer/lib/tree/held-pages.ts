/** Runs in the page. Pure: which loaded pages of a tree are held, so that memory stays bounded however far one goes. */
import type { Branch } from './branch.ts';

/** Children that came. */
export interface Filled {
  from: number;
  count: number;
}

/** Pages that are held whatever is in them: more than a window shows rows of. */
const fewestPages = 256;

export class HeldPages<T> {
  readonly #pageSize: number;
  readonly #mostNodes: number;
  /** The one that was not looked at for longest first. */
  readonly #pages = new Map<string, { branch: Branch<T>; page: number; nodes: number }>();
  #nodes = 0;

  constructor(pageSize: number, mostNodes: number) {
    this.#pageSize = pageSize;
    this.#mostNodes = mostNodes;
  }

  /** Nodes that are held now. */
  get nodes(): number {
    return this.#nodes;
  }

  /** A row was looked at. */
  use(branch: Branch<T>, slot: number): void {
    const name = `${branch.id}:${Math.floor(slot / this.#pageSize)}`;
    const held = this.#pages.get(name);
    if (held === undefined) return;
    this.#pages.delete(name);
    this.#pages.set(name, held);
  }

  /** Children were loaded: others, not looked at for long, give way. */
  hold(branch: Branch<T>, { from, count }: Filled): void {
    const last = Math.floor((from + count - 1) / this.#pageSize);
    for (let page = Math.floor(from / this.#pageSize); count > 0 && page <= last; page += 1) {
      const name = `${branch.id}:${page}`;
      const nodes = branch.children.pageLength(page);
      this.#nodes += nodes - (this.#pages.get(name)?.nodes ?? 0);
      this.#pages.delete(name);
      this.#pages.set(name, { branch, page, nodes });
    }
    for (const [name, held] of this.#pages) {
      if (this.#nodes <= this.#mostNodes || this.#pages.size <= fewestPages) break;
      held.branch.children.dropPage(held.page);
      this.#nodes -= held.nodes;
      this.#pages.delete(name);
    }
  }

  clear(): void {
    this.#pages.clear();
    this.#nodes = 0;
  }
}
