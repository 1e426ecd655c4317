import type { ArchiveApi } from '#contract/api.ts';
import type { NasaSearchQuery, RecordCard } from '#contract/domain.ts';
import type { ArchiveError } from '#contract/errors.ts';
import type { ResultSet } from '#contract/results.ts';
import { StoredList } from '../gallery/stored-list.svelte.ts';
import { tidyQuery } from './filters.ts';
import { toArchiveError } from './search-session.svelte.ts';

export type AllState =
  { kind: 'opening' } | { kind: 'ready' } | { kind: 'failed'; error: ArchiveError };

/** Speed is measured over this long, so that the time left does not dance. */
const measuredMs = 3_000;

/**
 * Every result of one query as main stores it. Main lists on whether anyone looks or not; this follows its
 * events. Lives longer than the view, so that coming back is instant.
 */
export class AllResults {
  readonly query: NasaSearchQuery;
  readonly #api: ArchiveApi;
  readonly #onCards: (cards: readonly RecordCard[]) => void;
  readonly #now: () => number;
  #state = $state.raw<AllState>({ kind: 'opening' });
  #set = $state.raw<ResultSet | null>(null);
  #list = $state.raw<StoredList | null>(null);
  #isBusy = $state(false);
  #actError = $state.raw<ArchiveError | null>(null);
  /** Where the present run of the listing was when it was first seen. */
  #runFrom: { atMs: number; stored: number } | null = null;
  #speed = $state<number | null>(null);
  #wanted = 0;
  #stop: (() => void) | null = null;

  constructor(
    api: ArchiveApi,
    query: NasaSearchQuery,
    onCards: (cards: readonly RecordCard[]) => void = () => {},
    now: () => number = Date.now,
  ) {
    this.#api = api;
    this.query = tidyQuery(query);
    this.#onCards = onCards;
    this.#now = now;
  }

  get state(): AllState {
    return this.#state;
  }
  get set(): ResultSet | null {
    return this.#set;
  }
  get list(): StoredList | null {
    return this.#list;
  }
  /** True while main was asked to pause, go on or list anew and has not answered. */
  get isBusy(): boolean {
    return this.#isBusy;
  }
  /** Why the last such act did not happen. */
  get actError(): ArchiveError | null {
    return this.#actError;
  }
  /** Seconds until the listing is through at its pace so far; null until that can be said. */
  get secondsLeft(): number | null {
    const set = this.#set;
    if (set === null || set.state !== 'listing' || set.total === null) return null;
    return this.#speed === null || this.#speed <= 0
      ? null
      : Math.max(0, set.total - set.stored) / this.#speed;
  }

  /** Opens the stored set, or has main begin one; again after a failure. */
  async open(): Promise<void> {
    if (this.#state.kind === 'ready') return;
    this.#state = { kind: 'opening' };
    this.#stop ??= this.#api.on('resultsChanged', ({ set }) => {
      if (set.id === this.#set?.id) this.#take(set);
    });
    try {
      // What changes between the answer and its arrival is told by a further event.
      this.#take(await this.#api.results.open({ query: this.query }));
      this.#state = { kind: 'ready' };
    } catch (error) {
      this.#state = { kind: 'failed', error: toArchiveError(error) };
    }
  }

  /** The place that will be looked at first. */
  hold(index: number): void {
    this.#wanted = index;
    this.#list?.hold(index);
  }

  pause(): Promise<void> {
    return this.#act((id) => this.#api.results.pause({ id }));
  }

  /** Goes on where it stopped; of an ended set, tries again what failed. */
  resume(): Promise<void> {
    return this.#act((id) => this.#api.results.resume({ id }));
  }

  /** Lists anew from the beginning. */
  refresh(): Promise<void> {
    return this.#act((id) => this.#api.results.refresh({ id }));
  }

  /** Forgets what is stored. */
  async remove(): Promise<boolean> {
    await this.#act(async (id) => {
      await this.#api.results.remove({ id });
      return null;
    });
    return this.#actError === null;
  }

  dispose(): void {
    this.#stop?.();
    this.#stop = null;
    this.#list?.dispose();
  }

  async #act(act: (id: string) => Promise<ResultSet | null>): Promise<void> {
    const set = this.#set;
    if (set === null || this.#isBusy) return;
    this.#isBusy = true;
    this.#actError = null;
    try {
      const before = this.#set;
      const after = await act(set.id);
      // An event may have overtaken the answer, and is newer.
      if (after !== null && this.#set === before) this.#take(after);
    } catch (error) {
      this.#actError = toArchiveError(error);
    } finally {
      this.#isBusy = false;
    }
  }

  #take(set: ResultSet): void {
    const before = this.#set;
    // A new set, or one that is listed anew, has other records at the same positions.
    const isAnew =
      before === null || before.id !== set.id || set.startedAtMs !== before.startedAtMs;
    if (isAnew || set.stored < before.stored || this.#list === null) {
      this.#list?.dispose();
      this.#list = new StoredList(this.#api.results, set.id, this.#onCards);
      this.#list.hold(this.#wanted);
    }
    this.#set = set;
    this.#list.grow(set.stored, set.state === 'complete' || set.state === 'partial');
    this.#measure(set);
  }

  #measure(set: ResultSet): void {
    if (set.state !== 'listing') {
      this.#runFrom = null;
      this.#speed = null;
      return;
    }
    const nowMs = this.#now();
    this.#runFrom ??= { atMs: nowMs, stored: set.stored };
    const ranMs = nowMs - this.#runFrom.atMs;
    if (ranMs >= measuredMs) this.#speed = ((set.stored - this.#runFrom.stored) / ranMs) * 1000;
  }
}

/** Lists that stay in memory; the one used longest ago goes first. Main keeps all of them. */
const limit = 4;

export class AllResultsHeld {
  readonly #api: ArchiveApi;
  #held: { key: string; results: AllResults }[] = [];

  constructor(api: ArchiveApi) {
    this.#api = api;
  }

  open(
    query: NasaSearchQuery,
    source: string,
    onCards?: (cards: readonly RecordCard[]) => void,
  ): AllResults {
    const key = `${source} ${JSON.stringify(tidyQuery(query))}`;
    const known = this.#held.find((one) => one.key === key);
    const results = known?.results ?? new AllResults(this.#api, query, onCards);
    const others = this.#held.filter((one) => one !== known);
    for (const old of others.slice(0, Math.max(0, others.length + 1 - limit)))
      old.results.dispose();
    this.#held = [...others.slice(-(limit - 1)), { key, results }];
    return results;
  }

  /** Forgets one that is no longer stored. */
  drop(results: AllResults): void {
    results.dispose();
    this.#held = this.#held.filter((one) => one.results !== results);
  }
}

const byApi = new WeakMap<ArchiveApi, AllResultsHeld>();

/** The lists that belong to an api; they live as long as it does. */
export function allResultsOf(api: ArchiveApi): AllResultsHeld {
  const known = byApi.get(api);
  if (known !== undefined) return known;
  const held = new AllResultsHeld(api);
  byApi.set(api, held);
  return held;
}
