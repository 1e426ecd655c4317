import { describe, expect, test } from 'vitest';
import {
  activeFilters,
  describeFilter,
  filterKey,
  parseDays,
  tidyFilter,
  withoutFilter,
} from '#renderer/features/pds/pds-filter.ts';

const mars = 'urn:nasa:pds:context:target:planet.mars';

describe('days as they are typed', () => {
  test.each([
    ['2019', '2019', { from: '2019-01-01', until: '2019-12-31' }],
    ['2019-4', '', { from: '2019-04-01' }],
    ['', '2020-02', { until: '2020-02-29' }],
    ['', '2019-02', { until: '2019-02-28' }],
    [' 2019-04-01 ', '2019-04-01', { from: '2019-04-01', until: '2019-04-01' }],
    ['', '', {}],
  ])('%s to %s', (from, until, days) => {
    expect(parseDays(from, until)).toEqual({ ok: true, days });
  });

  test.each(['2019-13', '2019-02-30', '19', 'April', '2019-04-01T00:00', '2019-00'])(
    '%s is refused before anything is asked',
    (text) => {
      const result = parseDays(text, '');
      expect(result.ok === false && result.from).toContain(text);
      expect(parseDays('', text).ok).toBe(false);
    },
  );

  test('an end before its beginning is refused', () => {
    expect(parseDays('2020', '2019')).toMatchObject({ ok: false, from: null });
  });
});

test('blanks do not count, and the order of members does not matter', () => {
  expect(tidyFilter({ text: '  ', target: mars, until: '' })).toEqual({ target: mars });
  expect(filterKey({ target: mars, text: 'rover ' })).toBe(
    filterKey({ text: 'rover', target: mars, from: undefined }),
  );
});

test('each filter can be taken off alone, and all but the words together', () => {
  const filter = { text: 'rover', target: mars, from: '2019-01-01', until: '2019-12-31' };
  expect(activeFilters(filter)).toEqual(['target', 'observed']);
  expect(withoutFilter(filter, 'observed')).toEqual({ text: 'rover', target: mars });
  expect(withoutFilter(filter, 'target')).not.toHaveProperty('target');
  expect(withoutFilter(filter, 'all')).toEqual({ text: 'rover' });
});

test('a filter says the title that is known, else the name in the lid', () => {
  const filter = { target: mars, from: '2019-04-01' };
  expect(describeFilter(filter, 'target', {})).toBe('Mars');
  expect(describeFilter(filter, 'target', { [mars]: 'Mars (planet)' })).toBe('Mars (planet)');
  expect(describeFilter(filter, 'observed', {})).toBe('From 1 April 2019');
  expect(describeFilter({ until: '2019-06-23' }, 'observed', {})).toBe('Until 23 June 2019');
});
