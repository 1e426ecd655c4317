/** Runs in plain Node. Makes a document of bytes, or says what came instead. */
import { ExchangeFailure, toArchiveError } from './failures.ts';
import type { BytesAnswer, Lane } from './http-client.ts';

/** Parses JSON. Fails with `ExchangeFailure` ('bad-answer') that names what came. */
export function parseJson(bytes: Buffer, detail: string): unknown {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ExchangeFailure(
      { kind: 'bad-answer', words: describe(text), detail: `${detail} (not JSON)` },
      { cause: error },
    );
  }
}

/** The document in a whole body. Throws `ArchiveError` ('bad-answer') that names what came instead. */
export function readJsonOf({ bytes, detail }: Pick<BytesAnswer, 'bytes' | 'detail'>, lane: Lane) {
  try {
    return parseJson(bytes, detail);
  } catch (error) {
    if (!(error instanceof ExchangeFailure)) throw error;
    throw toArchiveError(error, { lane, tries: 1, elapsedMs: 0 });
  }
}

function describe(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'nothing';
  if (/^<(?:!doctype html|html|head|body|\?xml)/i.test(trimmed)) return 'a web page';
  if (/^[[{]/.test(trimmed) && !/[\]}]$/.test(trimmed)) return 'something cut short';
  return 'something unreadable';
}

const reasonNames = ['reason', 'message', 'error', 'detail', 'error_message'];

/**
 * The archive's own words in the body of an error: `reason` for NASA, `message` for PDS, `error` for
 * AstroBin. Null where it gave none; a web page is never quoted.
 */
export function readReason(bytes: Buffer): string | null {
  const text = bytes.toString('utf8').trim();
  if (text === '' || text.startsWith('<')) return null;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // An archive that answers in plain text still says something.
    return text;
  }
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null) return null;
  for (const name of reasonNames) {
    const value = (body as Record<string, unknown>)[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
