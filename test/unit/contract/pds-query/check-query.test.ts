import { describe, expect, test } from 'vitest';
import type { PdsPropertyType } from '#contract/pds.ts';
import { checkQuery } from '#contract/pds-query/check-query.ts';
import { completeProperty } from '#contract/pds-query/complete-property.ts';
import { editDistance, lettersOf, mayBeNear } from '#contract/pds-query/edit-distance.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import { findProperty, indexProperties } from '#contract/pds-query/property-index.ts';
import { suggestProperties } from '#contract/pds-query/suggest-property.ts';

const list: PdsPropertyType[] = [
  { name: 'pds:Time_Coordinates/pds:start_date_time', type: 'timestamp' },
  { name: 'pds:Time_Coordinates/pds:stop_date_time', type: 'timestamp' },
  { name: 'pds:Modification_Detail.pds:modification_date', type: 'timestamp' },
  { name: 'pds:Identification_Area.pds:product_class', type: 'string' },
  { name: 'pds:Identification_Area.pds:title', type: 'string' },
  { name: 'pds:File.pds:file_size', type: 'integer' },
  { name: 'pds:File.pds:file_name', type: 'string' },
  { name: 'ops:Data_File_Info.ops:file_size', type: 'integer' },
  { name: 'ops:Label_File_Info.ops:md5_checksum', type: 'string' },
  { name: 'insight:Observation.insight:is_night', type: 'boolean' },
  { name: 'cart:Bounding_Coordinates.cart:west_bounding_coordinate', type: 'float' },
  { name: 'disp:Display_Direction.disp:odd', type: 'unsupported' },
];
const index = indexProperties(list);
const start = 'pds:Time_Coordinates.pds:start_date_time';

function check(text: string, dialect: '1.3' | 'current' = '1.3') {
  const checked = checkQuery(text, dialect, index);
  return {
    ...checked,
    marked: checked.problems.map(({ position, length }) => text.slice(position, position + length)),
  };
}

describe('names', () => {
  test('with "." or "/" are the same, capitals are not', () => {
    expect(findProperty(index, start)?.type).toBe('timestamp');
    expect(findProperty(index, start.replace('.', '/'))?.name).toBe(start);
    expect(findProperty(index, start.toLowerCase())).toBeNull();
    expect(check(`(${start} ge "2019" and ${start.replace('.', '/')} lt "2020")`).problems).toEqual(
      [],
    );
  });
  test('that every product has are known without being listed', () => {
    expect(check('(lid like "urn:*" and vid ge 2 and ref_lid_target eq "x")').problems).toEqual([]);
  });
  test('unknown ones are errors at their place, with suggestions', () => {
    const found = check('(lid eq "x" and pds:Time_Coordinate.pds:start_date_time ge "2019-04-01")');
    expect(found.ok).toBe(false);
    expect(found.marked).toEqual(['pds:Time_Coordinate.pds:start_date_time']);
    expect(found.problems[0]).toMatchObject({
      severity: 'error',
      kind: 'unknown-property',
      part: 'field',
    });
    expect(found.problems[0]?.suggestions.map(({ name }) => name)).toEqual([
      start,
      'pds:Time_Coordinates.pds:stop_date_time',
    ]);
    expect(found.problems[0]?.help).toContain(start);
  });
  test('all problems come in the order of the text', () => {
    const found = check(
      '(b.y eq 1 and (a.x eq 2 or lid eq "x") and pds:File.pds:file_size eq "many")',
    );
    expect(found.marked).toEqual(['b.y', 'a.x', '"many"']);
  });
  test('pass while the properties are not known', () => {
    expect(checkQuery('nonsense eq 5', '1.3', null)).toMatchObject({ ok: true, problems: [] });
  });
  test('a tree is checked by its canonical text', () => {
    const parsed = parseQuery('((  wrong   eq 1))', '1.3');
    if (!parsed.ok) throw new Error(parsed.message);
    const checked = checkQuery(parsed.query, '1.3', index);
    expect(checked.text).toBe('wrong eq 1');
    expect(checked.problems[0]).toMatchObject({ position: 0, length: 5 });
    const unsayable = checkQuery({ kind: 'exists', field: 'lid' }, '1.3', index);
    expect(unsayable).toMatchObject({ ok: false, query: null });
  });
  test('a text that cannot be read is one problem', () => {
    const found = check('(lid eq "x" and )');
    expect(found).toMatchObject({ ok: false, query: null, marked: ['and'] });
    expect(found.problems[0]).toMatchObject({ kind: 'unreadable', severity: 'error' });
  });
  test('patterns of exists', () => {
    expect(check('exists "pds:File.*"', 'current').ok).toBe(true);
    expect(check('exists "file_size"', 'current').marked).toEqual(['"file_size"']);
    expect(check('exists "(?<odd>x)"', 'current').ok).toBe(true);
    expect(check('exists pds:File/pds:file_size', 'current').ok).toBe(true);
    expect(check('exists pds:File/pds:file_sise', 'current').ok).toBe(false);
  });
});

describe('values that do not fit are warnings, and do not stop anything', () => {
  test.each<[string, string | null, RegExp]>([
    ['pds:File.pds:file_size gt 5', null, /./],
    ['pds:File.pds:file_size gt "5"', null, /./],
    ['pds:File.pds:file_size eq "big"', '"big"', /whole numbers/],
    ['pds:File.pds:file_size eq 1.5', '1.5', /whole numbers/],
    ['pds:File.pds:file_size gt 1.5', null, /./],
    ['cart:Bounding_Coordinates.cart:west_bounding_coordinate lt -1.5', null, /./],
    ['cart:Bounding_Coordinates.cart:west_bounding_coordinate lt "west"', '"west"', /numbers/],
    [`${start} ge "2019-04-01T00:00:00Z"`, null, /./],
    [`${start} ge "2019"`, null, /./],
    [`${start} ge 2019`, null, /./],
    [`${start} ge "1 April 2019"`, '"1 April 2019"', /times/],
    [`${start} ge "2019-02-30"`, '"2019-02-30"', /times/],
    [`${start} ge "2019-091"`, '"2019-091"', /days of the year/],
    ['insight:Observation.insight:is_night eq "true"', null, /./],
    ['insight:Observation.insight:is_night eq "yes"', '"yes"', /true or false/],
    [`${start} like "2019*"`, '"2019*"', /like/],
    ['pds:Identification_Area.pds:title eq "Mars*"', '"Mars*"', /exactly/],
    ['pds:Identification_Area.pds:title like "Mars*"', null, /./],
    ['pds:Identification_Area.pds:title like "*Mars"', '"*Mars"', /end of a word/],
    ['pds:Identification_Area.pds:title like " "', '" "', /finds nothing/],
    ['pds:Identification_Area.pds:title like "*"', null, /./],
    ['pds:Identification_Area.pds:title gt 5', '5', /letter by letter/],
    ['disp:Display_Direction.disp:odd eq "x"', null, /./],
  ])('%s', (text, marked, message) => {
    const found = check(text);
    expect(found.ok).toBe(true);
    expect(found.marked).toEqual(marked === null ? [] : [marked]);
    for (const problem of found.problems) {
      expect(problem).toMatchObject({ severity: 'warning', kind: 'value', part: 'value' });
      expect(problem.message).toMatch(message);
      expect(problem.help).not.toBe('');
    }
  });
});

describe('suggestions', () => {
  test.each<[string, string[]]>([
    ['pds:file.pds:file_size', ['pds:File.pds:file_size', 'ops:Data_File_Info.ops:file_size']],
    ['file_size', ['pds:File.pds:file_size', 'ops:Data_File_Info.ops:file_size']],
    ['pds:start_time', [start]],
    ['md5', ['ops:Label_File_Info.ops:md5_checksum']],
    [
      'pds:Identification_Area.pds:product_clas',
      ['pds:Identification_Area.pds:product_class', 'product_class'],
    ],
    ['lidvd', ['lidvid']],
    ['pds:Time_Coordinate.pds:start_date_time', [start, 'pds:Time_Coordinates.pds:stop_date_time']],
  ])('%s', (name, expected) => {
    const names = suggestProperties(name, index).map((property) => property.name);
    expect(names.slice(0, expected.length)).toEqual(expected);
    expect(names.length).toBeLessThanOrEqual(3);
  });
  test.each(['', '.', 'zzzzqqqq', '...', 'x'.repeat(5000)])('nothing near “%s”', (name) => {
    expect(suggestProperties(name, index)).toEqual([]);
  });
});

describe('completion', () => {
  const names = (prefix: string, limit = 3): string[] =>
    completeProperty(prefix, index, limit).map(({ property }) => property.name);
  test.each<[string, string[]]>([
    ['pds:fi', ['pds:File.pds:file_name', 'pds:File.pds:file_size']],
    ['pds:File/pds:file_s', ['pds:File.pds:file_size']],
    ['START', [start]],
    ['file_s', ['pds:File.pds:file_size', 'ops:Data_File_Info.ops:file_size']],
    ['time_co', [start.replace('start', 'stop'), start]],
    ['tit', ['title', 'pds:Identification_Area.pds:title']],
    ['checksum', ['ops:Label_File_Info.ops:md5_checksum']],
    ['sttm', [start.replace('start', 'stop'), start]],
    ['  lidv ', ['lidvid']],
    ['zzz', []],
  ])('%s', (prefix, expected) => {
    expect(names(prefix).slice(0, Math.max(1, expected.length))).toEqual(expected);
  });
  test('ranks the whole name, the attribute, the class, a word, the middle, the letters', () => {
    const ranked = indexProperties(
      ['x:Y.x:t_i_m_e', 'x:Y.x:overtime', 'x:Y.x:at_time', 'x:Time.x:y', 'x:Y.x:time', 'time'].map(
        (name) => ({
          name,
          type: 'string' as const,
        }),
      ),
    );
    expect(completeProperty('time', ranked, 10).map(({ property }) => property.name)).toEqual([
      'time', 'x:Y.x:time', 'x:Time.x:y', 'x:Y.x:at_time', 'x:Y.x:overtime', 'x:Y.x:t_i_m_e',
    ]); // prettier-ignore
  });
  test('says what of the name was typed', () => {
    const bold = (prefix: string): string[] =>
      completeProperty(prefix, index, 1).flatMap(({ property, matched }) =>
        matched.map(({ start: from, end }) => property.name.slice(from, end)),
      );
    expect(bold('start_d')).toEqual(['start_d']);
    expect(bold('pds:File')).toEqual(['pds:File']);
    expect(bold('md5ck')).toEqual(['md5', 'c', 'k']);
    expect(bold('')).toEqual([]);
  });
  test('of nothing, the first names; never more than asked for', () => {
    expect(names('', 4)).toHaveLength(4);
    expect(names('e', 2)).toHaveLength(2);
    expect(names('e', 0)).toEqual([]);
  });
});

test('the index keeps each name once and leaves out what is no name', () => {
  const built = indexProperties([
    { name: 'a/b', type: 'string' },
    { name: 'a.b', type: 'integer' },
    { name: '', type: 'string' },
    { name: 'x'.repeat(501), type: 'string' },
  ]);
  expect(built.byName.get('a.b')?.type).toBe('integer');
  expect(
    built.properties.filter(({ whole }) => whole === 'a.b' || whole.startsWith('xx')),
  ).toHaveLength(1);
});

test('letters apart, as counted by the definition', () => {
  const slow = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length;
    if (a[0] === b[0]) return slow(a.slice(1), b.slice(1));
    return 1 + Math.min(slow(a.slice(1), b), slow(a, b.slice(1)), slow(a.slice(1), b.slice(1)));
  };
  const words = ['', 'a', 'ab', 'ba', 'abc', 'acb', 'xbc', 'abcd', 'bcda', 'aabb'];
  for (const a of words)
    for (const b of words) {
      expect([a, b, editDistance(a, b, 9)]).toEqual([a, b, slow(a, b)]);
      for (const most of [1, 2]) {
        expect(editDistance(a, b, most)).toBe(Math.min(most + 1, slow(a, b)));
        // The quick look never sends away a word that is near enough.
        if (slow(a, b) <= most) expect(mayBeNear(lettersOf(a), lettersOf(b), most)).toBe(true);
      }
    }
});
