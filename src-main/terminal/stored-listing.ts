/**
 * Runs in plain Node. Prints all results of a search past the archive's ceiling: they are listed into a stored
 * set, and printed as they come. What is stored stays, so that a listing that was stopped goes on the next time.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { ArchiveRecord, NasaSearchQuery } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { ResultGap, ResultSet } from '#contract/results.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { printRecord } from './listing.ts';
import type { Output } from './output.ts';

export interface StoredListing {
  api: ArchiveApi;
  output: Output;
  query: NasaSearchQuery;
  /** At most so many records; Infinity for all. */
  limit: number;
  signal: AbortSignal;
  nowMs(): number;
}

/** A set that was listed longer ago is listed anew: a script wants what there is now. */
const freshForMs = 10 * 60_000;
const cardsAtOnce = 200;

const number = new Intl.NumberFormat('en-GB');

function hasEnded({ state }: ResultSet): boolean {
  return state === 'complete' || state === 'partial' || state === 'failed';
}

async function openSet({ api, query, nowMs }: StoredListing): Promise<ResultSet> {
  const set = await api.results.open({ query });
  if (hasEnded(set) && nowMs() - (set.endedAtMs ?? 0) > freshForMs) {
    return api.results.refresh({ id: set.id });
  }
  return set.state === 'listing' || set.state === 'complete'
    ? set
    : api.results.resume({ id: set.id });
}

/** The set again and again, each time that it grew; ends once it is no longer being listed. */
async function* changesOf(listing: StoredListing, first: ResultSet): AsyncGenerator<ResultSet> {
  const { api, signal } = listing;
  let wake: () => void = () => {};
  const stop = api.on('resultsChanged', ({ set }) => {
    if (set.id === first.id) wake();
  });
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort);
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const set = await api.results.get({ id: first.id });
      yield set;
      if (set.state !== 'listing') return;
      if (!signal.aborted) await changed;
      if (signal.aborted) throw stopped(set);
    }
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}

function stopped({ stored, total }: ResultSet): ArchiveError {
  const of = total === null ? '' : ` of ${number.format(total)}`;
  return new ArchiveError({
    code: 'cancelled',
    message: `Stopped with ${number.format(stored)}${of} records listed. They stay; the same command goes on from there.`,
    retryable: true,
  });
}

async function* recordsOf(
  api: ArchiveApi,
  id: string,
  from: number,
  until: number,
): AsyncGenerator<ArchiveRecord> {
  for (let at = from; at < until; at += cardsAtOnce) {
    const count = Math.min(cardsAtOnce, until - at);
    const { cards } = await api.results.page({ id, from: at, count });
    for (const { record } of cards) yield record;
  }
}

/** The set of a query, listed to its end, or as far as `limit` asks. Throws when it is cancelled or nothing came. */
export async function storedSet(listing: StoredListing): Promise<ResultSet> {
  let set = await openSet(listing);
  for await (const now of changesOf(listing, set)) {
    set = now;
    listing.output.progress(`Listing: ${now.stored} of ${now.total ?? 'an unknown number'}`);
    if (now.stored >= listing.limit) break;
  }
  if (set.state === 'failed' && set.stored === 0) {
    throw new ArchiveError(
      set.error ?? { code: 'unavailable', message: 'Nothing could be listed.', retryable: true },
    );
  }
  return set;
}

function partOf({ slice }: ResultGap): string {
  return Object.entries(slice)
    .map(([name, value]) => `--${name} ${JSON.stringify(value)}`)
    .join(' ');
}

/** What is told of a set at the end, in the words of the terminal's interface. */
function summaryOf(set: ResultSet, count: number, limit: number) {
  const total = set.total ?? count;
  const missing = Math.max(0, Math.min(limit, total) - count);
  const gaps = missing > 0 && set.gaps.length > 0 ? { gaps: set.gaps } : {};
  return { total, count, complete: missing === 0, missing, ...gaps };
}

async function printSummary(
  { output, api, limit }: StoredListing,
  set: ResultSet,
  count: number,
): Promise<void> {
  const summary = summaryOf(set, count, limit);
  if (output.format === 'ndjson') await output.value({ summary });
  else if (output.format === 'json') {
    await output.document(summary, 'records', recordsOf(api, set.id, 0, count));
  } else {
    output.message(`${number.format(count)} of ${number.format(summary.total)} records.`);
  }
  if (summary.missing === 0) return;
  output.message(`${number.format(summary.missing)} records are missing:`);
  for (const gap of set.gaps) output.message(`  ${partOf(gap)}: ${gap.message}`);
}

/**
 * Prints the listing and its summary; exit code 3 when something is missing.
 * @throws ArchiveError when nothing at all could be listed, or when it is cancelled.
 */
export async function printStoredListing(listing: StoredListing): Promise<ExitCode> {
  const { api, output, limit } = listing;
  let set = await openSet(listing);
  let count = 0;
  for await (const now of changesOf(listing, set)) {
    set = now;
    const until = Math.min(limit, now.stored);
    if (output.format !== 'json') {
      for await (const record of recordsOf(api, now.id, count, until)) {
        if (listing.signal.aborted) throw stopped(now);
        await printRecord(output, record);
      }
    }
    count = until;
    output.progress(`${count} of ${Math.min(limit, now.total ?? Infinity)}`);
    if (count >= limit) break;
  }
  if (count === 0 && set.error !== null) throw new ArchiveError(set.error);
  await printSummary(listing, set, count);
  if (set.error !== null && count < limit) output.error(set.error);
  const isWhole = summaryOf(set, count, limit).complete;
  return isWhole ? exitCodes.complete : exitCodes.partial;
}
