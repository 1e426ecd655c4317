/** Runs in the page. All captions that were read, searched together. */
import type { ArchiveApi } from '#contract/api.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import { groupHits, type HitGroup } from './hit-groups.ts';

export type AllCaptionsStatus =
  | { kind: 'loading' }
  | { kind: 'failed'; error: ArchiveError }
  /** `transcripts` is how many are kept; `total` counts hits beyond those listed, too. */
  | { kind: 'ready'; text: string; groups: HitGroup[]; total: number; transcripts: number };

/** As many as the contract gives; more would only be scrolled past. */
const limit = 500;

export class AllCaptions {
  readonly #api: Pick<ArchiveApi, 'captions'>;
  #call: AbortController | null = null;
  #status = $state.raw<AllCaptionsStatus>({ kind: 'loading' });

  constructor(api: Pick<ArchiveApi, 'captions'>) {
    this.#api = api;
  }

  get status(): AllCaptionsStatus {
    return this.#status;
  }

  /** Searches; what was found before stays until the answer is there. */
  async search(text: string): Promise<void> {
    this.#call?.abort();
    const call = new AbortController();
    this.#call = call;
    if (this.#status.kind === 'failed') this.#status = { kind: 'loading' };
    try {
      const found = await this.#api.captions.search({ text, limit }, { signal: call.signal });
      if (call.signal.aborted) return;
      const { total, transcripts } = found;
      this.#status = { kind: 'ready', text, groups: groupHits(found.hits), total, transcripts };
    } catch (error) {
      if (call.signal.aborted || isCancelled(error)) return;
      const failure =
        error instanceof ArchiveError
          ? error
          : new ArchiveError({ code: 'unexpected', message: String(error), retryable: true });
      this.#status = { kind: 'failed', error: failure };
    }
  }

  dispose(): void {
    this.#call?.abort();
  }
}
