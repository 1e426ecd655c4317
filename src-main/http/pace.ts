/**
 * Runs in plain Node. The pace of one host or group of hosts: token bucket, so many at once in order of
 * arrival, holds, and the circuit. Its owner is the governor.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { Clock } from './clock.ts';
import type { Lane } from './http-client.ts';
import type { Rate } from './rates.ts';
import { archiveNames, durationInWords } from './words.ts';

/** How a request went, as far as the pace is concerned. `nothing`: cancelled, it says nothing. */
export type Outcome =
  | { kind: 'answered' }
  | { kind: 'held'; waitMs: number }
  | { kind: 'failed' }
  | { kind: 'offline' }
  | { kind: 'nothing' };

/** Leave to ask once. Report when the answer's head is there; release when the body is through. */
export interface Permit {
  report(outcome: Outcome): void;
  release(): void;
}

export interface AcquireOptions {
  signal: AbortSignal;
  /** A hold longer than this is an error at once, with the time to come back at. */
  maxHoldMs: number;
  /** Does not wait for the end of the pause after failures; what the archive itself asked for stays. */
  endsPause?: boolean;
}

/** What the pace tells its governor. */
export type PaceFact =
  | { kind: 'answered' }
  | { kind: 'failed' }
  | { kind: 'offline' }
  | { kind: 'held'; by: Holder; untilMs: number }
  | { kind: 'hold-ended'; by: Holder };

/** Who keeps requests back: the archive's own wish, or our circuit after failures in a row. */
export type Holder = 'archive' | 'circuit';

export interface PaceOptions {
  lane: Lane;
  clock: Clock;
  random: () => number;
  rateOf: (lane: Lane) => Rate;
  tell: (fact: PaceFact) => void;
}

const failuresToOpen = 5;
const firstOpenMs = 2_000;
const longestOpenMs = 60_000;

interface Waiter {
  maxHoldMs: number;
  admit: (permit: Permit) => void;
  refuse: (error: ArchiveError) => void;
}

export class Pace {
  readonly lane: Lane;
  readonly #options: PaceOptions;
  readonly #queue: Waiter[] = [];
  #tokens: number;
  #refilledAtMs: number;
  #active = 0;
  #heldUntilMs = 0;
  #heldBy: Holder | null = null;
  /** Failures in a row. */
  #failures = 0;
  /** Times that the circuit opened since the last answer; above zero only one request goes at a time. */
  #opens = 0;
  #callOffTimer: (() => void) | null = null;
  #isClosed = false;

  constructor(options: PaceOptions) {
    this.lane = options.lane;
    this.#options = options;
    this.#tokens = options.rateOf(options.lane).burst;
    this.#refilledAtMs = options.clock.nowMs();
  }

  acquire({ signal, maxHoldMs, endsPause = false }: AcquireOptions): Promise<Permit> {
    if (endsPause) this.tryNow();
    return new Promise((resolve, reject) => {
      const holdMs = this.#heldUntilMs - this.#options.clock.nowMs();
      if (signal.aborted || this.#isClosed) {
        reject(cancelledError());
        return;
      }
      if (holdMs > maxHoldMs) {
        reject(this.#heldError(holdMs));
        return;
      }
      const onAbort = (): void => {
        this.#leave(waiter);
        reject(cancelledError());
      };
      const waiter: Waiter = {
        maxHoldMs,
        admit: (permit) => {
          signal.removeEventListener('abort', onAbort);
          resolve(permit);
        },
        refuse: (error) => {
          signal.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(waiter);
      this.#pump();
    });
  }

  /** The archive asked for this, maybe of another process. */
  hold(waitMs: number): void {
    this.#hold(waitMs, 'archive');
  }

  /** Ends the circuit's hold, not the archive's. */
  tryNow(): void {
    if (this.#heldBy !== 'circuit') return;
    this.#heldUntilMs = 0;
    this.#pump();
  }

  close(): void {
    this.#isClosed = true;
    this.#callOffTimer?.();
    for (const waiter of this.#queue.splice(0)) waiter.refuse(cancelledError());
  }

  #leave(waiter: Waiter): void {
    const at = this.#queue.indexOf(waiter);
    if (at >= 0) this.#queue.splice(at, 1);
  }

  /** Lets go whoever may go now, and sets the timer for the next. */
  #pump(): void {
    const { clock, rateOf } = this.#options;
    this.#callOffTimer?.();
    this.#callOffTimer = null;
    if (this.#isClosed) return;
    const holdMs = this.#heldUntilMs - clock.nowMs();
    if (holdMs > 0) {
      this.#pumpAfter(holdMs);
      return;
    }
    if (this.#heldBy !== null) this.#endHold(this.#heldBy);
    const rate = rateOf(this.lane);
    while (this.#active < (this.#opens > 0 ? 1 : rate.atOnce)) {
      if (this.#queue.length === 0) return;
      const waitMs = this.#tokenWaitMs(rate);
      if (waitMs > 0) {
        this.#pumpAfter(waitMs);
        return;
      }
      this.#tokens -= 1;
      this.#active += 1;
      this.#queue.shift()?.admit(this.#permit());
    }
  }

  #pumpAfter(delayMs: number): void {
    this.#callOffTimer = this.#options.clock.after(Math.ceil(delayMs), () => {
      this.#pump();
    });
  }

  /** Milliseconds until a token is there, by the rate in force now. */
  #tokenWaitMs(rate: Rate): number {
    const nowMs = this.#options.clock.nowMs();
    const gained = (Math.max(0, nowMs - this.#refilledAtMs) / 1000) * rate.perSecond;
    this.#tokens = Math.min(rate.burst, this.#tokens + gained);
    this.#refilledAtMs = nowMs;
    // A timer that fires a hair early must not cost another round.
    if (this.#tokens > 1 - 1e-9) return 0;
    return ((1 - this.#tokens) / rate.perSecond) * 1000;
  }

  #permit(): Permit {
    let isReported = false;
    let isReleased = false;
    return {
      report: (outcome) => {
        if (isReported) return;
        isReported = true;
        this.#settle(outcome);
      },
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#active -= 1;
        this.#pump();
      },
    };
  }

  #settle(outcome: Outcome): void {
    switch (outcome.kind) {
      case 'answered':
        this.#failures = 0;
        this.#opens = 0;
        // An answer to an earlier request does not undo what the archive has asked for since.
        if (this.#heldBy === null) this.#options.tell({ kind: 'answered' });
        break;
      case 'held':
        this.#hold(outcome.waitMs, 'archive');
        break;
      case 'offline':
        // The network is gone, not the archive: asking again costs the archive nothing.
        this.#options.tell({ kind: 'offline' });
        break;
      case 'failed':
        this.#countFailure();
        break;
      case 'nothing':
        break;
    }
  }

  #countFailure(): void {
    // Requests that were under way when the hold began do not lengthen it.
    if (this.#heldBy !== null) return;
    this.#failures += 1;
    if (this.#opens === 0 && this.#failures < failuresToOpen) {
      this.#options.tell({ kind: 'failed' });
      return;
    }
    this.#opens += 1;
    const fullMs = Math.min(longestOpenMs, firstOpenMs * 2 ** (this.#opens - 1));
    this.#hold(Math.round(fullMs * (0.5 + this.#options.random() / 2)), 'circuit');
  }

  #hold(waitMs: number, by: Holder): void {
    const untilMs = this.#options.clock.nowMs() + waitMs;
    if (untilMs <= this.#heldUntilMs || waitMs <= 0) return;
    this.#heldUntilMs = untilMs;
    this.#heldBy = by;
    this.#options.tell({ kind: 'held', by, untilMs });
    for (const waiter of [...this.#queue]) {
      if (waitMs <= waiter.maxHoldMs) continue;
      this.#leave(waiter);
      waiter.refuse(this.#heldError(waitMs));
    }
    this.#pump();
  }

  #endHold(by: Holder): void {
    this.#heldBy = null;
    this.#heldUntilMs = 0;
    this.#tokenWaitMs(this.#options.rateOf(this.lane));
    // Nobody storms back in one burst.
    this.#tokens = Math.min(this.#tokens, 1);
    this.#options.tell({ kind: 'hold-ended', by });
  }

  #heldError(holdMs: number): ArchiveError {
    if (this.#heldBy === 'archive') return heldByArchiveError(this.lane, holdMs);
    const wait = durationInWords(holdMs);
    return new ArchiveError({
      code: 'unavailable',
      message: `${archiveNames[this.lane]} hasn’t been answering. Nothing was sent and nothing was lost. It is asked again in ${wait}.`,
      retryable: true,
      retryAfterMs: Math.ceil(holdMs),
    });
  }
}

/** The error of a caller who does not wait as long as the archive asked for. */
export function heldByArchiveError(lane: Lane, holdMs: number): ArchiveError {
  return new ArchiveError({
    code: 'rate-limited',
    message: `${archiveNames[lane]} asked us to wait. Nothing was sent and nothing was lost. Requests go on in ${durationInWords(holdMs)}.`,
    retryable: true,
    retryAfterMs: Math.ceil(holdMs),
  });
}

/** The error of a caller who cancelled. */
export function cancelledError(): ArchiveError {
  return new ArchiveError({
    code: 'cancelled',
    message: 'This was cancelled. Nothing was changed.',
    retryable: true,
  });
}
