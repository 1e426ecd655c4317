/**
 * Runs in the page. A result set on disk as a list of any length: shapes for all of it, cards only for what is near
 * the view, both through the contract. Positions never change, so a page read once stays right.
 */
import type { CallOptions } from '#contract/api.ts';
import type { RecordCard, RecordRef } from '#contract/domain.ts';
import { galleryText } from '../../i18n/gallery.ts';
import { ChangeLog } from './change-log.ts';
import type { GridItems } from './grid-items.ts';
import type { IndexRange } from '../../lib/index-ranges.ts';
import { stretchItems } from './justified-layout.ts';
import { RatioTable } from './ratio-table.ts';
import { StoredPages } from './stored-pages.ts';

/** What is read of a stored set; the results domain of the contract. */
export interface ResultsReader {
  page(
    args: { id: string; from: number; count: number },
    options?: CallOptions,
  ): Promise<{ cards: RecordCard[] }>;
  ratios(
    args: { id: string; from: number; count: number },
    options?: CallOptions,
  ): Promise<{ ratios: Uint8Array }>;
}

export class StoredList implements GridItems {
  readonly id: string;
  /** Long lists are laid out in stretches. */
  readonly breakEvery = stretchItems;
  readonly #reader: ResultsReader;
  readonly #pages: StoredPages;
  readonly #ratios = new RatioTable();
  readonly #changes = new ChangeLog();
  #count = $state(0);
  #revision = $state(0);
  #isComplete = $state(false);
  /** Rises as cards come and go. */
  #cards = $state(0);
  /** On disk; `count` follows as soon as the shapes around the first place are known. */
  #stored = 0;
  #wanted = 0;
  #readingRatios: AbortController | null = null;
  #areShapesMissing = false;

  /** `onCards` hears of every page that was read. */
  constructor(
    reader: ResultsReader,
    id: string,
    onCards: (cards: readonly RecordCard[]) => void = () => {},
  ) {
    this.#reader = reader;
    this.id = id;
    this.#pages = new StoredPages({
      read: async (from, count, signal) =>
        (await reader.page({ id, from, count }, { signal })).cards,
      onChange: () => (this.#cards += 1),
      onCards,
    });
  }

  get count(): number {
    return this.#count;
  }
  get revision(): number {
    return this.#revision;
  }
  get isComplete(): boolean {
    return this.#isComplete;
  }
  /** All positions can be asked for. */
  get loaded(): number {
    return this.#count;
  }

  at(index: number): RecordCard | null {
    return this.#cards < 0 ? null : this.#pages.at(index);
  }

  ratioAt(index: number): number {
    return this.#ratios.at(index);
  }

  changedSince(revision: number): number {
    return this.#changes.since(revision, this.#count);
  }

  troubleAt(index: number): string | null {
    if (this.#cards < 0) return null;
    const trouble = this.#pages.troubleAt(index);
    if (trouble === null) return null;
    return trouble instanceof Error ? trouble.message : galleryText.notRead;
  }

  /** Place of a record among those whose cards are here; -1 when it is not. */
  indexOf(ref: RecordRef): number {
    return this.#cards < 0 ? -1 : this.#pages.indexOf(ref);
  }

  /** The place that will be looked at first, before anything is read. */
  hold(index: number): void {
    this.#wanted = index;
  }

  /** There are so many records on disk now. */
  grow(stored: number, isComplete: boolean): void {
    this.#isComplete = isComplete;
    if (stored === this.#stored) return;
    const before = this.#stored;
    this.#stored = stored;
    this.#pages.resize(stored);
    if (stored < before) this.#show(stored);
    void this.#readRatios();
  }

  /** These are in sight: reads the pages they are on and those around, and drops those far away. */
  need(seen: IndexRange): void {
    this.#wanted = seen.first;
    this.#pages.need(seen);
  }

  /** These are wanted wherever the view is (the first of the selected); they are kept, but not many of them. */
  pin(indexes: readonly number[]): void {
    this.#pages.pin(indexes);
  }

  retry(): void {
    this.#pages.retry();
    if (!this.#areShapesMissing) return;
    this.#areShapesMissing = false;
    this.#ratios.forget();
    void this.#readRatios();
  }

  dispose(): void {
    this.#readingRatios?.abort();
    this.#pages.dispose();
  }

  /** Reads shapes piece by piece, those around the view first; a piece that fails has the usual shape. */
  async #readRatios(): Promise<void> {
    if (this.#readingRatios !== null) return;
    const reading = new AbortController();
    this.#readingRatios = reading;
    let piece = this.#ratios.next(this.#stored, this.#wanted);
    while (piece !== null) {
      let codes: Uint8Array = new Uint8Array(0);
      try {
        const { signal } = reading;
        codes = (await this.#reader.ratios({ id: this.id, ...piece }, { signal })).ratios;
      } catch {
        this.#areShapesMissing = true;
      }
      if (reading.signal.aborted) return;
      this.#ratios.put(piece, codes);
      this.#show(this.#stored, piece.from);
      piece = this.#ratios.next(this.#stored, this.#wanted);
    }
    this.#readingRatios = null;
  }

  #show(count: number, from = count): void {
    const revision = this.#revision + 1;
    this.#changes.add(revision, Math.min(from, this.#count, count));
    this.#count = count;
    this.#revision = revision;
  }
}
