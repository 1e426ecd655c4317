/** Runs in plain Node. When an archive says "come back then". */
import type { IncomingHttpHeaders } from 'node:http';

/** A day: an archive that asks for longer is not one that a running program waits for. */
const longestMs = 24 * 60 * 60 * 1000;

/**
 * Milliseconds that the answer asks us to stay away, or null where it does not say. Reads seconds and all
 * three date forms of HTTP; a date is measured against the server's own `Date`, so that a wrong clock
 * here neither hammers the archive nor waits for hours.
 */
export function readRetryAfterMs(headers: IncomingHttpHeaders, nowMs: number): number | null {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, longestMs);
  const whenMs = parseHttpDate(text);
  if (whenMs === null) return null;
  const serverNowMs = headers.date === undefined ? null : parseHttpDate(headers.date);
  return Math.min(Math.max(0, whenMs - (serverNowMs ?? nowMs)), longestMs);
}

/** Accepts IMF-fixdate, RFC 850 and asctime; the last has no zone and means UTC. */
function parseHttpDate(text: string): number | null {
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return null;
  const isAsctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text);
  const ms = Date.parse(isAsctime ? `${text} GMT` : text);
  return Number.isNaN(ms) ? null : ms;
}
