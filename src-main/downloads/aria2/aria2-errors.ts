/** Runs anywhere; pure. What goes wrong between us and an aria2 daemon, in words; the token is never among them. */
import { ArchiveError, type ErrorCode, type WireError } from '#contract/errors.ts';
import { quoteArchive } from '../../http/words.ts';

/** An error that aria2 itself answered with. Its code is 1 for all of them; the words tell. */
export interface Aria2Fault {
  code: number;
  message: string;
}

const notFound = /\bnot found\b|No such download/i;

/** aria2 has forgotten it, or never knew it. */
export const saysUnknown = ({ message }: Aria2Fault) => notFound.test(message);
export const saysUnauthorised = ({ message }: Aria2Fault) =>
  /^unauthori[sz]ed$/i.test(message.trim());

export function unreachable(where: string, cause: unknown): ArchiveError {
  const message = `aria2 at ${where} does not answer. What it was given is still with it. Start it, or look at its address in the settings.`;
  return new ArchiveError({ code: 'unavailable', message, retryable: true }, { cause });
}

export function unauthorised(where: string): ArchiveError {
  return new ArchiveError({
    code: 'key-needed',
    message: `aria2 at ${where} does not accept the token. Nothing was handed over. Enter the one that it was started with (--rpc-secret).`,
    retryable: false,
  });
}

export function strangeAnswer(where: string, detail: string): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message: `What answers at ${where} does not speak as aria2 does. Nothing was changed. Look at the address in the settings.`,
    retryable: false,
    detail,
  });
}

export function toFaultError(where: string, { message }: Aria2Fault): ArchiveError {
  return new ArchiveError({
    code: 'refused-by-archive',
    message: `aria2 at ${where} refused: ${quoteArchive(message) ?? 'it did not say why'}.`,
    retryable: false,
  });
}

/** aria2 manual, "Exit Status": what its numbers are to a queue. */
const codes: Readonly<Record<string, { code: ErrorCode; retryable: boolean; what: string }>> = {
  '2': { code: 'unavailable', retryable: true, what: 'The archive did not answer in time.' },
  '3': { code: 'not-found', retryable: false, what: 'The archive no longer has this file.' },
  '4': { code: 'not-found', retryable: false, what: 'The archive no longer has this file.' },
  '5': { code: 'unavailable', retryable: true, what: 'The archive sent too slowly.' },
  '6': { code: 'offline', retryable: true, what: 'aria2 has no network.' },
  '9': { code: 'disk', retryable: true, what: 'The disk on aria2’s side is full.' },
  '13': {
    code: 'name-taken',
    retryable: true,
    what: 'A file of that name is there already; it was not overwritten.',
  },
  '15': { code: 'disk', retryable: true, what: 'aria2 could not open the file.' },
  '16': { code: 'disk', retryable: true, what: 'aria2 could not make the file.' },
  '17': { code: 'disk', retryable: true, what: 'aria2 could not write the file.' },
  '18': { code: 'disk', retryable: true, what: 'aria2 could not make the folder.' },
  '19': { code: 'unavailable', retryable: true, what: 'The archive’s address was not found.' },
  '22': { code: 'bad-answer', retryable: true, what: 'The archive answered with an error.' },
  '24': { code: 'forbidden', retryable: false, what: 'The archive refused.' },
  '29': { code: 'unavailable', retryable: true, what: 'The archive is overloaded.' },
  '32': {
    code: 'not-as-promised',
    retryable: true,
    what: 'All bytes came, but the checksum differs.',
  },
};

/** Why a download ended at aria2, as the queue shows it. */
export function toDownloadError(errorCode: string | null, errorMessage: string | null): WireError {
  const known =
    errorCode !== null && Object.hasOwn(codes, errorCode) ? codes[errorCode] : undefined;
  const { code, retryable, what } = known ?? {
    code: 'unavailable' as const,
    retryable: true,
    what: 'aria2 could not fetch the file.',
  };
  const said = quoteArchive(errorMessage);
  return {
    code,
    message: said === null ? what : `${what} aria2 says: ${said}`,
    retryable,
    detail: `aria2 error ${errorCode ?? 'without a number'}`,
  };
}
