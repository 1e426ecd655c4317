/** What happened to a file, in sentences. */
import type { DownloadItem } from '#contract/domain.ts';
import { downloadsText } from '../../i18n/downloads.ts';
import { formatBytes } from '../../i18n/format.ts';
import { hasBegun } from './download-figures.ts';

/** `isHeld`: the group of the file is paused. */
export function whatHappened(item: DownloadItem, isHeld = false): string {
  const total = item.totalBytes === null ? null : formatBytes(item.totalBytes);
  switch (item.state) {
    case 'queued':
      return isHeld ? downloadsText.tellHeld : downloadsText.tellQueued;
    case 'paused':
      return downloadsText.tellPaused;
    case 'waiting':
      return downloadsText.tellWaiting;
    case 'active':
      if (!hasBegun(item)) return downloadsText.tellAsking(item.archive);
      return downloadsText.tellActive(formatBytes(item.receivedBytes), total);
    case 'cancelled':
      return downloadsText.tellCancelled;
    case 'failed':
      return downloadsText.tellFailed;
    case 'quarantined':
      return downloadsText.tellQuarantined;
    case 'done': {
      const size = formatBytes(item.receivedBytes);
      if (item.verified === 'checksum') return downloadsText.tellVerified(size);
      if (item.verified === 'size') return downloadsText.tellSizeOnly(size);
      return item.verified === 'none'
        ? downloadsText.tellUnchecked(size)
        : downloadsText.tellDone(size);
    }
  }
}

/** What was promised and what came, where a file was kept aside; as `otherChecksum` and `otherLength` of main say it. */
export function mismatchOf(
  item: DownloadItem,
): { name: string; promised: string; received: string } | null {
  const detail = item.state === 'quarantined' ? (item.error?.detail ?? '') : '';
  const sums = /^(\w+) expected (\S+), received (\S*)$/u.exec(detail);
  if (sums !== null)
    return { name: sums[1] ?? '', promised: sums[2] ?? '', received: sums[3] ?? '' };
  const lengths = /^expected (\d+) bytes, received (\d+)$/u.exec(detail);
  if (lengths === null) return null;
  return {
    name: downloadsText.length,
    promised: formatBytes(Number(lengths[1])),
    received: formatBytes(Number(lengths[2])),
  };
}
