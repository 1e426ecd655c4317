import { describe, expect, test } from 'vitest';
import { openFakeLabel } from './open-fake-label.ts';

describe('words', () => {
  test('are counted over the whole label, and gone through round the ends', async () => {
    const { view, until, selected } = await openFakeLabel();
    const { finder } = view;
    finder.type('sol');
    await until(() => finder.count).toBe(8);
    await until(() => finder.at).toBe(0);
    expect(selected()).toBe('start_sol_number');
    await finder.step(1);
    expect([finder.at, selected()]).toEqual([1, 'stop_sol_number']);
    await finder.step(-1);
    await finder.step(-1);
    expect([finder.at, selected()]).toEqual([7, 'stop_solar_longitude']);
    await finder.step(1);
    expect(finder.at).toBe(0);
  });

  test('go on from where someone went meanwhile', async () => {
    const { view, until, look, names } = await openFakeLabel();
    const { finder } = view;
    finder.type('reference');
    await until(() => finder.at).toBe(0);
    view.grid.selection.replace(names().indexOf('Reference_List'));
    await look();
    await finder.step(1);
    await until(() => view.node?.name).toBe('External_Reference');
  });

  test('that are nowhere leave the tree as it is', async () => {
    const { view, until } = await openFakeLabel();
    view.finder.type('no such word');
    await until(() => view.finder.count).toBe(0);
    expect(view.rows.rowCount).toBe(19);
    await view.finder.step(1);
    expect(view.finder.at).toBe(-1);
  });

  test('alone are shown where that is wanted, and all again with the same element selected', async () => {
    const { view, until, selected, look } = await openFakeLabel();
    view.finder.setOnlyMatches(true);
    view.finder.type('sol');
    await until(() => view.rows.rowCount).toBe(10);
    await until(() => selected()).toBe('start_sol_number');
    await look();
    view.finder.type('');
    await until(() => view.rows.rowCount).toBeGreaterThan(25);
    await until(() => selected()).toBe('start_sol_number');
  });

  test('are asked for once after a pause, and at once by Enter', async () => {
    const { view, until, called } = await openFakeLabel();
    for (const text of ['s', 'so', 'sol']) view.finder.type(text);
    expect(called('labels.search')).toEqual([]);
    await view.finder.step(1);
    expect(called('labels.search')).toEqual([{ id: 1, text: 'sol', onlyMatches: false }]);
    await until(() => view.finder.at).toBe(0);
  });

  test('are counted again once the label is whole', async () => {
    const { view, until } = await openFakeLabel({ label: 'reading' });
    view.finder.type('type');
    await until(() => view.finder.count).not.toBeNull();
    const early = view.finder.count ?? 0;
    await until(() => view.label.state?.isComplete).toBe(true);
    await until(() => view.finder.count ?? 0).toBeGreaterThan(early);
  });
});

describe('an expression', () => {
  test('begins with a slash, and its matches are walked', async () => {
    const { view, until } = await openFakeLabel();
    const { finder } = view;
    finder.type('//pds:field_location/@unit');
    expect(finder.mode).toBe('xpath');
    await until(() => finder.count).toBe(42);
    await until(() => finder.match?.value).toBe('byte');
    await finder.step(1);
    expect(finder.at).toBe(1);
    await until(() => view.node?.path).toContain('pds:Field_Character[2]/pds:field_location');
  });

  test('may give a number, and may be wanted where it begins otherwise', async () => {
    const { view, until } = await openFakeLabel();
    view.finder.setXPath(true);
    view.finder.type('count(//pds:Field_Character)');
    await until(() => view.finder.status).toMatchObject({
      kind: 'value',
      type: 'number',
      text: '42',
    });
    expect(view.finder.count).toBeNull();
  });

  test('with a mistake says where, and nothing else changes', async () => {
    const { view, until } = await openFakeLabel();
    await until(() => view.node).not.toBeNull();
    view.finder.type('/pds:Product_Observational/[1]');
    await until(() => view.finder.status).toMatchObject({ kind: 'mistake', position: 27 });
    expect(view.node?.name).toBe('Product_Observational');
  });

  test('without a match says why, where that can be told', async () => {
    const { view, until } = await openFakeLabel();
    view.finder.type('//title');
    await until(() => view.finder.status).toMatchObject({ kind: 'nodes', total: 0 });
    const { status } = view.finder;
    expect(status.kind === 'nodes' ? status.hint : null).toContain('prefix');
  });

  test('takes the marks of words away, and gives the rows back that were left out', async () => {
    const { view, until } = await openFakeLabel();
    view.finder.setOnlyMatches(true);
    view.finder.type('sol');
    await until(() => view.rows.rowCount).toBe(10);
    view.finder.type('/pds:Product_Observational');
    await until(() => view.rows.rowCount).toBeGreaterThan(25);
    expect(view.rows.at(0)?.marks).toEqual([]);
  });
});
