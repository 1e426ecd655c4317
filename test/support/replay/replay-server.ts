/**
 * Runs in plain Node, for tests only. The NASA Image and Video Library as it was recorded, on a loopback
 * port: API below `/`, files below `/assets/`. Bodies are those of the recordings, byte for byte; with
 * `rewriteHosts`, addresses of the file host lead here, where drawings stand in for the pictures.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { serveBytes } from '#main/sample/serve-bytes.ts';
import { answerApi, answerDocument } from './replay-answers.ts';
import type { ReplayAnswer } from './replay-answers.ts';
import { readRecordings } from './recordings.ts';
import type { RecordedLink, Recordings } from './recordings.ts';
import { createStandInPainter, standInFor } from './stand-ins.ts';
import type { StandInPainter } from './stand-ins.ts';

export interface ReplayOptions {
  /** Folder that holds `nasa-images`: see `capturesDir()`. */
  capturesDir: string;
  /** Leads images-assets.nasa.gov in bodies to this server; nothing else in them changes. */
  rewriteHosts?: boolean;
}

export interface ReplayServer {
  /** `http://127.0.0.1:PORT`: base address of the API. */
  base: string;
  requests: { method: string; url: string }[];
  close(): Promise<void>;
}

interface Replay {
  base: string;
  rewrite: boolean;
  recordings: Recordings;
  painter: StandInPainter;
  drawn: Map<string, Promise<Buffer>>;
}

const captionText = [
  '1',
  '00:00:00,500 --> 00:00:03,000',
  '>> Stand-in captions of the replay server.',
  '',
  '2',
  '00:00:03,200 --> 00:00:06,000',
  'The recorded archive names a caption file here.',
  '',
].join('\r\n');

function send(
  replay: Replay,
  request: IncomingMessage,
  response: ServerResponse,
  answer: ReplayAnswer,
): void {
  let { body } = answer;
  if (replay.rewrite) {
    const text = body
      .toString()
      .replaceAll(/https?:\/\/images-assets\.nasa\.gov/g, `${replay.base}/assets`);
    body = Buffer.from(text);
  }
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'access-control-allow-origin': '*',
    'x-replay': answer.origin,
    ...(answer.status === 200 ? { 'cache-control': 'public, max-age=300, s-maxage=600' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function extensionOf(name: string): 'jpg' | 'png' | 'tif' | null {
  const ending = /\.(jpe?g|png|tiff?)$/i.exec(name)?.[1]?.toLowerCase();
  return ending === undefined
    ? null
    : ending.startsWith('j')
      ? 'jpg'
      : ending === 'png'
        ? 'png'
        : 'tif';
}

/** Sizes of links that leave them out, by the archive's habit. */
function sizeOf(link: RecordedLink | undefined, name: string): { width: number; height: number } {
  if (link?.width !== undefined && link.height !== undefined)
    return { width: link.width, height: link.height };
  return /~orig|~large/.test(name) ? { width: 1600, height: 1200 } : { width: 640, height: 480 };
}

/** The bytes that stand in for a file; null when the recordings name no such file, or it is a film. */
function standIn(replay: Replay, id: string, name: string): Promise<Buffer> | null {
  const item = replay.recordings.items.get(id);
  if (item === undefined) return null;
  const link = item.links?.find((one) => one.href.endsWith(`/${name}`));
  if (/\.(srt|vtt)$/i.test(name)) {
    const text = name.endsWith('.vtt')
      ? `WEBVTT\r\n\r\n${captionText.replaceAll(/(\d),(\d{3})/g, '$1.$2')}`
      : captionText;
    return Promise.resolve(Buffer.from(text));
  }
  const extension = extensionOf(name);
  if (extension === null) return null;
  const key = `${id}/${name}`;
  const ready = replay.drawn.get(key);
  if (ready !== undefined) return ready;
  const { width, height } = sizeOf(link, name);
  const picture = standInFor(item, width / height);
  const bytes = replay.painter.draw({
    picture,
    extension,
    width,
    height,
    sizeBytes: link?.size ?? null,
  });
  replay.drawn.set(key, bytes);
  return bytes;
}

function typeOf(name: string): string {
  const extension = extensionOf(name);
  if (extension === null) return name.endsWith('.vtt') ? 'text/vtt' : 'application/x-subrip';
  return extension === 'jpg' ? 'image/jpeg' : extension === 'png' ? 'image/png' : 'image/tiff';
}

async function answerFile(
  replay: Replay,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  name: string,
): Promise<void> {
  if (name === 'collection.json' || name === 'metadata.json') {
    const document = answerDocument(replay.recordings, id, name);
    if (document !== null) {
      send(replay, request, response, document);
      return;
    }
  }
  const bytes = await standIn(replay, id, name);
  if (bytes === null) {
    response
      .writeHead(403, { 'content-type': 'application/xml' })
      .end('<Error><Code>AccessDenied</Code></Error>');
    return;
  }
  await serveBytes(request, response, {
    sizeBytes: bytes.length,
    type: typeOf(name),
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    lastModified: 'Mon, 01 Jan 2024 00:00:00 GMT',
    read: () => Promise.resolve(bytes),
  });
}

async function answer(
  replay: Replay,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  const segments = path.split('/').slice(1).map(decodeURIComponent);
  const [first, , id, name] = segments;
  if (first === 'assets' && id !== undefined && name !== undefined && segments.length === 4) {
    await answerFile(replay, request, response, id, name);
    return;
  }
  const body = Buffer.from(JSON.stringify({ reason: `No such address: ${path}` }));
  const known = answerApi(replay.recordings, segments, new URLSearchParams(query));
  send(replay, request, response, known ?? { status: 404, body, origin: 'derived' });
}

/** Starts the replay on a free loopback port. Throws when the folder holds no recordings. */
export async function startReplayServer(options: ReplayOptions): Promise<ReplayServer> {
  const replay: Replay = {
    base: '',
    rewrite: options.rewriteHosts ?? false,
    recordings: readRecordings(options.capturesDir),
    painter: createStandInPainter(),
    drawn: new Map(),
  };
  const requests: ReplayServer['requests'] = [];
  const server = createServer((request, response) => {
    requests.push({ method: request.method ?? 'GET', url: request.url ?? '/' });
    response.on('error', () => {});
    answer(replay, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  replay.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base: replay.base,
    requests,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await replay.painter.close();
    },
  };
}
