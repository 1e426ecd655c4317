/**
 * Runs in plain Node. `almagest search pds-registry [WORDS] [--q QUERY] [--keywords WORDS] [--class NAME] …`
 */
import type { PdsCrawlTarget } from '#contract/pds-lists.ts';
import { nearest, requireCount, requireValue, UsageError } from '../arguments.ts';
import type { CommandRun } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printProducts } from '../product-listing.ts';

const defaultLimit = 100;
const known = ['q', 'keywords', 'class', 'limit', 'all'];

/** Lists products: by words, by a query, of a class, or all of them. */
export async function searchRegistry(run: CommandRun): Promise<ExitCode> {
  const keywords = run.words.slice(1);
  const target: Extract<PdsCrawlTarget, { kind: 'products' }> = { kind: 'products' };
  let limit = defaultLimit;
  for (const option of run.options) {
    if (option.name === 'limit') limit = requireCount(option);
    else if (option.name === 'all') limit = Infinity;
    else if (option.name === 'q') target.q = requireValue(option);
    else if (option.name === 'class') target.class = requireValue(option);
    else if (option.name === 'keywords') keywords.push(requireValue(option));
    else {
      const near = nearest(option.name, known);
      const hint = near === null ? '' : ` Did you mean --${near}?`;
      throw new UsageError(`search pds-registry has no option --${option.name}.${hint}`);
    }
  }
  if (keywords.length > 0 && target.q !== undefined) {
    throw new UsageError(
      'The registry takes words or a query, not both: it would ignore the query.',
    );
  }
  if (keywords.length > 0) target.keywords = keywords;
  const { api, output, signal } = run;
  return printProducts({ api, output, target, limit, signal });
}
