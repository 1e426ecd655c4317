/**
 * Runs in plain Node. `almagest search nasa-images [TEXT] [--PARAM VALUE …] [--limit N] [--all]`
 */
import type { NasaSearchQuery, SearchPage } from '#contract/domain.ts';
import { nearest, requireCount, requireValue, UsageError } from '../arguments.ts';
import type { Command, CommandRun } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printListing } from '../listing.ts';
import { searchAstrobin, searchAstrobinHelp } from './search-astrobin.ts';
import { searchRegistry } from './search-registry.ts';
import { printStoredListing } from '../stored-listing.ts';

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
almagest search pds-registry [WORDS] [--q QUERY | --keywords WORDS] [--class NAME] [--limit N] [--all]
almagest search astrobin [TEXT] [--PARAM VALUE …] [--limit N] [--all [--thorough]]

Searches the NASA Image and Video Library. TEXT is its free text parameter q.
  ${parameters.map((name) => `--${name}`).join(' ')}
      the archive's own parameters (--media_type image,video --year_start 1969)
  --limit N       at most N records (default ${defaultLimit})
  --all           every record, also past the 10,000 that the archive lists of one search: such a search is
                  listed by parts and stored, and goes on where it was when it is stopped and run again
  --page N, --page_size N   begin at this page, ask for pages of this size (at most ${largestPage})

Searches the PDS registry. WORDS are its keywords, all of which must be in a title or description.
  --q QUERY       a query in its own language, such as '(lid like "urn:nasa:pds:insight*")'
  --class NAME    bundles, collections, documents, observationals

${searchAstrobinHelp}

--json   {"total":n,"count":n,"complete":true,"missing":0,"records":[…]}
--ndjson a record a line as they come, then {"summary":{…}}
"missing" counts records that were asked for and could not be had; with one or more the exit code is 3. Where an
archive does not count what it leaves out, "complete" is false, "gaps" says why, and the exit code is 3 as well.`;

/** A search of NASA Images as it is written. Throws UsageError for what the archive would refuse. */
export function parseNasaSearch(run: Pick<CommandRun, 'words' | 'options'>): SearchRequest {
  const [archive, ...text] = run.words;
  if (archive === undefined)
    throw new UsageError('search needs an archive: nasa-images, pds-registry or astrobin.');
  if (archive !== 'nasa-images') {
    throw new UsageError(
      `"${archive}" can’t be searched; the archives are nasa-images, pds-registry and astrobin.`,
    );
  }
  const query: NasaSearchQuery = {};
  if (text.length > 0) query.q = text.join(' ');
  const request: SearchRequest = { query, limit: defaultLimit, page: 1, pageSize: largestPage };
  for (const option of run.options) applyOption(request, option);
  if (Object.keys(query).length === 0) {
    throw new UsageError('The archive wants a text or at least one parameter to search for.');
  }
  const { year_start: from, year_end: to } = query;
  if (from !== undefined && to !== undefined && from > to) {
    throw new UsageError(`--year_end ${to} is before --year_start ${from}.`);
  }
  if ((query.q?.length ?? 0) > longestValue) {
    throw new UsageError(`The text is longer than ${longestValue} letters.`);
  }
  request.pageSize = Math.min(request.pageSize, request.limit);
  return request;
}

const mediaTypes = ['image', 'video', 'audio'];
const longestValue = 2048;

/** What the archive would take without a word and answer with nothing. */
function checkValue(parameter: (typeof parameters)[number], value: string): string {
  if (value.length > longestValue)
    throw new UsageError(`--${parameter} takes ${longestValue} letters at most.`);
  if (parameter.startsWith('year_') && !/^\d{4}$/.test(value)) {
    throw new UsageError(`--${parameter} takes a year of four digits, not "${value}".`);
  }
  const unknown = value.split(',').find((kind) => !mediaTypes.includes(kind.trim()));
  if (parameter === 'media_type' && unknown !== undefined) {
    throw new UsageError(`--media_type takes ${mediaTypes.join(', ')}, not "${unknown}".`);
  }
  return value;
}

function applyOption(request: SearchRequest, option: { name: string; value: string | null }): void {
  const parameter = parameters.find((name) => name === option.name);
  if (parameter !== undefined)
    request.query[parameter] = checkValue(parameter, requireValue(option));
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

async function run(run: CommandRun): Promise<ExitCode> {
  if (run.words[0] === 'pds-registry') return searchRegistry(run);
  if (run.words[0] === 'astrobin') return searchAstrobin(run);
  const { api, output, signal } = run;
  const { query, limit, page, pageSize } = parseNasaSearch(run);
  const fetch = (number: number): Promise<SearchPage> =>
    api.nasa.search({ query, page: number, pageSize }, { signal });
  const asking = fetch(page);
  // A first page that fails is told by the list that it would begin.
  const first = await asking.catch(() => null);
  const isPast = (first?.ceiling ?? Infinity) < Math.min(limit, first?.total ?? 0);
  // From a later page on, the archive's own order counts, which ends at its ceiling.
  if (page === 1 && isPast) {
    return printStoredListing({ api, output, query, limit, signal, nowMs: Date.now });
  }
  return printListing({
    output,
    limit,
    firstPage: page,
    fetch: async (number) => (number === page ? asking : fetch(number)),
  });
}

export const searchCommand: Command = {
  name: 'search',
  summary: 'search an archive by its own parameters',
  help,
  run,
};
