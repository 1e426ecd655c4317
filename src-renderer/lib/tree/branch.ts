/** Runs in the page. Pure: a node that is or was open, with its children and which of them are open. */
import { ChildList, type ListShape } from './child-list.ts';
import { OpenSlots } from './open-slots.ts';

/** An open node as a snapshot keeps it. JSON. */
export interface BranchShape extends ListShape {
  key: string;
  slot: number;
  open: BranchShape[];
}

let made = 0;

export class Branch<T> {
  readonly id: number;
  readonly parent: Branch<T> | null;
  /** Its place among the children of its parent. */
  readonly slot: number;
  /** Names the node among its siblings; '' for the root. */
  readonly key: string;
  /** null for the root, and while its own row is not loaded. */
  node: T | null;
  isOpen = false;
  /** Level of its children, from 1. */
  readonly childLevel: number;
  readonly children: ChildList<T>;
  readonly open = new OpenSlots<Branch<T>>();
  /** Children that are or were open, by slot. */
  readonly kept = new Map<number, Branch<T>>();
  /** Children that were open and are not where they were, by key: opened when they come. */
  readonly sought = new Map<string, BranchShape>();

  constructor(
    parent: Branch<T> | null,
    slot: number,
    key: string,
    node: T | null,
    pageSize: number,
  ) {
    made += 1;
    this.id = made;
    this.childLevel = parent === null ? 1 : parent.childLevel + 1;
    this.parent = parent;
    this.slot = slot;
    this.key = key;
    this.node = node;
    this.children = new ChildList(pageSize);
  }

  /** Rows below its own while it is open. */
  get size(): number {
    return this.children.slots + this.open.totalSize;
  }

  get root(): Branch<T> {
    return this.parent === null ? this : this.parent.root;
  }

  /** Row of a slot, from 0 over all that this node shows. */
  rowOf(slot: number): number {
    return slot + this.open.sizeBefore(slot);
  }

  /** Keys from the first level down to this node. */
  get path(): string[] {
    return this.parent === null ? [] : [...this.parent.path, this.key];
  }
}
