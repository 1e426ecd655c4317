/**
 * Runs in plain Node. Everything that can go wrong with one exchange, and its translation for the contract:
 * once, here.
 */
import { ArchiveError, type ErrorCode } from '#contract/errors.ts';
import { refusedAddressCode } from './agents.ts';
import type { Outcome } from './pace.ts';
import type { HttpRequest, Lane } from './http-client.ts';
import { archiveNames, durationInWords, quoteArchive, timesInWords } from './words.ts';

export type FailureKind =
  | 'cancelled'
  | 'refused-address'
  | 'offline'
  /** No connection, or it broke, or nothing came in time. */
  | 'unreachable'
  | 'status'
  | 'bad-answer';

export interface FailureFacts {
  kind: FailureKind;
  status?: number;
  /** The archive's own words, or for a bad answer what came instead. */
  words?: string | null;
  retryAfterMs?: number | null;
  /** Request line, status and duration, redacted. */
  detail: string;
}

/** One exchange that failed, before it is known how often we will try. */
export class ExchangeFailure extends Error {
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts, options?: { cause?: unknown }) {
    super(`${facts.kind}: ${facts.detail}`, options);
    this.name = 'ExchangeFailure';
    this.facts = facts;
  }
}

const offlineCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN']);
/** Broken gzip or brotli, and answers that are not HTTP. */
const brokenAnswer = /^(?:Z_|ERR_BROTLI|ERR__ERROR|ERR_ZSTD|HPE_|ERR_PADDING)/;

/** Sorts an error of the transport. */
export function failureFrom(error: unknown, detail: string): ExchangeFailure {
  if (error instanceof ExchangeFailure) return error;
  const code = codeOf(error);
  const withCode = code === '' ? detail : `${detail} ${code}`;
  const kind: FailureKind =
    code === refusedAddressCode
      ? 'refused-address'
      : offlineCodes.has(code)
        ? 'offline'
        : brokenAnswer.test(code)
          ? 'bad-answer'
          : 'unreachable';
  return new ExchangeFailure(
    { kind, detail: withCode, ...(kind === 'bad-answer' ? { words: 'damaged data' } : {}) },
    { cause: error },
  );
}

/** got's own codes, which only say that something below went wrong. */
const wrappers = new Set(['ERR_GOT_REQUEST_ERROR', 'ERR_READING_RESPONSE_STREAM']);

function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string' && !wrappers.has(code)) return code;
    at = at.cause;
  }
  return '';
}

/** What a status says about the pace. `retryAfterMs` is the archive's own wish. */
export function outcomeOfStatus(
  status: number,
  retryAfterMs: number | null,
  unstatedHoldMs: number,
): Outcome {
  if (status === 429) return { kind: 'held', waitMs: retryAfterMs ?? unstatedHoldMs };
  if (status === 503 && retryAfterMs !== null) return { kind: 'held', waitMs: retryAfterMs };
  return status >= 500 ? { kind: 'failed' } : { kind: 'answered' };
}

/** What a failure says about the pace. */
export function outcomeOfFailure(failure: ExchangeFailure): Outcome {
  switch (failure.facts.kind) {
    case 'offline':
      return { kind: 'offline' };
    case 'unreachable':
      return { kind: 'failed' };
    default:
      return { kind: 'nothing' };
  }
}

const retriedStatuses = new Set([429, 500, 502, 503, 504]);

/** True where a second try may do better. */
export function isWorthRetrying({ kind, status }: FailureFacts): boolean {
  if (kind === 'offline' || kind === 'unreachable') return true;
  return kind === 'status' && status !== undefined && retriedStatuses.has(status);
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'key-needed';
  if (status === 403 || status === 451) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'unavailable';
  if (status >= 400) return 'refused-by-archive';
  return 'bad-answer';
}

export interface Efforts {
  lane: Lane;
  tries: number;
  elapsedMs: number;
  /** What was asked for, where it is neither a record nor a file. */
  absence?: HttpRequest['absence'];
  /** True where a key went with the request: a 401 then says that it was not accepted. */
  hadKey?: boolean;
}

const usualAbsence = {
  thing: 'record or file',
  hint: 'Check the identifier; it may have been withdrawn.',
};

/** The failure as the contract has it. */
export function toArchiveError(failure: ExchangeFailure, efforts: Efforts): ArchiveError {
  const { kind, detail, status, retryAfterMs } = failure.facts;
  const code = codeOfFailure(kind, status);
  const retryable = isWorthRetrying(failure.facts) || code === 'bad-answer' || kind === 'cancelled';
  return new ArchiveError(
    {
      code,
      message: messageOf(failure.facts, efforts),
      retryable,
      detail,
      ...(retryAfterMs === undefined || retryAfterMs === null ? {} : { retryAfterMs }),
    },
    { cause: failure },
  );
}

function codeOfFailure(kind: FailureKind, status: number | undefined): ErrorCode {
  if (kind === 'status') return codeOfStatus(status ?? 0);
  if (kind === 'refused-address') return 'forbidden';
  return kind === 'unreachable' ? 'unavailable' : kind;
}

function messageOf(facts: FailureFacts, efforts: Efforts): string {
  const { lane, tries, elapsedMs } = efforts;
  const name = archiveNames[lane];
  const effort = `We tried ${timesInWords(tries)} in ${durationInWords(elapsedMs)}.`;
  switch (facts.kind) {
    case 'cancelled':
      return 'This was cancelled. Nothing was changed.';
    case 'refused-address':
      return `${name}’s address leads into a private network. Almagest doesn’t go there, so nothing was fetched. Check this computer’s name service or proxy.`;
    case 'offline':
      return `You’re offline, or the name service doesn’t answer. ${effort} What you’ve kept still opens. Check the connection, then try again.`;
    case 'unreachable':
      return `${name} didn’t answer. ${effort} Nothing was lost. Try again in a while.`;
    case 'bad-answer':
      return `${name} answered with ${facts.words ?? 'something else'} instead of data. Nothing was lost. Try again in a while.`;
    case 'status':
      return messageOfStatus(facts, name, effort, efforts);
  }
}

function messageOfStatus(
  facts: FailureFacts,
  name: string,
  effort: string,
  { absence = usualAbsence, hadKey = false }: Efforts,
): string {
  const status = facts.status ?? 0;
  const quoted = quoteArchive(facts.words ?? null);
  const says = quoted === null ? '' : ` It says: “${quoted}”.`;
  switch (codeOfStatus(status)) {
    case 'key-needed':
      if (hadKey) {
        return `${name} didn’t accept the key.${says} What you’ve kept still opens; new searches don’t. Check the key in Settings.`;
      }
      return `${name} needs a key, or didn’t accept the one it got (${String(status)}).${says} What you’ve kept still opens; new requests don’t. Check the key in Settings.`;
    case 'forbidden':
      return `${name} refused access (${String(status)}).${says} Nothing was changed. It may not be open to everyone.`;
    case 'not-found':
      return `${name} has no such ${absence.thing} (${String(status)}).${says} Nothing was changed. ${absence.hint}`;
    case 'rate-limited': {
      const wait = facts.retryAfterMs;
      const when =
        wait === undefined || wait === null ? 'in a while' : `in ${durationInWords(wait)}`;
      return `${name} asks us to slow down (${String(status)}).${says} Nothing was lost. Try again ${when}.`;
    }
    case 'unavailable':
      return `${name} answered with an error of its own (${String(status)}).${says} ${effort} Nothing was lost. Try again in a while.`;
    case 'bad-answer':
      return `${name} answered with status ${String(status)}, which is neither data nor an error.${says} Nothing was lost. Try again in a while.`;
    default:
      if (status === 414 || status === 431) {
        return `${name} takes no request as long as this one (${String(status)}). Nothing was changed. Ask for less at a time: a shorter query, or several.`;
      }
      return `${name} refused the request as wrong (${String(status)}).${says} Nothing was changed. Change what you ask for, then try again.`;
  }
}
