import { describe, expect, test } from 'vitest';
import type { PdsPropertyType } from '#contract/pds.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import { matches } from '#main/sample/pds/evaluate-query.ts';

const types: Readonly<Record<string, PdsPropertyType['type']>> = {
  vid: 'float',
  'pds:File.pds:file_size': 'integer',
  'pds:Time_Coordinates.pds:start_date_time': 'timestamp',
  flag: 'boolean',
};

const product = new Map<string, readonly string[]>([
  ['lid', ['urn:nasa:pds:insight_rad:data_raw:hp3_rad_raw']],
  ['vid', ['1.10']],
  ['title', ['InSight RAD Raw Data, Mars', 'Second title']],
  ['kind', ['Raw', 'Calibrated']],
  ['place', ['Elysium Planitia']],
  ['pds:File.pds:file_size', ['512', '2048']],
  ['pds:Time_Coordinates.pds:start_date_time', ['2019-04-01T00:32:17.929Z']],
  ['open', ['3000-01-01T00:00:00.000Z']],
  ['high', ['\u{1f680}']],
  ['flag', ['true']],
]);

function selects(text: string, orFault = false): boolean {
  const parsed = parseQuery(text, text.includes('not like') ? '1.3' : 'current');
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return matches(parsed.query, product, {
    typeOf: (field) => types[field] ?? 'string',
    orFault,
    names: [...product.keys()],
  });
}

const yes = (group: string, ...texts: string[]): void => {
  test.each(texts)(`${group}: selects %s`, (text) => {
    expect(selects(text)).toBe(true);
  });
};
const no = (group: string, ...texts: string[]): void => {
  test.each(texts)(`${group}: does not select %s`, (text) => {
    expect(selects(text)).toBe(false);
  });
};

describe('one condition', () => {
  yes(
    'exact',
    'kind eq "Raw"',
    'kind eq "Calibrated"',
    'vid eq 1.1',
    'vid eq "1.10"',
    'flag eq "true"',
  );
  no(
    'exact',
    'kind eq "raw"',
    'kind eq "Raw "',
    'missing eq ""',
    'vid eq "x"',
    'place eq "Elysium"',
  );
  yes('ne is the complement', 'kind ne "raw"', 'missing ne "x"', 'vid ne 2');
  no('ne is the complement', 'kind ne "Raw"', 'kind ne "Calibrated"', 'vid ne 1.1');
  yes('numbers', 'vid gt 1', 'pds:File.pds:file_size gt 2000', 'pds:File/pds:file_size lt 1000');
  no('numbers', 'vid gt 1.1', 'pds:File.pds:file_size gt 2048', 'missing lt 5', 'vid lt "x"');
  yes('texts', 'kind gt "Q"', 'kind lt "D"', 'kind ge "Raw"', 'high gt "\uffee"');
  no('texts', 'kind gt "Raw"', 'kind lt "C"');
  const start = 'pds:Time_Coordinates/pds:start_date_time';
  yes(
    'times',
    `${start} ge "2019-04-01"`,
    `${start} le "2019-04-01"`,
    `${start} eq "2019-04-01"`,
    `${start} eq "2019"`,
    `${start} gt "2019-03"`,
    `${start} lt "2019-04-01T00:33Z"`,
    `${start} eq "2019-04-01T02:32:17.929+02:00"`,
    `${start} ge 2019`,
  );
  no(
    'times',
    `${start} gt "2019-04-01"`,
    `${start} lt "2019-04-01"`,
    `${start} gt "2019"`,
    `${start} eq "2019-04-02"`,
    `${start} ge "2019-091"`,
    `${start} eq "today"`,
  );
});

describe('like', () => {
  yes(
    'whole values of keyword fields',
    'lid like "urn:nasa:pds:insight*"',
    'kind like "Raw"',
    'kind like "nothing Raw"',
    'kind like "nothing | Raw"',
    'kind like "Raw+Calibrated"',
    'kind like "Raw + -Other"',
    'kind like "-Other"',
    'kind like "nothing -other"',
    'kind like "(a | Raw) + Cal*"',
    'kind like "R\\aw"',
    'place like "Ely*"',
    'missing like "*"',
    'missing like "-x"',
  );
  no(
    'whole values of keyword fields',
    'lid like "urn:nasa:pds:insight"',
    'lid like "*raw"',
    'kind like "raw"',
    'kind like "Raw+Other"',
    'kind like "-Raw"',
    'place like "Elysium Planitia"',
    'place like "Elysium\\*"',
    'missing like "x*"',
    'kind like ""',
    'kind like "()"',
  );
  yes(
    'words of texts',
    'title like "mars"',
    'title like "insi*"',
    'title like "venus mars"',
    'title like "raw+second"',
  );
  no('words of texts', 'title like "ar*s"', 'title like "venus"', 'title like "mars + venus"');
  yes('numbers', 'vid like "1.1"', 'pds:File.pds:file_size like "7 512"');
  no('numbers', 'vid like "1*"', 'pds:File.pds:file_size like "51"');
  yes('negated', 'kind not like "raw"', 'missing not like "x"');
  no('negated', 'kind not like "Raw"');
  test('phrases, which only a tree can hold', () => {
    const options = { typeOf: () => 'string' as const, orFault: false };
    const like = (field: string, pattern: string): boolean =>
      matches({ kind: 'like', field, isNegated: false, pattern }, product, options);
    expect(like('place', '"Elysium Planitia"')).toBe(true);
    expect(like('title', '"raw data"')).toBe(true);
    expect(like('title', '"data raw"')).toBe(false);
    expect(like('title', '"raw data')).toBe(true);
  });
});

describe('groups', () => {
  yes(
    'groups',
    '(kind eq "Raw" and vid eq 1.1)',
    '(kind eq "x" or vid eq 1.1)',
    'not (kind eq "x")',
  );
  no('groups', '(kind eq "Raw" and vid eq 1)', 'not (kind eq "x" or vid eq 1.1)');
  test('with the fault of 1.3, or joins as and does', () => {
    expect(selects('(kind eq "x" or vid eq 1.1)', true)).toBe(false);
    expect(selects('(kind eq "Raw" or vid eq 1.1)', true)).toBe(true);
    expect(selects('not (kind eq "x" or vid eq 1.1)', true)).toBe(true);
  });
});

describe('exists', () => {
  yes(
    'exists',
    'exists lid',
    'exists pds:File/pds:file_size',
    'exists "pds:.*size"',
    'exists "(no|l)id"',
  );
  no('exists', 'exists lidvid', 'exists "pds:.*sizes"', 'exists "id"', 'exists "("');
});

test('products may be functions too', () => {
  const parsed = parseQuery('a/b eq "x"', '1.3');
  if (!parsed.ok) throw new Error(parsed.message);
  const asked: string[] = [];
  const valuesOf = (field: string): string[] => {
    asked.push(field);
    return ['x'];
  };
  expect(matches(parsed.query, valuesOf, { typeOf: () => 'string', orFault: false })).toBe(true);
  expect(asked).toEqual(['a.b']);
});
