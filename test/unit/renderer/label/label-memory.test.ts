import { describe, expect, test } from 'vitest';
import {
  emptyMemory,
  mostFolds,
  parseMemory,
  withFold,
  type LabelMemory,
} from '#renderer/features/label/label-memory.ts';

const whole: LabelMemory = {
  tab: 'source',
  style: 'local-name',
  text: 'sol',
  wantsXPath: true,
  onlyMatches: true,
  path: '/pds:a/pds:b[2]',
  place: { index: 700_003, within: 0.25, current: 700_004 },
  sourceRow: 12,
  folds: { depth: null, paths: [['/pds:a', false]] },
};

describe('the place in a label', () => {
  test('comes back as it was written', () => {
    expect(parseMemory(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    expect(parseMemory(JSON.parse(JSON.stringify(emptyMemory)))).toEqual(emptyMemory);
  });

  test.each([
    [null],
    ['x'],
    [[]],
    [{ tab: 'hidden', style: 3, text: 4, path: 'no path', place: { index: -1 }, sourceRow: 0.5 }],
    [{ place: { index: 1, within: 7, current: 0 }, folds: { depth: -1, paths: 'x' } }],
    [{ folds: { paths: [['no path', true], ['/a', 'yes'], 5] } }],
  ])('that is none is as if nothing were kept: %j', (kept) => {
    expect(parseMemory(kept)).toEqual(emptyMemory);
  });

  test('keeps the last word on each element, and no more than can be asked for', () => {
    let folds = emptyMemory.folds;
    for (let at = 0; at < mostFolds + 20; at += 1) folds = withFold(folds, `/a[${at}]`, true);
    expect(folds.paths).toHaveLength(mostFolds);
    folds = withFold(folds, '/a[50]', false);
    expect(folds.paths).toHaveLength(mostFolds);
    expect(folds.paths.at(-1)).toEqual(['/a[50]', false]);
    expect(withFold(folds, `/${'a'.repeat(5000)}`, true)).toBe(folds);
  });
});
