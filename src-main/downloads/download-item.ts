/** Runs anywhere. A row of the queue as the shells see it. */
import { join } from 'node:path';
import type { DownloadItem } from '#contract/domain.ts';
import type { WireError } from '#contract/errors.ts';
import type { DownloadRow } from './download-row.ts';
import type { Progress } from './progress.ts';

/** A waiting job's error says how long it waits from now on. */
function errorOf(row: DownloadRow, nowMs: number): WireError | null {
  if (row.error === null || row.resumesAtMs === null) return row.error;
  return { ...row.error, retryAfterMs: Math.max(0, row.resumesAtMs - nowMs) };
}

/** `group` is the id of its group. */
export function toItem(
  row: DownloadRow,
  group: string,
  progress: Progress | null,
  nowMs: number,
): DownloadItem {
  const isDone = row.state === 'done';
  return {
    id: row.id,
    group,
    ref: row.ref,
    archive: row.archive,
    title: row.title,
    rendition: row.rendition,
    url: row.url,
    path: isDone && row.finalName !== null ? join(row.folder, row.finalName) : null,
    fileName: (isDone ? row.finalName : null) ?? row.fileName,
    folder: row.folder,
    state: row.state,
    receivedBytes: progress?.receivedBytes ?? row.journalBytes,
    totalBytes: progress?.totalBytes ?? row.totalBytes ?? row.statedBytes,
    sha256: isDone ? row.sha256 : null,
    verified: isDone ? row.verified : null,
    error: errorOf(row, nowMs),
    addedAtMs: row.addedAtMs,
    endedAtMs: row.endedAtMs,
    speed: progress?.speed ?? null,
  };
}
