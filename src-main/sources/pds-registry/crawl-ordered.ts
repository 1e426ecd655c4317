/**
 * Runs in plain Node. The current service: sorted by lidvid, page after page with search-after. lidvid because it is
 * the one field that every product has and no two share: with any other (harvest time is the usual choice) rows of
 * equal value are lost or doubled wherever a page ends among them.
 */
import type { PdsProduct } from '#contract/pds.ts';
import { checkEarlier, CrawlBooks } from './crawl-books.ts';
import type { CrawlRun, CrawlSource } from './crawl-run.ts';
import type { IdRange } from './query-text.ts';

/** Empty pages in a row, where the registry counts more rows, before the list is taken to end. */
const mostEmpty = 2;

/** Lists all of a source from where the run stands, and mends what can be mended. */
export async function* listOrdered(
  run: CrawlRun,
  source: CrawlSource,
): AsyncGenerator<PdsProduct[]> {
  const { branch, after: first } = run.place;
  const books = new CrawlBooks(first);
  const before = run.listedBefore;
  const pages = walk(run, source, { after: null, upTo: null }, first, before);
  let hits: number | null = null;
  for await (const page of pages) {
    books.add(page.last, page.rows);
    if (page.hits !== null) hits = page.hits;
    run.report.hits = hits;
    run.mark({ branch, after: page.last, start: 0 }, before + books.rows);
    yield page.fresh;
  }
  if (source.canRange) {
    yield* books.mend(run, source, (range) => relistOrdered(run, source, range));
    await checkEarlier(run, source);
    return;
  }
  run.addGap((hits ?? 0) - books.rows - before, 'not-returned', 'all');
}

interface Page {
  fresh: PdsProduct[];
  hits: number | null;
  /** Rows that were passed, unreadable ones among them. */
  rows: number;
  last: string;
}

async function* walk(
  run: CrawlRun,
  source: CrawlSource,
  range: IdRange,
  first: string | null,
  before: number,
  isRepair = false,
): AsyncGenerator<Page> {
  let after = first;
  let listed = before;
  let most = 0;
  for (let empty = 0; empty < mostEmpty;) {
    const answer = await run.ask(source, { range, after, start: 0, want: 'products' });
    most = Math.max(most, answer.hits ?? Infinity);
    const last = answer.products.at(-1)?.lidvid ?? null;
    if (last === null && answer.rows > 0 && answer.rows < answer.limit) {
      // Nothing but rows that can't be read is left.
      if (!isRepair) run.addUnreadable(answer.rows);
      yield { fresh: [], hits: answer.hits, rows: answer.rows, last: after ?? '' };
      return;
    }
    // No row, none that can be read, or none beyond the last one: no way on from here.
    if (last === null || (after !== null && last <= after)) {
      empty = answer.hits === null || listed >= answer.hits ? mostEmpty : empty + 1;
      continue;
    }
    empty = 0;
    // Unreadable rows at the end come again with the next page.
    const rows = answer.rows - answer.unreadableAtEnd;
    if (!isRepair) run.addUnreadable(rows - answer.products.length);
    listed += rows;
    after = last;
    yield { fresh: run.take(answer, isRepair), hits: answer.hits, rows, last };
    if (listed >= most) return;
  }
}

async function* relistOrdered(
  run: CrawlRun,
  source: CrawlSource,
  range: IdRange,
): AsyncGenerator<PdsProduct[], number> {
  let rows = 0;
  for await (const page of walk(run, source, range, null, 0, true)) {
    rows += page.rows;
    if (page.fresh.length > 0) yield page.fresh;
  }
  return rows;
}
