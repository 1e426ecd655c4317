/**
 * Runs in plain Node. What follows a filter's name after two underscores, and which values each takes. A value of the
 * wrong kind is answered with 400 or an error of the service's own, so it is told before anything is sent.
 */
import type { FilterKind } from './fields.ts';

const everywhere = [
  ...['exact', 'iexact', 'contains', 'icontains', 'startswith', 'istartswith', 'endswith'],
  ...['iendswith', 'gt', 'gte', 'lt', 'lte', 'in', 'range', 'isnull', 'regex', 'iregex'],
] as const;
/** Whole numbers that a date has. What no date has (a 13th month) finds nothing, and is no error. */
const partsOfDates = [
  ...['year', 'iso_year', 'quarter', 'month', 'week', 'day', 'week_day', 'iso_week_day'],
  ...['hour', 'minute', 'second'],
];

const ofDates = [...everywhere, ...partsOfDates, 'date', 'time'];

/** The lookups of a kind of filter; empty where the name alone is the filter. */
export function lookupsOf(kind: FilterKind): readonly string[] {
  if (kind === 'moment') return ofDates;
  return kind === 'text' || kind === 'integer' ? everywhere : [];
}

/** The service makes null of these. */
const isNull = (value: string): boolean => /^(?:none|None|nil)$/.test(value);

/** What is wrong with a value, in words; null where nothing is. `lookup` is null for the name alone. */
export function valueProblem(
  kind: FilterKind,
  lookup: string | null,
  value: string,
): string | null {
  if (kind === 'numbers') return numbersProblem(value);
  if (value === '' && (kind === 'name' || kind === 'subject')) return 'A value is missing';
  if (kind === 'name' || kind === 'subject') return null;
  return lookedUpProblem(kind, lookup ?? 'exact', value);
}

function lookedUpProblem(
  kind: 'text' | 'moment' | 'integer',
  lookup: string,
  value: string,
): string | null {
  if (partsOfDates.includes(lookup)) return partProblem(lookup, value);
  switch (lookup) {
    case 'isnull':
      return /^(?:true|True|false|False)$/.test(value)
        ? null
        : `“${shown(value)}” is neither true nor false`;
    case 'in':
      return value === '' ? 'A list is missing' : firstProblem(value.split(','), kind);
    case 'range': {
      const ends = value.split(',');
      return ends.length === 2
        ? firstProblem(ends, kind)
        : 'A range is two values with a comma between';
    }
    case 'regex':
    case 'iregex':
      return regexProblem(value);
    case 'date':
      return momentMs(value) !== null ? null : momentWords(value);
    case 'time':
      return isTime(value) ? null : `“${shown(value)}” is no time such as 21:30 or 21:30:00`;
    case 'exact':
      return isNull(value) ? null : kindProblem(value, kind);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return isNull(value) ? nullWords(value) : kindProblem(value, kind);
    default:
      return isNull(value) && lookup !== 'iexact' ? nullWords(value) : null;
  }
}

function firstProblem(
  values: readonly string[],
  kind: 'text' | 'moment' | 'integer',
): string | null {
  return (
    values.map((value) => kindProblem(value, kind)).find((problem) => problem !== null) ?? null
  );
}

function kindProblem(value: string, kind: 'text' | 'moment' | 'integer'): string | null {
  if (kind === 'text') return null;
  if (kind === 'integer') return isInteger(value) ? null : `“${shown(value)}” is no whole number`;
  return momentMs(value) !== null ? null : momentWords(value);
}

function partProblem(lookup: string, value: string): string | null {
  if (!isInteger(value)) return `“${shown(value)}” is no whole number`;
  // Years become the days on which they begin and end.
  const isYear = lookup.endsWith('year');
  if (!isYear || (Number(value) >= 1 && Number(value) <= 9999)) return null;
  return `“${shown(value)}” is no year`;
}

/** The database keeps these numbers in 32 bits. */
function isInteger(value: string): boolean {
  return /^\s*[+-]?\d{1,10}\s*$/.test(value) && Math.abs(Number(value)) <= 2_147_483_647;
}

const momentForm =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\s*(\d{1,2}:\d{1,2}(?::\d{1,2}(?:[.,]\d{1,12})?)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Unix ms of a day or a moment as the service reads it: "2012-04-10", "2012-04-10 0:00:00", with a zone or without, which
 * then is UTC. Null for what it would refuse.
 */
export function momentMs(value: string): number | null {
  const match = momentForm.exec(value.trim());
  if (match === null) return null;
  const [, year = '', month = '', day = '', time = '0:00', zone = 'Z'] = match;
  const two = (text: string): string => text.padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  const midnight = new Date(`${date}T00:00:00Z`);
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
  if (!isDay || Number(year) < 1 || !isTime(time)) return null;
  const [hours = '', minutes = '', seconds = '0'] = time.replace(',', '.').split(':');
  const ofDayMs = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return midnight.getTime() + Math.floor(ofDayMs) - zoneMs(zone);
}

function zoneMs(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  const ms = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
  return match[1] === '-' ? -ms : ms;
}

function isTime(value: string): boolean {
  const match = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,12})?)?$/.exec(value.trim());
  return (
    match !== null && Number(match[1]) < 24 && Number(match[2]) < 60 && Number(match[3] ?? 0) < 60
  );
}

/** What is broken here is broken in the database too; what only the database knows is left to it. */
function regexProblem(value: string): string | null {
  try {
    // Options in front, and named classes, are the database's own.
    new RegExp(
      value.replace(/^(?:\*\*\*[:=])?(?:\(\?[a-z]+\))?/, '').replace(/\[[:.=]\w+[:.=]\]/g, 'x'),
    );
    return null;
  } catch {
    return `“${shown(value)}” is no regular expression`;
  }
}

function numbersProblem(value: string): string | null {
  return value.split(',').every((one) => /^\s*\d{1,10}\s*$/.test(one))
    ? null
    : 'Numbers of images are wanted, with commas between';
}

function momentWords(value: string): string {
  return `“${shown(value)}” is no date such as 2012-04-10 or 2012-04-10 21:30:00`;
}

function nullWords(value: string): string {
  return `AstroBin takes “${value}” for “nothing”, which can’t be looked for this way`;
}

function shown(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
