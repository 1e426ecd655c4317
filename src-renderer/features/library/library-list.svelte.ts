/** Runs in the page. What is kept, as a list that grows as one scrolls. Everything comes from the library. */
/* Nothing draws from these Maps and Sets directly; what is drawn is read from runes. */
/* eslint-disable svelte/prefer-svelte-reactivity */
import type { ArchiveApi } from '#contract/api.ts';
import type { KeptRecord, RecordCard, RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import { CardList } from '../gallery/card-list.svelte.ts';
import type { Selection } from '../../lib/selection.svelte.ts';

export type LibraryStatus =
  { kind: 'loading' } | { kind: 'ready' } | { kind: 'failed'; error: ArchiveError };

const pageSize = 200;
/** The contract gives no more in one page. */
const largestPage = 500;
/** Items before the end of what is loaded at which the next page is read. */
const nearEnd = 60;

export class LibraryList {
  readonly items = new CardList();
  readonly #api: ArchiveApi;
  readonly #selection: Selection;
  readonly #onCards: (cards: RecordCard[]) => void;
  #status = $state.raw<LibraryStatus>({ kind: 'loading' });
  #moreError = $state.raw<ArchiveError | null>(null);
  #total = $state(0);
  #text = '';
  #cursor: string | null = null;
  #wanted = 0;
  #keptAt = new Map<RecordRef, number>();
  #call: AbortController | null = null;

  /** The selection follows when records go and come. `onCards` hears of every page. */
  constructor(
    api: ArchiveApi,
    selection: Selection,
    onCards: (cards: RecordCard[]) => void = () => undefined,
  ) {
    this.#api = api;
    this.#selection = selection;
    this.#onCards = onCards;
  }

  get status(): LibraryStatus {
    return this.#status;
  }

  /** Why the rest could not be read; what was read before stays. */
  get moreError(): ArchiveError | null {
    return this.#moreError;
  }

  /** Records that match, loaded or not. */
  get total(): number {
    return this.#total;
  }

  keptAt(ref: RecordRef): number | null {
    return this.#keptAt.get(ref) ?? null;
  }

  /** Lists what has this text; all of it when empty. Reads on until `wanted` items are there. */
  async open(text: string, wanted = 0): Promise<void> {
    this.#text = text;
    this.#wanted = wanted;
    this.#status = { kind: 'loading' };
    this.#moreError = null;
    this.items.replaceAll([]);
    this.items.reserve(Math.max(wanted, 24), false);
    await this.#begin(true);
  }

  /** Reads again what is loaded, quietly: the library was changed by someone. */
  async refresh(): Promise<void> {
    if (this.#status.kind === 'ready') await this.#begin(false);
  }

  async retry(): Promise<void> {
    if (this.#status.kind === 'failed') await this.open(this.#text, this.#wanted);
    else await this.#more();
  }

  /** The view shows items up to this one. */
  need(lastSeen: number): void {
    if (this.#status.kind !== 'ready' || this.#cursor === null || this.#call !== null) return;
    if (this.#moreError === null && lastSeen + nearEnd >= this.items.loaded) void this.#more();
  }

  dispose(): void {
    this.#call?.abort();
  }

  async #begin(isNew: boolean): Promise<void> {
    const wanted = Math.max(isNew ? this.#wanted : this.items.loaded, pageSize);
    await this.#run(async (signal) => {
      const all: KeptRecord[] = [];
      let cursor: string | null = null;
      do {
        const limit = Math.min(wanted - all.length, largestPage);
        const page = await this.#page(cursor, limit, signal);
        all.push(...page.items);
        ({ cursor } = page);
        this.#total = page.total;
      } while (cursor !== null && all.length < wanted);
      this.#cursor = cursor;
      this.#take(all);
    });
  }

  async #more(): Promise<void> {
    this.#moreError = null;
    await this.#run(async (signal) => {
      const page = await this.#page(this.#cursor, pageSize, signal);
      this.#cursor = page.cursor;
      this.#total = page.total;
      this.#note(page.items);
      this.items.append(page.items.map(({ card }) => card));
      this.#reserve();
    });
  }

  async #page(cursor: string | null, limit: number, signal: AbortSignal) {
    const text = this.#text === '' ? {} : { text: this.#text };
    const page = await this.#api.library.list({ cursor, limit, ...text }, { signal });
    signal.throwIfAborted();
    return page;
  }

  /** Takes the list as it is now. Records that stayed keep their selection. */
  #take(kept: readonly KeptRecord[]): void {
    this.#keptAt = new Map();
    this.#note(kept);
    const next = kept.map(({ card }) => card);
    const present = new Set(next.map((card) => card.record.ref));
    for (const card of this.#cards()) {
      if (present.has(card.record.ref)) continue;
      const index = this.items.remove(card.record.ref);
      if (index >= 0) this.#selection.dropItem(index);
    }
    const here = this.#cards();
    const isLonger = here.every((card, index) => card.record.ref === next[index]?.record.ref);
    if (isLonger) this.items.append(next.slice(here.length));
    else this.#reorder(next);
    this.#reserve();
  }

  #reorder(next: readonly RecordCard[]): void {
    const selected = this.#selection.list().flatMap((index) => {
      const card = this.items.at(index);
      return card === null ? [] : [card.record.ref];
    });
    this.items.replaceAll(next);
    const places = selected.map((ref) => this.items.indexOf(ref)).filter((index) => index >= 0);
    this.#selection.restore(places.sort((a, b) => a - b).map((index) => [index, index]));
  }

  #cards(): RecordCard[] {
    return Array.from({ length: this.items.loaded }, (_, index) => this.items.at(index)).filter(
      (card): card is RecordCard => card !== null,
    );
  }

  #note(kept: readonly KeptRecord[]): void {
    for (const { card, keptAtMs } of kept) this.#keptAt.set(card.record.ref, keptAtMs);
    this.#onCards(kept.map(({ card }) => card));
  }

  #reserve(): void {
    const isComplete = this.#cursor === null;
    this.items.reserve(isComplete ? this.items.loaded : this.#total, isComplete);
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#call?.abort();
    const call = new AbortController();
    this.#call = call;
    try {
      await work(call.signal);
      this.#status = { kind: 'ready' };
    } catch (error) {
      if (call.signal.aborted || isCancelled(error)) return;
      this.#fail(error);
    } finally {
      if (this.#call === call) this.#call = null;
    }
  }

  #fail(error: unknown): void {
    const failure =
      error instanceof ArchiveError
        ? error
        : new ArchiveError({ code: 'unexpected', message: String(error), retryable: true });
    if (this.#status.kind === 'loading') {
      this.#status = { kind: 'failed', error: failure };
      this.items.replaceAll([]);
    } else {
      this.#moreError = failure;
      this.items.reserve(this.items.loaded, false);
    }
  }
}
