import { describe, expect, test } from 'vitest';
import {
  findIn,
  foldText,
  foldWanted,
  markSought,
  markWords,
} from '#renderer/features/captions/cue-search.ts';

const marked = (parts: readonly { text: string; isMatch: boolean }[]): string[] =>
  parts.filter(({ isMatch }) => isMatch).map(({ text }) => text);
const whole = (parts: readonly { text: string }[]): string =>
  parts.map(({ text }) => text).join('');

test('folding keeps every place, whatever the signs', () => {
  for (const text of [
    'Crater',
    'CAFÉ “İstanbul”',
    'ﬁn e\u0301 ß ẞ',
    '月の\nクレーター',
    '🌑 Lune',
    '',
  ]) {
    expect(foldText(text)).toHaveLength(text.length);
  }
});

test('case, accents, quotes and line ends make no difference', () => {
  const folded = ['It’s a\nwild place', 'Café crème', 'CRATER rim'].map(foldText);
  expect(findIn(folded, foldWanted("it's a  wild"))).toEqual([0]);
  expect(findIn(folded, foldWanted('CAFE creme'))).toEqual([1]);
  expect(findIn(folded, foldWanted('crater'))).toEqual([2]);
  expect(findIn(folded, foldWanted('  '))).toEqual([]);
});

describe('marks', () => {
  test('every place of what is sought, in the text as it is written', () => {
    const parts = markSought('Crater by crater, CRATÉR', foldWanted('crater'));
    expect(marked(parts)).toEqual(['Crater', 'crater', 'CRATÉR']);
    expect(whole(parts)).toBe('Crater by crater, CRATÉR');
  });

  test('nothing where nothing is sought', () => {
    expect(markSought('abc', '')).toEqual([{ text: 'abc', isMatch: false }]);
    expect(markWords('abc', ' "" ')).toEqual([{ text: 'abc', isMatch: false }]);
    expect(markSought('', 'a')).toEqual([{ text: '', isMatch: false }]);
  });

  test('beginnings of words, and phrases in quotes as a whole', () => {
    expect(marked(markWords('Craters: a crater’s rim', 'crater ri'))).toEqual([
      'Crater',
      'crater',
      'ri',
    ]);
    expect(marked(markWords('a wild place, wild as a place', '“wild place”'))).toEqual([
      'wild place',
    ]);
  });

  test('signs that mean something to a pattern mean themselves', () => {
    expect(marked(markSought('a (b) [c]', '(b) ['))).toEqual(['(b) [']);
    expect(marked(markWords('a.b a+b', 'a.b ( [ \\'))).not.toContain('(');
  });
});
