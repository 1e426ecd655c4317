/**
 * The closed list of things that can go wrong across the contract, and the one shape in which they travel.
 * Errors are never thrown over IPC: Electron flattens them to a string. They travel as an envelope and are
 * rebuilt on the calling side (see client.ts).
 */
export const errorCodes = [
  /** The caller's arguments do not fit the endpoint's schema. */
  'invalid-arguments',
  /** The message did not come from our own page. */
  'untrusted-sender',
  /** Cancelled by the caller. */
  'cancelled',
  /** The archive says that it has no such record, file or page. */
  'not-found',
  /** The archive refuses the request as wrong (400, 406). */
  'refused-by-archive',
  /** Refused by policy, licence or the archive (403). */
  'forbidden',
  /** A key is needed, or the archive did not accept it. */
  'key-needed',
  /** The archive asks us to slow down, or our own budget is used up. */
  'rate-limited',
  /** The archive could not be reached, or answered with an error of its own (5xx). */
  'unavailable',
  /** No network. */
  'offline',
  /** The archive answered with something that is not what it promises. */
  'bad-answer',
  /** The archive's ceiling: it lists no more than the first 10,000 results. */
  'beyond-ceiling',
  /** The disk is full, read-only or otherwise not usable. */
  'disk',
  /** A file of that name is already there. */
  'name-taken',
  /** The file is not what was promised (checksum, size or type). */
  'not-as-promised',
  /** The library file is damaged or from a newer Almagest. */
  'library-unusable',
  /** Anything else: a defect of ours. */
  'unexpected',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error as it travels. `message` is one or two plain sentences for a person; never a stack or a secret. */
export interface WireError {
  code: ErrorCode;
  message: string;
  retryable: boolean;
  /** Milliseconds until another try makes sense, where the archive or the governor said so. */
  retryAfterMs?: number;
  /** Technical detail for "Copy details": request line, status, validator. Already redacted. */
  detail?: string;
}

export type Envelope<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** A failure with its code, on either side of the contract. */
export class ArchiveError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;

  constructor(error: WireError, options?: { cause?: unknown }) {
    super(error.message, options);
    this.name = 'ArchiveError';
    this.code = error.code;
    this.retryable = error.retryable;
    this.retryAfterMs = error.retryAfterMs;
    this.detail = error.detail;
  }

  /** The travelling form of this error. */
  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
      ...(this.detail === undefined ? {} : { detail: this.detail }),
    };
  }
}

/** True for an error that only says that its own caller cancelled it. */
export function isCancelled(error: unknown): boolean {
  return error instanceof ArchiveError && error.code === 'cancelled';
}
