/**
 * Runs in the page. One label as long as its view is open: opened, watched while it is read, closed. A label that
 * main gave up meanwhile (others were opened, its worker ended) is opened anew.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { LabelState } from '#contract/labels.ts';

export type LabelsApi = Pick<ArchiveApi, 'labels'>;

export type LabelStatus =
  | { kind: 'idle' }
  | { kind: 'loading' }
  | { kind: 'failed'; error: ArchiveError }
  | { kind: 'ready'; state: LabelState };

/** Between two questions how far the reading is. */
const watchMs = 250;

export function toArchiveError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error;
  return new ArchiveError({ code: 'unexpected', message: String(error), retryable: true });
}

export interface OpenLabelHooks {
  /** It can be shown; called once for each opening. */
  opened(state: LabelState): void;
  /** More of it has come. */
  grown(state: LabelState): void;
  /** It was given up, and is about to be opened anew. */
  lost(): void;
}

export class OpenLabel {
  readonly #api: LabelsApi;
  readonly #hooks: OpenLabelHooks;
  #ref: RecordRef | null = null;
  #call: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #status = $state.raw<LabelStatus>({ kind: 'idle' });

  constructor(api: LabelsApi, hooks: OpenLabelHooks) {
    this.#api = api;
    this.#hooks = hooks;
  }

  get status(): LabelStatus {
    return this.#status;
  }
  get state(): LabelState | null {
    return this.#status.kind === 'ready' ? this.#status.state : null;
  }
  /** By which main knows it; null while it is not open. */
  get id(): number | null {
    return this.state?.id ?? null;
  }

  open(ref: RecordRef): void {
    if (ref === this.#ref) return;
    this.close();
    this.#ref = ref;
    void this.#read(ref);
  }

  /** Reads it again from the beginning. */
  reopen(): void {
    const ref = this.#ref;
    this.close();
    if (ref === null) return;
    this.#ref = ref;
    void this.#read(ref);
  }

  close(): void {
    this.#call?.abort();
    this.#call = null;
    clearTimeout(this.#timer);
    const { id } = this;
    if (id !== null) void this.#end(id);
    this.#ref = null;
    this.#status = { kind: 'idle' };
  }

  /** A question about it failed. True where the label was given up meanwhile and is opened anew. */
  lost(error: unknown, id: number): boolean {
    if (toArchiveError(error).code !== 'not-found') return false;
    if (id === this.id) {
      this.#hooks.lost();
      this.reopen();
    }
    return true;
  }

  async #read(ref: RecordRef): Promise<void> {
    const call = new AbortController();
    this.#call = call;
    this.#status = { kind: 'loading' };
    try {
      const state = await this.#api.labels.open({ ref }, { signal: call.signal });
      if (call.signal.aborted) {
        await this.#end(state.id);
        return;
      }
      this.#status = { kind: 'ready', state };
      this.#hooks.opened(state);
      this.#watch(state, call.signal);
    } catch (error) {
      if (call.signal.aborted || isCancelled(error)) return;
      this.#status = { kind: 'failed', error: toArchiveError(error) };
    }
  }

  #watch(state: LabelState, signal: AbortSignal): void {
    if (state.isComplete || signal.aborted) return;
    this.#timer = setTimeout(() => void this.#look(state.id, signal), watchMs);
  }

  async #look(id: number, signal: AbortSignal): Promise<void> {
    try {
      const state = await this.#api.labels.state({ id }, { signal });
      if (signal.aborted) return;
      this.#status = { kind: 'ready', state };
      this.#hooks.grown(state);
      this.#watch(state, signal);
    } catch (error) {
      if (signal.aborted || isCancelled(error) || this.lost(error, id)) return;
      this.#status = { kind: 'failed', error: toArchiveError(error) };
    }
  }

  /** Main closes it by itself sooner or later; that it could not be told is no trouble of ours. */
  async #end(id: number): Promise<void> {
    await this.#api.labels.close({ id }).catch(() => null);
  }
}
