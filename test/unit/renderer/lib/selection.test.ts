import { describe, expect, test } from 'vitest';
import { Selection } from '#renderer/lib/selection.svelte.ts';

describe('selection', () => {
  test('a click selects one and drops the others', () => {
    const selection = new Selection();
    selection.replace(3);
    selection.replace(8);
    expect(selection.list()).toEqual([8]);
    expect(selection.anchor).toBe(8);
  });

  test('toggling adds and takes away', () => {
    const selection = new Selection();
    selection.toggle(3);
    selection.toggle(5);
    selection.toggle(3);
    expect(selection.list()).toEqual([5]);
    expect(selection.has(5)).toBe(true);
    expect(selection.has(3)).toBe(false);
  });

  test('shift extends from the anchor, both ways, and gives up the range before', () => {
    const selection = new Selection();
    selection.replace(5);
    selection.extendTo(8);
    expect(selection.list()).toEqual([5, 6, 7, 8]);
    selection.extendTo(3);
    expect(selection.list()).toEqual([3, 4, 5]);
    expect(selection.anchor).toBe(5);
  });

  test('ctrl and shift keep what was selected before', () => {
    const selection = new Selection();
    selection.replace(0);
    selection.toggle(10);
    selection.extendTo(12, true);
    expect(selection.list()).toEqual([0, 10, 11, 12]);
    selection.extendTo(11, true);
    expect(selection.list()).toEqual([0, 10, 11]);
  });

  test('extending with nothing selected starts at the item', () => {
    const selection = new Selection();
    selection.extendTo(4);
    expect(selection.list()).toEqual([4]);
    selection.extendTo(6);
    expect(selection.list()).toEqual([4, 5, 6]);
  });

  test('all and nothing', () => {
    const selection = new Selection();
    selection.selectAll(1_000_000);
    expect(selection.count).toBe(1_000_000);
    expect(selection.ranges).toHaveLength(1);
    selection.clear();
    expect(selection.isEmpty).toBe(true);
    selection.selectAll(0);
    expect(selection.count).toBe(0);
  });

  test('a rubber band replaces, adds or toggles against what was there', () => {
    const selection = new Selection();
    selection.replace(1);
    const before = selection.ranges;
    const covered = [
      { first: 4, last: 5 },
      { first: 1, last: 2 },
    ];
    selection.setBand(before, covered, 'add');
    expect(selection.list()).toEqual([1, 2, 4, 5]);
    selection.setBand(before, covered, 'toggle');
    expect(selection.list()).toEqual([2, 4, 5]);
    selection.setBand(before, covered, 'replace');
    expect(selection.list()).toEqual([1, 2, 4, 5]);
    selection.setBand(before, [], 'replace');
    expect(selection.list()).toEqual([]);
  });

  test('an item that went away takes its place in the selection with it', () => {
    const selection = new Selection();
    selection.replace(2);
    selection.extendTo(4);
    selection.dropItem(3);
    expect(selection.list()).toEqual([2, 3]);
    expect(selection.anchor).toBe(2);
    selection.dropItem(2);
    expect(selection.list()).toEqual([2]);
    expect(selection.anchor).toBeNull();
  });

  test('is the same after a restart', () => {
    const selection = new Selection();
    selection.replace(2);
    selection.extendTo(4);
    selection.toggle(9);
    const restored = new Selection();
    restored.restore(JSON.parse(JSON.stringify(selection.toJson())));
    expect(restored.list()).toEqual([2, 3, 4, 9]);
    restored.restore('nonsense');
    expect(restored.isEmpty).toBe(true);
  });
});
