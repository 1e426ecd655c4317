import { describe, expect, test, vi } from 'vitest';
import { toRef, type DownloadItem } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { DownloadGroup, DownloadTallies } from '#contract/downloads.ts';
import {
  partDone,
  secondsLeftOf,
  splitName,
} from '#renderer/features/downloads/download-figures.ts';
import {
  countByFilter,
  figuresOf,
  isAllPaused,
} from '#renderer/features/downloads/queue-figures.ts';
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

function group(tallies: DownloadTallies, patch: Partial<DownloadGroup> = {}): DownloadGroup {
  return {
    ...{ id: 'g1', title: 'stars', folder: '/files', isPaused: false, trouble: null },
    ...{ tallies, underWay: 0, speed: null, addedAtMs: 0, ...patch },
  };
}

const tally = (files: number, bytes = 0, received = 0, unknown = 0) => ({
  ...{ files, bytes, received, unknown },
});

const queueOf = (...groups: DownloadGroup[]) => ({ groups, isPaused: false, isWorkedHere: true });

function set(items: DownloadItem[] = []) {
  let nowMs = 0;
  const script = createScriptedApi({
    'downloads.queue': () => queueOf(),
    'downloads.ofRefs': () => ({ items }),
  });
  const notices = createNoticeLog();
  const state = new Downloads(script.api, notices, () => nowMs);
  return { script, notices, state, later: (ms: number) => (nowMs += ms) };
}

/** What is known of the record: asked for at the first look. */
async function known(state: Downloads, count = 1): Promise<void> {
  state.of(ref, 'orig');
  await vi.waitFor(() => expect(count === 0 || state.of(ref, 'orig') !== null).toBe(true));
}

describe('what became of a record', () => {
  test('is asked for when it is looked at, once for all that are looked at', async () => {
    const other = toRef('nasa-images', 'PIA2');
    const { state, script } = set([
      item('1', { state: 'failed' }),
      item('2', { state: 'done', verified: 'checksum' }),
      item('3', { ref: other, state: 'done', verified: 'size' }),
    ]);
    expect([state.of(ref, 'orig'), state.onDisk(other)]).toEqual([null, null]);
    await vi.waitFor(() => expect(state.of(ref, 'orig')?.id).toBe('2'));
    expect([state.onDisk(ref), state.onDisk(other)]).toEqual(['verified', 'there']);
    expect(state.of(ref, 'small')).toBeNull();
    const asked = script.calls.filter(({ name }) => name === 'downloads.ofRefs');
    expect(asked.map(({ args }) => args)).toEqual([{ refs: [ref, other] }]);
  });

  test('takes what was told while it was asked as the newer truth', async () => {
    const script = createScriptedApi({ 'downloads.queue': () => queueOf() });
    let give: (value: unknown) => void = () => undefined;
    script.answer('downloads.ofRefs', () => new Promise((resolve) => (give = resolve)));
    const state = new Downloads(script.api, createNoticeLog());
    state.of(ref, 'orig');
    await vi.waitFor(() => expect(script.calls.at(-1)?.name).toBe('downloads.ofRefs'));
    script.emit('downloadChanged', { item: item('1', { state: 'done' }) });
    give({ items: [item('1', { state: 'active' })] });
    await vi.waitFor(() => expect(state.onDisk(ref)).toBe('there'));
  });

  test('is asked for again when a row is taken off the list', async () => {
    const { state, script } = set([item('1', { state: 'done' })]);
    await known(state);
    script.answer('downloads.ofRefs', () => ({ items: [] }));
    script.emit('downloadRemoved', { id: '1' });
    await vi.waitFor(() => expect(state.onDisk(ref)).toBeNull());
  });

  test('that cannot be read is said', async () => {
    const { state, script, notices } = set();
    script.answer('downloads.ofRefs', () => {
      throw new ArchiveError({ code: 'library-unusable', message: 'No.', retryable: false });
    });
    state.of(ref, 'orig');
    await vi.waitFor(() => expect(notices.errors).toHaveLength(1));
  });
});

describe('the queue', () => {
  test('adds speeds, and tells a time only after three seconds of data', async () => {
    const { script, state, later } = set();
    const running = group(
      { active: tally(2, 2_000, 1_200), queued: tally(1, 1_000) },
      { speed: 200 },
    );
    script.answer('downloads.queue', () => queueOf(running));
    script.emit('queueChanged', { isWorkedHere: true });
    await vi.waitFor(() => expect(state.activeCount).toBe(2));
    expect([state.openCount, state.speed, state.secondsLeft]).toEqual([3, 200, null]);
    later(3000);
    expect(state.secondsLeft).toBe((800 + 1_000) / 200);
    const unknown = group({ active: tally(1, 0, 0, 1) }, { id: 'g2', speed: 50 });
    script.answer('downloads.queue', () => queueOf(running, unknown));
    script.emit('queueChanged', { isWorkedHere: true });
    await vi.waitFor(() => expect(state.activeCount).toBe(3));
    expect(state.secondsLeft).toBeNull();
  });

  test('that cannot be read says why, and is asked for again', async () => {
    const { script, state } = set();
    script.answer('downloads.queue', () => {
      throw new ArchiveError({ code: 'library-unusable', message: 'Damaged.', retryable: true });
    });
    state.refresh();
    await vi.waitFor(() => expect(state.problem?.message).toBe('Damaged.'));
    script.answer('downloads.queue', () => queueOf());
    state.refresh();
    await vi.waitFor(() => expect(state.problem).toBeNull());
    state.dispose();
    expect(script.listeners()).toBe(0);
  });

  test('tells once of each group that ends, and not of single files', async () => {
    const { script, state, notices } = set();
    const show = async (...groups: DownloadGroup[]): Promise<void> => {
      script.answer('downloads.queue', () => queueOf(...groups));
      script.emit('queueChanged', { isWorkedHere: true });
      await vi.waitFor(() => expect(state.queue?.groups).toEqual(groups));
    };
    const single = { id: 'single' };
    await show(group({ active: tally(1), done: tally(1) }), group({ active: tally(1) }, single));
    await show(group({ done: tally(1), failed: tally(1) }), group({ done: tally(1) }, single));
    await show(group({ done: tally(2) }), group({ done: tally(1) }, single));
    expect(notices.shown.map(({ text, tone }) => [text, tone])).toEqual([
      ['stars: 1 of 2 files on disk. The others need you.', 'trouble'],
    ]);
  });

  test('counts for the filters; a cancelled file is in none but all', () => {
    const groups = [
      group({ active: tally(1), queued: tally(2), waiting: tally(1), quarantined: tally(1) }),
      group({ failed: tally(1), done: tally(3), cancelled: tally(1), paused: tally(4) }),
    ];
    expect(countByFilter(groups)).toEqual({
      ...{ all: 14, active: 1, waiting: 3, paused: 4, trouble: 2, done: 3 },
    });
  });

  test('figures of a group', () => {
    const running = group(
      { active: tally(1, 1_000, 100), done: tally(1, 1_000, 1_000) },
      { underWay: 100, speed: 50 },
    );
    expect(figuresOf(running)).toMatchObject({
      ...{ files: 2, done: 1, bytes: 2_000, received: 1_200, part: 0.6, tone: 'running' },
      secondsLeft: 16,
    });
    expect(figuresOf(group({ done: tally(2, 9, 9) }))).toMatchObject({ part: 1, tone: 'verified' });
    const unknown = group({ queued: tally(3, 0, 0, 3), done: tally(1, 5, 5) });
    expect(figuresOf(unknown)).toMatchObject({ part: 0.25, secondsLeft: null });
    expect(figuresOf(group({ queued: tally(1) }, { isPaused: true })).tone).toBe('paused');
    expect(figuresOf(group({ waiting: tally(1) })).tone).toBe('slowed');
  });

  test('is paused where nothing of what is to come may begin', () => {
    const paused = group({ queued: tally(1) }, { isPaused: true });
    const done = group({ done: tally(1) });
    expect(isAllPaused(queueOf(paused, done))).toBe(true);
    expect(isAllPaused(queueOf(paused, group({ queued: tally(1) })))).toBe(false);
    expect(isAllPaused(queueOf(group({ paused: tally(2) })))).toBe(true);
    expect(isAllPaused(queueOf(done))).toBe(false);
    expect(isAllPaused({ ...queueOf(done), isPaused: true })).toBe(true);
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
    expect(state.of(ref, 'orig')?.state).toBe('queued');
  });

  test('what another window or the terminal started is not told', () => {
    const { script, notices } = set();
    script.emit('downloadChanged', { item: item('1', { state: 'active' }) });
    script.emit('downloadChanged', { item: item('1', { state: 'done' }) });
    expect(notices.shown).toEqual([]);
  });

  test('an answer older than an event does not undo it', async () => {
    const { script, state } = set([item('1', { state: 'active' })]);
    await known(state);
    script.answer('downloads.cancel', () => {
      script.emit('downloadChanged', { item: item('1', { state: 'cancelled' }) });
      return item('1', { state: 'active' });
    });
    await state.cancel('1');
    expect(state.of(ref, 'orig')?.state).toBe('cancelled');
  });

  test('a command says how many it changed; a refusal is said', async () => {
    const { script, state, notices } = set();
    script.answer('downloads.command', () => ({ changed: 3 }));
    expect(await state.command('pause', { kind: 'all' })).toBe(3);
    script.answer('downloads.command', () => {
      throw new ArchiveError({ code: 'disk', message: 'Read-only.', retryable: false });
    });
    expect(await state.command('remove', { kind: 'group', id: 'g1' })).toBeNull();
    expect(notices.errors.map(({ meaning }) => meaning)).toEqual([
      'The rows are still in the list.',
    ]);
  });
});
