import { describe, expect, test, vi } from 'vitest';
import { toRef, type DownloadItem } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { Downloads } from '#renderer/features/downloads/downloads-state.svelte.ts';
import { readWanted } from '#renderer/features/downloads/wanted-files.ts';
import { makeCard } from '#test/support/make-card.ts';
import { createNoticeLog, createScriptedApi } from '#test/support/scripted-api.ts';

function set() {
  const script = createScriptedApi({ 'downloads.list': () => ({ items: [] }) });
  return { script, state: new Downloads(script.api, createNoticeLog(), () => 5) };
}

const queued = (id: string): DownloadItem => ({
  id,
  group: 'single',
  ref: toRef('nasa-images', 'record-1'),
  archive: 'nasa-images',
  title: 'Record 1',
  rendition: 'orig',
  url: 'https://files.example/1.jpg',
  path: null,
  fileName: '1.jpg',
  folder: '/files',
  state: 'queued',
  receivedBytes: 0,
  totalBytes: null,
  sha256: null,
  verified: null,
  error: null,
  addedAtMs: 6,
  endedAtMs: null,
  speed: null,
});

describe('a file that is asked for', () => {
  test('stands in the list at once and gives way to the queue’s own row', async () => {
    const { state } = set();
    const row = state.announce(makeCard(1));
    expect(state.items.map(({ state: word, fileName }) => [word, fileName])).toEqual([
      ['queued', 'record-1'],
    ]);
    let answer: (item: DownloadItem) => void = () => {};
    const asking = row.ask(() => new Promise((resolve) => (answer = resolve)));
    expect(state.items).toHaveLength(1);
    answer(queued('a'));
    const item = await asking;
    if (item !== null) state.queued(item);
    expect(state.items.map(({ id }) => id)).toEqual(['a']);
  });

  test('says what went wrong, and is asked for again', async () => {
    const { state } = set();
    const row = state.announce(makeCard(1));
    let isAway = true;
    const queue = async () => {
      if (isAway)
        throw new ArchiveError({ code: 'offline', message: 'No network.', retryable: true });
      return queued('b');
    };
    await expect(row.ask(queue)).rejects.toThrow('No network.');
    const [failed] = state.items;
    expect(failed).toMatchObject({ state: 'failed', error: { message: 'No network.' } });
    isAway = false;
    await state.retry(failed?.id ?? '');
    expect(state.items.map(({ id }) => id)).toEqual(['b']);
  });

  test('is cancelled, and taken off the list', async () => {
    const { state } = set();
    const row = state.announce(makeCard(1));
    let signal: AbortSignal | null = null;
    const asking = row.ask((given) => {
      signal = given;
      return new Promise(() => {});
    });
    void asking;
    const id = state.items[0]?.id ?? '';
    await state.cancel(id);
    expect((signal as AbortSignal | null)?.aborted).toBe(true);
    expect(state.items[0]?.state).toBe('cancelled');
    await state.remove(id);
    await vi.waitFor(() => expect(state.items).toEqual([]));
  });

  test('a record without files fails in words', async () => {
    const { state } = set();
    await expect(state.announce(makeCard(1)).ask(async () => null)).rejects.toThrow('no file');
    expect(state.items[0]?.state).toBe('failed');
  });

  test('is told to be kept, and asked for again by the next window', async () => {
    const { state } = set();
    const told: boolean[] = [];
    state.onWanted((isMore) => told.push(isMore));
    state.announce(makeCard(1));
    state.announce(makeCard(2)).withdraw();
    await Promise.resolve();
    expect(told).toEqual([true]);
    const kept = readWanted(JSON.parse(JSON.stringify(state.wanted)));
    expect(kept.map(({ ref }) => ref)).toEqual([makeCard(1).record.ref]);

    const script = createScriptedApi({
      'downloads.list': () => ({ items: [] }),
      'records.get': () => ({ renditions: [{ name: 'orig', url: 'https://files.example/1.jpg' }] }),
      'downloads.save': () => queued('c'),
    });
    const next = new Downloads(script.api, createNoticeLog(), () => 9);
    await next.resume(kept);
    expect(next.items.map(({ id }) => id)).toEqual(['c']);
    expect(next.wanted).toEqual([]);
  });

  test('is not asked for again where the queue had it already', async () => {
    const script = createScriptedApi({ 'downloads.list': () => ({ items: [queued('d')] }) });
    const state = new Downloads(script.api, createNoticeLog(), () => 9);
    await state.resume([{ ref: queued('d').ref, title: 'Record 1', addedAtMs: 5 }]);
    expect(state.items.map(({ id }) => id)).toEqual(['d']);
  });

  test.each([[null], ['x'], [[{}]], [[{ ref: 'x', title: 'T', addedAtMs: 1 }]], [[null]]])(
    'nothing is read from %j',
    (value) => {
      expect(readWanted(value)).toEqual([]);
    },
  );
});
