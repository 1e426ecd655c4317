/**
 * Runs in plain Node. What every way of listing shares: asking with patience, telling new rows from doubled ones,
 * the books, and the cursor from which a listing goes on.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { PdsProduct } from '#contract/pds.ts';
import { statusOf } from './errors.ts';
import type { PageSize } from './page-size.ts';
import type { IdRange } from './query-text.ts';
import type { SeenIds } from './seen-ids.ts';

export interface PageRequest {
  range: IdRange;
  /** search-after: the row after this one is the first. Ordered sources only. */
  after: string | null;
  /** Position of the first row. Sources with positions only. */
  start: number;
  limit: number;
  /** `ids`: products of which nothing but the identifier is wanted. `count`: hits alone. */
  want: 'products' | 'ids' | 'count';
}

export interface PageAnswer {
  hits: number | null;
  /** Those that could be read, in the registry's order. */
  products: PdsProduct[];
  /** Rows as they came, the unreadable ones among them. */
  rows: number;
  /** Unreadable rows after the last product. */
  unreadableAtEnd: number;
  bytes: number;
}

/** One list at the registry, and how it can be gone through. */
export interface CrawlSource {
  /**
   * ordered: by lidvid, with search-after. windows: by position up to the wall, and by ranges of lidvid beyond it.
   * positions: by position alone.
   */
  way: 'ordered' | 'windows' | 'positions';
  /** True where a range of lidvid can be asked for. */
  canRange: boolean;
  /** Rows past this position can't be asked for; null where there is no such wall. */
  wall: number | null;
  /** True where the list is one of identifiers, some of which the registry may not know. */
  isIdList: boolean;
  /** Asks once: no retries. Throws `ArchiveError`. */
  ask(request: PageRequest, signal: AbortSignal): Promise<PageAnswer>;
}

export interface CrawlGap {
  /** Rows that the registry counts and that did not come. */
  count: number;
  /**
   * unknown: a member list names them, the registry does not have them (or not as archived).
   * beyond-window: past the last row that the service lists, with no way to ask for a part.
   * not-returned: counted, and left out of the answers each time.
   * changed: in a part that an earlier run had listed; the registry has changed since.
   */
  reason: 'unknown' | 'beyond-window' | 'not-returned' | 'changed';
  /** The part of the list, for people. */
  where: string;
}

export interface CrawlReport {
  /** As the registry counts; null where it does not, and for a question asked in branches. */
  hits: number | null;
  distinct: number;
  /** Rows that came more than once, and were given on once. */
  doubled: number;
  unreadable: number;
  /** What the gaps add up to. */
  missing: number;
  gaps: CrawlGap[];
  requests: number;
  /** Requests that failed and were asked again. */
  failures: number;
  /** Rows that a second asking brought. */
  repaired: number;
  isEnded: boolean;
}

/** Where in one source a listing is. */
export interface CrawlPlace {
  branch: number;
  after: string | null;
  start: number;
}

interface Saved extends CrawlPlace {
  v: 1;
  hits: number | null;
  distinct: number;
  doubled: number;
  unreadable: number;
  /** Rows of this branch listed before the place, as the registry counts them. */
  listed: number;
}

export interface RunOptions {
  signal: AbortSignal;
  size: PageSize;
  seen: SeenIds;
  /** 0 to 1, as Math.random. */
  random: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  cursor?: string | undefined;
}

/** Times that one page is asked for before the listing stops (and can go on from its cursor). */
const mostTries = 8;
const firstPauseMs = 250;
const longestPauseMs = 8_000;
const mostGaps = 200;

export class CrawlRun {
  readonly report: CrawlReport;
  readonly size: PageSize;
  /** Where the listing of the current branch begins. */
  place: CrawlPlace;
  /** Rows of the current branch that an earlier run listed. */
  listedBefore: number;
  readonly #options: RunOptions;
  #cursor: string;

  constructor(options: RunOptions) {
    const saved = readCursor(options.cursor);
    this.#options = options;
    this.size = options.size;
    this.place = { branch: saved.branch, after: saved.after, start: saved.start };
    this.listedBefore = saved.listed;
    this.report = {
      hits: saved.hits,
      distinct: saved.distinct,
      doubled: saved.doubled,
      unreadable: saved.unreadable,
      missing: 0,
      gaps: [],
      requests: 0,
      failures: 0,
      repaired: 0,
      isEnded: false,
    };
    this.#cursor = JSON.stringify(saved);
  }

  /** Where to go on after the page that was given on last. */
  get cursor(): string {
    return this.#cursor;
  }

  /** Everything up to this place was given on. */
  mark(place: CrawlPlace, listed: number): void {
    const { hits, distinct, doubled, unreadable } = this.report;
    const saved: Saved = { v: 1, ...place, hits, distinct, doubled, unreadable, listed };
    this.#cursor = JSON.stringify(saved);
  }

  /** The next branch begins, from its first row. */
  nextBranch(): void {
    this.place = { branch: this.place.branch + 1, after: null, start: 0 };
    this.listedBefore = 0;
    this.mark(this.place, 0);
  }

  /** Asks until there is an answer: smaller after a 504, later after any failure. `limit` is what was asked for. */
  async ask(
    source: CrawlSource,
    wanted: Omit<PageRequest, 'limit'> & { mostRows?: number },
  ): Promise<PageAnswer & { limit: number }> {
    const { mostRows = Infinity, ...request } = wanted;
    const { signal } = this.#options;
    for (let tries = 1; ; tries += 1) {
      const limit = request.want === 'count' ? 0 : Math.min(this.size.now, mostRows);
      this.report.requests += 1;
      try {
        const answer = await source.ask({ ...request, limit }, signal);
        if (request.want === 'products') this.size.answered(answer.bytes);
        return { ...answer, limit };
      } catch (error) {
        if (signal.aborted || !isWorthAsking(error) || tries >= mostTries) throw error;
        this.report.failures += 1;
        if (isTooMuch(error)) this.size.tooLarge();
        await this.#options.wait(this.#pauseMs(error, tries), signal);
      }
    }
  }

  /** The products of an answer that are new, noted; the others are counted. */
  take(answer: PageAnswer, isRepair = false): PdsProduct[] {
    const fresh = answer.products.filter(({ lidvid }) => this.#options.seen.add(lidvid));
    this.report.distinct += fresh.length;
    // What a second asking brings again is no fault of the registry.
    if (isRepair) this.report.repaired += fresh.length;
    else this.report.doubled += answer.products.length - fresh.length;
    return fresh;
  }

  addUnreadable(count: number): void {
    this.report.unreadable += count;
  }

  addGap(count: number, reason: CrawlGap['reason'], where: string): void {
    if (count <= 0) return;
    const { gaps } = this.report;
    this.report.missing += count;
    const last = gaps.at(-1);
    if (last !== undefined && gaps.length >= mostGaps) last.count += count;
    else gaps.push({ count, reason, where });
  }

  #pauseMs(error: unknown, tries: number): number {
    const wish = error instanceof ArchiveError ? error.retryAfterMs : undefined;
    if (wish !== undefined) return Math.min(wish, 60_000);
    const fullMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
    return Math.round(fullMs * (0.5 + this.#options.random() / 2));
  }
}

function isWorthAsking(error: unknown): boolean {
  return error instanceof ArchiveError && error.retryable && error.code !== 'cancelled';
}

/** A gateway gave up waiting, nothing came in time, or the answer was cut. */
function isTooMuch(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== null && status >= 400) return status === 504 || status === 502 || status === 500;
  return error instanceof ArchiveError && error.code !== 'offline';
}

/** Reads a cursor; one that is damaged or of another kind starts from the beginning. */
function readCursor(text: string | undefined): Saved {
  const fresh: Saved = {
    v: 1,
    branch: 0,
    after: null,
    start: 0,
    hits: null,
    distinct: 0,
    doubled: 0,
    unreadable: 0,
    listed: 0,
  };
  if (text === undefined) return fresh;
  try {
    const saved = JSON.parse(text) as Partial<Record<keyof Saved, unknown>>;
    const counts = ['branch', 'start', 'distinct', 'doubled', 'unreadable', 'listed'] as const;
    const areCounts = counts.every(
      (name) => Number.isSafeInteger(saved[name]) && Number(saved[name]) >= 0,
    );
    const isPlace =
      saved.after === null || (typeof saved.after === 'string' && saved.after.length <= 1024);
    const areHits = saved.hits === null || Number.isSafeInteger(saved.hits);
    return saved.v === 1 && areCounts && isPlace && areHits ? (saved as Saved) : fresh;
  } catch {
    return fresh;
  }
}
