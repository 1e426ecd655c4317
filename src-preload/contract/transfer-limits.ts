/**
 * How much of the connection downloads may take: files at once, bytes a second, and times of the week at which
 * another limit holds. Runs everywhere; pure.
 */

/** A limit that holds at some times of the week. */
export interface BandwidthPeriod {
  /** Days on which it begins, 0 for Sunday to 6 for Saturday. */
  days: number[];
  /** Minute of the day, 0 to 1439, by the clock of this computer. */
  from: number;
  /** Minute of the day at which it ends, 1 to 1440; not after `from`, it ends on the next day. */
  to: number;
  /** Bytes a second for all downloads together; 0 for no limit. */
  bytesPerSecond: number;
}

export const transferBounds = {
  /** Files at once, in all. Every archive has a ceiling of its own below that. */
  atOnce: { least: 1, most: 16 },
  atOncePerArchive: { least: 1, most: 8 },
  /** Bytes a second; below this a transfer would look like one that has stalled. */
  bytesPerSecond: { least: 16_384, most: 1024 ** 4 },
  periods: 20,
} as const;

const minutesADay = 24 * 60;

/** True while the period holds at this minute of this day, or began the day before and goes on. */
function holdsAt({ days, from, to }: BandwidthPeriod, day: number, minute: number): boolean {
  if (to > from) return days.includes(day) && minute >= from && minute < to;
  const before = (day + 6) % 7;
  return (days.includes(day) && minute >= from) || (days.includes(before) && minute < to);
}

/**
 * Bytes a second for all downloads together at a time, by the clock of this computer: the first period that holds, else
 * the usual limit. Null for no limit.
 */
export function bandwidthAt(
  usual: number,
  timetable: readonly BandwidthPeriod[],
  at: Date,
): number | null {
  const minute = (at.getHours() * 60 + at.getMinutes()) % minutesADay;
  const period = timetable.find((one) => holdsAt(one, at.getDay(), minute));
  const limit = period === undefined ? usual : period.bytesPerSecond;
  return limit === 0 ? null : limit;
}
