/**
 * Runs in plain Node. Carries JSON-RPC to an aria2 daemon by http. The daemon's address is the user's own choice and
 * may be anywhere in their network, so this is not the archives' door; nothing is followed, and answers are bounded.
 */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { ArchiveError } from '#contract/errors.ts';
import { strangeAnswer, unreachable } from './aria2-errors.ts';

export interface Aria2Transport {
  /** Sends a request and gives the document that answers it. Throws `ArchiveError`. */
  send(body: { id: string; text: string }, signal: AbortSignal): Promise<unknown>;
  close(): void;
}

export const aria2Limits = { answerBytes: 16 * 1024 * 1024, answerMs: 20_000 } as const;

/** Posts each request (aria2 manual, "JSON-RPC using HTTP POST"). */
export function createHttpTransport(url: URL): Aria2Transport {
  const isSecure = url.protocol === 'https:';
  const options = { keepAlive: true, maxSockets: 2 };
  const agent = isSecure ? new HttpsAgent(options) : new HttpAgent(options);
  const open: typeof httpRequest = isSecure ? httpsRequest : httpRequest;
  const post = (text: string, signal: AbortSignal): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      };
      const outgoing = open(url, { method: 'POST', agent, headers, signal }, (answer) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          chunks.push(chunk);
          if (bytes > aria2Limits.answerBytes) answer.destroy(new Error('the answer is too long'));
        });
        answer.on('end', () => resolve(Buffer.concat(chunks)));
        answer.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(text);
    });
  return {
    send: async ({ text }, signal) => {
      const bytes = await post(text, withLimit(signal)).catch((error: unknown) => {
        throw signal.aborted ? cancelled() : unreachable(url.host, withoutRequest(error));
      });
      return parse(bytes.toString('utf8'), url);
    },
    close: () => agent.destroy(),
  };
}

export function withLimit(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(aria2Limits.answerMs)]);
}

export function parse(text: string, url: URL): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw strangeAnswer(url.host, 'the answer is no JSON');
  }
}

/** Only the words: an error of the transport may hold what was sent, and that holds the token. */
export function withoutRequest(error: unknown): Error {
  return new Error(error instanceof Error ? error.message : 'the connection failed');
}

export function cancelled(): ArchiveError {
  return new ArchiveError({ code: 'cancelled', message: 'Stopped.', retryable: true });
}
