/**
 * Runs in plain Node. Puts the door together and turns what comes in through it into documents and bodies:
 * retries for documents, watched bodies, and one translation of failures.
 */
import { Readable } from 'node:stream';
import { ArchiveError } from '#contract/errors.ts';
import { createAgents, type ResolveName } from './agents.ts';
import { readBounded, watchStalls } from './body.ts';
import { waitFor, type Clock } from './clock.ts';
import { createExchange, type Timeouts } from './exchange.ts';
import { ExchangeFailure, failureFrom, isWorthRetrying, toArchiveError } from './failures.ts';
import {
  follow,
  holdLimitMs,
  type ExchangeReport,
  type FollowOptions,
  type HttpLogEntry,
} from './follow.ts';
import type { Governor } from './governor.ts';
import type {
  Lane,
  BodyAnswer,
  BytesAnswer,
  DocumentRequest,
  HttpClient,
  HttpRequest,
} from './http-client.ts';
import { cancelledError } from './pace.ts';
import type { Policy } from './policy.ts';
import type { ResolveProxy } from './proxy.ts';
import { parseJson, readReason } from './read-json.ts';
import { readRetryAfterMs } from './retry-after.ts';
import { scrubAnswer, scrubError, scrubWords } from './scrub.ts';
import { unsharedTurns, type SharedTurns } from './shared-turns.ts';

export interface HttpClientOptions {
  /** Names us and a place to write to. */
  userAgent: string;
  governor: Governor;
  policy: Policy;
  clock: Clock;
  /** 0 to 1, as Math.random. */
  random: () => number;
  /** Which proxy, if any; straight when left out. */
  resolveProxy?: ResolveProxy;
  /** How names resolve; the system's way when left out. */
  resolveName?: ResolveName;
  useSystemCertificates?: boolean;
  timeouts?: Partial<Timeouts>;
  log?: (entry: HttpLogEntry) => void;
  /** Told of every request that is sent. */
  onRequest?: (() => void) | undefined;
  /** Told of every request once its answer's head is there, or none came. */
  onExchange?: ((report: ExchangeReport) => void) | undefined;
  /** Told of every request that begins to wait for its turn, and when it waits no more. */
  onWaiting?: ((lane: Lane, by: 1 | -1) => void) | undefined;
  /** Turns of archives that count requests; without it, none are counted. */
  turns?: SharedTurns | undefined;
}

export interface ClosableHttpClient extends HttpClient {
  /** Closes all connections. The governor is its owner's to close. */
  close(): void;
}

interface BodyLimits {
  maxBytes: number;
  timeoutMs: number;
}

const tryLimit = 3;
/** Where something kept is shown otherwise. */
const standInTryLimit = 2;
const firstBackoffMs = 500;
const longestBackoffMs = 8_000;
const defaultMaxBytes = 32 * 1024 * 1024;
const errorBodyBytes = 64 * 1024;
const defaultWholeMs = 60_000;
const defaultStallMs = 30_000;
const emptyStatuses = new Set([204, 205, 304]);

/** Builds the one HTTP client of the process. */
export function createHttpClient(options: HttpClientOptions): ClosableHttpClient {
  const { governor, policy, clock, random } = options;
  const agents = createAgents({
    policy,
    resolveName: options.resolveName,
    useSystemCertificates: options.useSystemCertificates,
  });
  const ask = createExchange({
    userAgent: options.userAgent,
    agents,
    clock,
    resolveProxy: options.resolveProxy ?? (() => null),
    timeouts: { connectMs: 10_000, responseMs: 30_000, ...options.timeouts },
  });
  const door: FollowOptions = {
    ask,
    governor,
    policy,
    clock,
    log: options.log ?? (() => undefined),
    onRequest: options.onRequest ?? (() => undefined),
    onExchange: options.onExchange ?? (() => undefined),
    onWaiting: options.onWaiting ?? (() => undefined),
    turns: options.turns ?? unsharedTurns,
  };

  let traces = 0;
  /** Asks until there is a body, an error that asking again does not mend, or no try left. */
  const askFor = async <T>(
    request: DocumentRequest,
    limits: Partial<BodyLimits>,
    read: (answer: BytesAnswer) => T,
  ): Promise<T> => {
    const startedMs = clock.nowMs();
    const trace = ++traces;
    const maxBytes = limits.maxBytes ?? defaultMaxBytes;
    const timeoutMs = limits.timeoutMs ?? defaultWholeMs;
    const mostTries = request.tries ?? (request.hasStandIn === true ? standInTryLimit : tryLimit);
    for (let tries = 1; ; tries++) {
      // Asked anew by a person, not by us.
      const asked = tries === 1 ? request : { ...request, isAskedAnew: false };
      try {
        return read(await askForBytes(door, asked, { maxBytes, timeoutMs, trace }));
      } catch (error) {
        const pauseMs = tries < mostTries ? pauseBefore(error, tries, random) : null;
        if (pauseMs === null || request.signal.aborted) {
          throw translate(error, request, { tries, elapsedMs: clock.nowMs() - startedMs });
        }
        await waitFor(clock, pauseMs, request.signal).catch(() => {
          throw cancelledError();
        });
      }
    }
  };

  return {
    getJson: (request, limits = {}) =>
      askFor(request, limits, ({ status, headers, url, bytes, detail }) => ({
        status,
        headers,
        url,
        body: parseJson(bytes, detail),
      })),
    getBytes: (request, limits = {}) => askFor(request, limits, (answer) => answer),
    open: (request, limits = {}) =>
      openBody(door, request, { stallMs: limits.stallMs ?? defaultStallMs, trace: ++traces }),
    close: () => {
      agents.close();
    },
  };
}

async function askForBytes(
  door: FollowOptions,
  request: DocumentRequest,
  limits: BodyLimits & { trace: number },
): Promise<BytesAnswer> {
  const { timeoutMs: wholeMs, trace } = limits;
  const arrived = await follow(door, request, { unpack: true, wholeMs, trace });
  const { status, headers, url, detail } = arrived;
  try {
    if (status === 200) {
      const bytes = await readBounded(arrived.body, { maxBytes: limits.maxBytes, detail });
      return scrubAnswer({ status, headers, url, bytes, detail }, request.secretQuery);
    }
    if (status === 304 && isConditional(request)) {
      const nothing = { status, headers, url, bytes: Buffer.alloc(0), detail } as const;
      return scrubAnswer(nothing, request.secretQuery);
    }
    // The words of an error are worth having, not worth failing for.
    const bytes = await readBounded(arrived.body, { maxBytes: errorBodyBytes, detail }).catch(() =>
      Buffer.alloc(0),
    );
    throw new ExchangeFailure({
      kind: 'status',
      status,
      words: scrubWords(
        wordsIn(bytes, headers['content-type'] ?? null, request),
        request.secretQuery,
      ),
      retryAfterMs: readRetryAfterMs(headers, door.clock.nowMs()),
      detail,
    });
  } finally {
    arrived.end();
  }
}

function wordsIn(bytes: Buffer, contentType: string | null, request: HttpRequest): string | null {
  return request.words === undefined ? readReason(bytes) : request.words(bytes, contentType);
}

function isConditional({ headers = {} }: HttpRequest): boolean {
  return Object.keys(headers).some((name) => /^if-(?:none-match|modified-since)$/i.test(name));
}

async function openBody(
  door: FollowOptions,
  request: HttpRequest,
  { stallMs, trace }: { stallMs: number; trace: number },
): Promise<BodyAnswer> {
  const { clock } = door;
  const startedMs = clock.nowMs();
  const fail = (error: unknown): ArchiveError =>
    translate(error, request, { tries: 1, elapsedMs: clock.nowMs() - startedMs });
  const arrived = await follow(door, request, { unpack: false, wholeMs: null, trace }).catch(
    (error: unknown) => {
      throw fail(error);
    },
  );
  const { status, headers, url } = arrived;
  if (request.method === 'HEAD' || emptyStatuses.has(status)) {
    arrived.end();
    return { status, headers, url, body: Readable.from([], { objectMode: false }) };
  }
  const body = watchStalls(arrived.body, {
    clock,
    stallMs,
    fail: (error) => fail(failureFrom(error, `${arrived.detail} (cut)`)),
  });
  // Also where nobody reads: a body that waits for its reader must not keep its leave.
  const onAbort = (): void => {
    body.destroy(cancelledError());
  };
  request.signal.addEventListener('abort', onAbort, { once: true });
  // A body whose reader has already gone must not end the process.
  body.on('error', () => undefined);
  body.once('close', () => {
    request.signal.removeEventListener('abort', onAbort);
    arrived.end();
  });
  return { status, headers, url, body };
}

/** Whatever happened as the contract's error; a caller who cancelled hears only that. */
function translate(
  error: unknown,
  request: DocumentRequest,
  efforts: { tries: number; elapsedMs: number },
): ArchiveError {
  if (request.signal.aborted) return cancelledError();
  if (error instanceof ArchiveError) return error;
  const failure = scrubError(failureFrom(error, request.method ?? 'GET'), request.secretQuery);
  const { lane, absence, secretQuery } = request;
  return toArchiveError(failure, { lane, absence, hadKey: secretQuery !== undefined, ...efforts });
}

/** Milliseconds to wait before the next try, or null when there should be none. Full jitter. */
function pauseBefore(error: unknown, tries: number, random: () => number): number | null {
  if (!(error instanceof ExchangeFailure) || !isWorthRetrying(error.facts)) return null;
  const { retryAfterMs } = error.facts;
  if (retryAfterMs !== undefined && retryAfterMs !== null) {
    // The governor holds the lane for exactly that long; a long wait is the caller's to know.
    return retryAfterMs > holdLimitMs ? null : 0;
  }
  return Math.round(random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (tries - 1)));
}
