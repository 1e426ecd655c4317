/**
 * Runs in plain Node. What the registry says when it refuses or fails, in whichever of its many shapes: its own
 * words, and which generation of the service wrote them.
 */
import { Parser } from 'htmlparser2';
import { ArchiveError } from '#contract/errors.ts';
import type { PdsDialect } from '#contract/pds.ts';
import { ExchangeFailure, toArchiveError } from '../../http/failures.ts';

export interface ErrorWords {
  /** Null where there are none. */
  words: string | null;
  /** The dialect whose service writes errors this way; null where a framework or a proxy may have written it. */
  dialect: PdsDialect | null;
}

const none: ErrorWords = { words: null, dialect: null };
/** More is no message. */
const longestBody = 64 * 1024;

/** Reads the body of an error. Never throws. */
export function readErrorBody(body: Buffer): ErrorWords {
  const text = body
    .subarray(0, longestBody)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return none;
  if (text.startsWith('{') || text.startsWith('[')) return ofJson(text);
  if (text.startsWith('<')) return /^<(?:\?xml|error\b)/i.test(text) ? ofXml(text) : ofHtml(text);
  if (/^request,message\r?\n/.test(text)) return ofCsv(text);
  const failed = text.indexOf('failed with message:');
  if (failed >= 0) return { words: ofText(text.slice(failed + 20)), dialect: 'current' };
  return { words: text, dialect: null };
}

/** `HttpRequest.words` for the registry. */
export function readWords(body: Buffer): string | null {
  return readErrorBody(body).words;
}

/** The error that a status and a body make, as if the request had gone through the cache. */
export function toPdsError(status: number, body: Buffer, detail: string): ArchiveError {
  const { words } = readErrorBody(body);
  const failure = new ExchangeFailure({ kind: 'status', status, words, detail });
  return toArchiveError(failure, { lane: 'pds-api', tries: 1, elapsedMs: 0, absence });
}

/** What a 404 of the registry says is not there. */
export const absence = {
  thing: 'product',
  hint: 'Check the identifier; only archived and certified products are listed.',
};

/** The status that an error of the door came with; null where there was none. */
export function statusOf(error: unknown): number | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof ExchangeFailure ? (cause.facts.status ?? null) : null;
}

/** What the registry itself said; null where it said nothing. */
export function wordsOf(error: unknown): string | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof ExchangeFailure ? (cause.facts.words ?? null) : null;
}

function ofJson(text: string): ErrorWords {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return ofBrokenJson(text);
  }
  if (typeof body !== 'object' || body === null) return none;
  const said = body as Record<string, unknown>;
  const message = textOr(said['message']);
  // Spring's own: {"timestamp","status","error","path"}, "message" often empty or "No message available".
  if (typeof said['status'] === 'number' || 'timestamp' in said) {
    const isEmpty = message === null || message === 'No message available';
    return { words: isEmpty ? textOr(said['error']) : message, dialect: null };
  }
  return { words: message ?? textOr(said['error']), dialect: 'request' in said ? '1.3' : null };
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** 1.3 pastes the request and the message between quotes as they are: a `"` in the query breaks the JSON. */
function ofBrokenJson(text: string): ErrorWords {
  const mark = '"message"';
  const at = text.lastIndexOf(mark);
  if (at < 0) return { words: text, dialect: null };
  const request = text.indexOf('"request"');
  let rest = text.slice(at + mark.length).replace(/^\s*:\s*"?/, '');
  const next = request > at ? rest.lastIndexOf('"request"') : -1;
  if (next >= 0) rest = rest.slice(0, next);
  const words = rest.replace(/["},\s]+$/, '').trim();
  // A quote that belongs to the message was cut with the closing one where the message ends in it.
  return { words: words === '' ? null : words, dialect: request >= 0 ? '1.3' : null };
}

function ofXml(text: string): ErrorWords {
  const found = collect(text, new Set(['message']), true);
  const words = found.get('message') ?? found.get('error') ?? null;
  return { words, dialect: text.includes('<request') ? '1.3' : null };
}

/** A page of a proxy, or 1.3's own page: its message, else its title and heading. */
function ofHtml(text: string): ErrorWords {
  const found = collect(text, new Set(['title', 'h1', 'p', 'center']), false);
  const words = [...new Set(['title', 'h1', 'p'].map((name) => found.get(name) ?? ''))]
    .filter((part) => part !== '')
    .join('. ');
  return { words: words === '' ? null : words.slice(0, 500), dialect: null };
}

/** Text of the first element of each name. Tolerant, without entities of its own, bounded by the body. */
function collect(text: string, names: ReadonlySet<string>, xmlMode: boolean): Map<string, string> {
  const found = new Map<string, string>();
  let inside: string | null = null;
  const parser = new Parser(
    {
      onopentag: (name) => {
        const local = name.slice(name.lastIndexOf(':') + 1);
        if (inside === null && names.has(local) && !found.has(local)) {
          inside = local;
          found.set(local, '');
        }
      },
      ontext: (piece) => {
        if (inside !== null) found.set(inside, (found.get(inside) ?? '') + piece);
      },
      onclosetag: (name) => {
        if (name.slice(name.lastIndexOf(':') + 1) === inside) inside = null;
      },
    },
    { xmlMode, decodeEntities: true },
  );
  parser.end(text);
  for (const [name, words] of found) found.set(name, words.replace(/\s+/g, ' ').trim());
  return found;
}

/** `request,message` and one row. Neither is quoted, and the request may hold commas; it holds no blank. */
function ofCsv(text: string): ErrorWords {
  const row = text.slice(text.indexOf('\n') + 1).trim();
  const blank = row.search(/\s/);
  const comma = row.lastIndexOf(',', blank < 0 ? row.length : blank);
  const words = row
    .slice(comma + 1)
    .replace(/^"|"$/g, '')
    .trim();
  return { words: words === '' ? null : words, dialect: '1.3' };
}

/** Text of 1.5 and later: an exception's name, the message, a reference for support, and whom to write to. */
function ofText(text: string): string | null {
  const help = text.search(/\n?For assistance,/);
  const words = (help < 0 ? text : text.slice(0, help))
    .trim()
    .replace(/\(ref:[^()]{0,80}\)\s*$/, '')
    .replace(/^(?:[\w.]{1,200}\.)?\w{1,100}Exception:\s*/, '')
    .trim();
  return words === '' ? null : words;
}
