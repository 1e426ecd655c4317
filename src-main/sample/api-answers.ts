/**
 * Runs in plain Node, any thread; pure. What the sample archive answers at each address of the API, as
 * values: status and parsed JSON.
 */
import { envelopeOf, fileUrls, folderUrl } from './collection-json.ts';
import type { Host } from './collection-json.ts';
import { indexOfId, recordOf } from './plan.ts';
import type { SamplePlan } from './plan.ts';
import { fileName } from './files.ts';
import type { SampleRecord } from './record.ts';
import type { SearchIndex } from './search-index.ts';
import { findRecords, resultWall, searchParameters, wholeParameter } from './search-query.ts';
import type { Hits, RefusedSearch } from './search-query.ts';
import { albumList } from './vocabulary.ts';
import { countBits, listBits } from './bits.ts';

export interface Answer {
  status: number;
  body: unknown;
}

export interface SampleApi {
  /** Answers a path (decoded segments) and query; null for a path that is not of the API. */
  answer(segments: readonly string[], query: URLSearchParams): Answer | null;
  record(nasaId: string): SampleRecord | null;
  /** Makes the index, which the first search would otherwise wait for. */
  warm(): void;
}

const albumPageSize = 100;
/** Searches whose hits are kept, so that paging need not search again. */
const keptSearches = 8;

function refuse(status: number, reason: string): Answer {
  return { status, body: { reason } };
}

/** What every answer needs. */
interface Archive {
  host: Host;
  plan: SamplePlan;
  index(): SearchIndex;
  find(query: URLSearchParams): Hits | RefusedSearch;
}

function createArchive(host: Host, makeIndex: () => SearchIndex, plan: SamplePlan): Archive {
  let made: SearchIndex | null = null;
  const index = (): SearchIndex => (made ??= makeIndex());
  const searches = new Map<string, Hits | RefusedSearch>();
  return {
    host,
    plan,
    index,
    find(query) {
      const plain = new URLSearchParams(query);
      plain.delete('page');
      plain.delete('page_size');
      const key = plain.toString();
      const kept = searches.get(key);
      if (kept !== undefined) return kept;
      const hits = findRecords(index(), query);
      searches.set(key, hits);
      const oldest = searches.keys().next();
      if (searches.size > keptSearches && oldest.done !== true) searches.delete(oldest.value);
      return hits;
    },
  };
}

function answerSearch(archive: Archive, query: URLSearchParams): Answer {
  if (!searchParameters.some((name) => query.has(name))) {
    return refuse(400, "Expected 'q' text search parameter or other keywords.");
  }
  const page = wholeParameter(query.get('page'), 1, 1);
  const pageSize = wholeParameter(query.get('page_size'), 100, 1);
  if (page === null) return refuse(400, `Invalid page: ${query.get('page') ?? ''}`);
  if (pageSize === null) return refuse(400, `Invalid page_size: ${query.get('page_size') ?? ''}`);
  if (page * pageSize > resultWall) {
    return refuse(
      400,
      'Maximum number of search results have been displayed. Please refine your search.',
    );
  }
  const hits = archive.find(query);
  if ('reason' in hits) return refuse(400, hits.reason);
  const { total } = hits;
  const records = hits
    .list((page - 1) * pageSize, pageSize)
    .map((at) => recordOf(archive.plan, at));
  const body = envelopeOf(archive.host, { path: '/search', query, total, page, pageSize, records });
  return { status: 200, body };
}

function answerAlbum(archive: Archive, name: string, query: URLSearchParams): Answer {
  const page = wholeParameter(query.get('page'), 1, 1);
  if (page === null) return refuse(400, `Invalid page: ${query.get('page') ?? ''}`);
  const value = name === '' ? -1 : albumList.findIndex((one) => one === name);
  const bits = archive.index().withValues('album', value < 0 ? [] : [value]);
  const found = listBits(bits, (page - 1) * albumPageSize, albumPageSize);
  if (found.length === 0) return refuse(404, `No assets found for album="${name}" page=${page}`);
  const body = envelopeOf(archive.host, {
    path: `/album/${encodeURIComponent(name)}`,
    query,
    total: countBits(bits),
    page,
    pageSize: albumPageSize,
    records: found.map((at) => recordOf(archive.plan, at)),
  });
  return { status: 200, body };
}

function answerRecord(archive: Archive, kind: string, nasaId: string): Answer {
  const { host, plan } = archive;
  const at = indexOfId(plan, nasaId);
  if (at === null) return refuse(404, `No assets found for nasa_id="${nasaId}"`);
  const record = recordOf(plan, at);
  if (kind === 'asset') {
    const href = `${host.base}/asset/${encodeURIComponent(nasaId)}`;
    const items = fileUrls(host, record).map((url) => ({ href: url }));
    return { status: 200, body: { collection: { version: host.dialect, href, items } } };
  }
  if (kind === 'metadata') return located(`${folderUrl(host, record)}/metadata.json`);
  if (record.media !== 'video') {
    return refuse(400, `Captions are not available for media_type="${record.media}"`);
  }
  const captions = record.files.find((file) => file.rel === 'captions');
  if (captions === undefined) return refuse(404, `No captions found for nasa_id="${nasaId}"`);
  return located(`${folderUrl(host, record)}/${fileName(record, captions)}`);
}

function located(location: string): Answer {
  return { status: 200, body: { location } };
}

/** The API over an index that is made on first use. */
export function createSampleApi(
  host: Host,
  makeIndex: () => SearchIndex,
  plan: SamplePlan,
): SampleApi {
  const archive = createArchive(host, makeIndex, plan);
  return {
    warm: () => void archive.index(),
    record(nasaId) {
      const at = indexOfId(plan, nasaId);
      return at === null ? null : recordOf(plan, at);
    },
    answer(segments, query) {
      const [kind, name] = segments;
      if (kind === 'search' && segments.length === 1) return answerSearch(archive, query);
      if (name === undefined || segments.length !== 2) return null;
      if (kind === 'album') return answerAlbum(archive, name, query);
      if (kind === 'asset' || kind === 'metadata' || kind === 'captions') {
        return answerRecord(archive, kind, name);
      }
      return null;
    },
  };
}
