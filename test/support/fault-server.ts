/**
 * Runs in plain Node, for tests only; imports nothing but Node. A loopback HTTP server that does what it
 * is told, faults included: what it serves is a handler, and the helpers below make the usual handlers.
 */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface RecordedRequest {
  method: string;
  /** Path and query as they came, still encoded. */
  url: string;
  headers: IncomingHttpHeaders;
}

export type FaultHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => void | Promise<void>;

export interface FaultServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  base: string;
  port: number;
  /** Every request so far, in order of arrival. */
  requests: RecordedRequest[];
  /** Answers every later request with another handler. */
  use(handler: FaultHandler): void;
  /** Resolves once at least `count` requests have come, so that tests need not sleep. */
  waitForRequests(count: number): Promise<void>;
  /** Ends every open connection and stops listening. */
  close(): Promise<void>;
}

/** Starts a server on a free loopback port. A handler that throws answers 500 with its message as text. */
export async function startFaultServer(first: FaultHandler): Promise<FaultServer> {
  let handler = first;
  const requests: RecordedRequest[] = [];
  const waiting = new Set<{ count: number; done: () => void }>();
  const server = createServer((request, response) => {
    requests.push({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
    });
    for (const one of waiting) {
      if (requests.length < one.count) continue;
      waiting.delete(one);
      one.done();
    }
    response.on('error', () => {});
    void (async () => handler(request, response))().catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    port,
    requests,
    use(next) {
      handler = next;
    },
    waitForRequests(count) {
      if (requests.length >= count) return Promise.resolve();
      return new Promise((done) => waiting.add({ count, done }));
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

export interface FileFaults {
  contentType?: string;
  /** As it goes on the wire, quotes included (`"abc"`, or `W/"abc"` for a weak one); null or absent: none. */
  etag?: string | null;
  /** As it goes on the wire; absent: none. */
  lastModified?: string;
  /** Sends the body at this pace, in steps of about 20 ms. */
  bytesPerSecond?: number;
  /** Breaks the connection after this many bytes of the body. */
  cutAfterBytes?: number;
  /** Stops sending after this many bytes of the body and keeps the connection open. */
  stallAfterBytes?: number;
  /** A false Content-Length; null leaves it out, so that the body comes chunked. */
  contentLength?: number | null;
  /** Answers 200 with everything whatever range is asked for. */
  ignoreRange?: boolean;
  /** Answers 206 whatever If-Range says, as a careless server does. */
  ignoreIfRange?: boolean;
  /** Answers 206 with a range that begins this many bytes away from the one asked for. */
  rangeShiftBytes?: number;
  /** Answers ranges as multipart/byteranges. */
  multipartRange?: boolean;
  /** Sends the body gzipped, with the header, whether or not that was accepted. */
  gzip?: boolean;
  headers?: Record<string, string>;
}

/** Reads `bytes=a-b`, `bytes=a-` and `bytes=-n`; null for anything else, several ranges included. */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') return { start: Math.max(0, size - Number(match[2])), end: size - 1 };
  return {
    start: Number(match[1]),
    end: match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1),
  };
}

/**
 * Serves one file properly (ranges, If-Range, HEAD, 304, 416) but for the faults asked for. Content and
 * faults may be functions, asked at each request: this is how a test swaps the file half-way.
 */
export function serveFile(
  content: Buffer | (() => Buffer),
  faults: FileFaults | (() => FileFaults) = {},
): FaultHandler {
  return (request, response) => {
    const bytes = typeof content === 'function' ? content() : content;
    const now = typeof faults === 'function' ? faults() : faults;
    const headers = fileHeaders(now);
    const since = request.headers['if-none-match'];
    if (since !== undefined && since === now.etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const range = wantedRange(request, bytes, now);
    if (range === 'unsatisfiable') {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    if (range === null) {
      sendBody(request, response, 200, headers, now.gzip === true ? gzipSync(bytes) : bytes, now);
      return;
    }
    const shift = now.rangeShiftBytes ?? 0;
    const start = Math.max(0, range.start + shift);
    const part = bytes.subarray(start, range.end + 1);
    const contentRange = `bytes ${start}-${range.end}/${bytes.length}`;
    if (now.multipartRange === true) {
      const head = `--part\r\ncontent-range: ${contentRange}\r\n\r\n`;
      const body = Buffer.concat([Buffer.from(head), part, Buffer.from('\r\n--part--\r\n')]);
      headers['content-type'] = 'multipart/byteranges; boundary=part';
      sendBody(request, response, 206, headers, body, now);
      return;
    }
    headers['content-range'] = contentRange;
    sendBody(request, response, 206, headers, part, now);
  };
}

function fileHeaders(faults: FileFaults): Record<string, string> {
  return {
    'content-type': faults.contentType ?? 'application/octet-stream',
    ...(faults.ignoreRange === true ? {} : { 'accept-ranges': 'bytes' }),
    ...(typeof faults.etag === 'string' ? { etag: faults.etag } : {}),
    ...(faults.lastModified === undefined ? {} : { 'last-modified': faults.lastModified }),
    ...(faults.gzip === true ? { 'content-encoding': 'gzip' } : {}),
    ...faults.headers,
  };
}

function wantedRange(
  request: IncomingMessage,
  bytes: Buffer,
  faults: FileFaults,
): { start: number; end: number } | null | 'unsatisfiable' {
  if (faults.ignoreRange === true) return null;
  const range = parseRange(request.headers.range, bytes.length);
  if (range === null) return null;
  const condition = request.headers['if-range'];
  const holds =
    condition === undefined || condition === faults.etag || condition === faults.lastModified;
  if (!holds && faults.ignoreIfRange !== true) return null;
  return range.start >= bytes.length || range.start > range.end ? 'unsatisfiable' : range;
}

function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: Buffer,
  faults: FileFaults,
): void {
  const length = faults.contentLength === undefined ? body.length : faults.contentLength;
  if (length !== null) headers['content-length'] = String(length);
  // A false length must reach the wire as it is: Node would refuse to send more than it promised.
  response.strictContentLength = false;
  response.writeHead(status, headers);
  if (request.method === 'HEAD') response.end();
  else void pour(response, body, faults);
}

/** Writes the body at the wanted pace, up to the byte where the fault strikes. */
async function pour(response: ServerResponse, body: Buffer, faults: FileFaults): Promise<void> {
  const stopAt = Math.min(
    faults.cutAfterBytes ?? Infinity,
    faults.stallAfterBytes ?? Infinity,
    body.length,
  );
  const pace = faults.bytesPerSecond;
  const step = pace === undefined ? 65_536 : Math.max(1, Math.round(pace / 50));
  for (let at = 0; at < stopAt && !response.destroyed; at += step) {
    const more = response.write(body.subarray(at, Math.min(at + step, stopAt)));
    if (pace !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    else if (!more && !response.destroyed) await drained(response);
  }
  if (faults.stallAfterBytes !== undefined && faults.stallAfterBytes < body.length) return;
  if (faults.cutAfterBytes !== undefined && faults.cutAfterBytes < body.length) {
    // What was written must leave before the connection breaks, or the cut would fall elsewhere.
    await new Promise<void>((resolve) => response.write('', () => resolve()));
    response.destroy();
    return;
  }
  const short = typeof faults.contentLength === 'number' && faults.contentLength > body.length;
  // The socket is let go of when the answer ends: hold it, or a short body would wait for keep-alive.
  const { socket } = response;
  response.end(() => {
    if (short) socket?.destroySoon();
  });
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

/** A JSON answer. */
export function serveJson(
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): FaultHandler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };
}

/** An error page as a content network makes it: HTML, not JSON. */
export function serveHtmlError(status: number, headers: Record<string, string> = {}): FaultHandler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end(
      `<html><head><title>${status}</title></head><body><h1>${status} ERROR</h1></body></html>`,
    );
  };
}

/** Sends the client elsewhere. */
export function redirectTo(url: string, status = 302): FaultHandler {
  return (_request, response) => {
    response.writeHead(status, { location: url }).end();
  };
}

/** Takes the request and never answers. */
export function neverAnswer(): FaultHandler {
  return () => {};
}

/** Breaks the connection without a word. */
export function dropConnection(): FaultHandler {
  return (request) => {
    request.socket.destroy();
  };
}

/** One handler after another; the last one stays. */
export function inTurn(...handlers: [FaultHandler, ...FaultHandler[]]): FaultHandler {
  let next = 0;
  return (request, response) => {
    const handler = handlers[Math.min(next, handlers.length - 1)] ?? handlers[0];
    next += 1;
    return handler(request, response);
  };
}

/** By path (without query); `otherwise` answers the rest, 404 with a JSON reason unless given. */
export function byPath(
  routes: Readonly<Record<string, FaultHandler>>,
  otherwise: FaultHandler = serveJson({ reason: 'Not here' }, 404),
): FaultHandler {
  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const handler = Object.hasOwn(routes, path) ? routes[path] : undefined;
    return (handler ?? otherwise)(request, response);
  };
}
