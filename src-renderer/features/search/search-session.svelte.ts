import type { AnswerAge } from '#contract/age.ts';
import type { ArchiveApi } from '#contract/api.ts';
import type { NasaSearchQuery, RecordCard, RecordRef, SearchPage } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import { searchText } from '../../i18n/search.ts';
import { CardList } from '../gallery/card-list.svelte.ts';
import { checkQuery, isEmptyQuery, tidyQuery } from './filters.ts';

export type SearchState =
  | { kind: 'idle' }
  | { kind: 'loading' }
  | { kind: 'ready' }
  | { kind: 'failed'; error: ArchiveError };

/** What follows the loaded results. */
export type MoreState =
  | { kind: 'nothing' }
  | { kind: 'waiting' }
  | { kind: 'loading' }
  | { kind: 'failed'; error: ArchiveError };

const pageSize = 100;
/** Skeletons that stand for what is on its way. */
const skeletons = 24;
/** A page is asked for when the view comes this near to the end of what is loaded, in items. */
const nearEnd = 60;
/** Pages in a row that bring nothing new before we stop asking. */
const mostBarrenPages = 3;

export type SearchCalls = Pick<ArchiveApi['nasa'], 'search' | 'cachedSearch'>;

/**
 * One search and what it found so far. Lives longer than the view, so that coming back is instant.
 *
 * A kept copy is shown at once; the archive is asked meanwhile. Where its answer differs, nothing moves: the
 * answer waits in `newer` until someone asks for it.
 */
export class SearchSession {
  readonly query: NasaSearchQuery;
  readonly items = new CardList();
  readonly #calls: SearchCalls;
  readonly #onCards: (cards: readonly RecordCard[]) => void;
  #state = $state.raw<SearchState>({ kind: 'idle' });
  #more = $state.raw<MoreState>({ kind: 'nothing' });
  #total = $state(0);
  #ceiling = $state<number | null>(null);
  #isAtCeiling = $state(false);
  #unreadable = $state(0);
  #doubled = $state(0);
  #ages = $state.raw<readonly AnswerAge[]>([]);
  #newer = $state.raw<SearchPage | null>(null);
  #problem = $state.raw<ArchiveError | null>(null);
  #isChecking = $state(false);
  #nextPage = 1;
  /** What the first page held, to compare the archive's answer with a copy. */
  #firstRefs: readonly RecordRef[] = [];
  #barrenPages = 0;
  /** Items that a place to be restored needs. */
  #wanted = 0;
  /** True while a copy is shown that the archive has not confirmed. */
  #isCopy = false;
  /** The question for the first page; the question for a further one. */
  #first: AbortController | null = null;
  #next: AbortController | null = null;

  constructor(
    calls: SearchCalls,
    query: NasaSearchQuery,
    onCards: (cards: readonly RecordCard[]) => void = () => {},
  ) {
    this.#calls = calls;
    this.query = tidyQuery(query);
    this.#onCards = onCards;
  }

  get state(): SearchState {
    return this.#state;
  }
  get more(): MoreState {
    return this.#more;
  }
  /** All hits, as the archive counts them. */
  get total(): number {
    return this.#total;
  }
  get loaded(): number {
    return this.items.loaded;
  }
  /** How many of the hits the archive lists at most, where that is fewer than there are. */
  get reachable(): number | null {
    return this.#ceiling !== null && this.#total > this.#ceiling ? this.#ceiling : null;
  }
  /** True when the last result that the archive lists is loaded, and there are more. */
  get isAtCeiling(): boolean {
    return this.#isAtCeiling;
  }
  get unreadable(): number {
    return this.#unreadable;
  }
  get doubled(): number {
    return this.#doubled;
  }
  /** Unix ms of the oldest answer shown, where that is an old copy; null where all is fresh. */
  get copyFromMs(): number | null {
    const old = this.#ages.filter((age) => age.isStale || age.problem !== null);
    return old.length === 0 ? null : Math.min(...old.map((age) => age.fetchedAtMs));
  }
  /** True when the archive's answer waits because it is not what is shown. */
  get hasNewer(): boolean {
    return this.#newer !== null;
  }
  /** Why a copy is shown and not an answer of now; null where there is no such reason. */
  get problem(): ArchiveError | null {
    return this.#problem;
  }
  /** True while the archive is asked whether what is shown is still right. */
  get isChecking(): boolean {
    return this.#isChecking;
  }

  /** Asks for the first page, unless that was done. */
  start(): void {
    if (isEmptyQuery(this.query) || this.#state.kind === 'ready') return;
    const mistake = checkQuery(this.query);
    if (mistake !== null) {
      this.#state = { kind: 'failed', error: mistake };
      return;
    }
    this.#state = { kind: 'loading' };
    this.#reserveFirst();
    void this.#begin(this.#beginFirst());
  }

  /** Loads on until an item is there: for a place that is to be restored. */
  hold(index: number): void {
    this.#wanted = Math.max(this.#wanted, index + 1);
    if (this.#state.kind === 'ready') this.#continue();
    else if (this.#state.kind === 'loading') this.#reserveFirst();
  }

  /** The view shows these; loads the next page when the end is near. */
  need(lastSeen: number, seenCount: number): void {
    if (this.#state.kind !== 'ready' || this.#more.kind !== 'waiting') return;
    if (lastSeen + Math.max(nearEnd, 2 * seenCount) >= this.loaded) void this.#loadMore();
  }

  /** Tries again what failed. */
  retry(): void {
    if (this.#state.kind === 'failed') this.start();
    else if (this.#more.kind === 'failed') {
      this.#barrenPages = 0;
      void this.#loadMore();
    }
  }

  /** The archive may be there again: asks for what could not be had. */
  goOn(): void {
    this.retry();
    const isOld = this.#problem !== null || (this.#isCopy && this.#newer === null);
    if (this.#state.kind === 'ready' && isOld && this.#first === null) {
      void this.#askFirst(this.#beginFirst(), false);
    }
  }

  /** Asks the archive anew, and shows its answer when it is there; until then all stays as it is. */
  reload(): void {
    if (this.#state.kind !== 'ready') this.start();
    else void this.#askFirst(this.#beginFirst(), true);
  }

  /** Shows the answer that waits. */
  showNewer(): void {
    const newer = this.#newer;
    if (newer !== null) this.#replaceBy(newer);
  }

  /** Stops what is under way; what is loaded stays. `resume` goes on. */
  pause(): void {
    this.#first?.abort();
    this.#next?.abort();
    this.#first = this.#next = null;
    this.#isChecking = false;
    if (this.#more.kind === 'loading') this.#more = { kind: 'waiting' };
  }

  resume(): void {
    if (this.#first === null && (this.#state.kind === 'loading' || this.#state.kind === 'idle')) {
      this.start();
    } else if (this.#state.kind === 'ready' && this.#next === null) {
      const isOpen = this.#isCopy && this.#newer === null && this.#problem === null;
      if (isOpen && this.#first === null) void this.#askFirst(this.#beginFirst(), false);
      this.#continue();
    }
  }

  #reserveFirst(): void {
    this.items.reserve(Math.max(skeletons, this.#wanted), false);
  }

  #beginFirst(): AbortController {
    this.#first?.abort();
    this.#first = new AbortController();
    this.#isChecking = true;
    return this.#first;
  }

  /** What is kept, at once; the archive is asked unless it calls that fresh. */
  async #begin(run: AbortController): Promise<void> {
    const kept = await this.#readCopy(1, run.signal);
    if (run.signal.aborted) return;
    // An empty copy would tell of nothing; the archive's own answer may.
    const copy = kept === null || kept.cards.length === 0 ? null : kept;
    if (copy !== null && !copy.age.isStale) {
      this.#take(copy);
      this.#endFirst(run);
      return;
    }
    this.#isCopy = copy !== null;
    if (copy !== null) this.#take(copy);
    await this.#askFirst(run, false);
  }

  #endFirst(run: AbortController): void {
    if (this.#first !== run) return;
    this.#first = null;
    this.#isChecking = false;
  }

  /** A copy that cannot be read is none. */
  async #readCopy(page: number, signal: AbortSignal): Promise<SearchPage | null> {
    try {
      const args = { query: this.query, page, pageSize };
      return (await this.#calls.cachedSearch(args, { signal })).page;
    } catch {
      return null;
    }
  }

  async #askFirst(run: AbortController, isWanted: boolean): Promise<void> {
    try {
      const args = { query: this.query, page: 1, pageSize, ...(isWanted ? { refresh: true } : {}) };
      const answer = await this.#calls.search(args, { signal: run.signal });
      if (this.#first === run) this.#takeFirst(answer, isWanted);
    } catch (error) {
      if (this.#first !== run || isCancelled(error)) return;
      if (this.#state.kind === 'ready') this.#problem = toArchiveError(error);
      else this.#fail(error);
    } finally {
      this.#endFirst(run);
    }
  }

  #takeFirst(answer: SearchPage, isWanted: boolean): void {
    const { problem } = answer.age;
    this.#problem = problem === null ? null : new ArchiveError(problem);
    if (this.#state.kind !== 'ready') this.#take(answer);
    else if (problem !== null) return;
    else if (this.#isSame(answer)) this.#confirm(answer);
    else if (isWanted) this.#replaceBy(answer);
    else this.#newer = answer;
  }

  /** The same records in the same order on the first page. */
  #isSame({ cards }: SearchPage): boolean {
    const before = this.#firstRefs;
    return (
      cards.length === before.length && cards.every((card, at) => card.record.ref === before[at])
    );
  }

  #confirm(answer: SearchPage): void {
    this.#isCopy = false;
    this.#newer = null;
    this.#ages = [answer.age, ...this.#ages.slice(1)];
    this.#total = answer.total;
    this.#ceiling = answer.ceiling;
    this.#continue();
  }

  #replaceBy(answer: SearchPage): void {
    this.#next?.abort();
    this.#next = null;
    this.#nextPage = 1;
    this.#barrenPages = 0;
    this.#wanted = 0;
    this.#unreadable = 0;
    this.#doubled = 0;
    this.#isAtCeiling = false;
    this.#isCopy = false;
    this.#newer = null;
    this.#ages = [];
    this.items.replaceAll([]);
    this.#take(answer);
  }

  #continue(): void {
    if (this.#more.kind === 'waiting' && this.loaded < this.#wanted) void this.#loadMore();
    else this.#reserve();
  }

  async #loadMore(): Promise<void> {
    this.#next?.abort();
    const run = new AbortController();
    this.#next = run;
    this.#more = { kind: 'loading' };
    const page = this.#nextPage;
    // What follows a copy is its own next page; so is what a place to be restored needs at once.
    const isOld = this.#isCopy || this.#problem !== null || this.loaded < this.#wanted;
    try {
      const copy = isOld ? await this.#readCopy(page, run.signal) : null;
      const answer =
        copy ??
        (await this.#calls.search({ query: this.query, page, pageSize }, { signal: run.signal }));
      if (this.#next !== run) return;
      this.#next = null;
      this.#take(answer);
    } catch (error) {
      if (this.#next !== run) return;
      this.#next = null;
      this.#fail(error);
    }
  }

  #take(page: SearchPage): void {
    const before = this.loaded;
    if (this.#nextPage === 1) this.#firstRefs = page.cards.map((card) => card.record.ref);
    if (page.age.problem !== null) this.#problem = new ArchiveError(page.age.problem);
    this.#doubled += this.items.append(page.cards);
    this.#onCards(page.cards);
    this.#ages = [...this.#ages, page.age];
    this.#total = page.total;
    this.#ceiling = page.ceiling;
    this.#unreadable += page.unreadable;
    this.#nextPage += 1;
    this.#barrenPages = this.loaded > before ? 0 : this.#barrenPages + 1;
    this.#state = { kind: 'ready' };
    this.#isAtCeiling = !page.hasNext && this.reachable !== null;
    if (!page.hasNext) this.#more = { kind: 'nothing' };
    else if (this.#barrenPages >= mostBarrenPages)
      this.#more = { kind: 'failed', error: stalled() };
    else this.#more = { kind: 'waiting' };
    this.#continue();
  }

  #fail(error: unknown): void {
    if (isCancelled(error)) return;
    const known = toArchiveError(error);
    if (this.#state.kind !== 'ready') {
      this.#state = { kind: 'failed', error: known };
      this.items.replaceAll([]);
      this.items.reserve(0, true);
      return;
    }
    // The archive's wall is where its list ends, not a failure.
    if (known.code === 'beyond-ceiling') {
      this.#isAtCeiling = true;
      this.#more = { kind: 'nothing' };
    } else this.#more = { kind: 'failed', error: known };
    this.#reserve();
  }

  /** Room for what is on its way; none after a failure, so that the row that says so is in sight. */
  #reserve(): void {
    const isOpen = this.#more.kind === 'waiting' || this.#more.kind === 'loading';
    const last =
      Math.min(this.#total, this.#ceiling ?? Infinity) - this.#doubled - this.#unreadable;
    const ahead = isOpen ? Math.min(last, Math.max(this.loaded + skeletons, this.#wanted)) : 0;
    this.items.reserve(Math.max(ahead, this.loaded), this.#more.kind === 'nothing');
  }
}

function stalled(): ArchiveError {
  return new ArchiveError({ code: 'bad-answer', message: searchText.stalled, retryable: true });
}

export function toArchiveError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error;
  const message = searchText.failedTitleOurs;
  return new ArchiveError({ code: 'unexpected', message, retryable: true }, { cause: error });
}
