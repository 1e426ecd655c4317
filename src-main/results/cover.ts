/**
 * Runs in plain Node; pure. Chooses values that together hold as many as can be of a slice's records, each value
 * holding few enough to be listed. Works on a sample of the slice and on what it was seen to hold.
 */
import type { JsonObject } from '../sources/nasa-images/wire.ts';
import { valueKey, valuesOf, type LearntDimension } from './slice.ts';

/** A slice that is expected to be larger is not counted on: the sample may be off. */
const comfortableShare = 0.85;
/** Values of one round. More are tried in the next one if it comes to that. */
const valuesAtOnce = 400;

export interface Cover {
  dimension: LearntDimension;
  /** Those expected to hold most come first. */
  values: string[];
  /** What listing them is expected to cost, in requests, with what they would leave over. */
  cost: number;
}

interface Occurrence {
  value: string;
  records: number[];
}

function occurrencesIn(
  sample: readonly JsonObject[],
  dimension: LearntDimension,
): Map<string, Occurrence> {
  const found = new Map<string, Occurrence>();
  sample.forEach((data, record) => {
    for (const value of valuesOf(data, dimension)) {
      const known = found.get(valueKey(value));
      if (known === undefined) found.set(valueKey(value), { value, records: [record] });
      else known.records.push(record);
    }
  });
  return found;
}

/**
 * Goes through the sample and takes, for each record not held yet, the value that holds most others and still
 * fits; for one without such, the smallest that does not hold the whole sample.
 */
function choose(found: Map<string, Occurrence>, size: number, fits: number): Occurrence[] {
  const byRecord = new Map<number, Occurrence[]>();
  for (const one of found.values()) {
    for (const record of one.records) {
      const list = byRecord.get(record);
      if (list === undefined) byRecord.set(record, [one]);
      else list.push(one);
    }
  }
  const held = new Set<number>();
  const chosen: Occurrence[] = [];
  const take = (one: Occurrence | undefined): void => {
    if (one === undefined) return;
    chosen.push(one);
    for (const record of one.records) held.add(record);
  };
  const mostFirst = (a: Occurrence, b: Occurrence): number => b.records.length - a.records.length;
  for (const [record, all] of byRecord) {
    if (held.has(record)) continue;
    take(all.filter((one) => one.records.length <= fits).sort(mostFirst)[0]);
  }
  for (const [record, all] of byRecord) {
    if (held.has(record)) continue;
    take(
      all
        .filter((one) => one.records.length < size)
        .sort(mostFirst)
        .at(-1),
    );
  }
  return chosen.sort(mostFirst);
}

/**
 * Values of one dimension that cover a slice of `hits` records, judged by a sample of it.
 * @param tried keys of values that were tried in this slice already; they are left out.
 * @returns null when the dimension tells nothing apart here.
 */
export function coverBy(
  dimension: LearntDimension,
  slice: { sample: readonly JsonObject[]; hits: number; wall: number },
  tried: ReadonlySet<string>,
): Cover | null {
  const { sample, hits, wall } = slice;
  const found = occurrencesIn(sample, dimension);
  const scale = hits / Math.max(1, sample.length);
  const fits = Math.floor((wall * comfortableShare) / scale);
  const chosen = choose(found, sample.length, fits);
  const fresh = chosen.filter(({ value }) => !tried.has(valueKey(value))).slice(0, valuesAtOnce);
  if (fresh.length === 0) return null;
  const held = new Set(chosen.flatMap(({ records }) => records)).size;
  const listed = fresh.reduce((sum, { records }) => sum + records.length, 0) * scale;
  const leftOver = (sample.length - held) * scale;
  return {
    dimension,
    values: fresh.map(({ value }) => value),
    // What is left over takes about one more round over the whole slice.
    cost: listed / 100 + fresh.length + (leftOver > 0 ? (2 * leftOver + hits / 10) / 100 : 0),
  };
}

/** Values of each dimension that every one of the records has: what a lump of them shares. */
export class SharedValues {
  #shared: Map<LearntDimension, Set<string>> | null = null;
  readonly #dimensions: readonly LearntDimension[];

  constructor(among: readonly LearntDimension[]) {
    this.#dimensions = among;
  }

  add(data: JsonObject): void {
    const keys = (dimension: LearntDimension): string[] =>
      valuesOf(data, dimension).map(valueKey).slice(0, 200);
    if (this.#shared === null) {
      this.#shared = new Map(this.#dimensions.map((one) => [one, new Set(keys(one))]));
      return;
    }
    for (const [dimension, set] of this.#shared) {
      if (set.size === 0) continue;
      const here = new Set(keys(dimension));
      for (const key of set) if (!here.has(key)) set.delete(key);
    }
  }

  toJSON(): Record<string, string[]> {
    return Object.fromEntries([...(this.#shared ?? [])].map(([name, set]) => [name, [...set]]));
  }
}
