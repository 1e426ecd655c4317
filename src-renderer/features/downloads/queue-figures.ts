/** What is counted over the groups of the queue: pure. */
import type { DownloadState } from '#contract/domain.ts';
import {
  downloadFilters,
  statesOfFilter,
  type DownloadFilter,
  type DownloadGroup,
  type DownloadQueue,
  type DownloadTally,
} from '#contract/downloads.ts';

/** Of these the archive may still send bytes. */
export const openStates: readonly DownloadState[] = ['active', 'queued', 'waiting', 'paused'];

/** What a group shows. */
export interface GroupFigures {
  /** Files of it, those that were cancelled left out. */
  files: number;
  done: number;
  /** Bytes of all its files, as far as sizes are known, and of them on disk. */
  bytes: number;
  received: number;
  /** Files whose size nobody knows beforehand. */
  unknown: number;
  /** 0 to 1; null while no size is known. */
  part: number | null;
  tone: 'running' | 'paused' | 'slowed' | 'failed' | 'verified';
  secondsLeft: number | null;
  /** Files of it that need the user. */
  troubled: number;
}

const none: DownloadTally = { files: 0, bytes: 0, unknown: 0, received: 0 };

const tally = (group: DownloadGroup, state: DownloadState): DownloadTally =>
  group.tallies[state] ?? none;

export const countIn = (group: DownloadGroup, states: readonly DownloadState[]): number =>
  states.reduce((sum, state) => sum + tally(group, state).files, 0);

export function countStates(
  groups: readonly DownloadGroup[],
  states: readonly DownloadState[],
): number {
  return groups.reduce((sum, group) => sum + countIn(group, states), 0);
}

export function countByFilter(groups: readonly DownloadGroup[]): Record<DownloadFilter, number> {
  const counts = downloadFilters.map((filter) => [
    filter,
    countStates(groups, statesOfFilter[filter]),
  ]);
  return Object.fromEntries(counts) as Record<DownloadFilter, number>;
}

/** Nothing of what is to come may begin: all that is left to do is to resume. */
export function isAllPaused(queue: DownloadQueue | null): boolean {
  if (queue === null) return false;
  const open = queue.groups.filter((group) => countIn(group, openStates) > 0);
  const isHeld = (group: DownloadGroup): boolean =>
    group.isPaused || countIn(group, ['paused']) === countIn(group, openStates);
  return queue.isPaused || (open.length > 0 && open.every(isHeld));
}

/** Seconds until all open files of groups that are not paused are here; null when that can't be said. */
export function leftOf(groups: readonly DownloadGroup[], speed: number): number | null {
  let bytes = 0;
  for (const group of groups) {
    if (group.isPaused) continue;
    for (const state of ['active', 'queued', 'waiting'] as const) {
      const open = tally(group, state);
      if (open.unknown > 0) return null;
      bytes += open.bytes - open.received;
    }
    bytes -= group.underWay;
  }
  return speed > 0 ? Math.max(0, bytes) / speed : null;
}

export function figuresOf(group: DownloadGroup): GroupFigures {
  const counted = [...openStates, 'done', 'failed', 'quarantined'] as const;
  const sums = counted.map((state) => tally(group, state));
  const bytes = sums.reduce((sum, one) => sum + one.bytes, 0);
  const received = sums.reduce((sum, one) => sum + one.received, group.underWay);
  const unknown = sums.reduce((sum, one) => sum + one.unknown, 0);
  const files = countIn(group, counted);
  const done = countIn(group, ['done']);
  const isWhole = files > 0 && done === files;
  const byBytes = bytes > 0 && unknown === 0 ? Math.min(1, received / bytes) : null;
  return {
    ...{ files, done, bytes: Math.max(bytes, received), received, unknown },
    part: isWhole ? 1 : (byBytes ?? (files > 0 ? done / files : null)),
    tone: toneOf(group, isWhole),
    secondsLeft: group.isPaused ? null : leftOf([group], group.speed ?? 0),
    troubled: countIn(group, statesOfFilter.trouble),
  };
}

function toneOf(group: DownloadGroup, isWhole: boolean): GroupFigures['tone'] {
  if (isWhole) return 'verified';
  if (group.trouble !== null) return 'failed';
  if (group.isPaused) return 'paused';
  if (tally(group, 'active').files > 0) return 'running';
  if (tally(group, 'waiting').files > 0) return 'slowed';
  if (tally(group, 'queued').files > 0) return 'running';
  if (tally(group, 'paused').files > 0) return 'paused';
  return countIn(group, statesOfFilter.trouble) > 0 ? 'failed' : 'verified';
}
