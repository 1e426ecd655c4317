import { describe, expect, test, vi } from 'vitest';
import { toRef, type DownloadItem } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import {
  countByFilter,
  partDone,
  passes,
  secondsLeftOf,
  splitName,
} from '#renderer/features/downloads/download-figures.ts';
import { Downloads } from '#renderer/features/downloads/downloads-state.svelte.ts';
import { createNoticeLog, createScriptedApi } from '#test/support/scripted-api.ts';

const ref = toRef('nasa-images', 'PIA1');

function item(id: string, patch: Partial<DownloadItem> = {}): DownloadItem {
  return {
    id,
    group: 'single',
    ref,
    archive: 'nasa-images',
    title: 'Title',
    rendition: 'orig',
    url: 'https://files.example/PIA1~orig.jpg',
    path: null,
    fileName: 'PIA1~orig.jpg',
    folder: '/files',
    state: 'queued',
    receivedBytes: 0,
    totalBytes: 1000,
    sha256: null,
    verified: null,
    error: null,
    addedAtMs: 0,
    endedAtMs: null,
    speed: null,
    ...patch,
  };
}

function set(items: DownloadItem[] = []) {
  let nowMs = 0;
  const script = createScriptedApi({ 'downloads.list': () => ({ items }) });
  const notices = createNoticeLog();
  const state = new Downloads(script.api, notices, () => nowMs);
  return { script, notices, state, later: (ms: number) => (nowMs += ms) };
}

describe('the list', () => {
  test('is newest first and knows the newest of one rendition', async () => {
    const { state } = set([
      item('1', { addedAtMs: 5, state: 'failed' }),
      item('2', { addedAtMs: 9 }),
      item('3', { addedAtMs: 7, rendition: 'large' }),
    ]);
    await vi.waitFor(() => expect(state.items).toHaveLength(3));
    expect(state.items.map((one) => one.id)).toEqual(['2', '3', '1']);
    expect(state.of(ref, 'orig')?.id).toBe('2');
    expect(state.of(ref, 'small')).toBeNull();
  });

  test('takes events before the snapshot as the newer truth', async () => {
    const script = createScriptedApi();
    let give: (value: unknown) => void = () => undefined;
    script.answer('downloads.list', () => new Promise((resolve) => (give = resolve)));
    const state = new Downloads(script.api, createNoticeLog());
    script.emit('downloadChanged', { item: item('1', { state: 'done' }) });
    script.emit('downloadRemoved', { id: '2' });
    give({ items: [item('1', { state: 'active' }), item('2'), item('3')] });
    await vi.waitFor(() => expect(state.items).toHaveLength(2));
    expect(state.items.map((one) => [one.id, one.state])).toEqual([
      ['3', 'queued'],
      ['1', 'done'],
    ]);
  });

  test('a list that cannot be read is said', async () => {
    const script = createScriptedApi();
    const notices = createNoticeLog();
    const state = new Downloads(script.api, notices);
    await vi.waitFor(() => expect(notices.errors).toHaveLength(1));
    expect(state.items).toEqual([]);
  });
});

describe('the sum', () => {
  test('adds speeds, and tells a time only after three seconds of data', () => {
    const { script, state, later } = set();
    script.emit('downloadChanged', {
      item: item('1', { state: 'active', receivedBytes: 400, speed: 100 }),
    });
    script.emit('downloadChanged', {
      item: item('2', { state: 'active', receivedBytes: 800, speed: 100 }),
    });
    script.emit('downloadChanged', { item: item('3') });
    expect([state.activeCount, state.speed, state.secondsLeft]).toEqual([2, 200, null]);
    later(3000);
    script.emit('downloadChanged', {
      item: item('1', { state: 'active', receivedBytes: 600, speed: 100 }),
    });
    expect(state.secondsLeft).toBe((400 + 200 + 1000) / 200);
    script.emit('downloadChanged', { item: item('4', { totalBytes: null }) });
    expect(state.secondsLeft).toBeNull();
  });

  test('counts for the filters; a cancelled file is in none but all', () => {
    const items = [
      item('1', { state: 'active' }),
      item('2'),
      item('3', { state: 'waiting' }),
      item('4', { state: 'quarantined' }),
      item('5', { state: 'failed' }),
      item('6', { state: 'done' }),
      item('7', { state: 'cancelled' }),
    ];
    expect(countByFilter(items)).toEqual({ all: 7, active: 1, waiting: 2, failed: 2, done: 1 });
    expect(items.filter((one) => passes(one, 'all'))).toHaveLength(7);
  });

  test('figures of one file', () => {
    expect(partDone(item('1', { receivedBytes: 250 }))).toBe(0.25);
    expect(partDone(item('1', { receivedBytes: 9999 }))).toBe(1);
    expect(partDone(item('1', { totalBytes: null }))).toBeNull();
    expect(partDone(item('1', { totalBytes: 0 }))).toBeNull();
    expect(partDone(item('1', { totalBytes: null, state: 'done' }))).toBe(1);
    expect(secondsLeftOf(item('1', { state: 'active', speed: 50 }))).toBe(20);
    expect(secondsLeftOf(item('1', { state: 'active', speed: 0 }))).toBeNull();
    expect(secondsLeftOf(item('1', { speed: 50 }))).toBeNull();
  });
});

describe('names', () => {
  test('are cut before what tells renditions apart', () => {
    expect(splitName('GSFC_20171208_Archive_e001894~orig.jpg')).toEqual({
      head: 'GSFC_20171208_Archive_e',
      tail: '001894~orig.jpg',
    });
    expect(splitName('short.jpg')).toEqual({ head: 'short.jpg', tail: '' });
    for (const name of ['a'.repeat(80), 'ü'.repeat(40) + '~large.mp4', '🛰'.repeat(30) + '.png']) {
      const { head, tail } = splitName(name);
      expect(head + tail).toBe(name);
    }
  });
});

describe('acts', () => {
  test('a save appears at once and its end is told with a way to the folder', async () => {
    const { script, state, notices } = set();
    script.answer('downloads.save', () => item('1'));
    script.answer('downloads.showInFolder', () => null);
    await state.save(ref, 'orig');
    expect(state.of(ref, 'orig')?.state).toBe('queued');
    script.emit('downloadChanged', { item: item('1', { state: 'active' }) });
    expect(notices.shown).toEqual([]);
    script.emit('downloadChanged', { item: item('1', { state: 'done' }) });
    script.emit('downloadChanged', { item: item('1', { state: 'done' }) });
    expect(notices.shown.map((notice) => notice.text)).toEqual(['Saved PIA1~orig.jpg']);
    await notices.shown[0]?.action?.run();
    expect(script.calls.at(-1)).toEqual({ name: 'downloads.showInFolder', args: { id: '1' } });
  });

  test('an end that overtakes the answer is told all the same', async () => {
    const { script, state, notices } = set();
    script.answer('downloads.save', () => {
      script.emit('downloadChanged', { item: item('1', { state: 'done' }) });
      return item('1');
    });
    await state.save(ref, 'orig');
    expect(state.items[0]?.state).toBe('done');
    expect(notices.shown).toHaveLength(1);
  });

  test('a failure is told in its own words and can be tried again', async () => {
    const { script, state, notices } = set();
    const error = { code: 'disk', message: 'The disk is full.', retryable: true } as const;
    script.answer('downloads.save', () => item('1'));
    script.answer('downloads.retry', () => item('1'));
    await state.save(ref, 'orig');
    script.emit('downloadChanged', { item: item('1', { state: 'failed', error }) });
    expect(notices.shown[0]?.text).toBe('PIA1~orig.jpg did not arrive. The disk is full.');
    await notices.shown[0]?.action?.run();
    expect(state.items[0]?.state).toBe('queued');
  });

  test('what another window or the terminal started is not told', () => {
    const { script, notices } = set();
    script.emit('downloadChanged', { item: item('1', { state: 'active' }) });
    script.emit('downloadChanged', { item: item('1', { state: 'done' }) });
    expect(notices.shown).toEqual([]);
  });

  test('an answer older than an event does not undo it', async () => {
    const { script, state } = set();
    script.emit('downloadChanged', { item: item('1', { state: 'active' }) });
    script.answer('downloads.cancel', () => {
      script.emit('downloadChanged', { item: item('1', { state: 'cancelled' }) });
      return item('1', { state: 'active' });
    });
    await state.cancel('1');
    expect(state.items[0]?.state).toBe('cancelled');
  });

  test('removing takes the row off; a refusal leaves it and says so', async () => {
    const { script, state, notices } = set();
    script.emit('downloadChanged', { item: item('1', { state: 'done' }) });
    script.answer('downloads.remove', () => {
      throw new ArchiveError({ code: 'disk', message: 'Read-only.', retryable: false });
    });
    await state.remove('1');
    expect([state.items.length, notices.errors.length]).toEqual([1, 1]);
    script.answer('downloads.remove', () => null);
    await state.remove('1');
    expect(state.items).toHaveLength(0);
    state.dispose();
    expect(script.listeners()).toBe(0);
  });
});
