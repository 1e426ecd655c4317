/**
 * Runs in plain Node. Questions to AstroBin: their addresses, without key and secret, and how each answer is read. The key
 * is got when a question is really sent; what is kept needs none.
 */
import type { AstrobinParam, AstrobinResource } from '#contract/astrobin.ts';
import { toRef } from '#contract/domain.ts';
import { documentMaxBytes, type Question } from '../../http/documents.ts';
import type { SecretQuery } from '../../http/secret-query.ts';
import { detailAddress, listAddress, schemaAddress, setAddress, type Paging } from './addresses.ts';
import { readWords } from './errors.ts';
import type { WireObject } from './values.ts';
import { readBody, readList, readObject, type WireList } from './wire.ts';

/** Going back and forth must not ask twice for the same: each request counts, and those for pictures count too. */
const freshForS = 10 * 60;

const things: Readonly<Record<AstrobinResource, string>> = {
  image: 'image',
  imagerevision: 'revision',
  imageoftheday: 'image of the day',
  toppick: 'top pick',
  toppicknomination: 'nomination',
  collection: 'collection',
  userprofile: 'user',
  location: 'place',
};

export interface AstrobinQuestions {
  list(
    resource: AstrobinResource,
    params: readonly AstrobinParam[],
    paging: Paging,
  ): Question<WireList>;
  detail(resource: AstrobinResource, id: string): Question<WireObject>;
  /** Several things by number. */
  set(resource: AstrobinResource, ids: readonly string[]): Question<WireList>;
  schema(resource: AstrobinResource): Question<WireObject>;
  /** Any address of version 1, its answer as it is but for key and secret. */
  raw(url: string): Question<RawBody>;
}

export interface RawBody {
  contentType: string | null;
  text: string;
  /** The document in it. */
  value: unknown;
}

/** The questions to the service at an address. `secretQuery` throws where there is no key. */
export function createAstrobinQuestions(
  base: URL,
  secretQuery: () => Promise<SecretQuery>,
): AstrobinQuestions {
  const shared = {
    lane: 'astrobin',
    format: 'bytes',
    accept: 'application/json',
    maxBytes: documentMaxBytes,
    words: readWords,
    secretQuery,
    freshForS,
  } as const;
  const ofList = { ...shared, kind: 'search', subject: null, read: toList } as const;
  const ofObject = { ...shared, kind: 'search', subject: null, read: toObject } as const;
  return {
    list: (resource, params, paging) => ({
      ...ofList,
      url: listAddress(base, resource, params, paging),
    }),
    detail: (resource, id) => ({
      ...ofObject,
      kind: 'record',
      subject: resource === 'image' ? toRef('astrobin', id) : null,
      url: detailAddress(base, resource, id),
      absence: { thing: things[resource], hint: hintFor(resource, id) },
    }),
    set: (resource, ids) => ({ ...ofList, url: setAddress(base, resource, ids) }),
    schema: (resource) => ({ ...ofObject, url: schemaAddress(base, resource) }),
    raw: (url) => ({
      ...shared,
      kind: 'search',
      subject: null,
      url,
      accept: /[?&]format=xml\b/.test(url) ? 'application/xml' : 'application/json',
      absence: { thing: 'resource or record', hint: 'Images since August 2019 go by their hash.' },
      read: toRaw,
    }),
  };
}

function hintFor(resource: AstrobinResource, id: string): string {
  if (resource !== 'image') return 'Check the number; it may have been withdrawn.';
  return /^\d+$/.test(id)
    ? 'Images since August 2019 go by their hash and not by their number; others may have been withdrawn.'
    : 'Check the hash; it may have been withdrawn.';
}

function toList(bytes: Buffer, contentType: string | null): WireList {
  return readList(readBody(bytes, contentType));
}

function toObject(bytes: Buffer, contentType: string | null): WireObject {
  return readObject(readBody(bytes, contentType));
}

function toRaw(bytes: Buffer, contentType: string | null): RawBody {
  return { contentType, text: bytes.toString('utf8'), value: readBody(bytes, contentType) };
}
