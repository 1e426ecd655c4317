import { describe, expect, test } from 'vitest';
import { toIndexText, toMatch } from '#main/captions/search-words.ts';

describe('a query from what was typed', () => {
  test.each([
    ['apollo moon', '"apollo"* "moon"*'],
    ['"one small step" man', '"one small step" "man"*'],
    ['"one small st', '"one small st"*'],
    ['“one small” step', '"one small" "step"*'],
    ['Köln café', '"koln"* "cafe"*'],
    ['rover-cam', '"rover cam"*'],
    ['don’t', '"don t"'],
    ['a AND b OR NOT (c) NEAR(x y)', '"a" "and"* "b" "or"* "not"* "c" "near x" "y"'],
    ['title:moon* ^x {a b}: -', '"title moon"* "x" "a" "b"'],
    ['火星车', '"火 星 车"'],
  ])('%s', (typed, match) => {
    expect(toMatch(typed)).toBe(match);
  });

  test.each(['', '   ', '"', '""', '!!! ---', '*', '😀'])('%s: no word', (typed) => {
    expect(toMatch(typed)).toBeNull();
  });

  test('bounded', () => {
    expect(toMatch('word '.repeat(1000))?.split(' ')).toHaveLength(24);
  });

  test('what the index holds', () => {
    expect(toIndexText('Où est l’Éléphant? 火星 2020')).toBe('ou est l elephant 火 星 2020');
  });
});
