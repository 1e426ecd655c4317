/**
 * A loopback door in front of an archive's stand-in, which tests steer: it fails, slows down, holds back or
 * goes away on demand, and otherwise hands everything through.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface SteeredArchive {
  base: string;
  /** What was asked, in order: `GET /search?q=…`. */
  readonly requests: string[];
  /** Answers this to API requests instead of the archive's own; null hands through. */
  failWith: { status: number; body: string; headers?: Record<string, string> } | null;
  /** Which API requests `failWith` is for; null for all of them. */
  failOnly: RegExp | null;
  /** Changes an API answer on its way; what it gives back is sent instead. */
  rewrite: ((url: string, body: string) => string) | null;
  /** Unix ms, in fractions, at which the last byte of an answer to each address left; newest last. */
  readonly answeredAtMs: ReadonlyMap<string, number>;
  /** Seconds for which answers call themselves fresh; null leaves what the archive says. */
  maxAgeSeconds: number | null;
  /** Bytes a second of files; null for full speed. */
  fileBytesPerSecond: number | null;
  /** While true, API requests get no answer; they get it when it turns false. */
  isHeld: boolean;
  /** Which API requests are held while `isHeld`; null for all of them. */
  holdOnly: RegExp | null;
  /** Refuses connections, as a machine that is off; `comeBack` listens on the same port again. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const pieceBytes = 4096;
const holdStepMs = 20;

/** Gives up what it asks for when the asker does. */
function ask(
  target: URL,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: target.hostname,
        port: target.port,
        path: incoming.url,
        method: incoming.method ?? 'GET',
        headers: { ...incoming.headers, host: target.host },
      },
      resolve,
    );
    outgoing.on('error', reject);
    response.once('close', () => outgoing.destroy());
    outgoing.end();
  });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Starts the door in front of `target`, a base address. Addresses inside documents are rewritten to lead here. */
export async function startSteeredArchive(target: string): Promise<SteeredArchive> {
  const targetUrl = new URL(target);
  let port = 0;
  const answeredAtMs = new Map<string, number>();

  const isFile = (url: string): boolean => url.startsWith('/assets/') && !url.endsWith('.json');

  /** Addresses inside a document lead here; then whatever a test wants changed. */
  const readdressed = (url: string, text: string): string => {
    const here = text.replaceAll(targetUrl.host, `127.0.0.1:${port}`);
    return archive.rewrite?.(url, here) ?? here;
  };

  const sendSlowly = async (response: ServerResponse, body: Buffer): Promise<void> => {
    for (let at = 0; at < body.length && !response.destroyed; at += pieceBytes) {
      response.write(body.subarray(at, at + pieceBytes));
      const rate = archive.fileBytesPerSecond;
      if (rate !== null) await pause((pieceBytes / rate) * 1000);
    }
    response.end();
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = incoming.url ?? '/';
    archive.requests.push(`${incoming.method ?? 'GET'} ${url}`);
    if (!isFile(url)) {
      const isHeld = () => archive.isHeld && (archive.holdOnly?.test(url) ?? true);
      while (isHeld() && !response.destroyed) await pause(holdStepMs);
      if (archive.failWith !== null && (archive.failOnly?.test(url) ?? true)) {
        const { status, body, headers } = archive.failWith;
        response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
        return;
      }
    }
    if (archive.rewrite !== null) {
      // The archive behind would say that nothing changed, and there would be nothing to change.
      delete incoming.headers['if-none-match'];
      delete incoming.headers['if-modified-since'];
    }
    const answer = await ask(targetUrl, incoming, response);
    const body = await readAll(answer);
    const isDocument = String(answer.headers['content-type'] ?? '').includes('json');
    const sent = isDocument ? Buffer.from(readdressed(url, body.toString('utf8'))) : body;
    const headers = { ...answer.headers };
    if (isDocument && archive.maxAgeSeconds !== null) {
      headers['cache-control'] = `public, max-age=${archive.maxAgeSeconds}`;
    }
    const { location } = headers;
    if (location !== undefined) {
      headers.location = location.replaceAll(targetUrl.host, `127.0.0.1:${port}`);
    }
    delete headers['transfer-encoding'];
    response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': sent.length });
    response.once('finish', () => {
      answeredAtMs.delete(url);
      answeredAtMs.set(url, performance.timeOrigin + performance.now());
    });
    if (incoming.method === 'HEAD') response.end();
    else if (isFile(url)) await sendSlowly(response, sent);
    else response.end(sent);
  };

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen();
  port = (server.address() as AddressInfo).port;

  const archive: SteeredArchive = {
    base: `http://127.0.0.1:${port}`,
    requests: [],
    failWith: null,
    failOnly: null,
    rewrite: null,
    maxAgeSeconds: null,
    answeredAtMs,
    fileBytesPerSecond: null,
    isHeld: false,
    holdOnly: null,
    goAway: close,
    comeBack: listen,
    close,
  };
  return archive;
}
