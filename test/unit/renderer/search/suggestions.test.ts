import { describe, expect, test } from 'vitest';
import { complete, countValues, suggest } from '#renderer/features/search/suggestions.ts';
import { makeCard } from '#test/support/make-card.ts';

const cards = [
  makeCard(1, { fields: { center: 'GSFC', keywords: ['Hubble', 'Stars'], photographer: 'Ana' } }),
  makeCard(2, { fields: { center: 'GSFC', keywords: ['Stars; nebula'], location: 7 } }),
  makeCard(3, { fields: { center: 'JPL', keywords: ['stars'], photographer: 'x'.repeat(200) } }),
];
const values = (filter: Parameters<typeof countValues>[1], typed: string) =>
  suggest(countValues(cards, filter), filter, typed).map(({ value }) => value);

describe('suggestions', () => {
  test('the most frequent come first, with how many have them', () => {
    const [first] = suggest(countValues(cards, 'keywords'), 'keywords', '');
    expect(first).toEqual({ value: 'Stars', count: 2, note: null });
  });

  test('centres that were seen come before those that are only known', () => {
    expect(values('center', '').slice(0, 3)).toEqual(['GSFC', 'JPL', 'AFRC']);
    expect(suggest(countValues(cards, 'center'), 'center', 'propul')).toEqual([
      { value: 'JPL', count: 1, note: 'Jet Propulsion Laboratory' },
    ]);
  });

  test('what begins with the typed comes before what only holds it', () => {
    expect(values('keywords', 'b')).toEqual(['Hubble', 'nebula']);
    expect(values('keywords', 'neb')).toEqual(['nebula']);
    expect(values('keywords', 'zzz')).toEqual([]);
  });

  test('of a list the last word is completed, and what stands there is not offered again', () => {
    expect(values('keywords', 'Hubble, ')).not.toContain('Hubble');
    expect(complete('keywords', 'Hubble, neb', 'nebula')).toBe('Hubble, nebula');
    expect(complete('center', 'G', 'GSFC')).toBe('GSFC');
  });

  test('prose and numbers in a field do no harm', () => {
    expect(values('photographer', '')).toEqual(['Ana']);
    expect(values('location', '')).toEqual(['7']);
  });
});
