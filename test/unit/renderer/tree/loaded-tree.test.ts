import { describe, expect, test, vi } from 'vitest';
import type { ChildrenAnswer } from '#renderer/lib/tree/child-list.ts';
import { LoadedTree, type LoadChildren } from '#renderer/lib/tree/loaded-tree.svelte.ts';

interface Asked {
  request: Parameters<LoadChildren<string>>[0];
  signal: AbortSignal;
  answer(answer: ChildrenAnswer<string>): void;
  fail(error: Error): void;
}

/** A tree whose requests wait to be answered by the test. */
function waiting(more: { loadsMoreOnSight?: boolean } = {}) {
  const asked: Asked[] = [];
  const tree = new LoadedTree<string>({
    keyOf: (node) => node,
    titleOf: (node) => node,
    isExpandable: (node) => node.startsWith('d'),
    describe: (error) => (error instanceof Error ? error.message : ''),
    load: (request, signal) =>
      new Promise((answer, fail) => asked.push({ request, signal, answer, fail })),
    pageSize: 10,
    ...more,
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  const names = (from: number, count = 10): string[] =>
    Array.from({ length: count }, (_none, at) => `d${from + at}`);
  return { tree, asked, settle, names };
}

describe('a tree that is loaded as it is seen', () => {
  test('asks once for what is in sight, a few parts at a time', async () => {
    const { tree, asked, settle, names } = waiting();
    tree.want({ first: 0, last: 20 });
    tree.want({ first: 0, last: 20 });
    expect(asked).toHaveLength(1);
    asked[0]?.answer({ nodes: names(0), total: 1000 });
    await settle();
    expect(tree.rowCount).toBe(1000);
    tree.want({ first: 0, last: 80 });
    expect(asked.slice(1).map(({ request }) => request.from)).toEqual([10, 20, 30]);
    asked[1]?.answer({ nodes: names(10), total: 1000 });
    await settle();
    expect(asked.slice(4).map(({ request }) => request.from)).toEqual([40]);
    expect(tree.rowAt(15).title).toBe('d15');
  });

  test('after a jump it waits for rest, and gives up what nobody sees when others wait', async () => {
    vi.useFakeTimers();
    try {
      const { tree, asked, settle, names } = waiting();
      tree.want({ first: 0, last: 20 });
      asked[0]?.answer({ nodes: names(0), total: 1000 });
      await settle();
      tree.want({ first: 10, last: 35 });
      expect(asked).toHaveLength(4);
      for (let first = 300; first < 900; first += 100) tree.want({ first, last: first + 20 });
      expect(asked).toHaveLength(4);
      vi.advanceTimersByTime(100);
      expect(asked.slice(4).map(({ request }) => request.from)).toEqual([800, 810, 820]);
      expect(asked.slice(1, 4).map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
      // What comes from what was given up is not taken.
      asked[1]?.answer({ nodes: names(10), total: 5 });
      await settle();
      expect(tree.rowCount).toBe(1000);
      expect(tree.rowAt(12).kind).toBe('pending');
    } finally {
      vi.useRealTimers();
    }
  });

  test('what failed is said, and asked for again by hand alone', async () => {
    const { tree, asked, settle } = waiting();
    tree.want({ first: 0, last: 9 });
    asked[0]?.fail(new Error('The registry did not answer.'));
    await settle();
    expect(tree.rowAt(0)).toMatchObject({
      kind: 'failed',
      message: 'The registry did not answer.',
    });
    tree.want({ first: 0, last: 9 });
    expect(asked).toHaveLength(1);
    tree.retry(0);
    expect(asked).toHaveLength(2);
  });

  test.each([
    [true, 2],
    [false, 1],
  ])(
    'more is loaded when it is seen, or by its row alone (%s)',
    async (loadsMoreOnSight, times) => {
      const { tree, asked, settle, names } = waiting({ loadsMoreOnSight });
      tree.want({ first: 0, last: 20 });
      asked[0]?.answer({ nodes: names(0), total: 25, next: 'd9' });
      await settle();
      expect(asked).toHaveLength(times);
      if (!loadsMoreOnSight) tree.retry(10);
      expect(asked[1]?.request).toMatchObject({ from: 10, cursor: 'd9' });
      asked[1]?.answer({ nodes: names(10), total: 25, next: 'd19' });
      await settle();
      expect(tree.rowAt(20)).toMatchObject({ kind: 'more', remaining: 5 });
    },
  );

  test('its revision tells of every change, and its end stops what runs', async () => {
    const { tree, asked, settle, names } = waiting();
    tree.want({ first: 0, last: 9 });
    asked[0]?.answer({ nodes: names(0), total: 10 });
    await settle();
    const { revision } = tree;
    tree.setExpanded(3, true);
    expect(tree.revision).toBeGreaterThan(revision);
    expect(tree.splicesSince(revision)).toEqual([{ at: 4, removed: 0, inserted: 1 }]);
    tree.want({ first: 0, last: 10 });
    expect(asked[1]?.request).toMatchObject({ path: ['d3'], node: 'd3', from: 0 });
    tree.dispose();
    expect(asked[1]?.signal.aborted).toBe(true);
    asked[1]?.answer({ nodes: [], total: 0 });
    await settle();
    expect(tree.rowAt(4).kind).toBe('pending');
  });

  test('loaded anew, the same nodes are open', async () => {
    const { tree, asked, settle, names } = waiting();
    tree.want({ first: 0, last: 9 });
    asked[0]?.answer({ nodes: names(0), total: 10 });
    await settle();
    tree.setExpanded(3, true);
    tree.want({ first: 0, last: 9 });
    asked[1]?.answer({ nodes: names(100, 2), total: 2 });
    await settle();
    tree.reload();
    expect(tree.rowCount).toBe(12);
    expect(tree.rowAt(4)).toMatchObject({ kind: 'pending', level: 2, setSize: 2 });
    expect(asked.slice(2).map(({ request }) => request.path)).toEqual([[], ['d3']]);
  });
});
