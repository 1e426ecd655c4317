/**
 * Runs in the page. Images of one search, 25 at a time as they come into view. What is kept is shown at once; each
 * request counts, so a part that nobody sees is never asked for.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinPage, AstrobinParam } from '#contract/astrobin.ts';
import type { AnswerAge } from '#contract/age.ts';
import type { RecordCard } from '#contract/domain.ts';
import { isCancelled, type ArchiveError, type WireError } from '#contract/errors.ts';
import { CardList } from '../gallery/card-list.svelte.ts';
import type { IndexRange } from '../../lib/index-ranges.ts';
import type { GalleryList, ListStatus } from './gallery-list.ts';
import { sentParams } from './search-params.ts';
import { toArchiveError } from './trouble.ts';

/** All that the service gives at once. */
export const pageSize = 25;
/** Skeletons after what is loaded, so that one can scroll on to what is asked for then. */
const ahead = 8;

export class ImageList implements GalleryList {
  readonly items = new CardList();
  readonly params: readonly AstrobinParam[];
  readonly #api: ArchiveApi;
  readonly #onCards: (cards: RecordCard[]) => void;
  #status = $state.raw<ListStatus>({ kind: 'loading' });
  #moreError = $state.raw<ArchiveError | null>(null);
  #problem = $state.raw<WireError | null>(null);
  #age = $state.raw<AnswerAge | null>(null);
  #total = $state(0);
  #ceiling = $state<number | null>(null);
  #unreadable = $state(0);
  /** Offset of the next part; null before the first and after the last. */
  #next: number | null = null;
  #hasAnswer = false;
  #call: AbortController | null = null;
  #reading: Promise<void> | null = null;

  /** `onCards` hears of every part. */
  constructor(
    api: ArchiveApi,
    params: readonly AstrobinParam[],
    onCards: (cards: RecordCard[]) => void = () => undefined,
  ) {
    this.#api = api;
    this.params = params;
    this.#onCards = onCards;
    // An empty list would be a whole one, in which no place further on could be kept.
    this.items.reserve(pageSize, false);
  }

  get status(): ListStatus {
    return this.#status;
  }
  get total(): number {
    return this.#total;
  }
  get age(): AnswerAge | null {
    return this.#age;
  }
  get problem(): WireError | null {
    return this.#problem;
  }
  get moreError(): ArchiveError | null {
    return this.#moreError;
  }
  /** 100 where a search by subject stops, else null. */
  get ceiling(): number | null {
    return this.#ceiling;
  }
  /** True where the service may have more than it lists. */
  get isAtCeiling(): boolean {
    return this.#ceiling !== null && this.#total >= this.#ceiling;
  }
  get unreadable(): number {
    return this.#unreadable;
  }
  get hasNext(): boolean {
    return this.items.loaded > 0 && !this.items.isComplete;
  }
  /** Requests that the rest would take. */
  get requestsLeft(): number {
    return Math.ceil(Math.max(0, this.#total - this.items.loaded) / pageSize);
  }

  /** Reads until `wanted` are there; of a place deep in the list what is kept will do, whatever its age. */
  async open(wanted = 0): Promise<void> {
    if (this.#reading !== null) return this.#reading;
    if (this.#status.kind === 'ready' && this.items.loaded >= wanted) return;
    await this.#begin((call) => this.#openParts(call, wanted));
  }

  /** Asks anew from the beginning. */
  async reload(): Promise<void> {
    this.#call?.abort();
    this.#reading = null;
    await this.#begin((call) => this.#ask(call, 0, true));
  }

  retry(): void {
    if (this.#status.kind === 'failed' || this.#problem !== null) void this.reload();
    else void this.#more();
  }

  need({ last }: IndexRange): void {
    const isBusy = this.#status.kind !== 'ready' || this.#reading !== null;
    if (isBusy || this.#next === null || this.#moreError !== null) return;
    if (last >= this.items.loaded - 1) void this.#more();
  }

  /** Reads the next 25, where there are more. */
  async loadMore(): Promise<void> {
    await this.#reading;
    await this.#more();
  }

  /** Reads all that is left, which the caller has said the price of. */
  async readAll(): Promise<void> {
    await this.#reading;
    while (this.#next !== null) {
      const before = this.#next;
      await this.#more();
      if (this.#next === before) return;
    }
  }

  dispose(): void {
    this.#call?.abort();
    this.#call = null;
    this.#reading = null;
  }

  #begin(work: (call: AbortController) => Promise<void>): Promise<void> {
    const call = new AbortController();
    this.#call = call;
    if (this.items.loaded === 0) {
      this.#status = { kind: 'loading' };
      this.items.reserve(pageSize, false);
    }
    this.#moreError = null;
    this.#reading = work(call).finally(() => {
      if (this.#call === call) this.#reading = null;
    });
    return this.#reading;
  }

  async #openParts(call: AbortController, wanted: number): Promise<void> {
    if (this.items.loaded === 0) {
      const kept = await this.#kept(call, 0);
      if (kept !== null) this.#take(kept, 0);
      if (kept === null || wanted <= pageSize) await this.#ask(call, 0);
    }
    while (!call.signal.aborted && this.#next !== null && this.items.loaded < wanted) {
      const from: number = this.#next;
      const kept = await this.#kept(call, from);
      if (kept === null) await this.#ask(call, from);
      else this.#take(kept, from);
      if (this.#next === from) return;
    }
  }

  /** The next part; one that is under way is waited for instead, so that none comes twice. */
  #more(): Promise<void> {
    if (this.#reading !== null) return this.#reading;
    const from = this.#next;
    return from === null ? Promise.resolve() : this.#begin((call) => this.#ask(call, from));
  }

  async #kept({ signal }: AbortController, offset: number): Promise<AstrobinPage | null> {
    const wish = { params: sentParams(this.params), offset };
    const kept = await this.#api.astrobin.cachedImages(wish, { signal }).catch(() => null);
    return signal.aborted ? null : (kept?.page ?? null);
  }

  async #ask(call: AbortController, offset: number, refresh = false): Promise<void> {
    const { signal } = call;
    try {
      const wish = { params: sentParams(this.params), offset, refresh };
      const page = await this.#api.astrobin.images(wish, { signal });
      if (!signal.aborted) this.#take(page, offset, true);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      await this.#fail(call, offset, toArchiveError(error));
    }
  }

  #take(page: AstrobinPage, offset: number, isAnswer = false): void {
    const isFirst = offset === 0;
    if (isFirst) {
      this.#age = page.age;
      this.#problem = page.age.problem;
      this.#hasAnswer = isAnswer;
      this.#unreadable = 0;
    }
    // The same images as the kept copy has: nothing is drawn anew, and what follows stays.
    const isSame =
      isFirst &&
      page.cards.length > 0 &&
      page.cards.every((card, index) => card.record.ref === this.items.at(index)?.record.ref);
    if (isFirst && !isSame) this.items.replaceAll(page.cards);
    else if (!isFirst) this.items.append(page.cards);
    if (!isSame) this.#next = page.hasNext ? offset + page.limit : null;
    this.#total = page.total;
    this.#ceiling = page.ceiling;
    this.#unreadable += page.unreadable;
    this.#reserve();
    this.#status = { kind: 'ready' };
    this.#onCards(page.cards);
  }

  /** Skeletons for a few more, never for all: thousands that nobody will ask for say nothing. */
  #reserve(): void {
    const { loaded } = this.items;
    const more = this.#next === null ? 0 : Math.min(ahead, Math.max(1, this.#total - loaded));
    this.items.reserve(loaded + more, this.#next === null);
  }

  /** What is kept of that part stands in for it, where there is any. */
  async #fail(call: AbortController, offset: number, error: ArchiveError): Promise<void> {
    if (offset === 0 && this.items.loaded > 0) {
      this.#problem = error.toWire();
      return;
    }
    const kept = await this.#kept(call, offset);
    if (call.signal.aborted) return;
    if (kept !== null) {
      this.#take(kept, offset);
      if (offset === 0 || !this.#hasAnswer) this.#problem = error.toWire();
    } else if (this.items.loaded === 0) {
      this.#status = { kind: 'failed', error };
      this.items.reserve(0, true);
    } else {
      this.#moreError = error;
      this.items.reserve(this.items.loaded, false);
    }
  }
}
