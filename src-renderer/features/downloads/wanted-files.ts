/**
 * Runs in the page. Files that were asked for before anyone knew which files their records have: the queue on disk
 * learns of them only then, so until then they are kept with the window's state, and asked for again after a restart.
 */
import type { ArchiveApi } from '#contract/api.ts';
import { parseRef, type DownloadItem, type RecordRef } from '#contract/domain.ts';
import { renditionToSave } from '../record/record-fields.ts';
import type { QueueFile } from './asked-file.svelte.ts';

/** As many as are asked for at once, by the gallery's own limit. */
const mostWanted = 500;
const longestTitle = 80;

export interface WantedFile {
  ref: RecordRef;
  title: string;
  /** Unix ms. */
  addedAtMs: number;
}

export function toWanted({ ref, title, addedAtMs }: DownloadItem): WantedFile {
  return { ref, title: title.slice(0, longestTitle), addedAtMs };
}

/** Reads what was kept; what cannot be read is left out. */
export function readWanted(value: unknown): WantedFile[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).slice(0, mostWanted).flatMap((one) => {
    const { ref, title, addedAtMs } = (one ?? {}) as Record<string, unknown>;
    if (typeof ref !== 'string' || parseRef(ref) === null || typeof title !== 'string') return [];
    if (typeof addedAtMs !== 'number' || !Number.isFinite(addedAtMs)) return [];
    return [{ ref: ref as RecordRef, title, addedAtMs }];
  });
}

/** Finds the original of a record, or its largest file, and puts it into the queue. */
export function queueOriginal(api: ArchiveApi, ref: RecordRef): QueueFile {
  return async (signal) => {
    const { renditions } = await api.records.get({ ref }, { signal });
    const rendition = renditionToSave(renditions);
    if (rendition === null || signal.aborted) return null;
    return api.downloads.save({ ref, rendition: rendition.name }, { signal });
  };
}
