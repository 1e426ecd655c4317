/**
 * Runs in plain Node. Lists that only know positions: members in 1.3 (which slice the list of identifiers, so that
 * start may go on as far as the list does), versions, and keywords in 1.3, which allow no part to be asked for.
 */
import type { PdsProduct } from '#contract/pds.ts';
import type { CrawlRun, CrawlSource } from './crawl-run.ts';

/** Short pages that are asked again in vain before the registry is believed. */
const mostVainRepairs = 20;

/** Lists all of a source from where the run stands. */
export async function* listPositions(
  run: CrawlRun,
  source: CrawlSource,
): AsyncGenerator<PdsProduct[]> {
  const { branch } = run.place;
  const wall = source.wall ?? Infinity;
  const missed = new Misses(run, source);
  let { start } = run.place;
  let hits: number | null = run.report.hits;
  let vain = 0;
  for (;;) {
    const place = { range: { after: null, upTo: null }, after: null, start };
    const answer = await run.ask(source, { ...place, want: 'products', mostRows: wall - start });
    hits = answer.hits ?? hits;
    run.report.hits = hits;
    run.addUnreadable(answer.rows - answer.products.length);
    const fresh = run.take(answer);
    const expected = Math.min(answer.limit, (hits ?? 0) - start);
    let { rows } = answer;
    if (rows < expected && vain < mostVainRepairs) {
      const found = await askAgain(run, source, start, answer.limit);
      vain = found.length > 0 ? 0 : vain + 1;
      rows += found.length;
      fresh.push(...found);
    }
    missed.add(start, expected - rows);
    start += answer.limit;
    run.mark({ branch, after: null, start }, start);
    yield fresh;
    if (hits === null ? answer.rows === 0 : start >= hits) break;
    if (start >= wall) {
      run.addGap(hits === null ? 0 : hits - wall, 'beyond-window', `after row ${String(wall)}`);
      break;
    }
  }
  missed.end();
}

/** New products among the same positions: exactly those, whatever the page's size has become. */
async function askAgain(
  run: CrawlRun,
  source: CrawlSource,
  from: number,
  count: number,
): Promise<PdsProduct[]> {
  const found: PdsProduct[] = [];
  for (let start = from; start < from + count;) {
    const place = { range: { after: null, upTo: null }, after: null, start };
    const mostRows = from + count - start;
    const answer = await run.ask(source, { ...place, want: 'products', mostRows });
    found.push(...run.take(answer, true));
    start += answer.limit;
  }
  return found;
}

/** Missing rows of neighbouring pages as one gap. */
class Misses {
  readonly #run: CrawlRun;
  readonly #reason: 'unknown' | 'not-returned';
  #from = -1;
  #count = 0;

  constructor(run: CrawlRun, source: CrawlSource) {
    this.#run = run;
    this.#reason = source.isIdList ? 'unknown' : 'not-returned';
  }

  add(start: number, count: number): void {
    if (count <= 0) {
      this.end();
      return;
    }
    if (this.#from < 0) this.#from = start;
    this.#count += count;
  }

  end(): void {
    this.#run.addGap(this.#count, this.#reason, `from row ${String(this.#from + 1)}`);
    this.#from = -1;
    this.#count = 0;
  }
}
