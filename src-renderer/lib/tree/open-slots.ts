/**
 * Runs in the page. Pure: which children of one node are open, by their slot, and how many rows each shows below
 * its own. A treap, so that a position is found in O(log n) however many of a million members are open.
 */
export interface OpenSlot<B> {
  readonly slot: number;
  readonly branch: B;
  /** Rows below the row of the child itself. */
  readonly size: number;
}

interface Knot<B> {
  slot: number;
  branch: B;
  size: number;
  /** Of this knot and all below it. */
  sum: number;
  priority: number;
  left: Knot<B> | null;
  right: Knot<B> | null;
}

const sumOf = <B>(knot: Knot<B> | null): number => knot?.sum ?? 0;

function total<B>(knot: Knot<B>): Knot<B> {
  knot.sum = knot.size + sumOf(knot.left) + sumOf(knot.right);
  return knot;
}

/** Knots before a slot, and those from it on. */
function split<B>(knot: Knot<B> | null, slot: number): [Knot<B> | null, Knot<B> | null] {
  if (knot === null) return [null, null];
  if (knot.slot < slot) {
    const [before, from] = split(knot.right, slot);
    knot.right = before;
    return [total(knot), from];
  }
  const [before, from] = split(knot.left, slot);
  knot.left = from;
  return [before, total(knot)];
}

/** All slots of `a` are before those of `b`. */
function merge<B>(a: Knot<B> | null, b: Knot<B> | null): Knot<B> | null {
  if (a === null) return b;
  if (b === null) return a;
  if (a.priority > b.priority) {
    a.right = merge(a.right, b);
    return total(a);
  }
  b.left = merge(a, b.left);
  return total(b);
}

function* walk<B>(knot: Knot<B> | null): Generator<OpenSlot<B>> {
  if (knot === null) return;
  yield* walk(knot.left);
  yield knot;
  yield* walk(knot.right);
}

let drawn = 0;
/** Evenly spread, and the same in every run. */
function nextPriority(): number {
  drawn = (drawn + 0x9e3779b9) >>> 0;
  const mixed = Math.imul(drawn ^ (drawn >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

export class OpenSlots<B> {
  #root: Knot<B> | null = null;

  /** Rows of all of them. */
  get totalSize(): number {
    return sumOf(this.#root);
  }

  /** Adds an open child, or gives one that is there another size. */
  set(slot: number, branch: B, size: number): void {
    const [before, rest] = split(this.#root, slot);
    const [, after] = split(rest, slot + 1);
    const priority = nextPriority();
    const knot = { slot, branch, size, sum: size, priority, left: null, right: null };
    this.#root = merge(merge(before, knot), after);
  }

  /** A child that is there shows so many rows more or less. */
  grow(slot: number, delta: number): void {
    let knot = this.#root;
    while (knot !== null) {
      knot.sum += delta;
      if (knot.slot === slot) {
        knot.size += delta;
        return;
      }
      knot = slot < knot.slot ? knot.left : knot.right;
    }
  }

  delete(slot: number): void {
    const [before, rest] = split(this.#root, slot);
    const [, after] = split(rest, slot + 1);
    this.#root = merge(before, after);
  }

  /** Rows of the open children before a slot. */
  sizeBefore(slot: number): number {
    let sum = 0;
    let knot = this.#root;
    while (knot !== null) {
      if (knot.slot < slot) {
        sum += sumOf(knot.left) + knot.size;
        knot = knot.right;
      } else knot = knot.left;
    }
    return sum;
  }

  /**
   * The last open child whose own row is at or before a row (counted from 0 over the node's children and all that
   * they show), with the position of its own row.
   */
  at(row: number): (OpenSlot<B> & { row: number }) | null {
    let found: (OpenSlot<B> & { row: number }) | null = null;
    let before = 0;
    let knot = this.#root;
    while (knot !== null) {
      const own = knot.slot + before + sumOf(knot.left);
      if (own <= row) {
        found = { slot: knot.slot, branch: knot.branch, size: knot.size, row: own };
        before += sumOf(knot.left) + knot.size;
        knot = knot.right;
      } else knot = knot.left;
    }
    return found;
  }

  /** In order of their slots. */
  entries(): Iterable<OpenSlot<B>> {
    return walk(this.#root);
  }
}
