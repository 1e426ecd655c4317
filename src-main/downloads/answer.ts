/**
 * Runs anywhere. Judges the head of an answer to a request for a file, before a byte of it is written:
 * is it exactly what was asked for?
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { WireError } from '#contract/errors.ts';
import { readRetryAfterMs } from '../http/retry-after.ts';
import {
  badAnswer,
  refusedStatus,
  serverTrouble,
  slowDown,
  unmeasured,
  webPageInstead,
} from './failures.ts';
import { ifRangeValue, strongLastModified, type Representation } from './validators.ts';

/** What is safely on disk, and of which file. */
export interface Journal extends Representation {
  bytes: number;
  /** SHA-256 of those bytes, in hex. */
  sha256: string | null;
}

/** What is asked for: everything, or what is missing on condition that it is still the same file. */
export interface RequestPlan {
  from: number;
  ifRange: string | null;
}

export interface AnswerHead {
  status: number;
  headers: IncomingHttpHeaders;
}

export type Verdict =
  /** The wanted rest: write it behind what is there. */
  | { kind: 'append'; file: Representation & { total: number } }
  /** The whole file from its first byte. */
  | { kind: 'whole'; file: Representation }
  /** Not the wanted rest: drop the part and ask for everything. */
  | { kind: 'restart'; why: string }
  | { kind: 'retry'; error: WireError }
  | { kind: 'rate-limited'; error: WireError; waitMs: number | null }
  | { kind: 'failed'; error: WireError };

/** Resumes only where a strong validator can tell that the file is still the same. */
export function planRequest(journal: Journal): RequestPlan {
  const ifRange = journal.bytes > 0 ? ifRangeValue(journal) : null;
  return ifRange === null ? { from: 0, ifRange: null } : { from: journal.bytes, ifRange };
}

export function requestHeaders(plan: RequestPlan): Record<string, string> {
  return {
    'accept-encoding': 'identity',
    ...(plan.ifRange === null ? {} : { range: `bytes=${plan.from}-`, 'if-range': plan.ifRange }),
  };
}

function readLength(headers: IncomingHttpHeaders): number | null {
  const text = headers['content-length'];
  if (text === undefined || !/^\d{1,15}$/.test(text)) return null;
  return Number(text);
}

function isCoded(headers: IncomingHttpHeaders): boolean {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  return coding !== '' && coding !== 'identity';
}

function isChunked(headers: IncomingHttpHeaders): boolean {
  return /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
}

function describeFile(headers: IncomingHttpHeaders, total: number | null): Representation {
  return {
    total,
    etag: headers.etag ?? null,
    lastModified: strongLastModified(headers),
    contentType: headers['content-type'] ?? null,
  };
}

/** Why a 206 is not the wanted rest, or null when it is. */
function faultOfPartial(
  headers: IncomingHttpHeaders,
  plan: RequestPlan,
  journal: Journal,
): string | null {
  if (/^multipart\//i.test(headers['content-type'] ?? '')) return 'multipart answer';
  if (isCoded(headers)) return `content-encoding ${headers['content-encoding'] ?? ''}`;
  const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(
    headers['content-range']?.trim() ?? '',
  );
  if (range === null) return `content-range ${headers['content-range'] ?? 'missing'}`;
  const [from, to, total] = [Number(range[1]), Number(range[2]), Number(range[3])];
  if (from !== plan.from || to !== total - 1) return `content-range ${range[0]}`;
  if (journal.total !== null && total !== journal.total)
    return `length ${journal.total} became ${total}`;
  const length = readLength(headers);
  if (length !== null && length !== to - from + 1)
    return `content-length ${length} for ${range[0]}`;
  // A careless server answers 206 whatever If-Range says, so the validator must be there and be ours.
  const isTag = plan.ifRange?.startsWith('"') === true;
  const echoed = isTag ? headers.etag : headers['last-modified'];
  if (echoed !== plan.ifRange)
    return `validator ${plan.ifRange ?? ''} became ${echoed ?? 'missing'}`;
  if (!isTag && headers.etag !== undefined) return `an etag appeared: ${headers.etag}`;
  return null;
}

function totalOfPartial(headers: IncomingHttpHeaders): number {
  return Number(/\/(\d+)$/.exec(headers['content-range']?.trim() ?? '')?.[1]);
}

export interface Expectation {
  /** What the file should be, in words ("a JPEG picture"), where a web page could not be it. */
  notAWebPage: string | null;
  /** True when the archive's own size or checksum can tell a whole file from a cut one. */
  canBeMeasured: boolean;
}

function judgeWhole(headers: IncomingHttpHeaders, detail: string, expected: Expectation): Verdict {
  if (isCoded(headers)) return { kind: 'failed', error: badAnswer(`${detail}, coded`) };
  const type = headers['content-type'] ?? '';
  if (
    expected.notAWebPage !== null &&
    /^(text\/html|application\/xhtml\+xml)\b/i.test(type.trim())
  ) {
    return { kind: 'failed', error: webPageInstead(expected.notAWebPage, `${detail}, ${type}`) };
  }
  const total = readLength(headers);
  if (total === null && !isChunked(headers) && !expected.canBeMeasured) {
    return { kind: 'failed', error: unmeasured() };
  }
  return { kind: 'whole', file: describeFile(headers, total) };
}

function judgeStatus(answer: AnswerHead, detail: string, nowMs: number): Verdict {
  const { status, headers } = answer;
  const waitMs = readRetryAfterMs(headers, nowMs);
  if (status === 429 || (status === 503 && waitMs !== null)) {
    return { kind: 'rate-limited', error: slowDown(detail), waitMs };
  }
  if (status >= 500 || status === 408 || status === 425) {
    return { kind: 'retry', error: serverTrouble(detail) };
  }
  if (status >= 400 && status !== 416)
    return { kind: 'failed', error: refusedStatus(status, detail) };
  return { kind: 'retry', error: badAnswer(detail) };
}

/** What to do with an answer to `plan`, given what is on disk. */
export function judgeAnswer(
  plan: RequestPlan,
  journal: Journal,
  answer: AnswerHead,
  expected: Expectation,
  nowMs: number,
): Verdict {
  const detail = `status ${answer.status}${plan.from > 0 ? ` to a range from ${plan.from}` : ''}`;
  if (answer.status === 200) return judgeWhole(answer.headers, detail, expected);
  if (plan.from > 0 && answer.status === 416) return { kind: 'restart', why: detail };
  if (plan.from > 0 && answer.status === 206) {
    const fault = faultOfPartial(answer.headers, plan, journal);
    if (fault !== null) return { kind: 'restart', why: fault };
    const { etag, lastModified, contentType } = journal;
    return {
      kind: 'append',
      file: { etag, lastModified, contentType, total: totalOfPartial(answer.headers) },
    };
  }
  return judgeStatus(answer, detail, nowMs);
}
