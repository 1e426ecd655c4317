/** Runs in plain Node; pure. What is said of results that a listing could not reach. */
import type { NasaSearchQuery } from '#contract/domain.ts';
import type { ResultGap } from '#contract/results.ts';
import type { Slice } from './plan-repo.ts';

const number = new Intl.NumberFormat('en-GB');

function results(count: number): string {
  return count === 1 ? '1 result' : `${number.format(count)} results`;
}

interface Figures {
  hits: number;
  missing: number;
  wall: number;
}

function wordsFor(slice: Slice, { hits, missing, wall }: Figures): string {
  if (slice.state === 'failed') {
    return `${slice.error?.message ?? 'NASA didn’t answer.'} What came before is stored; listing again fills the rest.`;
  }
  switch (slice.reason) {
    case 'unreadable':
      return `NASA sent ${results(missing)} here in a form that can’t be read. The others are stored.`;
    case 'changed':
      return `NASA counts ${results(hits)} here, but ${number.format(missing)} of them are on none of its pages. The archive may have changed meanwhile; list anew to compare.`;
    default:
      return `NASA counts ${results(hits)} here and lists ${number.format(wall)} at most. No parameter tells the others apart, so ${results(missing)} can’t be reached.`;
  }
}

/** The gap as the contract has it. */
export function describeGap(slice: Slice, query: NasaSearchQuery, wall: number): ResultGap {
  const hits = Math.max(slice.hits ?? 0, slice.listed);
  const missing = hits - slice.listed;
  const reason =
    slice.state === 'failed'
      ? 'failed'
      : slice.reason === 'indistinguishable'
        ? 'indistinguishable'
        : 'changed';
  return {
    slice: query,
    hits,
    listed: slice.listed,
    reason,
    message: wordsFor(slice, { hits, missing, wall }),
  };
}
