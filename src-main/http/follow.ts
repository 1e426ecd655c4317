/**
 * Runs in plain Node. One question followed to its answer: policy and governor before every hop, redirects by
 * hand, the pace settled by what each answer says.
 */
import type { Clock } from './clock.ts';
import type { Answer, Ask } from './exchange.ts';
import { ExchangeFailure, failureFrom, outcomeOfFailure, outcomeOfStatus } from './failures.ts';
import { unstatedHoldMs, type Governor } from './governor.ts';
import type { HttpRequest } from './http-client.ts';
import { redirectLimit, type Policy } from './policy.ts';
import { readRetryAfterMs } from './retry-after.ts';

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

export interface Manner {
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
}

/** Asks and follows redirects; each hop is checked and paced as if it were the first. */
export async function follow(
  options: FollowOptions,
  request: HttpRequest,
  manner: Manner,
): Promise<Arrived> {
  let url = request.url;
  for (let hops = 0; hops <= redirectLimit; hops++) {
    const arrived = await askOnce(options, { ...request, url }, manner, request);
    const { location } = arrived.headers;
    if (!redirectStatuses.has(arrived.status) || location === undefined) return arrived;
    arrived.end();
    if (!URL.canParse(location, arrived.url)) {
      throw badAnswer('a redirect to nowhere', arrived.detail);
    }
    url = new URL(location, arrived.url).href;
  }
  throw badAnswer(`more than ${String(redirectLimit)} redirects`, 'gave up following');
}

/** Asks under the governor's leave and settles the pace by what the head says. */
async function askOnce(
  { ask, governor, policy, clock, log, onRequest }: FollowOptions,
  request: HttpRequest,
  manner: Manner,
  first: HttpRequest,
): Promise<Arrived> {
  const destination = policy.check(request.url, request.lane);
  const method = request.method ?? 'GET';
  const permit = await governor.acquire(request.lane, destination.url.hostname, {
    signal: request.signal,
    maxHoldMs: request.hasStandIn === true ? standInHoldLimitMs : holdLimitMs,
    endsPause: request.isAskedAnew === true,
  });
  const deadline = startDeadline(clock, manner.wholeMs);
  const settle = (): void => {
    deadline.callOff();
    permit.release();
  };
  try {
    onRequest();
    const answer = await ask({
      destination,
      method,
      headers: headersFor(first, destination.url),
      signal: AbortSignal.any([request.signal, deadline.signal]),
      unpack: manner.unpack,
    });
    const wishMs = readRetryAfterMs(answer.headers, clock.nowMs());
    permit.report(outcomeOfStatus(answer.status, wishMs, unstatedHoldMs));
    log({ level: 'debug', text: answer.detail });
    const end = (): void => {
      answer.body.destroy();
      settle();
    };
    return { ...answer, url: destination.url.href, end };
  } catch (error) {
    const failure = failureFrom(error, method);
    permit.report(request.signal.aborted ? { kind: 'nothing' } : outcomeOfFailure(failure));
    settle();
    log({ level: 'warn', text: failure.message });
    throw failure;
  }
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

/** The caller's headers; those that name a person go only to the host that was asked first. */
function headersFor(first: HttpRequest, url: URL): Record<string, string> {
  const headers = Object.entries(first.headers ?? {});
  const isFirstOrigin = url.origin === new URL(first.url).origin;
  return Object.fromEntries(
    headers.filter(([name]) => isFirstOrigin || !privateHeaders.has(name.toLowerCase())),
  );
}
