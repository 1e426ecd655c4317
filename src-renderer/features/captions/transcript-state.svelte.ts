/** Runs in the page. The captions of one record as they are being read: what is kept at once, then the archive's. */
import type { ArchiveApi } from '#contract/api.ts';
import type { Transcript } from '#contract/captions.ts';
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';

export type TranscriptStatus =
  | { kind: 'idle' }
  | { kind: 'loading' }
  /** The archive has no captions for it. */
  | { kind: 'none' }
  | { kind: 'failed'; error: ArchiveError }
  /** `problem` is why nothing newer came. */
  | { kind: 'ready'; transcript: Transcript; problem: ArchiveError | null };

/** What the record's listing says of captions. */
export type Listed = 'some' | 'none' | 'unknown';

export class TranscriptState {
  readonly #api: Pick<ArchiveApi, 'captions'>;
  readonly #onShow: (transcript: Transcript | null) => void;
  #ref: RecordRef | null = null;
  #listed: Listed = 'unknown';
  #call: AbortController | null = null;
  #status = $state.raw<TranscriptStatus>({ kind: 'idle' });

  /** `onShow` hears of every transcript that takes the place of another. */
  constructor(
    api: Pick<ArchiveApi, 'captions'>,
    onShow: (transcript: Transcript | null) => void = () => {},
  ) {
    this.#api = api;
    this.#onShow = onShow;
  }

  get status(): TranscriptStatus {
    return this.#status;
  }

  get transcript(): Transcript | null {
    return this.#status.kind === 'ready' ? this.#status.transcript : null;
  }

  /**
   * Reads the captions of a record. Called again as more is known of it: `unknown` shows what is kept,
   * `some` also asks the archive, `none` asks nobody.
   */
  open(ref: RecordRef, listed: Listed): void {
    const isOther = ref !== this.#ref;
    if (!isOther && listed === this.#listed) return;
    this.#ref = ref;
    this.#listed = listed;
    if (isOther) this.#set({ kind: 'loading' });
    void this.#read(ref, listed);
  }

  retry(): void {
    if (this.#ref === null) return;
    if (this.#status.kind !== 'ready') this.#set({ kind: 'loading' });
    void this.#read(this.#ref, this.#listed === 'none' ? 'some' : this.#listed);
  }

  close(): void {
    this.#call?.abort();
    this.#ref = null;
    this.#listed = 'unknown';
    this.#set({ kind: 'idle' });
  }

  dispose(): void {
    this.#call?.abort();
  }

  async #read(ref: RecordRef, listed: Listed): Promise<void> {
    this.#call?.abort();
    const call = new AbortController();
    this.#call = call;
    const { signal } = call;
    if (this.#status.kind !== 'ready') await this.#readKept(ref, signal);
    if (signal.aborted) return;
    if (listed === 'none') {
      if (this.#status.kind !== 'ready') this.#set({ kind: 'none' });
      return;
    }
    if (listed === 'some') await this.#readNew(ref, signal);
  }

  async #readKept(ref: RecordRef, signal: AbortSignal): Promise<void> {
    try {
      const { transcript } = await this.#api.captions.cached({ ref }, { signal });
      if (!signal.aborted && transcript !== null) this.#show(transcript);
    } catch {
      // Nothing kept is no failure; the archive is asked next.
    }
  }

  async #readNew(ref: RecordRef, signal: AbortSignal): Promise<void> {
    try {
      const transcript = await this.#api.captions.get({ ref }, { signal });
      if (!signal.aborted) this.#show(transcript);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      const failure =
        error instanceof ArchiveError
          ? error
          : new ArchiveError({ code: 'unexpected', message: String(error), retryable: true });
      if (this.#status.kind === 'ready') {
        this.#status = { ...this.#status, problem: failure };
      } else if (failure.code === 'not-found') this.#set({ kind: 'none' });
      else this.#set({ kind: 'failed', error: failure });
    }
  }

  /** The same cues again do not disturb who reads them. */
  #show(transcript: Transcript): void {
    const problem =
      transcript.age.problem === null ? null : new ArchiveError(transcript.age.problem);
    const before = this.transcript;
    this.#status = { kind: 'ready', transcript, problem };
    if (before === null || !hasSameCues(before, transcript)) this.#onShow(transcript);
  }

  #set(status: TranscriptStatus): void {
    const hadSome = this.#status.kind === 'ready';
    this.#status = status;
    if (hadSome) this.#onShow(null);
  }
}

function hasSameCues(one: Transcript, other: Transcript): boolean {
  return (
    one.ref === other.ref &&
    one.cues.length === other.cues.length &&
    one.cues.every((cue, index) => {
      const same = other.cues[index];
      return same?.startMs === cue.startMs && same.text === cue.text && same.endMs === cue.endMs;
    })
  );
}
