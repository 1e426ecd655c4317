import { describe, expect, test, vi } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import type { ResultSet } from '#contract/results.ts';
import { AllResults, AllResultsHeld } from '#renderer/features/search/all-results.svelte.ts';
import { makeCard } from '#test/support/make-card.ts';
import { createScriptedApi } from '#test/support/scripted-api.ts';

const set = (patch: Partial<ResultSet> = {}): ResultSet => ({
  id: 'a',
  query: { q: 'mars' },
  state: 'listing',
  total: 28_486,
  stored: 0,
  missing: 0,
  gaps: [],
  requests: 1,
  startedAtMs: 1,
  endedAtMs: null,
  error: null,
  ...patch,
});

function begin(first: ResultSet = set()) {
  let nowMs = 0;
  const scripted = createScriptedApi({
    'results.open': () => first,
    'results.ratios': ({ count }: { count: number }) => ({ ratios: new Uint8Array(count) }),
    'results.page': ({ from, count }: { from: number; count: number }) => ({
      cards: Array.from({ length: count }, (_, at) => makeCard(from + at)),
    }),
  });
  const results = new AllResults(scripted.api, { q: ' mars ' }, undefined, () => nowMs);
  const tell = (patch: Partial<ResultSet>) =>
    scripted.emit('resultsChanged', { set: { ...first, ...patch } });
  return { scripted, results, tell, later: (ms: number) => (nowMs += ms) };
}

const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true));

describe('all results of a search', () => {
  test('are opened by their query and grow as main tells', async () => {
    const { scripted, results, tell } = begin();
    await results.open();
    expect(scripted.calls[0]).toEqual({ name: 'results.open', args: { query: { q: 'mars' } } });
    expect(results.state.kind).toBe('ready');
    tell({ stored: 300, requests: 4 });
    await until(() => results.list?.loaded === 300);
    expect(results.list?.isComplete).toBe(false);
    tell({ stored: 28_486, state: 'complete', endedAtMs: 9 });
    await until(() => results.list?.loaded === 28_486);
    expect(results.list?.isComplete).toBe(true);
  });

  test('of another set nothing is taken', async () => {
    const { results, tell } = begin();
    await results.open();
    tell({ id: 'b', stored: 99 });
    expect(results.set?.stored).toBe(0);
  });

  test('a failure to open is kept, and can be tried again', async () => {
    const { scripted, results } = begin();
    scripted.answer('results.open', () => {
      throw new ArchiveError({ code: 'disk', message: 'The disk is full.', retryable: true });
    });
    await results.open();
    expect(results.state).toMatchObject({ kind: 'failed', error: { code: 'disk' } });
    scripted.answer('results.open', () => set({ stored: 5 }));
    await results.open();
    expect(results.state.kind).toBe('ready');
    await until(() => results.list?.loaded === 5);
  });

  test('an act that main refuses is told and changes nothing', async () => {
    const { scripted, results } = begin();
    await results.open();
    scripted.answer('results.pause', () => {
      throw new ArchiveError({ code: 'unavailable', message: 'Not now.', retryable: true });
    });
    await results.pause();
    expect(results.actError?.message).toBe('Not now.');
    expect(results.set?.state).toBe('listing');
    scripted.answer('results.pause', () => set({ state: 'paused' }));
    await results.pause();
    expect(results.actError).toBeNull();
    expect(results.set?.state).toBe('paused');
  });

  test('a set that is listed anew begins with an empty list', async () => {
    const { results, tell } = begin(set({ stored: 500, state: 'complete' }));
    await results.open();
    await until(() => results.list?.loaded === 500);
    const before = results.list;
    tell({ stored: 0, state: 'listing', startedAtMs: 2 });
    expect(results.list).not.toBe(before);
    expect(results.list?.loaded).toBe(0);
  });

  test('the time left is told after three seconds of the listing', async () => {
    const { results, tell, later } = begin(set({ total: 10_000 }));
    await results.open();
    expect(results.secondsLeft).toBeNull();
    later(1_000);
    tell({ total: 10_000, stored: 400 });
    expect(results.secondsLeft).toBeNull();
    later(3_000);
    tell({ total: 10_000, stored: 2_000 });
    expect(results.secondsLeft).toBe(16);
    tell({ total: 10_000, stored: 2_000, state: 'paused' });
    expect(results.secondsLeft).toBeNull();
  });

  test('the lists used last are held, and one that was removed is not', () => {
    const held = new AllResultsHeld(createScriptedApi().api);
    const first = held.open({ q: '0' }, 'live');
    expect(held.open({ q: ' 0' }, 'live')).toBe(first);
    expect(held.open({ q: '0' }, 'sample')).not.toBe(first);
    held.drop(first);
    expect(held.open({ q: '0' }, 'live')).not.toBe(first);
  });
});
