/**
 * Runs in plain Node. What can go wrong with a download, in the words of the window: what happened, what it
 * means for the user's work, what to do.
 */
import { ArchiveError, type ErrorCode, type WireError } from '#contract/errors.ts';

/** Why a running job was told to stop. */
export class Stop extends Error {
  readonly why: 'cancelled' | 'paused' | 'released' | 'lost';

  constructor(why: 'cancelled' | 'paused' | 'released' | 'lost') {
    super(`stopped: ${why}`);
    this.name = 'Stop';
    this.why = why;
  }
}

function failure(code: ErrorCode, message: string, retryable: boolean, detail?: string): WireError {
  return { code, message, retryable, ...(detail === undefined ? {} : { detail }) };
}

export const changedMeanwhile =
  'The file changed at the archive while it was coming down. The old part was dropped, so nothing is mixed. Starting over from zero.';

export const cutShort = (detail: string) =>
  failure(
    'unavailable',
    'The connection broke before the whole file had come. What arrived is kept. It goes on by itself.',
    true,
    detail,
  );

export const badAnswer = (detail: string) =>
  failure(
    'bad-answer',
    'The archive’s answer does not fit the file that was asked for. Nothing of it was saved. Try again later.',
    true,
    detail,
  );

export const unmeasured = () =>
  failure(
    'bad-answer',
    'The archive did not say where the file ends, so it could not be known to be whole. It was not saved. Try again later.',
    true,
    'neither Content-Length nor chunked',
  );

export function webPageInstead(expected: string, detail: string): WireError {
  return failure(
    'not-as-promised',
    `The file isn’t what the archive promised. A web page came instead of ${expected}, so nothing was saved. If a sign-in page stands between you and the network, sign in, then try again.`,
    true,
    detail,
  );
}

export const otherType = (expected: string, found: string) =>
  failure(
    'not-as-promised',
    `The file isn’t what the archive promised. All bytes came, but they are ${found}, not ${expected}. It was kept aside, without its final name. Fetch it again or look at it.`,
    true,
  );

export const otherLength = (expectedBytes: number, bytes: number) =>
  failure(
    'not-as-promised',
    'The file isn’t what the archive promised. Its length differs. It was kept aside, without its final name. Fetch it again or look at it.',
    true,
    `expected ${expectedBytes} bytes, received ${bytes}`,
  );

export const otherChecksum = (algorithm: string, expected: string, found: string) =>
  failure(
    'not-as-promised',
    `The file isn’t what the archive promised. All bytes came, the ${algorithm} differs. It was kept aside, without its final name. Fetch it again or look at it.`,
    true,
    `${algorithm} expected ${expected}, received ${found}`,
  );

/** All bytes came and are not what was promised; the first time that may be the way's fault. */
export function fetchedOnceMore({ detail, message }: WireError): WireError {
  return failure(
    'not-as-promised',
    'The file isn’t what the archive promised. What came was dropped, and it is fetched once more by itself.',
    true,
    detail ?? message,
  );
}

/** For an answer that is neither the file nor worth an immediate second try. */
export function refusedStatus(status: number, detail: string): WireError {
  if (status === 404 || status === 410) {
    return failure(
      'not-found',
      'The archive no longer has this file. Nothing was saved. Look at the record for other sizes.',
      false,
      detail,
    );
  }
  if (status === 401 || status === 407) {
    return failure(
      'key-needed',
      'The archive wants a key for this file. Nothing was saved.',
      false,
      detail,
    );
  }
  if (status === 403 || status === 451) {
    return failure(
      'forbidden',
      'The archive does not give out this file. Nothing was saved.',
      false,
      detail,
    );
  }
  return failure(
    'refused-by-archive',
    'The archive refused the request for this file. Nothing was saved.',
    false,
    detail,
  );
}

export const serverTrouble = (detail: string) =>
  failure(
    'unavailable',
    'The archive answered with an error of its own. What arrived before is kept. It is tried again by itself.',
    true,
    detail,
  );

export const slowDown = (detail: string) =>
  failure(
    'rate-limited',
    'The archive asks us to slow down. What arrived is kept. It goes on by itself.',
    true,
    detail,
  );

/** "41.6 GB": decimal units, as the window writes them. */
export function bytesInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}

export const noRoom = (wanted: number, free: number) =>
  new ArchiveError(
    failure(
      'disk',
      `Not enough room: ${bytesInWords(wanted)} wanted, ${bytesInWords(free)} free. What arrived is kept and finished files are whole. Free some room or choose another folder, then try again.`,
      true,
    ),
  );

function diskWords(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk filled up. This download stopped; what arrived is kept and finished files are whole. Free some room, then try again.';
    case 'EACCES':
    case 'EPERM':
      return 'The download folder may not be written to. This download stopped; finished files are whole. Change the folder’s rights or choose another folder, then try again.';
    case 'EROFS':
      return 'The disk is read-only. This download stopped; finished files are whole. Make it writable or choose another folder, then try again.';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'The download folder is gone. This download stopped. Bring the folder back or choose another one, then try again.';
    default:
      return 'The disk could not be used. This download stopped; finished files are whole. Check the disk, then try again.';
  }
}

/** The code of a system error such as ENOSPC, or ''. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : '';
}

/** The contract's error for a failed call of the file system. */
export function toDiskError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error;
  const code = systemCode(error);
  return new ArchiveError(
    failure('disk', diskWords(code), true, code === '' ? String(error) : code),
    {
      cause: error,
    },
  );
}

/** Any failure as it travels; what nobody foresaw is a defect of ours. */
export function toWire(error: unknown): WireError {
  if (error instanceof ArchiveError) return error.toWire();
  return failure(
    'unexpected',
    'Something went wrong in Almagest itself. What arrived is kept. Try again.',
    true,
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  );
}
