/** Runs in the page. Parts of a very long list, read as they are seen; those far from there are dropped. */
import type { IndexRange } from '../../lib/index-ranges.ts';

/** Items in one part; the contract gives up to 200. */
export const partSize = 100;
/** Items beyond those in sight that are read along. */
const beyond = 20;
/** Parts that are kept: some screens around where one is. */
const mostParts = 40;
/** Requests at once; the newest wish waits for no more than these. */
const mostAtOnce = 3;
/** While the scroll bar is dragged, what passes by is not asked for. */
const restMs = 60;

export interface PartSource<T> {
  read(from: number, count: number): Promise<readonly T[]>;
  onChange(): void;
  /** Why a part cannot be had, in words; null where that is not to be shown. */
  describe(error: unknown): string | null;
}

export function partsOf({ first, last }: IndexRange, total: number): number[] {
  const end = Math.max(0, Math.min(total - 1, last + beyond));
  const from = Math.floor(Math.min(end, Math.max(0, first - beyond)) / partSize);
  return Array.from({ length: Math.floor(end / partSize) - from + 1 }, (_none, at) => from + at);
}

export class PartReader<T> {
  readonly #source: PartSource<T>;
  #parts = new Map<number, { items: readonly T[]; isFresh: boolean }>();
  #failed = new Map<number, string>();
  #running = new Map<number, symbol>();
  #wanted: IndexRange | null = null;
  #total = 0;
  /** Rises when all that is on its way is of no use. */
  #epoch = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: PartSource<T>) {
    this.#source = source;
  }

  get total(): number {
    return this.#total;
  }
  get wanted(): IndexRange | null {
    return this.#wanted;
  }

  at(index: number): T | null {
    return this.#parts.get(Math.floor(index / partSize))?.items[index % partSize] ?? null;
  }

  failureAt(index: number): string | null {
    return this.#failed.get(Math.floor(index / partSize)) ?? null;
  }

  /** Every item that is there, ascending. */
  *loaded(): Generator<[index: number, item: T]> {
    for (const part of [...this.#parts.keys()].sort((a, b) => a - b)) {
      const items = this.#parts.get(part)?.items ?? [];
      for (const [at, item] of items.entries()) yield [part * partSize + at, item];
    }
  }

  /** These are in sight: at once where they are near those before, a little later after a jump. */
  want(range: IndexRange): void {
    const before = this.#wanted;
    this.#wanted = range;
    const isNear = before === null || (range.first <= before.last && range.last >= before.first);
    clearTimeout(this.#timer);
    if (isNear) this.#pump();
    else this.#timer = setTimeout(() => this.#pump(), restMs);
  }

  retry(index: number): void {
    this.#failed.delete(Math.floor(index / partSize));
    this.#source.onChange();
    this.#pump();
  }

  /** The list is longer, and what is there may have changed: it is shown on until it was read again. */
  grow(total: number): void {
    this.#total = total;
    for (const part of this.#parts.values()) part.isFresh = false;
    this.#running.clear();
    this.#pump();
  }

  /** Reads these parts of a list that has changed, then shows it as it is now, all at once. */
  async replace(total: number, stretches: readonly IndexRange[]): Promise<boolean> {
    this.#epoch += 1;
    const epoch = this.#epoch;
    const parts = [...new Set(stretches.flatMap((stretch) => partsOf(stretch, total)))];
    const read = await Promise.all(
      (total === 0 ? [] : parts).map(async (part) => ({
        part,
        items: await this.#source.read(part * partSize, partSize),
      })),
    );
    if (epoch !== this.#epoch) return false;
    this.clear(total);
    for (const { part, items } of read) this.#parts.set(part, { items, isFresh: true });
    return true;
  }

  /** Nothing of it is known any more. */
  clear(total: number): void {
    clearTimeout(this.#timer);
    this.#epoch += 1;
    this.#parts.clear();
    this.#failed.clear();
    this.#running.clear();
    this.#total = total;
  }

  #pump(): void {
    const range = this.#wanted;
    if (range === null || this.#total === 0) return;
    for (const part of partsOf(range, this.#total)) {
      if (this.#running.size >= mostAtOnce) return;
      const isThere = this.#parts.get(part)?.isFresh === true || this.#failed.has(part);
      if (!isThere && !this.#running.has(part)) void this.#load(part);
    }
  }

  async #load(part: number): Promise<void> {
    const epoch = this.#epoch;
    const token = Symbol('part');
    this.#running.set(part, token);
    try {
      const items = await this.#source.read(part * partSize, partSize);
      if (epoch !== this.#epoch) return;
      // Older than the last growth: better than nothing, and read again.
      const isFresh = this.#running.get(part) === token;
      if (isFresh || !this.#parts.has(part)) this.#parts.set(part, { items, isFresh });
      this.#trim();
    } catch (error) {
      if (epoch !== this.#epoch) return;
      const message = this.#source.describe(error);
      if (message !== null) this.#failed.set(part, message);
    }
    if (this.#running.get(part) === token) this.#running.delete(part);
    this.#source.onChange();
    this.#pump();
  }

  /** Drops what lies farthest from where one is. */
  #trim(): void {
    if (this.#parts.size <= mostParts) return;
    const here = Math.floor((this.#wanted?.first ?? 0) / partSize);
    const near = [...this.#parts.keys()].sort((a, b) => Math.abs(a - here) - Math.abs(b - here));
    for (const part of near.slice(mostParts)) this.#parts.delete(part);
  }
}
