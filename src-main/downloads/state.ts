/**
 * Runs anywhere. The life of one download as a pure, total function: every state answers every event, and
 * an event that means nothing in a state changes nothing.
 */
import type { DownloadState } from '#contract/domain.ts';
import type { WireError } from '#contract/errors.ts';

export interface JobState {
  state: DownloadState;
  /** Tries in a row that brought nothing worth keeping. */
  attempts: number;
  /** Unix ms at which a waiting job goes on; null in every other state. */
  resumesAtMs: number | null;
  /** Why it waits, failed or was set aside. */
  error: WireError | null;
  endedAtMs: number | null;
}

export type JobEvent =
  /** A process took the row to work on it. */
  | { kind: 'claimed' }
  /** Its process ended in order, or died: the work goes on later, from what is on disk. */
  | { kind: 'released' }
  | { kind: 'finished'; atMs: number }
  /** Worth another try. `gained`: more of the file came than it costs to ask for it. */
  | { kind: 'interrupted'; atMs: number; error: WireError; gained: boolean; jitter: number }
  /** The archive or the network asks for patience: waits without using up its tries. */
  | { kind: 'held'; atMs: number; error: WireError; waitMs: number | null; jitter: number }
  | { kind: 'failed'; atMs: number; error: WireError }
  | { kind: 'quarantined'; atMs: number; error: WireError }
  | { kind: 'cancelled'; atMs: number }
  /** The user wants it to wait until it is resumed. What has arrived stays. */
  | { kind: 'paused' }
  | { kind: 'resumed' }
  /** The user wants it tried again, now. */
  | { kind: 'retried' };

export interface RetryPolicy {
  /** Tries in a row without gain before a job fails. */
  maxAttempts: number;
  baseMs: number;
  capMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 6, baseMs: 1000, capMs: 60_000 };

/** The longest that an archive may hold a job back: a day. */
const longestWaitMs = 24 * 60 * 60 * 1000;

/** Doubles from the base up to the cap; `jitter` in [0, 1) spreads it over its upper half. */
export function backoffMs(attempt: number, jitter: number, policy: RetryPolicy): number {
  const full = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(30, Math.max(0, attempt - 1)));
  return Math.round(full * (0.5 + jitter / 2));
}

/** States in which each event means something. */
const meaningful: Readonly<Record<JobEvent['kind'], readonly DownloadState[]>> = {
  claimed: ['queued', 'waiting'],
  released: ['active'],
  finished: ['active'],
  interrupted: ['active'],
  held: ['active'],
  failed: ['active'],
  quarantined: ['active'],
  cancelled: ['queued', 'waiting', 'active', 'paused'],
  paused: ['queued', 'waiting', 'active'],
  resumed: ['paused'],
  retried: ['failed', 'cancelled', 'quarantined', 'waiting', 'paused'],
};

function ended(
  job: JobState,
  state: DownloadState,
  atMs: number,
  error: WireError | null,
): JobState {
  return { ...job, state, error, resumesAtMs: null, endedAtMs: atMs };
}

function waiting(job: JobState, error: WireError, attempts: number, untilMs: number): JobState {
  return {
    ...job,
    state: 'waiting',
    error,
    attempts,
    resumesAtMs: Math.round(untilMs),
    endedAtMs: null,
  };
}

export function nextState(
  job: JobState,
  event: JobEvent,
  policy: RetryPolicy = defaultRetryPolicy,
): JobState {
  if (!meaningful[event.kind].includes(job.state)) return job;
  switch (event.kind) {
    case 'claimed':
      return { ...job, state: 'active', resumesAtMs: null, error: null, endedAtMs: null };
    case 'released':
    case 'resumed':
      return { ...job, state: 'queued', resumesAtMs: null, error: null };
    case 'paused':
      return { ...job, state: 'paused', resumesAtMs: null, error: null };
    case 'retried':
      return { state: 'queued', attempts: 0, resumesAtMs: null, error: null, endedAtMs: null };
    case 'finished':
      return ended(job, 'done', event.atMs, null);
    case 'failed':
      return ended(job, 'failed', event.atMs, event.error);
    case 'quarantined':
      return ended(job, 'quarantined', event.atMs, event.error);
    case 'cancelled':
      return ended(job, 'cancelled', event.atMs, null);
    case 'interrupted': {
      const attempts = event.gained ? 1 : job.attempts + 1;
      if (attempts >= policy.maxAttempts) {
        return { ...ended(job, 'failed', event.atMs, event.error), attempts };
      }
      const wait = backoffMs(attempts, event.jitter, policy);
      return waiting(job, event.error, attempts, event.atMs + wait);
    }
    case 'held': {
      const attempts = job.attempts + 1;
      const wait = event.waitMs ?? backoffMs(attempts, event.jitter, policy);
      // Being held back is not a failed try: the count only spreads out the asking.
      return waiting(
        job,
        event.error,
        Math.min(attempts, policy.maxAttempts - 1),
        event.atMs + Math.min(Math.max(wait, 0), longestWaitMs),
      );
    }
  }
}

/** True for a job that nothing will happen to by itself. */
export function isEnded(state: DownloadState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled' || state === 'quarantined';
}
