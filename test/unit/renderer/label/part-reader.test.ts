import { describe, expect, test } from 'vitest';
import { PartReader, partSize } from '#renderer/features/label/part-reader.ts';

interface Held {
  from: number;
  answer(items: readonly number[]): void;
  fail(error: Error): void;
}

/** A list of its own indexes whose answers are given by the test, or at once. */
function held(isHeld = true) {
  const asked: Held[] = [];
  let changes = 0;
  const itemsAt = (from: number, count: number) =>
    Array.from({ length: count }, (_none, at) => from + at);
  const reader = new PartReader<number>({
    read: (from, count) => {
      if (!isHeld) return Promise.resolve(itemsAt(from, count));
      return new Promise((resolve, reject) => {
        asked.push({ from, answer: resolve, fail: reject });
      });
    },
    onChange: () => (changes += 1),
    describe: (error) => (error instanceof Error ? error.message : null),
  });
  return { reader, asked, itemsAt, changes: () => changes };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('parts of a long list', () => {
  test('are read where they are seen, each once', async () => {
    const { reader, asked, itemsAt } = held();
    reader.clear(1_000_000);
    reader.want({ first: 10, last: 40 });
    reader.want({ first: 12, last: 42 });
    expect(asked.map(({ from }) => from)).toEqual([0]);
    reader.want({ first: 40, last: 90 });
    expect(asked.map(({ from }) => from)).toEqual([0, partSize]);
    asked[0]?.answer(itemsAt(0, partSize));
    await turn();
    expect(reader.at(42)).toBe(42);
    expect(reader.at(partSize)).toBeNull();
  });

  test('that came too late for a list that has changed are dropped', async () => {
    const { reader, asked, itemsAt } = held();
    reader.clear(500);
    reader.want({ first: 0, last: 30 });
    const replaced = reader.replace(400, [{ first: 0, last: 30 }]);
    expect(asked).toHaveLength(2);
    asked[1]?.answer(itemsAt(1000, partSize));
    expect(await replaced).toBe(true);
    asked[0]?.answer(itemsAt(0, partSize));
    await turn();
    expect(reader.at(0)).toBe(1000);
    expect(reader.total).toBe(400);
  });

  test('are shown on while a list grows, until they were read again', async () => {
    const { reader, asked, itemsAt } = held();
    reader.clear(50);
    reader.want({ first: 0, last: 30 });
    asked[0]?.answer(itemsAt(0, 50));
    await turn();
    reader.grow(90);
    expect(reader.at(3)).toBe(3);
    expect(asked).toHaveLength(2);
    asked[1]?.answer(itemsAt(500, 90));
    await turn();
    expect(reader.at(3)).toBe(503);
    expect(asked).toHaveLength(2);
  });

  test('that cannot be had say why, and are read again when that is wanted', async () => {
    const { reader, asked, itemsAt } = held();
    reader.clear(50);
    reader.want({ first: 0, last: 30 });
    asked[0]?.fail(new Error('The worker ended.'));
    await turn();
    expect(reader.failureAt(7)).toBe('The worker ended.');
    reader.want({ first: 1, last: 31 });
    expect(asked).toHaveLength(1);
    reader.retry(7);
    asked[1]?.answer(itemsAt(0, 50));
    await turn();
    expect(reader.failureAt(7)).toBeNull();
    expect(reader.at(7)).toBe(7);
  });

  test('far from where one is are given up, so that memory stays bounded', async () => {
    const { reader } = held(false);
    reader.clear(1_000_000);
    for (let first = 0; first < 20_000; first += 60) {
      reader.want({ first, last: first + 70 });
      await turn();
    }
    const parts = new Set([...reader.loaded()].map(([index]) => Math.floor(index / partSize)));
    expect(parts.size).toBeLessThanOrEqual(40);
    expect(parts.size).toBeGreaterThan(20);
    expect(reader.at(0)).toBeNull();
    expect(reader.at(19_980)).toBe(19_980);
  });
});
