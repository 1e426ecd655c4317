/**
 * Runs in plain Node. Holds every request until its archive may be asked: the paces of all lanes, and the
 * state of each lane for the status line.
 */
import type { ArchiveStatus } from '#contract/domain.ts';
import { isLoopbackHost } from './addresses.ts';
import type { Clock } from './clock.ts';
import type { Lane } from './http-client.ts';
import { Pace, type AcquireOptions, type PaceFact, type Permit } from './pace.ts';
import { lanesByHost, type Rate } from './rates.ts';

export interface LaneStatus {
  state: ArchiveStatus['state'];
  /** Unix ms at which requests go on by themselves; null when they do. */
  resumesAtMs: number | null;
  lastSuccessAtMs: number | null;
}

export type LaneListener = (lane: Lane, status: LaneStatus) => void;

export interface Governor {
  /** Waits for a turn. Throws `ArchiveError`: 'cancelled', or 'rate-limited' and 'unavailable' for a long hold. */
  acquire(lane: Lane, host: string, options: AcquireOptions): Promise<Permit>;
  /** Stays away for so long: the archive asked another process of the profile. */
  hold(lane: Lane, host: string, waitMs: number): void;
  status(lane: Lane): LaneStatus;
  /** Tells changes of state; the returned function ends it. */
  onChange(listener: LaneListener): () => void;
  /** Forgets that the archive did not answer, so that it is asked now. What the archive itself asked for stays. */
  tryNow(lane: Lane): void;
  /** Ends all timers; whoever still waits is cancelled. */
  close(): void;
}

export interface GovernorOptions {
  clock: Clock;
  /** 0 to 1, as Math.random. */
  random: () => number;
  rateOf: (lane: Lane) => Rate;
}

/** Stay away for this long after a 429 that does not say how long. */
export const unstatedHoldMs = 5_000;

const atFirst: LaneStatus = { state: 'unknown', resumesAtMs: null, lastSuccessAtMs: null };

/** Builds the governor. One per process: it is what makes us polite. */
export function createGovernor(options: GovernorOptions): Governor {
  const paces = new Map<string, Pace>();
  const statuses = new Map<Lane, LaneStatus>();
  const listeners = new Set<LaneListener>();
  let isClosed = false;

  const note = (lane: Lane, fact: PaceFact): void => {
    const before = statuses.get(lane) ?? atFirst;
    const after = { ...before, ...changeOf(fact, before, options.clock.nowMs()) };
    statuses.set(lane, after);
    if (before.state === after.state && before.resumesAtMs === after.resumesAtMs) return;
    for (const listener of listeners) listener(lane, after);
  };

  const paceOf = (lane: Lane, host: string): Pace => {
    // A stand-in on this computer and the real archive share no holds: the user may switch between them.
    const place = isLoopbackHost(host) ? 'loopback' : lanesByHost.has(lane) ? host : 'public';
    const key = `${lane} ${place}`;
    const tell = (fact: PaceFact): void => {
      note(lane, fact);
    };
    const pace = paces.get(key) ?? new Pace({ ...options, lane, tell });
    paces.set(key, pace);
    if (isClosed) pace.close();
    return pace;
  };

  return {
    acquire: (lane, host, wish) => paceOf(lane, host).acquire(wish),
    hold: (lane, host, waitMs) => {
      paceOf(lane, host).hold(waitMs);
    },
    status: (lane) => statuses.get(lane) ?? atFirst,
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tryNow: (lane) => {
      for (const pace of paces.values()) if (pace.lane === lane) pace.tryNow();
    },
    close: () => {
      isClosed = true;
      for (const pace of paces.values()) pace.close();
      listeners.clear();
    },
  };
}

function changeOf(fact: PaceFact, before: LaneStatus, nowMs: number): Partial<LaneStatus> {
  switch (fact.kind) {
    case 'answered':
      return { state: 'answering', resumesAtMs: null, lastSuccessAtMs: nowMs };
    case 'failed':
      return { state: 'not-answering', resumesAtMs: null };
    case 'offline':
      return { state: 'offline', resumesAtMs: null };
    case 'held':
      return {
        state: fact.by === 'archive' ? 'waiting' : 'not-answering',
        resumesAtMs: fact.untilMs,
      };
    case 'hold-ended':
      return { state: fact.by === 'archive' ? 'unknown' : before.state, resumesAtMs: null };
  }
}
