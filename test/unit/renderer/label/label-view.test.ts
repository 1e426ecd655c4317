import { describe, expect, test } from 'vitest';
import { emptyMemory } from '#renderer/features/label/label-memory.ts';
import { openFakeLabel } from './open-fake-label.ts';

const mission =
  '/pds:Product_Observational/pds:Observation_Area/pds:Mission_Area/insight:Observation_Information';
const startSol = `${mission}/insight:start_sol_number`;

describe('a label that is opened', () => {
  test('shows its areas, with the root selected', async () => {
    const { view, until, selected, errors } = await openFakeLabel();
    await until(() => view.node?.path).toBe('/pds:Product_Observational');
    expect(view.rows.rowCount).toBe(19);
    expect(selected()).toBe('Product_Observational');
    expect(errors).toEqual([]);
  });

  test('is closed with its view, and closed too where it came when nobody wanted it', async () => {
    const { view, called, until } = await openFakeLabel();
    view.dispose();
    await until(() => called('labels.close')).toEqual([{ id: 1 }]);
    expect(view.label.status.kind).toBe('idle');
  });

  test('that main has given up is opened anew, at the same place', async () => {
    const { view, api, until, called, look } = await openFakeLabel();
    await until(() => view.node).not.toBeNull();
    view.finder.type('start_sol');
    await until(() => view.node?.path).toBe(startSol);
    await api.labels.close({ id: 1 });
    await view.rows.fold({ what: 'depth', depth: 1 });
    await until(() => called('labels.open').length).toBe(2);
    await until(() => view.label.id).toBe(2);
    await look();
    await until(() => view.node?.path).toBe(startSol);
  });

  test.each([
    ['refused', 'bad-answer'],
    ['gone', 'not-found'],
  ])('that is %s says so', async (label, code) => {
    const { view } = await openFakeLabel({ label });
    const { status } = view.label;
    expect(status.kind === 'failed' ? status.error.code : status.kind).toBe(code);
  });

  test('that comes piece by piece grows under what is shown', async () => {
    const { view, until, look } = await openFakeLabel({ label: 'reading' });
    const before = view.rows.rowCount;
    await until(() => view.label.state?.isComplete).toBe(true);
    await look();
    expect(view.rows.rowCount).toBeGreaterThan(before);
    expect(view.rows.rowCount).toBe(19);
    expect(view.source.total).toBeGreaterThan(300);
  });
});

describe('folds', () => {
  test('show the new rows all at once, and what was selected stays selected', async () => {
    const { view, look, until, selected, names } = await openFakeLabel();
    const at = names().indexOf('Mission_Area');
    view.grid.selection.replace(at);
    await look();
    view.rows.setExpanded(names().indexOf('Time_Coordinates'), true);
    await until(() => view.rows.rowCount).toBe(21);
    expect(names()).not.toContain(null);
    view.grid.setRows(view.rows);
    expect(view.grid.selection.list()).toEqual([at + 2]);
    expect(selected()).toBe('Mission_Area');
  });

  test('of what holds the selected element leave the holder selected', async () => {
    const { view, look, until, selected, names } = await openFakeLabel();
    view.grid.selection.replace(names().indexOf('version_id'));
    await look();
    view.rows.setExpanded(names().indexOf('Identification_Area'), false);
    await until(() => selected()).toBe('Identification_Area');
    await look();
    await until(() => view.node?.name).toBe('Identification_Area');
  });

  test('to a level select what the selected element is within', async () => {
    const { view, until, selected } = await openFakeLabel();
    view.finder.type('start_sol');
    await until(() => view.node?.path).toBe(startSol);
    view.finder.type('');
    await view.expandTo(1);
    expect(view.rows.rowCount).toBe(5);
    expect(selected()).toBe('Observation_Area');
    await view.expandTo(null);
    await until(() => view.rows.rowCount).toBeGreaterThan(200);
    expect(selected()).toBe('Observation_Area');
  });

  test('of siblings open all that are there', async () => {
    const { view, names, until } = await openFakeLabel();
    view.rows.openSiblings(names().indexOf('Time_Coordinates'));
    await until(() => names().filter((name) => name === 'Internal_Reference').length).toBe(2);
    expect(names()).toContain('insight:Observation_Information'.split(':')[1]);
    expect(view.rows.rowCount).toBeGreaterThan(25);
  });
});

describe('a place', () => {
  test('is come back to after a restart: folds, selection, words, row at the top', async () => {
    const first = await openFakeLabel();
    first.view.rows.setExpanded(first.names().indexOf('Time_Coordinates'), true);
    await first.until(() => first.view.memory.folds.paths).toHaveLength(1);
    first.view.finder.type('solar');
    await first.until(() => first.view.node?.name).toBe('insight:start_local_mean_solar_time');
    first.view.setStyle('local-name');
    first.view.tellPlace({ index: 2, within: 0.5, current: null });
    const kept = first.view.memory;

    const second = await openFakeLabel({}, kept);
    await second.until(() => second.view.node?.path).toBe(first.view.node?.path);
    expect(second.view.finder.text).toBe('solar');
    await second.until(() => second.view.finder.count).toBe(4);
    expect(second.view.finder.at).toBe(-1);
    expect(second.names()).toContain('start_date_time');
    await second.until(() => second.view.grid.place.index).toBe(2);
    expect(second.view.style).toBe('local-name');
  });

  test('in a part that has not come yet is gone to when it has', async () => {
    const path = '/pds:Product_Observational/pds:Reference_List/pds:External_Reference/pds:doi';
    const { view, until } = await openFakeLabel({ label: 'reading' }, { ...emptyMemory, path });
    expect(view.memory.path === path || view.node !== null).toBe(true);
    await until(() => view.node?.path).toBe(path);
  });

  test('that is no longer in the label is let go', async () => {
    const { view, until, errors } = await openFakeLabel(
      {},
      { ...emptyMemory, path: '/pds:Gone', folds: { paths: [['/pds:Gone/pds:b', true]] } },
    );
    await until(() => view.rows.at(0)).not.toBeNull();
    expect(errors).toEqual([]);
  });
});

describe('tree and source', () => {
  test('select the same element', async () => {
    const { view, until, selected } = await openFakeLabel();
    view.finder.type('start_sol');
    await until(() => view.node?.path).toBe(startSol);
    view.setTab('source');
    const row = view.node?.sourceRow ?? -1;
    await until(() => view.source.drawn.map(({ index }) => index)).toContain(row);
    await until(() => view.source.at(row)?.text).toContain('start_sol_number>00122');
    await view.chooseAt(row + 1);
    await until(() => view.node?.name).toBe('insight:stop_sol_number');
    expect(selected()).toBe('stop_sol_number');
  });
});

describe('a million rows', () => {
  test('are asked for in parts, and a far parent is found', async () => {
    const { view, until, called, look } = await openFakeLabel({ label: 'million' });
    expect(view.rows.rowCount).toBe(1_000_000);
    for (const value of ['123456', '765432']) {
      view.finder.type(value);
      await until(() => view.node?.value).toBe(value);
      await look();
    }
    expect(view.grid.current).toBe(765_432);
    expect(view.rows.parentOf(765_432)).toBeNull();
    await view.toParent(765_432);
    expect(view.focusRequest).toEqual({ index: 1 });
    await until(() => view.node?.name).toBe('Table');
    expect(called('labels.rows').length).toBeLessThan(20);
  });
});
