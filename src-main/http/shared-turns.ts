/**
 * Runs in plain Node. Turns to ask an archive that counts: its budget of a day, and its pace, are those of the user, not
 * of one process. The window and every terminal of a profile take their turns from one store. A lane without a budget
 * of a day (rates.ts) has no shared turns.
 */
import { randomUUID } from 'node:crypto';
import type { DayBudget } from '#contract/day-budget.ts';
import { ArchiveError } from '#contract/errors.ts';
import { isLoopbackHost } from './addresses.ts';
import { waitFor, type Clock } from './clock.ts';
import type { Lane } from './http-client.ts';
import { cancelledError, heldByArchiveError } from './pace.ts';
import { defaultRates, type Rate } from './rates.ts';
import { archiveNames } from './words.ts';

/** A stand-in on this computer and the real archive are counted apart. */
export type Place = 'public' | 'loopback';

export interface TurnWish {
  lane: Lane;
  place: Place;
  /** `YYYY-MM-DD`, UTC. */
  day: string;
  perDay: number;
  perSecond: number;
  burst: number;
  atOnce: number;
  nowMs: number;
  /** Names this turn. */
  holder: string;
  /** When the turn ends by itself, should its process be gone. */
  untilMs: number;
}

export type TurnAnswer =
  | { kind: 'granted' }
  /** Not yet: too soon after others, or as many under way as may be. */
  | { kind: 'wait'; waitMs: number }
  /** The archive asked some process to stay away. */
  | { kind: 'held'; waitMs: number }
  | { kind: 'used-up' };

/** Where turns are written down. Each call is one step that no other process can come between, and lasts. */
export interface TurnStore {
  take(wish: TurnWish): TurnAnswer;
  /** Puts off the end of a turn that is still under way. */
  keep(holder: string, untilMs: number): void;
  end(holder: string): void;
  /** Nobody gets a turn before that. A shorter hold does not end a longer one. */
  hold(lane: Lane, place: Place, untilMs: number): void;
  used(lane: Lane, place: Place, day: string): number;
}

export interface SharedTurns {
  /** Throws `ArchiveError` ('rate-limited') where nothing is left for today. Counts nothing. */
  check(lane: Lane, host: string): void;
  /** Waits for a turn and counts it; the result ends it. Throws 'rate-limited' or 'cancelled'. */
  acquire(
    lane: Lane,
    host: string,
    signal: AbortSignal,
    patience?: HoldPatience,
  ): Promise<() => void>;
  /** The archive asked us to stay away for so long: so do all processes of the profile. */
  hold(lane: Lane, host: string, waitMs: number): void;
  /** What is left for today; null for a lane that has no budget. */
  budgetOf(lane: Lane, host: string): DayBudget | null;
}

export interface HoldPatience {
  /** A hold longer than this is an error at once, with the time to come back at. */
  maxHoldMs: number;
  /** Told once of a hold that another process was asked for. */
  onHeld(waitMs: number): void;
}

export interface SharedTurnsOptions {
  store: TurnStore;
  clock: Clock;
  rateOf: (lane: Lane) => Rate;
  /** What the user lowered a day's budget to; null where they did not. Higher than the table's counts for nothing. */
  perDayOf?: (lane: Lane) => number | null;
}

const dayMs = 24 * 60 * 60 * 1000;
/** A turn whose process says nothing for so long is over. */
const leaseMs = 30_000;
const keepEveryMs = 10_000;
/** How often it is looked whether the turn of another process has ended: nothing tells. */
const longestWaitMs = 250;

/** Turns of lanes that share nothing. */
export const unsharedTurns: SharedTurns = {
  check: () => undefined,
  acquire: async () => () => undefined,
  hold: () => undefined,
  budgetOf: () => null,
};

/** Builds the turns of a process over the store that all processes of the profile share. */
export function createSharedTurns(options: SharedTurnsOptions): SharedTurns {
  const { store, clock, rateOf, perDayOf = () => null } = options;
  const perDayNow = (lane: Lane): number | null => {
    const most = rateOf(lane).perDay ?? defaultRates[lane].perDay;
    return most === undefined ? null : Math.max(0, Math.min(most, perDayOf(lane) ?? most));
  };

  const check: SharedTurns['check'] = (lane, host) => {
    const perDay = perDayNow(lane);
    if (perDay === null) return;
    const nowMs = clock.nowMs();
    if (store.used(lane, placeOf(host), dayOf(nowMs)) >= perDay) throw usedUp(lane, nowMs);
  };

  /** True once the turn is ours; false after a wait. */
  const tryOnce = async (lane: Lane, host: string, turn: Turn): Promise<boolean> => {
    const nowMs = clock.nowMs();
    const { perSecond, burst, atOnce } = rateOf(lane);
    const { holder, perDay, signal } = turn;
    const answer = store.take({
      ...{ lane, place: placeOf(host), day: dayOf(nowMs), perDay, perSecond, burst, atOnce, nowMs },
      ...{ holder, untilMs: nowMs + leaseMs },
    });
    if (answer.kind === 'used-up') throw usedUp(lane, nowMs);
    if (answer.kind === 'granted') return true;
    if (answer.kind === 'held') turn.onHeld(answer.waitMs);
    const waitMs = Math.min(Math.max(1, Math.ceil(answer.waitMs)), longestWaitMs);
    await waitFor(clock, waitMs, signal).catch(() => {
      throw cancelledError();
    });
    return false;
  };

  return {
    check,
    acquire: async (lane, host, signal, patience) => {
      const perDay = perDayNow(lane);
      if (perDay === null) return () => undefined;
      const holder = randomUUID();
      let isTold = false;
      const onHeld = (waitMs: number): void => {
        if (!isTold) patience?.onHeld(waitMs);
        isTold = true;
        if (waitMs > (patience?.maxHoldMs ?? Infinity)) throw heldByArchiveError(lane, waitMs);
      };
      while (!(await tryOnce(lane, host, { holder, perDay, signal, onHeld })));
      return keepUntilEnded(store, clock, holder);
    },
    hold: (lane, host, waitMs) => {
      if (perDayNow(lane) === null) return;
      tryTo(() => {
        store.hold(lane, placeOf(host), clock.nowMs() + waitMs);
      });
    },
    budgetOf: (lane, host) => {
      const perDay = perDayNow(lane);
      if (perDay === null) return null;
      const nowMs = clock.nowMs();
      const used = store.used(lane, placeOf(host), dayOf(nowMs));
      return { perDay, used, renewsAtMs: midnightAfter(nowMs) };
    },
  };
}

interface Turn {
  holder: string;
  perDay: number;
  signal: AbortSignal;
  /** Throws where the hold is longer than anybody waits. */
  onHeld(waitMs: number): void;
}

/** Says now and then that the turn is under way; a large file takes its time. */
function keepUntilEnded(store: TurnStore, clock: Clock, holder: string): () => void {
  let callOff = (): void => undefined;
  let hasEnded = false;
  const keep = (): void => {
    callOff = clock.after(keepEveryMs, () => {
      tryTo(() => {
        store.keep(holder, clock.nowMs() + leaseMs);
      });
      keep();
    });
  };
  keep();
  return () => {
    if (hasEnded) return;
    hasEnded = true;
    callOff();
    tryTo(() => {
      store.end(holder);
    });
  };
}

/** A store that can't be written now must not undo an answer that is here: the turn ends by itself. */
function tryTo(work: () => void): void {
  try {
    work();
  } catch {
    // Whoever asks next meets the same trouble, and says so.
  }
}

function placeOf(host: string): Place {
  return isLoopbackHost(host) ? 'loopback' : 'public';
}

function dayOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

function midnightAfter(nowMs: number): number {
  return (Math.floor(nowMs / dayMs) + 1) * dayMs;
}

function usedUp(lane: Lane, nowMs: number): ArchiveError {
  return new ArchiveError({
    code: 'rate-limited',
    message: `${archiveNames[lane]}’s limit for today is used up. Nothing was sent and nothing was lost. Requests go on at midnight UTC; everything else goes on now.`,
    retryable: true,
    retryAfterMs: midnightAfter(nowMs) - nowMs,
  });
}
