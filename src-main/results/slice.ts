/**
 * Runs in plain Node; pure. Slices of a query: what narrows it, and which stored records lie in a slice as far
 * as their own fields tell. The archive has no "not", so slices can only be made of values that occur.
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import { splitKeywords } from '../sources/nasa-images/credit.ts';
import type { JsonObject } from '../sources/nasa-images/wire.ts';

/** What a query can be split by, in the order in which it is tried where nothing speaks for another. */
export const dimensions = [
  'year',
  'media_type',
  'center',
  'keywords',
  'location',
  'photographer',
  'secondary_creator',
  'title',
  'description_508',
  'description',
] as const;

export type Dimension = (typeof dimensions)[number];

/** Dimensions whose values are learnt from the records that were listed. */
export type LearntDimension = Exclude<Dimension, 'year'>;

export const learntDimensions = dimensions.filter(
  (dimension): dimension is LearntDimension => dimension !== 'year',
);

const names = [
  'q',
  'center',
  'description',
  'description_508',
  'keywords',
  'location',
  'media_type',
  'nasa_id',
  'photographer',
  'secondary_creator',
  'title',
  'year_start',
  'year_end',
] as const satisfies readonly (keyof NasaSearchQuery)[];

/** The query without blanks around values and without empty ones, its parameters in one order. */
export function plainQuery(query: NasaSearchQuery): NasaSearchQuery {
  const plain: NasaSearchQuery = {};
  for (const name of names) {
    const value = query[name]?.trim();
    if (value !== undefined && value !== '') plain[name] = value;
  }
  return plain;
}

/** The query of a slice: the whole query, narrowed. */
export function narrowed(query: NasaSearchQuery, by: NasaSearchQuery): NasaSearchQuery {
  return plainQuery({ ...query, ...by });
}

/** Longer values are no names; an address of several thousand characters is refused by servers. */
const longestValue = 200;

/** A value as values are compared: the archive does not tell capitals apart. */
export function valueKey(value: string): string {
  return value.toLowerCase();
}

function nameIn(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  const name = value.trim();
  return name === '' || name.length > longestValue ? [] : [name];
}

function wordsIn(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  const words = value.slice(0, 5000).match(/[\p{L}\p{N}]{1,60}/gu) ?? [];
  return [...new Set(words.map(valueKey))];
}

/** The values of a record's own fields by which a slice could hold it, each once. */
export function valuesOf(data: JsonObject, dimension: LearntDimension): string[] {
  switch (dimension) {
    case 'keywords': {
      // A comma would make two keywords of one.
      const words = splitKeywords(data['keywords']).filter(
        (word) => word.length <= longestValue && !word.includes(','),
      );
      return [...new Map(words.map((word) => [valueKey(word), word])).values()];
    }
    case 'title':
    case 'description':
    case 'description_508':
      return wordsIn(data[dimension]);
    default:
      return nameIn(data[dimension]);
  }
}

/** The year that a record says it is from, or null. */
export function yearOf(data: JsonObject): number | null {
  const date = data['date_created'];
  const match = typeof date === 'string' ? /^\s*(\d{4})/.exec(date) : null;
  return match === null ? null : Number(match[1]);
}

/** Years, both included; null where the range is open. */
export interface YearRange {
  from: number | null;
  to: number | null;
}

/** Years are written with four digits, so these bound what an open range can hold. */
const leastYear = 0;
const greatestYear = 9999;

export function yearRangeOf(query: NasaSearchQuery): YearRange {
  const read = (text: string | undefined): number | null =>
    text !== undefined && /^\d{4}$/.test(text) ? Number(text) : null;
  return { from: read(query.year_start), to: read(query.year_end) };
}

export function yearParameters({ from, to }: YearRange): NasaSearchQuery {
  const text = (year: number): string => String(year).padStart(4, '0');
  return {
    ...(from === null ? {} : { year_start: text(from) }),
    ...(to === null ? {} : { year_end: text(to) }),
  };
}

/**
 * Two halves of a range of years that together hold exactly its records: cut at the middle of the years that
 * were seen in it, else in the middle of the range. No bound is assumed: the outer ranges stay open.
 * Null for a single year.
 */
export function splitYears(
  range: YearRange,
  seen: readonly number[],
): [YearRange, YearRange] | null {
  const least = range.from ?? leastYear;
  const greatest = range.to ?? greatestYear;
  if (least >= greatest) return null;
  const sorted = seen
    .filter((year) => year >= least && year <= greatest)
    .sort((first, second) => first - second);
  const first = sorted[0];
  const middle = sorted[Math.floor(sorted.length / 2)];
  let last = Math.floor((least + greatest) / 2);
  // All seen lie in one year: that year alone, or what lies before it, comes apart from the rest.
  if (middle !== undefined) last = first !== undefined && first < middle ? middle - 1 : middle;
  last = Math.min(Math.max(last, least), greatest - 1);
  return [
    { from: range.from, to: last },
    { from: last + 1, to: range.to },
  ];
}

/** True when the record's own fields put it into the slice that `by` cuts out. */
export function liesIn(data: JsonObject, by: NasaSearchQuery): boolean {
  const { from, to } = yearRangeOf(by);
  if (from !== null || to !== null) {
    const year = yearOf(data);
    if (year === null || year < (from ?? leastYear) || year > (to ?? greatestYear)) return false;
  }
  return learntDimensions.every((dimension) => {
    const wanted = by[dimension];
    if (wanted === undefined) return true;
    const key = valueKey(wanted);
    return valuesOf(data, dimension).some((value) => valueKey(value) === key);
  });
}

export const mediaTypes = ['image', 'video', 'audio'] as const;

/** The media types among which a query can still be split; empty when it names a single one. */
export function mediaTypesLeft(query: NasaSearchQuery): string[] {
  if (query.media_type === undefined) return [...mediaTypes];
  const named = query.media_type
    .split(',')
    .map((type) => type.trim().toLowerCase())
    .filter((type) => type !== '');
  const distinct = [...new Set(named)];
  return distinct.length > 1 ? distinct : [];
}
