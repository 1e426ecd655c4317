/** Runs in plain Node; pure. How much of the connection downloads may take now: of the settings, or of one command. */
import type { Settings } from '#contract/domain.ts';
import { bandwidthAt } from '#contract/transfer-limits.ts';
import type { Clock } from '../http/clock.ts';
import type { Lane } from '../http/http-client.ts';
import { defaultRates } from '../http/rates.ts';

export interface TransferLimits {
  /** Files at once, in all. */
  atOnce: number;
  /** Files at once in each lane. */
  atOnceInLane: Readonly<Record<Lane, number>>;
  /** For all together; null for no limit. */
  bytesPerSecond: number | null;
  bytesPerSecondPerHost: number | null;
}

/** What one command of the terminal asks for instead of the settings. */
export type LimitWish = Partial<Pick<TransferLimits, 'atOnce' | 'bytesPerSecond'>>;

/** The archives' own ceilings of requests under way; these are downloads, so never more than those. */
function lanesOf(perArchive: number): Record<Lane, number> {
  const lanes = Object.entries(defaultRates) as [Lane, { atOnce: number }][];
  return Object.fromEntries(
    lanes.map(([lane, { atOnce }]) => [lane, Math.min(perArchive, atOnce)]),
  ) as Record<Lane, number>;
}

/** The limits at a time. `wish` goes before the settings. */
export function limitsAt(settings: Settings, at: Date, wish: LimitWish = {}): TransferLimits {
  const { bandwidth, bandwidthPerHost, bandwidthTimetable } = settings;
  return {
    atOnce: wish.atOnce ?? settings.downloadsAtOnce,
    atOnceInLane: lanesOf(wish.atOnce ?? settings.downloadsPerArchive),
    bytesPerSecond:
      wish.bytesPerSecond === undefined
        ? bandwidthAt(bandwidth, bandwidthTimetable, at)
        : wish.bytesPerSecond,
    bytesPerSecondPerHost: bandwidthPerHost === 0 ? null : bandwidthPerHost,
  };
}

/** As the settings begin. */
export const usualLimits: TransferLimits = {
  atOnce: 8,
  atOnceInLane: lanesOf(4),
  bytesPerSecond: null,
  bytesPerSecondPerHost: null,
};

/** How long limits are taken to be as they were: they are asked for at every piece of a body. */
const holdMs = 1000;

/** Limits that are read anew now and then, and when told that they have changed. */
export class KeptLimits {
  readonly #clock: Clock;
  readonly #read: (at: Date) => TransferLimits;
  #kept: { limits: TransferLimits; atMs: number } | null = null;

  constructor(clock: Clock, read: (at: Date) => TransferLimits) {
    this.#clock = clock;
    this.#read = read;
  }

  now(): TransferLimits {
    const nowMs = this.#clock.nowMs();
    if (this.#kept === null || Math.abs(nowMs - this.#kept.atMs) >= holdMs) {
      this.#kept = { limits: this.#read(new Date(nowMs)), atMs: nowMs };
    }
    return this.#kept.limits;
  }

  forget(): void {
    this.#kept = null;
  }
}
