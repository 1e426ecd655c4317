/**
 * Runs in plain Node, in the thread that serves. Lists of images in the order of a field that does not follow their
 * numbers. A million are sorted as numbers that hold key and place at once, which the engine does at full speed; all
 * but that is done in turns.
 */
import type { Images } from './images.ts';
import type { OrderTerm } from './list-query.ts';
import { titleRanks } from './titles.ts';
import { Turns } from './turns.ts';

type Key = (index: number) => number;

/** As PostgreSQL: nulls after everything when rising, before it when falling. */
function keyOf(images: Images, field: string): Key {
  if (field === 'title') return (index) => titleRanks[images.titleNumberOf(index)] ?? 0;
  if (field === 'published')
    return (index) => images.timeline.publishedAt(index) ?? Number.MAX_SAFE_INTEGER;
  return (index) => images.timeline.uploadedAt(index);
}

/** Values between two pauses. */
const stride = 512;

async function fill(length: number, value: (at: number) => number): Promise<Float64Array> {
  const turns = new Turns();
  const values = new Float64Array(length);
  for (let at = 0; at < length; at += 1) {
    if (at % stride === 0) await turns.pass();
    values[at] = value(at);
  }
  return values;
}

/** More than any list is long, and how large a key may be beside a place in one number. */
const places = 2 ** 24;
const mostKey = 2 ** 28;

/** How many of the rising keys are below one. */
function rankIn(keys: Float64Array, key: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rising numbers of images, put into an order. Equal ones follow the next term, and at last the time of upload. */
export async function sortImages(
  images: Images,
  found: Uint32Array,
  order: readonly OrderTerm[],
): Promise<Uint32Array> {
  let sorted = found;
  for (const { field, isDescending } of order.toReversed()) {
    const before = sorted;
    const key = keyOf(images, field);
    const keys = await fill(before.length, (at) => key(before[at] ?? 0));
    // Keys too large to share a number with a place give way to how many are below them.
    const risen = keys.every((one) => one < mostKey) ? null : keys.toSorted();
    const rank = (at: number): number => {
      const own = keys[at] ?? 0;
      return risen === null ? own : rankIn(risen, own);
    };
    const packed = await fill(
      before.length,
      (at) => (isDescending ? mostKey - rank(at) : rank(at)) * places + at,
    );
    packed.sort();
    sorted = Uint32Array.from(packed, (one) => before[one % places] ?? 0);
  }
  return sorted;
}
