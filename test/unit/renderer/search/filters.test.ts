import { describe, expect, test } from 'vitest';
import {
  activeFilters,
  checkFilterText,
  describeFilter,
  describeQuery,
  isEmptyQuery,
  parseYears,
  queryKey,
  readMediaTypes,
  tidyQuery,
  withoutFilter,
  writeMediaTypes,
} from '#renderer/features/search/filters.ts';

describe('years as typed', () => {
  test.each([
    ['1998', '2024', { year_start: '1998', year_end: '2024' }],
    ['1998', '', { year_start: '1998' }],
    ['', '2024', { year_end: '2024' }],
    ['', '  ', {}],
    [' 1969 ', '1969', { year_start: '1969', year_end: '1969' }],
  ])('%j to %j is read', (from, to, years) => {
    expect(parseYears(from, to, 2026)).toEqual({ ok: true, years });
  });

  test.each([
    ['20x4', '', 'from'],
    ['', '98', 'to'],
    ['19980', '', 'from'],
    ['-199', '', 'from'],
    ['1998.', '', 'from'],
    ['٢٠٢٤', '', 'from'],
    ['1700', '', 'from'],
    ['', '2027', 'to'],
    ['2024', '1998', 'to'],
  ])('%j to %j is a mistake in %s', (from, to, where) => {
    const result = parseYears(from, to, 2026);
    if (result.ok) throw new Error('was let through');
    expect(result[where as 'from' | 'to']).toMatch(/\S/);
    expect(result[where === 'from' ? 'to' : 'from']).toBeNull();
  });

  test('both mistakes are told at once, with what was typed', () => {
    const result = parseYears('20x4', 'now', 2026);
    expect(result).toEqual({
      ok: false,
      from: '“20x4” is not a year of 4 digits',
      to: '“now” is not a year of 4 digits',
    });
  });

  test('crossed years say both', () => {
    expect(parseYears('2024', '1998', 2026)).toEqual({
      ok: false,
      from: null,
      to: '1998 is before 2024',
    });
  });
});

describe('media types', () => {
  test('are read in any order and case, and nonsense is left out', () => {
    expect(readMediaTypes({ media_type: ' Video,image , gif,' })).toEqual(['image', 'video']);
    expect(readMediaTypes({})).toEqual([]);
  });

  test('all of them is the same as none', () => {
    expect(writeMediaTypes(['audio', 'video', 'image'])).toBeUndefined();
    expect(writeMediaTypes([])).toBeUndefined();
    expect(writeMediaTypes(['video', 'image'])).toBe('image,video');
  });
});

describe('queries', () => {
  test('that mean the same have one key', () => {
    const key = queryKey({ q: ' stars ', media_type: 'video,image', center: '', title: ' ' });
    expect(queryKey({ media_type: 'image,video', q: 'stars' })).toBe(key);
    expect(queryKey({ q: 'stars' })).not.toBe(key);
  });

  test('of blanks are empty', () => {
    expect(isEmptyQuery({ q: '  ', center: '' })).toBe(true);
    expect(isEmptyQuery({ media_type: 'gif' })).toBe(true);
    expect(isEmptyQuery({ year_start: '1998' })).toBe(false);
  });

  test('name their filters in the order of the bar', () => {
    const query = { nasa_id: 'PIA1', year_end: '2024', q: 'x', media_type: 'image' };
    expect(activeFilters(query)).toEqual(['media_type', 'years', 'nasa_id']);
  });

  test('lose one filter, or all but the words', () => {
    const query = { q: 'x', year_start: '1998', year_end: '2024', center: 'JPL' };
    expect(withoutFilter(query, 'years')).toEqual({ q: 'x', center: 'JPL' });
    expect(withoutFilter(query, 'center')).toEqual({
      q: 'x',
      year_start: '1998',
      year_end: '2024',
    });
    expect(withoutFilter(query, 'all')).toEqual({ q: 'x' });
    expect(withoutFilter({ center: 'JPL' }, 'all')).toEqual({});
  });

  test('are left as they were', () => {
    const query = { q: ' x ', center: 'JPL' };
    tidyQuery(query);
    withoutFilter(query, 'all');
    expect(query).toEqual({ q: ' x ', center: 'JPL' });
  });
});

describe('words', () => {
  test.each([
    [{ media_type: 'video,image' }, 'media_type', 'Image, Video'],
    [{ year_start: '1998', year_end: '2024' }, 'years', '1998 to 2024'],
    [{ year_start: '1998', year_end: '1998' }, 'years', '1998'],
    [{ year_start: '1998' }, 'years', 'from 1998'],
    [{ year_end: '2024' }, 'years', 'to 2024'],
    [{ center: 'JPL' }, 'center', 'JPL'],
    [{ keywords: 'Hubble' }, 'keywords', 'Keyword: Hubble'],
  ] as const)('%j reads as a chip', (query, filter, words) => {
    expect(describeFilter(query, filter)).toBe(words);
  });

  test('a search is named by its words, else by its filters', () => {
    expect(describeQuery({ q: 'apollo', center: 'JSC' })).toBe('“apollo”');
    expect(describeQuery({ center: 'JSC', year_start: '1969' })).toBe('JSC, from 1969');
    expect(describeQuery({})).toBe('NASA Images');
  });

  test('too long a text is not sent', () => {
    expect(checkFilterText('x'.repeat(2048))).toBeNull();
    expect(checkFilterText('x'.repeat(2049))).toBe('Longer than 2,048 letters');
  });
});
