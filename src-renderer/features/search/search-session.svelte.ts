import type { ArchiveApi } from '#contract/api.ts';
import type { NasaSearchQuery, RecordCard, SearchPage } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import { searchText } from '../../i18n/search.ts';
import { CardList } from '../gallery/card-list.svelte.ts';
import { isEmptyQuery, tidyQuery } from './filters.ts';

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

type Search = ArchiveApi['nasa']['search'];

/** One search and what it found so far. Lives longer than the view, so that coming back is instant. */
export class SearchSession {
  readonly query: NasaSearchQuery;
  readonly items = new CardList();
  readonly #search: Search;
  readonly #onCards: (cards: readonly RecordCard[]) => void;
  #state = $state.raw<SearchState>({ kind: 'idle' });
  #more = $state.raw<MoreState>({ kind: 'nothing' });
  #total = $state(0);
  #ceiling = $state<number | null>(null);
  #isAtCeiling = $state(false);
  #unreadable = $state(0);
  #doubled = $state(0);
  #nextPage = 1;
  #barrenPages = 0;
  /** Items that a place to be restored needs. */
  #wanted = 0;
  #running: AbortController | null = null;

  constructor(
    search: Search,
    query: NasaSearchQuery,
    onCards: (cards: readonly RecordCard[]) => void = () => {},
  ) {
    this.#search = search;
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

  /** Asks for the first page, unless that was done. */
  start(): void {
    if (isEmptyQuery(this.query) || this.#state.kind === 'ready') return;
    this.#state = { kind: 'loading' };
    this.items.reserve(Math.max(skeletons, this.#wanted), false);
    void this.#load();
  }

  /** Loads on until an item is there: for a place that is to be restored. */
  hold(index: number): void {
    this.#wanted = Math.max(this.#wanted, index + 1);
    if (this.#state.kind === 'ready') this.#continue();
  }

  /** The view shows these; loads the next page when the end is near. */
  need(lastSeen: number, seenCount: number): void {
    if (this.#state.kind !== 'ready' || this.#more.kind !== 'waiting') return;
    if (lastSeen + Math.max(nearEnd, 2 * seenCount) >= this.loaded) void this.#load();
  }

  /** Tries again what failed. */
  retry(): void {
    if (this.#state.kind === 'failed') this.start();
    else if (this.#more.kind === 'failed') {
      this.#barrenPages = 0;
      void this.#load();
    }
  }

  /** Asks the archive anew from the first page. */
  reload(): void {
    this.pause();
    this.#nextPage = 1;
    this.#barrenPages = 0;
    this.#wanted = 0;
    this.#unreadable = 0;
    this.#doubled = 0;
    this.#isAtCeiling = false;
    this.#more = { kind: 'nothing' };
    this.#state = { kind: 'idle' };
    this.items.replaceAll([]);
    this.start();
  }

  /** Stops what is under way; what is loaded stays. `resume` goes on. */
  pause(): void {
    this.#running?.abort();
    this.#running = null;
    if (this.#more.kind === 'loading') this.#more = { kind: 'waiting' };
  }

  resume(): void {
    if (this.#running !== null) return;
    if (this.#state.kind === 'loading' || this.#state.kind === 'idle') this.start();
    else if (this.#state.kind === 'ready') this.#continue();
  }

  #continue(): void {
    if (this.#more.kind === 'waiting' && this.loaded < this.#wanted) void this.#load();
    else this.#reserve();
  }

  async #load(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    if (this.#state.kind === 'ready') this.#more = { kind: 'loading' };
    try {
      const args = { query: this.query, page: this.#nextPage, pageSize };
      const page = await this.#search(args, { signal: running.signal });
      if (this.#running !== running) return;
      this.#running = null;
      this.#take(page);
    } catch (error) {
      if (this.#running !== running) return;
      this.#running = null;
      this.#fail(error);
    }
  }

  #take(page: SearchPage): void {
    const before = this.loaded;
    this.#doubled += this.items.append(page.cards);
    this.#onCards(page.cards);
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
      this.items.reserve(0, true);
      return;
    }
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

function toArchiveError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error;
  const message = searchText.failedTitleOurs;
  return new ArchiveError({ code: 'unexpected', message, retryable: true }, { cause: error });
}
