import { flushSync } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { toRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { pdsText } from '#renderer/i18n/pds.ts';
import { identifierIn } from '#renderer/features/pds/identifiers.ts';
import { PdsTree } from '#renderer/features/pds/pds-tree.svelte.ts';
import { ProductReader } from '#renderer/features/pds/product-reader.ts';
import { ProductState } from '#renderer/features/pds/product-state.svelte.ts';
import { emptyMemory, readTreeMemory } from '#renderer/features/pds/tree-memory.ts';
import type { PdsNode } from '#renderer/features/pds/tree-source.ts';
import { createFakePds } from '#test/support/fake-pds.ts';
import { createScriptedApi } from '#test/support/scripted-api.ts';

type Knobs = Record<string, string | undefined>;

/** The window's tree over the fake registry; nothing else is between them but the contract. */
function setUp(knobs: Knobs = {}, filter = {}, id: string | null = null) {
  const pds = createFakePds(knobs, async () => {
    if (knobs['state'] === 'failed') {
      throw new ArchiveError({ code: 'unavailable', message: 'No answer.', retryable: true });
    }
  });
  const { signal } = new AbortController();
  const scripted = createScriptedApi({
    'pds.list': (args: never) => pds.list(args, { signal }),
    'pds.cachedList': (args: never) => pds.cachedList(args, { signal }),
    'pds.product': (args: never) => pds.product(args, { signal }),
  });
  const products = new ProductReader(scripted.api, 'live');
  const at = id === null ? null : toRef('pds-registry', id);
  const make = () => new PdsTree({ api: scripted.api, source: 'live', products, filter, at });
  const asked = (name: string) => scripted.calls.filter((call) => call.name === name);
  return { tree: make(), make, products, asked };
}

const nameOf = (node: PdsNode | null) =>
  node === null ? null : identifierIn(node.product.lidvid, node.parent);

/** Rows as a person reads them. */
function lines(tree: PdsTree): string[] {
  return Array.from({ length: Math.min(tree.rows.rowCount, 40) }, (_, index) => {
    const { kind, level, node, remaining } = tree.rows.rowAt(index);
    const words = kind === 'node' ? nameOf(node) : kind === 'more' ? `+${remaining}` : kind;
    return `${'  '.repeat(level - 1)}${words}`;
  });
}
const see = (tree: PdsTree) => tree.rows.want({ first: 0, last: 60 });
const ready = (tree: PdsTree) => vi.waitFor(() => expect(tree.status.kind).toBe('ready'));
async function expand(tree: PdsTree, index: number): Promise<void> {
  tree.rows.setExpanded(index, true);
  see(tree);
  await vi.waitFor(() => expect(tree.rows.rowAt(index + 1).kind).not.toBe('pending'));
}
const partOf = (args: unknown): string => {
  const { of, from, count } = args as Record<string, unknown>;
  return JSON.stringify({ of, from, count });
};
const product = 'urn:nasa:pds:made_0:data_derived:rad_der_0000007';

describe('the list of bundles', () => {
  test('counts them, and opening a node costs one request', async () => {
    const { tree, asked } = setUp();
    tree.open(emptyMemory());
    expect(tree.status.kind).toBe('loading');
    await ready(tree);
    expect(tree.count).toBe(214);
    expect(asked('pds.list')).toHaveLength(1);
    expect(tree.membersOf('urn:nasa:pds:made_0::14.0')).toBe(null);
    await expand(tree, 0);
    expect(asked('pds.list')).toHaveLength(2);
    expect(tree.membersOf('urn:nasa:pds:made_0::14.0')).toBe(3);
    expect(lines(tree).slice(0, 5)).toEqual([
      'made_0',
      '  data_derived',
      '  data_raw',
      '  document',
      'made_1',
    ]);
  });

  test('a node of 1,000,000 members has a row for each at once', async () => {
    const { tree, asked } = setUp({ members: '1000000' });
    tree.open(emptyMemory());
    await ready(tree);
    await expand(tree, 0);
    await expand(tree, 1);
    expect(tree.rows.rowCount).toBe(214 + 3 + 1_000_000);
    tree.rows.want({ first: 900_000, last: 900_040 });
    await vi.waitFor(() => expect(tree.rows.rowAt(900_000).kind).toBe('node'));
    expect(nameOf(tree.rows.rowAt(900_000).node)).toBe('rad_der_0899998');
    expect(asked('pds.list').length).toBeLessThan(7);
  });

  test('a list that can only be gone on with has a row for what follows, and loads on', async () => {
    const { tree } = setUp({ skip: 'no' });
    tree.open(emptyMemory());
    await ready(tree);
    tree.rows.want({ first: 60, last: 100 });
    expect(tree.rows.rowAt(100)).toMatchObject({ kind: 'more', remaining: 114 });
    await vi.waitFor(() => expect(tree.rows.rowAt(100).kind).toBe('node'));
    expect(tree.rows.rowAt(200)).toMatchObject({ kind: 'more', remaining: 14 });
  });

  test('rows that could not be read are gaps in their places', async () => {
    const { tree } = setUp({ unreadable: '2' });
    tree.open(emptyMemory());
    await ready(tree);
    expect(tree.rows.rowAt(98).kind).toBe('gap');
    expect(tree.reader.unreadable).toBeGreaterThan(0);
  });

  test('nothing that fits, and no answer, are told apart', async () => {
    const empty = setUp({}, { text: 'nothing' }).tree;
    empty.open(emptyMemory());
    await vi.waitFor(() => expect(empty.status.kind).toBe('empty'));
    const knobs: Knobs = { state: 'failed' };
    const failed = setUp(knobs).tree;
    failed.open(emptyMemory());
    await vi.waitFor(() => expect(failed.status).toMatchObject({ kind: 'failed' }));
    knobs['state'] = undefined;
    failed.retry();
    await ready(failed);
  });

  test('what was open, chosen and superseded is there again after a restart', async () => {
    const { tree, make, asked } = setUp();
    tree.open(emptyMemory());
    await ready(tree);
    await expand(tree, 0);
    await expand(tree, 1);
    tree.selection.replace(4);
    const before = asked('pds.list').map(({ args }) => args);
    const kept: Record<string, unknown> = JSON.parse(
      JSON.stringify({
        'pds.tree': tree.memory(),
        'pds.selection': tree.selection.toJson(),
        'pds.grid': { index: 2, within: 0.5, current: 4 },
      }),
    ) as Record<string, unknown>;
    const again = make();
    again.open(readTreeMemory((key) => kept[key]));
    expect(again.rows.rowCount).toBe(tree.rows.rowCount);
    expect(again.membersOf('urn:nasa:pds:made_0:data_derived::14.0')).toBe(1206);
    await vi.waitFor(() => expect(nameOf(again.chosen)).toBe('rad_der_0000002'));
    again.grid.setRows(again.rows);
    again.grid.measure({ height: 600, scale: 1, devicePixelRatio: 1 });
    expect(again.grid.place).toMatchObject({ index: 2, current: 4 });
    // What was kept of a list is found by what it was asked by.
    for (const { args } of asked('pds.cachedList')) {
      expect(before.map((one) => partOf(one))).toContain(partOf(args));
    }
  });

  test('a memory that was written by hand opens as if there were none', () => {
    const odd: Record<string, unknown> = {
      'pds.tree': { tree: { version: 1, root: { open: 'x' } }, whole: [1, 'a'] },
      'pds.grid': { index: -1, within: 'x' },
      'pds.superseded': 'yes',
    };
    expect(readTreeMemory((key) => odd[key])).toEqual({
      ...emptyMemory(),
      whole: ['a'],
      selection: undefined,
    });
    expect(readTreeMemory(() => undefined).tree).toBe(null);
  });

  test('superseded versions are listed when asked for, and marked; what is open stays so', async () => {
    const { tree } = setUp();
    tree.open(emptyMemory());
    await ready(tree);
    await expand(tree, 0);
    await expand(tree, 1);
    tree.selection.replace(1);
    tree.setSuperseded(true);
    see(tree);
    await vi.waitFor(() =>
      expect(tree.membersOf('urn:nasa:pds:made_0:data_derived::14.0')).toBe(1208),
    );
    await vi.waitFor(() => expect(lines(tree)[7]).toBe('    rad_der_0000003'));
    const marks = [4, 5, 6, 7].map((index) => {
      const { node } = tree.rows.rowAt(index);
      return node === null ? null : [node.product.version, tree.isOld(node)];
    });
    expect(marks).toEqual([
      ['1.10', false],
      ['1.9', true],
      ['1.0', true],
      ['1.0', false],
    ]);
    tree.setSuperseded(false);
    see(tree);
    await vi.waitFor(() =>
      expect(tree.membersOf('urn:nasa:pds:made_0:data_derived::14.0')).toBe(1206),
    );
  });
});

describe('the place of a product', () => {
  test('is open down to it, with a row for the rest of each list', async () => {
    const { tree, asked } = setUp({}, {}, product);
    tree.open(emptyMemory());
    await ready(tree);
    see(tree);
    const open = ['made_0', '  data_derived', '    rad_der_0000007', '    +1205', '  +2'];
    await vi.waitFor(() => expect(lines(tree)).toEqual(open));
    expect(tree.chosen?.product.lidvid).toBe(`${product}::1.0`);
    expect(tree.places).toBe(1);
    expect(asked('pds.product')).toHaveLength(1);
    // One for each list on the way.
    expect(asked('pds.list')).toHaveLength(2);
  });

  test('its collection is listed whole by one act, in its own order', async () => {
    const { tree } = setUp({}, {}, product);
    tree.open(emptyMemory());
    await ready(tree);
    see(tree);
    await vi.waitFor(() => expect(lines(tree)[3]).toBe('    +1205'));
    tree.rows.retry(3);
    see(tree);
    await vi.waitFor(() => expect(tree.rows.rowCount).toBe(1 + 1 + 1206 + 1));
    await vi.waitFor(() => expect(lines(tree)[2]).toBe('    rad_der_0000000'));
    expect(lines(tree)[9]).toBe('    rad_der_0000007');
    expect(tree.rows.rowAt(1208)).toMatchObject({ kind: 'more', remaining: 2 });
    expect(tree.memory()?.whole).toHaveLength(1);
    // It is chosen again where its row is now.
    tree.grid.setRows(tree.rows);
    tree.grid.measure({ height: 600, scale: 1, devicePixelRatio: 1 });
    flushSync();
    tree.findSought();
    expect(nameOf(tree.chosen)).toBe('rad_der_0000007');
  });

  test('of one that is in two collections is open in both', async () => {
    const id = 'urn:nasa:pds:made_0:data_derived:rad_der_0000003';
    const { tree } = setUp({}, {}, id);
    tree.open(emptyMemory());
    await ready(tree);
    see(tree);
    await vi.waitFor(() =>
      expect(lines(tree)).toEqual([
        'made_0',
        '  data_derived',
        '    rad_der_0000003',
        '    +1205',
        '  data_raw',
        '    made_0:data_derived:rad_der_0000003',
        '    +8',
        '  +1',
      ]),
    );
    expect(tree.places).toBe(2);
  });

  test('of a collection shows what is in it; a lid stands for its newest version', async () => {
    const { tree } = setUp({}, {}, 'urn:nasa:pds:made_3:document');
    tree.open(emptyMemory());
    await ready(tree);
    see(tree);
    await vi.waitFor(() =>
      expect(lines(tree)).toEqual(['made_3', '  document', '    empty', '  +2']),
    );
    expect(tree.chosen?.product.lidvid).toBe('urn:nasa:pds:made_3:document::14.0');
  });

  test('of an older version marks it as such', async () => {
    const { tree } = setUp({}, {}, 'urn:nasa:pds:made_0:data_derived:rad_der_0000002::1.9');
    tree.open(emptyMemory());
    await ready(tree);
    await vi.waitFor(() => expect(tree.chosen?.product.version).toBe('1.9'));
    const { chosen } = tree;
    expect(chosen !== null && tree.isOld(chosen)).toBe(true);
  });

  test('is shown alone where nothing that holds it can be had', async () => {
    const { tree } = setUp({ fail: 'parents' }, {}, product);
    tree.open(emptyMemory());
    await ready(tree);
    expect(lines(tree)).toEqual(['made_0:data_derived:rad_der_0000007']);
    expect(tree.detail?.missing).toHaveLength(1);
  });

  test('is an error with its code where there is no such product', async () => {
    const { tree } = setUp({}, {}, 'urn:nasa:pds:nothing');
    tree.open(emptyMemory());
    await vi.waitFor(() => expect(tree.status.kind).toBe('failed'));
    expect(tree.status).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('the product of the inspector', () => {
  test('shows what its row knew, then everything; a kept one at once', async () => {
    const { products, asked, tree } = setUp();
    tree.open(emptyMemory());
    await ready(tree);
    const { node } = tree.rows.rowAt(0);
    const state = new ProductState(products);
    state.show(toRef('pds-registry', 'urn:nasa:pds:made_0::14.0'), node?.product ?? null);
    expect(state.status).toMatchObject({
      kind: 'loading',
      product: { lid: 'urn:nasa:pds:made_0' },
    });
    await vi.waitFor(() => expect(state.detail?.citation).toContain('Observer'));
    const other = new ProductState(products);
    other.show(toRef('pds-registry', 'urn:nasa:pds:made_0::14.0'), null);
    expect(other.status.kind).toBe('ready');
    expect(asked('pds.product')).toHaveLength(1);
  });

  test('one that is passed by is never asked for', async () => {
    const { products, asked } = setUp();
    const state = new ProductState(products);
    for (const at of [1, 2, 3]) state.show(toRef('pds-registry', `urn:nasa:pds:made_${at}`), null);
    await vi.waitFor(() => expect(state.detail).not.toBe(null));
    expect(asked('pds.product')).toHaveLength(1);
    state.dispose();
  });

  test('a failure keeps what the row knew, and can be tried again', async () => {
    const knobs: Knobs = { fail: 'product' };
    const { products } = setUp(knobs);
    const state = new ProductState(products);
    state.show(toRef('pds-registry', 'urn:nasa:pds:made_1'), null);
    await vi.waitFor(() => expect(state.status.kind).toBe('failed'));
    knobs['fail'] = undefined;
    await state.retry();
    expect(state.detail?.product.lid).toBe('urn:nasa:pds:made_1');
    knobs['fail'] = 'product';
    await expect(state.retry()).rejects.toThrow('didn’t answer');
    expect(state.detail).not.toBe(null);
  });
});

test('the row for what is not loaded says how many, where, and how they come', () => {
  expect(pdsText.more(1106, 3, true)).toBe('1,106 more in this collection, load on scroll');
  expect(pdsText.more(114, 1, false)).toBe('114 more bundles, show all');
  expect(pdsText.more(null, 2, true)).toBe('More in this bundle, load on scroll');
});
