/**
 * Runs in plain Node, in the one thread that owns the core. What every part of a crawl works with: the plan, the
 * archive's pages and the one way by which a page becomes records.
 */
import { FairTurns } from '../http/fair-turns.ts';
import { takePagesInOrder } from './pages-in-order.ts';
import { pageSize, SliceFailed, type AnsweredPage, type PageSource } from './page-source.ts';
import type { KnownRecords } from './known-records.ts';
import type { PlanRepo, Slice } from './plan-repo.ts';
import type { SliceTree } from './slice-tree.ts';
import { toStoredItem } from './stored-item.ts';

/** Requests under way at once; the governor sets the pace. */
export const pagesAtOnce = 4;

export interface ListingDeps {
  tree: SliceTree;
  repo: PlanRepo;
  source: PageSource;
  known: KnownRecords;
  /** Address of the archive now: what is stored leaves it out. */
  base(): URL;
  nowMs(): number;
  signal: AbortSignal;
  /** The archive lists no window that ends past this result; whole pages. */
  wall: number;
  /** Told after each page that is on disk. */
  onStored(stored: number): void;
}

export class Listing {
  readonly tree: SliceTree;
  readonly repo: PlanRepo;
  readonly known: KnownRecords;
  readonly signal: AbortSignal;
  readonly wall: number;
  readonly #deps: ListingDeps;
  #stored: number;
  readonly #turns = new FairTurns();

  constructor(deps: ListingDeps) {
    this.#deps = deps;
    this.tree = deps.tree;
    this.repo = deps.repo;
    this.known = deps.known;
    this.signal = deps.signal;
    this.wall = deps.wall;
    this.#stored = deps.tree.root.listed;
  }

  /** Distinct records on disk. */
  get stored(): number {
    return this.#stored;
  }

  /** True when as many records are stored as the archive counts in the whole query. */
  get isWhole(): boolean {
    const { hits } = this.tree.root;
    return hits !== null && this.#stored >= hits;
  }

  /** True when nothing more can come of a slice: it, or something above it, is settled. */
  isPointless(slice: Slice): boolean {
    if (this.isWhole) return true;
    for (const above of this.tree.ancestorsOf(slice)) {
      if (above.counts && above.parent !== null && this.tree.isSettled(above)) return true;
    }
    return false;
  }

  /** Asks for the first page of a slice, which tells how many it has. */
  async count(slice: Slice): Promise<void> {
    const answer = await this.#ask(slice, 1, this.signal);
    await this.#turn();
    this.#take(slice, 1, answer);
  }

  /** The same for one of several parts: where it alone fails, it says so, and the others go on. */
  async tryToCount(slice: Slice): Promise<void> {
    try {
      await this.count(slice);
    } catch (error) {
      if (!(error instanceof SliceFailed)) throw error;
      this.fail(slice, error);
    }
  }

  fail(slice: Slice, { why }: SliceFailed): void {
    slice.state = 'failed';
    slice.error = why.toWire();
    this.save(slice);
  }

  /**
   * Lists what is left of a slice, as far as the archive lists it. Ends early when nothing more can come of it.
   * Never asks past the wall.
   */
  async listPages(slice: Slice): Promise<void> {
    await takePagesInOrder<AnsweredPage>({
      first: slice.pages + 1,
      last: () => this.#lastPage(slice),
      atOnce: pagesAtOnce,
      fetch: (number, signal) => this.#ask(slice, number, signal),
      take: async (number, answer) => {
        await this.#turn();
        this.#take(slice, number, answer);
        // The last page may be empty where the archive lost records meanwhile.
        const isEmpty = answer.page.items.length + answer.page.unreadable === 0;
        return !isEmpty && !this.isPointless(slice);
      },
      signal: this.signal,
    });
  }

  /** True when all pages that the archive gives of a slice are listed. */
  isListed(slice: Slice): boolean {
    return slice.pages >= this.#lastPage(slice);
  }

  /** True when a slice is larger than what the archive lists of it. */
  isPastWall({ hits }: Slice): boolean {
    return (hits ?? 0) > this.wall;
  }

  #lastPage({ hits }: Slice): number {
    return Math.ceil(Math.min(this.wall, hits ?? 0) / pageSize);
  }

  save(...slices: Slice[]): void {
    this.repo.save(slices);
  }

  #ask(slice: Slice, number: number, signal: AbortSignal): Promise<AnsweredPage> {
    return this.#deps.source.ask(this.tree.queryOf(slice), number, signal);
  }

  /** Pages that come together are stored one by one, other work in between: each takes some milliseconds. */
  async #turn(): Promise<void> {
    await this.#turns.next();
    this.signal.throwIfAborted();
  }

  #take(slice: Slice, number: number, { page, hits }: AnsweredPage): void {
    const base = this.#deps.base();
    slice.hits = hits;
    // The first page is asked again now and then, for its count.
    if (number > slice.pages) slice.unreadable += page.unreadable;
    slice.pages = Math.max(slice.pages, number);
    const counting = [slice, ...this.tree.ancestorsOf(slice)].filter(
      (one) => one.parent !== null && (one === slice || one.counts),
    );
    const { stored, added, joined } = this.repo.commit({
      asked: slice,
      counting,
      items: page.items.map((item) => toStoredItem(item, base)),
      nowMs: this.#deps.nowMs(),
    });
    this.#stored = stored;
    this.tree.root.listed = stored;
    this.known.joined(this.tree.root, added);
    counting.forEach((one, at) => this.known.joined(one, joined[at] ?? []));
    this.#deps.onStored(stored);
  }
}
