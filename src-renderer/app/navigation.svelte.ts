/** Runs in the page. Where a person is and was: the history behind back and forward. */
import { untrack } from 'svelte';
import type { Navigation, Route } from '../lib/deps.ts';
import { historyLimit, type HistoryEntry } from './history-state.ts';

/** True when two routes lead to the same place; undefined members do not count. */
export function isSameRoute(a: Route, b: Route): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Another place, which is not to be lost whatever happens next; or what is seen of the same one. */
export type HistoryChange = 'place' | 'detail';

export class NavigationHistory implements Navigation {
  #entries = $state.raw<HistoryEntry[]>([]);
  #index = $state(0);
  #onChange: (change: HistoryChange) => void;

  /** `onChange` is called whenever there is something new to save. */
  constructor(
    start: { entries: HistoryEntry[]; index: number },
    onChange: (change: HistoryChange) => void = () => {},
  ) {
    this.#entries = start.entries;
    this.#index = Math.min(Math.max(0, start.index), start.entries.length - 1);
    this.#onChange = onChange;
  }

  get #present(): HistoryEntry {
    const entry = this.#entries[this.#index];
    if (entry === undefined) throw new Error('the history is empty');
    return entry;
  }

  get route(): Route {
    return this.#present.route;
  }

  get canGoBack(): boolean {
    return this.#index > 0;
  }

  get canGoForward(): boolean {
    return this.#index < this.#entries.length - 1;
  }

  /** Where one has been, the present place first. */
  get visited(): Route[] {
    return this.#entries
      .slice(0, this.#index + 1)
      .map(({ route }) => route)
      .reverse();
  }

  /** What is saved. */
  get snapshot(): { entries: HistoryEntry[]; index: number } {
    return { entries: this.#entries, index: this.#index };
  }

  go(route: Route): void {
    untrack(() => this.#push({ route, memory: {} }));
  }

  replace(route: Route): void {
    untrack(() => {
      if (isSameRoute(route, this.route)) return;
      const memory = this.#present.memory;
      this.#entries = this.#entries.with(this.#index, { route, memory });
      this.#onChange('detail');
    });
  }

  back(): void {
    untrack(() => this.#step(-1));
  }

  forward(): void {
    untrack(() => this.#step(1));
  }

  /** Goes to the last visited place of a kind, with its scroll and selection; `fallback` when there is none. */
  revisit(view: Route['view'], fallback: Route): void {
    untrack(() => {
      const seen = this.#entries
        .slice(0, this.#index + 1)
        .findLast((entry) => entry.route.view === view);
      this.#push(
        seen === undefined
          ? { route: fallback, memory: {} }
          : { ...seen, memory: { ...seen.memory } },
      );
    });
  }

  remember(key: string, value: unknown): void {
    untrack(() => {
      this.#present.memory[key] = value;
      this.#onChange('detail');
    });
  }

  recall(key: string): unknown {
    return untrack(() => {
      const memory = this.#present.memory;
      return Object.hasOwn(memory, key) ? memory[key] : undefined;
    });
  }

  #push(entry: HistoryEntry): void {
    if (isSameRoute(entry.route, this.route)) return;
    const before = this.#entries.slice(0, this.#index + 1).slice(-(historyLimit - 1));
    this.#entries = [...before, entry];
    this.#index = before.length;
    this.#onChange('place');
  }

  #step(by: number): void {
    const next = this.#index + by;
    if (next < 0 || next >= this.#entries.length) return;
    this.#index = next;
    this.#onChange('place');
  }
}
