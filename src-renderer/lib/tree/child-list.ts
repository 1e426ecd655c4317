/**
 * Runs in the page. Pure: the children of one opened node as far as they are known. Only pages that were loaded are
 * held, so a node with a million members costs what was looked at of it.
 */
import type { TreeRowKind } from './tree-rows.ts';

/** What a source answers to a request for children. */
export interface ChildrenAnswer<T> {
  /** In order; null for a child that is there and could not be read. */
  nodes: readonly (T | null)[];
  /** Children in all; null where the source doesn't say. */
  total: number | null;
  /**
   * Where the source can only go on from where it is: by what it goes on, or null after the last one. Left out where
   * any part can be asked for by position.
   */
  next?: string | null;
}

/** Children that are asked for together. */
export interface Chunk {
  from: number;
  count: number;
  /** By what a source that can only go on gets there; null at the start. */
  cursor: string | null;
}

/** A count beyond is a mistake of the source; positions stay exact far past it. */
const mostChildren = 1_000_000_000;

function cleanTotal(total: number | null): number | null {
  if (total === null || !Number.isFinite(total) || total < 0) return null;
  return Math.min(Math.floor(total), mostChildren);
}

export class ChildList<T> {
  readonly pageSize: number;
  #total: number | null = null;
  /** True where any part can be had by position; then every child has a row of its own at once. */
  #isDirect = false;
  /** Otherwise: children that have been loaded once, from the first on. */
  #end = 0;
  #isWhole = false;
  #next: string | null = null;
  /** Otherwise: where each part began and by what it is had again, ascending. */
  #steps: { from: number; cursor: string | null }[] = [];
  #pages = new Map<number, (T | null | undefined)[]>();
  /** By the start of a chunk: on its way (null), or what went wrong. */
  #work = new Map<number, string | null>();

  constructor(pageSize: number) {
    this.pageSize = pageSize;
  }

  /** As the source counts them; null while unknown. */
  get total(): number | null {
    return this.#total;
  }
  /** Children that have a row of their own. */
  get count(): number {
    return this.#isDirect ? (this.#total ?? 0) : this.#end;
  }
  /** Rows: the children, and one that stands for those that follow, or for there being none. */
  get slots(): number {
    const { count } = this;
    const isAll = this.#isDirect || this.#isWhole;
    return isAll && count > 0 ? count : count + 1;
  }
  /** -1 while unknown. */
  get setSize(): number {
    return this.#total ?? -1;
  }
  get isEmpty(): boolean {
    return this.count === 0 && (this.#isDirect || this.#isWhole);
  }
  /** Children that are not there yet; null where nobody knows. */
  get remaining(): number | null {
    return this.#total === null ? null : Math.max(0, this.#total - this.count);
  }

  itemAt(slot: number): T | null | undefined {
    return this.#pages.get(Math.floor(slot / this.pageSize))?.[slot % this.pageSize];
  }

  kindAt(slot: number): TreeRowKind {
    if (slot < this.count) {
      const item = this.itemAt(slot);
      if (item !== undefined) return item === null ? 'gap' : 'node';
      return typeof this.#work.get(this.chunkAt(slot).from) === 'string' ? 'failed' : 'pending';
    }
    if (this.isEmpty) return 'empty';
    if (typeof this.#work.get(this.#end) === 'string') return 'failed';
    return this.#end === 0 ? 'pending' : 'more';
  }

  failureAt(slot: number): string | null {
    return this.#work.get(this.chunkAt(slot).from) ?? null;
  }

  isLoading(slot: number): boolean {
    return this.#work.get(this.chunkAt(slot).from) === null;
  }

  /** What a source is asked for to fill this slot. */
  chunkAt(slot: number): Chunk {
    if (this.#isDirect) {
      const from = Math.floor(slot / this.pageSize) * this.pageSize;
      return { from, count: Math.min(this.pageSize, this.count - from), cursor: null };
    }
    if (slot >= this.#end) return { from: this.#end, count: this.pageSize, cursor: this.#next };
    let low = 0;
    let high = this.#steps.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#steps[middle]?.from ?? 0) <= slot) low = middle;
      else high = middle - 1;
    }
    const { from, cursor } = this.#steps[low] ?? { from: 0, cursor: null };
    return { from, count: (this.#steps[low + 1]?.from ?? this.#end) - from, cursor };
  }

  /** The chunk that would fill a slot, unless it is there, on its way or has failed. */
  missingAt(slot: number): Chunk | null {
    if (slot < this.count ? this.itemAt(slot) !== undefined : this.isEmpty) return null;
    const chunk = this.chunkAt(slot);
    return this.#work.has(chunk.from) ? null : chunk;
  }

  begin(from: number): void {
    this.#work.set(from, null);
  }

  fail(from: number, message: string): void {
    this.#work.set(from, message);
  }

  /** Forgets that a chunk is on its way, or that it failed. */
  forget(from: number): void {
    this.#work.delete(from);
  }

  /** The children are known to be so many before any of them was asked for. */
  expect(total: number): void {
    this.#total = cleanTotal(total);
    this.#isDirect = this.#total !== null;
  }

  /** Takes what came for a chunk; says which slots it filled. */
  take(chunk: Chunk, answer: ChildrenAnswer<T>): { from: number; count: number } {
    const isOnward = answer.next !== undefined;
    if (isOnward && this.#isDirect) this.clear();
    this.#work.delete(chunk.from);
    return isOnward || (answer.total === null && !this.#isDirect)
      ? this.#takeOnward(chunk, answer)
      : this.#takeDirect(chunk, answer);
  }

  #takeDirect(chunk: Chunk, answer: ChildrenAnswer<T>): { from: number; count: number } {
    const nodes = answer.nodes.slice(0, Math.max(chunk.count, this.pageSize));
    const total = cleanTotal(answer.total) ?? this.#total ?? 0;
    this.#total = Math.max(total, nodes.length === 0 ? 0 : chunk.from + nodes.length);
    this.#isDirect = true;
    this.#trim();
    // Fewer than counted: the rest of the part was not given, and asking again would not give it.
    const count = Math.max(0, Math.min(this.#total - chunk.from, this.pageSize));
    this.#put(chunk.from, count, nodes);
    return { from: chunk.from, count };
  }

  #takeOnward(chunk: Chunk, answer: ChildrenAnswer<T>): { from: number; count: number } {
    const isTail = chunk.from === this.#end;
    // Not where it was asked for any more.
    if (!isTail && chunk.from > this.#end) return { from: chunk.from, count: 0 };
    const count = isTail ? answer.nodes.length : chunk.count;
    this.#put(chunk.from, count, answer.nodes);
    if (isTail) {
      if (count > 0) this.#steps.push({ from: chunk.from, cursor: chunk.cursor });
      this.#end += count;
      this.#next = answer.next ?? null;
      // Nothing, and yet more to come: it would never end.
      this.#isWhole = this.#endsWith(chunk, answer);
    }
    const total = cleanTotal(answer.total) ?? this.#total;
    this.#total = this.#isWhole ? this.#end : total === null ? null : Math.max(total, this.#end);
    return { from: chunk.from, count };
  }

  #endsWith(chunk: Chunk, { nodes, next }: ChildrenAnswer<T>): boolean {
    if (nodes.length === 0 || next === null) return true;
    if (next === undefined) return nodes.length < chunk.count;
    return next === chunk.cursor;
  }

  #put(from: number, count: number, nodes: readonly (T | null)[]): void {
    for (let at = 0; at < count; at += 1) {
      const slot = from + at;
      const number = Math.floor(slot / this.pageSize);
      let page = this.#pages.get(number);
      if (page === undefined) this.#pages.set(number, (page = []));
      page[slot % this.pageSize] = nodes[at] ?? null;
    }
  }

  /** After the count went down. */
  #trim(): void {
    const { count, pageSize } = this;
    for (const [number, page] of this.#pages) {
      const kept = count - number * pageSize;
      if (kept <= 0) this.#pages.delete(number);
      else if (page.length > kept) page.length = kept;
    }
    for (const from of this.#work.keys()) if (from >= count) this.#work.delete(from);
  }

  /** Children of a page that are held. */
  pageLength(number: number): number {
    return this.#pages.get(number)?.length ?? 0;
  }

  dropPage(number: number): void {
    this.#pages.delete(number);
  }

  clear(): void {
    this.#total = null;
    this.#isDirect = false;
    this.#end = 0;
    this.#isWhole = false;
    this.#next = null;
    this.#steps = [];
    this.#pages.clear();
    this.#work.clear();
  }

  /** The first loaded child from a slot on that fits. */
  findFrom(slot: number, fits: (node: T) => boolean): number | null {
    const first = Math.floor(slot / this.pageSize);
    const numbers = [...this.#pages.keys()].filter((number) => number >= first);
    for (const number of numbers.sort((a, b) => a - b)) {
      const page = this.#pages.get(number) ?? [];
      for (let at = number === first ? slot % this.pageSize : 0; at < page.length; at += 1) {
        const node = page[at];
        if (node !== undefined && node !== null && fits(node)) return number * this.pageSize + at;
      }
    }
    return null;
  }

  /** How the rows are laid out, without what is in them; `mostSteps` bounds it. */
  toShape(mostSteps: number): ListShape {
    const { count } = this;
    if (this.#isDirect) return { total: this.#total, isDirect: true, end: count, steps: [] };
    const isCut = this.#steps.length > mostSteps;
    const cut = this.#steps[mostSteps];
    return {
      total: this.#total,
      isDirect: false,
      end: isCut ? (cut?.from ?? 0) : this.#end,
      steps: this.#steps.slice(0, mostSteps).map(({ from, cursor }) => [from, cursor]),
      next: isCut ? (cut?.cursor ?? null) : this.#next,
      isWhole: this.#isWhole && !isCut,
    };
  }

  /** Lays the rows out as they once were; nothing of them is loaded. */
  restore(shape: ListShape): void {
    this.clear();
    this.#total = cleanTotal(shape.total);
    this.#isDirect = shape.isDirect && this.#total !== null;
    if (this.#isDirect) return;
    this.#end = shape.end;
    this.#steps = shape.steps.map(([from, cursor]) => ({ from, cursor }));
    this.#next = shape.next ?? null;
    this.#isWhole = shape.isWhole ?? false;
  }
}

/** JSON. */
export interface ListShape {
  total: number | null;
  isDirect: boolean;
  end: number;
  steps: [from: number, cursor: string | null][];
  next?: string | null;
  isWhole?: boolean;
}
