/**
 * Runs in the page. All images of a search past the 100 at which one by subject stops, part by part as main finds them.
 * A person has asked for it and seen what it costs; it rests while nobody looks.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinParam, AstrobinSubjectPart } from '#contract/astrobin.ts';
import type { RecordCard } from '#contract/domain.ts';
import { isCancelled, type ArchiveError } from '#contract/errors.ts';
import { CardList } from '../gallery/card-list.svelte.ts';
import type { GalleryList, ListStatus } from './gallery-list.ts';
import { sentParams } from './search-params.ts';
import { toArchiveError } from './trouble.ts';

export type CrawlState = 'running' | 'resting' | 'stopped' | 'ended' | 'failed';

export class CrawlList implements GalleryList {
  readonly items = new CardList();
  readonly params: readonly AstrobinParam[];
  readonly age = null;
  readonly problem = null;
  readonly #api: ArchiveApi;
  readonly #onCards: (cards: RecordCard[]) => void;
  /** Looks through all images of the dates where slices leave some out. */
  readonly isWalk: boolean;
  #state = $state<CrawlState>('resting');
  #part = $state.raw<Omit<AstrobinSubjectPart, 'cards'> | null>(null);
  #error = $state.raw<ArchiveError | null>(null);
  #id: string | null = null;
  #call: AbortController | null = null;

  constructor(
    api: ArchiveApi,
    params: readonly AstrobinParam[],
    isWalk = false,
    onCards: (cards: RecordCard[]) => void = () => undefined,
  ) {
    this.#api = api;
    this.params = params;
    this.isWalk = isWalk;
    this.#onCards = onCards;
    this.items.reserve(8, false);
  }

  get state(): CrawlState {
    return this.#state;
  }
  get status(): ListStatus {
    if (this.items.loaded > 0 || this.#state === 'ended') return { kind: 'ready' };
    return this.#error === null ? { kind: 'loading' } : { kind: 'failed', error: this.#error };
  }
  get total(): number {
    return this.items.loaded;
  }
  get requests(): number {
    return this.#part?.requests ?? 0;
  }
  /** Once it has ended: true where nothing was left out. */
  get isComplete(): boolean {
    return this.#part?.isEnded === true && this.#part.isComplete;
  }
  /** What is missing, and what it would take; in sentences. */
  get gaps(): readonly string[] {
    return this.#part?.gaps ?? [];
  }
  get moreError(): ArchiveError | null {
    return this.items.loaded > 0 ? this.#error : null;
  }

  /** Nothing hangs on what is in sight. */
  need(): void {}

  /** Begins, or goes on after a rest, a stop or a failure. */
  run(): void {
    if (this.#state === 'running' || this.#state === 'ended') return;
    this.#state = 'running';
    this.#error = null;
    const call = new AbortController();
    this.#call = call;
    void this.#pull(call);
  }

  retry(): void {
    this.run();
  }

  /** Nobody looks: it goes on when someone does. */
  rest(): void {
    if (this.#state === 'running') this.#halt('resting');
  }

  stop(): void {
    if (this.#state !== 'running' && this.#state !== 'resting') return;
    this.#halt('stopped');
    this.items.reserve(this.items.loaded, true);
  }

  dispose(): void {
    this.#call?.abort();
    void this.#close();
  }

  #halt(state: CrawlState): void {
    this.#call?.abort();
    this.#state = state;
    // A part that was under way is lost with its call, so what is found begins anew, from what is kept.
    void this.#close();
  }

  async #close(): Promise<void> {
    const id = this.#id;
    this.#id = null;
    if (id !== null) await this.#api.astrobin.closeCrawl({ id }).catch(() => null);
  }

  async #pull(call: AbortController): Promise<void> {
    const { signal } = call;
    try {
      const wish = { params: sentParams(this.params), walk: this.isWalk };
      this.#id ??= (await this.#api.astrobin.openCrawl(wish, { signal })).id;
      const id = this.#id;
      while (!signal.aborted) {
        const { cards, ...part } = await this.#api.astrobin.nextOfCrawl({ id }, { signal });
        if (signal.aborted) return;
        this.#take(cards, part);
        if (part.isEnded) return;
      }
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.#error = toArchiveError(error);
      this.#state = 'failed';
      this.items.reserve(this.items.loaded, false);
      void this.#close();
    }
  }

  #take(cards: RecordCard[], part: Omit<AstrobinSubjectPart, 'cards'>): void {
    this.items.append(cards);
    this.#part = part;
    this.#onCards(cards);
    if (!part.isEnded) {
      this.items.reserve(this.items.loaded + 8, false);
      return;
    }
    this.items.reserve(this.items.loaded, true);
    this.#state = 'ended';
    this.#id = null;
  }
}
