/**
 * Runs in plain Node. Every product of a list, page by page, checked against the registry's own count: what came
 * twice is given on once, what did not come is asked for again, and what still lacks is said.
 */
import type { PdsProduct } from '#contract/pds.ts';
import { listOrdered } from './crawl-ordered.ts';
import { listPositions } from './crawl-positions.ts';
import { CrawlRun, type CrawlReport, type CrawlSource, type RunOptions } from './crawl-run.ts';
import { listWindows } from './crawl-windows.ts';
import { PageSize, type PageSizeOptions } from './page-size.ts';
import { SeenIds } from './seen-ids.ts';

export interface CrawlPage {
  products: PdsProduct[];
  /** From here the listing goes on if it is ended after this page. */
  cursor: string;
}

export interface CrawlOptions {
  signal: AbortSignal;
  /** Where an earlier listing of the same list ended. A page or a range may then come once more. */
  cursor?: string | undefined;
  pageSize?: PageSizeOptions;
}

export interface PdsCrawl extends AsyncIterable<CrawlPage> {
  /** The books so far; final once the listing has ended. Gaps are those of this run. */
  readonly report: Readonly<CrawlReport>;
}

export type CrawlDeps = Pick<RunOptions, 'random' | 'wait'>;

/**
 * Lists sources one after the other as one list (the branches of an `or`, which 1.3 can't answer in one). Can be
 * listed once. Throws `ArchiveError` when the registry stops answering, or 'cancelled'.
 */
export function createCrawl(
  sourcesOf: () => Promise<readonly CrawlSource[]>,
  options: CrawlOptions,
  deps: CrawlDeps,
): PdsCrawl {
  const run = new CrawlRun({
    ...deps,
    signal: options.signal,
    cursor: options.cursor,
    seen: new SeenIds(deps.random),
    size: new PageSize(options.pageSize),
  });

  async function* pages(): AsyncGenerator<CrawlPage> {
    const sources = await sourcesOf();
    for (const source of sources.slice(run.place.branch)) {
      for await (const products of waysOf[source.way](run, source)) {
        // Branches overlap, and nobody counts what they have together.
        if (sources.length > 1) run.report.hits = null;
        if (products.length > 0) yield { products, cursor: run.cursor };
      }
      run.nextBranch();
    }
    if (sources.length > 1) run.report.hits = null;
    run.report.isEnded = true;
  }

  return { report: run.report, [Symbol.asyncIterator]: pages };
}

const waysOf: Readonly<
  Record<CrawlSource['way'], (run: CrawlRun, source: CrawlSource) => AsyncGenerator<PdsProduct[]>>
> = { ordered: listOrdered, windows: listWindows, positions: listPositions };
