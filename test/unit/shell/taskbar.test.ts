import { expect, test, vi } from 'vitest';
import type { DownloadGroup, DownloadQueue, DownloadTallies } from '#contract/downloads.ts';
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

test('is read once a second at most, and taken away at the end', async () => {
  vi.useFakeTimers();
  try {
    const shown: number[] = [];
    let queue = queueOf({ queued: tally(1, 10, 0) });
    const read = vi.fn(async () => queue);
    const changed = createTaskbar({
      read,
      show: (part) => void shown.push(part),
      onProblem: () => undefined,
    });
    changed();
    changed();
    await vi.advanceTimersByTimeAsync(1000);
    queue = queueOf({ done: tally(1, 10, 10) });
    changed();
    await vi.advanceTimersByTimeAsync(1000);
    changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown).toEqual([0, -1]);
    expect(read).toHaveBeenCalledTimes(3);
  } finally {
    vi.useRealTimers();
  }
});
