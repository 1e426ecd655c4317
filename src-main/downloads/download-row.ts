/**
 * Runs in plain Node. A row of the queue, in the core's terms and in the table's columns.
 */
import type { ArchiveId, Checksum, DownloadState, RecordRef } from '#contract/domain.ts';
import type { WireError } from '#contract/errors.ts';
import type { Lane } from '../http/http-client.ts';
import type { SqlRow, SqlValue } from '../db/database.ts';
import type { ChecksummedTable } from '../db/row-checksum.ts';

/** Where a file goes. */
export interface FilePlace {
  /** Absolute. */
  folder: string;
  fileName: string;
  /** True for a file that a label refers to by this name. */
  keepsName: boolean;
}

export interface DownloadRow {
  seq: number;
  id: string;
  /** `seq` of its group. */
  groupId: number;
  /** Within its group; smaller is fetched first. */
  place: number;
  ref: RecordRef;
  archive: ArchiveId;
  lane: Lane;
  title: string;
  rendition: string;
  url: string;
  statedBytes: number | null;
  /** False where the archive rounds its sizes. */
  statedExact: boolean;
  statedChecksum: Checksum | null;
  /** JSON for the sidecar: the record, its credit and licence, as they were when it was queued. */
  record: string;
  folder: string;
  /** The wanted name; the real one may get a number and a truer ending. */
  fileName: string;
  /** The archive's own name is kept once a checksum proved the file: others refer to it by that name. */
  keepsName: boolean;
  partName: string | null;
  /** While active: the name about to be taken. When done: the name that was taken. */
  finalName: string | null;
  /** Name of what was set aside as not as promised. */
  asideName: string | null;
  journalBytes: number;
  journalSha256: string | null;
  totalBytes: number | null;
  etag: string | null;
  lastModified: string | null;
  contentType: string | null;
  sha256: string | null;
  verified: 'checksum' | 'size' | 'none' | null;
  /** When it was found to be as promised; from then on it only needs its name. */
  verifiedAtMs: number | null;
  state: DownloadState;
  attempts: number;
  /** How often all bytes came and were not what was promised. */
  mismatches: number;
  resumesAtMs: number | null;
  error: WireError | null;
  addedAtMs: number;
  endedAtMs: number | null;
  listed: boolean;
  /** The process at work on it. */
  owner: string | null;
  /** What a process that does not own the queue asks of the one at work on it. */
  ask: 'pause' | 'cancel' | null;
}

export type NewDownload = Omit<DownloadRow, 'seq' | 'owner' | 'ask'>;

/** Every column but the key, the checksum and who is at work on it, in the order of the checksum. */
export const downloadColumns = [
  'id',
  'group_id',
  'place',
  'ref',
  'archive',
  'lane',
  'title',
  'rendition',
  'url',
  'stated_bytes',
  'stated_exact',
  'stated_algorithm',
  'stated_checksum',
  'record',
  'folder',
  'file_name',
  'keeps_name',
  'part_name',
  'final_name',
  'aside_name',
  'journal_bytes',
  'journal_sha256',
  'total_bytes',
  'etag',
  'last_modified',
  'content_type',
  'sha256',
  'verified',
  'verified_at_ms',
  'state',
  'attempts',
  'mismatches',
  'resumes_at_ms',
  'error',
  'added_at_ms',
  'ended_at_ms',
  'listed',
] as const;

type Column = (typeof downloadColumns)[number];

export const downloadsTable: ChecksummedTable = {
  table: 'downloads',
  key: 'seq',
  columns: downloadColumns,
};

/** The columns that the checksum covers. */
export function toColumns(row: NewDownload): Record<Column, SqlValue> {
  return {
    id: row.id,
    group_id: row.groupId,
    place: row.place,
    ref: row.ref,
    archive: row.archive,
    lane: row.lane,
    title: row.title,
    rendition: row.rendition,
    url: row.url,
    stated_bytes: row.statedBytes,
    stated_exact: row.statedExact ? 1 : 0,
    stated_algorithm: row.statedChecksum?.algorithm ?? null,
    stated_checksum: row.statedChecksum?.value ?? null,
    record: row.record,
    folder: row.folder,
    file_name: row.fileName,
    keeps_name: row.keepsName ? 1 : 0,
    part_name: row.partName,
    final_name: row.finalName,
    aside_name: row.asideName,
    journal_bytes: row.journalBytes,
    journal_sha256: row.journalSha256,
    total_bytes: row.totalBytes,
    etag: row.etag,
    last_modified: row.lastModified,
    content_type: row.contentType,
    sha256: row.sha256,
    verified: row.verified,
    verified_at_ms: row.verifiedAtMs,
    state: row.state,
    attempts: row.attempts,
    mismatches: row.mismatches,
    resumes_at_ms: row.resumesAtMs,
    error: row.error === null ? null : JSON.stringify(row.error),
    added_at_ms: row.addedAtMs,
    ended_at_ms: row.endedAtMs,
    listed: row.listed ? 1 : 0,
  };
}

const text = (value: SqlValue | undefined) => (typeof value === 'string' ? value : null);
const whole = (value: SqlValue | undefined) => (typeof value === 'number' ? value : null);

/** The CHECKs of the table vouch for the closed lists. */
export function toRow(row: SqlRow): DownloadRow {
  const algorithm = text(row['stated_algorithm']) as Checksum['algorithm'] | null;
  const error = text(row['error']);
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    groupId: Number(row['group_id']),
    place: Number(row['place']),
    ref: String(row['ref']) as RecordRef,
    archive: String(row['archive']) as ArchiveId,
    lane: String(row['lane']) as Lane,
    title: String(row['title']),
    rendition: String(row['rendition']),
    url: String(row['url']),
    statedBytes: whole(row['stated_bytes']),
    statedExact: row['stated_exact'] === 1,
    statedChecksum:
      algorithm === null ? null : { algorithm, value: String(row['stated_checksum']) },
    record: String(row['record']),
    folder: String(row['folder']),
    fileName: String(row['file_name']),
    keepsName: row['keeps_name'] === 1,
    partName: text(row['part_name']),
    finalName: text(row['final_name']),
    asideName: text(row['aside_name']),
    journalBytes: Number(row['journal_bytes']),
    journalSha256: text(row['journal_sha256']),
    totalBytes: whole(row['total_bytes']),
    etag: text(row['etag']),
    lastModified: text(row['last_modified']),
    contentType: text(row['content_type']),
    sha256: text(row['sha256']),
    verified: text(row['verified']) as DownloadRow['verified'],
    verifiedAtMs: whole(row['verified_at_ms']),
    state: String(row['state']) as DownloadState,
    attempts: Number(row['attempts']),
    mismatches: Number(row['mismatches']),
    resumesAtMs: whole(row['resumes_at_ms']),
    error: error === null ? null : (JSON.parse(error) as WireError),
    addedAtMs: Number(row['added_at_ms']),
    endedAtMs: whole(row['ended_at_ms']),
    listed: row['listed'] === 1,
    owner: text(row['owner']),
    ask: text(row['ask']) as DownloadRow['ask'],
  };
}
