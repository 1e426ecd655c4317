import { describe, expect, test } from 'vitest';
import type { LabelMark } from '#contract/labels.ts';
import {
  markParts,
  pathAtDepth,
  pathSteps,
  queryFor,
  queryValueFault,
  searchWords,
  shortNamespace,
} from '#renderer/features/label/label-parts.ts';

const mark = (start: number, end: number, part: LabelMark['part'] = 'value'): LabelMark => ({
  part,
  attribute: null,
  start,
  end,
});
const shown = (text: string, marks: LabelMark[]): string =>
  markParts(text, marks, 'value')
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('');

describe('marks', () => {
  test('stand where main found them, in any order, joined where they overlap', () => {
    expect(shown('start_sol_number', [mark(6, 9)])).toBe('start_[sol]_number');
    expect(shown('abcdef', [mark(4, 6), mark(0, 2)])).toBe('[ab]cd[ef]');
    expect(shown('abcdef', [mark(0, 4), mark(2, 5)])).toBe('[abcd][e]f');
  });

  test('beyond the text, empty, or of another part, change nothing', () => {
    expect(shown('abc', [mark(2, 9)])).toBe('ab[c]');
    expect(shown('abc', [mark(5, 9), mark(1, 1)])).toBe('abc');
    expect(shown('abc', [mark(0, 2, 'name')])).toBe('abc');
    expect(markParts('', [mark(0, 2)], 'value')).toEqual([]);
  });
});

describe('a path', () => {
  test('is parted at its slashes, not at those in quotes or brackets', () => {
    expect(pathSteps('/pds:a/pds:b[2]/c')).toEqual(['/pds:a', '/pds:b[2]', '/c']);
    expect(pathSteps("/*[local-name()='a/b']/*[x/y]")).toEqual([
      "/*[local-name()='a/b']",
      '/*[x/y]',
    ]);
    expect(pathSteps('//a/@unit')).toEqual(['//a', '/@unit']);
    expect(pathSteps('')).toEqual([]);
    expect(pathSteps("/a[b='")).toEqual(["/a[b='"]);
  });

  test('is cut to what holds it', () => {
    expect(pathAtDepth('/a/b/c', 0)).toBe('/a');
    expect(pathAtDepth('/a/b/c', 1)).toBe('/a/b');
    expect(pathAtDepth('/a/b/c', 9)).toBe('/a/b/c');
  });
});

describe('a query for a value', () => {
  test('is written in the registry’s own language', () => {
    expect(queryFor('insight:A.insight:b', '00122')).toBe('(insight:A.insight:b eq "00122")');
  });

  test('is refused where the language cannot say it', () => {
    expect(queryValueFault('00122', false)).toBeNull();
    expect(queryValueFault('a "quoted" word', false)).toBe('quote');
    expect(queryValueFault('two\nlines', false)).toBe('quote');
    expect(queryValueFault('x'.repeat(1001), false)).toBe('long');
    expect(queryValueFault('x', true)).toBe('long');
    expect(queryValueFault(null, false)).toBe('none');
    expect(queryValueFault('', false)).toBe('none');
  });
});

test('words are parted as main parts them', () => {
  expect(searchWords('Sol  “First Delivery” sol')).toEqual(['sol', 'first delivery']);
  expect(searchWords('  ')).toEqual([]);
});

test('namespaces are told by what differs', () => {
  expect(shortNamespace('http://pds.nasa.gov/pds4/pds/v1/')).toBe('pds.nasa.gov/pds4/pds/v1');
  expect(shortNamespace('urn:x')).toBe('urn:x');
});
