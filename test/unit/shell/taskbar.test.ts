import { expect, test, vi } from 'vitest';
import type { DownloadGroup, DownloadQueue, DownloadTallies } from '#contract/downloads.ts';
import { createQueueWatch } from '#main/shell/queue-watch.ts';
import { createTaskbar, progressOf } from '#main/shell/taskbar.ts';

const tally = (files: number, bytes: number, received: number, unknown = 0) => ({
  ...{ files, bytes, received, unknown },
});

function queueOf(tallies: DownloadTallies, patch: Partial<DownloadGroup> = {}): DownloadQueue {
  const group = {
    ...{ id: 'g', title: 'stars', folder: '/f', isPaused: false, trouble: null },
    ...{ tallies, underWay: 0, speed: null, addedAtMs: 0, ...patch },
  };
  return { groups: [group], isPaused: false, isWorkedHere: true };
}

test('is of the groups under way: by bytes, else by files, and none where nothing is', () => {
  const half = { active: tally(1, 100, 10), done: tally(1, 100, 80) };
  expect(progressOf(queueOf(half, { underWay: 10 }))).toEqual({ part: 0.5, mode: 'normal' });
  const unknown = { queued: tally(3, 0, 0, 3), done: tally(1, 9, 9) };
  expect(progressOf(queueOf(unknown))).toEqual({ part: 0.25, mode: 'normal' });
  expect(progressOf(queueOf({ done: tally(5, 9, 9) })).part).toBe(-1);
  expect(progressOf(queueOf(half, { isPaused: true })).mode).toBe('paused');
  const trouble = { code: 'disk', message: 'Full.', retryable: true } as const;
  expect(progressOf(queueOf(half, { isPaused: true, trouble })).mode).toBe('error');
});

test('is taken away at the end, and nothing is shown before', () => {
  const shown: number[] = [];
  const look = createTaskbar((part) => void shown.push(part));
  const ended = queueOf({ done: tally(1, 10, 10) });
  for (const queue of [ended, queueOf({ queued: tally(1, 10, 0) }), ended, ended]) look(queue);
  expect(shown).toEqual([0, -1]);
});

test('the queue is read once a second at most', async () => {
  vi.useFakeTimers();
  try {
    const seen: DownloadQueue[] = [];
    const read = vi.fn(async () => queueOf({ queued: tally(1, 10, 0) }));
    const changed = createQueueWatch({
      read,
      watchers: [(queue) => void seen.push(queue)],
      onProblem: () => undefined,
    });
    for (let at = 0; at < 5; at += 1) changed();
    await vi.advanceTimersByTimeAsync(1000);
    changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(read).toHaveBeenCalledTimes(2);
    expect(seen).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});
