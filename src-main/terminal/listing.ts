/**
 * Runs in plain Node. Prints a list of records that comes in pages: a search, an album.
 */
import type { ArchiveRecord, SearchPage } from '#contract/domain.ts';
import { ArchiveError, isCancelled, type WireError } from '#contract/errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { keptWords } from './kept-words.ts';
import { plain, type Output } from './output.ts';

export interface Listing {
  output: Output;
  /** At most so many records; Infinity for all that the archive lists. */
  limit: number;
  /** 1-based number of the first page. */
  firstPage: number;
  fetch(page: number): Promise<SearchPage>;
}

const number = new Intl.NumberFormat('en-GB');

function missingWords({ ceiling, total }: Tally, missing: number): string {
  const gap = `${number.format(missing)} records are missing: the list is right but not whole.`;
  if (ceiling === null || total <= ceiling) return gap;
  return `${gap} The archive lists only the first ${number.format(ceiling)} results; narrow the search, by --year_start and --year_end say, to get at the others.`;
}

interface Tally {
  /** Last result that the archive is willing to list, or null. */
  ceiling: number | null;
  total: number;
  count: number;
  /** Records asked for: the limit, or all from the first page on if they are fewer. */
  wanted: number;
}

/** Before the first page nobody knows how many there are. */
function wantedWords({ wanted }: Tally): string {
  return wanted === 0 ? 'an unknown number of' : number.format(wanted);
}

async function* pagesOf(listing: Listing): AsyncGenerator<SearchPage> {
  let left = listing.limit;
  for (let number = listing.firstPage; ; number += 1) {
    const page = await listing.fetch(number);
    yield page;
    left -= page.cards.length + page.unreadable;
    if (!page.hasNext || left <= 0) return;
  }
}

function lineOf(record: ArchiveRecord): string {
  const date = record.date?.slice(0, 10) ?? '          ';
  return `${plain(record.ref)}\t${record.kind}\t${date}\t${plain(record.title)}`;
}

/** One record of a list, in the format asked for; in one document it comes at the end. */
export async function printRecord(output: Output, record: ArchiveRecord): Promise<void> {
  if (output.format === 'ndjson') await output.value(record);
  else if (output.format === 'text') await output.line(lineOf(record));
}

async function printSummary(
  output: Output,
  tally: Tally,
  missing: number,
  records: readonly ArchiveRecord[],
): Promise<void> {
  const { total, count } = tally;
  // A search that ends at the archive's ceiling may have more than it says.
  const ceiling = tally.ceiling === total ? { ceiling: total } : {};
  const summary = { total, count, complete: missing === 0, missing, ...ceiling };
  if (output.format === 'json') await output.value({ ...summary, records });
  else if (output.format === 'ndjson') await output.value({ summary });
  else output.message(`${number.format(count)} of ${number.format(total)} records.`);
  if (missing > 0) output.message(missingWords(tally, missing));
}

/**
 * Prints a listing and its summary. A page that fails after others came ends the list there: what came is
 * printed, what is missing counted, and the exit code is 3; so it is where kept pages stand in.
 * @throws ArchiveError when the first page fails, or when it is cancelled.
 */
export async function printListing(listing: Listing): Promise<ExitCode> {
  const { output } = listing;
  const tally: Tally = { ceiling: null, total: 0, count: 0, wanted: 0 };
  const records: ArchiveRecord[] = [];
  let failure: WireError | null = null;
  let isKept = false;
  try {
    for await (const page of pagesOf(listing)) {
      const skipped = (listing.firstPage - 1) * page.pageSize;
      tally.ceiling = page.ceiling;
      tally.total = page.total;
      tally.wanted = Math.max(0, Math.min(listing.limit, page.total - skipped));
      for (const { record } of page.cards.slice(0, listing.limit - tally.count)) {
        tally.count += 1;
        if (output.format === 'json') records.push(record);
        else await printRecord(output, record);
      }
      // A page that the archive did not give is the whole list's shortcoming, kept copy or not.
      if (page.age.problem !== null) {
        isKept = true;
        output.message(keptWords(page.age));
      }
      output.progress(`${tally.count} of ${tally.wanted}`);
    }
  } catch (error) {
    if (isCancelled(error)) {
      output.message(
        `Stopped after ${number.format(tally.count)} of ${wantedWords(tally)} records.`,
      );
    }
    if (tally.count === 0 || isCancelled(error) || !(error instanceof ArchiveError)) throw error;
    failure = error.toWire();
  }
  const missing = Math.max(0, tally.wanted - tally.count);
  await printSummary(output, tally, missing, records);
  if (failure !== null) output.error(failure);
  return missing === 0 && failure === null && !isKept ? exitCodes.complete : exitCodes.partial;
}
