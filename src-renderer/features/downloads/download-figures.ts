/** What is counted over download items: pure. */
import type { DownloadItem, DownloadState } from '#contract/domain.ts';

export const downloadFilters = ['all', 'active', 'waiting', 'failed', 'done'] as const;
export type DownloadFilter = (typeof downloadFilters)[number];

const statesOf: Readonly<Record<Exclude<DownloadFilter, 'all'>, readonly DownloadState[]>> = {
  active: ['active'],
  waiting: ['queued', 'waiting'],
  failed: ['failed', 'quarantined'],
  done: ['done'],
};

export function isDownloadFilter(value: unknown): value is DownloadFilter {
  return downloadFilters.some((filter) => filter === value);
}

export function passes(item: DownloadItem, filter: DownloadFilter): boolean {
  return filter === 'all' || statesOf[filter].includes(item.state);
}

export function countByFilter(items: readonly DownloadItem[]): Record<DownloadFilter, number> {
  const counts = { all: items.length, active: 0, waiting: 0, failed: 0, done: 0 };
  for (const item of items) {
    for (const filter of downloadFilters) {
      if (filter !== 'all' && passes(item, filter)) counts[filter] += 1;
    }
  }
  return counts;
}

/** True while the archive may still send bytes of it. */
export const isOpen = (item: DownloadItem): boolean =>
  item.state === 'active' || item.state === 'queued' || item.state === 'waiting';

/** True once the archive sent a byte of it; until then we wait for its answer. */
export const hasBegun = (item: DownloadItem): boolean => item.receivedBytes > 0;

/** Part of an item that is here, 0 to 1; null while its size is not known. */
export function partDone(item: DownloadItem): number | null {
  if (item.state === 'done') return 1;
  if (item.totalBytes === null || item.totalBytes <= 0) return null;
  return Math.min(item.receivedBytes / item.totalBytes, 1);
}

/** Seconds until one item is here at its present speed; null when that can't be said. */
export function secondsLeftOf(item: DownloadItem): number | null {
  if (item.state !== 'active' || item.totalBytes === null || !item.speed) return null;
  return Math.max(item.totalBytes - item.receivedBytes, 0) / item.speed;
}

/** A time left from less than this is a guess. */
const settledAfterMs = 3_000;

/**
 * Seconds until all open items are here at the present speed of all; null until three seconds were measured,
 * and while the size of one is not known.
 */
export function timeLeft(
  items: readonly DownloadItem[],
  runningSince: ReadonlyMap<string, number>,
  nowMs: number,
): number | null {
  let speed = 0;
  let bytes = 0;
  let longestMs = 0;
  for (const item of items) {
    if (!isOpen(item)) continue;
    if (item.totalBytes === null) return null;
    bytes += Math.max(item.totalBytes - item.receivedBytes, 0);
    if (item.state !== 'active') continue;
    speed += item.speed ?? 0;
    longestMs = Math.max(longestMs, nowMs - (runningSince.get(item.id) ?? nowMs));
  }
  if (speed <= 0 || longestMs < settledAfterMs) return null;
  return bytes / speed;
}

/**
 * Where to cut a file name in its middle: the ending, with what tells renditions apart (`~orig.jpg`) and the
 * few signs before it, stays in sight.
 */
export function splitName(name: string): { head: string; tail: string } {
  const signs = Array.from(name);
  const mark = name.lastIndexOf('~');
  const ending = mark === -1 ? name.slice(Math.max(name.lastIndexOf('.'), 0)) : name.slice(mark);
  const tailLength = Math.min(Array.from(ending).length + 6, 18, Math.floor(signs.length / 2));
  if (signs.length < 16) return { head: name, tail: '' };
  return {
    head: signs.slice(0, signs.length - tailLength).join(''),
    tail: signs.slice(signs.length - tailLength).join(''),
  };
}
