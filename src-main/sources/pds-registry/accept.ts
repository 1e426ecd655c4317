/**
 * Runs in plain Node. The registry's media types: which one fits which use, and one reading of all of them. Exactly
 * one type goes into Accept, always: 1.3 fails without it, and doesn't trim what follows a comma.
 */
import { parseJson } from '../../http/read-json.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json-types.ts';
import { readXml } from './read-xml.ts';
import { notProducts, type WireList } from './wire.ts';

export const mediaTypes = [
  'application/json',
  'application/kvp+json',
  'application/vnd.nasa.pds.pds4+json',
  'application/vnd.nasa.pds.pds4+xml',
  'application/xml',
  'text/xml',
  'text/csv',
  'application/csv',
  'text/html',
  '*/*',
  '*',
] as const;
export type MediaType = (typeof mediaTypes)[number];

export type Use =
  /** Products as they are shown. */
  | 'products'
  /** A few fields and nothing else: 1.3 adds its minimal set to every other JSON. */
  | 'fields'
  /** The label as it was archived. */
  | 'label'
  /** Blobs come only as csv or kvp+json, and only when named. */
  | 'blobs';

/** The type that fits a use. */
export function acceptFor(use: Use): MediaType {
  switch (use) {
    case 'products':
      return 'application/json';
    case 'fields':
    case 'blobs':
      return 'application/kvp+json';
    case 'label':
      return 'application/vnd.nasa.pds.pds4+xml';
  }
}

/**
 * Reads products in any of the registry's types. `asked` is the type that was asked for: what the service calls its
 * answers is often another (kvp as application/json, csv as text/plain), so the body itself decides between the
 * families. One product without a list is a list of one, without hits.
 * @throws ArchiveError ('bad-answer') for what is none of them.
 */
export function readProducts(bytes: Buffer, asked: MediaType): WireList {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text.startsWith('<')) {
    if (/^<!doctype html|^<html/i.test(text)) throw notProducts('a web page');
    return readXml(text);
  }
  if (text.startsWith('{') || text.startsWith('[')) {
    return readJson(json(bytes), asked === 'application/kvp+json');
  }
  if (asked === 'text/csv' || asked === 'application/csv') return readCsv(text);
  throw notProducts(text === '' ? 'nothing' : 'something unreadable');
}

function json(bytes: Buffer): unknown {
  try {
    return parseJson(bytes, '');
  } catch {
    throw notProducts('something cut short');
  }
}
