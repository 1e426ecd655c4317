/**
 * Runs in the page. Parts of the registry's lists: what was seen in this window at once, then what is kept on this
 * computer, then the registry's answer. Says how old what is shown is, and what the registry left out of it.
 */
/* Nothing is drawn from these Maps and Sets directly; what is drawn is read from runes. */
/* eslint-disable svelte/prefer-svelte-reactivity */
import type { ArchiveApi } from '#contract/api.ts';
import { ArchiveError, isCancelled, type WireError } from '#contract/errors.ts';
import type { PdsListing, PdsListPart } from '#contract/pds-lists.ts';

/** Parts held in memory, so that what was opened is drawn again without a gap; the oldest go first. */
const mostHeld = 60;
/** What was seen longer ago is asked for again. */
const heldMs = 10 * 60_000;
const mostNotes = 4;

interface Held {
  part: PdsListPart;
  atMs: number;
}

/** Parts of this window by address and key; they outlive the view, so that Back draws at once. */
const heldByApi = new WeakMap<ArchiveApi, Map<string, Held>>();

interface PartArgs {
  of: PdsListing;
  from: number;
  count: number;
}

export interface ListReaderOptions {
  /** Names the archive that answers: the same list is another one elsewhere. */
  source: string;
  /** The registry's answer differs from the copy that was shown for it. */
  onchange: () => void;
}

export class ListReader {
  readonly #api: ArchiveApi;
  readonly #options: ListReaderOptions;
  readonly #held: Map<string, Held>;
  /** The registry is still asked for these, behind what is shown. */
  readonly #behind = new Set<AbortController>();
  /** Answered once behind a copy: not compared again, or two unlike answers would take turns for ever. */
  readonly #compared = new Set<string>();
  /** By key, when each copy is from that stands in for an answer. */
  readonly #copies = new Map<string, number>();
  readonly #unreadableBy = new Map<string, number>();
  /** Asked anew in any case; null where what is kept will do. */
  #askedAnew: Set<string> | null = null;
  #problem = $state.raw<WireError | null>(null);
  #copyFromMs = $state<number | null>(null);
  #unreadable = $state(0);
  #notes = $state.raw<readonly string[]>([]);

  constructor(api: ArchiveApi, options: ListReaderOptions) {
    this.#api = api;
    this.#options = options;
    this.#held = heldByApi.get(api) ?? new Map();
    heldByApi.set(api, this.#held);
  }

  /** Why kept copies are shown; null where none is, or while the registry is being asked. */
  get problem(): WireError | null {
    return this.#problem;
  }
  /** Unix ms of the oldest copy among what is shown; null where all of it is of now. */
  get copyFromMs(): number | null {
    return this.#copyFromMs;
  }
  /** Rows that could not be read. */
  get unreadable(): number {
    return this.#unreadable;
  }
  /** What the service does otherwise, in its words for the user. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** A part of a list. Throws what the registry said where nothing stands in for it. */
  async read(
    of: PdsListing,
    from: number,
    count: number,
    signal: AbortSignal,
  ): Promise<PdsListPart> {
    const key = `${this.#options.source} ${JSON.stringify([of, from, count])}`;
    const isAnew = this.#askedAnew?.has(key) === false;
    const held = this.#held.get(key);
    if (!isAnew && held !== undefined && Date.now() - held.atMs < heldMs) {
      return this.#shown(key, held.part);
    }
    this.#askedAnew?.add(key);
    const control = new AbortController();
    const stop = () => control.abort();
    signal.addEventListener('abort', stop, { once: true });
    const args = { of, from, count };
    const answer = this.#api.pds.list({ ...args, refresh: isAnew }, { signal: control.signal });
    const first = await firstOf(answer, this.#leadOf(key, args, isAnew), () => this.#copyOf(args));
    if (!first.isCopy) return this.#arrived(key, first.part);
    signal.removeEventListener('abort', stop);
    if (!signal.aborted) void this.#follow(key, first.part, answer, control);
    this.#copies.set(key, first.part.age.fetchedAtMs);
    return this.#shown(key, first.part);
  }

  /** From now on the registry is asked for every part again. */
  askAnew(): void {
    this.#askedAnew = new Set();
    this.#compared.clear();
    this.#copies.clear();
    this.#unreadableBy.clear();
    this.#notes = [];
    this.#tell();
  }

  dispose(): void {
    for (const control of this.#behind) control.abort();
    this.#behind.clear();
  }

  /** What is shown until the answer is there: what was seen in this window where it is asked anew, else a copy. */
  #leadOf(key: string, args: PartArgs, isAnew: boolean): Promise<PdsListPart | null> {
    if (isAnew) return Promise.resolve(this.#held.get(key)?.part ?? null);
    return this.#compared.has(key) ? Promise.resolve(null) : this.#copyOf(args);
  }

  // A copy that can't be read is none.
  #copyOf(args: PartArgs): Promise<PdsListPart | null> {
    return this.#api.pds.cachedList(args).then(
      ({ part }) => part,
      () => null,
    );
  }

  /** A copy is shown: the answer takes its place where it differs. */
  async #follow(
    key: string,
    shown: PdsListPart,
    answer: Promise<PdsListPart>,
    control: AbortController,
  ): Promise<void> {
    this.#behind.add(control);
    try {
      const part = this.#arrived(key, await answer);
      this.#compared.add(key);
      if (!isSamePart(shown, part)) this.#options.onchange();
    } catch (error) {
      if (isCancelled(error)) return;
      this.#problem = wireOf(error);
      this.#tell();
    } finally {
      this.#behind.delete(control);
    }
  }

  /** The registry answered, or main says why a copy stands in. */
  #arrived(key: string, part: PdsListPart): PdsListPart {
    this.#problem = part.age.problem;
    if (part.age.problem === null) {
      this.#copies.delete(key);
      this.#hold(key, part);
    } else this.#copies.set(key, part.age.fetchedAtMs);
    return this.#shown(key, part);
  }

  #hold(key: string, part: PdsListPart): void {
    this.#held.delete(key);
    this.#held.set(key, { part, atMs: Date.now() });
    for (const old of this.#held.keys()) {
      if (this.#held.size <= mostHeld) break;
      this.#held.delete(old);
    }
  }

  #shown(key: string, part: PdsListPart): PdsListPart {
    if (part.unreadable > 0) this.#unreadableBy.set(key, part.unreadable);
    else this.#unreadableBy.delete(key);
    const notes = [...new Set([...this.#notes, ...part.notes])].slice(0, mostNotes);
    if (notes.length > this.#notes.length) this.#notes = notes;
    this.#tell();
    return part;
  }

  #tell(): void {
    const times = [...this.#copies.values()];
    this.#copyFromMs = times.length === 0 ? null : Math.min(...times);
    this.#unreadable = [...this.#unreadableBy.values()].reduce((sum, count) => sum + count, 0);
  }
}

/** What is there first: the answer, or what leads; where the answer is an error, a copy in any case. */
function firstOf(
  answer: Promise<PdsListPart>,
  lead: Promise<PdsListPart | null>,
  copyOf: () => Promise<PdsListPart | null>,
): Promise<{ part: PdsListPart; isCopy: boolean }> {
  return new Promise((resolve, reject) => {
    const takeCopy = (part: PdsListPart | null): boolean => {
      if (part !== null) resolve({ part, isCopy: true });
      return part !== null;
    };
    void lead.then(takeCopy);
    answer.then(
      (part) => resolve({ part, isCopy: false }),
      (error: unknown) => {
        if (isCancelled(error)) reject(error as Error);
        else {
          const copy = lead.then((part) => part ?? copyOf());
          void copy.then((part) => takeCopy(part) || reject(error as Error));
        }
      },
    );
  });
}

function isSamePart(a: PdsListPart, b: PdsListPart): boolean {
  const isSameList = a.hits === b.hits && a.products.length === b.products.length;
  return isSameList && a.products.every(({ lidvid }, at) => lidvid === b.products[at]?.lidvid);
}

/** As it travels; what is not ours is a defect of ours. */
export function wireOf(error: unknown): WireError {
  return error instanceof ArchiveError
    ? error.toWire()
    : { code: 'unexpected', message: String(error), retryable: true };
}
