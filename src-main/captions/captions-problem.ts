/** Runs in plain Node. What is wrong with a file that should hold captions. */

import { ArchiveError } from '#contract/errors.ts';

/** Captions of these sizes are real; what is larger is cut or refused, and said. */
export const captionLimits = {
  /** The captions of a six-hour broadcast are about 0.5 MB. */
  fileBytes: 8 * 1024 * 1024,
  cues: 100_000,
  /** UTF-16 units in one line; the longest line seen in real files is under 500. */
  lineLength: 4096,
  /** Lines in one cue. */
  cueLines: 100,
} as const;

/** Why a file cannot be read as captions at all. The message is for the user. */
export class CaptionsProblem extends Error {
  override name = 'CaptionsProblem';
  readonly kind: 'not-captions' | 'other-format' | 'too-large';

  constructor(kind: CaptionsProblem['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The problem as the contract has it. What is no captions today may be so tomorrow; a format stays. */
export function toArchiveError(problem: CaptionsProblem): ArchiveError {
  return new ArchiveError(
    {
      code: 'bad-answer',
      message: problem.message,
      retryable: problem.kind === 'not-captions',
    },
    { cause: problem },
  );
}
