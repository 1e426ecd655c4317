/**
 * Runs anywhere. Which validators of an answer may vouch that two parts belong to one and the same file.
 */

/** What an answer said of the file that it began to send. */
export interface Representation {
  /** Whole length in bytes, where it was said. */
  total: number | null;
  /** The ETag as it came, weak ones included: with any ETag at hand, a date must not be used instead. */
  etag: string | null;
  /** Last-Modified, kept only where it is strong. */
  lastModified: string | null;
  contentType: string | null;
}

const httpDatePattern =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

function parseHttpDate(text: string | undefined): number | null {
  if (text === undefined || !httpDatePattern.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * RFC 9110, 8.8.2.2 asks for a Date at least a second after Last-Modified by one and the same clock, or far
 * enough from it that two clocks cannot matter. We cannot know the server's clocks, so a minute it is.
 */
const strongDateGapMs = 60_000;

/** The Last-Modified of an answer if it is a strong validator, else null. */
export function strongLastModified(headers: {
  'last-modified'?: string | undefined;
  date?: string | undefined;
}): string | null {
  const modified = headers['last-modified'];
  const modifiedMs = parseHttpDate(modified);
  const dateMs = parseHttpDate(headers.date);
  if (modified === undefined || modifiedMs === null || dateMs === null) return null;
  return dateMs - modifiedMs >= strongDateGapMs ? modified : null;
}

/** True for an entity tag that is well formed and not weak. */
export function isStrongEtag(etag: string): boolean {
  return /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(etag);
}

/**
 * The value for If-Range, or null when nothing may be resumed (RFC 9110, 13.1.5): a strong ETag; a strong
 * date only where there is no ETag at all.
 */
export function ifRangeValue(known: Pick<Representation, 'etag' | 'lastModified'>): string | null {
  if (known.etag !== null) return isStrongEtag(known.etag) ? known.etag : null;
  return known.lastModified;
}
