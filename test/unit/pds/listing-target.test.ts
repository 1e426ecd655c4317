import { describe, expect, test } from 'vitest';
import { toRef } from '#contract/domain.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import type { PdsFilter } from '#contract/pds-lists.ts';
import { targetOf } from '#main/pds/listing-target.ts';

const bundles = (filter: PdsFilter) => targetOf({ kind: 'bundles', filter });

describe('what a list of the tree asks for', () => {
  test('without a filter it is the class alone', () => {
    expect(bundles({})).toEqual({ target: { kind: 'search', class: 'bundles' }, notes: [] });
  });

  test('words alone are keywords, without the signs of the text search', () => {
    expect(bundles({ text: '  mars +"dust" -storm* ' }).target).toMatchObject({
      keywords: ['mars', 'dust', 'storm'],
    });
  });

  const filters: PdsFilter[] = [
    { target: 'urn:nasa:pds:context:target:planet.mars' },
    { instrument: 'urn:nasa:pds:context:instrument:rad', from: '2019-01-01' },
    { text: 'rad (derived)', investigation: 'urn:nasa:pds:context:investigation:mission.insight' },
    {
      text: 'a',
      target: 't',
      instrument: 'i',
      investigation: 'v',
      from: '2019-01-01',
      until: '2020-02-02',
    },
  ];
  for (const filter of filters) {
    test(`both dialects read the query of ${Object.keys(filter).join(', ')}`, () => {
      const { target, notes } = bundles(filter);
      const q = target.kind === 'search' ? (target.q ?? '') : '';
      expect(parseQuery(q, '1.3')).toMatchObject({ ok: true });
      expect(parseQuery(q, 'current')).toMatchObject({ ok: true });
      expect(notes).toHaveLength(filter.text === undefined ? 0 : 1);
    });
  }

  test('a quotation mark in an identifier is refused, not sent', () => {
    expect(() => bundles({ target: 'a" or lid like "*' })).toThrow(/quotation mark/);
  });

  test('members of what is not of the registry are refused', () => {
    const ref = toRef('nasa-images', 'PIA1');
    expect(() => targetOf({ kind: 'members', ref, versions: 'latest' })).toThrow(/not a product/);
  });

  test('context products are found by title, in both dialects', () => {
    const { target } = targetOf({ kind: 'context', of: 'target', text: 'mars' });
    const q = target.kind === 'search' ? (target.q ?? '') : '';
    expect(parseQuery(q, '1.3')).toMatchObject({ ok: true });
    expect(q).toContain('+mars*');
  });
});
