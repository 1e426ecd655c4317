/**
 * Runs in plain Node, in the one thread that owns the core. Lists every record of a query, past the archive's
 * wall: the archive's own order first, then by slices until each fits. Can be ended at any moment, by a signal or
 * by kill -9, and goes on from the plan in the database.
 */
import type { WireError } from '#contract/errors.ts';
import type { ResultGap } from '#contract/results.ts';
import { CoverWalk } from './cover-walk.ts';
import { describeGap } from './gap-words.ts';
import { pagesAtOnce, type Listing } from './listing.ts';
import { SliceFailed } from './page-source.ts';
import type { Slice } from './plan-repo.ts';
import {
  mediaTypesLeft,
  splitYears,
  yearOf,
  yearParameters,
  yearRangeOf,
  type Dimension,
} from './slice.ts';
import { missingIn } from './slice-tree.ts';

export interface CrawlEnd {
  total: number;
  stored: number;
  gaps: ResultGap[];
  /** Set when not even the first page could be had. */
  error: WireError | null;
}

/** Times that a slice is listed again because its pages and its count do not agree. */
const mostRounds = 2;

export class Crawl {
  readonly #listing: Listing;
  readonly #cover: CoverWalk;

  constructor(listing: Listing) {
    this.#listing = listing;
    this.#cover = new CoverWalk(listing, (slice) => this.#visit(slice));
  }

  /**
   * Runs to the end. Throws `Interrupted` when the archive does not answer, `LeaseLost` when the set is no
   * longer ours, and what the signal was aborted with.
   */
  async run(): Promise<CrawlEnd> {
    const { tree } = this.#listing;
    await this.#visit(tree.root);
    // The count may be an hour old by now, and the archive may have grown.
    for (let round = 0; round < mostRounds && this.#listing.isPastWall(tree.root); round += 1) {
      await this.#countAgain();
      if (this.#listing.isWhole || tree.root.state === 'failed') break;
      if (tree.root.state === 'done' && this.#unexplained() > 0) tree.root.state = 'open';
      await this.#visit(tree.root);
    }
    // What failed once may well be answered now.
    if (!this.#listing.isWhole && tree.root.hits !== null && tree.reopenFailed() > 0) {
      await this.#visit(tree.root);
    }
    return this.#end();
  }

  async #visit(slice: Slice): Promise<void> {
    if (slice.state !== 'open' || this.#listing.isWhole) return;
    try {
      if (slice.hits === null) await this.#listing.count(slice);
      // A count may change while a slice is listed, even past the wall.
      if (!this.#listing.isPastWall(slice)) await this.#listWhole(slice);
      if (this.#listing.isPastWall(slice)) await this.#split(slice);
    } catch (error) {
      if (!(error instanceof SliceFailed)) throw error;
      this.#listing.fail(slice, error);
    }
  }

  /** Lists a slice that fits, and compares what came with what was counted. */
  async #listWhole(slice: Slice): Promise<void> {
    const listing = this.#listing;
    for (;;) {
      await listing.listPages(slice);
      if (this.#listing.isPastWall(slice)) return;
      const missing = missingIn(slice);
      // Stays open: the count of the whole may turn out to be an old one.
      if (missing > 0 && listing.isWhole) break;
      const isPointless = missing > 0 && listing.isPointless(slice);
      if (missing === 0 || isPointless) {
        slice.state = isPointless ? 'skipped' : 'done';
        break;
      }
      if (slice.unreadable >= missing || slice.rounds >= mostRounds) {
        slice.state = 'gap';
        slice.reason = slice.unreadable >= missing ? 'unreadable' : 'changed';
        break;
      }
      // Records moved between pages while they were listed.
      slice.rounds += 1;
      slice.pages = 0;
      slice.unreadable = 0;
      listing.save(slice);
    }
    listing.save(slice);
  }

  async #split(slice: Slice): Promise<void> {
    const listing = this.#listing;
    // The first ten thousand in the archive's own order: what a person sees first, and what teaches most.
    if (slice.parent === null && !listing.isListed(slice)) await listing.listPages(slice);
    const isDivided = !slice.counts && !this.#isInCover(slice) && (await this.#listParts(slice));
    if (!isDivided && !listing.isWhole) await this.#cover.run(slice);
  }

  /** Lists a slice by parts that do not overlap. False when they do not hold all of it. */
  async #listParts(slice: Slice): Promise<boolean> {
    const listing = this.#listing;
    const parts = await this.#partition(slice);
    if (parts.length === 0) return false;
    for (;;) {
      for (const part of parts) await this.#visit(part);
      if (listing.isWhole) return true;
      const uncounted = parts.find(({ hits }) => hits === null);
      if (uncounted !== undefined) {
        slice.listed = listedIn(slice, parts, listing.stored);
        slice.state = 'failed';
        slice.error = uncounted.error;
        break;
      }
      if (!(await this.#isExhausted(slice, parts))) return false;
      if (parts.some(({ state }) => state === 'open')) continue;
      slice.listed = listedIn(slice, parts, listing.stored);
      slice.state = 'done';
      break;
    }
    listing.save(slice);
    return true;
  }

  /** Below a slice whose parts overlap, years and types would list again what is stored. */
  #isInCover(slice: Slice): boolean {
    return [...this.#listing.tree.ancestorsOf(slice)].some(({ counts }) => counts);
  }

  /** Parts that do not overlap, counted: years first, then media types; none where neither divides the slice. */
  async #partition(slice: Slice): Promise<Slice[]> {
    for (const dimension of ['year', 'media_type'] as const) {
      const parts = await this.#partsBy(slice, dimension);
      for (let at = 0; at < parts.length; at += pagesAtOnce) {
        const few = parts
          .slice(at, at + pagesAtOnce)
          .filter(({ hits, state }) => hits === null && state === 'open');
        await Promise.all(few.map((part) => this.#listing.tryToCount(part)));
      }
      const isDivided = parts.filter(({ hits }) => (hits ?? 0) >= (slice.hits ?? 0)).length < 2;
      if (parts.length > 0 && isDivided) return parts;
      // An archive that does not heed a parameter gives the whole for each of its values.
      for (const part of parts) part.state = 'skipped';
      this.#listing.save(...parts);
    }
    return [];
  }

  async #partsBy(slice: Slice, dimension: Dimension): Promise<Slice[]> {
    const { tree, known, stored } = this.#listing;
    const made = tree.childrenOf(slice, dimension);
    if (made.length > 0) return made.every(({ state }) => state === 'skipped') ? [] : made;
    const query = tree.queryOf(slice);
    if (dimension === 'media_type') {
      const types = mediaTypesLeft(query);
      return tree.cut(
        slice,
        dimension,
        types.map((type) => ({ value: type, narrowing: { media_type: type } })),
      );
    }
    const sample = await known.sample(slice.narrowing, stored);
    const years = sample.map(yearOf).filter((year) => year !== null);
    const halves = splitYears(yearRangeOf(query), years) ?? [];
    return tree.cut(
      slice,
      dimension,
      halves.map((range) => ({
        value: `${range.from ?? ''}-${range.to ?? ''}`,
        narrowing: yearParameters(range),
      })),
    );
  }

  /**
   * True when the parts hold all that the archive counts; counted anew before anything is called missing. Parts
   * that have grown meanwhile are opened again.
   */
  async #isExhausted(slice: Slice, parts: readonly Slice[]): Promise<boolean> {
    const isHeld = (): boolean => sum(parts, ({ hits }) => hits ?? 0) >= (slice.hits ?? 0);
    if (this.#listing.isWhole || isHeld()) return true;
    await this.#listing.count(slice);
    if (isHeld() || slice.rounds >= mostRounds) return isHeld();
    const ended = parts.filter(({ state }) => state === 'done');
    for (let at = 0; at < ended.length; at += pagesAtOnce) {
      const few = ended.slice(at, at + pagesAtOnce);
      await Promise.all(few.map((part) => this.#listing.count(part)));
    }
    const grown = ended.filter((part) => missingIn(part) > 0 && this.#gapsOf(part) === 0);
    for (const part of grown) {
      part.state = 'open';
      part.pages = 1;
    }
    if (grown.length > 0) slice.rounds += 1;
    this.#listing.save(slice, ...grown);
    return isHeld();
  }

  #gapsOf(slice: Slice): number {
    return sum(this.#listing.tree.gapsIn(slice), missingIn);
  }

  #unexplained(): number {
    const { tree } = this.#listing;
    return missingIn(tree.root) - sum(tree.gapsIn(tree.root), missingIn);
  }

  async #countAgain(): Promise<void> {
    const { tree } = this.#listing;
    if (tree.root.state === 'failed' && tree.root.hits === null) return;
    try {
      await this.#listing.count(tree.root);
    } catch (error) {
      if (!(error instanceof SliceFailed)) throw error;
    }
  }

  #end(): CrawlEnd {
    const { tree, stored } = this.#listing;
    const { root } = tree;
    const toGap = (slice: Slice): ResultGap =>
      describeGap(slice, tree.queryOf(slice), this.#listing.wall);
    const gaps = stored >= (root.hits ?? Infinity) ? [] : tree.gapsIn(root).map(toGap);
    const unexplained = this.#unexplained();
    const isRootTold = root.state === 'gap' || root.state === 'failed';
    if (gaps.length + unexplained > 0 && unexplained > 0 && !isRootTold) {
      gaps.push(toGap({ ...root, reason: 'changed', listed: (root.hits ?? 0) - unexplained }));
    }
    return {
      total: root.hits ?? 0,
      stored,
      gaps,
      error: root.hits === null ? root.error : null,
    };
  }
}

function listedIn(slice: Slice, parts: readonly Slice[], stored: number): number {
  return slice.parent === null ? stored : sum(parts, ({ listed }) => listed);
}

function sum<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}
