/** Runs in plain Node. How long an answer may be used without asking again (RFC 9111, for a private cache). */
import type { IncomingHttpHeaders } from 'node:http';

/** No answer of an archive is called fresh for longer, whatever it says. */
const longestS = 24 * 60 * 60;

export interface Freshness {
  /** False where the archive forbids keeping it. */
  mayKeep: boolean;
  maxAgeS: number;
}

/**
 * Reads `Cache-Control` and `Age`. An answer that says nothing is used only after asking (its validator, if
 * any, makes that cheap); `Expires` and heuristics are left alone on purpose.
 */
export function readFreshness(headers: IncomingHttpHeaders): Freshness {
  const directives = (headers['cache-control'] ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim());
  const mayKeep = !directives.includes('no-store');
  if (!mayKeep || directives.includes('no-cache')) return { mayKeep, maxAgeS: 0 };
  const stated = directives
    .map((part) => /^max-age\s*=\s*"?(\d{1,10})"?$/.exec(part)?.[1])
    .find((seconds) => seconds !== undefined);
  const onTheWayS = /^\d{1,10}$/.test(headers.age ?? '') ? Number(headers.age) : 0;
  return { mayKeep, maxAgeS: Math.max(0, Math.min(Number(stated ?? 0), longestS) - onTheWayS) };
}
