/**
 * Runs in the main process; pure but for its arguments. Reads the queue for what the desktop shows of it: when it says
 * that it went on, at most once a second.
 */
import type { DownloadGroup, DownloadQueue } from '#contract/downloads.ts';

export interface QueueWatchOptions {
  read(): Promise<DownloadQueue>;
  /** Each is given every queue that is read, in order. */
  watchers: readonly ((queue: DownloadQueue) => void)[];
  onProblem(error: unknown): void;
}

const everyMs = 1000;
const open = ['active', 'queued', 'waiting', 'paused'] as const;

/** True while something of the group is still to be fetched. */
export function isOpen({ tallies }: Pick<DownloadGroup, 'tallies'>): boolean {
  return open.some((state) => (tallies[state]?.files ?? 0) > 0);
}

/** Returns what to call whenever the queue went on. */
export function createQueueWatch({ read, watchers, onProblem }: QueueWatchOptions): () => void {
  let timer: NodeJS.Timeout | null = null;
  const look = async (): Promise<void> => {
    const queue = await read();
    for (const watcher of watchers) watcher(queue);
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
