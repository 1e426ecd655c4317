/**
 * Runs in the page. Pure: a tree as rows. Holds what was opened and what was loaded of it, nothing per row, and finds
 * the node of a row and the row of a node in O(log n) per level. Who loads is elsewhere: the model says what is
 * missing and takes what came.
 */
import type { IndexRange, Splice } from '../index-ranges.ts';
import { Branch, type BranchShape } from './branch.ts';
import type { ChildrenAnswer, Chunk } from './child-list.ts';
import { HeldPages, type Filled } from './held-pages.ts';
import { SpliceLog } from './splice-log.ts';
import { findRow } from './tree-search.ts';
import { shapeOf, type TreeSnapshot } from './tree-snapshot.ts';
import type { TreeRow } from './tree-rows.ts';

export interface TreeOptions<T> {
  /** Names a node among its siblings: it is opened again by it. */
  keyOf(node: T): string;
  titleOf(node: T): string;
  isExpandable(node: T): boolean;
  /** Children that a node is known to have before it is opened; only where any of them can be asked for. */
  countOf?(node: T): number | null;
  /** Children asked for at once. */
  pageSize?: number;
  /** Nodes held at most, about; those not looked at for longest are loaded again when they are. */
  mostNodes?: number;
}

export interface ChildrenRequest<T> extends Chunk {
  branch: Branch<T>;
  /** Key of the node whose children are wanted, and of those above it; empty at the root. */
  path: string[];
  /** null at the root, and where the node's own row is not loaded yet. */
  node: T | null;
}

/** Siblings opened by one key: each costs a request once it is seen. */
const mostOpened = 200;

export class TreeModel<T> {
  readonly #options: TreeOptions<T>;
  readonly #pageSize: number;
  #root: Branch<T>;
  readonly #log = new SpliceLog();
  readonly #held: HeldPages<T>;

  constructor(options: TreeOptions<T>) {
    this.#options = options;
    this.#pageSize = options.pageSize ?? 100;
    this.#held = new HeldPages(this.#pageSize, options.mostNodes ?? 50_000);
    this.#root = this.#newRoot();
  }

  #newRoot(): Branch<T> {
    const root = new Branch<T>(null, 0, '', null, this.#pageSize);
    root.isOpen = true;
    return root;
  }

  get rowCount(): number {
    return this.#root.size;
  }
  /** Rises with every change. */
  get revision(): number {
    return this.#log.revision;
  }
  /** Nodes at the first level as the source counts them; null while unknown. */
  get rootTotal(): number | null {
    return this.#root.children.total;
  }
  /** Nodes that are held now. */
  get heldNodes(): number {
    return this.#held.nodes;
  }

  splicesSince(revision: number): readonly Splice[] | null {
    return this.#log.since(revision);
  }

  /** Where a row is: among the children of a node, by their position. */
  locate(index: number): { branch: Branch<T>; slot: number } {
    let branch = this.#root;
    let row = index;
    for (;;) {
      const open = branch.open.at(row);
      if (open === null) return { branch, slot: row };
      const within = row - open.row;
      if (within === 0) return { branch, slot: open.slot };
      if (within > open.size) return { branch, slot: open.slot + within - open.size };
      branch = open.branch;
      row = within - 1;
    }
  }

  /** The row of a child; null while one of the nodes above it is closed. */
  indexOf(branch: Branch<T>, slot: number): number | null {
    let row = branch.rowOf(slot);
    for (let at = branch; at.parent !== null; at = at.parent) {
      if (!at.isOpen) return null;
      row += 1 + at.parent.rowOf(at.slot);
    }
    return row;
  }

  rowAt(index: number): TreeRow<T> {
    const { branch, slot } = this.locate(index);
    const { children } = branch;
    const kind = children.kindAt(slot);
    const node = kind === 'node' ? (children.itemAt(slot) as T) : null;
    const child = branch.kept.get(slot);
    const isChild = slot < children.count;
    return {
      kind,
      id: `${branch.id}.${slot}`,
      level: branch.childLevel,
      posInSet: slot + 1,
      setSize: kind === 'empty' ? 1 : children.setSize,
      isExpandable: isChild && (node === null ? child?.isOpen === true : this.#canOpen(node)),
      isExpanded: isChild && child?.isOpen === true,
      node,
      title: node === null ? '' : this.#options.titleOf(node),
      remaining: kind === 'more' ? children.remaining : null,
      message: kind === 'failed' ? children.failureAt(slot) : null,
      isLoading: kind === 'more' && children.isLoading(slot),
    };
  }

  #canOpen(node: T): boolean {
    return this.#options.isExpandable(node);
  }

  /** The row of the node that a row is in; null at the first level. */
  parentOf(index: number): number | null {
    const { branch } = this.locate(index);
    return branch.parent === null ? null : this.indexOf(branch.parent, branch.slot);
  }

  /** Children of a node as its own request counted them; null while nobody knows. */
  childTotalAt(index: number): number | null {
    const { branch, slot } = this.locate(index);
    return branch.kept.get(slot)?.children.total ?? null;
  }

  open(index: number): void {
    const { branch, slot } = this.locate(index);
    this.#openSlot(branch, slot);
  }

  #openSlot(branch: Branch<T>, slot: number): void {
    const node = slot < branch.children.count ? branch.children.itemAt(slot) : undefined;
    const kept = branch.kept.get(slot);
    if (node === undefined || node === null ? kept === undefined : !this.#canOpen(node)) return;
    const child = kept ?? this.#newBranch(branch, slot, node as T);
    if (!child.isOpen) this.#show(child);
  }

  #newBranch(parent: Branch<T>, slot: number, node: T): Branch<T> {
    const child = new Branch<T>(parent, slot, this.#options.keyOf(node), node, this.#pageSize);
    const total = this.#options.countOf?.(node) ?? null;
    if (total !== null) child.children.expect(total);
    parent.kept.set(slot, child);
    return child;
  }

  #show(child: Branch<T>): void {
    const parent = child.parent;
    if (parent === null) return;
    child.isOpen = true;
    parent.open.set(child.slot, child, child.size);
    this.#grew(parent, parent.rowOf(child.slot) + 1, child.size);
  }

  close(index: number): void {
    const { branch, slot } = this.locate(index);
    const child = slot < branch.children.count ? branch.kept.get(slot) : undefined;
    if (child?.isOpen) this.#hide(child);
  }

  #hide(child: Branch<T>): void {
    const parent = child.parent;
    if (parent === null || !child.isOpen) return;
    const { size } = child;
    parent.open.delete(child.slot);
    child.isOpen = false;
    this.#grew(parent, parent.rowOf(child.slot) + 1, -size);
  }

  /** So many rows came (or went) at a row of what a node shows: counts above follow, and it is told. */
  #grew(branch: Branch<T>, row: number, delta: number): void {
    let at = branch;
    let index = row;
    let isSeen = true;
    for (; at.parent !== null; at = at.parent) {
      index += 1 + at.parent.rowOf(at.slot);
      if (!at.isOpen) isSeen = false;
      if (isSeen) at.parent.open.grow(at.slot, delta);
    }
    if (!isSeen) this.#log.touch();
    else if (delta < 0) this.#log.note({ at: index, removed: -delta, inserted: 0 });
    else this.#log.note({ at: index, removed: 0, inserted: delta });
  }

  /** Opens the loaded siblings of a row, those nearest to it first, as many as are sensible at once. */
  openSiblings(index: number): void {
    const { branch, slot } = this.locate(index);
    let left = mostOpened;
    const { count } = branch.children;
    for (let away = 0; away <= Math.min(count, this.#pageSize * 4) && left > 0; away += 1) {
      for (const at of away === 0 ? [slot] : [slot - away, slot + away]) {
        const isLoaded = at >= 0 && at < count && branch.children.kindAt(at) === 'node';
        if (left === 0 || !isLoaded || branch.kept.get(at)?.isOpen) continue;
        this.#openSlot(branch, at);
        if (branch.kept.get(at)?.isOpen) left -= 1;
      }
    }
  }

  /** What is missing of these rows. Rows that were looked at are held longer. `more` rows only where it is said. */
  missing({ first, last }: IndexRange, isMoreWanted: boolean): ChildrenRequest<T>[] {
    const requests: ChildrenRequest<T>[] = [];
    // Only for the time of this call.
    const asked = new Set<string>();
    for (let index = Math.max(0, first); index <= Math.min(last, this.rowCount - 1); index += 1) {
      const { branch, slot } = this.locate(index);
      this.#held.use(branch, slot);
      const chunk = branch.children.missingAt(slot);
      if (chunk === null || asked.has(`${branch.id}:${chunk.from}`)) continue;
      if (!isMoreWanted && branch.children.kindAt(slot) === 'more') continue;
      asked.add(`${branch.id}:${chunk.from}`);
      requests.push({ ...chunk, branch, path: branch.path, node: branch.node });
    }
    return requests;
  }

  /** A request is on its way. */
  begin({ branch, from }: ChildrenRequest<T>): void {
    branch.children.begin(from);
    this.#log.touch();
  }

  /** It was given up; its rows are missing again. */
  cancel({ branch, from }: ChildrenRequest<T>): void {
    branch.children.forget(from);
    this.#log.touch();
  }

  fail({ branch, from }: ChildrenRequest<T>, message: string): void {
    branch.children.fail(from, message);
    this.#log.touch();
  }

  /** What failed of a row is missing again; what stands for more is asked for. */
  retry(index: number): ChildrenRequest<T> | null {
    const { branch, slot } = this.locate(index);
    const kind = branch.children.kindAt(slot);
    if (kind === 'failed') branch.children.forget(branch.children.chunkAt(slot).from);
    else if (kind !== 'more') return null;
    this.#log.touch();
    const chunk = branch.children.missingAt(slot);
    return chunk === null ? null : { ...chunk, branch, path: branch.path, node: branch.node };
  }

  /** Takes what came. Rows of other counts than expected move what is below them. */
  take(request: ChildrenRequest<T>, answer: ChildrenAnswer<T>): void {
    const { branch } = request;
    if (branch.root !== this.#root) return;
    let filled: Filled = { from: 0, count: 0 };
    this.#resize(branch, () => (filled = branch.children.take(request, answer)));
    this.#held.hold(branch, filled);
    this.#match(branch, filled);
    this.#log.touch();
  }

  #resize(branch: Branch<T>, change: () => void): void {
    const { children, open } = branch;
    const { slots, count } = children;
    const sizeBefore = branch.size;
    change();
    for (const [slot, child] of children.count < count ? branch.kept : []) {
      if (slot < children.count) continue;
      if (child.isOpen) open.delete(slot);
      this.#forget(child, child.isOpen);
    }
    const delta = branch.size - sizeBefore;
    if (delta !== 0) this.#grew(branch, branch.rowOf(Math.min(slots, children.slots)), delta);
  }

  /** A node is no longer where it was: it is opened again where it comes. */
  #forget(child: Branch<T>, wasOpen: boolean): void {
    const { parent } = child;
    if (parent === null) return;
    child.isOpen = false;
    parent.kept.delete(child.slot);
    if (wasOpen && parent.sought.size < mostOpened) parent.sought.set(child.key, shapeOf(child));
  }

  /** Open nodes are where they were, or elsewhere, or came only now. */
  #match(branch: Branch<T>, { from, count }: Filled): void {
    const { children, kept, sought } = branch;
    if (kept.size === 0 && sought.size === 0) return;
    const nodes: [number, T][] = [];
    for (let slot = from; slot < from + count; slot += 1) {
      const node = children.itemAt(slot);
      if (node !== undefined && node !== null) nodes.push([slot, node]);
    }
    // What went from its place first: it may have moved up.
    for (const [slot, node] of nodes) this.#matchKept(kept.get(slot), node);
    for (const [slot, node] of nodes) {
      const shape = sought.get(this.#options.keyOf(node));
      if (shape === undefined || kept.has(slot) || !this.#canOpen(node)) continue;
      sought.delete(shape.key);
      this.#show(this.#restored(branch, { ...shape, slot }, node));
    }
  }

  #matchKept(child: Branch<T> | undefined, node: T): void {
    if (child === undefined) return;
    if (child.key === this.#options.keyOf(node) && this.#canOpen(node)) {
      child.node = node;
      return;
    }
    const wasOpen = child.isOpen;
    this.#hide(child);
    this.#forget(child, wasOpen);
  }

  /** A node as it was kept, with what was open below it. */
  #restored(parent: Branch<T>, shape: BranchShape, node: T | null): Branch<T> {
    const child = new Branch<T>(parent, shape.slot, shape.key, node, this.#pageSize);
    this.#refill(child, shape);
    parent.kept.set(shape.slot, child);
    return child;
  }

  #refill(branch: Branch<T>, shape: BranchShape): void {
    branch.children.restore(shape);
    for (const one of shape.open) {
      if (one.slot >= branch.children.count || branch.kept.has(one.slot)) {
        branch.sought.set(one.key, one);
        continue;
      }
      const child = this.#restored(branch, one, null);
      child.isOpen = true;
      branch.open.set(child.slot, child, child.size);
    }
  }

  /** The next loaded row after one, round the end, whose title starts so. */
  find(start: string, after: number): number | null {
    const wanted = start.toLowerCase();
    const { titleOf } = this.#options;
    return findRow(this.#root, after, (node) =>
      titleOf(node).slice(0, 256).toLowerCase().startsWith(wanted),
    );
  }

  /** What is open now. Bounded JSON: see `parseTreeSnapshot`. */
  snapshot(): TreeSnapshot {
    return { version: 1, root: shapeOf(this.#root) };
  }

  /** Opens what was open; rows have their places at once, and are loaded when they are seen. */
  restore(snapshot: TreeSnapshot): void {
    this.clear();
    const { rowCount } = this;
    this.#refill(this.#root, snapshot.root);
    this.#log.note({ at: 1, removed: 0, inserted: this.rowCount - rowCount });
  }

  /** Forgets everything: another tree. */
  clear(): void {
    const removed = this.rowCount;
    this.#root = this.#newRoot();
    this.#held.clear();
    this.#log.note({ at: 1, removed: removed - 1, inserted: 0 });
  }
}
