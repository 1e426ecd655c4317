/** Runs in plain Node. The Range header of one request (RFC 9110, 14.1.2). */

export interface ByteRange {
  start: number;
  /** Inclusive. */
  end: number;
}

/**
 * The one range asked for; 'all' without a header or with one that we may ignore (several ranges, other
 * units, nonsense); 'unsatisfiable' where it lies outside.
 */
export function parseByteRange(
  header: string | null,
  sizeBytes: number,
): ByteRange | 'all' | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replace(/\s/g, '') ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (match === null || (first === '' && last === '')) return 'all';
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < start) return 'all';
  return start >= sizeBytes ? 'unsatisfiable' : { start, end };
}
