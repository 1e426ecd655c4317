/**
 * Runs in the page. The records of an album, page by page as one scrolls: what is kept of the first page at
 * once, then what the archive says.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { AnswerAge } from '#contract/age.ts';
import type { RecordCard, SearchPage } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import { CardList } from '../gallery/card-list.svelte.ts';

export type AlbumStatus =
  { kind: 'loading' } | { kind: 'ready' } | { kind: 'failed'; error: ArchiveError };

/** Items before the end of what is loaded at which the next page is read. */
const nearEnd = 60;

export class AlbumList {
  readonly items = new CardList();
  readonly #api: ArchiveApi;
  readonly #onCards: (cards: RecordCard[]) => void;
  #status = $state.raw<AlbumStatus>({ kind: 'loading' });
  #moreError = $state.raw<ArchiveError | null>(null);
  #total = $state(0);
  #age = $state.raw<AnswerAge | null>(null);
  #name = '';
  #wanted = 0;
  /** Pages that are in the list. */
  #pages = 0;
  #hasNext = false;
  #isCopy = false;
  #isReadingAll = $state(false);
  #call: AbortController | null = null;
  /** The page that is being read, for whoever else wants one. */
  #reading: Promise<void> | null = null;

  /** `onCards` hears of every page. */
  constructor(api: ArchiveApi, onCards: (cards: RecordCard[]) => void = () => undefined) {
    this.#api = api;
    this.#onCards = onCards;
  }

  get status(): AlbumStatus {
    return this.#status;
  }

  /** Why the rest could not be read; what was read before stays. */
  get moreError(): ArchiveError | null {
    return this.#moreError;
  }

  /** Records that the archive counts. */
  get total(): number {
    return this.#total;
  }

  /** True while the rest is read because all of it is wanted. */
  get isReadingAll(): boolean {
    return this.#isReadingAll;
  }

  /** When the first page is from; null before it is there. */
  get age(): AnswerAge | null {
    return this.#age;
  }

  /** Lists an album; reads on until `wanted` items are there. */
  async open(name: string, wanted = 0): Promise<void> {
    this.#call?.abort();
    const call = new AbortController();
    this.#call = call;
    this.#name = name;
    this.#wanted = wanted;
    this.#status = { kind: 'loading' };
    this.#moreError = null;
    this.items.replaceAll([]);
    this.items.reserve(Math.max(wanted, 24), false);
    const first = Promise.all([this.#showCopy(call.signal), this.#read(call, 1)]);
    this.#reading = first.then(() => this.#endReading(call));
    await this.#reading;
    while (!call.signal.aborted && this.#hasNext && this.items.loaded < wanted) {
      const before = this.#pages;
      await this.#more();
      if (this.#pages === before) return;
    }
  }

  async retry(): Promise<void> {
    if (this.#status.kind === 'failed' || this.#isCopy) await this.open(this.#name, this.#wanted);
    else await this.#more();
  }

  /** The view shows items up to this one. */
  need(lastSeen: number): void {
    const isBusy = this.#status.kind !== 'ready' || this.#call !== null || this.#isCopy;
    if (isBusy || !this.#hasNext || this.#moreError !== null) return;
    if (lastSeen + nearEnd >= this.items.loaded) void this.#more();
  }

  /** Reads what is left of the album; `moreError` says why some of it is not there then. */
  async readAll(): Promise<void> {
    const name = this.#name;
    this.#isReadingAll = true;
    try {
      await this.#reading;
      while (this.#name === name && this.#hasNext) {
        const before = this.#pages;
        await this.#more();
        if (this.#pages === before) return;
      }
    } finally {
      this.#isReadingAll = false;
    }
  }

  dispose(): void {
    this.#call?.abort();
  }

  async #showCopy(signal: AbortSignal): Promise<void> {
    const kept = await this.#api.nasa
      .cachedAlbum({ name: this.#name }, { signal })
      .catch(() => null);
    if (signal.aborted || kept === null || kept.page === null || this.items.loaded > 0) return;
    this.#isCopy = true;
    this.#take(kept.page);
  }

  /** The next page; one that is under way is waited for instead, so that none comes twice. */
  #more(): Promise<void> {
    if (this.#reading !== null) return this.#reading;
    this.#moreError = null;
    const call = new AbortController();
    this.#call = call;
    this.#reading = this.#read(call, this.#pages + 1).then(() => this.#endReading(call));
    return this.#reading;
  }

  #endReading(call: AbortController): void {
    if (this.#call !== call) return;
    this.#call = null;
    this.#reading = null;
  }

  async #read(call: AbortController, page: number): Promise<void> {
    const { signal } = call;
    try {
      const answer = await this.#api.nasa.album({ name: this.#name, page }, { signal });
      if (signal.aborted) return;
      this.#isCopy = false;
      this.#take(answer);
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) this.#fail(error);
    }
  }

  #take(page: SearchPage): void {
    const isFirst = page.page === 1;
    if (isFirst) this.#age = page.age;
    const isSame =
      isFirst &&
      page.cards.length === this.items.loaded &&
      page.cards.every((card, index) => card.record.ref === this.items.at(index)?.record.ref);
    // The same records as the kept copy has: nothing is drawn anew.
    if (isFirst && !isSame) this.items.replaceAll(page.cards);
    else if (!isFirst) this.items.append(page.cards);
    this.#pages = page.page;
    this.#hasNext = page.hasNext;
    this.#total = page.total;
    this.items.reserve(page.hasNext ? page.total : this.items.loaded, !page.hasNext);
    this.#status = { kind: 'ready' };
    this.#onCards(page.cards);
  }

  #fail(error: unknown): void {
    const failure =
      error instanceof ArchiveError
        ? error
        : new ArchiveError({ code: 'unexpected', message: String(error), retryable: true });
    if (this.items.loaded === 0) {
      this.#status = { kind: 'failed', error: failure };
      this.items.reserve(0, true);
    } else {
      this.#moreError = failure;
      this.items.reserve(this.items.loaded, false);
    }
  }
}
