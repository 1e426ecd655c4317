import { describe, expect, test } from 'vitest';
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { branchesOf, hasOr, orFaultWords, withoutOr } from '#contract/pds-query/branches.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import { printQuery } from '#contract/pds-query/print-query.ts';

function read(text: string): QueryNode {
  const parsed = parseQuery(text, '1.3');
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}

function print(query: QueryNode): string {
  const printed = printQuery(query, '1.3');
  return printed.ok ? printed.text : printed.message;
}

function branches(text: string, limit?: number): string[] {
  const result = branchesOf(read(text), limit);
  if (!result.ok) throw new Error(result.message);
  return result.branches.map(print);
}

describe('branches without or', () => {
  test.each<[string, string[]]>([
    ['(a eq 1 and not (b lt 2))', ['(a eq 1 and not (b lt 2))']],
    ['(a eq 1 or b eq 2)', ['a eq 1', 'b eq 2']],
    ['(a eq 1 or a eq 1)', ['a eq 1']],
    ['(a eq 1 or (a eq 1 and b eq 2))', ['a eq 1']],
    ['((a eq 1 and b eq 2) or a eq 1 or c eq 3)', ['a eq 1', 'c eq 3']],
    ['(x eq 0 and (a eq 1 or b eq 2))', ['(x eq 0 and a eq 1)', '(x eq 0 and b eq 2)']],
    [
      '((a eq 1 or b eq 2) and (c eq 3 or d eq 4))',
      ['(a eq 1 and c eq 3)', '(a eq 1 and d eq 4)', '(b eq 2 and c eq 3)', '(b eq 2 and d eq 4)'],
    ],
    [
      'not (a eq 1 or b ne 2 or c like "x" or d not like "y")',
      ['(a ne 1 and b eq 2 and c not like "x" and d like "y")'],
    ],
    ['not (a lt 1 or b ge 2)', ['(not (a lt 1) and not (b ge 2))']],
    [
      'not (x eq 0 and (a eq 1 or b eq 2))',
      ['(not (x eq 0 and a eq 1) and not (x eq 0 and b eq 2))'],
    ],
    ['not (not (a eq 1 or b eq 2))', ['not (a ne 1 and b ne 2)']],
    ['(x eq 0 or not (a eq 1 or b eq 2))', ['x eq 0', '(a ne 1 and b ne 2)']],
  ])('%s', (text, expected) => {
    expect(branches(text)).toEqual(expected);
  });

  test('more of them than asked for are refused in words', () => {
    const ors = Array.from(
      { length: 6 },
      (_, at) => `(a${String(at)} eq 1 or b${String(at)} eq 2)`,
    );
    expect(branches(`(${ors.slice(0, 5).join(' and ')})`)).toHaveLength(32);
    const refused = branchesOf(read(`(${ors.join(' and ')})`));
    expect(refused).toMatchObject({
      ok: false,
      message: expect.stringMatching(/more than 32 branches/),
    });
    expect(branches('(a eq 1 or b eq 2)', 2)).toHaveLength(2);
    expect(branchesOf(read('(a eq 1 or b eq 2 or c eq 3)'), 2).ok).toBe(false);
  });

  test('the worst that a long text can hold ends soon, with a refusal', () => {
    const or = (at: number): string =>
      `(${Array.from({ length: 30 }, (_, nth) => `f${String(at)} eq ${String(nth)}`).join(' or ')})`;
    const text = `not (${Array.from({ length: 200 }, (_, at) => or(at)).join(' and ')})`;
    expect(branchesOf(read(text)).ok).toBe(false);
  });

  test('groups in groups without end are refused', () => {
    let deep = read('(a eq 1 or b eq 2)');
    for (let level = 0; level < 10_000; level += 1)
      deep = { kind: 'group', isNegated: true, joint: 'or', terms: [deep] };
    expect(branchesOf(deep)).toMatchObject({ ok: false, message: expect.stringMatching(/deep/) });
  });

  test('the fault is explained in one place', () => {
    expect(orFaultWords).toMatch(/“or” as if it were “and”/);
    expect(hasOr(read('not ((a eq 1 or b eq 2))'))).toBe(true);
    expect(hasOr(read('(a eq 1 and not (b eq 2))'))).toBe(false);
  });
});

test.each([
  ['(a eq 1 or b lt 2)', 'not (a ne 1 and not (b lt 2))'],
  ['not (a eq 1 or b eq 2)', '(a ne 1 and b ne 2)'],
  [
    '(x eq 0 and (a like "p" or (b eq 2 and c eq 3)))',
    '(x eq 0 and not (a not like "p" and not (b eq 2 and c eq 3)))',
  ],
  ['a eq 1', 'a eq 1'],
])('without or, in one query: %s', (text, expected) => {
  expect(print(withoutOr(read(text)))).toBe(expected);
});
