/** Runs in the page, pure. What the list of bundles is narrowed by, as chips show it and forms ask for it. */
import type { PdsFilter } from '#contract/pds-lists.ts';
import { formatArchiveDate } from '../../i18n/format.ts';
import { pdsText } from '../../i18n/pds.ts';
import { contextName, lidOf } from './identifiers.ts';

/** Filters whose choices are context products. */
export const contextFilters = ['target', 'instrument', 'investigation'] as const;
export type ContextFilter = (typeof contextFilters)[number];

export type PdsFilterName = ContextFilter | 'observed';

/** In the order of the bar. */
export const pdsFilterNames: readonly PdsFilterName[] = [...contextFilters, 'observed'];

/** The same filter without blanks and empty members, in one order. */
export function tidyFilter(filter: PdsFilter): PdsFilter {
  const tidy: PdsFilter = {};
  for (const name of ['text', ...contextFilters, 'from', 'until'] as const) {
    const text = filter[name]?.trim();
    if (text) tidy[name] = text;
  }
  return tidy;
}

/** One text for one filter. */
export function filterKey(filter: PdsFilter): string {
  return JSON.stringify(tidyFilter(filter));
}

export function activeFilters(filter: PdsFilter): PdsFilterName[] {
  const tidy = tidyFilter(filter);
  return pdsFilterNames.filter((name) =>
    name === 'observed'
      ? tidy.from !== undefined || tidy.until !== undefined
      : tidy[name] !== undefined,
  );
}

/** The filter without one of its parts; with 'all' only the words stay. */
export function withoutFilter(filter: PdsFilter, name: PdsFilterName | 'all'): PdsFilter {
  const tidy = tidyFilter(filter);
  if (name === 'all') return tidy.text === undefined ? {} : { text: tidy.text };
  if (name === 'observed') {
    delete tidy.from;
    delete tidy.until;
  } else delete tidy[name];
  return tidy;
}

/** How a filter that is on reads: `Mars`, `1 April 2019 to 23 June 2019`. `titles`: of context products, by lid. */
export function describeFilter(
  filter: PdsFilter,
  name: PdsFilterName,
  titles: Readonly<Record<string, string>>,
): string {
  if (name === 'observed') {
    const day = (iso: string | undefined) => formatArchiveDate(iso ?? null);
    return pdsText.between(day(filter.from), day(filter.until));
  }
  const lid = filter[name] ?? '';
  return titles[lidOf(lid)] ?? contextName(lid);
}

export type DaysResult =
  | { ok: true; days: Pick<PdsFilter, 'from' | 'until'> }
  | { ok: false; from: string | null; until: string | null };

/** Reads two days as typed: a year, a month or a day each; either may be left out. */
export function parseDays(fromTyped: string, untilTyped: string): DaysResult {
  const from = readDay(fromTyped, 'first');
  const until = readDay(untilTyped, 'last');
  if (from.mistake !== null || until.mistake !== null) {
    return { ok: false, from: from.mistake, until: until.mistake };
  }
  if (from.day !== null && until.day !== null && from.day > until.day) {
    return { ok: false, from: null, until: pdsText.daysCrossed };
  }
  return {
    ok: true,
    days: {
      ...(from.day === null ? {} : { from: from.day }),
      ...(until.day === null ? {} : { until: until.day }),
    },
  };
}

/** A year or month stands for its first or its last day. */
function readDay(
  typed: string,
  edge: 'first' | 'last',
): { day: string | null; mistake: string | null } {
  const text = typed.trim();
  if (text === '') return { day: null, mistake: null };
  const parts = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  const mistake = pdsText.notADay(text.slice(0, 40));
  if (parts === null) return { day: null, mistake };
  const year = Number(parts[1]);
  const month = parts[2] === undefined ? (edge === 'first' ? 1 : 12) : Number(parts[2]);
  // Day 0 of a month is the last one of the month before it.
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = parts[3] === undefined ? (edge === 'first' ? 1 : lastOfMonth) : Number(parts[3]);
  if (month < 1 || month > 12 || day < 1 || day > lastOfMonth) return { day: null, mistake };
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  return { day: `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`, mistake: null };
}
