/** Runs in the page. A file that is wanted before anyone knows which files its record has. */
import { singleGroup } from '#contract/downloads.ts';
import { parseRef, type ArchiveRecord, type DownloadItem } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import { downloadsText } from '../../i18n/downloads.ts';

/** Finds the file and puts it into the queue; null when the record has none. */
export type QueueFile = (signal: AbortSignal) => Promise<DownloadItem | null>;

/** Such a row is the window's own: the queue on disk learns of it once the file is known. */
const prefix = 'asked-';

export const isAskedId = (id: string): boolean => id.startsWith(prefix);

/** One row that stands in the list from the press on, until the queue has the file. */
export class AskedFile {
  readonly id: string;
  #item = $state.raw<DownloadItem | null>(null);
  #running: AbortController | null = null;
  #queue: QueueFile | null = null;
  readonly #onGone: () => void;

  constructor(
    number: number,
    { ref, title }: Pick<ArchiveRecord, 'ref' | 'title'>,
    nowMs: number,
    onGone: () => void,
  ) {
    this.id = `${prefix}${number}`;
    this.#onGone = onGone;
    const { archive, id } = parseRef(ref) ?? { archive: 'nasa-images', id: ref };
    this.#item = {
      id: this.id,
      group: singleGroup,
      ref,
      archive,
      title,
      rendition: '',
      url: '',
      path: null,
      fileName: id,
      folder: '',
      state: 'queued',
      receivedBytes: 0,
      totalBytes: null,
      sha256: null,
      verified: null,
      error: null,
      addedAtMs: nowMs,
      endedAtMs: null,
      speed: null,
    };
  }

  /** Null once the row has gone. */
  get item(): DownloadItem | null {
    return this.#item;
  }

  /**
   * Asks, and gives up the row to the queue's own. The queued item, or null when the record has no file to
   * save or someone cancelled; throws what the archive said, which the row then says too.
   */
  async ask(queue: QueueFile): Promise<DownloadItem | null> {
    if (this.#item === null || this.#running !== null) return null;
    this.#queue = queue;
    this.#change({ state: 'queued', error: null, endedAtMs: null });
    const running = new AbortController();
    this.#running = running;
    try {
      const queued = await queue(running.signal);
      if (running.signal.aborted) return null;
      if (queued === null) throw nothingToSave();
      this.withdraw();
      return queued;
    } catch (error) {
      if (running.signal.aborted || isCancelled(error)) return null;
      this.#fail(error);
      throw error;
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  /** Asks once more, as the first time. */
  async askAgain(): Promise<DownloadItem | null> {
    return this.#queue === null ? null : this.ask(this.#queue);
  }

  cancel(): void {
    this.#stop();
    this.#change({ state: 'cancelled', endedAtMs: Date.now() });
  }

  /** Takes the row off the list. */
  withdraw(): void {
    this.#stop();
    this.#item = null;
    this.#onGone();
  }

  #stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  #fail(error: unknown): void {
    const known =
      error instanceof ArchiveError
        ? error.toWire()
        : { code: 'unexpected' as const, message: downloadsText.notStarted, retryable: true };
    this.#change({ state: 'failed', error: known, endedAtMs: Date.now() });
  }

  #change(patch: Partial<DownloadItem>): void {
    if (this.#item !== null) this.#item = { ...this.#item, ...patch };
  }
}

function nothingToSave(): ArchiveError {
  return new ArchiveError({
    code: 'not-found',
    message: downloadsText.nothingToSave,
    retryable: false,
  });
}
