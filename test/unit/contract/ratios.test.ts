import { describe, expect, test } from 'vitest';
import { decodeRatio, encodeRatio } from '#contract/ratios.ts';

describe('ratios in one byte', () => {
  test.each([
    [1000, 1000, 128],
    [2000, 1000, 192],
    [1000, 2000, 64],
    [1000, 100, 255],
    [100, 10_000, 1],
  ])('%d by %d is %d', (width, height, code) => {
    expect(encodeRatio(width, height)).toBe(code);
  });

  test.each([
    [null, 100],
    [100, null],
    [0, 100],
    [100, 0],
    [-100, -100],
    [Number.NaN, 100],
    [Infinity, 100],
    [100, Infinity],
  ])('%s by %s is unknown', (width, height) => {
    expect(encodeRatio(width, height)).toBe(0);
    expect(decodeRatio(encodeRatio(width, height))).toBeNull();
  });

  test('no ratio from 1:4 to 4:1 is off by more than 0.6 %', () => {
    for (let width = 252; width < 3900; width += 7) {
      const back = decodeRatio(encodeRatio(width, 1000)) ?? 0;
      expect(Math.abs(back / (width / 1000) - 1)).toBeLessThan(0.006);
    }
  });
});
