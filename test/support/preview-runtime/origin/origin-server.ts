/**
 * Runs in the preview runtime's process. Serves one custom scheme over loopback: each request goes to the
 * handler that the app gave to `protocol.handle`, as a web Request with the custom address, and the Response
 * streams back. `app://almagest/x` is `http://almagest.localhost:PORT/x` to Chromium, which resolves such names
 * by itself and treats them as secure.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

export interface OriginServer {
  readonly scheme: string;
  readonly cookieName: string;
  /** A page without this cookie gets nothing: the browser of another program must not read the app. */
  readonly token: string;
  handle(handler: SchemeHandler | null): void;
  isHandled(): boolean;
  /** Resolves when the port is known; only then can addresses be mapped. */
  readonly ready: Promise<void>;
  /** `app://host/path` to loopback, or null for another scheme. */
  toLoopback(url: string): string | null;
  /** The way back, or null for any address that is not of this server. */
  toScheme(url: string): string | null;
  close(): void;
}

const hopHeaders = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'proxy-authenticate',
  'trailer',
  'set-cookie',
]);

const sameText = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

export function createOriginServer(scheme: string): OriginServer {
  const cookieName = `preview-${scheme}`;
  const token = randomBytes(24).toString('hex');
  let handler: SchemeHandler | null = null;
  let port = 0;

  const hostOf = (request: IncomingMessage): string | null => {
    const match = /^([a-z0-9-]+)\.localhost:(\d+)$/.exec(request.headers.host ?? '');
    return match !== null && Number(match[2]) === port ? (match[1] ?? null) : null;
  };

  const hasToken = (request: IncomingMessage): boolean =>
    (request.headers.cookie ?? '')
      .split(/; */)
      .some((pair) => sameText(pair, `${cookieName}=${token}`));

  const toScheme = (text: string): string | null => {
    const url = URL.parse(text);
    if (url?.protocol !== 'http:' || url.port !== String(port)) return null;
    const host = /^([a-z0-9-]+)\.localhost$/.exec(url.hostname)?.[1];
    if (host === undefined) return null;
    return `${scheme}://${host}${url.pathname}${url.search}${url.hash}`;
  };

  const toRequest = (request: IncomingMessage, host: string): Request => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value === undefined || hopHeaders.has(name) || name === 'cookie' || name === 'host') {
        continue;
      }
      const text = Array.isArray(value) ? value.join(', ') : value;
      headers.set(name, name === 'referer' || name === 'origin' ? mapOrigin(text) : text);
    }
    const method = request.method ?? 'GET';
    const hasBody = method !== 'GET' && method !== 'HEAD';
    // No signal: Electron gives none, and tells of a page that gave up by cancelling the body.
    return new Request(`${scheme}://${host}${request.url ?? '/'}`, {
      method,
      headers,
      ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
    } as RequestInit);
  };

  const mapOrigin = (text: string): string => {
    const mapped = toScheme(text);
    if (mapped === null) return text;
    return /^http:\/\/[^/]+$/.test(text) ? mapped.replace(/\/$/, '') : mapped;
  };

  const send = async (
    request: IncomingMessage,
    response: ServerResponse,
    answer: Response,
  ): Promise<void> => {
    response.statusCode = answer.status;
    if (answer.statusText !== '') response.statusMessage = answer.statusText;
    for (const [name, value] of answer.headers) {
      if (!hopHeaders.has(name)) response.setHeader(name, value);
    }
    if (answer.body === null || request.method === 'HEAD') {
      await answer.body?.cancel();
      response.end();
      return;
    }
    const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
    // The page may have left while the handler was thinking.
    if (response.destroyed) body.destroy();
    else await pipeline(body, response);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = hostOf(request);
    if (host === null || !hasToken(request)) {
      response.writeHead(403).end();
      return;
    }
    if (request.url === '/favicon.ico' && request.headers['sec-fetch-dest'] === 'image') {
      // Chromium's own wish for the tab; Electron never asks.
      response.writeHead(204).end();
      return;
    }
    if (handler === null) {
      request.socket.destroy();
      return;
    }
    const answer: unknown = await handler(toRequest(request, host));
    if (!(answer instanceof Response)) throw new TypeError('the handler gave no Response');
    // As Electron: such an answer is a network error for the page.
    if (answer.type === 'error') request.socket.destroy();
    else await send(request, response, answer);
  };

  const server: Server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      const left = response.destroyed || request.destroyed;
      if (!left)
        console.error(`preview runtime: ${scheme}: handler failed for ${request.url}`, error);
      request.socket.destroy();
    });
  });
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 60_000;
  const ready = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      port = (server.address() as AddressInfo).port;
      resolve();
    });
  });
  ready.catch(() => undefined);

  return {
    scheme,
    cookieName,
    token,
    ready,
    handle: (next) => {
      handler = next;
    },
    isHandled: () => handler !== null,
    toLoopback: (text) => {
      const url = URL.parse(text);
      if (url?.protocol !== `${scheme}:`) return null;
      return `http://${url.host}.localhost:${port}${url.pathname || '/'}${url.search}${url.hash}`;
    },
    toScheme,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
