/**
 * Runs in plain Node, any thread; pure. When images were uploaded: later numbers later, more of them every year, and
 * the way back from a moment to a number. Moments are whole microseconds since 1970, UTC.
 */
import { mix } from '../random.ts';

export const microsPerSecond = 1_000_000;
const microsPerDay = 86_400 * microsPerSecond;

/** The service opened in November 2011; the sample ends here, so that it is the same for ever. */
const firstMicros = Date.UTC(2011, 10, 13) * 1000;
const lastMicros = Date.UTC(2026, 10, 1) * 1000;
/** Images got hashes from here on; older ones are known by their number alone. */
const hashMicros = Date.UTC(2019, 7, 1) * 1000;

/** Below 1: the archive grows faster every year. */
const growth = 0.62;

export interface Timeline {
  uploadedAt(index: number): number;
  /** null for the few that were never published. */
  publishedAt(index: number): number | null;
  updatedAt(index: number): number;
  /** Number of the first image uploaded at this moment or later; the archive's size where there is none. */
  firstFrom(micros: number): number;
  /** Number of the first image that has a hash. */
  firstHashed: number;
}

/** A share from 0 up to 1 that depends on a number alone. */
export const share = (seed: number, index: number): number => mix(seed, index) / 4_294_967_296;

export function createTimeline(seed: number, size: number): Timeline {
  const uploadSeed = mix(seed, 0x0b1);
  const publishSeed = mix(seed, 0x0b2);
  const updateSeed = mix(seed, 0x0b3);
  const uploadedAt = (index: number): number => {
    const draw = share(uploadSeed, index);
    const place = (index + 0.1 + 0.8 * draw) / size;
    const micros = Math.floor(firstMicros + (lastMicros - firstMicros) * Math.pow(place, growth));
    // One in forty falls on a whole second, which is written without a fraction.
    return draw * 40 - Math.floor(draw * 40) < 0.025
      ? Math.floor(micros / microsPerSecond) * microsPerSecond
      : micros;
  };
  const publishedAt = (index: number): number | null => {
    const draw = share(publishSeed, index);
    if (draw < 0.006) return null;
    const uploaded = uploadedAt(index);
    if (draw < 0.6) return uploaded + Math.floor(200_000 + draw * 3 * microsPerSecond);
    if (draw < 0.9) return uploaded + Math.floor(((draw - 0.6) / 0.3) * 2 * microsPerDay);
    return uploaded + Math.floor((2 + (draw - 0.9) * 180) * microsPerDay);
  };
  const firstFrom = (micros: number): number => {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (uploadedAt(middle) < micros) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    uploadedAt,
    publishedAt,
    updatedAt: (index) =>
      (publishedAt(index) ?? uploadedAt(index)) +
      Math.floor(Math.pow(share(updateSeed, index), 4) * 30 * microsPerDay),
    firstFrom,
    firstHashed: firstFrom(hashMicros),
  };
}

/** As the service writes moments: without zone, and without microseconds where there are none. */
export function momentText(micros: number): string {
  const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19);
  const rest = micros % microsPerSecond;
  return rest === 0 ? seconds : `${seconds}.${String(rest).padStart(6, '0')}`;
}

/** Days since 1970, UTC, of a moment. */
export const dayOf = (micros: number): number => Math.floor(micros / microsPerDay);
export const dayMicros = (day: number): number => day * microsPerDay;
export const dayText = (day: number): string =>
  new Date(day * 86_400_000).toISOString().slice(0, 10);
