/** Runs in plain Node. Where the captions' service gets caption files from; compose.ts builds it. */
import type { AnswerAge } from '#contract/age.ts';
import type { CaptionFile, RecordKind, RecordRef } from '#contract/domain.ts';

export interface CaptionPlaces {
  title: string;
  kind: RecordKind;
  /** The likeliest first. */
  files: readonly CaptionFile[];
  /** Why it is not known whether there are captions; null where it is. */
  missing: string | null;
}

export interface CaptionBytes {
  bytes: Uint8Array;
  age: AnswerAge;
}

export interface CaptionSources {
  /** Address of the archive that is asked now. */
  base(): string;
  /** The record's caption files; as the archive has it. Throws `ArchiveError`. */
  find(ref: RecordRef, signal: AbortSignal): Promise<CaptionPlaces>;
  /** The same as far as it is kept; null where the record was never seen. */
  kept(ref: RecordRef): Promise<CaptionPlaces | null>;
  /** A caption file, through the cache. Throws `ArchiveError`. */
  read(ref: RecordRef, file: CaptionFile, signal: AbortSignal): Promise<CaptionBytes>;
  readKept(ref: RecordRef, file: CaptionFile): Promise<CaptionBytes | null>;
}
