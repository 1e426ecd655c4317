/**
 * Runs in plain Node, in the one thread that owns the core. Lists a slice past the wall that years and media
 * types no longer take apart: by values that were seen in it. Its parts may overlap and may leave records over,
 * so it counts its own records and stops when all are there.
 */
import { coverBy, type Cover } from './cover.ts';
import { breathe, type ValueTally } from './known-records.ts';
import { pagesAtOnce, type Listing } from './listing.ts';
import type { Slice } from './plan-repo.ts';
import { learntDimensions, type LearntDimension } from './slice.ts';
import { missingIn } from './slice-tree.ts';

/** With fewer known records of a slice, the slice is listed as far as it goes before it is judged. */
const fewKnown = 300;
const mostPasses = 4;
/** Fields of many words, looked at when nothing shorter tells records apart. */
const wordy: ReadonlySet<LearntDimension> = new Set(['description_508', 'description']);
const positionsAtOnce = 10_000;

type Sample = Parameters<typeof coverBy>[1]['sample'];

export class CoverWalk {
  readonly #listing: Listing;
  readonly #visit: (slice: Slice) => Promise<void>;

  /** `visit` lists one part, which may be past the wall itself. */
  constructor(listing: Listing, visit: (slice: Slice) => Promise<void>) {
    this.#listing = listing;
    this.#visit = visit;
  }

  async run(slice: Slice): Promise<void> {
    await this.#beginCounting(slice);
    await this.#goOn(slice);
    for (let pass = 0; pass < mostPasses && !this.#isOver(slice); pass += 1) {
      if (!(await this.#pass(slice))) break;
    }
    if (!this.#isOver(slice)) await this.#listSkipped(slice);
    await this.#finish(slice);
  }

  #isOver(slice: Slice): boolean {
    return this.#listing.tree.isSettled(slice) || this.#listing.isPointless(slice);
  }

  /** Gathers what was found in its parts so far; from here on every page below counts for it, too. */
  async #beginCounting(slice: Slice): Promise<void> {
    const { tree, repo, known, stored } = this.#listing;
    if (slice.counts) return;
    if (slice.parent !== null) {
      for (const below of tree.descendantsOf(slice)) {
        for (let from = 0; from < stored; from += positionsAtOnce) {
          repo.copyMembers(below, slice, from, from + positionsAtOnce - 1);
          await breathe();
        }
      }
      // Pages of it may have been listed under what is above; nothing of it is listed twice for that.
      const above = [...tree.ancestorsOf(slice)].find(({ counts }) => counts);
      if (above !== undefined) await known.inherit(above, slice);
      slice.listed = repo.countMembers(slice);
    }
    slice.counts = true;
    this.#listing.save(slice);
  }

  /** Ends the rounds that were under way when the process ended. */
  async #goOn(slice: Slice): Promise<void> {
    for (const dimension of learntDimensions) {
      const open = this.#listing.tree
        .childrenOf(slice, dimension)
        .filter(({ state }) => state === 'open');
      if (open.length > 0) await this.#round(slice, dimension, open);
    }
  }

  /** One try of every dimension that tells records apart. False when there is nothing left to try. */
  async #pass(slice: Slice): Promise<boolean> {
    const listing = this.#listing;
    let sample = await listing.known.sample(slice.narrowing, listing.stored);
    let plan = await this.#plan(slice, sample);
    if (!listing.isListed(slice) && (sample.length < fewKnown || plan.length === 0)) {
      await listing.listPages(slice);
      if (this.#isOver(slice)) return true;
      sample = await listing.known.sample(slice.narrowing, listing.stored);
      plan = await this.#plan(slice, sample);
    }
    for (const { dimension, values } of plan) {
      const parts = values.map((value) => ({ value, narrowing: { [dimension]: value } }));
      await this.#round(slice, dimension, listing.tree.cut(slice, dimension, parts));
      if (this.#isOver(slice)) return true;
    }
    if (!listing.isListed(slice)) {
      await listing.listPages(slice);
      return true;
    }
    return plan.length > 0;
  }

  /** The cheapest dimension first; the given order decides between equals. */
  async #plan(slice: Slice, sample: Sample): Promise<Cover[]> {
    const brief = await this.#coversBy(
      learntDimensions.filter((dimension) => !wordy.has(dimension)),
      slice,
      sample,
    );
    return brief.length > 0 ? brief : this.#coversBy([...wordy], slice, sample);
  }

  async #coversBy(
    among: readonly LearntDimension[],
    slice: Slice,
    sample: Sample,
  ): Promise<Cover[]> {
    const { tree, wall } = this.#listing;
    const query = tree.queryOf(slice);
    const covers: Cover[] = [];
    for (const dimension of among) {
      if (query[dimension] !== undefined) continue;
      const tried = new Set(tree.childrenOf(slice, dimension).map(({ value }) => value ?? ''));
      const cover = coverBy(dimension, { sample, hits: slice.hits ?? 0, wall }, tried);
      if (cover !== null) covers.push(cover);
      // Each takes some milliseconds of the thread.
      await breathe();
    }
    return covers.sort((first, second) => first.cost - second.cost);
  }

  /** Counts parts a few at a time, and lists those that can hold something new. */
  async #round(slice: Slice, dimension: LearntDimension, parts: readonly Slice[]): Promise<void> {
    const { known } = this.#listing;
    const keys = parts.map(({ value }) => value ?? '');
    const tally = await known.tally(slice, dimension, keys);
    try {
      for (let at = 0; at < parts.length && !this.#isOver(slice); at += pagesAtOnce) {
        const few = parts.slice(at, at + pagesAtOnce);
        await Promise.all(
          few.filter(({ hits }) => hits === null).map((part) => this.#listing.tryToCount(part)),
        );
        for (const part of few) {
          if (part.state !== 'open' || this.#listing.isWhole) continue;
          if (this.#isOver(slice) || this.#holdsNothingNew(slice, part, tally)) {
            part.state = 'skipped';
            this.#listing.save(part);
          } else await this.#visit(part);
        }
      }
    } finally {
      known.forget(tally);
    }
  }

  /** By what the records themselves say; a part that is wrongly passed over has its turn at the end. */
  #holdsNothingNew(slice: Slice, part: Slice, { dimension, counts }: ValueTally): boolean {
    const hits = part.hits ?? 0;
    // The same records again: nothing is told apart.
    if (hits >= (slice.hits ?? 0)) return true;
    const key = part.value ?? '';
    const known = counts.get(key) ?? 0;
    return hits <= known + this.#listing.tree.missingWith(slice, dimension, key);
  }

  /** Lists parts that were passed over, the smallest first, at the cost of one more listing of the slice. */
  async #listSkipped(slice: Slice): Promise<void> {
    let left = slice.hits ?? 0;
    const skipped = this.#listing.tree
      .childrenOf(slice)
      .filter(({ state, hits }) => state === 'skipped' && hits !== null && hits > 0)
      .filter((part) => !this.#listing.isPastWall(part))
      .sort((first, second) => (first.hits ?? 0) - (second.hits ?? 0));
    for (const part of skipped) {
      left -= part.hits ?? 0;
      if (left < 0 || this.#isOver(slice)) return;
      part.state = 'open';
      await this.#visit(part);
    }
  }

  async #finish(slice: Slice): Promise<void> {
    const { tree, known } = this.#listing;
    // Stays open: the count of the whole may turn out to be an old one.
    if (this.#listing.isWhole && slice.parent !== null) return;
    const gaps = tree.gapsBelow(slice);
    const missing = missingIn(slice);
    const isSettled = tree.isSettled(slice);
    const failed = gaps.find(({ state }) => state === 'failed');
    const byGaps = gaps.reduce((sum, gap) => sum + missingIn(gap), 0);
    if (missing === 0) {
      slice.state = 'done';
      for (const gap of gaps) gap.state = 'done';
    } else if (isSettled && gaps.length === 1 && failed === undefined) {
      // Other parts may have held records of the one that is not whole: what is missing is known here.
      const [gap] = gaps;
      if (gap !== undefined) gap.listed = (gap.hits ?? 0) - missing;
      slice.state = 'done';
    } else if (isSettled && failed === undefined && byGaps === missing) {
      slice.state = 'done';
    } else if (this.#listing.isPointless(slice)) {
      // What is above has all that can be had, or tells it better.
      slice.state = 'skipped';
    } else if (failed !== undefined) {
      slice.state = 'failed';
      slice.error = failed.error;
    } else {
      slice.state = 'gap';
      slice.reason = 'indistinguishable';
      slice.shared = slice.parent === null ? null : await known.sharedIn(slice);
    }
    this.#listing.save(slice, ...gaps);
  }
}
