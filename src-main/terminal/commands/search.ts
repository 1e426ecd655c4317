/**
 * Runs in plain Node. `almagest search nasa-images [TEXT] [--PARAM VALUE …] [--limit N] [--all]`
 */
import type { ArchiveRecord, NasaSearchQuery, SearchPage } from '#contract/domain.ts';
import { nearest, requireCount, requireValue, UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { plain } from '../output.ts';

const defaultLimit = 100;
const largestPage = 100;

const parameters = [
  'q',
  'center',
  'description',
  'description_508',
  'keywords',
  'location',
  'media_type',
  'nasa_id',
  'photographer',
  'secondary_creator',
  'title',
  'year_start',
  'year_end',
] as const satisfies readonly (keyof NasaSearchQuery)[];

interface SearchRequest {
  query: NasaSearchQuery;
  limit: number;
  page: number;
  pageSize: number;
}

const help = `almagest search nasa-images [TEXT] [--PARAM VALUE …] [--limit N] [--all]

Searches the NASA Image and Video Library. TEXT is its free text parameter q.
  ${parameters.map((name) => `--${name}`).join(' ')}
      the archive's own parameters (--media_type image,video --year_start 1969)
  --limit N       at most N records (default ${defaultLimit})
  --all           every record that the archive lists
  --page N, --page_size N   begin at this page, ask for pages of this size (at most ${largestPage})

--json   {"total":n,"count":n,"complete":true,"missing":0,"records":[…]}
--ndjson a record a line as they come, then {"summary":{…}}
"missing" counts records that were asked for and could not be had; with one or more the exit code is 3.`;

function parseRequest(run: CommandRun): SearchRequest {
  const [archive, ...text] = run.words;
  if (archive === undefined) throw new UsageError('search needs an archive: nasa-images.');
  if (archive !== 'nasa-images') {
    throw new UsageError(`"${archive}" can't be searched; the archive known here is nasa-images.`);
  }
  const query: NasaSearchQuery = {};
  if (text.length > 0) query.q = text.join(' ');
  const request: SearchRequest = { query, limit: defaultLimit, page: 1, pageSize: largestPage };
  for (const option of run.options) applyOption(request, option);
  if (Object.keys(query).length === 0) {
    throw new UsageError('The archive wants a text or at least one parameter to search for.');
  }
  request.pageSize = Math.min(request.pageSize, request.limit);
  return request;
}

function applyOption(request: SearchRequest, option: { name: string; value: string | null }): void {
  const parameter = parameters.find((name) => name === option.name);
  if (parameter !== undefined) request.query[parameter] = requireValue(option);
  else if (option.name === 'limit') request.limit = requireCount(option);
  else if (option.name === 'all') request.limit = Infinity;
  else if (option.name === 'page') request.page = requireCount(option);
  else if (option.name === 'page_size') {
    request.pageSize = requireCount(option);
    if (request.pageSize > largestPage)
      throw new UsageError(`--page_size goes up to ${largestPage}.`);
  } else {
    const near = nearest(option.name, [...parameters, 'limit', 'all', 'page', 'page_size']);
    const hint = near === null ? '' : ` Did you mean --${near}?`;
    throw new UsageError(`search nasa-images has no option --${option.name}.${hint}`);
  }
}

/** Records of this page that still fit the limit. */
function within(page: SearchPage, left: number): ArchiveRecord[] {
  return page.cards.slice(0, left).map((card) => card.record);
}

interface Tally {
  total: number;
  count: number;
  /** Records that a page held but that could not be read. */
  unreadable: number;
  /** How many records were asked for, at most: the limit or what is behind the first page, if fewer. */
  wanted: number;
}

async function* pages(run: CommandRun, request: SearchRequest): AsyncGenerator<SearchPage> {
  let number = request.page;
  let left = request.limit;
  for (;;) {
    const args = { query: request.query, page: number, pageSize: request.pageSize };
    const page = await run.api.nasa.search(args, { signal: run.signal });
    yield page;
    left -= page.cards.length + page.unreadable;
    number += 1;
    const isAtWall = page.ceiling !== null && number * request.pageSize > page.ceiling;
    if (!page.hasNext || left <= 0 || isAtWall) return;
  }
}

function line(record: ArchiveRecord): string {
  const date = record.date?.slice(0, 10) ?? '          ';
  return `${plain(record.ref)}\t${record.kind}\t${date}\t${plain(record.title)}`;
}

async function run(run: CommandRun): Promise<ExitCode> {
  const request = parseRequest(run);
  const tally: Tally = { total: 0, count: 0, unreadable: 0, wanted: 0 };
  const records: ArchiveRecord[] = [];
  for await (const page of pages(run, request)) {
    const skipped = (request.page - 1) * request.pageSize;
    tally.total = page.total;
    tally.wanted = Math.max(0, Math.min(request.limit, page.total - skipped));
    tally.unreadable += page.unreadable;
    for (const record of within(page, request.limit - tally.count)) {
      tally.count += 1;
      if (run.output.format === 'json') records.push(record);
      else if (run.output.format === 'ndjson') await run.output.value(record);
      else await run.output.line(line(record));
    }
    run.output.progress(`${tally.count} of ${tally.wanted}`);
  }
  const missing = Math.max(0, tally.wanted - tally.count);
  const summary = { total: tally.total, count: tally.count, complete: missing === 0, missing };
  if (run.output.format === 'json') await run.output.value({ ...summary, records });
  else if (run.output.format === 'ndjson') await run.output.value({ summary });
  else run.output.message(`${tally.count} of ${tally.total} records.`);
  if (missing > 0) {
    run.output.message(`${missing} records could not be had: the list is right but not whole.`);
  }
  return missing === 0 ? exitCodes.complete : exitCodes.partial;
}

export const searchCommand: Command = {
  name: 'search',
  summary: 'search an archive by its own parameters',
  help,
  run,
};
