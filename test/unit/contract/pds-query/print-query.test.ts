import { describe, expect, test } from 'vitest';
import type { PdsDialect } from '#contract/pds.ts';
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import { printLines, printQuery } from '#contract/pds-query/print-query.ts';
import { simplifyQuery } from '#contract/pds-query/simplify.ts';

function read(text: string, dialect: PdsDialect = '1.3'): QueryNode {
  const parsed = parseQuery(text, dialect);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}

function printed(text: string, from: PdsDialect, to: PdsDialect): string {
  const result = printQuery(read(text, from), to);
  return result.ok ? result.text : `refused: ${result.message}`;
}

describe('in one line, with no more parentheses than needed', () => {
  test.each([
    ['a eq 1', 'a eq 1'],
    ['((a   eq\n1.10))', 'a eq 1.10'],
    ['((a eq "x y") AND (b not like "z*"))', '(a eq "x y" and b not like "z*")'],
    ['(((a eq 1)) OR not(((b ne -2))))', '(a eq 1 or not (b ne -2))'],
    ['not ((a eq 1 or b eq 2))', 'not (a eq 1 or b eq 2)'],
    ['not (not (a eq 1))', 'not (not (a eq 1))'],
    ['((a eq 1 and b eq 2) and c eq 3)', '((a eq 1 and b eq 2) and c eq 3)'],
    ['pds:File/pds:file_size gt 5', 'pds:File/pds:file_size gt 5'],
  ])('%s', (text, canonical) => {
    expect(printed(text, '1.3', '1.3')).toBe(canonical);
    expect(printed(canonical, '1.3', '1.3')).toBe(canonical);
  });

  test('the current registry hears the same in its own words', () => {
    expect(printed('(a EQ 1 And NOT (b LIKE "x"))', 'current', 'current')).toBe(
      '(a eq 1 and not (b like "x"))',
    );
    expect(printed('(a not like "x" or b eq 1)', '1.3', 'current')).toBe(
      '(not (a like "x") or b eq 1)',
    );
    expect(printed('(exists "pds:.*" and EXISTS lid)', 'current', 'current')).toBe(
      '(exists "pds:.*" and exists lid)',
    );
    expect(printed('exists "eq"', 'current', 'current')).toBe('exists "eq"');
  });
});

describe('what a dialect cannot say is refused, not thrown', () => {
  const comparison = (
    field: string,
    text: string,
    kind: 'string' | 'number' = 'string',
  ): QueryNode => ({
    kind: 'comparison',
    field,
    operator: 'eq',
    value: { kind, text },
  });
  const group = (...terms: QueryNode[]): QueryNode => ({
    kind: 'group',
    isNegated: false,
    joint: 'and',
    terms,
  });
  const cases: [string, QueryNode, PdsDialect, RegExp][] = [
    ['exists in 1.3', { kind: 'exists', field: 'lid' }, '1.3', /exists/],
    ['a quote in a text', comparison('a', 'x"y'), '1.3', /quotes/],
    ['a line end in a text', comparison('a', 'x\ny'), 'current', /line ends/],
    [
      'a line end in a pattern',
      { kind: 'like', field: 'a', isNegated: false, pattern: '\r' },
      '1.3',
      /line/,
    ],
    ['a quote in a pattern over names', { kind: 'exists', field: 'a"' }, 'current', /property/],
    ['no number', comparison('a', '1e5', 'number'), '1.3', /no number/],
    ['an empty number', comparison('a', '', 'number'), '1.3', /no number/],
    ['no name', comparison('', 'x'), '1.3', /missing/],
    ['a keyword as name', comparison('like', 'x'), '1.3', /property/],
    ['a name with a space', comparison('a b', 'x'), 'current', /property/],
    ['an empty group', group(), '1.3', /empty/],
    ['an empty group in a group', group(comparison('a', 'x'), group()), 'current', /empty/],
  ];
  test.each(cases)('%s', (_name, node, dialect, message) => {
    const results = [printQuery(node, dialect), printLines(node, dialect)];
    for (const result of results) {
      if (result.ok) throw new Error('was printed');
      expect(result.message).toMatch(message);
      expect(result.help).not.toBe('');
    }
  });
  test('a keyword of the other generation only', () => {
    expect(printQuery(comparison('Eq', 'x'), '1.3')).toEqual({ ok: true, text: 'Eq eq "x"' });
    expect(printQuery(comparison('Eq', 'x'), 'current')).toMatchObject({ ok: false });
  });
  test('ten thousand groups in groups', () => {
    let deep = comparison('a', 'x');
    for (let level = 0; level < 10_000; level += 1) deep = group(deep);
    expect(printQuery(deep, '1.3')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/deep/),
    });
    expect(printLines(deep, '1.3')).toMatchObject({ ok: false });
  });
});

describe('one condition a line', () => {
  function lines(text: string, dialect: PdsDialect = '1.3') {
    const query = simplifyQuery(read(text, dialect));
    const result = printLines(query, dialect);
    if (!result.ok) throw new Error(result.message);
    return { ...result, query };
  }

  test('as in the design: every condition in parentheses, joints in front', () => {
    const { text } = lines('(lid like "urn:*" and pds:A.pds:b eq "P" and pds:T.pds:s ge "2019")');
    expect(text).toBe(
      '((lid like "urn:*")\nand (pds:A.pds:b eq "P")\nand (pds:T.pds:s ge "2019"))',
    );
  });
  test('groups in groups step to the right', () => {
    const { text } = lines(
      '((a eq 1 or (b eq 2 and c eq 3)) and not (d eq 4 or e eq 5) and f eq 6)',
    );
    expect(text).toBe(
      [
        '(((a eq 1)',
        '  or ((b eq 2)',
        '    and (c eq 3)))',
        'and not ((d eq 4)',
        '  or (e eq 5))',
        'and (f eq 6))',
      ].join('\n'),
    );
  });
  test('one condition alone', () => {
    expect(lines('a eq 1').text).toBe('(a eq 1)');
    expect(lines('exists lid', 'current').text).toBe('(exists lid)');
  });
  test('every line knows its number, place and condition, every node its range', () => {
    const {
      text,
      lines: list,
      ranges,
      query,
    } = lines('((a eq 1 or b not like "x") and not (c eq 3))');
    expect(list.map((line) => text.slice(line.start, line.start + line.text.length))).toEqual(
      list.map((line) => line.text),
    );
    expect(list.map((line) => line.number)).toEqual([1, 2, 3]);
    const slice = (range?: { start: number; end: number }): string =>
      range === undefined ? '' : text.slice(range.start, range.end);
    const parts = list.map(({ key }) => {
      const range = ranges.get(key);
      return [slice(range), slice(range?.field), slice(range?.operator), slice(range?.value)];
    });
    expect(parts).toEqual([
      ['(a eq 1)', 'a', 'eq', '1'],
      ['(b not like "x")', 'b', 'not like', '"x"'],
      ['(c eq 3)', 'c', 'eq', '3'],
    ]);
    expect(slice(ranges.get(query))).toBe(text);
    if (query.kind !== 'group') throw new Error('no group');
    expect(query.terms.map((term) => slice(ranges.get(term)))).toEqual([
      '((a eq 1)\n  or (b not like "x"))',
      'not ((c eq 3))',
    ]);
  });
  test('reads back as the same query', () => {
    const { text, query } = lines(
      '((a eq 1 or (b eq 2 and c eq 3)) and not (d eq 4 or not (e eq 5)))',
    );
    expect(simplifyQuery(read(text))).toEqual(query);
  });
});
