/** Runs in the page. The pages of a stored list that are in memory: read where they are needed, dropped when far. */
import type { RecordCard, RecordRef } from '#contract/domain.ts';
import type { IndexRange } from '../../lib/index-ranges.ts';

/** Cards in a page. */
export const pageItems = 100;
/** Pages asked for at once: the newest wish is served as soon as one of them is answered. */
const mostAtOnce = 2;
/** Pages kept on either side of the view. */
const keptAround = 6;
/** Pages kept for what is selected. */
const mostPinned = 8;

interface Page {
  cards: readonly RecordCard[];
  /** Cards asked for: fewer than a page holds where the list ended then. */
  asked: number;
  trouble: unknown;
}

interface PageSource {
  read(from: number, count: number, signal: AbortSignal): Promise<RecordCard[]>;
  onChange(): void;
  onCards(cards: readonly RecordCard[]): void;
}

/** The answer had fewer cards than it has to have. */
const tooFew = 'too few';

const pageOf = (index: number): number => Math.floor(index / pageItems);

export class StoredPages {
  readonly #source: PageSource;
  #count = 0;
  #pages = new Map<number, Page>();
  #reading = new Map<number, AbortController>();
  /** Questions without an answer yet, those called off too: a drag of the scroll bar must not pile them up. */
  #open = 0;
  /** In the order in which they are wanted. */
  #wanted: number[] = [];
  #pinned: number[] = [];
  #seen: IndexRange = { first: 0, last: -1 };

  constructor(source: PageSource) {
    this.#source = source;
  }

  at(index: number): RecordCard | null {
    return this.#pages.get(pageOf(index))?.cards[index % pageItems] ?? null;
  }

  /** What went wrong with an item's page; null when nothing did. */
  troubleAt(index: number): unknown {
    const page = this.#pages.get(pageOf(index));
    return page === undefined || page.cards.length > index % pageItems ? null : page.trouble;
  }

  indexOf(ref: RecordRef): number {
    for (const [number, { cards }] of this.#pages) {
      const at = cards.findIndex((card) => card.record.ref === ref);
      if (at >= 0) return number * pageItems + at;
    }
    return -1;
  }

  resize(count: number): void {
    this.#count = count;
    for (const number of this.#pages.keys()) {
      if (number * pageItems >= count) this.#pages.delete(number);
    }
    this.#plan();
  }

  need(seen: IndexRange): void {
    const isBack = seen.first < this.#seen.first;
    const length = seen.last - seen.first + 1;
    this.#seen = seen;
    const [ahead, behind] = [2 * length, Math.ceil(length / 2)];
    const inSight = pagesBetween(seen.first, seen.last);
    const after = pagesBetween(seen.last + 1, seen.last + (isBack ? behind : ahead));
    const before = pagesBetween(
      seen.first - (isBack ? ahead : behind),
      seen.first - 1,
    ).toReversed();
    this.#wanted = [
      ...new Set([...inSight, ...(isBack ? before : after), ...(isBack ? after : before)]),
    ];
    this.#plan();
  }

  pin(indexes: readonly number[]): void {
    this.#pinned = [...new Set(indexes.map(pageOf))].slice(0, mostPinned);
    this.#plan();
  }

  retry(): void {
    for (const [number, page] of this.#pages) if (page.trouble !== null) this.#pages.delete(number);
    this.#source.onChange();
    this.#plan();
  }

  dispose(): void {
    for (const reading of this.#reading.values()) reading.abort();
    this.#reading.clear();
    this.#wanted = [];
    this.#pinned = [];
  }

  /** Drops what is far, gives up what nobody waits for any more, and reads what is wanted first. */
  #plan(): void {
    const [first, last] = [pageOf(this.#seen.first), pageOf(this.#seen.last)];
    const isPinned = (number: number): boolean => this.#pinned.includes(number);
    for (const number of this.#pages.keys()) {
      const isNear = number >= first - keptAround && number <= last + keptAround;
      if (!isNear && !isPinned(number)) this.#pages.delete(number);
    }
    const due = [...this.#wanted, ...this.#pinned].filter((number) => this.#isDue(number));
    for (const [number, reading] of this.#reading) {
      if (due.includes(number)) continue;
      this.#reading.delete(number);
      reading.abort();
    }
    for (const number of due) {
      if (this.#open >= mostAtOnce) break;
      if (!this.#reading.has(number)) void this.#read(number);
    }
  }

  /** True for a page that is not here, or not all of it since the list has grown. */
  #isDue(number: number): boolean {
    const inList = Math.min(pageItems, this.#count - number * pageItems);
    if (number < 0 || inList <= 0) return false;
    const page = this.#pages.get(number);
    return page === undefined || (page.trouble === null && page.asked < inList);
  }

  async #read(number: number): Promise<void> {
    const reading = new AbortController();
    this.#reading.set(number, reading);
    const from = number * pageItems;
    const asked = Math.min(pageItems, this.#count - from);
    const before = this.#pages.get(number)?.cards ?? [];
    let page: Page;
    this.#open += 1;
    try {
      const cards = await this.#source.read(from, asked, reading.signal);
      page = { cards: cards.slice(0, asked), asked, trouble: cards.length < asked ? tooFew : null };
    } catch (error) {
      page = { cards: before, asked, trouble: error ?? tooFew };
    }
    this.#open -= 1;
    // One that was called off leaves no trace: it is asked for again when it is wanted again.
    if (this.#reading.get(number) === reading) {
      this.#reading.delete(number);
      this.#pages.set(number, page);
      if (page.cards.length > 0) this.#source.onCards(page.cards);
      this.#source.onChange();
    }
    this.#plan();
  }
}

function pagesBetween(first: number, last: number): number[] {
  const pages: number[] = [];
  for (let page = pageOf(Math.max(0, first)); page <= pageOf(last); page += 1) pages.push(page);
  return pages;
}
