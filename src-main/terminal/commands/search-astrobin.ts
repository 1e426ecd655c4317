/**
 * Runs in plain Node. `almagest search astrobin [TEXT] [--PARAM VALUE …] [--limit N] [--all [--thorough]]`
 */
import type { AstrobinPage } from '#contract/astrobin.ts';
import type { SearchPage } from '#contract/domain.ts';
import { requireCount, requireValue, UsageError } from '../arguments.ts';
import { refuseWrongParams, type ParamList } from '../astrobin-params.ts';
import type { CommandRun } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printImages } from '../image-listing.ts';
import { printListing } from '../listing.ts';
import { subjectNamed } from '../subject-name.ts';

const defaultLimit = 100;
/** AstroBin gives no more at once. */
const largestPage = 25;

export const searchAstrobinHelp = `Searches AstroBin. TEXT is its parameter subjects where it names an object of a catalogue (M31, NGC 7000, IC 434),
else title__icontains. It needs a key of your own: "almagest settings set-secret astrobin.key".
  --subjects --title__icontains --user --uploaded__gte --published__year --w__gte --data_source --ids --order_by …
      the archive's own parameters with any of its lookups (--uploaded__gte 2020-01-01 --order_by -published). One
      that AstroBin does not know is refused, because AstroBin would leave it out and list everything
  --limit N       at most N images (default ${defaultLimit}); each ${largestPage} are one request of the day's 500
  --all           every image, also past the 100 at which AstroBin ends a search by subject: such a search is cut
                  by its dates of upload, newest first, for 50 requests more at most
  --thorough      with --all, where dates do not tell the images of a subject apart: looks through all images of the
                  dates, whatever their subject. One request for each ${largestPage} of them; off unless you ask for it`;

interface Request {
  params: ParamList;
  limit: number;
  isThorough: boolean;
}

/** The parameter that a text without one stands for. */
function paramOfText(text: string): ParamList[number] {
  const subject = subjectNamed(text);
  return subject === null ? ['title__icontains', text] : ['subjects', subject];
}

function parseRequest({ words, options }: CommandRun): Request {
  const text = words.slice(1).join(' ').trim();
  const request: Request = {
    params: text === '' ? [] : [paramOfText(text)],
    limit: defaultLimit,
    isThorough: false,
  };
  let isAll = false;
  for (const option of options) {
    if (option.name === 'limit') request.limit = requireCount(option);
    else if (option.name === 'all') isAll = true;
    else if (option.name === 'thorough') request.isThorough = true;
    else request.params.push([option.name, requireValue(option)]);
  }
  if (request.isThorough && !isAll) throw new UsageError('--thorough goes with --all.');
  if (isAll) request.limit = Infinity;
  return request;
}

/** Where the archive, not the limit, ends the list, the list is had in parts. */
function isPastCeiling({ params, limit }: Request): boolean {
  return limit === Infinity || (limit > 100 && params.some(([name]) => name === 'subjects'));
}

function toSearchPage(page: AstrobinPage, number: number): SearchPage {
  const { cards, total, limit, hasNext, unreadable, age } = page;
  return { cards, total, page: number, pageSize: limit, hasNext, ceiling: null, unreadable, age };
}

/** Lists images by the archive's own parameters. */
export async function searchAstrobin(run: CommandRun): Promise<ExitCode> {
  const { api, output, signal } = run;
  const request = parseRequest(run);
  const { params, limit } = request;
  await refuseWrongParams(run, 'image', params, ['limit', 'all', 'thorough']);
  if (isPastCeiling(request)) return printImages(run, request);
  const pageSize = Math.min(largestPage, limit);
  let isCut = false;
  const code = await printListing({
    output,
    limit,
    firstPage: 1,
    fetch: async (number) => {
      const wish = { params, offset: (number - 1) * pageSize, limit: pageSize };
      const page = await api.astrobin.images(wish, { signal });
      isCut = page.ceiling !== null && page.total >= page.ceiling;
      return toSearchPage(page, number);
    },
  });
  if (isCut) {
    output.message('AstroBin counts no more than 100 images of a subject; --all goes past them.');
  }
  return code;
}
