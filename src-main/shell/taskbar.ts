/** Runs in the main process; pure but for its arguments. How far the downloads are, on the taskbar and the dock. */
import type { DownloadQueue, DownloadTally } from '#contract/downloads.ts';
import { isOpen } from './queue-watch.ts';

/** Of the groups that are under way; by bytes where sizes are known, else by files. -1 where nothing is. */
export function progressOf({ groups, isPaused }: DownloadQueue): {
  part: number;
  mode: 'normal' | 'paused' | 'error';
} {
  const running = groups.filter(isOpen);
  if (running.length === 0) return { part: -1, mode: 'normal' };
  const tallies = running.flatMap((group) => Object.values(group.tallies));
  const sum = (of: (tally: DownloadTally) => number): number =>
    tallies.reduce((all, tally) => all + of(tally), 0);
  const bytes = sum((tally) => tally.bytes);
  const received =
    sum((tally) => tally.received) + running.reduce((all, { underWay }) => all + underWay, 0);
  const done = running.reduce((all, group) => all + (group.tallies.done?.files ?? 0), 0);
  const isMeasured = bytes > 0 && sum((tally) => tally.unknown) === 0;
  const part = isMeasured ? received / bytes : done / sum((tally) => tally.files);
  const isHeld = isPaused || running.every((group) => group.isPaused);
  const isTroubled = running.some(({ trouble }) => trouble !== null);
  return { part: Math.min(1, part), mode: isTroubled ? 'error' : isHeld ? 'paused' : 'normal' };
}

/** Returns what takes the queue as it is now. */
export function createTaskbar(
  show: (part: number, mode: 'normal' | 'paused' | 'error') => void,
): (queue: DownloadQueue) => void {
  let isShown = false;
  return (queue) => {
    const { part, mode } = progressOf(queue);
    if (part < 0 && !isShown) return;
    isShown = part >= 0;
    show(part, mode);
  };
}
