/** Runs in the page. The profile of one user: main gives what is kept while it is fresh, or cannot be had anew. */
import type { ArchiveApi } from '#contract/api.ts';
import type { AstrobinUserDetail } from '#contract/astrobin.ts';
import { isCancelled } from '#contract/errors.ts';
import type { ArchiveError } from '#contract/errors.ts';
import { namesMetOf } from './names-met.ts';
import { toArchiveError } from './trouble.ts';

export type UserStatus =
  | { kind: 'loading' }
  | { kind: 'ready'; detail: AstrobinUserDetail }
  | { kind: 'failed'; error: ArchiveError };

export class UserState {
  readonly #api: ArchiveApi;
  #status = $state.raw<UserStatus>({ kind: 'loading' });
  #username = '';
  #call: AbortController | null = null;

  constructor(api: ArchiveApi) {
    this.#api = api;
  }

  get status(): UserStatus {
    return this.#status;
  }

  async open(username: string, refresh = false): Promise<void> {
    this.dispose();
    const call = new AbortController();
    this.#call = call;
    const isSame = username === this.#username && this.#status.kind === 'ready';
    this.#username = username;
    if (!isSame) this.#status = { kind: 'loading' };
    try {
      const { signal } = call;
      const detail = await this.#api.astrobin.user({ username, refresh }, { signal });
      if (signal.aborted) return;
      namesMetOf(this.#api).meet(username);
      this.#status = { kind: 'ready', detail };
    } catch (error) {
      if (call.signal.aborted || isCancelled(error)) return;
      if (!isSame) this.#status = { kind: 'failed', error: toArchiveError(error) };
    }
  }

  retry(): void {
    void this.open(this.#username, true);
  }

  dispose(): void {
    this.#call?.abort();
    this.#call = null;
  }
}
