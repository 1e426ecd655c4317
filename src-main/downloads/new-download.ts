/** Runs in plain Node. Turns a wish, "this rendition of this record", into a row for the queue. */
import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import type { ArchiveId, ArchiveRecord, RecordRef, Rendition } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { fileLanes } from '../http/file-lanes.ts';
import type { FilePlace, NewDownload } from './download-row.ts';
import type { DownloadChange } from './downloads-repo.ts';
import type { SidecarRecord } from './sidecar.ts';

/** What is to be known of a file before it is fetched. */
export interface RenditionToSave {
  record: ArchiveRecord;
  rendition: Rendition;
  /** Credit line by the archive's rules, for the sidecar. */
  creditLine?: string | null;
  licenceNote?: string | null;
  /** True unless told otherwise. */
  hasSidecar?: boolean;
}

export interface RenditionSource {
  /** Throws `not-found` when the record has no such rendition. */
  rendition(ref: RecordRef, name: string, signal: AbortSignal): Promise<RenditionToSave>;
}

/** NASA rounds its sizes to thousands or hundreds of thousands; the others mean what they say. */
const statesExactSizes = (archive: ArchiveId) => archive !== 'nasa-images';

/** What the archive promises of the file, as columns. */
export function promiseOf({ record, rendition }: RenditionToSave): DownloadChange & {
  url: string;
  statedBytes: number | null;
  statedExact: boolean;
  statedChecksum: Rendition['checksum'];
} {
  const { url, bytes, checksum } = rendition;
  const isWhole = bytes !== null && Number.isSafeInteger(bytes) && bytes >= 0;
  return {
    url,
    statedBytes: isWhole ? bytes : null,
    statedExact: isWhole && statesExactSizes(record.archive),
    statedChecksum: checksum,
  };
}

/** A queued row. Throws when the address or the folder cannot be used at all. */
export function makeDownload(
  wish: RenditionToSave,
  to: FilePlace,
  place: Pick<NewDownload, 'groupId' | 'place'>,
  nowMs: number,
): NewDownload {
  const { record, rendition } = wish;
  if (!URL.canParse(rendition.url) || !/^https?:$/.test(new URL(rendition.url).protocol)) {
    throw new ArchiveError({
      code: 'bad-answer',
      message: 'The archive gave no usable address for this file. Nothing was saved.',
      retryable: false,
      detail: rendition.url.slice(0, 200),
    });
  }
  if (!isAbsolute(to.folder)) {
    throw new ArchiveError({
      code: 'disk',
      message: 'No download folder is set. Nothing was saved. Choose a folder in the settings.',
      retryable: true,
    });
  }
  const sidecar: SidecarRecord = {
    record,
    creditLine: wish.creditLine ?? null,
    licenceNote: wish.licenceNote ?? null,
    ...(wish.hasSidecar === false ? { hasSidecar: false } : {}),
  };
  return {
    id: randomUUID(),
    ...place,
    ref: record.ref,
    archive: record.archive,
    lane: fileLanes[record.archive],
    title: record.title,
    rendition: rendition.name,
    ...promiseOf(wish),
    record: JSON.stringify(sidecar),
    ...to,
    partName: null,
    finalName: null,
    asideName: null,
    journalBytes: 0,
    journalSha256: null,
    totalBytes: null,
    etag: null,
    lastModified: null,
    contentType: null,
    sha256: null,
    verified: null,
    verifiedAtMs: null,
    state: 'queued',
    attempts: 0,
    mismatches: 0,
    resumesAtMs: null,
    error: null,
    addedAtMs: nowMs,
    endedAtMs: null,
    listed: true,
  };
}
