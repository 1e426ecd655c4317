/** What is counted over download items: pure. */
import type { DownloadItem } from '#contract/domain.ts';

/** True while the archive may still send bytes of it, once it is its turn. */
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
