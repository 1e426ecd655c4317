/** Runs in the page, pure. The two ends of a filter by dates or sizes, as typed and as the service takes them. */
import type { AstrobinParam } from '#contract/astrobin.ts';
import { astrobinSearchText as words } from '../../i18n/astrobin-search.ts';
import { dayAfter, lookupOf } from './search-params.ts';

export type EndsResult =
  { ok: true; params: AstrobinParam[] } | { ok: false; from: string | null; until: string | null };

/** What stands in the two fields for the parameters that are on. */
export function typedEnds(own: readonly AstrobinParam[], isDates: boolean): [string, string] {
  const ends = new Map(own.map(([name, value]) => [lookupOf(name), value]));
  const before = ends.get('lt');
  const last = before === undefined || !isDates ? before : (dayAfter(before, -1) ?? before);
  return [ends.get('gte') ?? '', ends.get('lte') ?? last ?? ''];
}

const dayForm = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const two = (text: string): string => text.padStart(2, '0');

/** The first and the last day that a year, a month or a day stands for; null for anything else. */
export function daysOf(typed: string): { first: string; last: string } | null {
  const match = dayForm.exec(typed.trim());
  if (match === null) return null;
  const [, year = '', month, day] = match;
  const first = `${year}-${two(month ?? '1')}-${two(day ?? '1')}`;
  const start = new Date(`${first}T00:00:00Z`);
  if (Number.isNaN(start.getTime()) || !start.toISOString().startsWith(first)) return null;
  if (day !== undefined) return { first, last: first };
  const next = month === undefined ? [Number(year) + 1, 0] : [Number(year), Number(month)];
  const after = new Date(Date.UTC(next[0] ?? 0, next[1] ?? 0, 1)).toISOString().slice(0, 10);
  return { first, last: dayAfter(after, -1) ?? first };
}

/** Both days count: the service is asked for what comes before the day after the last. */
export function parseDays(field: string, fromTyped: string, untilTyped: string): EndsResult {
  const from = fromTyped.trim() === '' ? null : daysOf(fromTyped);
  const until = untilTyped.trim() === '' ? null : daysOf(untilTyped);
  const wrong = {
    from: fromTyped.trim() !== '' && from === null ? words.notADay(fromTyped.trim()) : null,
    until: untilTyped.trim() !== '' && until === null ? words.notADay(untilTyped.trim()) : null,
  };
  if (wrong.from !== null || wrong.until !== null) return { ok: false, ...wrong };
  if (from !== null && until !== null && until.last < from.first) {
    return { ok: false, from: null, until: words.daysCrossed };
  }
  const after = until === null ? null : dayAfter(until.last, 1);
  return {
    ok: true,
    params: [
      ...(from === null ? [] : [[`${field}__gte`, from.first] as const]),
      ...(after === null ? [] : [[`${field}__lt`, after] as const]),
    ],
  };
}

export function parseSizes(field: string, fromTyped: string, untilTyped: string): EndsResult {
  const clean = (typed: string): string => typed.replaceAll(/[\s,]/g, '');
  const [from, until] = [clean(fromTyped), clean(untilTyped)];
  const mistake = (text: string, typed: string): string | null =>
    text === '' || /^\d{1,9}$/.test(text) ? null : words.notANumber(typed.trim());
  const wrong = { from: mistake(from, fromTyped), until: mistake(until, untilTyped) };
  if (wrong.from !== null || wrong.until !== null) return { ok: false, ...wrong };
  if (from !== '' && until !== '' && Number(until) < Number(from)) {
    return { ok: false, from: null, until: words.numbersCrossed };
  }
  return {
    ok: true,
    params: [
      ...(from === '' ? [] : [[`${field}__gte`, String(Number(from))] as const]),
      ...(until === '' ? [] : [[`${field}__lte`, String(Number(until))] as const]),
    ],
  };
}
