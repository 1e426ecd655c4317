/** Runs in the page. Pure: values for a filter, out of the results that are loaded. */
import type { RecordCard } from '#contract/domain.ts';
import { fieldValues, keywordsOf } from '../gallery/record-facts.ts';
import { centres, type TextFilter } from './filters.ts';
import { searchText } from '../../i18n/search.ts';

export interface Suggestion {
  value: string;
  /** Records of the loaded results that have it; 0 for one that is only known of. */
  count: number;
  /** What a code stands for. */
  note: string | null;
}

/** Filters whose values are short enough to be offered. */
export const suggestedFilters = [
  'center',
  'keywords',
  'location',
  'photographer',
  'secondary_creator',
] as const satisfies TextFilter[];
export type SuggestedFilter = (typeof suggestedFilters)[number];

/** Longer values are prose, or a list in one field. */
const longestValue = 80;
/** Cards looked at: more would not change what is frequent. */
export const mostCards = 2_000;

export function hasSuggestions(filter: string): filter is SuggestedFilter {
  return suggestedFilters.some((one) => one === filter);
}

/** Values of one filter with how many records have it, the most frequent first. */
export function countValues(
  cards: readonly RecordCard[],
  filter: SuggestedFilter,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const card of cards.slice(0, mostCards)) {
    const values = filter === 'keywords' ? keywordsOf(card) : fieldValues(card, filter);
    for (const value of new Set(values)) {
      if (value.length <= longestValue) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}

const fold = (text: string): string => text.normalize('NFKD').toLocaleLowerCase('en-GB');

/**
 * What to offer while `typed` stands in the field: of a list of keywords the last one is completed. Values that
 * begin with it come before those that hold it elsewhere; known centres follow those that were seen.
 */
export function suggest(
  counts: ReadonlyMap<string, number>,
  filter: SuggestedFilter,
  typed: string,
  limit = 8,
): Suggestion[] {
  const all: Suggestion[] = [...counts].map(([value, count]) => ({
    value,
    count,
    note: filter === 'center' ? centreName(value) : null,
  }));
  if (filter === 'center') {
    for (const code of centres) {
      if (!counts.has(code)) all.push({ value: code, count: 0, note: searchText.centres[code] });
    }
  }
  const wanted = fold(wordBeingTyped(filter, typed));
  const named = already(filter, typed);
  const fits = ({ value, note }: Suggestion): number => {
    if (named.has(fold(value))) return 0;
    if (fold(value).startsWith(wanted)) return 2;
    return fold(`${value} ${note ?? ''}`).includes(wanted) ? 1 : 0;
  };
  return all
    .map((one) => ({ one, rank: fits(one) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, limit)
    .map(({ one }) => one);
}

/** The text of the field with a suggestion taken over; a list goes on after a comma. */
export function complete(filter: SuggestedFilter, typed: string, value: string): string {
  if (filter !== 'keywords') return value;
  const before = typed.split(',').slice(0, -1);
  return [...before.map((word) => word.trim()), value].join(', ');
}

function wordBeingTyped(filter: SuggestedFilter, typed: string): string {
  return (filter === 'keywords' ? (typed.split(',').at(-1) ?? '') : typed).trim();
}

/** Keywords that stand in the field before the one being typed: they are not offered again. */
function already(filter: SuggestedFilter, typed: string): Set<string> {
  if (filter !== 'keywords') return new Set();
  return new Set(
    typed
      .split(',')
      .slice(0, -1)
      .map((word) => fold(word.trim())),
  );
}

function centreName(code: string): string | null {
  const known: Readonly<Record<string, string>> = searchText.centres;
  return Object.hasOwn(known, code) ? (known[code] ?? null) : null;
}
