import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pageMeta } from '#main/sample/astrobin/list-query.ts';
import { cellTest, isLookup, momentBounds } from '#main/sample/astrobin/lookups.ts';
import { databaseText, parseMoment } from '#main/sample/astrobin/moments.ts';
import { formatFor, serialise } from '#main/sample/astrobin/serialise.ts';

describe('moments', () => {
  const utc = Date.UTC(2012, 3, 10) * 1000;

  test.each([
    ['2012-04-10', 0],
    ['2012-4-10', 0],
    ['2012-04-10 0:00:00', 0],
    ['2012-04-10T00:00', 0],
    ['2012-04-10T00:00:00.5', 500_000],
    ['2012-04-10T00:00:00.000001Z', 1],
    ['2012-04-10T02:00:00+02:00', 0],
    ['2012-04-09T22:30-0130', 0],
  ])('%s is read', (text, micros) => {
    expect(parseMoment(text)).toBe(utc + micros);
  });

  test.each(['', '2012', 'now', '10.4.2012', '2012-04-10T', '2012-04-10 25:99'])(
    '%s is refused',
    (text) => {
      expect(() => parseMoment(text)).toThrow(/^\['“.*” value has .*\.'\]$/);
    },
  );

  test('are searched as the database writes them', () => {
    expect(databaseText(utc + 530_000)).toBe('2012-04-10 00:00:00.53+00');
    expect(databaseText(utc)).toBe('2012-04-10 00:00:00+00');
  });

  test('bound a rising list, or do not', () => {
    expect(momentBounds('gt', ['2012-04-10'])).toEqual([utc + 1, Infinity]);
    expect(momentBounds('lte', ['2012-04-10'])).toEqual([-Infinity, utc + 1]);
    expect(momentBounds('date', ['2012-04-10'])).toEqual([utc, utc + 86_400_000_000]);
    expect(momentBounds('month', ['4'])).toBeNull();
  });
});

describe('lookups', () => {
  test('of a null hold for isnull and none alone', () => {
    for (const lookup of ['contains', 'gte', 'lt', 'in', 'regex', 'exact'])
      expect(cellTest('text', lookup, ['a'])(null), lookup).toBe(false);
    expect(cellTest('text', 'isnull', ['true'])(null)).toBe(true);
    expect(cellTest('text', 'exact', ['None'])(null)).toBe(true);
    expect(cellTest('text', 'exact', ['None'])('None')).toBe(false);
    expect(() => cellTest('text', 'isnull', ['perhaps'])).toThrow(/mismatched type/);
  });

  test('take lists from commas and from repeated parameters', () => {
    const test = cellTest('number', 'in', ['1,2', '5']);
    expect([1, 2, 3, 5].filter((value) => test(value))).toEqual([1, 2, 5]);
    expect(() => cellTest('number', 'range', ['1'])).toThrow(/mismatched type/);
    expect(() => cellTest('number', 'in', ['1,x'])).toThrow(/mismatched type/);
  });

  test('of parts know what a moment is', () => {
    expect(isLookup('moment', 'year')).toBe(true);
    expect(isLookup('text', 'year')).toBe(false);
    const sunday = Date.UTC(2022, 1, 6, 13) * 1000;
    expect(cellTest('moment', 'week_day', ['1'])(sunday)).toBe(true);
    expect(cellTest('moment', 'hour', ['13'])(sunday)).toBe(true);
    expect(cellTest('moment', 'quarter', ['2'])(sunday)).toBe(false);
  });
});

describe('formats', () => {
  test('follow the Accept header by exactness and wish', () => {
    expect(formatFor(null, undefined)).toBe('json');
    expect(formatFor(null, 'text/plain')).toBe('json');
    expect(formatFor(null, 'application/*;q=0.5, application/xml;q=0.8')).toBe('xml');
    expect(formatFor(null, 'text/yaml, application/json;q=0.5')).toBe('yaml');
    expect(formatFor('bogus', 'application/xml')).toBe('xml');
  });

  const value = {
    b: [1, 2.5, 'x<y & "z"'],
    a: { none: null, yes: true, text: 'line\nline', empty: '', list: [], rows: [{ q: 1 }] },
  };

  test('sort their keys', () => {
    expect(serialise('json', value, 'response')).toMatch(/^\{"a":\{"empty"/);
    expect(parse(serialise('yaml', value, 'response'))).toEqual(value);
  });

  test('tell types in XML', () => {
    expect(serialise('xml', value, 'response')).toBe(
      `<?xml version='1.0' encoding='utf-8'?>\n<response><a type="hash"><empty/><list type="list"/><none type="null"/><rows type="list"><object><q type="integer">1</q></object></rows><text>line\nline</text><yes type="boolean">True</yes></a><b type="list"><value type="integer">1</value><value type="float">2.5</value><value>x&lt;y &amp; "z"</value></b></response>`,
    );
  });
});

test('addresses of pages repeat parameters in their order', () => {
  const query = new URLSearchParams('z=1&limit=2&a=x%20y&offset=2&a=2');
  expect(pageMeta('/p/', query, 2, 2, 5)).toEqual({
    limit: 2,
    offset: 2,
    total_count: 5,
    next: '/p/?z=1&a=x+y&a=2&limit=2&offset=4',
    previous: '/p/?z=1&a=x+y&a=2&limit=2&offset=0',
  });
  expect(pageMeta('/p/', query, 2, 1, 3)).toMatchObject({ previous: null, next: null });
});
