import { describe, expect, test } from 'vitest';
import { parseTreeSnapshot } from '#renderer/lib/tree/tree-snapshot.ts';
import { TreeModel, type ChildrenRequest } from '#renderer/lib/tree/tree-model.ts';
import type { ChildrenAnswer } from '#renderer/lib/tree/child-list.ts';
import type { TreeRow } from '#renderer/lib/tree/tree-rows.ts';
import { createRandom } from '#test/support/random-values.ts';
import { NaiveTree, type Made } from './naive-tree.ts';

interface Node {
  name: string;
  children: number;
}

const options = {
  keyOf: (node: Node) => node.name,
  titleOf: (node: Node) => node.name,
  isExpandable: (node: Node) => node.children > 0,
  pageSize: 100,
};

const nodesOf = (path: readonly string[], from: number, count: number, children = 0): Node[] =>
  Array.from({ length: count }, (_none, at) => ({
    name: `${path.join('/')}/${from + at}`,
    children,
  }));

/** Answers everything that is missing of some rows, each list having so many children. */
function load(
  model: TreeModel<Node>,
  first: number,
  last: number,
  total: number,
  childrenEach = 0,
): ChildrenRequest<Node>[] {
  const requests = model.missing({ first, last }, true);
  for (const request of requests) {
    model.begin(request);
    const count = Math.max(0, Math.min(request.count, total - request.from));
    model.take(request, { nodes: nodesOf(request.path, request.from, count, childrenEach), total });
  }
  return requests;
}

const words = (model: TreeModel<Node>, first = 0, last = model.rowCount - 1): string[] =>
  Array.from({ length: last - first + 1 }, (_none, at) => {
    const row = model.rowAt(first + at);
    const text = row.kind === 'node' ? row.title : row.kind;
    return `${'  '.repeat(row.level - 1)}${text} ${row.posInSet}/${row.setSize}`;
  });

describe('a tree as rows', () => {
  test('begins with one row that is loading, and grows when its count is known', () => {
    const model = new TreeModel<Node>(options);
    expect(words(model)).toEqual(['pending 1/-1']);
    const requests = load(model, 0, 0, 3, 2);
    expect(requests).toMatchObject([{ path: [], from: 0, count: 100, cursor: null, node: null }]);
    expect(words(model)).toEqual(['/0 1/3', '/1 2/3', '/2 3/3']);
    expect(model.missing({ first: 0, last: 2 }, true)).toEqual([]);
  });

  test('a million members cost what was looked at of them', () => {
    const model = new TreeModel<Node>(options);
    load(model, 0, 0, 3, 1_000_000);
    model.open(1);
    load(model, 2, 2, 1_000_000, 4);
    expect(model.rowCount).toBe(1_000_003);
    expect(model.rowAt(2)).toMatchObject({ level: 2, posInSet: 1, setSize: 1_000_000 });
    expect(model.rowAt(777_777)).toMatchObject({
      kind: 'pending',
      level: 2,
      posInSet: 777_776,
      setSize: 1_000_000,
    });
    expect(model.heldNodes).toBe(103);
    load(model, 777_777, 777_790, 1_000_000, 4);
    expect(model.rowAt(777_777).title).toBe('/1/777775');
    model.open(777_777);
    load(model, 777_778, 777_778, 4);
    expect(words(model, 777_776, 777_783)).toEqual([
      '  /1/777774 777775/1000000',
      '  /1/777775 777776/1000000',
      '    /1//1/777775/0 1/4',
      '    /1//1/777775/1 2/4',
      '    /1//1/777775/2 3/4',
      '    /1//1/777775/3 4/4',
      '  /1/777776 777777/1000000',
      '  /1/777777 777778/1000000',
    ]);
    expect(model.rowCount).toBe(1_000_007);
    expect(model.parentOf(777_780)).toBe(777_777);
    expect(model.parentOf(777_782)).toBe(1);
    expect(model.rowAt(1_000_006)).toMatchObject({ title: '/2', level: 1 });
  });

  test('a closed node keeps what was loaded, and what was open in it', () => {
    const model = new TreeModel<Node>(options);
    load(model, 0, 0, 2, 3);
    model.open(0);
    load(model, 1, 1, 3, 2);
    model.open(2);
    load(model, 3, 3, 2);
    const before = words(model);
    model.close(0);
    expect(words(model)).toEqual(['/0 1/2', '/1 2/2']);
    model.open(0);
    expect(words(model)).toEqual(before);
    expect(model.missing({ first: 0, last: 9 }, true)).toEqual([]);
  });

  test('what failed says so in its rows, and is asked for again only when that is wanted', () => {
    const model = new TreeModel<Node>(options);
    load(model, 0, 0, 250, 0);
    const [request] = model.missing({ first: 120, last: 130 }, true);
    if (request === undefined) throw new Error('nothing is missing');
    model.begin(request);
    expect(model.missing({ first: 120, last: 130 }, true)).toEqual([]);
    model.fail(request, 'The registry did not answer.');
    expect(model.rowAt(125)).toMatchObject({
      kind: 'failed',
      message: 'The registry did not answer.',
      posInSet: 126,
      setSize: 250,
    });
    expect(model.missing({ first: 120, last: 130 }, true)).toEqual([]);
    expect(model.retry(125)).toMatchObject({ from: 100, count: 100 });
    expect(model.rowAt(125).kind).toBe('pending');
  });

  test('a list that can only be read on has a row for what follows', () => {
    const model = new TreeModel<Node>(options);
    const answer = (request: ChildrenRequest<Node>, count: number, next: string | null): void =>
      model.take(request, { nodes: nodesOf([], request.from, count), total: 1206, next });
    const ask = (): ChildrenRequest<Node> => {
      const [request] = model.missing({ first: 0, last: 2000 }, true);
      if (request === undefined) throw new Error('nothing is missing');
      return request;
    };
    answer(ask(), 7, 'after 6');
    expect(model.rowCount).toBe(8);
    expect(model.rowAt(7)).toMatchObject({
      kind: 'more',
      remaining: 1199,
      posInSet: 8,
      setSize: 1206,
    });
    expect(model.missing({ first: 0, last: 7 }, false)).toEqual([]);
    const second = ask();
    expect(second).toMatchObject({ from: 7, count: 100, cursor: 'after 6' });
    model.begin(second);
    expect(model.rowAt(7).isLoading).toBe(true);
    answer(second, 100, 'after 106');
    expect(model.rowAt(7)).toMatchObject({ kind: 'node', title: '/7' });
    expect(model.rowAt(107)).toMatchObject({ kind: 'more', remaining: 1099 });
    answer(ask(), 3, null);
    expect(model.rowCount).toBe(110);
    expect(model.rowAt(109)).toMatchObject({ kind: 'node', setSize: 110 });
  });

  test.each<[string, ChildrenAnswer<Node>]>([
    ['says that more comes and gives nothing', { nodes: [], total: 9, next: 'again' }],
    ['ends at once', { nodes: [], total: 0, next: null }],
    ['counts none', { nodes: [], total: 0 }],
    ['counts nonsense', { nodes: [], total: Number.NaN }],
    ['counts less than none', { nodes: [], total: -4 }],
  ])('a source that %s gives a row that says so', (_what, answer) => {
    const model = new TreeModel<Node>(options);
    const [request] = model.missing({ first: 0, last: 0 }, true);
    if (request !== undefined) model.take(request, answer);
    expect(words(model)).toEqual(['empty 1/1']);
    expect(model.missing({ first: 0, last: 9 }, true)).toEqual([]);
  });

  test('a source that stays where it is comes to an end', () => {
    const model = new TreeModel<Node>(options);
    for (let asked = 0; asked < 3; asked += 1) {
      const [request] = model.missing({ first: 0, last: 1000 }, true);
      if (request === undefined) break;
      model.take(request, { nodes: nodesOf([], request.from, 2), total: null, next: 'same' });
    }
    expect(model.rowCount).toBe(4);
  });

  test('children that are counted and not given are gaps, and asked for once', () => {
    const model = new TreeModel<Node>(options);
    const [request] = model.missing({ first: 0, last: 0 }, true);
    if (request !== undefined) model.take(request, { nodes: nodesOf([], 0, 2), total: 4 });
    expect(words(model)).toEqual(['/0 1/4', '/1 2/4', 'gap 3/4', 'gap 4/4']);
    expect(model.missing({ first: 0, last: 3 }, true)).toEqual([]);
  });

  test('siblings are opened together, the nearest first and not without end', () => {
    const model = new TreeModel<Node>(options);
    load(model, 0, 0, 5000, 9);
    for (const first of [0, 100, 200, 300]) load(model, first, first + 99, 5000, 9);
    model.openSiblings(150);
    expect(model.rowCount).toBe(5200);
    expect(model.rowAt(0).isExpanded).toBe(false);
    const opened = Array.from({ length: model.rowCount }, (_none, index) => model.rowAt(index))
      .filter(({ isExpanded }) => isExpanded)
      .map(({ posInSet }) => posInSet);
    expect(opened).toHaveLength(200);
    expect(Math.min(...opened)).toBe(51);
    expect(Math.max(...opened)).toBe(250);
  });

  test('nodes held are bounded, and come again', () => {
    const model = new TreeModel<Node>({ ...options, pageSize: 10, mostNodes: 3000 });
    load(model, 0, 0, 100_000);
    for (let first = 0; first < 100_000; first += 10) load(model, first, first + 9, 100_000);
    expect(model.heldNodes).toBe(3000);
    expect(model.rowAt(5).kind).toBe('pending');
    load(model, 5, 5, 100_000);
    expect(model.rowAt(5).title).toBe('/5');
  });

  test('what was read on is had again by what led to it', () => {
    const model = new TreeModel<Node>({ ...options, pageSize: 10, mostNodes: 1 });
    for (let step = 0; step < 400; step += 1) {
      const tail = model.rowCount - 1;
      const [request] = model.missing({ first: tail, last: tail }, true);
      if (request === undefined) throw new Error('nothing is missing');
      const next = `after ${request.from + 9}`;
      model.take(request, { nodes: nodesOf([], request.from, 10), total: null, next });
      if (step < 256) expect(model.rowAt(0).kind).toBe('node');
    }
    expect(model.rowAt(0).kind).toBe('pending');
    expect(model.missing({ first: 12, last: 12 }, true)).toMatchObject([
      { from: 10, count: 10, cursor: 'after 9' },
    ]);
  });

  test('titles are found by their start, round the end, loaded rows only', () => {
    const model = new TreeModel<Node>({
      ...options,
      titleOf: ({ name }) => `T${name.split('/').pop() ?? ''}`,
    });
    load(model, 0, 0, 300, 1000);
    model.open(2);
    load(model, 3, 3, 1000);
    expect(model.find('t2', 2)).toBe(5);
    expect(model.find('T2', 5)).toBe(23);
    expect(model.find('t99', 102)).toBe(1099);
    expect(model.find('t99', 1099)).toBe(102);
    expect(model.find('t250', 0)).toBeNull();
  });

  test('known counts need no request to be laid out', () => {
    const model = new TreeModel<Node>({ ...options, countOf: ({ children }) => children });
    load(model, 0, 0, 1, 40);
    model.open(0);
    expect(model.rowCount).toBe(41);
    expect(model.rowAt(40)).toMatchObject({ kind: 'pending', posInSet: 40, setSize: 40 });
    expect(model.childTotalAt(0)).toBe(40);
  });

  test('an answer for a tree that is no longer there changes nothing', () => {
    const model = new TreeModel<Node>(options);
    const [request] = model.missing({ first: 0, last: 0 }, true);
    model.clear();
    if (request !== undefined) model.take(request, { nodes: nodesOf([], 0, 9), total: 9 });
    expect(words(model)).toEqual(['pending 1/-1']);
  });
});

describe('after a restart', () => {
  function opened(): TreeModel<Node> {
    const model = new TreeModel<Node>(options);
    load(model, 0, 0, 5, 1_000_000);
    model.open(3);
    load(model, 4, 4, 1_000_000, 3);
    load(model, 500_000, 500_000, 1_000_000, 3);
    model.open(500_000);
    load(model, 500_001, 500_001, 3);
    return model;
  }

  test('rows have their places before anything is loaded, and nodes come where they were', () => {
    const before = opened();
    const kept = JSON.stringify(before.snapshot());
    const snapshot = parseTreeSnapshot(JSON.parse(kept));
    const model = new TreeModel<Node>(options);
    if (snapshot !== null) model.restore(snapshot);
    expect(model.rowCount).toBe(before.rowCount);
    expect(model.rowAt(500_001)).toMatchObject({ kind: 'pending', level: 3, setSize: 3 });
    expect(model.rowAt(500_000)).toMatchObject({ isExpandable: true, isExpanded: true });
    const [request] = model.missing({ first: 500_001, last: 500_002 }, true);
    expect(request?.path).toEqual(['/3', '/3/499996']);
    load(model, 499_990, 500_010, 1_000_000, 3);
    load(model, 500_001, 500_001, 3);
    expect(model.rowAt(500_001).title).toBe(before.rowAt(500_001).title);
  });

  test('a node that moved meanwhile is opened where it is now', () => {
    const snapshot = opened().snapshot();
    const model = new TreeModel<Node>(options);
    model.restore(snapshot);
    const [request] = model.missing({ first: 0, last: 0 }, true);
    const moved = nodesOf([], 0, 6, 1_000_000).filter(({ name }) => name !== '/1');
    if (request !== undefined) model.take(request, { nodes: moved, total: 5 });
    expect(model.rowAt(2)).toMatchObject({ title: '/3', isExpanded: true });
    expect(model.rowAt(1_000_006)).toMatchObject({ title: '/4', isExpanded: false });
  });

  test('a list that was read on keeps the places that were reached', () => {
    const model = new TreeModel<Node>(options);
    for (let step = 0; step < 150; step += 1) {
      const [request] = model.missing({ first: 0, last: 1e9 }, true);
      if (request === undefined) throw new Error('nothing is missing');
      const next = `after ${request.from + 99}`;
      model.take(request, { nodes: nodesOf([], request.from, 100), total: 1_000_000, next });
    }
    const snapshot = parseTreeSnapshot(JSON.parse(JSON.stringify(model.snapshot())));
    const again = new TreeModel<Node>(options);
    if (snapshot !== null) again.restore(snapshot);
    expect(again.rowCount).toBe(10_001);
    expect(again.missing({ first: 5050, last: 5050 }, true)).toMatchObject([
      { from: 5000, count: 100, cursor: 'after 4999' },
    ]);
    expect(again.missing({ first: 10_000, last: 10_000 }, true)).toMatchObject([
      { from: 10_000, count: 100, cursor: 'after 9999' },
    ]);
  });

  test.each([
    ['nothing', null],
    ['a list', []],
    ['another version', { version: 2, root: {} }],
    ['no children', { version: 1, root: { key: '', slot: 0, total: 3, isDirect: true, end: 3 } }],
    [
      'steps that go back',
      {
        version: 1,
        root: {
          key: '',
          slot: 0,
          total: 3,
          isDirect: false,
          end: 9,
          steps: [
            [0, null],
            [5, 'a'],
            [4, 'b'],
          ],
          open: [],
        },
      },
    ],
  ])('%s is not a snapshot', (_what, value) => {
    expect(parseTreeSnapshot(value)).toBeNull();
  });

  test('a snapshot has bounds, in writing and in reading', () => {
    const model = new TreeModel<Node>(options);
    load(model, 0, 0, 400, 2);
    for (const first of [100, 200, 300]) load(model, first, first + 50, 400, 2);
    for (let index = 399; index >= 0; index -= 1) model.open(index);
    expect(model.snapshot().root.open).toHaveLength(200);
    const shape = { key: 'x', slot: 0, total: 1, isDirect: true, end: 1, steps: [] };
    const wide = { ...shape, open: Array.from({ length: 900 }, () => ({ ...shape, open: [] })) };
    expect(parseTreeSnapshot({ version: 1, root: wide })?.root.open).toHaveLength(200);
    let deep: object = { ...shape, open: [] };
    for (let level = 0; level < 5000; level += 1) deep = { ...shape, open: [deep] };
    expect(JSON.stringify(parseTreeSnapshot({ version: 1, root: deep })).length).toBeLessThan(9000);
  });
});

const shown = <T>({ id: _id, ...row }: TreeRow<T>): Omit<TreeRow<T>, 'id'> => row;

/** A change as the model told it, done to a list of row names. */
function follow(ids: string[], model: TreeModel<Made>, revision: number): (string | null)[] {
  const list: (string | null)[] = [...ids];
  for (const { at, removed, inserted } of model.splicesSince(revision) ?? []) {
    const room = Array.from({ length: inserted }, () => null);
    expect(at + removed).toBeLessThanOrEqual(list.length);
    list.splice(at, removed, ...room);
  }
  return list;
}

test.each(Array.from({ length: 40 }, (_none, seed) => seed + 1))(
  'made-up trees are the rows that a plain walk gives (seed %i)',
  (seed) => {
    const random = createRandom(seed);
    const naive = new NaiveTree(random);
    const model = new TreeModel<Made>(naive.options);
    let ids = [model.rowAt(0).id];
    for (let step = 0; step < 220; step += 1) {
      const { revision } = model;
      const isNew = naive.act(model);
      const expected = naive.rows();
      expect(model.rowCount).toBe(expected.length);
      const rows = expected.map((_row, index) => model.rowAt(index));
      expect(rows.map(shown)).toEqual(expected.map(({ row }) => row));
      const places = rows.map((_row, index) => model.locate(index));
      const found = places.map(({ branch, slot }) => model.indexOf(branch, slot));
      expect(found).toEqual(rows.map((_row, index) => index));
      const parents = rows.map((_row, index) => model.parentOf(index));
      expect(parents).toEqual(expected.map(({ parent }) => parent));
      // Rows that stayed are where the model's own word says that they are.
      const now = rows.map(({ id }) => id);
      expect(new Set(now).size).toBe(now.length);
      const followed = follow(ids, model, revision);
      if (isNew) expect(followed).toHaveLength(now.length);
      else expect(now).toEqual(followed.map((id, index) => id ?? now[index]));
      ids = now;
    }
  },
  60_000,
);
