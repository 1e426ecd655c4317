/**
 * Runs in plain Node. Prints products of the PDS registry as records: a part of a list, or all of it past every
 * ceiling, as the crawl brings them.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { ArchiveRecord } from '#contract/domain.ts';
import { ArchiveError, isCancelled, type WireError } from '#contract/errors.ts';
import type { PdsCrawlPart, PdsCrawlTarget } from '#contract/pds-lists.ts';
import { toRecord } from '../sources/pds-registry/record.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { printRecord } from './listing.ts';
import type { Output } from './output.ts';

export interface ProductListing {
  api: ArchiveApi;
  output: Output;
  target: PdsCrawlTarget;
  /** At most so many products; Infinity for all. */
  limit: number;
  signal: AbortSignal;
}

const number = new Intl.NumberFormat('en-GB');

interface Tally {
  count: number;
  report: PdsCrawlPart['report'] | null;
  isEnded: boolean;
}

async function* partsOf({ api, target, signal }: ProductListing): AsyncGenerator<PdsCrawlPart> {
  const { id } = await api.pds.openCrawl({ target });
  try {
    for (;;) {
      const part = await api.pds.nextOfCrawl({ id }, { signal });
      yield part;
      if (part.isEnded) return;
    }
  } finally {
    await api.pds.closeCrawl({ id });
  }
}

/** Records asked for that did not come; 0 while nobody counts them. */
function missingOf({ count, report, isEnded }: Tally, limit: number): number {
  if (report === null) return 0;
  if (isEnded) return report.missing;
  return Math.max(0, Math.min(limit, report.hits ?? 0) - count);
}

async function printSummary(
  { output, limit }: ProductListing,
  tally: Tally,
  records: readonly ArchiveRecord[],
): Promise<number> {
  const { count, report } = tally;
  const missing = missingOf(tally, limit);
  const total = report?.hits ?? count;
  const summary = { total, count, complete: missing === 0, missing };
  if (output.format === 'json') await output.value({ ...summary, records });
  else if (output.format === 'ndjson') await output.value({ summary });
  else output.message(`${number.format(count)} of ${number.format(total)} records.`);
  for (const gap of tally.isEnded ? (report?.gaps ?? []) : []) {
    output.message(`${number.format(gap.count)} missing (${gap.reason}): ${gap.where}`);
  }
  return missing;
}

/**
 * Prints the list and its summary. Where it breaks off after some came, these are printed, what is missing is counted
 * and the exit code is 3.
 * @throws ArchiveError when nothing came, or when it is cancelled.
 */
export async function printProducts(listing: ProductListing): Promise<ExitCode> {
  const { output, limit } = listing;
  const tally: Tally = { count: 0, report: null, isEnded: false };
  const records: ArchiveRecord[] = [];
  let failure: WireError | null = null;
  let areNotesTold = false;
  try {
    for await (const part of partsOf(listing)) {
      if (!areNotesTold) for (const note of part.notes) output.message(note);
      areNotesTold = true;
      tally.report = part.report;
      tally.isEnded = part.isEnded;
      for (const product of part.products.slice(0, limit - tally.count)) {
        tally.count += 1;
        const record = toRecord(product);
        if (output.format === 'json') records.push(record);
        else await printRecord(output, record);
      }
      const { hits } = part.report;
      output.progress(`${tally.count} of ${hits === null ? 'an unknown number' : hits}`);
      if (tally.count >= limit) break;
    }
  } catch (error) {
    if (isCancelled(error)) output.message(`Stopped after ${number.format(tally.count)} records.`);
    if (tally.count === 0 || isCancelled(error) || !(error instanceof ArchiveError)) throw error;
    failure = error.toWire();
  }
  const missing = await printSummary(listing, tally, records);
  if (failure !== null) output.error(failure);
  return missing === 0 && failure === null ? exitCodes.complete : exitCodes.partial;
}
