/**
 * Runs in plain Node. One question followed to its answer: policy and governor before every hop, redirects by
 * hand, the pace settled by what each answer says.
 */
import type { Clock } from './clock.ts';
import type { Answer, Ask } from './exchange.ts';
import { ExchangeFailure, failureFrom, outcomeOfFailure, outcomeOfStatus } from './failures.ts';
import { unstatedHoldMs, type Governor } from './governor.ts';
import type { DocumentRequest, Lane } from './http-client.ts';
import type { Permit } from './pace.ts';
import { redirectLimit, type Policy } from './policy.ts';
import { redactQuery } from './redact.ts';
import { readRetryAfterMs } from './retry-after.ts';
import { withoutSecrets, type SecretQuery } from './secret-query.ts';
import type { SharedTurns } from './shared-turns.ts';

/** A longer wait is told, not sat through. */
export const holdLimitMs = 30_000;
/** The same where something kept is shown otherwise. */
const standInHoldLimitMs = 1_000;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
/** Not for another host's eyes. */
const privateHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** One line for the log; the text is already redacted. */
export interface HttpLogEntry {
  level: 'debug' | 'warn';
  text: string;
}

/** An answer whose body still holds its leave; `end` gives that back and drops what was not read. */
export interface Arrived extends Answer {
  url: string;
  end(): void;
}

/** One request as it was sent and answered, for the log of requests. */
export interface ExchangeReport {
  /** Tries and redirects of one request have the same number. */
  trace: number;
  lane: Lane;
  host: string;
  method: 'GET' | 'HEAD';
  /** Path and query as first asked for, keys masked: where a redirect led may hold what is nobody's to read. */
  path: string;
  /** null where no answer came; `failure` says why. */
  status: number | null;
  failure: string | null;
  tookMs: number;
  /** Unix ms until which the archive wants to be left alone; null where it said nothing of it. */
  heldUntilMs: number | null;
}

export interface Manner {
  /** Number of the request, the same for all its tries. */
  trace: number;
  /** Ask for compressed answers and unpack them. */
  unpack: boolean;
  /** Time from the leave to the end of the body; null where only stalls count. */
  wholeMs: number | null;
}

export interface FollowOptions {
  ask: Ask;
  governor: Governor;
  policy: Policy;
  clock: Clock;
  log: (entry: HttpLogEntry) => void;
  onRequest: () => void;
  /** Told of every request once its answer's head is there, or none came. */
  onExchange: (report: ExchangeReport) => void;
  /** Told of every request that begins to wait for its turn, and when it waits no more. */
  onWaiting: (lane: Lane, by: 1 | -1) => void;
  /** The paces that this process shares with others. */
  turns: SharedTurns;
}

/** Asks and follows redirects; each hop is checked and paced as if it were the first. */
export async function follow(
  options: FollowOptions,
  request: DocumentRequest,
  manner: Manner,
): Promise<Arrived> {
  let url = request.url;
  for (let hops = 0; hops <= redirectLimit; hops++) {
    const arrived = await askOnce(options, { ...request, url }, manner, request);
    const { location } = arrived.headers;
    if (!redirectStatuses.has(arrived.status) || location === undefined) return arrived;
    arrived.end();
    url = placeOf(location, arrived, request);
  }
  throw badAnswer(`more than ${String(redirectLimit)} redirects`, 'gave up following');
}

/** Where a redirect leads, without what must not be carried on. */
function placeOf(
  location: string,
  { url, detail }: Arrived,
  { secretQuery }: DocumentRequest,
): string {
  if (!URL.canParse(location, url)) throw badAnswer('a redirect to nowhere', detail);
  const { href } = new URL(location, url);
  const place = secretQuery === undefined ? href : withoutSecrets(href, secretQuery);
  if (place === null) throw badAnswer('a redirect that repeats the key', detail);
  return place;
}

/** Leave of the governor, and the turn where the archive counts. */
async function waitForLeave(
  options: FollowOptions,
  request: DocumentRequest,
  host: string,
): Promise<Permit> {
  options.onWaiting(request.lane, 1);
  try {
    return await takeLeave(options, request, host);
  } finally {
    options.onWaiting(request.lane, -1);
  }
}

async function takeLeave(
  { governor, turns }: FollowOptions,
  { lane, signal, hasStandIn, isAskedAnew }: DocumentRequest,
  host: string,
): Promise<Permit> {
  // Nobody waits in line to hear that nothing is left.
  turns.check(lane, host);
  const maxHoldMs = hasStandIn === true ? standInHoldLimitMs : holdLimitMs;
  const endsPause = isAskedAnew === true;
  const permit = await governor.acquire(lane, host, { signal, maxHoldMs, endsPause });
  try {
    const endTurn = await turns.acquire(lane, host, signal, {
      maxHoldMs,
      onHeld: (waitMs) => {
        governor.hold(lane, host, waitMs);
      },
    });
    return {
      report: (outcome) => {
        if (outcome.kind === 'held') turns.hold(lane, host, outcome.waitMs);
        permit.report(outcome);
      },
      release: () => {
        endTurn();
        permit.release();
      },
    };
  } catch (error) {
    permit.release();
    throw error;
  }
}

/** Asks under leave and settles the pace by what the head says. */
async function askOnce(
  options: FollowOptions,
  request: DocumentRequest,
  manner: Manner,
  first: DocumentRequest,
): Promise<Arrived> {
  const { ask, policy, clock, log, onRequest, onExchange } = options;
  const destination = policy.check(request.url, request.lane);
  const method = request.method ?? 'GET';
  const permit = await waitForLeave(options, request, destination.url.hostname);
  const deadline = startDeadline(clock, manner.wholeMs);
  const settle = (): void => {
    deadline.callOff();
    permit.release();
  };
  const sentAtMs = clock.nowMs();
  const told = (outcome: Pick<ExchangeReport, 'status' | 'failure' | 'heldUntilMs'>): void => {
    const { hostname: host } = destination.url;
    const { pathname, search } = new URL(first.url);
    const path = redactQuery(`${pathname}${search}`);
    const tookMs = clock.nowMs() - sentAtMs;
    onExchange({ trace: manner.trace, lane: request.lane, host, method, path, tookMs, ...outcome });
  };
  try {
    onRequest();
    const answer = await ask({
      destination,
      method,
      ...privateTo(first, destination.url),
      signal: AbortSignal.any([request.signal, deadline.signal]),
      unpack: manner.unpack,
    });
    const wishMs = readRetryAfterMs(answer.headers, clock.nowMs());
    permit.report(outcomeOfStatus(answer.status, wishMs, unstatedHoldMs));
    const heldUntilMs = wishMs === null ? null : clock.nowMs() + wishMs;
    told({ status: answer.status, failure: null, heldUntilMs });
    log({ level: 'debug', text: answer.detail });
    const end = (): void => {
      answer.body.destroy();
      settle();
    };
    return { ...answer, url: destination.url.href, end };
  } catch (error) {
    const failure = failureFrom(error, method);
    permit.report(request.signal.aborted ? { kind: 'nothing' } : outcomeOfFailure(failure));
    if (!request.signal.aborted)
      told({ status: null, failure: wordsOf(failure), heldUntilMs: null });
    settle();
    log({ level: 'warn', text: failure.message });
    throw failure;
  }
}

/** Why no answer came, in a word or two: the transport's own code where it has one. */
function wordsOf({ facts }: ExchangeFailure): string {
  const code = / ([A-Z][A-Z0-9_]{3,40})$/.exec(facts.detail)?.[1];
  return code ?? facts.words ?? facts.kind;
}

function startDeadline(
  clock: Clock,
  wholeMs: number | null,
): { signal: AbortSignal; callOff: () => void } {
  const controller = new AbortController();
  if (wholeMs === null) return { signal: controller.signal, callOff: () => undefined };
  const callOff = clock.after(wholeMs, () => {
    controller.abort(new Error('the whole answer took too long'));
  });
  return { signal: controller.signal, callOff };
}

function badAnswer(words: string, detail: string): ExchangeFailure {
  return new ExchangeFailure({ kind: 'bad-answer', words, detail });
}

/** The caller's headers and secrets; those that name a person go only to the host that was asked first. */
function privateTo(
  first: DocumentRequest,
  url: URL,
): { headers: Record<string, string>; secretQuery?: SecretQuery | undefined } {
  const headers = Object.entries(first.headers ?? {});
  if (url.origin === new URL(first.url).origin) {
    return { headers: Object.fromEntries(headers), secretQuery: first.secretQuery };
  }
  return {
    headers: Object.fromEntries(
      headers.filter(([name]) => !privateHeaders.has(name.toLowerCase())),
    ),
  };
}
