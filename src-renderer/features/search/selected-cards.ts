/** Runs in the page. The cards of a selection that may be larger than what is in memory, in its order. */
import type { RecordCard } from '#contract/domain.ts';
import type { IndexRange, IndexRanges } from '../../lib/index-ranges.ts';
import type { Selection } from '../../lib/selection.svelte.ts';

/** The contract gives as many cards in one answer. */
const cardsInOneCall = 200;

export interface CardReader {
  /** The card of a place, where it is in memory. */
  at(index: number): RecordCard | null;
  /** Reads those that are not; none where all can only be in memory. */
  read?: ((range: IndexRange, signal: AbortSignal) => Promise<RecordCard[]>) | undefined;
}

export const rangesOf = (selection: Selection): IndexRanges => selection.ranges;

/** The first `limit` cards of these places; places that hold nothing are left out. */
export async function readSelected(
  ranges: IndexRanges,
  limit: number,
  signal: AbortSignal,
  reader: CardReader,
): Promise<RecordCard[]> {
  const cards: RecordCard[] = [];
  for (const { first, last } of ranges) {
    for (let from = first; from <= last && cards.length < limit; from += cardsInOneCall) {
      const wanted = limit - cards.length;
      const until = Math.min(last, from + Math.min(cardsInOneCall, wanted) - 1);
      cards.push(...(await readPart({ first: from, last: until }, signal, reader)));
    }
  }
  return cards.slice(0, limit);
}

async function readPart(
  range: IndexRange,
  signal: AbortSignal,
  reader: CardReader,
): Promise<RecordCard[]> {
  const here: RecordCard[] = [];
  for (let index = range.first; index <= range.last; index += 1) {
    const card = reader.at(index);
    if (card !== null) here.push(card);
  }
  const isWhole = here.length === range.last - range.first + 1;
  return isWhole || reader.read === undefined ? here : reader.read(range, signal);
}
