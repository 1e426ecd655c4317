import { describe, expect, test } from 'vitest';
import { ScrollMap, tallestElement } from '#renderer/lib/scroll-map.ts';

test.each([
  [1, 33_554_400],
  [2, 16_777_200],
  [3, 11_184_800],
])('stays below what Chromium draws at device scale %i', (ratio, cap) => {
  expect(tallestElement(ratio)).toBeLessThan(cap);
  expect(tallestElement(ratio) * ratio).toBeLessThan(2 ** 24);
});

test('a list that fits is scrolled as it is', () => {
  const map = new ScrollMap(50_000, 700, 6_000_000);
  expect(map.isPlain).toBe(true);
  expect(map.elementHeight).toBe(50_000);
  expect(map.toOffset(1234.5)).toBe(1234.5);
  expect(map.toScroll(1234.5)).toBe(1234.5);
  expect(map.toOffset(1e9)).toBe(49_300);
  expect(map.toScroll(-5)).toBe(0);
});

test('a list shorter than the view does not scroll', () => {
  const map = new ScrollMap(300, 700, 6_000_000);
  expect(map.maxOffset).toBe(0);
  expect(map.toOffset(50)).toBe(0);
});

describe.each([1, 2, 3])('a list of 42 million px at device scale %i', (ratio) => {
  const map = new ScrollMap(42_000_000, 700, tallestElement(ratio));

  test('keeps the element within bounds', () => {
    expect(map.isPlain).toBe(false);
    expect(map.elementHeight).toBe(tallestElement(ratio));
  });

  test('reaches both ends exactly, and 1:1 near them', () => {
    expect(map.toOffset(0)).toBe(0);
    expect(map.toOffset(map.maxScroll)).toBe(map.maxOffset);
    expect(map.toOffset(400)).toBe(400);
    expect(map.toOffset(map.maxScroll - 400)).toBe(map.maxOffset - 400);
  });

  test('is monotonous, continuous and its own inverse', () => {
    let before = -1;
    for (let step = 0; step <= 1000; step += 1) {
      const scrollTop = (map.maxScroll * step) / 1000;
      const offset = map.toOffset(scrollTop);
      expect(offset).toBeGreaterThan(before);
      expect(Math.abs(map.toScroll(offset) - scrollTop)).toBeLessThan(1e-3);
      before = offset;
    }
  });
});
