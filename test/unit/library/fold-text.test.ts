import { expect, test } from 'vitest';
import { foldText, likePatterns } from '#main/library/fold-text.ts';

test('folds case, accents, blanks and compatibility forms', () => {
  expect(foldText('  Cráter\tCOPÉRNICO ﬁne ')).toBe('crater copernico fine');
  expect(foldText('a\0b')).toBe('a b');
});

test('makes one pattern a word and takes wildcards literally', () => {
  expect(likePatterns('100% A_b\\c')).toEqual(['%100\\%%', '%a\\_b\\\\c%']);
  expect(likePatterns('  ')).toEqual([]);
  expect(likePatterns(Array.from({ length: 40 }, (_, i) => `w${i}`).join(' '))).toHaveLength(16);
});
