/** Runs in the page. What is kept, as the window knows it. */
/* Nothing draws from these Maps and Sets directly; what is drawn is read from runes. */
/* eslint-disable svelte/prefer-svelte-reactivity */
import { SvelteMap } from 'svelte/reactivity';
import type { ArchiveApi } from '#contract/api.ts';
import type { RecordRef } from '#contract/domain.ts';
import type { ArchiveEvents } from '#contract/events.ts';
import type { RecordSelection } from '#contract/results.ts';
import type { KeptState, Notices } from '../../lib/deps.ts';
import { libraryText } from '../../i18n/library.ts';

/** The contract takes this many references in one call. */
const refsInOneCall = 1000;
/** Removals that can be undone, newest last. */
const undoDepth = 50;
/** The newest removal stands for those before it; undo takes them back one by one. */
const removalTopic = 'library-removal';

function* inPortions<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += refsInOneCall) {
    yield all.slice(from, from + refsInOneCall);
  }
}

/**
 * Learns from events first and from the snapshot second, so that nothing between the two is lost.
 * Another process (a terminal) may keep and remove too: its facts come by the same event.
 */
export class KeptRecords implements KeptState {
  readonly #api: ArchiveApi;
  readonly #notices: Notices;
  readonly #known = new SvelteMap<RecordRef, boolean>();
  #total = $state(0);
  #revision = $state(0);
  #undoable = $state.raw<RecordRef[][]>([]);
  #totalIsFromEvent = false;
  readonly #asked = new Set<RecordRef>();
  readonly #toAsk = new Set<RecordRef>();
  readonly #stop: () => void;

  constructor(api: ArchiveApi, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    this.#stop = api.on('libraryChanged', (change) => {
      this.#totalIsFromEvent = true;
      this.#apply(change);
    });
    void this.#readTotal();
  }

  get total(): number {
    return this.#total;
  }

  get revision(): number {
    return this.#revision;
  }

  get canUndo(): boolean {
    return this.#undoable.length > 0;
  }

  has(ref: RecordRef): boolean {
    return this.#known.get(ref) === true;
  }

  learn(refs: RecordRef[]): void {
    const isFirst = this.#toAsk.size === 0;
    for (const ref of refs) {
      if (!this.#asked.has(ref) && !this.#known.has(ref)) this.#toAsk.add(ref);
    }
    if (isFirst && this.#toAsk.size > 0) queueMicrotask(() => void this.#ask());
  }

  async keep(refs: RecordRef[]): Promise<void> {
    try {
      for (const portion of inPortions(refs)) {
        const { total } = await this.#api.library.keep({ refs: portion });
        this.#apply({ total, kept: portion, removed: [] });
      }
    } catch (error) {
      this.#notices.showError(error, libraryText.notKept(refs.length));
    }
  }

  async keepSelection(selection: RecordSelection, shown: RecordRef[]): Promise<void> {
    try {
      const { total } = await this.#api.library.keepSelection({ selection });
      // Of most of them no event tells by name: what was not kept may be now, and is asked for anew.
      for (const [ref, isKept] of [...this.#known]) if (!isKept) this.#known.delete(ref);
      this.#apply({ total, kept: shown, removed: [] });
    } catch (error) {
      this.#notices.showError(error, libraryText.selectionNotKept);
    }
  }

  async remove(refs: RecordRef[]): Promise<void> {
    const gone: RecordRef[] = [];
    let count = 0;
    try {
      for (const portion of inPortions(refs)) {
        const { total, removed } = await this.#api.library.remove({ refs: portion });
        gone.push(...portion);
        count += removed;
        this.#apply({ total, kept: [], removed: portion });
      }
    } catch (error) {
      this.#notices.showError(error, libraryText.notRemoved(refs.length - gone.length));
    }
    if (count === 0) return;
    this.#undoable = [...this.#undoable, gone].slice(-undoDepth);
    this.#notices.show({
      text: libraryText.removed(count),
      topic: removalTopic,
      action: { label: libraryText.undo, run: () => this.#undoThis(gone) },
    });
  }

  toggle(ref: RecordRef): Promise<void> {
    return this.has(ref) ? this.remove([ref]) : this.keep([ref]);
  }

  async undo(): Promise<void> {
    const newest = this.#undoable.at(-1);
    if (newest !== undefined) await this.#undoThis(newest);
  }

  dispose(): void {
    this.#stop();
  }

  async #undoThis(refs: RecordRef[]): Promise<void> {
    if (!this.#undoable.includes(refs)) return;
    this.#undoable = this.#undoable.filter((removal) => removal !== refs);
    this.#notices.withdraw(removalTopic);
    try {
      for (const portion of inPortions(refs)) {
        const { total } = await this.#api.library.restore({ refs: portion });
        this.#apply({ total, kept: portion, removed: [] });
      }
    } catch (error) {
      this.#undoable = [...this.#undoable, refs];
      this.#notices.showError(error, libraryText.notBrought(refs.length));
    }
  }

  #apply({ total, kept, removed }: ArchiveEvents['libraryChanged']): void {
    let isNews = total !== this.#total;
    for (const [refs, isKept] of [
      [kept, true],
      [removed, false],
    ] as const) {
      for (const ref of refs) {
        if (this.#known.get(ref) === isKept) continue;
        this.#known.set(ref, isKept);
        isNews = true;
      }
    }
    this.#total = total;
    if (isNews) this.#revision += 1;
  }

  async #readTotal(): Promise<void> {
    try {
      const { total } = await this.#api.library.count();
      if (!this.#totalIsFromEvent) this.#total = total;
    } catch (error) {
      this.#notices.showError(error, libraryText.notRead);
    }
  }

  /** Asks in one go for all that was wanted since the last turn. What an event said meanwhile stays. */
  async #ask(): Promise<void> {
    const wanted = [...this.#toAsk];
    this.#toAsk.clear();
    for (const portion of inPortions(wanted)) {
      for (const ref of portion) this.#asked.add(ref);
      try {
        const { refs } = await this.#api.library.kept({ refs: portion });
        const kept = new Set(refs);
        for (const ref of portion) {
          if (!this.#known.has(ref)) this.#known.set(ref, kept.has(ref));
        }
      } catch {
        // Only the small star is missing then; the next page that holds these records asks again.
      } finally {
        for (const ref of portion) this.#asked.delete(ref);
      }
    }
  }
}
