import { describe, expect, test } from 'vitest';
import { estimateHeight, RowLayout } from '#renderer/features/captions/row-layout.ts';
import { VirtualRows } from '#renderer/features/captions/virtual-rows.svelte.ts';

describe('rows of unlike heights', () => {
  test('lie one below the other, and a place leads back to its row', () => {
    const layout = new RowLayout(1000, (index) => 20 + (index % 7));
    let offset = 0;
    for (let index = 0; index < 1000; index += 1) {
      expect(layout.offsetOf(index)).toBe(offset);
      expect(layout.indexAt(offset)).toBe(index);
      offset += 20 + (index % 7);
      expect(layout.indexAt(offset - 0.1)).toBe(index);
    }
    expect(layout.total).toBe(offset);
    expect([layout.indexAt(-5), layout.indexAt(offset + 5)]).toEqual([0, 999]);
  });

  test('move those after them when measured, none before', () => {
    const layout = new RowLayout(10, () => 20);
    expect(layout.total).toBe(200);
    expect(layout.measure(4, 50)).toBe(true);
    expect(layout.measure(4, 50.2)).toBe(false);
    expect(layout.measure(99, 50)).toBe(false);
    expect([layout.offsetOf(4), layout.offsetOf(5), layout.total]).toEqual([80, 130, 230]);
  });

  test('of none there is nothing', () => {
    const layout = new RowLayout(0, () => 20);
    expect([layout.total, layout.indexAt(10), layout.offsetOf(3)]).toEqual([0, 0, 0]);
  });
});

test('a height is guessed from the lines and what fits into one', () => {
  const room = { charsPerLine: 10, lineHeight: 19, padding: 12 };
  expect(estimateHeight('short', room)).toBe(31);
  expect(estimateHeight('eleven lett', room)).toBe(50);
  expect(estimateHeight('one\n\ntwo', room)).toBe(69);
});

describe('the rows that are drawn', () => {
  const listOf = (count: number) => {
    const rows = new VirtualRows();
    rows.reset(count, () => 30);
    return rows;
  };

  test('are those in sight and a few more, of any number', () => {
    const rows = listOf(100_000);
    rows.look(1_500_000, 600);
    const { first, end } = rows.range;
    expect(first).toBeLessThanOrEqual(50_000);
    expect(end).toBeGreaterThanOrEqual(50_020);
    expect(end - first).toBeLessThan(3 * 20);
  });

  test('stay in their place when rows above turn out taller', () => {
    const rows = listOf(1000);
    rows.look(3000, 600);
    expect(rows.measure([{ index: 95, height: 50 }])).toBe(20);
    expect(rows.measure([{ index: 105, height: 50 }])).toBe(0);
  });

  test('are followed calmly: nothing moves while the row is in the middle', () => {
    const rows = listOf(1000);
    rows.look(3000, 600);
    expect(rows.placeFor(110, 'calm')).toBe(3000);
    expect(rows.placeFor(119, 'calm')).toBe(8 + 119 * 30 + 15 - 240);
    expect(rows.placeFor(0, 'calm')).toBe(0);
    expect(rows.placeFor(999, 'calm')).toBe(30_000 + 16 - 600);
    expect(rows.placeFor(119, 'nearest')).toBe(3000 + 8 + 24);
    expect(rows.placeFor(110, 'nearest')).toBe(3000);
  });
});
