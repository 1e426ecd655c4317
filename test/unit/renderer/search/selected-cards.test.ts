import { expect, test } from 'vitest';
import { readSelected } from '#renderer/features/search/selected-cards.ts';
import { makeCard } from '#test/support/make-card.ts';

const { signal } = new AbortController();
const numbers = (cards: Awaited<ReturnType<typeof readSelected>>) =>
  cards.map((card) => Number(card.record.id.replace('record-', '')));

test('cards come in the order of the selection, read in portions where they are not here', async () => {
  const asked: [number, number][] = [];
  const cards = await readSelected(
    [
      { first: 3, last: 4 },
      { first: 100, last: 520 },
    ],
    1_000,
    signal,
    {
      at: (index) => (index < 10 ? makeCard(index) : null),
      read: async ({ first, last }) => {
        asked.push([first, last]);
        return Array.from({ length: last - first + 1 }, (_, at) => makeCard(first + at));
      },
    },
  );
  expect(asked).toEqual([
    [100, 299],
    [300, 499],
    [500, 520],
  ]);
  expect(numbers(cards).slice(0, 4)).toEqual([3, 4, 100, 101]);
  expect(cards).toHaveLength(423);
});

test('no more is read than is wanted', async () => {
  let asked = 0;
  const cards = await readSelected([{ first: 0, last: 999_999 }], 250, signal, {
    at: () => null,
    read: async ({ first, last }) => {
      asked += last - first + 1;
      return Array.from({ length: last - first + 1 }, (_, at) => makeCard(first + at));
    },
  });
  expect(cards).toHaveLength(250);
  expect(asked).toBe(250);
});

test('without a reader, what is not here is left out', async () => {
  const cards = await readSelected([{ first: 0, last: 3 }], 10, signal, {
    at: (index) => (index % 2 === 0 ? makeCard(index) : null),
  });
  expect(numbers(cards)).toEqual([0, 2]);
});
