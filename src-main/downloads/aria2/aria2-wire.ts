/**
 * Runs anywhere; pure. Answers of aria2's JSON-RPC (aria2 manual, "RPC Interface"), parsed as what they are: words of a
 * stranger. Numbers come as decimal text.
 */
import * as v from 'valibot';
import type { Aria2Fault } from './aria2-errors.ts';

const number = v.pipe(
  v.string(),
  v.regex(/^\d{1,16}$/),
  v.transform(Number),
  v.check((value) => Number.isSafeInteger(value)),
);
const text = v.pipe(v.string(), v.maxLength(4096));

export const gidSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));

export const aria2States = ['active', 'waiting', 'paused', 'error', 'complete', 'removed'] as const;
export type Aria2State = (typeof aria2States)[number];

/** What is asked for of each download: the rest would be megabytes for nothing. */
export const statusKeys = [
  'gid',
  'status',
  'totalLength',
  'completedLength',
  'downloadSpeed',
  'errorCode',
  'errorMessage',
  'verifiedLength',
  'verifyIntegrityPending',
] as const;

const statusSchema = v.pipe(
  v.object({
    gid: gidSchema,
    status: v.picklist(aria2States),
    totalLength: number,
    completedLength: number,
    downloadSpeed: number,
    errorCode: v.optional(text),
    errorMessage: v.optional(text),
    verifiedLength: v.optional(number),
    verifyIntegrityPending: v.optional(text),
  }),
  v.transform((status) => ({
    gid: status.gid,
    state: status.status,
    /** null where aria2 does not know it yet. */
    totalBytes: status.totalLength === 0 ? null : status.totalLength,
    receivedBytes: status.completedLength,
    bytesPerSecond: status.downloadSpeed,
    errorCode: status.errorCode ?? null,
    errorMessage: status.errorMessage || null,
    /** True while all has come and its checksum is compared. */
    isChecking: status.verifiedLength !== undefined || status.verifyIntegrityPending === 'true',
  })),
);
export type Aria2Status = v.InferOutput<typeof statusSchema>;

const versionSchema = v.object({
  version: v.pipe(v.string(), v.maxLength(64)),
  enabledFeatures: v.array(v.pipe(v.string(), v.maxLength(64))),
});
export type Aria2Version = v.InferOutput<typeof versionSchema>;

const faultSchema = v.object({
  code: v.pipe(v.number(), v.integer()),
  message: v.pipe(v.string(), v.maxLength(4096)),
});

const envelopeSchema = v.union([
  v.object({ id: v.string(), error: faultSchema }),
  v.object({ id: v.string(), result: v.unknown() }),
  // Where the request itself could not be read.
  v.object({ id: v.null(), error: faultSchema }),
]);

export type Aria2Answer =
  { id: string | null; fault: Aria2Fault } | { id: string; fault: null; result: unknown };

/** One answer; null for what is none, notifications included. */
export function readAnswer(json: unknown): Aria2Answer | null {
  const parsed = v.safeParse(envelopeSchema, json);
  if (!parsed.success) return null;
  const { output } = parsed;
  if ('error' in output) return { id: output.id, fault: output.error };
  return { id: output.id, fault: null, result: output.result };
}

/** The result of one call within `system.multicall`: a list of one value, or a fault. Null for what is neither. */
export function readCalled(json: unknown): { value: unknown } | { fault: Aria2Fault } | null {
  if (Array.isArray(json)) return json.length === 1 ? { value: json[0] as unknown } : null;
  const fault = v.safeParse(faultSchema, json);
  return fault.success ? { fault: fault.output } : null;
}

/** Null for what is no status. */
export function readStatus(json: unknown): Aria2Status | null {
  const parsed = v.safeParse(statusSchema, json);
  return parsed.success ? parsed.output : null;
}

/** Those that can be read. */
export function readStatuses(json: unknown): Aria2Status[] | null {
  if (!Array.isArray(json)) return null;
  return (json as unknown[]).map(readStatus).filter((status) => status !== null);
}

export function readVersion(json: unknown): Aria2Version | null {
  const parsed = v.safeParse(versionSchema, json);
  return parsed.success ? parsed.output : null;
}
