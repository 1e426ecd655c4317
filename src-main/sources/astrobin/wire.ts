/**
 * Runs in plain Node. What the service sends, JSON and XML alike: lists, single things, sets. A row that is no object is
 * counted and skipped; unknown fields are kept.
 */
import { ArchiveError } from '#contract/errors.ts';
import { parseJson } from '../../http/read-json.ts';
import { ExchangeFailure, toArchiveError } from '../../http/failures.ts';
import { readXml } from './read-xml.ts';
import { countOf, isObject, listOf, type WireObject } from './values.ts';

export interface WireList {
  rows: WireObject[];
  /** Rows that are none. */
  unreadable: number;
  /** As the service counts; null where it does not say (sets). */
  total: number | null;
  limit: number | null;
  offset: number | null;
  /** False also where the service says nothing. `meta.next` itself is never followed: it repeats the key. */
  hasNext: boolean;
  /** Numbers of a set that the service does not have. */
  notFound: string[];
}

/** Makes a value of a body in either format. Throws `ArchiveError` ('bad-answer') for what is neither. */
export function readBody(bytes: Buffer, contentType: string | null): unknown {
  const start = bytes
    .subarray(0, 100)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  const isXml =
    /\bxml\b/i.test(contentType ?? '') || /^<(?:\?xml|response\b|object\b)/i.test(start);
  if (isXml && !/^<!doctype html|^<html/i.test(start)) return readXml(bytes.toString('utf8'));
  try {
    return parseJson(bytes, 'answer');
  } catch (error) {
    if (!(error instanceof ExchangeFailure)) throw error;
    throw toArchiveError(error, { lane: 'astrobin', tries: 1, elapsedMs: 0 });
  }
}

/** Reads a list or a set. Throws 'bad-answer' when it is neither. */
export function readList(body: unknown): WireList {
  if (!isObject(body) || !Array.isArray(body['objects'])) throw badAnswer('a list');
  const meta = isObject(body['meta']) ? body['meta'] : {};
  const all = listOf(body['objects']);
  const rows = all.filter(isObject);
  const next = meta['next'];
  return {
    rows,
    unreadable: all.length - rows.length,
    total: countOf(meta['total_count']),
    limit: countOf(meta['limit']),
    offset: countOf(meta['offset']),
    hasNext: typeof next === 'string' && next !== '',
    notFound: listOf(body['not_found']).map(String),
  };
}

/** Reads one thing. Throws 'bad-answer' when it is none. */
export function readObject(body: unknown): WireObject {
  if (!isObject(body)) throw badAnswer('a record');
  return body;
}

/** The error of an answer that is not what was asked for. */
export function badAnswer(expected: string): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message: `AstroBin answered with something that isn’t ${expected}. Nothing was lost. Try again in a while.`,
    retryable: true,
  });
}
