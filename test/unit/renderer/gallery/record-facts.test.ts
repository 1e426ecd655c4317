import { describe, expect, test } from 'vitest';
import {
  commonFacts,
  creditLineOf,
  creditOf,
  factsOf,
  fieldText,
  keywordsOf,
  plainDescription,
} from '#renderer/features/gallery/record-facts.ts';
import { creditLineOf as creditLineOfMain } from '#main/sources/nasa-images/credit.ts';
import { makeCard } from '#test/support/make-card.ts';

test('keywords are parted where the archive put several into one', () => {
  const card = makeCard(1, { fields: { keywords: ['Moon; Apollo ;', 'Apollo', 7, ' '] } });
  expect(keywordsOf(card)).toEqual(['Moon', 'Apollo']);
  expect(keywordsOf(makeCard(1, { fields: { keywords: 'Sun' } }))).toEqual(['Sun']);
  expect(keywordsOf(makeCard(1))).toEqual([]);
});

test.each([
  [{ album: ['A', 'B'] }, 'album', 'A, B'],
  [{ center: ' JPL ' }, 'center', 'JPL'],
  [{ center: '' }, 'center', null],
  [{ center: { a: 1 } }, 'center', null],
  [{}, 'center', null],
])('field %j reads as text', (fields, name, text) => {
  expect(fieldText(makeCard(1, { fields }), name)).toBe(text);
});

test('the credit is what the archive names, else its centre', () => {
  expect(creditOf(makeCard(1, { credit: ' NASA/Observer 3 ' }))).toBe('NASA/Observer 3');
  expect(creditOf(makeCard(1, { credit: null, fields: { center: 'JPL' } }))).toBe('NASA/JPL');
  expect(creditOf(makeCard(1, { credit: '' }))).toBe('NASA');
});

test.each([{}, { title: 'record-1' }, { title: 'A “quoted” name' }])(
  'a credit line is the very one that main gives with the record (%o)',
  (shape) => {
    const card = makeCard(1, { credit: 'NASA/Observer 3', ...shape });
    expect(creditLineOf(card)).toBe(creditLineOfMain(card.record));
  },
);

test('facts leave out what is not known', () => {
  const names = factsOf(makeCard(1, { date: null, fields: { center: 'JPL', location: '' } })).map(
    (fact) => fact.name,
  );
  expect(names).toEqual(['Media', 'Centre']);
});

test('descriptions lose their marks and stay text', () => {
  expect(plainDescription('A <b>bold</b>  claim <a href="x">here</a>, 3 < 4')).toBe(
    'A bold claim here , 3 < 4',
  );
});

describe('several records', () => {
  const cards = [
    makeCard(1, {
      date: '2011-05-13T00:00:00Z',
      fields: { center: 'GSFC', keywords: ['Hubble', 'Stars'] },
    }),
    makeCard(2, {
      date: '2017-12-08T00:00:00Z',
      fields: { center: 'GSFC', keywords: ['Hubble'] },
      credit: null,
    }),
    makeCard(3, {
      date: null,
      kind: 'video',
      fields: { center: 'JPL', keywords: ['Hubble', 'Mars'] },
    }),
  ];

  test('say what they share, and how many do', () => {
    const { facts, keywords, namedCredits } = commonFacts(cards);
    expect(facts).toEqual([
      { name: 'Media', value: 'Image (2 of 3), Video (1 of 3)' },
      { name: 'Created', value: '13 May 2011 to 8 December 2017, 1 undated' },
      { name: 'Centre', value: 'GSFC (2 of 3), JPL (1 of 3)' },
    ]);
    expect(keywords).toEqual([{ word: 'Hubble', note: null }]);
    expect(namedCredits).toBe(2);
  });

  test('with many answers say the most frequent, or how many there are', () => {
    const centreOf = (centres: string[]) =>
      commonFacts(centres.map((center, n) => makeCard(n, { fields: { center } }))).facts.find(
        (fact) => fact.name === 'Centre',
      )?.value;
    expect(centreOf(['JPL', 'JPL', 'GSFC', 'KSC'])).toBe('JPL (2 of 4) and 2 others');
    expect(centreOf(['JPL', 'GSFC', 'KSC'])).toBe('3 different');
  });

  test('that agree say it once', () => {
    const { facts } = commonFacts(cards.slice(0, 2));
    expect(facts[0]).toEqual({ name: 'Media', value: 'Image' });
    expect(facts[2]).toEqual({ name: 'Centre', value: 'GSFC' });
  });
});
