import { describe, expect, test } from 'vitest';
import type { LabelRow } from '#contract/labels.ts';
import { OpenLabel } from '#main/formats/label/open-label.ts';
import { pdsNamespace, readLabel, tableLabel } from '#test/support/labels.ts';

/** Numbers that are the same in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

interface Model {
  name: string;
  isOpen: boolean;
  children: Model[];
}

/** A tree of random shape, as XML and as objects. */
function randomTree(random: (below: number) => number, depth: number, at: { next: number }): Model {
  const count = depth === 0 ? 0 : random(5);
  const model: Model = { name: `n${String((at.next += 1))}`, isOpen: false, children: [] };
  for (let left = count; left > 0; left -= 1)
    model.children.push(randomTree(random, depth - 1, at));
  return model;
}

const toXml = ({ name, children }: Model): string =>
  `<${name}>${children.map(toXml).join(' ')}</${name}>`;

function shownOf(model: Model): string[] {
  return [model.name, ...(model.isOpen ? model.children.flatMap(shownOf) : [])];
}

function allOf(model: Model): Model[] {
  return [model, ...model.children.flatMap(allOf)];
}

function allRows(label: OpenLabel): LabelRow[] {
  const rows: LabelRow[] = [];
  for (;;) {
    const part = label.rows(rows.length, 200);
    rows.push(...part.rows);
    if (rows.length >= part.total) return rows;
  }
}

describe('the rows of a tree', () => {
  test('are those of a simple model, however it is folded', () => {
    const random = randomFrom(3);
    for (let round = 0; round < 15; round += 1) {
      const model = randomTree(random, 6, { next: 0 });
      model.children.push(randomTree(random, 6, { next: 10_000 }));
      const label = readLabel(toXml(model));
      const nodes = new Map<string, number>();
      label.fold({ what: 'depth', depth: null });
      for (const row of allRows(label)) nodes.set(row.name, row.node);
      const models = allOf(model);
      expect(nodes.size).toBe(models.length);
      for (const one of models) one.isOpen = true;
      for (let step = 0; step < 60; step += 1) {
        const chosen = models[random(models.length)] ?? model;
        const node = nodes.get(chosen.name) ?? 0;
        const isOpen = random(2) === 0;
        if (random(4) === 0) {
          for (const one of allOf(chosen)) one.isOpen = isOpen;
          label.fold({ what: 'branch', node, isOpen });
        } else {
          chosen.isOpen = isOpen;
          label.fold({ what: 'node', node, isOpen });
        }
        const expected = shownOf(model);
        expect(label.rows(0, 1).total).toBe(expected.length);
        const from = random(expected.length);
        expect(label.rows(from, 7).rows.map(({ name }) => name)).toEqual(
          expected.slice(from, from + 7),
        );
      }
      const hidden = models[random(models.length)] ?? model;
      const place = label.reveal(nodes.get(hidden.name) ?? 0);
      expect(label.rows(place?.position ?? -1, 1).rows[0]?.name).toBe(hidden.name);
    }
  });

  test('folding to a depth holds for rows that come later', () => {
    const text = [...tableLabel(100)].join('');
    const label = new OpenLabel(1, 'x.xml', null);
    const half = Math.floor(text.length / 2);
    label.write(Buffer.from(text.slice(0, half)));
    label.fold({ what: 'depth', depth: 3 });
    const before = label.rows(0, 1).total;
    label.write(Buffer.from(text.slice(half)));
    label.end();
    expect(label.rows(0, 1).total).toBeGreaterThan(before);
    expect(Math.max(...allRows(label).map(({ depth }) => depth))).toBe(3);
    expect(label.fold({ what: 'depth', depth: 1 })).toBe(3);
  });

  test('what a row tells: depth, place, siblings, children, value, unit, attributes', () => {
    const label = readLabel(
      `<a xmlns="${pdsNamespace}" xmlns:i="urn:i"><b unit="km" i:c="2"> 1.5 </b><b>x<!-- y -->z</b><i:d/><e>
        words <f/> more </e></a>`,
    );
    label.fold({ what: 'depth', depth: null });
    const brief = allRows(label).map((row) => [
      row.kind,
      row.depth,
      row.prefix,
      row.name,
      row.value,
      row.unit,
      row.children,
      row.place,
      row.siblings,
    ]);
    expect(brief).toEqual([
      ['element', 0, '', 'a', null, null, 4, 1, 1],
      ['element', 1, '', 'b', '1.5', 'km', 0, 1, 4],
      ['element', 1, '', 'b', 'xz', null, 0, 2, 4],
      ['element', 1, 'i', 'd', '', null, 0, 3, 4],
      ['element', 1, '', 'e', null, null, 3, 4, 4],
      ['text', 2, '', '', 'words', null, 0, 1, 3],
      ['element', 2, '', 'f', '', null, 0, 2, 3],
      ['text', 2, '', '', 'more', null, 0, 3, 3],
    ]);
    expect(label.rows(1, 1).rows[0]?.attributes).toEqual([
      { name: 'i:c', value: '2', isCut: false },
    ]);
  });

  test('long values are cut, and given longer on request', () => {
    const label = readLabel(`<a xmlns="${pdsNamespace}"><b>${'😀'.repeat(30_000)}</b></a>`);
    const row = label.rows(1, 1).rows[0];
    expect(row?.isCut).toBe(true);
    expect(row?.value?.isWellFormed()).toBe(true);
    expect(label.node(row?.node ?? 0)?.value?.length).toBe(50_000);
  });

  test('questions beyond the tree are answered with nothing', () => {
    const label = readLabel(`<a xmlns="${pdsNamespace}"><b/></a>`);
    expect(label.rows(5, 10).rows).toEqual([]);
    expect(label.rows(0, 100_000).rows).toHaveLength(2);
    for (const node of [-1, 0, 0.5, 99, Number.NaN]) {
      expect(label.node(node)).toBeNull();
      expect(label.reveal(node)).toBeNull();
      label.fold({ what: 'node', node, isOpen: true });
    }
    expect(label.hit(0)).toBeNull();
    expect(label.hitFrom(1, 'next')).toBeNull();
    expect(label.source(99, 5).rows).toEqual([]);
  });
});

describe('the name that the registry has', () => {
  test('is class and attribute with the prefixes of their dictionaries', () => {
    const label = readLabel(
      `<a xmlns="${pdsNamespace}" xmlns:m="http://pds.nasa.gov/pds4/mission/insight/v1" xmlns:o="urn:odd"><Time><start>1</start><m:sol>2</m:sol></Time><m:Info><m:sol>3</m:sol><o:x>4</o:x></m:Info></a>`,
    );
    label.fold({ what: 'depth', depth: null });
    const names = allRows(label).map(({ node }) => label.node(node)?.registryName);
    expect(names).toEqual([
      null,
      null,
      'pds:Time.pds:start',
      'pds:Time.insight:sol',
      null,
      'insight:Info.insight:sol',
      'insight:Info.o:x',
    ]);
  });
});

describe('search', () => {
  const label = (): OpenLabel =>
    readLabel(
      `<a xmlns="${pdsNamespace}" xmlns:i="urn:i"><Sol><i:start_sol unit="sol" note="Solar">Sol-1 SOL</i:start_sol></Sol><b><c>moon</c><c>Ünsöld İ sol</c></b><d/></a>`,
    );
  const shown = (one: OpenLabel): string[] => allRows(one).map(({ name }) => name);

  test('counts every place in names, values, units and attributes', () => {
    const one = label();
    expect(one.search('sol', false)).toEqual({ hits: 7, rows: 3, isComplete: true, total: 7 });
    one.fold({ what: 'depth', depth: null });
    const [, sol, start] = allRows(one);
    expect(sol?.marks).toEqual([{ part: 'name', attribute: null, start: 0, end: 3 }]);
    expect(start?.firstHit).toBe(1);
    expect(start?.marks.map(({ part, start: at }) => [part, at])).toEqual([
      ['name', 8],
      ['value', 0],
      ['value', 6],
      ['unit', 0],
      ['attribute-value', 0],
    ]);
  });

  test('all words must be in a row, in any order; a phrase must be whole', () => {
    const one = label();
    expect(one.search('sol start', false).rows).toBe(1);
    expect(one.search('"sol-1 sol"', false)).toMatchObject({ rows: 1, hits: 1 });
    expect(one.search('"sol start"', false).rows).toBe(0);
    expect(one.search('ünsöld', false)).toMatchObject({ rows: 1, hits: 1 });
    expect(one.search('moon ünsöld', false).rows).toBe(0);
    expect(one.search('  ', false)).toMatchObject({ rows: 0, hits: 0 });
  });

  test('words do not reach from one value into the next', () => {
    const one = readLabel(`<a xmlns="${pdsNamespace}"><b>xab</b><b>aba</b></a>`);
    expect(one.search('aba', false)).toMatchObject({ rows: 1, hits: 1 });
  });

  test('only matches: they and what is around them, folded as wanted', () => {
    const one = label();
    one.fold({ what: 'depth', depth: 1 });
    expect(one.search('moon', true).total).toBe(3);
    expect(shown(one)).toEqual(['a', 'b', 'c']);
    const [root, b] = allRows(one);
    expect([root?.siblings, b?.place, b?.siblings, b?.children]).toEqual([1, 1, 1, 1]);
    one.fold({ what: 'node', node: b?.node ?? 0, isOpen: false });
    expect(shown(one)).toEqual(['a', 'b']);
    expect(one.search('sol', true).total).toBe(5);
    expect(one.search('nothing', true).total).toBe(0);
    one.search('', false);
    expect(shown(one)).toEqual(['a', 'Sol', 'b', 'd']);
  });

  test('hits by their place, and from a row on, round the ends', () => {
    const one = label();
    one.fold({ what: 'depth', depth: 1 });
    one.search('sol', false);
    expect(one.hit(6)).toMatchObject({ hit: 6, mark: { part: 'value' } });
    expect(one.hit(7)).toBeNull();
    const first = one.hit(0);
    expect(first).toMatchObject({ hit: 0, position: 1, mark: { part: 'name' } });
    const next = one.hitFrom(first?.node ?? 0, 'next');
    expect(next).toMatchObject({ hit: 1, mark: { part: 'name', start: 8 } });
    expect(one.hitFrom(next?.node ?? 0, 'previous')).toMatchObject({ hit: 0 });
    expect(one.hitFrom(first?.node ?? 0, 'previous')).toMatchObject({ hit: 6 });
    expect(one.hitFrom(one.hit(6)?.node ?? 0, 'next')).toMatchObject({ hit: 0 });
  });
});
