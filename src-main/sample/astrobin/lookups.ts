/**
 * Runs in plain Node, any thread; pure. Lookups of the service's framework (`__icontains`, `__gte` …) as tests of one
 * value. Values that do not fit are refused as there.
 */
import { databaseText, momentParts, parseMoment } from './moments.ts';
import { DatabaseFault, Refused } from './refused.ts';

/** Moments are numbers of microseconds. */
export type Cell = string | number | null;
export type CellKind = 'text' | 'number' | 'moment';
export type CellTest = (cell: Cell) => boolean;

const plainLookups = [
  ...['exact', 'iexact', 'contains', 'icontains', 'startswith', 'istartswith', 'endswith'],
  ...['iendswith', 'gt', 'gte', 'lt', 'lte', 'in', 'range', 'isnull', 'regex', 'iregex'],
] as const;

/** Suffixes that a field of a kind knows; others are taken for relations. */
export const isLookup = (kind: CellKind, name: string): boolean =>
  (plainLookups as readonly string[]).includes(name) ||
  (kind === 'moment' && (name === 'date' || Object.hasOwn(momentParts, name)));

const mismatch = (): Refused =>
  new Refused('Invalid resource lookup data provided (mismatched type).');

/** The framework takes these words for values. */
const words: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  nil: null,
  none: null,
  None: null,
};

function wholeNumber(text: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw mismatch();
  return Number(text);
}

function readValue(kind: CellKind, text: string): string | number {
  if (kind === 'number') return wholeNumber(text);
  if (kind === 'moment') return parseMoment(text);
  return text === 'true' ? 'True' : text === 'false' ? 'False' : text;
}

function textOf(kind: CellKind, cell: string | number): string {
  return kind === 'moment' && typeof cell === 'number' ? databaseText(cell) : String(cell);
}

type TextTest = (text: string, wanted: string) => boolean;

const textTests: Readonly<Record<string, TextTest>> = {
  exact: (text, wanted) => text === wanted,
  contains: (text, wanted) => text.includes(wanted),
  startswith: (text, wanted) => text.startsWith(wanted),
  endswith: (text, wanted) => text.endsWith(wanted),
};

function expression(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    throw new DatabaseFault('Not a regular expression');
  }
}

const orders: Readonly<
  Record<string, (cell: string | number, wanted: string | number) => boolean>
> = {
  exact: (cell, wanted) => cell === wanted,
  gt: (cell, wanted) => cell > wanted,
  gte: (cell, wanted) => cell >= wanted,
  lt: (cell, wanted) => cell < wanted,
  lte: (cell, wanted) => cell <= wanted,
};

function textTest(kind: CellKind, lookup: string, value: string): CellTest | null {
  if (lookup === 'regex' || lookup === 'iregex') {
    const pattern = expression(value, lookup === 'iregex' ? 'iu' : 'u');
    return (cell) => cell !== null && pattern.test(textOf(kind, cell));
  }
  // Without case on both sides, as the database's UPPER does it.
  const isFolded = lookup.startsWith('i') && lookup !== 'in' && lookup !== 'isnull';
  const test = textTests[isFolded ? lookup.slice(1) : lookup];
  if (test === undefined || (lookup === 'exact' && kind !== 'text')) return null;
  if (!isFolded) return (cell) => cell !== null && test(textOf(kind, cell), value);
  const wanted = value.toUpperCase();
  return (cell) => cell !== null && test(textOf(kind, cell).toUpperCase(), wanted);
}

function momentTest(lookup: string, value: string): CellTest | null {
  const part = momentParts[lookup];
  if (part !== undefined) {
    const wanted = wholeNumber(value);
    return (cell) => typeof cell === 'number' && part(new Date(Math.floor(cell / 1000))) === wanted;
  }
  if (lookup !== 'date') return null;
  const start = parseMoment(value);
  return (cell) => typeof cell === 'number' && cell >= start && cell < start + 86_400_000_000;
}

function listTest(kind: CellKind, lookup: 'in' | 'range', values: readonly string[]): CellTest {
  const parts = values.flatMap((value) => value.split(',')).map((one) => readValue(kind, one));
  if (lookup === 'in') return (cell) => cell !== null && parts.includes(cell);
  const [low, high] = parts;
  if (low === undefined || high === undefined) throw mismatch();
  return (cell) => cell !== null && cell >= low && cell <= high;
}

/** The test that a lookup and its values (each time the parameter was given) stand for. Throws Refused or DatabaseFault. */
export function cellTest(kind: CellKind, lookup: string, values: readonly string[]): CellTest {
  if (lookup === 'in' || lookup === 'range') return listTest(kind, lookup, values);
  const value = values.at(-1) ?? '';
  const word = Object.hasOwn(words, value) ? words[value] : undefined;
  if (lookup === 'isnull') {
    if (typeof word !== 'boolean') throw mismatch();
    return (cell) => (cell === null) === word;
  }
  if (word === null && (lookup === 'exact' || lookup === 'iexact')) return (cell) => cell === null;
  if (kind === 'moment') {
    const test = momentTest(lookup, value);
    if (test !== null) return test;
  }
  const test = textTest(kind, lookup, value);
  if (test !== null) return test;
  const order = orders[lookup];
  if (order === undefined) throw mismatch();
  const wanted = readValue(kind, value);
  return (cell) => cell !== null && order(cell, wanted);
}

/** For a rising moment: from which microsecond on, and before which, a lookup holds; null where it is no such lookup. */
export function momentBounds(
  lookup: string,
  values: readonly string[],
): readonly [from: number, before: number] | null {
  const value = values.at(-1) ?? '';
  const [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  switch (lookup) {
    case 'gte':
      return [parseMoment(value), most];
    case 'gt':
      return [parseMoment(value) + 1, most];
    case 'lt':
      return [least, parseMoment(value)];
    case 'lte':
      return [least, parseMoment(value) + 1];
    case 'date':
      return [parseMoment(value), parseMoment(value) + 86_400_000_000];
    case 'year': {
      const year = wholeNumber(value);
      return [Date.UTC(year, 0, 1) * 1000, Date.UTC(year + 1, 0, 1) * 1000];
    }
    case 'range': {
      const [low = '', high = ''] = values.flatMap((one) => one.split(','));
      return [parseMoment(low), parseMoment(high) + 1];
    }
    default:
      return null;
  }
}
