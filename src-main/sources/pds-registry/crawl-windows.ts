/**
 * Runs in plain Node. A search in 1.3: start and limit, in an order of the registry's own (sort is ignored), up to a
 * wall of some 10,000 rows. Past it the list is cut into ranges of lidvid that do not overlap, each of which fits,
 * and each range is checked by itself.
 */
import type { PdsProduct } from '#contract/pds.ts';
import { checkEarlier, CrawlBooks, describeRange, relisted } from './crawl-books.ts';
import type { CrawlRun, CrawlSource } from './crawl-run.ts';
import type { IdRange } from './query-text.ts';

/** Windows from which rows are taken to learn where to cut. */
const sampleWindows = 5;
const sampleRows = 200;
/** A range is meant to hold so much of what fits: the sample is only a sample. */
const filling = 0.6;
/** Ranges of a cut at once. */
const mostParts = 200;

/** Lists all of a source from where the run stands. Ranges come in the order of lidvid, so a place is one lidvid. */
export async function* listWindows(
  run: CrawlRun,
  source: CrawlSource,
): AsyncGenerator<PdsProduct[]> {
  const { branch, after: first } = run.place;
  const books = new CrawlBooks(first);
  const waiting: IdRange[] = [{ after: first, upTo: null }];
  for (let range = waiting.pop(); range !== undefined; range = waiting.pop()) {
    const parts = yield* listRange(run, source, range, books);
    // The last part first, so that the first is taken next.
    waiting.push(...parts.reverse());
    if (parts.length === 0) {
      run.mark({ branch, after: range.upTo, start: 0 }, run.listedBefore + books.rows);
    }
  }
  const relist = (range: IdRange) => mendRange(run, source, range, []);
  yield* books.mend(run, source, relist);
  await checkEarlier(run, source);
}

/** Lists a range that fits; for one that does not, the parts to list instead. */
async function* listRange(
  run: CrawlRun,
  source: CrawlSource,
  range: IdRange,
  books: CrawlBooks,
): AsyncGenerator<PdsProduct[], IdRange[]> {
  const wall = source.wall ?? Infinity;
  const ids: string[] = [];
  let rows = 0;
  let hits: number | null = null;
  for (let start = 0; ;) {
    const mostRows = wall - start;
    const answer = await run.ask(source, { range, after: null, start, want: 'products', mostRows });
    hits = answer.hits ?? hits;
    if (range.after === null && range.upTo === null) run.report.hits = hits;
    if (start === 0 && hits !== null && hits > wall) {
      const parts = await cut(run, source, range, hits, idsOf(answer));
      if (parts.length > 1) return parts;
      // Nothing tells the rows apart: as far as the wall, and the rest is said.
    }
    rows += answer.rows;
    ids.push(...idsOf(answer));
    run.addUnreadable(answer.rows - answer.products.length);
    yield run.take(answer);
    start += answer.limit;
    if (answer.rows === 0 || start >= Math.min(hits ?? Infinity, wall)) break;
  }
  const distinct = new Set(ids);
  // Rows that came twice took the place of others.
  let counted = rows - (ids.length - distinct.size);
  if (hits !== null && hits > wall) {
    run.addGap(hits - wall, 'beyond-window', describeRange(range));
    counted = hits;
  } else if (hits !== null && counted < hits) {
    const relist = (part: IdRange) => mendRange(run, source, part, [...distinct]);
    counted = yield* relisted(relist, range, counted, hits);
  }
  books.add(range.upTo, counted);
  return [];
}

function idsOf({ products }: { products: PdsProduct[] }): string[] {
  return products.map(({ lidvid }) => lidvid);
}

/** Parts of a range, cut where a sample of its rows says that they hold about as many each. */
async function cut(
  run: CrawlRun,
  source: CrawlSource,
  range: IdRange,
  hits: number,
  known: string[],
): Promise<IdRange[]> {
  const wall = source.wall ?? hits;
  const sample = new Set(known);
  // Rows lie in the order in which they were harvested: those of one window may all be neighbours.
  for (let at = 1; at <= sampleWindows; at += 1) {
    const start = Math.max(0, Math.floor((wall * at) / sampleWindows) - sampleRows);
    const answer = await run.ask(source, {
      range,
      after: null,
      start,
      want: 'ids',
      mostRows: sampleRows,
    });
    for (const id of idsOf(answer)) sample.add(id);
  }
  const sorted = [...sample].filter((id) => isInside(id, range)).sort();
  const count = Math.min(mostParts, Math.ceil(hits / (wall * filling)));
  const ends = new Set<string>();
  for (let part = 1; part < count; part += 1) {
    // Never the greatest: a part that ended there could hold everything again.
    const at = Math.min(sorted.length - 2, Math.floor((sorted.length * part) / count));
    const end = sorted[at];
    if (end !== undefined && end !== range.upTo) ends.add(end);
  }
  const bounds = [range.after, ...ends, range.upTo];
  return bounds.slice(1).map((upTo, at) => ({ after: bounds[at] ?? null, upTo }));
}

function isInside(id: string, { after, upTo }: IdRange): boolean {
  return (after === null || id > after) && (upTo === null || id <= upTo);
}

/**
 * Asks for a range again in ranges of one page each, in which no order can lose a row. `known` are identifiers of it,
 * which say where to cut. Returns the rows that came.
 */
async function* mendRange(
  run: CrawlRun,
  source: CrawlSource,
  range: IdRange,
  known: readonly string[],
): AsyncGenerator<PdsProduct[], number> {
  const sorted = [...known].sort();
  const step = Math.max(1, Math.floor(run.size.now / 2));
  const ends = sorted.filter((id, at) => at > 0 && at % step === 0 && id !== range.upTo);
  const bounds = [range.after, ...ends, range.upTo];
  let came = 0;
  for (const [at, upTo] of bounds.slice(1).entries()) {
    came += yield* mendPart(run, source, { after: bounds[at] ?? null, upTo });
  }
  return came;
}

async function* mendPart(
  run: CrawlRun,
  source: CrawlSource,
  range: IdRange,
): AsyncGenerator<PdsProduct[], number> {
  const wall = source.wall ?? Infinity;
  const ids = new Set<string>();
  let unreadable = 0;
  let doubled = 0;
  for (let start = 0; start < wall;) {
    const mostRows = wall - start;
    const answer = await run.ask(source, { range, after: null, start, want: 'products', mostRows });
    const size = ids.size;
    for (const id of idsOf(answer)) ids.add(id);
    doubled += answer.products.length - (ids.size - size);
    unreadable += answer.rows - answer.products.length;
    const fresh = run.take(answer, true);
    if (fresh.length > 0) yield fresh;
    start += answer.limit;
    if (answer.rows === 0 || start >= (answer.hits ?? 0)) break;
  }
  return ids.size + unreadable + doubled;
}
