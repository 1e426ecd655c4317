/**
 * Runs in the main process; pure but for its arguments. How far the downloads are, on the taskbar and the dock: asked
 * for when the queue says that it went on, at most once a second.
 */
import type { DownloadGroup, DownloadQueue, DownloadTally } from '#contract/downloads.ts';

export interface TaskbarOptions {
  read(): Promise<DownloadQueue>;
  /** 0 to 1; a negative number takes the bar away. */
  show(part: number, mode: 'normal' | 'paused' | 'error'): void;
  onProblem(error: unknown): void;
}

const everyMs = 1000;
const open = ['active', 'queued', 'waiting', 'paused'] as const;

const isOpen = ({ tallies }: DownloadGroup): boolean =>
  open.some((state) => (tallies[state]?.files ?? 0) > 0);

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

/** Returns what to call whenever the queue went on. */
export function createTaskbar({ read, show, onProblem }: TaskbarOptions): () => void {
  let timer: NodeJS.Timeout | null = null;
  let isShown = false;
  const look = async (): Promise<void> => {
    const { part, mode } = progressOf(await read());
    if (part < 0 && !isShown) return;
    isShown = part >= 0;
    show(part, mode);
  };
  return () => {
    if (timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      look().catch(onProblem);
    }, everyMs);
    timer.unref();
  };
}
