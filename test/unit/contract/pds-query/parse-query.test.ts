import { describe, expect, test } from 'vitest';
import type { PdsDialect } from '#contract/pds.ts';
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { branchesOf } from '#contract/pds-query/branches.ts';
import { checkQuery } from '#contract/pds-query/check-query.ts';
import { documentFromText } from '#contract/pds-query/document-text.ts';
import {
  deepestQuery,
  longestQuery,
  parseQuery,
  placeOf,
} from '#contract/pds-query/parse-query.ts';
import { printQuery } from '#contract/pds-query/print-query.ts';
import { indexProperties } from '#contract/pds-query/property-index.ts';

const both: readonly PdsDialect[] = ['1.3', 'current'];

function read(text: string, dialect: PdsDialect): QueryNode {
  const parsed = parseQuery(text, dialect);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}

function mistake(text: string, dialect: PdsDialect) {
  const parsed = parseQuery(text, dialect);
  if (parsed.ok) throw new Error(`${text} was read`);
  expect(parsed.position).toBeGreaterThanOrEqual(0);
  expect(parsed.position + parsed.length).toBeLessThanOrEqual(text.length);
  expect(parsed.message).toMatch(/\.$/);
  expect(parsed.help).not.toBe('');
  return { ...parsed, marked: text.slice(parsed.position, parsed.position + parsed.length) };
}

describe('what both generations read', () => {
  const good = [
    'lid eq "x"',
    'lid eq"x"',
    'a eq 1',
    'a eq -1',
    'a eq 1.',
    'a eq 1.50',
    'a eq 007',
    '(a eq 1)',
    '((a eq 1))',
    'not (a eq 1)',
    'not(a eq 1)',
    '(not (a eq 1) and not (b like "x*"))',
    '(a eq 1 and b ne 2 AND c gt 3)',
    '(a ge 1 or b lt 2 OR c le 3)',
    '(a eq 1and b eq 2)',
    '(a eq "x"and b eq 2)',
    '(a eq 1\n\tand\r\nb eq 2)',
    'pds:Time_Coordinates.pds:start_date_time ge "2019-04-01T00:00:00Z"',
    'pds:File/pds:file_size gt 100',
    '_package_id like ""',
    'title eq "a\tb (c) and \\ é 火 \u{1f680}"',
    'android eq 1',
    'eqx eq 1',
    'a:.:/ eq 1',
  ];
  test.each(both.flatMap((dialect) => good.map((text) => [dialect, text] as const)))(
    '%s: %s',
    (dialect, text) => {
      read(text, dialect);
    },
  );

  test('to a tree that keeps groups, numbers and texts as they were written', () => {
    expect(read('(a eq 1.10 or not ((b ne "x" AND c le -2)))', '1.3')).toEqual({
      kind: 'group',
      isNegated: false,
      joint: 'or',
      terms: [
        { kind: 'comparison', field: 'a', operator: 'eq', value: { kind: 'number', text: '1.10' } },
        {
          kind: 'group',
          isNegated: true,
          joint: 'and',
          terms: [
            {
              kind: 'group',
              isNegated: false,
              joint: 'and',
              terms: [
                {
                  kind: 'comparison',
                  field: 'b',
                  operator: 'ne',
                  value: { kind: 'string', text: 'x' },
                },
                {
                  kind: 'comparison',
                  field: 'c',
                  operator: 'le',
                  value: { kind: 'number', text: '-2' },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('with the place of each node and of its parts', () => {
    const text = '(lid like "a" and not (b.c  ge 12))';
    const parsed = parseQuery(text, '1.3');
    if (!parsed.ok) throw new Error(parsed.message);
    const pieces = [...parsed.ranges].map(([node, range]) => [
      node.kind,
      text.slice(range.start, range.end),
      ...[range.field, range.operator, range.value].map(
        (part) => part && text.slice(part.start, part.end),
      ),
    ]);
    expect(pieces).toEqual([
      ['like', 'lid like "a"', 'lid', 'like', '"a"'],
      ['comparison', 'b.c  ge 12', 'b.c', 'ge', '12'],
      ['group', 'not (b.c  ge 12)', undefined, undefined, undefined],
      ['group', text, undefined, undefined, undefined],
    ]);
  });
});

describe('where the generations differ', () => {
  const onlyOld = ['a not like "x"', 'exists eq 1', 'Eq eq 1', '(exists like "x")', 'LIKE eq 1'];
  const onlyNew = [
    'a EQ 1',
    'a Ne "x"',
    'a LIKE "x"',
    'NOT (a eq 1)',
    '(a eq 1 And b eq 2)',
    '(a eq 1 oR b eq 2)',
    '(exists lid)',
    'exists lid',
    'EXISTS "pds:.*"',
    'not (exists pds:File.pds:md5_checksum)',
  ];
  test.each(onlyOld)('1.3 only: %s', (text) => {
    read(text, '1.3');
    mistake(text, 'current');
  });
  test.each(onlyNew)('current only: %s', (text) => {
    read(text, 'current');
    mistake(text, '1.3');
  });
  test('a name that only begins like a keyword stays a name in both', () => {
    for (const dialect of both) read('AND_x eq 1', dialect);
  });
  test('`Not` is a name in both, so it negates nothing', () => {
    for (const dialect of both) {
      read('Not eq 1', dialect);
      expect(mistake('Not (a eq 1)', dialect).marked).toBe('Not');
    }
  });
  test('operators in capitals become the same tree', () => {
    expect(read('(a EQ 1 AND b Like "x")', 'current')).toEqual(
      read('(a eq 1 and b like "x")', 'current'),
    );
  });
});

describe('mistakes are named, marked and cured', () => {
  const table: [string, string, RegExp, RegExp][] = [
    ['', '', /empty/, /lid eq/],
    ['  \n', '', /empty/, /lid eq/],
    ['a eq 1 and b eq 2', 'and', /joined by “and” stand in parentheses/, /\( … and … \)/],
    ['(a eq 1) OR (b eq 2)', 'OR', /joined by “OR”/, /parentheses/],
    ['(a eq 1 and b eq 2 or c eq 3)', 'or', /joined by “and”/, /\( … and \( … or … \)\)/],
    ['(a eq 1 or b eq 2 and c eq 3)', 'and', /joined by “or”/, /or \( … and/],
    ['not a eq 1', 'not', /needs parentheses/, /not \(a eq "…"\), or a ne/],
    ['(b eq 2 and not a eq 1)', 'not', /needs parentheses/, /not \(a/],
    ['not', 'not', /needs parentheses/, /not \(lid/],
    ['a not eq 1', 'not', /before a group/, /a ne/],
    ['a not gt 1', 'not', /before a group/, /not \(a gt/],
    ['a = 1', '=', /no operator/, /mean eq\? Write a eq/],
    ['a == 1', '==', /no operator/, /mean eq/],
    ['a != 1', '!=', /no operator/, /mean ne/],
    ['a <> 1', '<>', /no operator/, /mean ne/],
    ['a >= 1', '>=', /no operator/, /mean ge/],
    ['a<1', '<', /no operator/, /mean lt/],
    ['a ~ "x"', '~', /no operator/, /mean like/],
    ['a equals "x"', 'equals', /no operator/, /mean eq/],
    ['a gte 4', 'gte', /no operator/, /mean ge/],
    ['a liek "x"', 'liek', /no operator/, /mean like/],
    ['a lik "x"', 'lik', /no operator/, /mean like/],
    ['a smaller 4', 'smaller', /no operator/, /The operators are/],
    ['a in ("x", "y")', 'in', /no operator/, /\(a eq "…" or a eq "…"\)/],
    ['a between 1', 'between', /no operator/, /\(a ge "…" and a le/],
    ['a eq = 1', '=', /where a value should be/, /one operator/],
    ["a eq 'x y'", "'x y'", /straight double quotes/, /Write "x y"/],
    ['a eq “x y”', '“x y”', /straight double quotes/, /Write "x y"/],
    ["a eq 'x", "'x", /straight double quotes/, /Write/],
    [
      'lid eq urn:nasa:pds:x::1.0',
      'urn:nasa:pds:x::1.0',
      /needs double quotes/,
      /"urn:nasa:pds:x::1.0"/,
    ],
    ['(lid like urn:nasa:pds:x*)', 'urn:nasa:pds:x*', /needs double quotes/, /"urn:nasa:pds:x\*"/],
    ['a eq true', 'true', /needs double quotes/, /"true"/],
    [
      't ge 2019-04-01T00:00:00Z',
      '2019-04-01T00:00:00Z',
      /more than a number/,
      /"2019-04-01T00:00:00Z"/,
    ],
    ['(t ge 2019-04-01)', '2019-04-01', /more than a number/, /"2019-04-01"/],
    ['a eq 1.2.3', '1.2.3', /more than a number/, /"1.2.3"/],
    ['a eq 1e5', '1e5', /exponent/, /digits/],
    ['a eq .5', '.5', /double quotes/, /0\.5/],
    ['a eq +5', '+5', /double quotes/, /digit first/],
    ['a like 5', '5', /text only/, /"5"/],
    ['a eq "x', '"x', /closing quote/, /"/],
    ['a eq "x\ny"', '"x', /closing quote/, /line/],
    ['a eq "x\\"y"', '"x\\"y"', /no quotes/, /like/],
    ['a eq "x""y"', '"x""y"', /no quotes/, /like/],
    ['a eq', 'eq', /value is missing/, /eq "…"/],
    ['(a eq)', 'eq', /value is missing/, /eq "…"/],
    ['(a eq and b eq 1)', 'eq', /value is missing/, /eq/],
    ['a eq ("x")', '(', /parentheses/, /one value/],
    ['a', 'a', /not finished/, /a eq "…"/],
    ['(a and b eq 1)', 'a', /not finished/, /a eq/],
    ['a "x"', 'a "x"', /operator is missing/, /a eq "…"/],
    ['lid:"x"', 'lid:"x"', /operator is missing/, /without the colon/],
    ['a 5', 'a 5', /operator is missing/, /a eq/],
    ['"lid" eq "x"', '"lid"', /without quotes/, /name/],
    ['5 eq 5', '5', /not with the number/, /name first/],
    ['eq 5', 'eq', /missing before “eq”/, /lid eq/],
    ['like "x"', 'like', /missing before “like”/, /lid like/],
    ['()', '()', /empty/, /condition/],
    ['(a eq 1 and ())', '()', /empty/, /condition/],
    ['not ( )', '( )', /empty/, /condition/],
    ['(', '(', /Nothing follows/, /condition/],
    ['(a eq 1', '(', /never closed/, /group ends/],
    ['((a eq 1) and (b eq 2)', '(', /never closed/, /group ends/],
    ['(a eq 1))', ')', /closes nothing/, /Take it out/],
    [')', ')', /closes nothing/, /Take it out/],
    ['(and a eq 1)', 'and', /missing before “and”/, /Take/],
    ['(a eq 1 and and b eq 2)', 'and', /missing before “and”/, /Take/],
    ['(a eq 1 or)', 'or', /missing after “or”/, /Take/],
    ['(a eq 1 and', 'and', /missing after “and”/, /Take/],
    ['(a eq 1 b eq 2)', 'b', /side by side/, /and/],
    ['(a eq 1)(b eq 2)', '(', /side by side/, /and/],
    ['(a eq 1 && b eq 2)', '&&', /not known/, /Write and/],
    ['(a eq 1 | b eq 2)', '|', /not known/, /Write or/],
    ['a eq 1 || b eq 2', '||', /not known/, /Write or/],
    ['!(a eq 1)', '!', /not known/, /not \(/],
    ['(a eq 1, b eq 2)', ',', /no meaning/, /Take it out/],
    ['a eq 1;', ';', /no meaning/, /Take it out/],
    ['a\u00a0eq 1', '\u00a0', /space/, /ordinary space/],
    ['\u{1f680} eq 1', '\u{1f680}', /no meaning/, /letters/],
    ['gröSSe eq 1', 'ö', /no operator/, /operators/],
    ['(a eq 1\u200b)', '\u200b', /space/, /ordinary space/],
    ['a eq \ufeff1', '\ufeff', /space/, /ordinary space/],
    ['a eq 1 eq 2', 'eq', /complete/, /Take it out/],
  ];
  test.each(table)('%s', (text, marked, message, help) => {
    for (const dialect of both) {
      const found = mistake(text, dialect);
      expect(found.message).toMatch(message);
      expect(found.help).toMatch(help);
      expect(found.marked).toBe(marked);
    }
  });

  test('words of the other generation', () => {
    expect(mistake('a EQ 1', '1.3').help).toMatch(/eq, in small letters/);
    expect(mistake('NOT (a eq 1)', '1.3')).toMatchObject({ marked: 'NOT' });
    expect(mistake('NOT (a eq 1)', '1.3').help).toMatch(/not, in small/);
    expect(mistake('Not (a eq 1)', 'current').help).toMatch(/not or NOT/);
    expect(mistake('(a eq 1 And b eq 2)', '1.3').help).toMatch(/and or AND/);
    expect(mistake('(exists lid)', '1.3').message).toMatch(/exists.*1\.3/);
    expect(mistake('lid exists', '1.3').message).toMatch(/exists.*1\.3/);
    expect(mistake('lid exists', 'current').help).toMatch(/exists lid/);
    expect(mistake('exists 5', 'current').message).toMatch(/no property/);
    expect(mistake('exists ""', 'current').marked).toBe('""');
    expect(mistake('(exists)', 'current').marked).toBe('exists');
    expect(mistake('a not like "x"', 'current')).toMatchObject({ marked: 'not like' });
    expect(mistake('a not like "x"', 'current').help).toMatch(/not \(a like/);
  });

  test('long pieces of the query are cut in messages, between characters', () => {
    const found = mistake(`lid eq ${'\u{1f680}'.repeat(500)}`, '1.3');
    expect(found.help.length).toBeLessThan(80);
    expect(found.help.isWellFormed()).toBe(true);
  });
});

describe('bounds', () => {
  test('groups in groups up to the bound are read, one more is refused at its parenthesis', () => {
    const nested = (depth: number): string => '('.repeat(depth) + 'a eq 1' + ')'.repeat(depth);
    for (const dialect of both) {
      read(nested(deepestQuery), dialect);
      const found = mistake(nested(deepestQuery + 1), dialect);
      expect(found.position).toBe(deepestQuery);
      expect(found.message).toMatch(/deep/);
    }
  });
  test.each([
    '('.repeat(10_000),
    'not ('.repeat(10_000),
    '('.repeat(10_000) + 'a eq 1' + ')'.repeat(10_000),
  ])('ten thousand parentheses are refused', (text) => {
    for (const dialect of both) mistake(text, dialect);
  });
  test('a text beyond the bound is refused unread', () => {
    expect(mistake('x'.repeat(longestQuery + 1), '1.3').message).toMatch(/200,000/);
  });
});

test('line and column count from 1, over every kind of line end', () => {
  const text = 'a\nbc\r\nd\re';
  expect([0, 1, 2, 4, 6, 8, 9].map((position) => placeOf(text, position))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 2, column: 1 },
    { line: 2, column: 3 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
    { line: 4, column: 2 },
  ]);
});

describe('100 KB of anything is read or refused, and shown', () => {
  const many = (unit: string): string => unit.repeat(Math.ceil(100_000 / unit.length));
  const conditions = Array.from(
    { length: 4000 },
    (_, at) => `pds:A.b${String(at)} eq "x ${String(at)}"`,
  );
  test.each([
    ...[
      '"',
      "'",
      '‘',
      '“',
      '(',
      ')',
      'a ',
      '1',
      ' ',
      '-',
      '\n',
      'a eq 1 and ',
      'not ',
      '()',
      'a.',
      '\u{1f680}',
      '=',
    ].map(many),
    ...['1', 'z', '\\"', "'", '‘x\n', '.', '“\n'].map((unit) => `a eq ${many(unit)}`),
    `a like "${many('x*y ')}"`,
    `(${conditions.join(' and ')})`,
    `(${conditions.join(' or ')}`,
  ])('%#', (text) => {
    for (const dialect of both) {
      const parsed = parseQuery(text, dialect);
      if (!parsed.ok) {
        expect(parsed.position + parsed.length).toBeLessThanOrEqual(text.length);
        expect(parsed.message.length + parsed.help.length).toBeLessThan(400);
        placeOf(text, parsed.position);
        continue;
      }
      const printed = printQuery(parsed.query, dialect);
      expect(printed).toMatchObject({ ok: true });
      const before = documentFromText(text, dialect);
      const edited = text.replaceAll('pds:A', 'pds:B');
      expect(before.ok && documentFromText(edited, dialect, before.document).ok).toBe(true);
      expect(checkQuery(text, dialect, indexProperties([])).problems.length).toBeLessThanOrEqual(
        100,
      );
      branchesOf(parsed.query);
    }
  });
});
