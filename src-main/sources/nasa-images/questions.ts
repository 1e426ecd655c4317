/**
 * Runs in plain Node. The NASA Image and Video Library's questions: the address of each, and how its answer is
 * read. Who answers, the network or the cache, is not known here.
 */
import { toRef, type NasaSearchQuery } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { Question } from '../../http/documents.ts';
import { encodeSegment } from './hrefs.ts';
import {
  parseLocation,
  parseManifest,
  parseMetadataDocument,
  parsePage,
  parseStoredItem,
  type JsonObject,
  type WireItem,
  type WirePage,
} from './wire.ts';

/** The archive lists no window that ends past this result, whatever the total says. */
export const resultCeiling = 10_000;
/** Pages of an album always have this size. */
export const albumPageSize = 100;

/** Larger caption files are refused: hours of talk are below 1 MB. */
const captionsMaxBytes = 16 * 1024 * 1024;

const searchNames = [
  'q',
  'center',
  'description',
  'description_508',
  'keywords',
  'location',
  'media_type',
  'nasa_id',
  'photographer',
  'secondary_creator',
  'title',
  'year_start',
  'year_end',
] as const satisfies readonly (keyof NasaSearchQuery)[];

export interface NasaQuestions {
  /** Throws 'beyond-ceiling' when the page ends past result 10,000. */
  search(query: NasaSearchQuery, page: number, pageSize: number): Question<WirePage>;
  /** One page (of 100) of an album. The name's case matters. */
  album(name: string, page: number): Question<WirePage>;
  /** The search that finds the record of an id, among others: it is fuzzy. */
  find(id: string): Question<WirePage>;
  /** Addresses of a record's files, as the archive writes them. */
  manifest(id: string): Question<string[]>;
  /** Where a record's metadata document lies. */
  metadataPlace(id: string): Question<string>;
  /** The metadata document at an address. */
  metadata(id: string, url: string): Question<JsonObject>;
  /** Where a record's captions lie; absence is an answer. */
  captionsPlace(id: string): Question<string>;
  /** A caption file as it is: bytes, and the type that the server calls them. */
  captions(id: string, url: string): Question<{ bytes: Buffer; contentType: string | null }>;
  /** The record as it came in a list. Never asked over the network: see `Documents.keep`. */
  seen(id: string): Question<WireItem>;
}

/** The questions to the archive at an address. */
export function createNasaQuestions(base: URL): NasaQuestions {
  const api = (path: string): string => `${base.origin}${base.pathname.replace(/\/+$/, '')}${path}`;
  const search: NasaQuestions['search'] = (query, page, pageSize) => {
    refusePastCeiling(page, pageSize);
    return {
      url: api(`/search?${searchParams(query, page, pageSize)}`),
      lane: 'nasa-api',
      kind: 'search',
      subject: null,
      format: 'json',
      read: parsePage,
    };
  };
  return {
    search,
    album: (name, page) => {
      refusePastCeiling(page, albumPageSize);
      return {
        url: api(`/album/${pathSegment(name, 'album')}?page=${String(page)}`),
        lane: 'nasa-api',
        kind: 'album',
        subject: null,
        absence: {
          thing: page === 1 ? 'album' : 'album, or not so many pages of it',
          hint: 'Check the name: capitals and hyphens count.',
        },
        format: 'json',
        read: parsePage,
      };
    },
    find: (id) => ({
      ...search({ nasa_id: id }, 1, albumPageSize),
      ...ofRecord(id),
      read: parsePage,
    }),
    manifest: (id) => ({
      ...ofRecord(id),
      url: api(`/asset/${pathSegment(id)}`),
      lane: 'nasa-api',
      read: parseManifest,
    }),
    metadataPlace: (id) => ({
      ...ofRecord(id),
      url: api(`/metadata/${pathSegment(id)}`),
      lane: 'nasa-api',
      isAbsenceKept: true,
      read: parseLocation,
    }),
    metadata: (id, url) => ({
      ...ofRecord(id),
      url,
      lane: 'nasa-files',
      read: parseMetadataDocument,
    }),
    captionsPlace: (id) => ({
      ...ofRecord(id),
      url: api(`/captions/${pathSegment(id)}`),
      lane: 'nasa-api',
      isAbsenceKept: true,
      read: parseLocation,
    }),
    captions: (id, url) => ({
      url,
      lane: 'nasa-files',
      kind: 'captions',
      subject: toRef('nasa-images', id),
      absence: { thing: 'caption file', hint: 'It may have been withdrawn.' },
      format: 'bytes',
      maxBytes: captionsMaxBytes,
      read: (bytes, contentType) => ({ bytes, contentType }),
    }),
    seen: (id) => ({
      ...ofRecord(id),
      url: `${api('/')} seen ${id}`,
      lane: 'nasa-api',
      read: parseStoredItem,
    }),
  };
}

function ofRecord(id: string) {
  return { kind: 'record', subject: toRef('nasa-images', id), format: 'json' } as const;
}

/** The query as the API takes it; empty parameters are left out, as they would match nothing. */
export function searchParams(query: NasaSearchQuery, page: number, pageSize: number): string {
  const params = new URLSearchParams();
  for (const name of searchNames) {
    const value = query[name]?.trim();
    if (value !== undefined && value !== '') params.set(name, value);
  }
  params.set('page', String(page));
  params.set('page_size', String(pageSize));
  return params.toString();
}

/** An id or name as a path segment. Dots alone would climb the path, however they are encoded. */
function pathSegment(text: string, thing = 'record'): string {
  if (text === '.' || text === '..' || text === '') {
    throw new ArchiveError({
      code: 'not-found',
      message: `NASA has no ${thing} named "${text}". Nothing was sent. Check the ${thing === 'record' ? 'identifier' : 'name'}.`,
      retryable: false,
    });
  }
  return encodeSegment(text);
}

function refusePastCeiling(page: number, pageSize: number): void {
  if (page * pageSize <= resultCeiling) return;
  throw new ArchiveError({
    code: 'beyond-ceiling',
    message:
      'NASA lists only the first 10,000 results of a search. Nothing was sent; what was found so far stays. Narrow the search, by years for example, to see the others.',
    retryable: false,
  });
}
