/**
 * Runs in plain Node. The pace that each archive is asked at (architecture, section 5). These are ceilings:
 * nothing raises them but the bench's environment, and that only towards a stand-in on this computer.
 */
import type { Lane } from './http-client.ts';

export interface Rate {
  perSecond: number;
  /** Requests that may go at once after a quiet time. */
  burst: number;
  /** Requests under way at the same time, bodies included. */
  atOnce: number;
  /** Requests a day (UTC), where the archive has such a budget. */
  perDay?: number;
}

export const defaultRates: Readonly<Record<Lane, Rate>> = {
  'nasa-api': { perSecond: 5, burst: 10, atOnce: 4 },
  'nasa-files': { perSecond: 20, burst: 40, atOnce: 8 },
  'pds-api': { perSecond: 5, burst: 10, atOnce: 4 },
  'pds-files': { perSecond: 10, burst: 20, atOnce: 6 },
  astrobin: { perSecond: 1, burst: 3, atOnce: 1, perDay: 500 },
};

/** The environment's name for each lane's rate. */
export const rateVariables: Readonly<Record<Lane, string>> = {
  'nasa-api': 'ALMAGEST_RATE_NASA_API',
  'nasa-files': 'ALMAGEST_RATE_NASA_FILES',
  'pds-api': 'ALMAGEST_RATE_PDS_API',
  'pds-files': 'ALMAGEST_RATE_PDS_FILES',
  astrobin: 'ALMAGEST_RATE_ASTROBIN',
};

/** Lanes whose hosts are paced one by one: each PDS data node is its own machine. */
export const lanesByHost: ReadonlySet<Lane> = new Set<Lane>(['pds-files']);

/**
 * Reads `PER_SECOND,BURST,AT_ONCE`, with a fourth number for a day's budget.
 * Returns null for anything else: a mistyped rate is not a rate of zero, and not an endless one.
 */
export function parseRate(text: string): Rate | null {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length < 3 || parts.length > 4) return null;
  if (!parts.every((part) => /^\d{1,7}(\.\d{1,6})?$/.test(part))) return null;
  const [perSecond, burst, atOnce, perDay] = parts.map(Number);
  if (perSecond === undefined || burst === undefined || atOnce === undefined) return null;
  const whole = [burst, atOnce, ...(perDay === undefined ? [] : [perDay])];
  if (perSecond <= 0 || !whole.every((value) => Number.isInteger(value) && value >= 1)) return null;
  return { perSecond, burst, atOnce, ...(perDay === undefined ? {} : { perDay }) };
}

export interface RateSources {
  environment: Readonly<Record<string, string | undefined>>;
  /** True in unpackaged builds and in the terminal. */
  allowOverrides: boolean;
  /** True while the archive of this lane is one on this computer. Asked anew each time. */
  isLoopback(lane: Lane): boolean;
}

/** The rate in force for a lane now: the table's, or the bench's towards a stand-in on this computer. */
export function createRateOf(sources: RateSources): (lane: Lane) => Rate {
  const overrides = new Map<Lane, Rate>();
  if (sources.allowOverrides) {
    for (const [lane, name] of Object.entries(rateVariables) as [Lane, string][]) {
      const rate = parseRate(sources.environment[name] ?? '');
      if (rate !== null) overrides.set(lane, rate);
    }
  }
  return (lane) => {
    const override = overrides.get(lane);
    return override !== undefined && sources.isLoopback(lane) ? override : defaultRates[lane];
  };
}
