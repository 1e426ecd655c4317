/** Runs in the page, pure. What "Copy quote" copies of one or several cues. */
import type { Cue } from '#contract/captions.ts';
import { formatQuote } from '#contract/quote.ts';

export interface QuoteSource {
  title: string;
  /** Credit line; '' where none is known. */
  credit: string;
}

/** What stands where something between two quoted cues was left out. */
const gap = ' […] ';

/**
 * The words of these cues, with the timecode of the first, title and credit.
 * `indexes` rise. One speaker is named in the source; several before their words.
 */
export function quoteCues(
  cues: readonly Cue[],
  indexes: readonly number[],
  source: QuoteSource,
): string {
  const chosen = indexes.flatMap((index) => {
    const cue = cues[index];
    return cue === undefined ? [] : [{ index, cue }];
  });
  const first = chosen[0];
  if (first === undefined) return '';
  const speakers = new Set(chosen.map(({ cue }) => cue.speaker));
  const areSeveral = speakers.size > 1;
  let text = '';
  let before: { index: number; cue: Cue } | null = null;
  for (const one of chosen) {
    if (before !== null) text += one.index === before.index + 1 ? ' ' : gap;
    const isNew = before === null || one.cue.speaker !== before.cue.speaker;
    if (areSeveral && isNew && one.cue.speaker !== null) text += `${one.cue.speaker}: `;
    text += one.cue.text;
    before = one;
  }
  return formatQuote({
    text,
    startMs: first.cue.startMs,
    title: source.title,
    credit: source.credit,
    speaker: areSeveral ? null : first.cue.speaker,
  });
}
