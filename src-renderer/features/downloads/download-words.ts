/** What happened to a file, in sentences. */
import type { DownloadItem } from '#contract/domain.ts';
import { downloadsText } from '../../i18n/downloads.ts';
import { formatBytes } from '../../i18n/format.ts';
import { hasBegun } from './download-figures.ts';

export function whatHappened(item: DownloadItem): string {
  const total = item.totalBytes === null ? null : formatBytes(item.totalBytes);
  switch (item.state) {
    case 'queued':
      return item.rendition === ''
        ? downloadsText.tellAskingFiles(item.archive)
        : downloadsText.tellQueued;
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
