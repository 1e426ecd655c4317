/** How the archives have answered, as seen from this computer: nothing of it is sent to anyone. */
import type { DayBudget } from './day-budget.ts';
import type { ArchiveId, ArchiveStatus } from './domain.ts';

/** Half an hour of requests to one host. */
export interface HealthSlot {
  requests: number;
  failed: number;
  /** Half of the answers came within this; null where none came. */
  medianMs: number | null;
}

/** Requests to one host in the last 24 hours. */
export interface HostHealth {
  archive: ArchiveId;
  /** Its API, or the files it links to. */
  part: 'api' | 'files';
  host: string;
  state: ArchiveStatus['state'];
  /** Unix ms at which requests go on by themselves; null when they do. */
  resumesAtMs: number | null;
  lastSuccessAtMs: number | null;
  requests: number;
  /** Without an answer, refused, or answered with an error; what is not there (404) is an answer. */
  failed: number;
  medianMs: number | null;
  /** That of the last half hour in which anything was asked is `slowMs` or more. */
  isSlow: boolean;
  /** 48, the oldest first. */
  slots: HealthSlot[];
  pace: { perSecond: number; atOnce: number };
  budget: DayBudget | null;
}

export interface ArchiveHealth {
  hosts: HostHealth[];
  /** The beginning of the first of the slots. */
  sinceMs: number;
  nowMs: number;
}

/** A median answer that takes longer is slow. */
export const slowMs = 2_000;
/** One answer that takes longer is listed among those to look at. */
export const slowAnswerMs = 5_000;
export const healthSlots = 48;
export const healthSlotMs = 30 * 60_000;

/** One request as it was sent: redirects and further tries are requests of their own. */
export interface RequestEntry {
  id: number;
  atMs: number;
  archive: ArchiveId;
  host: string;
  method: string;
  /** Path and query, keys masked, cut where it is long. */
  path: string;
  /** null where no answer came. */
  status: number | null;
  /** Why none came. */
  failure: string | null;
  tookMs: number;
  /** What became of it; null where there is nothing to say. */
  then:
    | { kind: 'retried'; status: number | null; afterMs: number }
    /** Held back by the archive until a time, Unix ms. */
    | { kind: 'waits'; untilMs: number }
    | { kind: 'given-up' }
    | null;
}
