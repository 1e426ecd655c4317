/**
 * Runs in the page, pure. A search of AstroBin as the service's own parameters: what the words of the search field mean,
 * which filters are on, and how they read.
 */
import type { AstrobinParam, AstrobinParamProblem } from '#contract/astrobin.ts';
import { astrobinSearchText } from '../../i18n/astrobin-search.ts';
import { formatArchiveDate } from '../../i18n/format.ts';
import { plainWords } from '../../lib/plain-words.ts';

/** Filters of the service's list of images, by its own names, in the order of their chips. */
export const filterFields = [
  'subjects',
  'user',
  'title',
  'description',
  'uploaded',
  'published',
  'w',
  'h',
  'data_source',
  'remote_source',
  'order_by',
] as const;
export type FilterField = (typeof filterFields)[number];

export const dataSources = [
  'BACKYARD',
  'TRAVELLER',
  'OWN_REMOTE',
  'AMATEUR_HOSTING',
  'PUBLIC_AMATEUR_DATA',
  'PRO_DATA',
  'MIX',
  'OTHER',
  'UNKNOWN',
] as const;

export const orders = [
  '-uploaded',
  'uploaded',
  '-published',
  'published',
  'title',
  '-title',
] as const;

/** Ways in which a text can be looked for, in the order in which they are offered. */
export const textLookups = [
  'icontains',
  'contains',
  'istartswith',
  'startswith',
  'iendswith',
  'endswith',
  'iexact',
  'exact',
  'iregex',
  'regex',
] as const;
export type TextLookup = (typeof textLookups)[number];

export const fieldOf = (name: string): string => name.split('__', 1)[0] ?? name;
export const lookupOf = (name: string): string => name.split('__').slice(1).join('__');

export function isFilterField(field: string): field is FilterField {
  return (filterFields as readonly string[]).includes(field);
}

/** A catalogue's designation, such as M31, NGC 7000, IC 434, Sh2-155. */
const catalogued =
  /^(m|messier|ngc|ic|b|barnard|c|caldwell|ldn|lbn|ugc|pgc|abell|arp|vdb|hd|hip|sao|mel|cr)\s*-?\s*(\d{1,6}[a-z]?)$/i;
const sharpless = /^sh\s*-?2\s*-?\s*(\d{1,3})$/i;
/** Names by which the objects in a field are written there. */
const written: Readonly<Record<string, string>> = {
  messier: 'M',
  m: 'M',
  ngc: 'NGC',
  ic: 'IC',
  abell: 'Abell',
  arp: 'Arp',
  vdb: 'vdB',
  mel: 'Mel',
  cr: 'Cr',
};

/** How the service writes what looks like a designation of a catalogue; null for other words. */
export function subjectOf(text: string): string | null {
  const trimmed = text.trim();
  const sh2 = sharpless.exec(trimmed)?.[1];
  if (sh2 !== undefined) return `Sh2-${sh2}`;
  const match = catalogued.exec(trimmed);
  if (match === null) return null;
  const [, name = '', number = ''] = match;
  return `${written[name.toLowerCase()] ?? name.toUpperCase()} ${number}`;
}

/** Six characters, and digits among letters: words of six letters are words. */
export function hashOf(text: string): string | null {
  const trimmed = text.trim().toLowerCase();
  const isHash = /^[a-z0-9]{6}$/.test(trimmed) && /\d/.test(trimmed) && /[a-z]/.test(trimmed);
  return isHash && subjectOf(trimmed) === null ? trimmed : null;
}

const prefixes = /(?:^|\s)(user|title|description|subject|hash):\s*/gi;

/** What was typed, in parts: `M31 user:alice title:"wide field"`. Words before the first name are free. */
export function partsOf(text: string): { name: string; value: string }[] {
  const found = [...text.matchAll(prefixes)];
  const free = text.slice(0, found[0]?.index ?? text.length).trim();
  const named = found.map((match, at) => {
    const from = match.index + match[0].length;
    const value = text.slice(from, found[at + 1]?.index ?? text.length).trim();
    return { name: (match[1] ?? '').toLowerCase(), value: value.replace(/^"(.*)"$/s, '$1') };
  });
  return [{ name: '', value: free }, ...named].filter(({ value }) => value !== '');
}

/** The parameter that a part of the typed words stands for. */
export function paramOf({ name, value }: { name: string; value: string }): AstrobinParam {
  const subject = subjectOf(value);
  if (name === 'user') return ['user', value];
  if (name === 'description') return ['description__icontains', value];
  if (name === 'subject') return ['subjects', subject ?? value];
  return name === '' && subject !== null ? ['subjects', subject] : ['title__icontains', value];
}

/** Parameters that are always words of the field. */
const isWords = (name: string): boolean => name === 'subjects' || name === 'title__icontains';

/** Parameters that may have been typed or set as a filter, by the names under which they are typed. */
const typedNames: Readonly<Record<string, string>> = {
  user: 'user',
  description__icontains: 'description',
};

/** Those that a person typed though they might have been filters. */
export function typedOf(words: readonly AstrobinParam[]): string[] {
  return words.flatMap(([name]) => (Object.hasOwn(typedNames, name) ? [name] : []));
}

/** Of what was typed that which still says the same in another search. */
export function typedStill(
  typed: readonly string[],
  before: readonly AstrobinParam[],
  after: readonly AstrobinParam[],
): string[] {
  const said = (params: readonly AstrobinParam[], name: string) =>
    params.find((param) => param[0] === name)?.[1];
  return typed.filter(
    (name) => said(after, name) !== undefined && said(after, name) === said(before, name),
  );
}

/**
 * What the field shows of a search: the words that a person could have typed for it.
 * @param typed parameters that are words here, not filters
 */
export function wordsOfParams(
  params: readonly AstrobinParam[],
  typed: readonly string[] = [],
): string {
  const free = params.flatMap(([name, value]) => {
    if (name === 'subjects') return [subjectOf(value) === null ? `subject:${value}` : value];
    if (name !== 'title__icontains') return [];
    return [subjectOf(value) === null ? value : `title:${value}`];
  });
  const named = params.flatMap(([name, value]) =>
    typed.includes(name) ? [`${typedNames[name] ?? name}:${value}`] : [],
  );
  return [...free, ...named].join(' ');
}

/** The same filters with other words. */
export function withWords(
  params: readonly AstrobinParam[],
  words: readonly AstrobinParam[],
  typed: readonly string[] = [],
): AstrobinParam[] {
  const fields = new Set(words.map(([name]) => fieldOf(name)));
  const filters = params.filter(
    ([name]) => !isWords(name) && !typed.includes(name) && !fields.has(fieldOf(name)),
  );
  return [...words, ...filters];
}

/** Values without blanks around them; without those that are empty. */
export function tidyParams(params: readonly AstrobinParam[]): AstrobinParam[] {
  return params
    .map(([name, value]): AstrobinParam => [name, plainWords(value)])
    .filter(([, value]) => value !== '');
}

/** As the contract takes them. */
export function sentParams(params: readonly AstrobinParam[]): [string, string][] {
  return params.map(([name, value]) => [name, value]);
}

/** One text for one search. */
export function paramsKey(params: readonly AstrobinParam[]): string {
  return JSON.stringify(tidyParams(params));
}

/** Filters that are on, with those under names that have no chip of their own. */
export function activeFields(params: readonly AstrobinParam[]): string[] {
  const here = [...new Set(tidyParams(params).map(([name]) => fieldOf(name)))];
  const place = (field: string): number =>
    isFilterField(field) ? filterFields.indexOf(field) : filterFields.length;
  return here.sort((a, b) => place(a) - place(b));
}

export function paramsOfField(params: readonly AstrobinParam[], field: string): AstrobinParam[] {
  return tidyParams(params).filter(([name]) => fieldOf(name) === field);
}

/** The search with one filter changed; an empty list takes it off. */
export function withField(
  params: readonly AstrobinParam[],
  field: string,
  own: readonly AstrobinParam[],
): AstrobinParam[] {
  const others = tidyParams(params).filter(([name]) => fieldOf(name) !== field);
  return tidyParams([...others, ...own]);
}

const dayMs = 86_400_000;
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** `YYYY-MM-DD` some days later; null for what is no day. */
export function dayAfter(day: string, days: number): string | null {
  const atMs = isDay(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(atMs) ? null : new Date(atMs + days * dayMs).toISOString().slice(0, 10);
}

const shownDay = (day: string): string => (isDay(day) ? formatArchiveDate(day) : day);

function describeEnds(
  own: readonly AstrobinParam[],
  shown: (value: string) => string,
): string | null {
  const ends = new Map(own.map(([name, value]) => [lookupOf(name), value]));
  if (own.length > 2 || [...ends.keys()].some((lookup) => !['gte', 'lt', 'lte'].includes(lookup))) {
    return null;
  }
  const from = ends.get('gte');
  const before = ends.get('lt');
  const until =
    ends.get('lte') ?? (before === undefined ? undefined : (dayAfter(before, -1) ?? before));
  return astrobinSearchText.ends(
    from === undefined ? null : shown(from),
    until === undefined ? null : shown(until),
  );
}

function describeOne(field: string, own: readonly AstrobinParam[]): string | null {
  const [first] = own;
  if (first === undefined) return null;
  const lookup = lookupOf(first[0]);
  if (field === 'uploaded' || field === 'published') return describeEnds(own, shownDay);
  if (field === 'w' || field === 'h') return describeEnds(own, (value) => `${value} px`);
  if (own.length > 1) return null;
  if (field === 'subjects' || field === 'user') return first[1];
  if (field === 'order_by') return astrobinSearchText.orderOf(first[1]);
  if (field === 'data_source' && (lookup === '' || lookup === 'in')) {
    return first[1].split(',').map(astrobinSearchText.dataSourceOf).join(', ');
  }
  return astrobinSearchText.looked(lookup, first[1]);
}

/** How a filter that is on reads, with its name: `User: alice`. */
export function describeField(params: readonly AstrobinParam[], field: string): string {
  const own = paramsOfField(params, field);
  const words =
    describeOne(field, own) ?? own.map(([name, value]) => `${name}=${value}`).join(', ');
  return `${astrobinSearchText.fieldName(field)}: ${words}`;
}

/** How a whole search is named; '' for the newest of all images. */
export function describeParams(params: readonly AstrobinParam[]): string {
  const words = params.filter(([name]) => isWords(name)).map(([, value]) => value);
  if (words.length > 0) return words.join(' ');
  return activeFields(params)
    .map((field) => describeField(params, field))
    .join(', ');
}

/** What is wrong, where the name of the parameter stands beside it. */
export function wordsOfProblem({ param, message, suggestions }: AstrobinParamProblem): string {
  const words = message.startsWith(`${param}: `) ? message.slice(param.length + 2) : message;
  return suggestions.length === 0
    ? words
    : `${words} ${astrobinSearchText.didYouMean(suggestions)}`;
}
