/**
 * Runs in the page. The products that a query found, by position: parts are asked for as they come into sight, those
 * that nobody waits for any more are called off, and the parts that were seen longest ago are let go.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { AnswerAge } from '#contract/age.ts';
import { isCancelled } from '#contract/errors.ts';
import type { PdsListPart } from '#contract/pds-lists.ts';
import { rowOf, sharedPrefix, type QueryRow } from './query-row.ts';

/** Products of one part. */
export const partSize = 100;
/** Parts that are held: 40,000 rows of about half a kilobyte. */
const mostParts = 400;
/** Scrolling is over when this long nothing else came into sight. */
const quietMs = 80;

/** `gone`: the registry counts it, but gave nothing that can be read. */
export type RowState =
  { kind: 'row'; row: QueryRow } | { kind: 'waiting' } | { kind: 'failed' } | { kind: 'gone' };

export class ResultList {
  /** The query's text as it was sent. */
  readonly q: string;
  readonly canSkip: boolean;
  readonly #api: ArchiveApi;
  // Readers are told by `#revision`, once for all that came with a part.
  /* eslint-disable svelte/prefer-svelte-reactivity */
  readonly #parts = new Map<number, readonly QueryRow[]>();
  readonly #loading = new Map<number, AbortController>();
  readonly #failed = new Map<number, unknown>();
  /* eslint-enable svelte/prefer-svelte-reactivity */
  #hits: number | null;
  /** Rows that came in one piece from the first on. */
  #reached = 0;
  /** Rows up to the end, once the end was seen of a list whose count nobody gives. */
  #end: number | null = null;
  /** Rises with everything that came or failed. */
  #revision = $state(0);
  #notes = $state.raw<readonly string[]>([]);
  #unreadable = $state(0);
  #age = $state.raw<AnswerAge>() as AnswerAge;
  #prefix = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ArchiveApi, q: string, first: PdsListPart) {
    this.#api = api;
    this.q = q;
    this.canSkip = first.canSkip;
    this.#hits = first.hits;
    this.#age = first.age;
    this.#prefix = sharedPrefix(first.products.map(({ lidvid }) => lidvid));
    this.#take(first);
  }

  /** All that the registry counts; null where it gives no count. */
  get hits(): number | null {
    void this.#revision;
    return this.#hits ?? this.#end;
  }
  /** Rows that the table has, the one that brings the next part included. */
  get rowCount(): number {
    void this.#revision;
    return this.hits ?? this.#reached + 1;
  }
  /** Rows that can be told of: loaded up to here in one piece. */
  get loaded(): number {
    void this.#revision;
    return this.#reached;
  }
  /** That of the first part. */
  get age(): AnswerAge {
    return this.#age;
  }
  get notes(): readonly string[] {
    return this.#notes;
  }
  get unreadable(): number {
    return this.#unreadable;
  }
  /** What all identifiers seen so far begin with. */
  get prefix(): string {
    return this.#prefix;
  }
  /** What the first failed part said; null where none failed. */
  get trouble(): unknown {
    void this.#revision;
    const [first = null] = this.#failed.values();
    return first;
  }

  at(index: number): RowState {
    void this.#revision;
    const number = Math.floor(index / partSize);
    const part = this.#parts.get(number);
    const row = part?.[index - number * partSize];
    if (row !== undefined) return { kind: 'row', row };
    if (part !== undefined) return { kind: 'gone' };
    return { kind: this.#failed.has(number) ? 'failed' : 'waiting' };
  }

  /** These rows are in sight now, both ends included. */
  look(first: number, last: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(first, last), quietMs);
  }

  /** Asks again for what failed. */
  retry(): void {
    const failed = [...this.#failed.keys()];
    this.#failed.clear();
    this.#revision += 1;
    for (const number of failed) void this.#ask(number);
  }

  /** Calls off what is on its way. */
  pause(): void {
    clearTimeout(this.#timer);
    for (const controller of this.#loading.values()) controller.abort();
    this.#loading.clear();
  }

  #load(first: number, last: number): void {
    const from = Math.floor(Math.max(0, first) / partSize);
    const to = Math.floor(Math.max(0, last) / partSize);
    for (const [number, controller] of this.#loading) {
      if (number >= from && number <= to) continue;
      controller.abort();
      this.#loading.delete(number);
    }
    for (let number = from; number <= to; number += 1) {
      if (this.#parts.has(number)) this.#touch(number);
      else if (!this.#loading.has(number) && !this.#failed.has(number)) void this.#ask(number);
    }
  }

  async #ask(number: number): Promise<void> {
    const controller = new AbortController();
    this.#loading.set(number, controller);
    try {
      const of = { kind: 'query' as const, q: this.q };
      const args = { of, from: number * partSize, count: partSize };
      const part = await this.#api.pds.list(args, { signal: controller.signal });
      if (!controller.signal.aborted) this.#take(part);
    } catch (error) {
      if (!controller.signal.aborted && !isCancelled(error)) {
        this.#failed.set(number, error);
        this.#revision += 1;
      }
    } finally {
      if (this.#loading.get(number) === controller) this.#loading.delete(number);
    }
  }

  #take(part: PdsListPart): void {
    const number = Math.floor(part.from / partSize);
    this.#parts.set(number, part.products.map(rowOf));
    this.#failed.delete(number);
    if (part.from <= this.#reached) {
      this.#reached = Math.max(this.#reached, part.from + part.products.length);
    }
    if (this.#parts.size > mostParts) {
      const [oldest] = this.#parts.keys();
      if (oldest !== undefined) this.#parts.delete(oldest);
    }
    if (this.#hits === null && part.products.length + part.unreadable < partSize) {
      this.#end = part.from + part.products.length;
    }
    this.#unreadable += part.unreadable;
    const fresh = part.notes.filter((note) => !this.#notes.includes(note));
    if (fresh.length > 0) this.#notes = [...this.#notes, ...fresh];
    this.#prefix = sharedPrefix(
      part.products.map(({ lidvid }) => lidvid),
      this.#prefix,
    );
    this.#revision += 1;
  }

  /** The part seen last is the last to go. */
  #touch(number: number): void {
    const part = this.#parts.get(number);
    if (part === undefined) return;
    this.#parts.delete(number);
    this.#parts.set(number, part);
  }
}
