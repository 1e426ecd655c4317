import { describe, expect, test } from 'vitest';
import type { RecordRef } from '#contract/domain.ts';
import {
  historyLimit,
  parseWindowState,
  serialiseWindowState,
  startState,
} from '#renderer/app/history-state.ts';
import { isSameRoute, NavigationHistory } from '#renderer/app/navigation.svelte.ts';
import type { Route } from '#renderer/lib/deps.ts';

const nasa = (q?: string): Route => ({ view: 'nasa', query: q === undefined ? {} : { q } });
const start = () => ({ entries: [{ route: nasa(), memory: {} }], index: 0 });

describe('history', () => {
  test('goes, comes back and goes forward', () => {
    const history = new NavigationHistory(start());
    history.go(nasa('moon'));
    history.go({ view: 'downloads' });
    history.back();
    expect(history.route).toEqual(nasa('moon'));
    expect(history.canGoForward).toBe(true);
    history.back();
    history.back();
    expect(history.route).toEqual(nasa());
    expect(history.canGoBack).toBe(false);
    history.forward();
    expect(history.route).toEqual(nasa('moon'));
  });

  test('going somewhere new drops what lay ahead', () => {
    const history = new NavigationHistory(start());
    history.go(nasa('moon'));
    history.back();
    history.go(nasa('mars'));
    expect(history.canGoForward).toBe(false);
    history.back();
    expect(history.route).toEqual(nasa());
  });

  test('going where one is makes no entry', () => {
    const history = new NavigationHistory(start());
    history.go({ view: 'nasa', query: { q: undefined } });
    expect(history.canGoBack).toBe(false);
  });

  test('each entry keeps its own place, through a replaced route too', () => {
    const history = new NavigationHistory(start());
    history.remember('scroll', 120);
    history.go(nasa('moon'));
    expect(history.recall('scroll')).toBeUndefined();
    history.remember('scroll', 7);
    history.replace(nasa('moons'));
    expect(history.recall('scroll')).toBe(7);
    history.back();
    expect(history.recall('scroll')).toBe(120);
  });

  test('memory is not read from the prototype', () => {
    expect(new NavigationHistory(start()).recall('toString')).toBeUndefined();
  });

  test('revisits the last place of a kind with its memory, as a new entry', () => {
    const history = new NavigationHistory(start());
    history.go(nasa('moon'));
    history.remember('scroll', 55);
    history.go({ view: 'library', text: '' });
    history.revisit('nasa', nasa());
    expect(history.route).toEqual(nasa('moon'));
    expect(history.recall('scroll')).toBe(55);
    history.remember('scroll', 90);
    history.back();
    history.back();
    expect(history.recall('scroll')).toBe(55);
    history.revisit('downloads', { view: 'downloads' });
    expect(history.route).toEqual({ view: 'downloads' });
  });

  test('keeps a bounded number of entries, the newest', () => {
    const history = new NavigationHistory(start());
    for (let count = 0; count < historyLimit + 20; count += 1) history.go(nasa(`q${count}`));
    expect(history.snapshot.entries).toHaveLength(historyLimit);
    expect(history.route).toEqual(nasa(`q${historyLimit + 19}`));
  });

  test('tells of every change that is worth saving', () => {
    let changes = 0;
    const history = new NavigationHistory(start(), () => (changes += 1));
    history.go(nasa('moon'));
    history.replace(nasa('mars'));
    history.remember('a', 1);
    history.back();
    history.back();
    history.go(nasa());
    expect(changes).toBe(4);
  });

  test('routes are the same whatever the order of their members', () => {
    const a: Route = { view: 'nasa', query: { q: 'x', center: 'JPL' } };
    const b: Route = { query: { center: 'JPL', q: 'x' }, view: 'nasa' };
    expect(isSameRoute(a, b)).toBe(true);
    expect(isSameRoute(a, { view: 'nasa', query: { q: 'x' } })).toBe(false);
  });
});

describe('what is restored', () => {
  const record: Route = {
    view: 'record',
    ref: 'nasa:AS15: 90/12' as RecordRef,
    from: { label: '“apollo”', index: 3, source: { view: 'nasa', query: { q: 'apollo' } } },
  };

  test('comes back as it was written', () => {
    const state = {
      entries: [
        { route: nasa('moon'), memory: { scroll: 12, selected: ['nasa:1'] } },
        { route: record, memory: {} },
        { route: { view: 'settings', section: 'files' } as Route, memory: {} },
      ],
      index: 1,
      frame: { inspectorOpen: false, panes: { sidebar: 240 } },
    };
    expect(parseWindowState(serialiseWindowState(state))).toEqual(state);
  });

  test.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['another shape', '[1,2]'],
    ['a version from the future', '{"version":99,"entries":[]}'],
    ['no entries', '{"version":1,"entries":[]}'],
    ['a text for the entries', '{"version":1,"entries":"x"}'],
    ['only unknown views', '{"version":1,"entries":[{"route":{"view":"mars"}}],"index":0}'],
  ])('begins anew from %s', (_name, json) => {
    expect(parseWindowState(json)).toEqual(startState());
  });

  test.each([
    ['a query that is no text', { view: 'nasa', query: { q: 7 } }],
    ['a year that is none', { view: 'nasa', query: { year_start: '20' } }],
    ['a reference that is none', { view: 'record', ref: 'elsewhere:1', from: null }],
    ['a text that is too long', { view: 'library', text: 'x'.repeat(3000) }],
    ['no route at all', null],
  ])('leaves out an entry with %s and keeps the present one', (_name, route) => {
    const json = JSON.stringify({
      version: 1,
      entries: [{ route: nasa('a') }, { route }, { route: nasa('b'), memory: { scroll: 4 } }],
      index: 2,
    });
    const state = parseWindowState(json);
    expect(state.entries.map((entry) => entry.route)).toEqual([nasa('a'), nasa('b')]);
    expect(state.index).toBe(1);
    expect(state.entries[1]?.memory).toEqual({ scroll: 4 });
  });

  test('a broken origin does not lose the record', () => {
    const route = {
      ...record,
      from: { label: 'x', index: -1, source: { view: 'nasa', query: {} } },
    };
    const json = JSON.stringify({ version: 1, entries: [{ route }], index: 0 });
    expect(parseWindowState(json).entries[0]?.route).toEqual({ ...record, from: null });
  });

  test('unknown parameters of a query are left out', () => {
    const json = JSON.stringify({
      version: 1,
      entries: [{ route: { view: 'nasa', query: { q: 'x', evil: 'y' } } }],
      index: 0,
    });
    expect(parseWindowState(json).entries[0]?.route).toEqual(nasa('x'));
  });

  test('widths of panes outside reason are left out', () => {
    const json = JSON.stringify({
      version: 1,
      entries: [{ route: nasa() }],
      index: 0,
      frame: { inspectorOpen: 'yes', panes: { a: 5, b: 300, c: 'x', d: 1e9 } },
    });
    expect(parseWindowState(json).frame).toEqual({ inspectorOpen: true, panes: { b: 300 } });
  });

  test('stays below what the contract takes, and the present place keeps its memory', () => {
    const entries = Array.from({ length: 40 }, (_, index) => ({
      route: nasa(`q${index}`),
      memory: { big: 'x'.repeat(20_000), index },
    }));
    const json = serialiseWindowState({ ...startState(), entries, index: 20 });
    expect(json.length).toBeLessThan(256 * 1024);
    const back = parseWindowState(json);
    expect(back.entries).toHaveLength(40);
    expect(back.entries[20]?.memory['index']).toBe(20);
    expect(back.entries[0]?.memory).toEqual({});
  });
});
