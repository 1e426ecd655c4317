/**
 * Runs in plain Node. The NASA Image and Video Library's API: its addresses, and the one place that asks it.
 * What comes back is the wire's shape; map.ts makes records of it.
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { HttpClient, Lane } from '../../http/http-client.ts';
import { encodeSegment, toAddress } from './hrefs.ts';
import {
  parseLocation,
  parseManifest,
  parseMetadataDocument,
  parsePage,
  type JsonObject,
  type WireItem,
  type WirePage,
} from './wire.ts';

/** The archive lists no window that ends past this result, whatever the total says. */
export const resultCeiling = 10_000;
/** Pages of an album always have this size. */
export const albumPageSize = 100;

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

export interface NasaImagesOptions {
  http: HttpClient;
  /** The API's address, asked anew for each request: live and sample can change places while we run. */
  address: () => { base: URL };
}

export interface NasaImagesClient {
  /** The API's address now. */
  base(): URL;
  /** Throws 'beyond-ceiling' without asking when the page ends past result 10,000. */
  search(
    query: NasaSearchQuery,
    page: number,
    pageSize: number,
    signal: AbortSignal,
  ): Promise<WirePage>;
  /** The record of exactly this id, or null: the archive's own search by id is fuzzy. */
  find(id: string, signal: AbortSignal): Promise<WireItem | null>;
  /** One page (of 100) of an album. The name's case matters; an unknown album is 'not-found'. */
  album(name: string, page: number, signal: AbortSignal): Promise<WirePage>;
  /** Addresses of a record's files, as the archive writes them. */
  manifest(id: string, signal: AbortSignal): Promise<string[]>;
  /** A record's metadata document. */
  metadata(id: string, signal: AbortSignal): Promise<JsonObject>;
  /** Address of a record's captions as the archive writes it, or null where it has none. */
  captions(id: string, signal: AbortSignal): Promise<string | null>;
}

/** Builds the client. */
export function createNasaImagesClient({ http, address }: NasaImagesOptions): NasaImagesClient {
  const ask = async (url: string, lane: Lane, signal: AbortSignal): Promise<unknown> =>
    (await http.getJson({ url, lane, signal, headers: { accept: 'application/json' } })).body;
  const askApi = (path: string, signal: AbortSignal): Promise<unknown> =>
    ask(joinUrl(address().base, path), 'nasa-api', signal);
  const search: NasaImagesClient['search'] = async (query, page, pageSize, signal) => {
    refusePastCeiling(page, pageSize);
    return parsePage(await askApi(`/search?${searchParams(query, page, pageSize)}`, signal));
  };

  return {
    base: () => address().base,
    search,
    find: async (id, signal) => {
      const { items } = await search({ nasa_id: id }, 1, albumPageSize, signal);
      return items.find((item) => item.id === id) ?? null;
    },
    album: async (name, page, signal) => {
      refusePastCeiling(page, albumPageSize);
      return parsePage(await askApi(`/album/${pathSegment(name)}?page=${String(page)}`, signal));
    },
    manifest: async (id, signal) =>
      parseManifest(await askApi(`/asset/${pathSegment(id)}`, signal)),
    metadata: async (id, signal) => {
      const { base } = address();
      const place = parseLocation(await askApi(`/metadata/${pathSegment(id)}`, signal));
      const url = toAddress(place, id, base);
      if (url === null) throw badPlace();
      return parseMetadataDocument(await ask(url, 'nasa-files', signal));
    },
    captions: async (id, signal) => {
      try {
        return parseLocation(await askApi(`/captions/${pathSegment(id)}`, signal));
      } catch (error) {
        // 404: none; 400: a picture, which never has any. Both are answers.
        const isNone =
          error instanceof ArchiveError &&
          (error.code === 'not-found' || error.code === 'refused-by-archive');
        if (isNone) return null;
        throw error;
      }
    },
  };
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

/** The base may have a path of its own, with or without a slash at its end. */
function joinUrl(base: URL, path: string): string {
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}${path}`;
}

/** An id or name as a path segment. Dots alone would climb the path, however they are encoded. */
function pathSegment(text: string): string {
  if (text === '.' || text === '..' || text === '') {
    throw new ArchiveError({
      code: 'not-found',
      message: `NASA has no record named "${text}". Nothing was sent. Check the identifier.`,
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

function badPlace(): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message:
      'NASA gave a place for the metadata that is no address. The rest of the record is right. Try again in a while.',
    retryable: true,
  });
}
