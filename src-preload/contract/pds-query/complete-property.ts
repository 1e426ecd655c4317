/** Runs anywhere; pure. Names of properties while one is being typed; quick enough for every key over 20,000 names. */
import type { PdsPropertyType } from '../pds.ts';
import { dotted } from './field-name.ts';
import type { IndexedProperty, PropertyIndex } from './property-index.ts';
import type { TextRange } from './parse-query.ts';

export interface Completion {
  property: PdsPropertyType;
  /** What of the name was typed, to be set in bold; UTF-16 offsets, in order. */
  matched: TextRange[];
}

/** Nobody types longer names; UTF-16 units. */
const longestPrefix = 200;

/**
 * Up to `limit` names for what is typed so far, best first: names that begin so, then those whose attribute, class, or
 * any word of the two begins so, then those that hold it, then those that hold its letters in order. Within each,
 * shorter first, then by the alphabet. Capitals and "/" do not matter. For nothing typed: the first names.
 */
export function completeProperty(
  prefix: string,
  index: PropertyIndex,
  limit: number,
): Completion[] {
  const typed = dotted(prefix.trim().slice(0, longestPrefix)).toLowerCase();
  const ranks: IndexedProperty[][] = Array.from({ length: worstRank + 1 }, () => []);
  for (const property of index.properties) {
    const rank = rankOf(typed, property);
    if (rank !== null) ranks[rank]?.push(property);
  }
  const best: Completion[] = [];
  for (const group of ranks) {
    if (best.length >= limit) break;
    // The index is in the order of names, and sorting is stable.
    group.sort((a, b) => (typed === '' ? 0 : a.whole.length - b.whole.length));
    for (const { property, whole } of group.slice(0, limit - best.length))
      best.push({ property, matched: matchedIn(typed, whole) });
  }
  return best;
}

const worstRank = 5;

function rankOf(typed: string, property: IndexedProperty): number | null {
  const { whole } = property;
  if (whole.startsWith(typed)) return 0;
  if (property.attribute.text.startsWith(typed)) return 1;
  if (property.className.text.startsWith(typed)) return 2;
  const at = whole.indexOf(typed);
  if (at > 0) return startsWord(typed, whole, at) ? 3 : 4;
  return holdsInOrder(typed, whole) ? worstRank : null;
}

function startsWord(typed: string, whole: string, first: number): boolean {
  for (let at = first; at >= 0; at = whole.indexOf(typed, at + 1))
    if ('.:_'.includes(whole[at - 1] ?? ' ')) return true;
  return false;
}

function holdsInOrder(typed: string, whole: string): boolean {
  let at = 0;
  for (let letter = 0; letter < typed.length; letter += 1) {
    at = whole.indexOf(typed[letter] ?? '', at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function matchedIn(typed: string, whole: string): TextRange[] {
  if (typed === '') return [];
  const last = whole.lastIndexOf(typed);
  if (last >= 0) {
    const start = whole.startsWith(typed) ? 0 : placeOfWord(typed, whole, last);
    return [{ start, end: start + typed.length }];
  }
  const ranges: TextRange[] = [];
  let at = 0;
  for (const letter of typed) {
    const start = whole.indexOf(letter, at);
    const before = ranges.at(-1);
    at = start + letter.length;
    if (before?.end === start) before.end = at;
    else ranges.push({ start, end: at });
  }
  return ranges;
}

/** The last place where a word begins with it, else the last at all. */
function placeOfWord(typed: string, whole: string, last: number): number {
  for (let at = last; at > 0; at = whole.lastIndexOf(typed, at - 1))
    if ('.:_'.includes(whole[at - 1] ?? '')) return at;
  return last;
}
