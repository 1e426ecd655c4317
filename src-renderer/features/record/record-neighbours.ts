/**
 * Runs in the page. The records before and after one in the list that it was opened from.
 *
 * Pages come from main, which has them in its cache when the list was just looked at. A list counts its
 * items without doubles and unreadable ones, so the record is looked up by its reference: the place that the
 * route holds is only where to look first.
 */
import type { ArchiveApi, CallOptions } from '#contract/api.ts';
import type { NasaSearchQuery, RecordCard, RecordRef, SearchPage } from '#contract/domain.ts';
import type { RecordOrigin } from '../../lib/deps.ts';
import type { Neighbours } from './neighbours.ts';
import { findAstrobinNeighbours, isAstrobinSource } from '../astrobin/astrobin-neighbours.ts';

/** What the gallery holds of a search in memory, in its own order. */
export interface LoadedList {
  readonly total: number;
  readonly isAtCeiling: boolean;
  readonly items: {
    readonly isComplete: boolean;
    readonly loaded: number;
    at(index: number): RecordCard | null;
    indexOf(ref: RecordRef): number;
  };
}

const nasaPageSize = 100;
const libraryPageSize = 500;
/** Pages kept: the one looked at, and one to each side. */
const pagesKept = 3;

export class NeighbourReader {
  readonly #api: ArchiveApi;
  readonly #loaded: (query: NasaSearchQuery) => LoadedList | null;
  readonly #pages = new Map<string, SearchPage>();

  /** `loaded` finds what the gallery has in memory already. */
  constructor(api: ArchiveApi, loaded: (query: NasaSearchQuery) => LoadedList | null = () => null) {
    this.#api = api;
    this.#loaded = loaded;
  }

  async find(origin: RecordOrigin, ref: RecordRef, options: CallOptions): Promise<Neighbours> {
    const { source, index } = origin;
    if (source.view === 'album') {
      const pages = (page: number) => this.#albumPage(source.name, page, options);
      return this.#inPages(pages, index, ref);
    }
    if (source.view === 'library') return this.#inLibrary(source.text, index, ref, options);
    if (isAstrobinSource(source)) {
      return findAstrobinNeighbours(this.#api, { source, index }, ref, options);
    }
    if (source.all === true) return this.#inStored(source.query, ref, index, options);
    const list = this.#loaded(source.query);
    const inList = list === null ? null : amongLoaded(list, ref);
    const pages = (page: number) => this.#page(source.query, page, options);
    return inList ?? this.#inPages(pages, index, ref);
  }

  /** In a list of numbered pages. */
  async #inPages(
    pageOf: (page: number) => Promise<SearchPage>,
    index: number,
    ref: RecordRef,
  ): Promise<Neighbours> {
    const guess = Math.floor(index / nasaPageSize) + 1;
    let page = await pageOf(guess);
    let at = placeOf(page.cards, ref);
    if (at === -1 && page.hasNext) {
      // Left-out doubles make the list's own places smaller than the archive's.
      const after = await pageOf(guess + 1);
      const place = placeOf(after.cards, ref);
      if (place !== -1) [page, at] = [after, place];
    }
    const isFound = at !== -1;
    const here = isFound ? at : Math.min(index % nasaPageSize, page.cards.length);
    let previous = page.cards[here - 1] ?? null;
    let next = page.cards[isFound ? here + 1 : here] ?? null;
    if (previous === null && page.page > 1) {
      previous = (await pageOf(page.page - 1)).cards.at(-1) ?? null;
    }
    const lastListed = page.page * page.pageSize;
    const isAtWall = page.ceiling !== null && lastListed >= page.ceiling;
    if (next === null && page.hasNext && !isAtWall) {
      next = (await pageOf(page.page + 1)).cards[0] ?? null;
    }
    const endsAtWall = next === null && page.ceiling !== null && page.total > page.ceiling;
    const card = page.cards[at] ?? null;
    return { total: page.total, card, previous, next, endsAtWall };
  }

  /** Every result of the query as main stores it; its positions never change. */
  async #inStored(
    query: NasaSearchQuery,
    ref: RecordRef,
    index: number,
    options: CallOptions,
  ): Promise<Neighbours> {
    const { results } = this.#api;
    const set = await results.open({ query }, options);
    const found = await results.position({ id: set.id, ref }, options);
    const at = found.position ?? index;
    const from = Math.max(0, at - 1);
    const { cards } = await results.page({ id: set.id, from, count: 3 }, options);
    const here = at - from;
    const isThere = found.position !== null;
    return {
      total: set.stored,
      card: isThere ? (cards[here] ?? null) : null,
      previous: cards[here - 1] ?? null,
      next: cards[isThere ? here + 1 : here] ?? null,
      endsAtWall: false,
    };
  }

  #page(query: NasaSearchQuery, page: number, options: CallOptions): Promise<SearchPage> {
    return this.#kept(JSON.stringify([query, page]), () =>
      this.#api.nasa.search({ query, page, pageSize: nasaPageSize }, options),
    );
  }

  #albumPage(name: string, page: number, options: CallOptions): Promise<SearchPage> {
    return this.#kept(JSON.stringify([name, page]), () =>
      this.#api.nasa.album({ name, page }, options),
    );
  }

  async #kept(key: string, ask: () => Promise<SearchPage>): Promise<SearchPage> {
    const here = this.#pages.get(key);
    if (here !== undefined) return here;
    const answer = await ask();
    this.#pages.set(key, answer);
    const oldest = this.#pages.keys().next().value;
    if (this.#pages.size > pagesKept && oldest !== undefined) this.#pages.delete(oldest);
    return answer;
  }

  async #inLibrary(
    text: string,
    index: number,
    ref: RecordRef,
    options: CallOptions,
  ): Promise<Neighbours> {
    const cards: RecordCard[] = [];
    const place = () => placeOf(cards, ref);
    // One more than the record itself, so that the next one is known.
    const isEnough = () => (place() === -1 ? cards.length > index : place() < cards.length - 1);
    let page = await this.#libraryPage(null, text, options);
    for (const { card } of page.items) cards.push(card);
    while (page.cursor !== null && !isEnough()) {
      page = await this.#libraryPage(page.cursor, text, options);
      for (const { card } of page.items) cards.push(card);
    }
    const at = place();
    // A record that was removed meanwhile left a gap where it was.
    const here = at === -1 ? Math.min(index, cards.length) : at;
    return {
      total: page.total,
      card: cards[at] ?? null,
      previous: cards[here - 1] ?? null,
      next: cards[at === -1 ? here : here + 1] ?? null,
      endsAtWall: false,
    };
  }

  #libraryPage(cursor: string | null, text: string, options: CallOptions) {
    const wanted = text === '' ? {} : { text };
    return this.#api.library.list({ cursor, limit: libraryPageSize, ...wanted }, options);
  }
}

/** Null where the list does not hold the record, or where the next one is not loaded yet. */
function amongLoaded({ items, total, isAtCeiling }: LoadedList, ref: RecordRef): Neighbours | null {
  const at = items.indexOf(ref);
  const isLast = at === items.loaded - 1;
  if (at === -1 || (isLast && !items.isComplete)) return null;
  return {
    total,
    card: items.at(at),
    previous: items.at(at - 1),
    next: items.at(at + 1),
    endsAtWall: isLast && isAtCeiling,
  };
}

function placeOf(cards: readonly RecordCard[], ref: RecordRef): number {
  return cards.findIndex((card) => card.record.ref === ref);
}
