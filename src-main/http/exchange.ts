/**
 * Runs in plain Node. One request and the head of its answer: the only place that knows got. No redirects,
 * no retries, no pace: those are above (create-http-client.ts).
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import got, { type Got, type Response } from 'got';
import type { AgentChoice, Agents } from './agents.ts';
import type { Clock } from './clock.ts';
import { failureFrom } from './failures.ts';
import type { Destination } from './policy.ts';
import type { ResolveProxy } from './proxy.ts';
import { redactQuery } from './redact.ts';
import { withSecrets, type SecretQuery } from './secret-query.ts';

export interface Timeouts {
  /** To a connection, its name and its encryption, each. */
  connectMs: number;
  /** From the request to the head of the answer. */
  responseMs: number;
}

export interface Question {
  destination: Destination;
  method: 'GET' | 'HEAD';
  headers: Record<string, string>;
  signal: AbortSignal;
  /** True: compressed answers are asked for and unpacked. False: bytes as they are. */
  unpack: boolean;
  /** What only the host of the destination may read. */
  secretQuery?: SecretQuery | undefined;
}

/** The head of an answer with its body still to be read or destroyed. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
  /** For "Copy details": method, address, status and time; redacted. */
  detail: string;
}

export type Ask = (question: Question) => Promise<Answer>;

export interface ExchangeOptions {
  userAgent: string;
  agents: Agents;
  clock: Clock;
  resolveProxy: ResolveProxy;
  timeouts: Timeouts;
}

/** Builds the one got instance and the function that asks with it. Fails with `ExchangeFailure`. */
export function createExchange(options: ExchangeOptions): Ask {
  const { connectMs, responseMs } = options.timeouts;
  const instance = got.extend({
    headers: { 'user-agent': options.userAgent },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    timeout: {
      lookup: connectMs,
      connect: connectMs,
      secureConnect: connectMs,
      response: responseMs,
    },
  });
  return async (question) => {
    const { url, scope } = question.destination;
    // What is on this computer never goes through a proxy.
    const proxy = scope === 'loopback' ? null : await options.resolveProxy(url);
    const startedMs = options.clock.nowMs();
    const detailOf = (result: string): string =>
      `${question.method} ${redactQuery(url.href)} ${result} ${String(options.clock.nowMs() - startedMs)} ms`;
    const send = (): Promise<Sent> =>
      sendOnce(instance, question, options.agents.of(url, scope, proxy));
    let sent = await send();
    // A kept connection that the server had just closed says nothing about the archive: once more, at once.
    if (sent.kind === 'failed' && sent.wasReused && !question.signal.aborted) sent = await send();
    if (sent.kind === 'failed' && isUntrusted(sent.error) && options.agents.trustSystem()) {
      sent = await send();
    }
    if (sent.kind === 'failed') throw failureFrom(sent.error, detailOf('no answer after'));
    const { statusCode, headers } = sent.response;
    return {
      status: statusCode,
      headers,
      body: sent.body,
      detail: detailOf(`${String(statusCode)} after`),
    };
  };
}

/** Certificates that the system's own store may know: a company's, or a proxy's that looks inside. */
const untrustedCodes = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

function isUntrusted(error: unknown): boolean {
  return error instanceof Error && untrustedCodes.has((error as NodeJS.ErrnoException).code ?? '');
}

type Sent =
  | { kind: 'answered'; response: Response; body: Readable }
  | { kind: 'failed'; error: unknown; wasReused: boolean };

const staleCodes = new Set(['ECONNRESET', 'EPIPE']);

function sendOnce(instance: Got, question: Question, agents: AgentChoice): Promise<Sent> {
  const { destination, method, headers, signal, unpack, secretQuery } = question;
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'failed', error: signal.reason, wasReused: false });
      return;
    }
    const url =
      secretQuery === undefined ? destination.url : withSecrets(destination.url, secretQuery);
    const stream = instance.stream(url, {
      method,
      headers: { ...headers, ...(unpack ? {} : { 'accept-encoding': 'identity' }) },
      decompress: unpack,
      agent: agents,
    });
    let isReused = false;
    const onAbort = (): void => {
      stream.destroy(new Error('cancelled'));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const forget = (): void => {
      signal.removeEventListener('abort', onAbort);
    };
    stream.once('close', forget);
    stream.once('end', forget);
    stream.once('request', (request) => {
      isReused = request.reusedSocket;
    });
    // Stays attached after the head came: whoever reads the body gets the error from the stream itself.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      forget();
      resolve({
        kind: 'failed',
        error,
        wasReused: isReused && error.code !== undefined && staleCodes.has(error.code),
      });
    });
    stream.once('response', (response: Response) => {
      resolve({ kind: 'answered', response, body: stream });
    });
  });
}
