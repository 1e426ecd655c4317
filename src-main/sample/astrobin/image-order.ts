/**
 * Runs in plain Node, in the thread that serves. Lists of images in the order of a field that does not follow their
 * numbers. A million are sorted as numbers that hold key and image at once, which the engine does at full speed.
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

const perTurn = 512;

async function keysOf(found: Uint32Array, key: Key): Promise<Float64Array> {
  const turns = new Turns();
  const keys = new Float64Array(found.length);
  for (let at = 0; at < found.length; at += 1) {
    if (at % perTurn === 0) await turns.pass();
    keys[at] = key(found[at] ?? 0);
  }
  return keys;
}

/** More than any list is long, and how large a key may be beside a place in one number. */
const places = 2 ** 24;
const mostKey = 2 ** 28;

/** Keys small enough to share a number with a place in the list: each its place among the different keys. */
function denseRanks(keys: Float64Array): Float64Array {
  if (keys.every((key) => key < mostKey)) return keys;
  const distinct = keys.toSorted();
  let length = 0;
  for (const key of distinct) {
    if (length === 0 || distinct[length - 1] !== key) {
      distinct[length] = key;
      length += 1;
    }
  }
  return keys.map((key) => {
    let [low, high] = [0, length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((distinct[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

/** Rising numbers of images, put into an order. Equal ones follow the next term, and at last the time of upload. */
export async function sortImages(
  images: Images,
  found: Uint32Array,
  order: readonly OrderTerm[],
): Promise<Uint32Array> {
  let sorted = found;
  for (const { field, isDescending } of order.toReversed()) {
    const ranks = denseRanks(await keysOf(sorted, keyOf(images, field)));
    const packed = ranks.map(
      (rank, place) => (isDescending ? mostKey - rank : rank) * places + place,
    );
    packed.sort();
    const before = sorted;
    sorted = Uint32Array.from(packed, (one) => before[one % places] ?? 0);
    await new Turns().pass();
  }
  return sorted;
}
