/**
 * Runs in plain Node. The exit codes of the terminal: a public interface, so they never change their meaning.
 */
import type { ErrorCode } from '#contract/errors.ts';

export const exitCodes = {
  complete: 0,
  unexpected: 1,
  usage: 2,
  partial: 3,
  notFound: 4,
  refused: 5,
  unavailable: 6,
  key: 7,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byError: Readonly<Record<ErrorCode, ExitCode>> = {
  'invalid-arguments': exitCodes.usage,
  'untrusted-sender': exitCodes.unexpected,
  cancelled: exitCodes.cancelled,
  'not-found': exitCodes.notFound,
  'refused-by-archive': exitCodes.usage,
  forbidden: exitCodes.refused,
  'key-needed': exitCodes.key,
  'rate-limited': exitCodes.unavailable,
  unavailable: exitCodes.unavailable,
  offline: exitCodes.unavailable,
  'bad-answer': exitCodes.unavailable,
  'beyond-ceiling': exitCodes.usage,
  disk: exitCodes.unexpected,
  'name-taken': exitCodes.unexpected,
  'not-as-promised': exitCodes.unexpected,
  'library-unusable': exitCodes.unexpected,
  unexpected: exitCodes.unexpected,
};

/** The exit code that stands for one kind of failure. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return byError[code];
}
