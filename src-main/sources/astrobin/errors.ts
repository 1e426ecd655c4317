/**
 * Runs in plain Node. What the service says when it refuses or fails: JSON or XML with its words escaped for HTML, a web
 * page of the site or of a proxy, one word ("GET") where only that is allowed, or nothing at all.
 */
import { decodeHTML } from 'entities';
import { ArchiveError } from '#contract/errors.ts';
import { ExchangeFailure } from '../../http/failures.ts';
import { readXml } from './read-xml.ts';
import { isObject, textOf } from './values.ts';

const longestWords = 500;
const names = ['error', 'error_message', 'message', 'detail'];

/** `HttpRequest.words` for AstroBin. Never throws. */
export function readWords(body: Buffer): string | null {
  const text = body
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return null;
  if (/^[[{"]/.test(text)) return wordsIn(parsed(() => JSON.parse(text) as unknown)) ?? text;
  if (/^<(?:\?xml|response\b|object\b)/i.test(text)) return wordsIn(parsed(() => readXml(text)));
  return text.startsWith('<') ? titleOf(text) : text;
}

function parsed(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}

/** The words in a value: themselves, a list of them, or under one of the usual names; `{"title": ["…"]}` counts too. */
function wordsIn(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return textOf(unescaped(value), longestWords);
  if (depth > 3) return null;
  if (Array.isArray(value)) {
    const all = value.flatMap((entry) => wordsIn(entry, depth + 1) ?? []);
    return textOf(all.join(' '), longestWords);
  }
  if (!isObject(value)) return null;
  const named = names
    .map((name) => wordsIn(value[name], depth + 1))
    .find((words) => words !== null);
  return named ?? null;
}

/** "&gt;= 0" is ">= 0". */
function unescaped(text: string): string {
  return decodeHTML(text);
}

/** What a web page is called, or its first heading. */
function titleOf(page: string): string | null {
  const match =
    /<title[^>]{0,200}>([^<]{1,500})/i.exec(page) ?? /<h1[^>]{0,200}>([^<]{1,500})/i.exec(page);
  return textOf(unescaped(match?.[1] ?? '').replace(/\s+/g, ' '), longestWords);
}

/** The status that an error of the door came with; null where there was none. */
export function statusOf(error: unknown): number | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof ExchangeFailure ? (cause.facts.status ?? null) : null;
}

/** The error of a request for which there is no key. Nothing was sent. */
export function keyMissing(): ArchiveError {
  return new ArchiveError({
    code: 'key-needed',
    message:
      'AstroBin wants a key with its secret, and has not been given both. Nothing was sent. What you’ve kept still opens; enter a key in Settings for the rest.',
    retryable: false,
  });
}
