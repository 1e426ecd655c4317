/**
 * Runs in the page. Pure: the search parameters of the NASA library as filters. What is typed is checked
 * here, before anything is sent.
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { searchText } from '../../i18n/search.ts';

export const mediaTypes = ['image', 'video', 'audio'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** Parameters that take free text, by the archive's own names. */
export const textFilters = [
  'center',
  'keywords',
  'location',
  'photographer',
  'secondary_creator',
  'title',
  'description',
  'description_508',
  'nasa_id',
] as const;
export type TextFilter = (typeof textFilters)[number];

export type FilterName = 'media_type' | 'years' | TextFilter;

/** All filters in the order of the bar. */
export const filterNames: readonly FilterName[] = [
  'media_type',
  'center',
  'years',
  ...textFilters.slice(1),
];

/** Codes that the archive uses in `center`, in the order of the alphabet; others can be typed. */
export const centres = Object.keys(searchText.centres) as (keyof typeof searchText.centres)[];

/** Longest text that the contract lets through. */
const longestText = 2048;
/** The oldest picture of the library is from 1915; nothing in it can be older than this. */
const firstYear = 1850;

/** The same query without blanks and empty parameters, in one order. */
export function tidyQuery(query: NasaSearchQuery): NasaSearchQuery {
  const tidy: NasaSearchQuery = {};
  const q = query.q?.trim();
  if (q) tidy.q = q;
  const media = writeMediaTypes(readMediaTypes(query));
  if (media !== undefined) tidy.media_type = media;
  if (query.year_start) tidy.year_start = query.year_start;
  if (query.year_end) tidy.year_end = query.year_end;
  for (const name of textFilters) {
    const text = query[name]?.trim();
    if (text) tidy[name] = text;
  }
  return tidy;
}

/** One text for one query, whatever the order of its members. */
export function queryKey(query: NasaSearchQuery): string {
  return JSON.stringify(tidyQuery(query));
}

/** True when there is nothing to ask: the archive wants at least one parameter. */
export function isEmptyQuery(query: NasaSearchQuery): boolean {
  return Object.keys(tidyQuery(query)).length === 0;
}

export function activeFilters(query: NasaSearchQuery): FilterName[] {
  const tidy = tidyQuery(query);
  return filterNames.filter((name) =>
    name === 'years'
      ? tidy.year_start !== undefined || tidy.year_end !== undefined
      : tidy[name] !== undefined,
  );
}

/** The query without one filter, or without all of them. */
export function withoutFilter(query: NasaSearchQuery, filter: FilterName | 'all'): NasaSearchQuery {
  const tidy = tidyQuery(query);
  if (filter === 'all') return tidy.q === undefined ? {} : { q: tidy.q };
  if (filter === 'years') {
    delete tidy.year_start;
    delete tidy.year_end;
  } else delete tidy[filter];
  return tidy;
}

/** The kinds of a query in a fixed order; what is not a kind is left out. */
export function readMediaTypes(query: NasaSearchQuery): MediaType[] {
  const named = (query.media_type ?? '').split(',').map((word) => word.trim().toLowerCase());
  return mediaTypes.filter((type) => named.includes(type));
}

/** All kinds and no kind both mean that the archive is not asked for any. */
export function writeMediaTypes(types: readonly MediaType[]): string | undefined {
  const ordered = mediaTypes.filter((type) => types.includes(type));
  if (ordered.length === 0 || ordered.length === mediaTypes.length) return undefined;
  return ordered.join(',');
}

export type YearsResult =
  | { ok: true; years: Pick<NasaSearchQuery, 'year_start' | 'year_end'> }
  | { ok: false; from: string | null; to: string | null };

/** Reads the two years as typed; either may be left out. */
export function parseYears(fromTyped: string, toTyped: string, thisYear: number): YearsResult {
  const from = readYear(fromTyped, thisYear);
  const to = readYear(toTyped, thisYear);
  if (from.mistake !== null || to.mistake !== null) {
    return { ok: false, from: from.mistake, to: to.mistake };
  }
  if (from.year !== null && to.year !== null && from.year > to.year) {
    return { ok: false, from: null, to: searchText.yearsCrossed(to.year, from.year) };
  }
  return {
    ok: true,
    years: {
      ...(from.year === null ? {} : { year_start: String(from.year) }),
      ...(to.year === null ? {} : { year_end: String(to.year) }),
    },
  };
}

function readYear(
  typed: string,
  thisYear: number,
): { year: number | null; mistake: string | null } {
  const text = typed.trim();
  if (text === '') return { year: null, mistake: null };
  if (!/^\d{4}$/.test(text)) return { year: null, mistake: searchText.notAYear(text) };
  const year = Number(text);
  if (year < firstYear) return { year: null, mistake: searchText.yearTooOld(firstYear) };
  if (year > thisYear) return { year: null, mistake: searchText.yearToCome(thisYear) };
  return { year, mistake: null };
}

/** What is wrong with the text of a filter; null when it can be sent. */
export function checkFilterText(typed: string): string | null {
  return typed.trim().length > longestText ? searchText.tooLong(longestText) : null;
}

/**
 * Why a query cannot be sent, before it is: it may come from a keyword, a link or an older window and so have
 * passed no form. Null when it can.
 */
export function checkQuery(query: NasaSearchQuery): ArchiveError | null {
  const refuse = (message: string) =>
    new ArchiveError({ code: 'invalid-arguments', message, retryable: false });
  const names = ['q', ...textFilters] as const;
  const long = names.find((name) => (query[name]?.length ?? 0) > longestText);
  if (long !== undefined) {
    const name = long === 'q' ? searchText.searchedFor : searchText.filters[long];
    return refuse(searchText.tooLongToSend(name, longestText));
  }
  const years = [query.year_start, query.year_end];
  const wrong = years.find((year) => year !== undefined && !/^\d{4}$/.test(year));
  return wrong === undefined ? null : refuse(searchText.notAYearToSend(wrong.slice(0, 40)));
}

/** How a filter that is on reads: `Image, Video`, `1998 to 2024`, `Keyword: Hubble`. */
export function describeFilter(query: NasaSearchQuery, filter: FilterName): string {
  if (filter === 'media_type') {
    return readMediaTypes(query)
      .map((type) => searchText.mediaTypes[type])
      .join(', ');
  }
  if (filter === 'years') return searchText.years(query.year_start, query.year_end);
  const text = query[filter]?.trim() ?? '';
  return filter === 'center' ? text : searchText.filterValue(searchText.filters[filter], text);
}

/** How a whole search is named, for "Back to …": its words, or its filters. */
export function describeQuery(query: NasaSearchQuery): string {
  const tidy = tidyQuery(query);
  if (tidy.q !== undefined) return `“${tidy.q}”`;
  const filters = activeFilters(tidy).map((filter) => describeFilter(tidy, filter));
  return filters.length === 0 ? searchText.allOfNasa : filters.join(', ');
}
