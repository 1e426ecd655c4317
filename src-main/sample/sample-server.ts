/**
 * Runs in plain Node: in the sample archive's worker thread, in tests and in a process of its own. The
 * NASA API below `/`, its files below `/assets/`, the PDS registry and its files below `/pds/`, AstroBin below
 * `/astrobin/`, on one loopback port.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSampleApi } from './api-answers.ts';
import type { Answer, SampleApi } from './api-answers.ts';
import { createAstrobinDoor, sitePath } from './astrobin/astrobin-door.ts';
import type { AstrobinDoor } from './astrobin/astrobin-door.ts';
import { makeCaptions } from './caption-text.ts';
import { fileUrls } from './collection-json.ts';
import type { Dialect, Host } from './collection-json.ts';
import { metadataOf } from './metadata-document.ts';
import { createPainters } from './painters.ts';
import type { Painters } from './painters.ts';
import { createGeneratedCatalogue } from './pds/generated-catalogue.ts';
import { createPdsDoor, filesPath, registryPath, searchPath } from './pds/pds-door.ts';
import type { PdsDoor } from './pds/pds-door.ts';
import { planOf } from './plan.ts';
import type { SamplePlan } from './plan.ts';
import { fileName } from './files.ts';
import type { SampleFile } from './files.ts';
import type { SampleRecord } from './record.ts';
import { createSearchIndex } from './search-index.ts';
import { serveBytes } from './serve-bytes.ts';
import type { ServedFile } from './serve-bytes.ts';

/** Part of every ETag: raised whenever a drawing or an encoding changes, so that no cache keeps an old one. */
export const sampleVersion = 2;

export interface SampleServerOptions {
  /** Number of records. */
  size: number;
  seed: number;
  /** Records that share every searchable field, the last of all: nothing tells them apart. 0, the usual, is none. */
  lump?: number;
  /** Entry of the worker that draws (sample-worker). */
  workerUrl: URL;
  dialect?: Dialect;
  /** 0, the usual, takes any free port. */
  port?: number;
  /** What the registry's health check reports; none, the usual, is good health. */
  pdsFailures?: readonly string[];
  /** Milliseconds since 1970, for the image of the day; the computer's clock unless told. */
  now?: () => number;
}

export interface SampleServer {
  /** `http://127.0.0.1:PORT`. */
  base: string;
  /** The registry as 1.3 speaks, and as the service of 2026 does. */
  pdsBase: string;
  pdsCurrentBase: string;
  /** AstroBin's site: its version 1 is at `/api/v1/` below. */
  astrobinBase: string;
  close(): Promise<void>;
}

const types: Readonly<Record<SampleFile['extension'], string>> = {
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  jpg: 'image/jpeg',
  png: 'image/png',
  tif: 'image/tiff',
  wav: 'audio/x-wav',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
};

/**
 * Decodes a segment of a path, leaving alone what is no escape: clients that send `100% sky` as it is
 * listed are understood, as the archive's own store does.
 */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment.replace(/(?:%[0-9a-f]{2})+/gi, (escape) => {
      try {
        return decodeURIComponent(escape);
      } catch {
        return escape;
      }
    });
  }
}

function sendJson(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(JSON.stringify(answer.body));
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers: Record<string, string | number> = { 'access-control-allow-origin': '*' };
  if (answer.status === 200) {
    headers['cache-control'] = 'public, max-age=300, s-maxage=600';
    headers['etag'] = etag;
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
  }
  headers['content-type'] = 'application/json';
  headers['content-length'] = body.length;
  response.writeHead(answer.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

interface Shelf {
  host: Host;
  plan: SamplePlan;
  api: SampleApi;
  painters: Painters;
  /** Folder of the films and sounds that records share. */
  mediaUrl: URL;
  pds: PdsDoor;
  astrobin: AstrobinDoor;
}

/** A date in the past that is a record's own: when its files were last changed. */
function modifiedAt(record: SampleRecord): string {
  return new Date(Date.UTC(2024, 0, 1) + (record.picture.seed % 31_536_000) * 1000).toUTCString();
}

function smallFile(record: SampleRecord, type: string, content: string | Buffer): ServedFile {
  const bytes = Buffer.from(content);
  return {
    sizeBytes: bytes.length,
    type,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    lastModified: modifiedAt(record),
    read: () => Promise.resolve(bytes),
  };
}

/** A file below `/assets/{media}/{nasa_id}/`; null when there is none of that name. */
function findFile(shelf: Shelf, media: string, nasaId: string, name: string): ServedFile | null {
  const record = shelf.api.record(nasaId);
  if (record?.media !== media) return null;
  if (name === 'collection.json') {
    return smallFile(record, 'application/json', JSON.stringify(fileUrls(shelf.host, record)));
  }
  if (name === 'metadata.json') {
    return smallFile(record, 'application/json', JSON.stringify(metadataOf(record), null, 1));
  }
  const file = record.files.find((one) => fileName(record, one) === name);
  if (file === undefined) return null;
  if (file.extension === 'srt' || file.extension === 'vtt') {
    return smallFile(record, types[file.extension], makeCaptions(record, file.extension));
  }
  const mark = `${sampleVersion} ${shelf.plan.seed} ${record.index} ${name}`;
  return {
    sizeBytes: file.sizeBytes,
    type: types[file.extension],
    etag: `"${createHash('sha256').update(mark).digest('base64url').slice(0, 22)}"`,
    lastModified: modifiedAt(record),
    read: (gone) =>
      file.shared === null
        ? shelf.painters.make({ plan: shelf.plan, index: record.index, name }, file.sizeBytes, gone)
        : readFile(new URL(file.shared, shelf.mediaUrl)),
  };
}

async function answerRequest(
  shelf: Shelf,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (await shelf.pds.answer(request, response)) return;
  if (await shelf.astrobin.answer(request, response)) return;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendJson(request, response, {
      status: 405,
      body: { reason: 'Only GET and HEAD are understood' },
    });
    return;
  }
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const segments = path.split('/').slice(1).map(decodeSegment);
  if (segments[0] === 'assets' && segments.length === 4) {
    const file = findFile(shelf, segments[1] ?? '', segments[2] ?? '', segments[3] ?? '');
    // The store behind the archive's files answers 403 in XML for what it does not have.
    if (file === null)
      response
        .writeHead(403, { 'content-type': 'application/xml' })
        .end('<Error><Code>AccessDenied</Code></Error>');
    else await serveBytes(request, response, file);
    return;
  }
  const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
  const answer = shelf.api.answer(segments, query);
  sendJson(
    request,
    response,
    answer ?? { status: 404, body: { reason: `No such address: ${path}` } },
  );
}

/** On this port, or on any free one where it is taken. */
async function listen(server: Server, port: number): Promise<number> {
  const tryPort = (wanted: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  return tryPort(port).catch((error: unknown) => {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return tryPort(0);
  });
}

/** Starts the server in this thread. Pictures are drawn in threads of their own. */
export async function startSampleServer(options: SampleServerOptions): Promise<SampleServer> {
  const plan = planOf(options.seed, options.size, options.lump);
  const painters = createPainters(options.workerUrl);
  const host: Host = { base: '', dialect: options.dialect ?? '1.1' };
  const api = createSampleApi(host, () => createSearchIndex(plan), plan);
  const shelf: Shelf = {
    host,
    plan,
    api,
    painters,
    // The worker stands two folders below the root, in the source as in the built and the packaged app.
    mediaUrl: new URL('../../resources/sample/', options.workerUrl),
    pds: createPdsDoor({
      catalogue: () =>
        createGeneratedCatalogue(options.seed, options.size, () => host.base + filesPath),
      base: () => host.base,
      failures: options.pdsFailures ?? [],
    }),
    astrobin: createAstrobinDoor({
      seed: options.seed,
      size: options.size,
      painters,
      base: () => host.base,
      version: sampleVersion,
      now: options.now ?? Date.now,
    }),
  };
  const server = createServer((request, response) => {
    response.on('error', () => {});
    answerRequest(shelf, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(request, response, { status: 500, body: { reason: String(error) } });
    });
  });
  server.keepAliveTimeout = 30_000;
  const port = await listen(server, options.port ?? 0);
  host.base = `http://127.0.0.1:${port}`;
  painters.warm();
  // After the caller has heard where the server is.
  setImmediate(() => api.warm());
  return {
    base: host.base,
    pdsBase: host.base + registryPath,
    pdsCurrentBase: host.base + searchPath,
    astrobinBase: host.base + sitePath,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await painters.close();
    },
  };
}
