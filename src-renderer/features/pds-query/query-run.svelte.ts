/**
 * Runs in the page. Asking the registry: one run at a time, the results of the last one shown until the next one has
 * answered, and a failure that takes nothing away.
 */
import type { ArchiveApi } from '#contract/api.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import { partSize, ResultList } from './result-list.svelte.ts';

export interface RunFailure {
  /** The text that was sent. */
  q: string;
  error: ArchiveError;
}

/** What of a run is kept over a restart. */
export interface RunMemory {
  q: string;
  ranAtMs: number;
}

export class QueryRun {
  readonly #api: ArchiveApi;
  #list = $state.raw<ResultList | null>(null);
  #ranAtMs = $state(0);
  #running = $state.raw<{ q: string; controller: AbortController } | null>(null);
  #failure = $state.raw<RunFailure | null>(null);

  constructor(api: ArchiveApi) {
    this.#api = api;
  }

  /** What the last run that was answered found. */
  get list(): ResultList | null {
    return this.#list;
  }
  /** Unix ms of the answer that is shown. */
  get ranAtMs(): number {
    return this.#ranAtMs;
  }
  get isRunning(): boolean {
    return this.#running !== null;
  }
  /** Why the newest run found nothing out; null after one that did. */
  get failure(): RunFailure | null {
    return this.#failure;
  }
  get memory(): RunMemory | null {
    return this.#list === null ? null : { q: this.#list.q, ranAtMs: this.#ranAtMs };
  }

  /** Asks for this text; asks the registry in any case where it is the same as before. */
  async run(q: string): Promise<void> {
    this.#running?.controller.abort();
    const controller = new AbortController();
    this.#running = { q, controller };
    this.#failure = null;
    try {
      const part = await this.#api.pds.list(
        {
          of: { kind: 'query', q },
          from: 0,
          count: partSize,
          refresh: this.#list?.q === q,
        },
        { signal: controller.signal },
      );
      if (controller.signal.aborted) return;
      this.#list?.pause();
      this.#list = new ResultList(this.#api, q, part);
      this.#ranAtMs = part.age.fetchedAtMs;
    } catch (error) {
      if (controller.signal.aborted || isCancelled(error)) return;
      if (!(error instanceof ArchiveError)) throw error;
      this.#failure = { q, error };
    } finally {
      if (this.#running?.controller === controller) this.#running = null;
    }
  }

  /** Shows what is kept of an earlier run; nothing where nothing is, or where a run came first. */
  async restore({ q }: RunMemory): Promise<void> {
    const { part } = await this.#api.pds.cachedList({
      of: { kind: 'query', q },
      from: 0,
      count: partSize,
    });
    if (part === null || this.#list !== null) return;
    this.#list = new ResultList(this.#api, q, part);
    this.#ranAtMs = part.age.fetchedAtMs;
  }

  cancel(): void {
    this.#running?.controller.abort();
    this.#running = null;
  }

  /** The words of a refusal belong to the text that was refused. */
  dismissFailure(): void {
    this.#failure = null;
  }

  /** Nobody looks any more; what is there stays. */
  pause(): void {
    this.cancel();
    this.#list?.pause();
  }
}

/** A remembered run, or null where what was remembered is none. */
export function readRunMemory(value: unknown): RunMemory | null {
  if (typeof value !== 'object' || value === null) return null;
  const { q, ranAtMs } = value as Record<string, unknown>;
  const isOne =
    typeof q === 'string' && q.length <= 100_000 && typeof ranAtMs === 'number' && ranAtMs > 0;
  return isOne ? { q, ranAtMs } : null;
}
