/** Runs in the page. Collections of a user, or of all: 25 at a time as one reaches the end of those that are here. */
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinCollection } from '#contract/astrobin.ts';
import type { AnswerAge } from '#contract/age.ts';
import { isCancelled, type ArchiveError } from '#contract/errors.ts';
import type { ListStatus } from './gallery-list.ts';
import { toArchiveError } from './trouble.ts';

export class CollectionPages {
  readonly #api: ArchiveApi;
  readonly user: string | null;
  #status = $state.raw<ListStatus>({ kind: 'loading' });
  #collections = $state.raw<readonly AstrobinCollection[]>([]);
  #total = $state(0);
  #age = $state.raw<AnswerAge | null>(null);
  #moreError = $state.raw<ArchiveError | null>(null);
  #next = $state<number | null>(0);
  #isReading = $state(false);
  readonly #call = new AbortController();

  constructor(api: ArchiveApi, user: string | null) {
    this.#api = api;
    this.user = user;
  }

  get status(): ListStatus {
    return this.#status;
  }
  get collections(): readonly AstrobinCollection[] {
    return this.#collections;
  }
  get total(): number {
    return this.#total;
  }
  get age(): AnswerAge | null {
    return this.#age;
  }
  get moreError(): ArchiveError | null {
    return this.#moreError;
  }
  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** Reads the next 25; until `wanted` are here. */
  async more(wanted = 0): Promise<void> {
    if (this.#isReading || this.#next === null || this.#moreError !== null) return;
    this.#isReading = true;
    const { signal } = this.#call;
    try {
      do {
        const wish = { offset: this.#next, ...(this.user === null ? {} : { user: this.user }) };
        const part = await this.#api.astrobin.collections(wish, { signal });
        if (part.offset === 0) this.#age = part.age;
        this.#collections = [...this.#collections, ...part.collections];
        this.#total = part.total;
        this.#next = part.hasNext ? part.offset + part.limit : null;
        this.#status = { kind: 'ready' };
      } while (this.#next !== null && this.#collections.length < wanted);
    } catch (failure) {
      if (signal.aborted || isCancelled(failure)) return;
      const error = toArchiveError(failure);
      if (this.#collections.length === 0) this.#status = { kind: 'failed', error };
      else this.#moreError = error;
    } finally {
      this.#isReading = false;
    }
  }

  retry(): void {
    this.#moreError = null;
    if (this.#collections.length === 0) this.#status = { kind: 'loading' };
    void this.more();
  }

  dispose(): void {
    this.#call.abort();
  }
}
