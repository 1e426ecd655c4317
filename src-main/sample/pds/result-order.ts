/**
 * Runs in plain Node, in the sample archive's thread. The order of what a search selected: as the index happens to
 * have it, or by fields, as OpenSearch sorts: missing values last, ties in the order of the index.
 */
import { countBits, listBits } from '../bits.ts';
import type { Bits } from '../bits.ts';
import { readTimestamp } from '#contract/pds-query/timestamp.ts';
import type { Catalogue } from './catalogue.ts';
import { firstWhere } from './layout.ts';
import { SearchTimeout, Turns } from './selection.ts';

/** A whole number from 0 up to `count` for each of them, each once; without order to the eye. */
export function shuffledPlace(place: number, count: number): number {
  if (count < 2) return place;
  // A step near the golden section that shares no divisor with the count visits every place once.
  let step = Math.max(1, Math.round(count * 0.618));
  while (greatestDivisor(step, count) !== 1) step += 1;
  return (place * step + 3) % count;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** The members of a set by rank: rank r is its r-th number. Counts of every 1024 numbers are kept. */
export class Ranks {
  readonly count: number;
  readonly #bits: Bits;
  readonly #before: Uint32Array;

  constructor(bits: Bits) {
    this.#bits = bits;
    this.count = countBits(bits);
    this.#before = new Uint32Array(Math.ceil(bits.length / 32) + 1);
    for (let at = 0; at * 32 < bits.length; at += 1)
      this.#before[at + 1] =
        (this.#before[at] as number) + countBits(bits.subarray(at * 32, at * 32 + 32));
  }

  at(rank: number): number {
    let low = 0;
    let high = this.#before.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#before[middle] as number) <= rank) low = middle;
      else high = middle - 1;
    }
    const part = this.#bits.subarray(low * 32, low * 32 + 32);
    const [found = 0] = listBits(part, rank - (this.#before[low] as number), 1);
    return low * 1024 + found;
  }
}

/** More texts than this are not sorted: the real service runs into its time limit much earlier. */
const mostTexts = 300_000;
const sliceSize = 16_384;

/** A value to sort by; null stands for none. */
export type SortKey = number | string | null;

/** Positions of lids and lidvids are as good as their texts, and cost nothing. */
const isOwnOrder = (name: string, count: number): boolean =>
  (name === 'lidvid' || name === 'lid') && count > 50_000;

export function keyOf(catalogue: Catalogue, name: string, value: string | undefined): SortKey {
  if (value === undefined || value === 'null') return null;
  const kind = catalogue.properties().get(name);
  if (kind === 'timestamp') {
    const number = /^-?\d{5,}$/.test(value) ? Number(value) : readTimestamp(value)?.firstMs;
    return number ?? null;
  }
  if (kind === 'integer' || kind === 'float')
    return Number.isNaN(Number(value)) ? null : Number(value);
  return value;
}

function compareKeys(a: SortKey | undefined, b: SortKey | undefined): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return a < b ? -1 : 1;
}

export interface Order {
  count: number;
  /** Number of the product at a place. */
  at(place: number): number;
  /** The first place that stands behind these values. */
  after(values: readonly string[]): number;
}

/** Positions sorted by a comparison, in slices with pauses between. */
async function sortInTurns(
  positions: Uint32Array<ArrayBuffer>,
  compare: (a: number, b: number) => number,
  turns: Turns,
): Promise<Uint32Array<ArrayBuffer>> {
  for (let from = 0; from < positions.length; from += sliceSize) {
    positions.subarray(from, from + sliceSize).sort(compare);
    await turns.pass();
  }
  let source = positions;
  let into = new Uint32Array(positions.length);
  for (let width = sliceSize; width < positions.length; width *= 2) {
    for (let from = 0; from < positions.length; from += width * 2) {
      const middle = Math.min(from + width, positions.length);
      const end = Math.min(from + width * 2, positions.length);
      let [left, right] = [from, middle];
      for (let at = from; at < end; at += 1) {
        if (at % sliceSize === 0) await turns.pass();
        const isLeft =
          left < middle &&
          (right >= end || compare(source[left] as number, source[right] as number) <= 0);
        into[at] = source[isLeft ? left++ : right++] as number;
      }
    }
    [source, into] = [into, source];
  }
  return source;
}

async function keysOf(
  catalogue: Catalogue,
  indexes: Uint32Array,
  name: string,
  turns: Turns,
): Promise<ArrayLike<SortKey>> {
  if (isOwnOrder(name, indexes.length)) return indexes;
  const kind = catalogue.properties().get(name);
  const isText = kind === undefined || kind === 'string';
  if (isText && indexes.length > mostTexts) throw new SearchTimeout();
  const keys: SortKey[] = [];
  for (const index of indexes) {
    keys.push(keyOf(catalogue, name, catalogue.product(index).values(name)?.[0]));
    if (keys.length % 256 === 0) await turns.pass();
  }
  return keys;
}

type Compare = (a: number, b: number) => number;

/** Sorts a few numbers by their products' keys. */
async function sortByKeys(
  catalogue: Catalogue,
  indexes: Uint32Array,
  fields: readonly string[],
  turns: Turns,
): Promise<Uint32Array<ArrayBuffer>> {
  const keys: ArrayLike<SortKey>[] = [];
  for (const name of fields) keys.push(await keysOf(catalogue, indexes, name, turns));
  const compare: Compare = (a, b) => {
    for (const column of keys) {
      const order = compareKeys(column[a], column[b]);
      if (order !== 0) return order;
    }
    return a - b;
  };
  const positions = Uint32Array.from(indexes, (_, at) => at);
  const sorted = await sortInTurns(positions, compare, turns);
  return sorted.map((position) => indexes[position] as number);
}

/** Where in a rising list of numbers those of the largest block stand along which every field rises; null for none. */
function sortedStretch(
  catalogue: Catalogue,
  indexes: Uint32Array,
  fields: readonly string[],
): { from: number; to: number } | null {
  const place = (index: number): number =>
    firstWhere(indexes.length, (at) => (indexes[at] as number) >= index);
  let best: { from: number; to: number } | null = null;
  for (const block of catalogue.blocks) {
    if (!fields.every((name) => block.ascends(name))) continue;
    const [from, to] = [place(block.first), place(block.first + block.count)];
    if (to - from > (best === null ? 0 : best.to - best.from)) best = { from, to };
  }
  return best;
}

/** Puts a few numbers between many, both sorted. */
function mergeFew(many: Uint32Array, few: Uint32Array, compare: Compare): Uint32Array<ArrayBuffer> {
  const merged = new Uint32Array(many.length + few.length);
  let taken = 0;
  let at = 0;
  for (const one of few) {
    const until =
      taken +
      firstWhere(many.length - taken, (place) => compare(many[taken + place] as number, one) > 0);
    merged.set(many.subarray(taken, until), at);
    at += until - taken;
    taken = until;
    merged[at++] = one;
  }
  merged.set(many.subarray(taken), at);
  return merged;
}

/** Sorts a set by fields, rising; equal ones stay in the order of the index. Throws SearchTimeout. */
export async function orderBy(
  catalogue: Catalogue,
  bits: Bits,
  fields: readonly string[],
): Promise<Order> {
  const turns = new Turns();
  const indexes = Uint32Array.from(listBits(bits, 0, Infinity));
  const stretch = sortedStretch(catalogue, indexes, fields) ?? { from: 0, to: 0 };
  const rest = new Uint32Array(indexes.length - (stretch.to - stretch.from));
  rest.set(indexes.subarray(0, stretch.from));
  rest.set(indexes.subarray(stretch.to), stretch.from);
  const compare: Compare = (a, b) => {
    const [left, right] = [catalogue.product(a), catalogue.product(b)];
    for (const name of fields) {
      const [one, other] = [left, right].map((product) =>
        keyOf(catalogue, name, product.values(name)?.[0]),
      );
      const difference = compareKeys(one, other);
      if (difference !== 0) return difference;
    }
    return a - b;
  };
  const few = await sortByKeys(catalogue, rest, fields, turns);
  const order = mergeFew(indexes.subarray(stretch.from, stretch.to), few, compare);
  return {
    count: order.length,
    at: (place) => order[place] ?? -1,
    after: (values) => placeAfter(catalogue, order, fields, values),
  };
}

function placeAfter(
  catalogue: Catalogue,
  order: Uint32Array,
  fields: readonly string[],
  values: readonly string[],
): number {
  const wanted = fields.map((name, at) => keyOf(catalogue, name, values[at]));
  const isBehind = (index: number): boolean => {
    const product = catalogue.product(index);
    for (const [at, name] of fields.entries()) {
      const difference = compareKeys(keyOf(catalogue, name, product.values(name)?.[0]), wanted[at]);
      if (difference !== 0) return difference > 0;
    }
    return false;
  };
  return firstWhere(order.length, (place) => isBehind(order[place] as number));
}
