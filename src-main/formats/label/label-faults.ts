/** Runs in plain Node. What went wrong with a label, in words. */
import type { LabelProblem } from '#contract/labels.ts';
import { LabelFault } from './label-limits.ts';

export function toProblem(error: unknown): LabelProblem {
  if (error instanceof LabelFault) return { message: error.message, place: error.place };
  const detail = error instanceof Error ? error.message : String(error);
  return {
    message: `The label could not be read any further: ${detail}. What came before is shown.`,
    place: null,
  };
}

export function tooManyBytes(limit: number): LabelFault {
  return new LabelFault(
    'too-large',
    `The label is larger than ${String(Math.floor(limit / 1024 / 1024))} MB, the most that Almagest reads. What came before is shown; the file can be downloaded as it is.`,
  );
}
