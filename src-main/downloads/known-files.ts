/**
 * Runs in plain Node. What should lie in a folder: the sidecars there tell it, and the ledger of the queue, which wins
 * where both know a file.
 */
import { join } from 'node:path';
import * as v from 'valibot';
import type { RecordRef } from '#contract/domain.ts';

export interface KnownFile {
  /** Absolute. */
  path: string;
  ref: RecordRef | null;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

const sidecar = v.object({
  file: v.pipe(v.string(), v.regex(/^[^/\\\0]+$/)),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  record: v.object({ ref: v.string() }),
});

/** No sidecar of ours is longer; another program's JSON may be anything. */
export const longestSidecar = 4 * 1024 * 1024;

/** The file that a sidecar is of; null for a JSON that is none of ours. */
export function readSidecar(folder: string, text: string): KnownFile | null {
  try {
    const { file, bytes, sha256, record } = v.parse(sidecar, JSON.parse(text));
    return { path: join(folder, file), ref: record.ref as RecordRef, bytes, sha256 };
  } catch {
    return null;
  }
}
