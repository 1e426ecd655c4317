/**
 * Runs in plain Node, for tests only. AstroBin's version 1 on a loopback port over invented rows, with the habits that a
 * client meets: 401 without a body, key and secret repeated in pages and redirects, limits capped, names that it does not
 * know left out, numbers that are not found, pictures behind redirects.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startFaultServer, type FaultServer } from './fault-server.ts';

export type Row = Record<string, unknown>;

export interface AstrobinServerOptions {
  key: string;
  secret: string;
  images?: number;
  /** Whether a search by subject stops at 100 before it looks at dates, or after. */
  ceiling?: 'first' | 'last';
}

export interface AstrobinServer {
  base: string;
  server: FaultServer;
  /** Paths and queries asked for, without key and secret. */
  asked(): string[];
  /** Answers the next requests so, whatever they are; null for the service's own ways again. */
  failWith(answer: { status: number; body: string; type?: string } | null): void;
  images: Row[];
  close(): Promise<void>;
}

const firstMs = Date.UTC(2012, 3, 10);
const hourMs = 3_600_000;
/** The first bytes of a JPEG, and that will do. */
const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('picture')]);

/** Rows of the service's shape; the first one is of the days before hashes. */
export function makeImageRow(index: number, base: string): Row {
  const hash = index === 0 ? null : `h${index.toString(36).padStart(5, '0')}`;
  const place = `${base}/${hash ?? String(index + 1)}/0/rawthumb`;
  const aliases = ['thumb', 'gallery', 'regular', 'hd', 'real', 'histogram'];
  const uploaded = new Date(firstMs + index * 8 * hourMs).toISOString().slice(0, 19);
  return {
    ...{
      id: index + 1,
      hash,
      title: `Frame ${String(index)}`,
      user: index % 2 === 0 ? 'anna' : 'bert',
    },
    ...{
      w: 1600 + index,
      h: 1200,
      license: 4,
      license_name: 'ATTRIBUTION',
      is_final: index % 3 === 0,
    },
    ...{ description: '[b]Clear[/b] night & good seeing', uploaded, published: uploaded },
    ...{ updated: uploaded, ra: '50.655', dec: '-37.170', radius: '0.419', pixscale: '1.270' },
    ...{
      orientation: '312.326',
      solution_status: 'SUCCESS',
      is_solved: true,
      subjects: [index % 4 === 3 ? 'NGC 1976' : 'M 31'],
    },
    ...{ imaging_telescopes: ['Tube'], imaging_cameras: ['Chip'], animated: false, views: 3 },
    ...{ likes: 1, bookmarks: 0, comments: 0, link: null, link_to_fits: null, locations: [] },
    ...{ revisions: index === 1 ? ['/api/v1/imagerevision/7/'] : [], url_skyplot: null },
    ...{ resource_uri: `/api/v1/image/${String(index + 1)}/`, data_source: null },
    ...Object.fromEntries(aliases.map((alias) => [`url_${alias}`, `${place}/${alias}/`])),
  };
}

/** Starts it. */
export async function startAstrobinServer(options: AstrobinServerOptions): Promise<AstrobinServer> {
  let failure: Parameters<AstrobinServer['failWith']>[0] = null;
  const server = await startFaultServer((request, response) => {
    if (failure !== null) {
      response.writeHead(failure.status, { 'content-type': failure.type ?? 'application/json' });
      response.end(failure.body);
      return;
    }
    answer(request, response, { ...options, images });
  });
  const images = Array.from({ length: options.images ?? 60 }, (_, index) =>
    makeImageRow(index, server.base),
  );
  return {
    base: server.base,
    server,
    images,
    asked: () => server.requests.map(({ url }) => url.replace(/[?&]api_(?:key|secret)=[^&]*/g, '')),
    failWith: (next) => {
      failure = next;
    },
    close: () => server.close(),
  };
}

type World = Omit<AstrobinServerOptions, 'images'> & { images: Row[] };

function answer(request: IncomingMessage, response: ServerResponse, world: World): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
    const text = body === null ? '' : JSON.stringify(body);
    const type = body === null ? 'text/html; charset=utf-8' : 'application/json';
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-cache', ...headers });
    response.end(text);
  };
  const shown = /^\/([^/]+)\/([^/]+)\/rawthumb\/([a-z]+)\/$/.exec(url.pathname);
  if (shown !== null) {
    send(302, null, { location: `/cdn/${shown.slice(1).join('-')}.jpg${url.search}` });
    return;
  }
  if (url.pathname.startsWith('/cdn/')) {
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
    return;
  }
  const isKnown =
    url.searchParams.get('api_key') === world.key &&
    url.searchParams.get('api_secret') === world.secret;
  if (url.pathname !== '/api/v1/' && !isKnown) {
    send(401, null);
    return;
  }
  if (!url.pathname.endsWith('/')) {
    send(301, null, { location: `${url.pathname}/${url.search}` });
    return;
  }
  const [resource = '', id = null, ids = ''] = url.pathname.slice('/api/v1/'.length).split('/');
  if (resource === '') send(200, { image: { list_endpoint: '/api/v1/image/' } });
  else if (id === 'schema') send(200, { fields: { id: { type: 'integer' } } });
  else if (id === 'set') send(200, setOf(resource, ids.split(';'), world));
  else if (id !== null && id !== '') {
    const row = detailOf(resource, id, world);
    send(row === undefined ? 404 : 200, row ?? null);
  } else listOf(resource, url, world, send);
}

function rowsOf(resource: string, { images }: World): Row[] {
  if (resource === 'image') return images.toReversed();
  if (resource === 'imageoftheday') {
    return images.slice(0, 30).map((image, back) => ({
      date: new Date(Date.UTC(2022, 2, 1) - back * 24 * hourMs).toISOString().slice(0, 10),
      image: `/api/v1/image/${String(image['hash'] ?? image['id'])}`,
      runnerup_1: back === 1 ? '/api/v1/image/3/' : null,
      runnerup_2: null,
    }));
  }
  if (resource === 'imagerevision') {
    return [
      { id: 7, label: 'B', title: 'Again', is_final: true, w: 10, h: 5, image: '/api/v1/image/2/' },
    ];
  }
  if (resource === 'userprofile') {
    return [
      { id: 5, username: 'anna', real_name: 'Anna', image_count: 30, website: 'anna.example' },
    ];
  }
  if (resource === 'collection') {
    return [{ id: 4, name: 'Messier', user: 'anna', images: ['/api/v1/image/h00001'] }];
  }
  return resource === 'location' ? [{ id: 1, name: 'Home', country: 'CH', altitude: 436 }] : [];
}

function detailOf(resource: string, id: string, world: World): Row | undefined {
  // A number finds only what has no hash.
  return rowsOf(resource, world).find((row) =>
    (row['hash'] ?? null) === null ? String(row['id']) === id : row['hash'] === id,
  );
}

function setOf(resource: string, ids: string[], world: World): Row {
  const objects = rowsOf(resource, world).filter((row) => ids.includes(String(row['id'])));
  const missing = ids.filter((id) => !objects.some((row) => String(row['id']) === id));
  return { objects, ...(missing.length === 0 ? {} : { not_found: missing }) };
}

function listOf(
  resource: string,
  url: URL,
  world: World,
  send: (status: number, body: unknown) => void,
): void {
  const { searchParams: query } = url;
  if (query.has('w__lt') && !/^\d+$/.test(query.get('w__lt') ?? '')) {
    send(400, { error: 'Invalid &quot;w&quot; &gt;= 0, please' });
    return;
  }
  const rows = filtered(rowsOf(resource, world), query, world.ceiling ?? 'last');
  const asked = Number(query.get('limit') ?? 20);
  const limit = asked === 0 || asked > 25 ? 25 : asked;
  const offset = Number(query.get('offset') ?? 0);
  const pageAt = (place: number): string => {
    const params = new URLSearchParams(query);
    params.set('limit', String(limit));
    params.set('offset', String(place));
    return `${url.pathname}?${params.toString()}`;
  };
  const next = offset + limit < rows.length ? pageAt(offset + limit) : null;
  const previous = offset - limit < 0 ? null : pageAt(offset - limit);
  const meta = { limit, next, offset, previous, total_count: rows.length };
  send(200, { meta, objects: rows.slice(offset, offset + limit) });
}

function filtered(rows: Row[], query: URLSearchParams, ceiling: 'first' | 'last'): Row[] {
  const isSubject = query.has('subjects');
  const subject = query.get('subjects')?.replace(/^(M|NGC)(\d)/, '$1 $2') ?? '';
  const held = rows.filter(({ subjects }) => !isSubject || String(subjects).includes(subject));
  const start = isSubject && ceiling === 'first' ? held.slice(0, 100) : held;
  const when = (text: unknown): number => Date.parse(`${String(text).replace(' ', 'T')}Z`);
  const found = start.filter((row) => {
    const at = when(row['uploaded']);
    const [from, to] = [query.get('uploaded__gte'), query.get('uploaded__lt')];
    const word = query.get('title__icontains')?.toLowerCase() ?? '';
    return (
      (from === null || at >= when(from)) &&
      (to === null || at < when(to)) &&
      String(row['title']).toLowerCase().includes(word) &&
      (query.get('user') ?? row['user']) === row['user'] &&
      (query.get('username') ?? row['username']) === row['username'] &&
      (!query.has('ids') || query.get('ids')?.split(',').includes(String(row['id'])) === true)
    );
  });
  return isSubject ? found.slice(0, 100) : found;
}
