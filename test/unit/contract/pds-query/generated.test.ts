import { describe, expect, test } from 'vitest';
import type { PdsDialect } from '#contract/pds.ts';
import { pdsDialects } from '#contract/pds.ts';
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { branchesOf, hasOr, withoutOr } from '#contract/pds-query/branches.ts';
import { parseQuery, placeOf } from '#contract/pds-query/parse-query.ts';
import { printLines, printQuery } from '#contract/pds-query/print-query.ts';
import { simplifyQuery } from '#contract/pds-query/simplify.ts';
import { queryTest } from '#main/sample/pds/evaluate-query.ts';
import { createQueryMaker, madeTypes } from '#test/support/pds-queries.ts';
import { createRandom } from '#test/support/random-values.ts';

const seed = Number(process.env['ALMAGEST_TEST_SEED'] ?? 20_261_122);
const count = 10_000;

function makerFor(offset: number) {
  return createQueryMaker(createRandom(seed + offset));
}

function read(text: string, dialect: PdsDialect): QueryNode {
  const parsed = parseQuery(text, dialect);
  if (!parsed.ok) throw new Error(`seed ${String(seed)}: ${text}: ${parsed.message}`);
  return parsed.query;
}

function selection(
  query: QueryNode,
  products: readonly ReadonlyMap<string, readonly string[]>[],
  orFault = false,
): string {
  const options = {
    typeOf: (field: string) => madeTypes.get(field) ?? ('string' as const),
    orFault,
    names: [...madeTypes.keys()],
  };
  const test = queryTest(query, options);
  return products
    .map((product) => (test((field) => product.get(field) ?? []) ? '1' : '0'))
    .join('');
}

/** As toEqual, for trees of plain values; ten times as quick. */
function expectSame(actual: unknown, wanted: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(wanted)];
  if (left !== right) expect(actual, `seed ${String(seed)}`).toEqual(wanted);
}

/** Whether it tells products apart; if none did, equal selections would prove nothing. */
function isTelling(bits: string): boolean {
  return bits.includes('0') && bits.includes('1');
}

describe(`generated queries, seed ${String(seed)}`, () => {
  test(`${String(count)} of them from text to tree to text, and every text selects the same`, () => {
    const maker = makerFor(0);
    const products = Array.from({ length: 40 }, () => maker.product());
    let telling = 0;
    for (let number = 0; number < count; number += 1) {
      const dialect = pdsDialects[number % 2] as PdsDialect;
      const query = maker.query(dialect);
      const text = maker.wordsOf(query, dialect);
      const tree = read(text, dialect);
      expectSame(tree, query);
      const printed = printQuery(tree, dialect);
      const lines = printLines(tree, dialect);
      if (!printed.ok || !lines.ok) throw new Error(`seed ${String(seed)}: not printed: ${text}`);
      const again = read(printed.text, dialect);
      expectSame(again, simplifyQuery(tree));
      expectSame(printQuery(again, dialect), printed);
      const wanted = selection(query, products);
      if (isTelling(wanted)) telling += 1;
      expectSame([printed.text, selection(again, products)], [printed.text, wanted]);
      expectSame(simplifyQuery(read(lines.text, dialect)), again);
    }
    expect(telling).toBeGreaterThan(count / 2);
  });

  test('what 1.3 says, the current registry says too, and selects the same', () => {
    const maker = makerFor(1);
    const products = Array.from({ length: 40 }, () => maker.product());
    for (let number = 0; number < 2000; number += 1) {
      const query = maker.query('1.3');
      const printed = printQuery(query, 'current');
      if (!printed.ok) throw new Error(printed.message);
      expect(selection(read(printed.text, 'current'), products)).toBe(selection(query, products));
    }
  });

  test(`${String(count)} mutated texts are read or refused with a place within them, and never throw`, () => {
    const maker = makerFor(2);
    let refused = 0;
    for (let number = 0; number < count; number += 1) {
      const dialect = pdsDialects[number % 2] as PdsDialect;
      const text = maker.mutated(maker.wordsOf(maker.query(dialect), dialect));
      const parsed = parseQuery(text, dialect);
      if (parsed.ok) {
        const printed = printQuery(parsed.query, dialect);
        if (!printed.ok) throw new Error(`seed ${String(seed)}: read but not printed: ${text}`);
        expectSame(read(printed.text, dialect), simplifyQuery(parsed.query));
        continue;
      }
      refused += 1;
      expect(parsed.position).toBeGreaterThanOrEqual(0);
      expect(parsed.length).toBeGreaterThanOrEqual(0);
      expect(parsed.position + parsed.length).toBeLessThanOrEqual(text.length);
      expect(parsed.message).toMatch(/^\S.*\.$/su);
      expect(parsed.help).not.toBe('');
      expect(placeOf(text, parsed.position).line).toBeGreaterThan(0);
    }
    expect(refused).toBeGreaterThan(count / 2);
    expect(refused).toBeLessThan(count);
  });

  test('branches select together what the query selects, though each is asked with the fault', () => {
    const maker = makerFor(3);
    const products = Array.from({ length: 40 }, () => maker.product());
    let split = 0;
    let faulty = 0;
    for (let number = 0; number < 4000; number += 1) {
      const query = maker.query('1.3');
      const wanted = selection(query, products);
      const asked = withoutOr(query);
      expect(hasOr(asked)).toBe(false);
      expect(selection(asked, products, true)).toBe(wanted);
      const result = branchesOf(query, 64);
      if (!result.ok) continue;
      expect(result.branches.length).toBeLessThanOrEqual(64);
      const union = result.branches.map((branch) => {
        expect(hasOr(branch)).toBe(false);
        if (!printQuery(branch, '1.3').ok) throw new Error('a branch cannot be said');
        return selection(branch, products, true);
      });
      expect(
        products.map((_, at) => (union.some((bits) => bits[at] === '1') ? '1' : '0')).join(''),
      ).toBe(wanted);
      if (result.branches.length > 1) split += 1;
      if (selection(query, products, true) !== wanted) faulty += 1;
    }
    // Enough of them have several branches, and the fault would have shown.
    expect(split).toBeGreaterThan(400);
    expect(faulty).toBeGreaterThan(400);
  });
});
