/**
 * Runs in the page. Images of the day, top picks or nominations by their place in the service's list, newest first:
 * parts of 25 are read where someone looks, and cards only of those in sight.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinPick, AstrobinPickKind, AstrobinPickPart } from '#contract/astrobin.ts';
import type { AnswerAge } from '#contract/age.ts';
import type { RecordCard, RecordRef } from '#contract/domain.ts';
import { isCancelled, type ArchiveError, type WireError } from '#contract/errors.ts';
import { SvelteMap } from 'svelte/reactivity';
import type { IndexRange } from '../../lib/index-ranges.ts';
import { CardAsker } from './card-asker.svelte.ts';
import type { ListStatus } from './gallery-list.ts';
import { toArchiveError } from './trouble.ts';

const partSize = 25;
/** Tries to find a day by how far the found one is from it. */
const mostTries = 4;
const dayMs = 86_400_000;

export class PickList {
  readonly kind: AstrobinPickKind;
  readonly cards: CardAsker;
  readonly #api: ArchiveApi;
  readonly #picks = new SvelteMap<number, AstrobinPick>();
  #status = $state.raw<ListStatus>({ kind: 'loading' });
  #moreError = $state.raw<ArchiveError | null>(null);
  #problem = $state.raw<WireError | null>(null);
  #age = $state.raw<AnswerAge | null>(null);
  #total = $state(0);
  /** Parts by their offset, while they are read. */
  // Nothing is drawn from it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #reading = new Map<number, Promise<void>>();
  #call = new AbortController();

  constructor(
    api: ArchiveApi,
    kind: AstrobinPickKind,
    onCard: (card: RecordCard) => void = () => undefined,
  ) {
    this.#api = api;
    this.kind = kind;
    this.cards = new CardAsker(api, onCard);
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
  /** Days that are read. */
  get loaded(): number {
    return this.#picks.size;
  }
  get newest(): AstrobinPick | null {
    return this.#picks.get(0) ?? null;
  }
  /** The furthest that was read. */
  get oldestLoaded(): AstrobinPick | null {
    return this.#picks.get(Math.max(-1, ...this.#picks.keys())) ?? null;
  }

  at(index: number): AstrobinPick | null {
    return this.#picks.get(index) ?? null;
  }

  cardAt(index: number): RecordCard | null {
    const ref = this.at(index)?.image ?? null;
    return ref === null ? null : this.cards.card(ref);
  }

  /** Place of an image among those that are read; -1 where it is not. */
  indexOf(ref: RecordRef): number {
    for (const [index, pick] of this.#picks) if (pick.image === ref) return index;
    return -1;
  }

  /** Reads the newest, and the part that this place is in. */
  async open(index = 0): Promise<void> {
    if (this.#call.signal.aborted) this.#call = new AbortController();
    await this.#read(0);
    if (index >= partSize && this.#total > 0) await this.#read(Math.min(index, this.#total - 1));
  }

  retry(): void {
    this.#moreError = null;
    this.cards.retry();
    this.#reading.clear();
    if (this.#picks.size === 0) this.#status = { kind: 'loading' };
    void this.#ask(0, true);
  }

  /** These places are in sight. */
  need({ first, last }: IndexRange): void {
    if (this.#status.kind !== 'ready') return;
    const refs: RecordRef[] = [];
    for (let index = first; index <= Math.min(last, this.#total - 1); index += 1) {
      const pick = this.#picks.get(index);
      if (pick === undefined) {
        if (this.#moreError === null) void this.#read(index);
      } else if (pick.image !== null) refs.push(pick.image);
    }
    this.cards.want(refs);
  }

  /** The place of a day's image, or of the nearest one; null where that could not be found out. */
  async find(day: string): Promise<{ index: number; isExact: boolean } | null> {
    const newest = this.newest;
    if (newest === null) return null;
    let guess = daysBetween(day, newest.date);
    let best: { index: number; away: number } | null = null;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const at = Math.min(Math.max(0, guess), this.#total - 1);
      await this.#read(at);
      for (const [index, pick] of this.#picks) {
        const away = Math.abs(daysBetween(day, pick.date));
        if (best === null || away < best.away) best = { index, away };
      }
      const here = this.#picks.get(at);
      if (best?.away === 0 || here === undefined) break;
      const step = daysBetween(day, here.date);
      if (step === 0 || at + step === guess) break;
      guess = at + step;
    }
    return best === null ? null : { index: best.index, isExact: best.away === 0 };
  }

  dispose(): void {
    this.#call.abort();
    this.#reading.clear();
    this.cards.dispose();
  }

  /** The part that holds a place, once. */
  #read(index: number): Promise<void> {
    const offset = Math.floor(index / partSize) * partSize;
    const under = this.#reading.get(offset);
    if (under !== undefined) return under;
    if (this.#picks.has(index) && offset > 0) return Promise.resolve();
    const reading = this.#copyThenAsk(offset);
    this.#reading.set(offset, reading);
    return reading;
  }

  async #copyThenAsk(offset: number): Promise<void> {
    const { signal } = this.#call;
    const wish = { kind: this.kind, offset };
    const kept = await this.#api.astrobin.cachedPicks(wish, { signal }).catch(() => null);
    if (signal.aborted) return;
    if (kept !== null && kept.part !== null) this.#take(kept.part);
    // An older part changes with every new day; what is kept of it says the same, further back.
    if (offset === 0 || kept === null || kept.part === null) await this.#ask(offset);
  }

  async #ask(offset: number, refresh = false): Promise<void> {
    const { signal } = this.#call;
    try {
      const part = await this.#api.astrobin.picks({ kind: this.kind, offset, refresh }, { signal });
      if (!signal.aborted) this.#take(part);
    } catch (failure) {
      if (signal.aborted || isCancelled(failure)) return;
      this.#reading.delete(offset);
      const error = toArchiveError(failure);
      if (this.#picks.size === 0) this.#status = { kind: 'failed', error };
      else if (offset === 0) this.#problem = error.toWire();
      else this.#moreError = error;
    }
  }

  #take(part: AstrobinPickPart): void {
    const before = this.#picks.get(part.offset)?.image ?? null;
    const isMoved = part.offset === 0 && before !== null && before !== part.picks[0]?.pick.image;
    // With a new day all places are others: what was read further back is read again when it is looked at.
    if (isMoved) {
      this.#picks.clear();
      for (const offset of this.#reading.keys()) if (offset > 0) this.#reading.delete(offset);
    }
    for (const [at, { pick, card }] of part.picks.entries()) {
      if (card !== null) this.cards.learn(card);
      this.#picks.set(part.offset + at, pick);
    }
    if (part.offset === 0) {
      this.#age = part.age;
      this.#problem = part.age.problem;
    }
    this.#total = part.total;
    this.#status = { kind: 'ready' };
  }
}

/** Days from one to a later one. */
function daysBetween(day: string, later: string): number {
  const atMs = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Math.round((atMs(later) - atMs(day)) / dayMs);
}
