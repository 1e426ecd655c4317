/** Runs anywhere. What a plan has to know of a record, whatever archive it is of. */
import type { ArchiveRecord, CaptionFile, RecordRef, Rendition } from '#contract/domain.ts';
import type { WireError } from '#contract/errors.ts';

/** A record with the files that could be saved of it. */
export interface SavableRecord {
  record: ArchiveRecord;
  renditions: Rendition[];
  captions: CaptionFile[];
  /** By the archive's rules, for the sidecar. */
  creditLine: string | null;
  licenceNote: string | null;
  /** Why none of it may be saved in bulk; null where it may. */
  refusal: WireError | null;
}

/** A record of which nothing could be learnt. */
export interface LostRecord {
  ref: RecordRef;
  problem: WireError;
}

export interface SavableOptions {
  /** Sizes that the archive did not state are asked for. */
  withSizes: boolean;
}

/** Where records of plans come from. */
export interface SavableRecords {
  /** Throws `ArchiveError` for a record that cannot be had. */
  savable(ref: RecordRef, options: SavableOptions, signal: AbortSignal): Promise<SavableRecord>;
}
