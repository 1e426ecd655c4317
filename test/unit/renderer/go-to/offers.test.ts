import { describe, expect, test } from 'vitest';
import type { ArchiveId } from '#contract/domain.ts';
import { resolveText } from '#main/records/resolve-text.ts';
import { isPasted } from '#renderer/app/pasted.ts';
import { offersOf } from '#renderer/features/go-to/offers.ts';

const offers = (text: string, here: ArchiveId = 'nasa-images') =>
  offersOf(text, resolveText(text), here).map(({ key, route }) => [key, route.view]);

describe('what a text leads to', () => {
  test('an address and a reference to what they name, and to nothing else', () => {
    expect(offers('https://images.nasa.gov/details/PIA24439')).toEqual([
      ['nasa:PIA24439', 'record'],
    ]);
    expect(offers('urn:nasa:pds:insight_rad')).toEqual([['pds:urn:nasa:pds:insight_rad', 'pds']]);
    expect(offers('https://www.astrobin.com/yx76x9/')).toEqual([['astrobin:yx76x9', 'record']]);
  });

  test('the page of an album or a user to that place', () => {
    expect(offers('https://images.nasa.gov/album/Apollo-at-50')).toEqual([['place', 'album']]);
    expect(offers('https://www.astrobin.com/users/anna/')).toEqual([['place', 'astrobin-user']]);
  });

  test('what may be of two archives to both, the one here first, and to a search here', () => {
    expect(offers('57782')).toEqual([
      ['nasa:57782', 'record'],
      ['astrobin:57782', 'record'],
      ['search nasa-images', 'nasa'],
    ]);
    expect(offers('57782', 'astrobin').map(([key]) => key)).toEqual([
      'astrobin:57782',
      'nasa:57782',
      'search astrobin',
    ]);
    expect(offers('yx76x9').map(([key]) => key)).toEqual([
      'nasa:yx76x9',
      'astrobin:yx76x9',
      'search nasa-images',
    ]);
  });

  test('words to a search, and to the record that may be called so', () => {
    expect(offers('crab nebula', 'pds-registry')).toEqual([
      ['nasa:crab nebula', 'record'],
      ['search pds-registry', 'pds'],
    ]);
  });

  test('nothing to nowhere', () => {
    expect(offers('  ')).toEqual([]);
    expect(offers('https://example.com/x')).toEqual([]);
  });
});

test.each([
  ['https://images.nasa.gov/details/PIA1', true],
  ['www.astrobin.com/yx76x9/', true],
  ['nasa:PIA1', true],
  ['urn:nasa:pds:insight_rad', true],
  ['moon', false],
  ['nasa.gov', false],
  ['star: birth', false],
  ['astrobin', false],
  ['what is https', false],
])('%j pasted into a search field is opened: %j', (text, isOpened) => {
  expect(isPasted(text)).toBe(isOpened);
});
