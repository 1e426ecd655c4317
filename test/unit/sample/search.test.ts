import { describe, expect, test } from 'vitest';
import { planOf } from '#main/sample/plan.ts';
import { recordAt } from '#main/sample/record.ts';
import type { SampleRecord } from '#main/sample/record.ts';
import { createSearchIndex } from '#main/sample/search-index.ts';
import { findRecords } from '#main/sample/search-query.ts';
import { wordsOf } from '#main/sample/words.ts';

const seed = 3;
const size = 3000;
const index = createSearchIndex(planOf(seed, size));
const records: SampleRecord[] = Array.from({ length: size }, (_, at) => recordAt(seed, at));

function search(query: string): number[] {
  const hits = findRecords(index, new URLSearchParams(query));
  if ('reason' in hits) throw new Error(hits.reason);
  const list = hits.list(0, size);
  expect(list).toHaveLength(hits.total);
  return list;
}

const plain = (html: string): string => html.replace(/<[^>]*>/g, ' ');

/** The words of one field of a record, read from its texts: what the index must agree with. */
const fieldWords: Record<string, (record: SampleRecord) => string[]> = {
  title: (record) => wordsOf(record.title),
  description: (record) => wordsOf(plain(record.description ?? '')),
  description_508: (record) => wordsOf(record.description508 ?? ''),
  keywords: (record) => (record.keywords ?? []).flatMap(wordsOf),
  photographer: (record) => wordsOf(record.photographer ?? ''),
  secondary_creator: (record) => wordsOf(record.secondaryCreator ?? ''),
  location: (record) => wordsOf(record.location ?? ''),
  q: (record) => [
    ...wordsOf(record.title),
    ...wordsOf(plain(record.description ?? '')),
    ...(record.keywords ?? []).flatMap(wordsOf),
    ...wordsOf(record.nasaId).filter((word) => /\d{7}/.test(word)),
  ],
};

function readAll(field: string, text: string): number[] {
  const wanted = wordsOf(text);
  return records
    .filter((record) => {
      const words = new Set(fieldWords[field]?.(record));
      return wanted.every((word) => words.has(word));
    })
    .map((record) => record.index);
}

const sorted = (list: number[]): number[] => [...list].sort((a, b) => a - b);

describe('hits by word are those that reading every record gives', () => {
  test.each([
    ['q', 'mars'],
    ['q', 'STARS'],
    ['q', 'Saturn’s rings'],
    ['q', 'moon apollo'],
    ['q', 'formula'],
    ['q', 'towards'],
    ['q', 'tow'],
    ['q', 'ALM0000042'],
    ['q', 'xyzzy'],
    ['q', 'hubble nebula crab'],
    ['title', 'nebula'],
    ['title', 'crater west'],
    ['title', 'first light'],
    ['description', 'orbit'],
    ['description', 'dunes north'],
    ['description_508', 'drawing'],
    ['description_508', 'arms galaxy'],
    ['keywords', 'nebula,stars'],
    ['keywords', 'Milky Way'],
    ['photographer', 'Observer 12'],
    ['photographer', 'observer'],
    ['secondary_creator', 'sample desk 2'],
    ['location', 'sample coast'],
  ])('%s=%s', (field, text) => {
    const query = new URLSearchParams({ [field]: text }).toString();
    expect(sorted(search(query))).toEqual(readAll(field, text));
  });
});

test('words of the cases above do occur', () => {
  for (const text of [
    'mars',
    'STARS',
    'Saturn’s rings',
    'moon apollo',
    'towards',
    'hubble nebula crab',
  ]) {
    expect(readAll('q', text).length).toBeGreaterThan(0);
  }
});

test('centre, media, years and words narrow together', () => {
  const found = search('q=star&center=jpl&media_type=image,audio&year_start=1990&year_end=2010');
  const wanted = readAll('q', 'star').filter((at) => {
    const record = records[at];
    const year = Number(record?.dateCreated.slice(0, 4));
    return record?.centre === 'JPL' && record.media !== 'video' && year >= 1990 && year <= 2010;
  });
  expect(wanted.length).toBeGreaterThan(5);
  expect(sorted(found)).toEqual(wanted);
  expect(search('center=NOWHERE')).toEqual([]);
  expect(search('media_type=hologram')).toEqual([]);
});

test('titles that hold every word come first, and the order never changes', () => {
  const found = search('q=nebula');
  const titled = readAll('title', 'nebula');
  expect(found.slice(0, titled.length)).toEqual(titled);
  expect(search('q=nebula')).toEqual(found);
});

test('pages are parts of one list', () => {
  const hits = findRecords(index, new URLSearchParams('q=nebula'));
  if ('reason' in hits) throw new Error(hits.reason);
  const whole = hits.list(0, hits.total);
  const pages = Array.from({ length: Math.ceil(hits.total / 17) }, (_, page) =>
    hits.list(page * 17, 17),
  ).flat();
  expect(pages).toEqual(whole);
});

test('an empty search finds all; marks without a word find nothing', () => {
  expect(search('q=')).toHaveLength(size);
  expect(search('q=%3F%3F')).toHaveLength(0);
});

test('a search by identifier is fuzzy, the exact one first', () => {
  const withCompany = records.filter((record) => {
    const found = search(new URLSearchParams({ nasa_id: record.nasaId }).toString());
    expect(found[0]).toBe(record.index);
    return found.length > 1;
  });
  expect(withCompany.length / size).toBeCloseTo(0.25, 1);
  const other = records.find((record) => !record.nasaId.startsWith('ALM'));
  const close = `ALM${String((other?.index ?? 0) + 1).padStart(7, '0')}`;
  expect(search(`nasa_id=${close}`)).toEqual([other?.index]);
  expect(search('nasa_id=PIA24439')).toEqual([]);
});

test('malformed years are refused', () => {
  expect(findRecords(index, new URLSearchParams('year_start=19x0'))).toEqual({
    reason: 'Invalid year_start: 19x0',
  });
});
