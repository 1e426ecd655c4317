/**
 * Runs in the page. What became of the records in sight: asked for as they are looked at, kept in step by events, and
 * never more of the queue than that.
 */
/* Nothing draws from the plain Maps and Sets; what is drawn is read from runes. */
/* eslint-disable svelte/prefer-svelte-reactivity */
import { SvelteMap } from 'svelte/reactivity';
import type { ArchiveApi } from '#contract/api.ts';
import type { DownloadItem, RecordRef } from '#contract/domain.ts';
import { Paced } from '../../lib/paced.ts';

/** Records that are known at once; those looked at longest ago are forgotten. */
const mostKnown = 20_000;
/** Records that one question names. */
const mostAsked = 1000;
/** Records looked at last, which are asked about again when the queue went on without telling of each file. */
const mostFollowed = 300;
const askMs = 100;
const followMs = 1000;

export interface KnownDownloadsOptions {
  api: ArchiveApi;
  /** Every item that is learnt, also by `put`. */
  onItem(item: DownloadItem): void;
  onError(error: unknown): void;
}

export class KnownDownloads {
  readonly #options: KnownDownloadsOptions;
  /** Oldest first, as the queue gives them. */
  readonly #items = new SvelteMap<RecordRef, readonly DownloadItem[]>();
  readonly #refOfId = new Map<string, RecordRef>();
  /** In the order in which they were looked at. */
  readonly #looked = new Set<RecordRef>();
  readonly #due = new Set<RecordRef>();
  readonly #asking = new Paced(askMs, () => this.#ask());
  readonly #following = new Paced(followMs, async () => this.#wantLooked());
  readonly #also = new Set<RecordRef>();
  #isAsking = false;
  /** Told while a question was on its way: newer than its answer. */
  readonly #toldMeanwhile = new Map<string, DownloadItem>();

  constructor(options: KnownDownloadsOptions) {
    this.#options = options;
  }

  /** Of one record, oldest first; reactive, and asked for where it is not known yet. */
  of(ref: RecordRef): readonly DownloadItem[] {
    this.#looked.delete(ref);
    this.#looked.add(ref);
    const known = this.#items.get(ref);
    if (known !== undefined) return known;
    this.#want(ref);
    return [];
  }

  /** A fact: takes the place of what was known of the same file. */
  put(item: DownloadItem): void {
    this.#options.onItem(item);
    if (this.#isAsking) this.#toldMeanwhile.set(item.id, item);
    const known = this.#items.get(item.ref) ?? (this.#looked.has(item.ref) ? [] : undefined);
    if (known === undefined) return;
    this.#refOfId.set(item.id, item.ref);
    const at = known.findIndex(({ id }) => id === item.id);
    this.#items.set(item.ref, at === -1 ? [...known, item] : known.with(at, item));
  }

  /** As it stands among the known ones; undefined where it is not known. */
  get(id: string): DownloadItem | undefined {
    const ref = this.#refOfId.get(id);
    return ref === undefined ? undefined : this.#items.get(ref)?.find((one) => one.id === id);
  }

  /** A row was taken off the list: what is on disk of its record may still be known. */
  dropped(id: string): void {
    this.#toldMeanwhile.delete(id);
    const ref = this.#refOfId.get(id);
    if (ref !== undefined) this.#want(ref);
  }

  /** Asked about with those looked at, as long as `unfollow` is not called. */
  follow(ref: RecordRef): void {
    this.#also.add(ref);
  }

  unfollow(ref: RecordRef): void {
    this.#also.delete(ref);
  }

  /** The queue went on: what is in sight is asked about again. */
  queueChanged(): void {
    this.#following.call();
  }

  #wantLooked(): void {
    const looked = [...this.#looked].slice(-mostFollowed);
    for (const ref of [...looked, ...this.#also]) this.#want(ref);
  }

  #want(ref: RecordRef): void {
    this.#due.add(ref);
    // Not at once: it may be asked for while something is being drawn, which must not write.
    queueMicrotask(() => this.#asking.call());
  }

  async #ask(): Promise<void> {
    const refs = [...this.#due].slice(0, mostAsked);
    if (refs.length === 0) return;
    for (const ref of refs) this.#due.delete(ref);
    this.#isAsking = true;
    try {
      const { items } = await this.#options.api.downloads.ofRefs({ refs });
      const newest = new Map([
        ...items.map((item) => [item.id, item] as const),
        ...this.#toldMeanwhile,
      ]);
      const byRef = Map.groupBy(newest.values(), ({ ref }) => ref);
      for (const ref of refs) this.#take(ref, byRef.get(ref) ?? []);
      this.#forget();
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#isAsking = false;
      this.#toldMeanwhile.clear();
    }
    if (this.#due.size > 0) this.#asking.call();
  }

  #take(ref: RecordRef, items: readonly DownloadItem[]): void {
    const known = this.#items.get(ref);
    for (const item of items) {
      this.#refOfId.set(item.id, ref);
      this.#options.onItem(item);
    }
    if (known === undefined || !isSame(known, items)) this.#items.set(ref, items);
  }

  #forget(): void {
    if (this.#looked.size <= mostKnown) return;
    for (const ref of [...this.#looked].slice(0, mostKnown / 2)) {
      for (const { id } of this.#items.get(ref) ?? []) this.#refOfId.delete(id);
      this.#items.delete(ref);
      this.#looked.delete(ref);
    }
  }

  dispose(): void {
    this.#asking.dispose();
    this.#following.dispose();
  }
}

const isSame = (a: readonly DownloadItem[], b: readonly DownloadItem[]): boolean =>
  a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
