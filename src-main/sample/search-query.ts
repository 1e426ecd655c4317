/** Runs in plain Node, any thread; pure. From the parameters of a search to the records it finds, in order. */
import { countBits, emptyBits, keepCommon, listBits, setBit, takeOut } from './bits.ts';
import type { Bits } from './bits.ts';
import { mix } from './random.ts';
import { numberIn } from './record-id.ts';
import { recordOf } from './plan.ts';
import { textFields } from './search-index.ts';
import type { SearchIndex } from './search-index.ts';
import { centreList, firstYear, lastYear, mediaTypes } from './vocabulary.ts';
import { wordsOf } from './words.ts';

export const searchParameters = [
  ...textFields,
  'center',
  'media_type',
  'nasa_id',
  'year_start',
  'year_end',
  'page',
  'page_size',
] as const;

/** Beyond this result the archive answers 400, though it counts all and goes on linking to the next page. */
export const resultWall = 10_000;

export interface Hits {
  total: number;
  /** Record numbers from a place in the order of relevance. */
  list(skip: number, count: number): number[];
}

export interface RefusedSearch {
  reason: string;
}

/** A whole number of at least `least`; the fallback when absent; null when it is something else. */
export function wholeParameter(
  text: string | null,
  fallback: number,
  least: number,
): number | null {
  if (text === null) return fallback;
  return /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : null;
}

function orderedHits(groups: readonly Bits[]): Hits {
  const counts = groups.map(countBits);
  return {
    total: counts.reduce((sum, count) => sum + count, 0),
    list(skip, count) {
      const found: number[] = [];
      groups.forEach((group, order) => {
        const inGroup = counts[order] ?? 0;
        if (found.length < count && skip < inGroup)
          found.push(...listBits(group, skip, count - found.length));
        skip = Math.max(0, skip - inGroup);
      });
      return found;
    },
  };
}

/**
 * The exact identifier first and, because the archive's own search by identifier is fuzzy, now and then
 * its neighbours; something close for an identifier that does not exist but holds a known number.
 */
function idCandidates(index: SearchIndex, wanted: string): { exact: Bits; near: Bits } {
  const exact = emptyBits(index.plan.size);
  const near = emptyBits(index.plan.size);
  const number = numberIn(wanted);
  if (number === null || number >= index.plan.size) return { exact, near };
  if (recordOf(index.plan, number).nasaId !== wanted) {
    setBit(near, number);
    return { exact, near };
  }
  setBit(exact, number);
  if (mix(index.plan.seed, number) % 4 === 0) {
    for (const step of [1, 2]) if (number + step < index.plan.size) setBit(near, number + step);
  }
  return { exact, near };
}

/** Narrows by every parameter but `q` and `nasa_id`; a reason when one of them is malformed. */
function narrow(index: SearchIndex, query: URLSearchParams, bits: Bits): RefusedSearch | null {
  for (const field of textFields) {
    const text = query.get(field);
    if (field !== 'q' && text !== null) keepCommon(bits, index.withWords(field, wordsOf(text)));
  }
  const centre = query.get('center');
  if (centre !== null) {
    const value = centreList.findIndex(
      (code) => code !== '' && code === centre.trim().toUpperCase(),
    );
    keepCommon(bits, index.withValues('centre', value < 0 ? [] : [value]));
  }
  const media = query.get('media_type');
  if (media !== null) {
    const wanted = media.split(',').map((one) => one.trim().toLowerCase());
    keepCommon(
      bits,
      index.withValues(
        'media',
        [0, 1, 2].filter((at) => wanted.includes(mediaTypes[at] ?? '')),
      ),
    );
  }
  const [start, end] = [query.get('year_start'), query.get('year_end')];
  if (start === null && end === null) return null;
  const first = wholeParameter(start, firstYear, 0);
  const last = wholeParameter(end, lastYear, 0);
  if (first === null) return { reason: `Invalid year_start: ${start ?? ''}` };
  if (last === null) return { reason: `Invalid year_end: ${end ?? ''}` };
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, at) => at);
  keepCommon(
    bits,
    index.withValues(
      'year',
      years.filter((at) => at + firstYear >= first && at + firstYear <= last),
    ),
  );
  return null;
}

/** Every record that a search finds. Titles that hold all words of `q` come first, then by number. */
export function findRecords(index: SearchIndex, query: URLSearchParams): Hits | RefusedSearch {
  const words = wordsOf(query.get('q') ?? '');
  const bits = index.withWords('q', words);
  if (words.length === 0 && (query.get('q') ?? '').trim() !== '') bits.fill(0);
  const refused = narrow(index, query, bits);
  if (refused !== null) return refused;
  const wanted = query.get('nasa_id');
  if (wanted !== null) {
    const { exact, near } = idCandidates(index, wanted);
    keepCommon(exact, bits);
    keepCommon(near, bits);
    return orderedHits([exact, near]);
  }
  if (words.length === 0) return orderedHits([bits]);
  const titled = index.withWords('title', words);
  keepCommon(titled, bits);
  takeOut(bits, titled);
  return orderedHits([titled, bits]);
}
