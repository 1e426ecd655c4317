/**
 * Runs in the page. Cards of images that are known by their hash alone: kept ones at once, others one request after the
 * other, and only while they are in sight.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { RecordCard, RecordRef } from '#contract/domain.ts';
import { isCancelled, type ArchiveError } from '#contract/errors.ts';
import { SvelteMap } from 'svelte/reactivity';
import { isLasting, toArchiveError } from './trouble.ts';

/** What is known of an image: its card, or why there is none. */
export type AskedCard = { card: RecordCard } | { error: ArchiveError };

/** What only flies past is not asked for. */
const restMs = 250;

export class CardAsker {
  readonly #api: ArchiveApi;
  readonly #onCard: (card: RecordCard) => void;
  readonly #known = new SvelteMap<RecordRef, AskedCard>();
  /** Looked up among what is kept already. */
  // Nothing is drawn from it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #looked = new Set<RecordRef>();
  #wanted: readonly RecordRef[] = [];
  /** Asked for after what is in sight. */
  #further: readonly RecordRef[] = [];
  #trouble = $state.raw<ArchiveError | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #call: AbortController | null = null;

  constructor(api: ArchiveApi, onCard: (card: RecordCard) => void = () => undefined) {
    this.#api = api;
    this.#onCard = onCard;
  }

  /** Why nothing more is asked: no key, no network, or today's limit. */
  get trouble(): ArchiveError | null {
    return this.#trouble;
  }

  get(ref: RecordRef): AskedCard | null {
    return this.#known.get(ref) ?? null;
  }

  card(ref: RecordRef): RecordCard | null {
    const known = this.#known.get(ref);
    return known !== undefined && 'card' in known ? known.card : null;
  }

  /** A card that came another way. */
  learn(card: RecordCard): void {
    this.#known.set(card.record.ref, { card });
  }

  /** These are in sight now, in the order in which they are wanted. */
  want(refs: readonly RecordRef[]): void {
    this.#wanted = refs;
    clearTimeout(this.#timer);
    if (this.#missing().length > 0) this.#timer = setTimeout(() => void this.#work(), restMs);
  }

  /** These too, in sight or not, after those that are. */
  async wantAll(refs: readonly RecordRef[]): Promise<void> {
    this.#further = refs;
    await this.#work();
  }

  retry(): void {
    this.#trouble = null;
    for (const [ref, known] of this.#known) if ('error' in known) this.#known.delete(ref);
    void this.#work();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#call?.abort();
    this.#call = null;
    this.#wanted = [];
    this.#further = [];
  }

  #missing(): RecordRef[] {
    return [...this.#wanted, ...this.#further].filter((ref) => !this.#known.has(ref));
  }

  async #work(): Promise<void> {
    if (this.#call !== null) return;
    const call = new AbortController();
    this.#call = call;
    try {
      for (;;) {
        await this.#lookUp(call.signal);
        const [next] = this.#missing();
        if (call.signal.aborted || next === undefined || this.#trouble !== null) return;
        await this.#ask(next, call.signal);
      }
    } finally {
      if (this.#call === call) this.#call = null;
    }
  }

  /** What is kept costs nothing. */
  async #lookUp(signal: AbortSignal): Promise<void> {
    const refs = this.#missing().filter((ref) => !this.#looked.has(ref));
    for (const ref of refs) this.#looked.add(ref);
    await Promise.all(
      refs.map(async (ref) => {
        const kept = await this.#api.astrobin.cachedImage({ ref }, { signal }).catch(() => null);
        if (kept !== null && kept.detail !== null && !signal.aborted)
          this.#take(ref, kept.detail.card);
      }),
    );
  }

  async #ask(ref: RecordRef, signal: AbortSignal): Promise<void> {
    try {
      const { card } = await this.#api.astrobin.image({ ref }, { signal });
      if (!signal.aborted) this.#take(ref, card);
    } catch (failure) {
      if (signal.aborted || isCancelled(failure)) return;
      const error = toArchiveError(failure);
      if (isLasting(error)) this.#trouble = error;
      else this.#known.set(ref, { error });
    }
  }

  #take(ref: RecordRef, card: RecordCard): void {
    this.#known.set(ref, { card });
    this.#onCard(card);
  }
}
