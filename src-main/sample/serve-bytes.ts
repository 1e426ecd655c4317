/**
 * Runs in plain Node, any thread; imports nothing of ours. Serving a file over HTTP as RFC 9110 wants
 * it: validators, conditions, HEAD, one range.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

export interface ServedFile {
  sizeBytes: number;
  type: string;
  /** Strong, with its quotes. */
  etag: string;
  lastModified: string;
  /** Asked for only when bytes are to be sent. `gone` is aborted when nobody waits for them any more. */
  read(gone: AbortSignal): Promise<Uint8Array>;
  /** Bytes from the first to the last, both counted, piece by piece: for what is too large to be held whole. */
  stream?(first: number, last: number): AsyncIterable<Uint8Array>;
}

export type RangeAnswer =
  { kind: 'whole' } | { kind: 'part'; first: number; last: number } | { kind: 'impossible' };

/** What a Range header wants of a file. Malformed ones and several ranges at once count as none. */
export function readRange(header: string | undefined, size: number): RangeAnswer {
  const match = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return { kind: 'whole' };
  if (match[1] === '') {
    const tail = Number(match[2]);
    if (tail === 0 || size === 0) return { kind: 'impossible' };
    return { kind: 'part', first: Math.max(0, size - tail), last: size - 1 };
  }
  const first = Number(match[1]);
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < first) return { kind: 'whole' };
  return first >= size ? { kind: 'impossible' } : { kind: 'part', first, last };
}

/** If-None-Match rules If-Modified-Since. */
function isUnchanged(headers: IncomingHttpHeaders, file: ServedFile): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    return tags
      .split(',')
      .some((tag) => tag.trim().replace(/^W\//, '') === file.etag || tag.trim() === '*');
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Date.parse(file.lastModified) <= since;
}

/** If-Range: only a strong match lets the range stand. */
function rangeStands(headers: IncomingHttpHeaders, file: ServedFile): boolean {
  const condition = headers['if-range'];
  return condition === undefined || condition === file.etag || condition === file.lastModified;
}

/** Aborted when the asker closes the connection before it has its answer. */
export function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  else response.once('close', () => gone.abort());
  return gone.signal;
}

/** Answers GET and HEAD for a file. */
export async function serveBytes(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile,
): Promise<void> {
  const headers: Record<string, string | number> = {
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=300, s-maxage=600',
    etag: file.etag,
    'last-modified': file.lastModified,
  };
  if (isUnchanged(request.headers, file)) {
    response.writeHead(304, headers).end();
    return;
  }
  const wanted = rangeStands(request.headers, file) ? request.headers.range : undefined;
  const range = readRange(wanted, file.sizeBytes);
  if (range.kind === 'impossible') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${file.sizeBytes}` }).end();
    return;
  }
  headers['content-type'] = file.type;
  const [first, last] = range.kind === 'part' ? [range.first, range.last] : [0, file.sizeBytes - 1];
  headers['content-length'] = last - first + 1;
  if (range.kind === 'part') headers['content-range'] = `bytes ${first}-${last}/${file.sizeBytes}`;
  const status = range.kind === 'part' ? 206 : 200;
  if (file.stream !== undefined && request.method !== 'HEAD') {
    response.writeHead(status, headers);
    await pipeline(Readable.from(file.stream(first, last)), response).catch((error: unknown) => {
      // A reader that has heard enough closes the connection: no fault of anybody's.
      if (!response.destroyed) throw error;
    });
    return;
  }
  // Ready before the first header goes: a picture that cannot be drawn must not look like a broken transfer.
  const bytes = request.method === 'HEAD' ? null : await file.read(whenGone(response));
  response.writeHead(status, headers);
  response.end(bytes?.subarray(first, last + 1));
}
