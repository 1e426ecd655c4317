import { describe, expect, test } from 'vitest';
import { toRef, type RecordCard } from '#contract/domain.ts';
import { CardList } from '#renderer/features/gallery/card-list.svelte.ts';
import { makeCard } from '#test/support/make-card.ts';

const cards = (from: number, count: number): RecordCard[] =>
  Array.from({ length: count }, (_, at) => makeCard(from + at));

describe('a list of cards', () => {
  test('grows at its end and says from where', () => {
    const list = new CardList();
    list.append(cards(0, 100));
    const seen = list.revision;
    list.append(cards(100, 50));
    expect(list.count).toBe(150);
    expect(list.changedSince(seen)).toBe(100);
    expect(list.changedSince(list.revision)).toBe(150);
    expect(list.at(120)?.record.ref).toBe(toRef('nasa-images', 'record-120'));
  });

  test('leaves out and counts what is there already', () => {
    const list = new CardList();
    expect(list.append([...cards(0, 10), ...cards(5, 2)])).toBe(2);
    expect(list.append(cards(8, 4))).toBe(2);
    expect(list.count).toBe(12);
    expect(list.indexOf(toRef('nasa-images', 'record-11'))).toBe(11);
  });

  test('reserves room for what is on its way', () => {
    const list = new CardList();
    list.reserve(24, false);
    expect(list.count).toBe(24);
    expect(list.at(3)).toBeNull();
    expect(list.isComplete).toBe(false);
    list.append(cards(0, 10));
    expect(list.count).toBe(24);
    list.reserve(0, true);
    expect(list.count).toBe(10);
    expect(list.loaded).toBe(10);
  });

  test('takes an item out and closes the gap', () => {
    const list = new CardList();
    list.append(cards(0, 5));
    const seen = list.revision;
    expect(list.remove(toRef('nasa-images', 'record-1'))).toBe(1);
    expect(list.count).toBe(4);
    expect(list.changedSince(seen)).toBe(1);
    expect(list.at(1)?.record.id).toBe('record-2');
    expect(list.indexOf(toRef('nasa-images', 'record-4'))).toBe(3);
    expect(list.remove(toRef('nasa-images', 'record-1'))).toBe(-1);
  });

  test('starting over forgets what was there', () => {
    const list = new CardList();
    list.append(cards(0, 5));
    const seen = list.revision;
    list.replaceAll(cards(3, 2));
    expect(list.count).toBe(2);
    expect(list.changedSince(seen)).toBe(0);
    expect(list.indexOf(toRef('nasa-images', 'record-0'))).toBe(-1);
  });

  test('someone who looks away for long is told to read all again', () => {
    const list = new CardList();
    list.append(cards(0, 10));
    const seen = list.revision;
    for (let page = 1; page < 200; page += 1) list.append(cards(page * 10, 10));
    expect(list.changedSince(seen)).toBe(0);
  });
});

test('ratios come from the listing, and skeletons have their own', () => {
  const list = new CardList();
  list.append([
    makeCard(0, { width: 600, height: 300 }),
    makeCard(1, { width: null, height: null }),
  ]);
  list.append([{ ...makeCard(2), thumb: null }]);
  list.reserve(5, false);
  expect(list.ratioAt(0)).toBe(2);
  expect(list.ratioAt(1)).toBe(4 / 3);
  expect(list.ratioAt(2)).toBe(4 / 3);
  expect(list.ratioAt(4)).toBeGreaterThan(0.5);
});
