/**
 * Runs in plain Node, for tests only. Which recorded answer belongs to a request; where none was
 * recorded, an answer derived from the recorded records, or the archive's refusal. A search narrowed by
 * media type, years or centre is derived by narrowing what was recorded.
 */
import { recordedNames } from './recordings.ts';
import type { RecordedItem, RecordedLink, RecordedSearch, Recordings } from './recordings.ts';

export interface ReplayAnswer {
  status: number;
  body: Buffer;
  /** Whether the bytes are those of a recording. */
  origin: 'recorded' | 'derived';
}

const filesHost = 'https://images-assets.nasa.gov';
const apiHost = 'http://images-api.nasa.gov';

function derived(status: number, value: unknown): ReplayAnswer {
  return { status, body: Buffer.from(JSON.stringify(value)), origin: 'derived' };
}

function recorded(recordings: Recordings, name: string, status = 200): ReplayAnswer {
  const body = recordings.files.get(name);
  return body === undefined
    ? derived(404, { reason: `Not among the recorded answers: ${name}` })
    : { status, body, origin: 'recorded' };
}

const allMedia = ['image', 'video', 'audio'];

/** Parameters that differ from what the archive takes when they are absent. */
function spoken(query: URLSearchParams): Map<string, string> {
  const said = new Map(query);
  if (said.get('page') === '1') said.delete('page');
  if (said.get('page_size') === '100') said.delete('page_size');
  const media = said.get('media_type')?.split(',') ?? [];
  if (allMedia.every((one) => media.includes(one))) said.delete('media_type');
  return said;
}

function narrowed(search: RecordedSearch, said: ReadonlyMap<string, string>): ReplayAnswer {
  const media = said.get('media_type')?.split(',');
  const centre = said.get('center');
  const [first, last] = [Number(said.get('year_start') ?? 0), Number(said.get('year_end') ?? 9999)];
  const size = Number(said.get('page_size') ?? 100);
  const page = Number(said.get('page') ?? 1);
  const fits = (item: RecordedItem): boolean => {
    const [data] = item.data;
    const year = Number(String(data['date_created']).slice(0, 4));
    return (
      (media === undefined || media.includes(data.media_type)) &&
      (centre === undefined || data['center'] === centre) &&
      year >= first &&
      year <= last
    );
  };
  const items = search.collection.items.filter(fits);
  if (page > 1 && (page - 1) * size >= items.length) {
    return derived(404, {
      reason: `Not among the recorded answers: page ${page} of ${search.collection.href}`,
    });
  }
  const query = new URLSearchParams([...said]);
  return derived(200, {
    collection: {
      version: search.collection.version,
      href: `${apiHost}/search?${query.toString()}`,
      items: items.slice((page - 1) * size, page * size),
      metadata: { total_hits: items.length },
    },
  });
}

function answerSearch(recordings: Recordings, query: URLSearchParams): ReplayAnswer {
  if ([...query.keys()].length === 0) {
    return derived(400, { reason: "Expected 'q' text search parameter or other keywords." });
  }
  const said = spoken(query);
  const q = said.get('q')?.trim().toLowerCase();
  const id = said.get('nasa_id');
  if (id === 'PIA24439' || q === 'pia24439') return recorded(recordings, recordedNames.footprint);
  const item = id === undefined ? undefined : recordings.items.get(id);
  if (item !== undefined) {
    const items = [item];
    const href = `${apiHost}/search?${query.toString()}`;
    return derived(200, {
      collection: { version: '1.1', href, items, metadata: { total_hits: 1 } },
    });
  }
  if (q === 'apollo') {
    if (said.size === 1) return recorded(recordings, recordedNames.apollo);
    return narrowed(recordings.search(recordedNames.apollo), said);
  }
  if (q === 'stars') {
    // Recorded with images only; without that filter it is the best that is known.
    const rest = new Map(
      [...said].filter(([name, value]) => name !== 'media_type' || value !== 'image'),
    );
    if (rest.size === 1) return recorded(recordings, recordedNames.stars);
    return narrowed(recordings.search(recordedNames.stars), said);
  }
  return recorded(recordings, recordedNames.nothing);
}

function answerAlbum(recordings: Recordings, name: string, query: URLSearchParams): ReplayAnswer {
  const page = query.get('page') ?? '1';
  if (name === 'Apollo-at-50' && page === '1') return recorded(recordings, recordedNames.album);
  if (name === 'invalid-album' && page === '1')
    return recorded(recordings, recordedNames.noAlbum, 404);
  return derived(404, { reason: `No assets found for album="${name}" page=${page}` });
}

/** Links of a record as its asset list has them: http, original first, metadata last. */
function manifestOf(item: RecordedItem): string[] {
  const [data] = item.data;
  const folder = `${filesHost}/${data.media_type}/${data.nasa_id}`;
  const links = (item.links ?? []).map((link: RecordedLink) => link.href);
  return [...links, `${folder}/metadata.json`].map((href) => href.replace(/^https:/, 'http:'));
}

function namesWith(recordings: Recordings, folder: string, id: string): string | undefined {
  return [...recordings.files.keys()].find(
    (name) => name.startsWith(folder) && name.includes(`.${id}.`),
  );
}

function answerRecord(recordings: Recordings, kind: string, id: string): ReplayAnswer {
  const item = recordings.items.get(id);
  const manifest = namesWith(recordings, 'asset-manifests/asset.', id);
  const metadata = namesWith(recordings, 'metadata/', id);
  if (kind === 'asset' && manifest !== undefined) return recorded(recordings, manifest);
  if (item === undefined && metadata === undefined) {
    return derived(404, { reason: `No assets found for nasa_id="${id}"` });
  }
  const media = item?.data[0].media_type ?? 'image';
  if (kind === 'metadata')
    return derived(200, { location: `${filesHost}/${media}/${id}/metadata.json` });
  if (kind === 'asset') {
    const items = (item === undefined ? [] : manifestOf(item)).map((href) => ({ href }));
    return derived(200, { collection: { version: '1.1', href: `${apiHost}/asset/${id}`, items } });
  }
  if (media !== 'video') return derived(400, { reason: 'Captions are only available for videos' });
  const captions = item?.links?.find((link) => link.rel === 'captions');
  if (captions === undefined)
    return derived(404, { reason: `No captions found for nasa_id="${id}"` });
  return derived(200, { location: captions.href });
}

/** The answer of the API, or null for a path that it does not have. */
export function answerApi(
  recordings: Recordings,
  segments: readonly string[],
  query: URLSearchParams,
): ReplayAnswer | null {
  const [kind = '', name] = segments;
  if (kind === 'search' && name === undefined) return answerSearch(recordings, query);
  if (name === undefined || segments.length !== 2) return null;
  if (kind === 'album') return answerAlbum(recordings, name, query);
  if (kind === 'asset' || kind === 'metadata' || kind === 'captions')
    return answerRecord(recordings, kind, name);
  return null;
}

/** collection.json or metadata.json of a record on the file host; null when nothing is known of it. */
export function answerDocument(
  recordings: Recordings,
  id: string,
  name: string,
): ReplayAnswer | null {
  const item = recordings.items.get(id);
  if (name === 'metadata.json') {
    const file = namesWith(recordings, 'metadata/', id);
    if (file !== undefined) return recorded(recordings, file);
    if (item === undefined) return null;
    const { nasa_id, title, media_type, keywords = [] } = item.data[0];
    return derived(200, {
      'AVAIL:NASAID': nasa_id,
      'AVAIL:Title': title,
      'AVAIL:MediaType': media_type,
      'AVAIL:Keywords': keywords,
    });
  }
  const excerpt = [...recordings.files.keys()].find(
    (file) =>
      file.startsWith('asset-manifests/collection.json.video.') &&
      id.startsWith(file.split('.')[3] ?? '?'),
  );
  if (excerpt !== undefined) return recorded(recordings, excerpt);
  return item === undefined ? null : derived(200, manifestOf(item));
}
