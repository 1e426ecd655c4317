/**
 * Runs in plain Node. How many rows came for which range of lidvid, so that rows which the registry counts and did
 * not send are found: the range whose counts differ is halved until one page is left, and that page asked again.
 */
import type { PdsProduct } from '#contract/pds.ts';
import type { CrawlRun, CrawlSource } from './crawl-run.ts';
import type { IdRange } from './query-text.ts';

interface Entry {
  /** Inclusive; the entry begins where the one before it ends. */
  upTo: string | null;
  /** Rows as the registry counts them: distinct, doubled and unreadable ones. */
  rows: number;
}

/** Times that a range is listed again. */
const mostRounds = 3;
/** More entries are joined in pairs. */
const mostEntries = 4096;

/** Lists a range anew; products that are new are given on. Returns the rows that came. */
export type Relist = (range: IdRange) => AsyncGenerator<PdsProduct[], number>;

export class CrawlBooks {
  #entries: Entry[] = [];
  readonly #after: string | null;

  /** `after` is where the books begin. */
  constructor(after: string | null) {
    this.#after = after;
  }

  get rows(): number {
    return this.#entries.reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Rows that came for the range from the last entry's end up to here. */
  add(upTo: string | null, rows: number): void {
    this.#entries.push({ upTo, rows });
    if (this.#entries.length <= mostEntries) return;
    this.#entries = this.#entries.flatMap((entry, at, all) => {
      if (at % 2 === 1) return [];
      const next = all[at + 1];
      return next === undefined ? [entry] : [{ upTo: next.upTo, rows: entry.rows + next.rows }];
    });
  }

  /** Compares the books with the registry's counts and asks again where they differ. */
  async *mend(run: CrawlRun, source: CrawlSource, relist: Relist): AsyncGenerator<PdsProduct[]> {
    // The last row may have been followed by others since.
    const last = this.#entries.at(-1);
    if (last !== undefined) last.upTo = null;
    else this.#entries.push({ upTo: null, rows: 0 });
    yield* this.#mend(run, source, relist, 0, this.#entries.length);
  }

  async *#mend(
    run: CrawlRun,
    source: CrawlSource,
    relist: Relist,
    from: number,
    to: number,
  ): AsyncGenerator<PdsProduct[]> {
    const range = {
      after: from === 0 ? this.#after : (this.#entries[from - 1]?.upTo ?? null),
      upTo: this.#entries[to - 1]?.upTo ?? null,
    };
    const rows = this.#entries.slice(from, to).reduce((sum, entry) => sum + entry.rows, 0);
    const { hits } = await run.ask(source, { range, after: null, start: 0, want: 'count' });
    if (hits === null || hits <= rows) return;
    if (to - from > 1) {
      const middle = (from + to) >> 1;
      yield* this.#mend(run, source, relist, from, middle);
      yield* this.#mend(run, source, relist, middle, to);
      return;
    }
    const best = yield* relisted(relist, range, rows, hits);
    run.addGap(hits - best, 'not-returned', describeRange(range));
  }
}

/**
 * Lists a range again, and again, until as many rows have come as the registry counts. `rows` came before. Returns how
 * many have come at best: in one listing, or all together.
 */
export async function* relisted(
  relist: Relist,
  range: IdRange,
  rows: number,
  hits: number,
): AsyncGenerator<PdsProduct[], number> {
  let best = rows;
  for (let round = 0; round < mostRounds && best < hits; round += 1) {
    const pages = relist(range);
    let fresh = 0;
    let page = await pages.next();
    for (; page.done !== true; page = await pages.next()) {
      fresh += page.value.length;
      yield page.value;
    }
    best = Math.max(best + fresh, page.value);
  }
  return best;
}

/** The part that an earlier run listed can be counted; its rows are no longer known, so nothing is asked again. */
export async function checkEarlier(run: CrawlRun, source: CrawlSource): Promise<void> {
  const { after } = run.place;
  if (after === null) return;
  const range = { after: null, upTo: after };
  const { hits } = await run.ask(source, { range, after: null, start: 0, want: 'count' });
  run.addGap((hits ?? 0) - run.listedBefore, 'changed', describeRange(range));
}

/** A range in words. */
export function describeRange({ after, upTo }: IdRange): string {
  if (after === null && upTo === null) return 'all';
  if (after === null) return `up to ${upTo ?? ''}`;
  return upTo === null ? `after ${after}` : `after ${after}, up to ${upTo}`;
}
