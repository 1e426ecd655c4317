/** Runs anywhere. The small JSON file beside each saved file: where it is from, whose it is, and its checksum. */
import type { ArchiveRecord } from '#contract/domain.ts';
import type { DownloadRow } from './download-row.ts';

/** What of a record is stored with a queued download, for its sidecar. */
export interface SidecarRecord {
  record: ArchiveRecord;
  creditLine: string | null;
  licenceNote: string | null;
  /** False where no JSON is wanted beside the file. */
  hasSidecar?: boolean;
}

/** Whether a JSON goes beside the file. */
export function hasSidecar(row: DownloadRow): boolean {
  return (JSON.parse(row.record) as SidecarRecord).hasSidecar !== false;
}

/**
 * The sidecar's text. It depends on the row only, so that a run that was cut off writes the very same again.
 */
export function makeSidecar(row: DownloadRow, fileName: string): string {
  const { record, creditLine, licenceNote } = JSON.parse(row.record) as SidecarRecord;
  const content = {
    file: fileName,
    savedAt: new Date(row.verifiedAtMs ?? 0).toISOString(),
    source: row.url,
    rendition: row.rendition,
    bytes: row.totalBytes,
    sha256: row.sha256,
    verified: row.verified,
    credit: creditLine ?? record.credit,
    licence: record.licence,
    licenceNote,
    record,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
