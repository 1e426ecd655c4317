/**
 * Runs in plain Node. Prints images of AstroBin as records, past the 100 at which a search by subject ends, as the
 * crawl brings them.
 */
import type { AstrobinSubjectPart } from '#contract/astrobin.ts';
import type { ArchiveRecord } from '#contract/domain.ts';
import { ArchiveError, isCancelled, type WireError } from '#contract/errors.ts';
import type { ParamList } from './astrobin-params.ts';
import type { CommandRun } from './command.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { printRecord } from './listing.ts';

export interface ImageWish {
  params: ParamList;
  /** At most so many images; Infinity for all. */
  limit: number;
  /** Looks through all images of the dates where slices of dates leave some out. */
  isThorough: boolean;
}

type Run = Pick<CommandRun, 'api' | 'output' | 'signal'>;

interface Tally {
  count: number;
  part: AstrobinSubjectPart | null;
}

const number = new Intl.NumberFormat('en-GB');
const pageSize = 25;

async function* partsOf(
  { api, signal }: Run,
  wish: ImageWish,
): AsyncGenerator<AstrobinSubjectPart> {
  const { id } = await api.astrobin.openCrawl({ params: wish.params, walk: wish.isThorough });
  try {
    for (;;) {
      const part = await api.astrobin.nextOfCrawl({ id }, { signal });
      yield part;
      if (part.isEnded) return;
    }
  } finally {
    await api.astrobin.closeCrawl({ id });
  }
}

/** Said once, as soon as it is known that today's requests will not do. */
async function warnOfBudget(
  { api, output }: Run,
  { total, listed }: AstrobinSubjectPart,
  limit: number,
): Promise<void> {
  const needed = Math.ceil((Math.min(limit, total) - listed) / pageSize);
  const { budget } = await api.astrobin.service();
  const left = budget === null ? needed : Math.max(0, budget.perDay - budget.used);
  if (needed <= left) return;
  output.message(
    `The rest takes ${number.format(needed)} requests or more. Left for today: ${number.format(left)}. A smaller --limit, or dates closer together, need fewer.`,
  );
}

/** Images asked for that are known to be missing: more may be, where the archive itself does not count them. */
function summaryOf({ count, part }: Tally, limit: number) {
  const isEnded = part?.isEnded === true && part.isComplete;
  const total = isEnded ? count : Math.max(part?.total ?? 0, count);
  const missing = Math.max(0, Math.min(limit, total) - count);
  const complete = isEnded || count >= limit;
  const gaps = complete || part === null ? [] : part.gaps;
  return { total, count, complete, missing, ...(gaps.length === 0 ? {} : { gaps }) };
}

async function printSummary(
  { output }: Run,
  { params, isThorough }: ImageWish,
  summary: ReturnType<typeof summaryOf>,
  records: readonly ArchiveRecord[],
): Promise<void> {
  const { total, count, gaps = [] } = summary;
  if (output.format === 'json') await output.value({ ...summary, records });
  else if (output.format === 'ndjson') await output.value({ summary });
  else output.message(`${number.format(count)} of ${number.format(total)} records.`);
  for (const gap of gaps) output.message(gap);
  const isSubject = params.some(([name]) => name === 'subjects');
  if (gaps.length > 0 && isSubject && !isThorough) {
    output.message('--thorough looks through all images of the dates.');
  }
}

/**
 * Prints the list and its summary. Where it breaks off after some came, these are printed, what is missing is counted
 * and the exit code is 3.
 * @throws ArchiveError when nothing came, or when it is cancelled.
 */
export async function printImages(run: Run, wish: ImageWish): Promise<ExitCode> {
  const { output } = run;
  const { limit } = wish;
  const tally: Tally = { count: 0, part: null };
  const records: ArchiveRecord[] = [];
  let failure: WireError | null = null;
  try {
    for await (const part of partsOf(run, wish)) {
      if (tally.part === null) await warnOfBudget(run, part, limit);
      tally.part = part;
      for (const { record } of part.cards.slice(0, limit - tally.count)) {
        tally.count += 1;
        if (output.format === 'json') records.push(record);
        else await printRecord(output, record);
      }
      output.progress(`${tally.count} of ${part.total}, ${part.requests} requests`);
      if (tally.count >= limit) break;
    }
  } catch (error) {
    if (isCancelled(error)) output.message(`Stopped after ${number.format(tally.count)} records.`);
    if (tally.count === 0 || isCancelled(error) || !(error instanceof ArchiveError)) throw error;
    failure = error.toWire();
  }
  const summary = summaryOf(tally, limit);
  await printSummary(run, wish, summary, records);
  if (failure !== null) output.error(failure);
  return summary.complete && failure === null ? exitCodes.complete : exitCodes.partial;
}
