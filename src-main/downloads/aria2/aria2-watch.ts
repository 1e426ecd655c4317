/**
 * Runs in plain Node. Hears of downloads at an aria2 daemon by asking: notifications get lost with a connection, a
 * question does not.
 */
import { ArchiveError, isCancelled, type WireError } from '#contract/errors.ts';
import { toDownloadError } from './aria2-errors.ts';
import type { Aria2Client } from './aria2-client.ts';
import type { Aria2Status } from './aria2-wire.ts';

/** How a download stands, in the queue's terms. */
export type Aria2News =
  | { kind: 'waiting' | 'paused'; gid: string }
  | {
      kind: 'progress';
      gid: string;
      receivedBytes: number;
      totalBytes: number | null;
      bytesPerSecond: number;
      isChecking: boolean;
    }
  /** All of it came; where a checksum was handed over, aria2 has compared it. */
  | { kind: 'complete'; gid: string; bytes: number }
  | { kind: 'failed'; gid: string; error: WireError }
  /** Taken off there, by us or by somebody else. */
  | { kind: 'removed'; gid: string }
  /** The daemon does not know it: it was started anew without a session, or forgot. It may be handed over again. */
  | { kind: 'unknown'; gid: string };

export interface Aria2WatchOptions {
  client: Pick<Aria2Client, 'statuses'>;
  /** Numbers that are not ended yet, asked before each round. */
  gids(): readonly string[];
  /** Only what differs from what was told before. */
  onNews(news: Aria2News): void;
  /** The daemon stopped answering (an error), or answers again (null). */
  onReach(problem: ArchiveError | null): void;
  /** Waits; rejects when aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  signal: AbortSignal;
  everyMs?: number;
}

const longestPauseMs = 30_000;

/** Asks until the signal ends it. Never throws: a daemon that is away is asked again, ever more seldom. */
export async function watchAria2(options: Aria2WatchOptions): Promise<void> {
  const { client, gids, onNews, onReach, signal, everyMs = 1000 } = options;
  const told = new Map<string, string>();
  let isAway = false;
  let pauseMs = everyMs;
  while (!signal.aborted) {
    const asked = gids();
    const current = new Set(asked);
    for (const gid of told.keys()) if (!current.has(gid)) told.delete(gid);
    try {
      const found =
        asked.length === 0 ? new Map<string, null>() : await client.statuses(asked, signal);
      if (isAway) onReach(null);
      isAway = false;
      pauseMs = everyMs;
      for (const [gid, status] of found) tell(gid, status, told, onNews);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      if (!(error instanceof ArchiveError)) throw error;
      if (!isAway) onReach(error);
      isAway = true;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    await options.pause(pauseMs, signal).catch(() => {});
  }
}

function tell(
  gid: string,
  status: Aria2Status | null,
  told: Map<string, string>,
  onNews: (news: Aria2News) => void,
): void {
  const news: Aria2News = status === null ? { kind: 'unknown', gid } : toNews(status);
  const text = JSON.stringify(news);
  if (told.get(gid) === text) return;
  told.set(gid, text);
  onNews(news);
}

/** One status in the queue's terms. */
export function toNews(status: Aria2Status): Aria2News {
  const { gid, state, receivedBytes, totalBytes, bytesPerSecond, isChecking } = status;
  switch (state) {
    case 'waiting':
    case 'paused':
    case 'removed':
      return { kind: state, gid };
    case 'active':
      return { kind: 'progress', gid, receivedBytes, totalBytes, bytesPerSecond, isChecking };
    case 'complete':
      return { kind: 'complete', gid, bytes: receivedBytes };
    case 'error':
      return { kind: 'failed', gid, error: toDownloadError(status.errorCode, status.errorMessage) };
  }
}
