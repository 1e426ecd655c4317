/**
 * Runs in plain Node, in the one thread that owns the core. What the stored records of a set say about a slice:
 * a sample of them, and how many hold each value. Read in pieces of a few milliseconds.
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import type { JsonObject } from '../sources/nasa-images/wire.ts';
import { SharedValues } from './cover.ts';
import type { FoundRecord, PlanRepo, Slice } from './plan-repo.ts';
import { learntDimensions, liesIn, valueKey, valuesOf, type LearntDimension } from './slice.ts';
import { dataOfStoredItem, type StoredItem } from './stored-item.ts';

/** Records looked at between two breaths. */
const recordsAtOnce = 150;
const sampleSize = 1200;
/** Windows that a sample is taken from, so that it is spread over the whole set. */
const windows = 40;

/** Lets the thread do other work. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Records found in a slice, counted by value while it is being covered. */
export interface ValueTally {
  slice: Slice;
  dimension: LearntDimension;
  counts: Map<string, number>;
}

export class KnownRecords {
  readonly #repo: PlanRepo;
  readonly #tallies = new Set<ValueTally>();
  readonly #signal: AbortSignal;

  constructor(repo: PlanRepo, signal: AbortSignal) {
    this.#repo = repo;
    this.#signal = signal;
  }

  /** Up to 1,200 stored records that lie in a slice by their own fields, from all over the set. */
  async sample(narrowing: NasaSearchQuery, stored: number): Promise<JsonObject[]> {
    const found: JsonObject[] = [];
    const step = Math.max(1, Math.ceil(stored / windows));
    for (let start = 0; start < stored && found.length < sampleSize; start += step) {
      let left = Math.ceil(sampleSize / windows);
      let at: number | null = start;
      const end = Math.min(stored, start + step);
      while (at !== null && left > 0) {
        const { rows, next } = this.#repo.candidates(narrowing, at, end, recordsAtOnce);
        const fitting = rows
          .map(({ body }) => dataOfStoredItem(body))
          .filter((data) => liesIn(data, narrowing));
        found.push(...fitting.slice(0, left));
        left -= fitting.length;
        at = next;
        await this.#breathe();
      }
    }
    return found;
  }

  /** How many records found in a slice hold each of these values; kept right until `forget`. */
  async tally(
    slice: Slice,
    dimension: LearntDimension,
    keys: Iterable<string>,
  ): Promise<ValueTally> {
    const tally: ValueTally = {
      slice,
      dimension,
      counts: new Map([...keys].map((key) => [key, 0])),
    };
    for await (const rows of this.#foundIn(slice)) {
      for (const { body } of rows) count(tally, dataOfStoredItem(body));
    }
    this.#tallies.add(tally);
    return tally;
  }

  forget(tally: ValueTally): void {
    this.#tallies.delete(tally);
  }

  /** Told of every record that is new to a slice. */
  joined(slice: Slice, items: readonly StoredItem[]): void {
    for (const tally of this.#tallies) {
      if (tally.slice !== slice) continue;
      for (const { data } of items) count(tally, data);
    }
  }

  /** Makes records found in one slice members of a part of it, as far as they lie in it by their own fields. */
  async inherit(from: Slice, to: Slice): Promise<void> {
    for await (const rows of this.#foundIn(from)) {
      const fitting = rows.filter(({ body }) => liesIn(dataOfStoredItem(body), to.narrowing));
      this.#repo.addMembers(
        to,
        fitting.map(({ position }) => position),
      );
    }
  }

  /** What all records found in a slice share. */
  async sharedIn(slice: Slice): Promise<Record<string, string[]>> {
    const shared = new SharedValues(learntDimensions);
    for await (const rows of this.#foundIn(slice)) {
      for (const { body } of rows) shared.add(dataOfStoredItem(body));
    }
    return shared.toJSON();
  }

  /** All records of the set have been found in the whole query; those of other slices are their members. */
  async *#foundIn(slice: Slice): AsyncGenerator<FoundRecord[]> {
    for (let after = -1; ;) {
      const rows =
        slice.parent === null
          ? this.#repo.candidates({}, after + 1, slice.listed, recordsAtOnce).rows
          : this.#repo.members(slice, after, recordsAtOnce);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows;
      after = last.position;
      await this.#breathe();
    }
  }

  async #breathe(): Promise<void> {
    await breathe();
    this.#signal.throwIfAborted();
  }
}

function count({ dimension, counts }: ValueTally, data: JsonObject): void {
  for (const value of valuesOf(data, dimension)) {
    const key = valueKey(value);
    const known = counts.get(key);
    if (known !== undefined) counts.set(key, known + 1);
  }
}
