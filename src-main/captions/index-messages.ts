/** Runs anywhere. What the core and the captions' worker say to each other. */
import type { CaptionSearch, Cue } from '#contract/captions.ts';
import type { RecordRef } from '#contract/domain.ts';
import type { StoredTranscript } from './caption-index.ts';
import type { CaptionFileEntry } from './caption-statements.ts';

export interface IndexCalls {
  begin: { args: { file: CaptionFileEntry }; result: number | null };
  add: { args: { fileId: number; from: number; cues: Cue[] }; result: null };
  finish: { args: { fileId: number; cueCount: number; textBytes: number }; result: null };
  find: { args: { base: string; ref: RecordRef }; result: StoredTranscript | null };
  search: {
    args: { base: string; text: string; limit: number };
    result: CaptionSearch;
  };
  bytes: { args: null; result: number };
  /** `base` null: everything. */
  clear: { args: { base: string | null }; result: null };
}

export type IndexCall = {
  [K in keyof IndexCalls]: { id: number; name: K; args: IndexCalls[K]['args'] };
}[keyof IndexCalls];

export type IndexReply =
  { id: number; ok: true; value: unknown } | { id: number; ok: false; message: string };

/** What the worker is started with. */
export interface IndexWorkerData {
  profileDir: string;
}
