/**
 * Runs in plain Node. Listings that a shell goes through part by part. Each remembers what came already, so it lives here
 * between two calls; those that nobody goes on with are ended.
 */
import { randomUUID } from 'node:crypto';
import { ArchiveError } from '#contract/errors.ts';

interface OpenCrawl<Part> {
  parts: AsyncIterator<Part>;
  abort: AbortController;
}

/** At once; the one used longest ago is ended for a further one. */
const mostCrawls = 8;

export class OpenCrawls<Part extends { isEnded: boolean }> {
  /** The one used last stands last. */
  readonly #open = new Map<string, OpenCrawl<Part>>();

  /** Begins a listing; nothing is asked for yet. Its last part says that it ended. */
  open(begin: (signal: AbortSignal) => AsyncIterator<Part>): string {
    for (const [id] of [...this.#open].slice(0, Math.max(0, this.#open.size + 1 - mostCrawls))) {
      this.close(id);
    }
    const abort = new AbortController();
    const id = randomUUID();
    this.#open.set(id, { parts: begin(abort.signal), abort });
    return id;
  }

  /** The next part; after the last one the listing is closed. Throws 'cancelled' when `signal` ends it. */
  async next(id: string, signal: AbortSignal): Promise<Part> {
    const one = this.#open.get(id);
    if (one === undefined) throw noSuchCrawl();
    this.#open.delete(id);
    this.#open.set(id, one);
    const stop = (): void => this.close(id);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const { value, done } = await one.parts.next();
      if (done === true) throw noSuchCrawl();
      if (value.isEnded) this.#open.delete(id);
      return value;
    } catch (error) {
      this.close(id);
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  close(id: string): void {
    const one = this.#open.get(id);
    this.#open.delete(id);
    one?.abort.abort();
  }

  dispose(): void {
    for (const id of this.#open.keys()) this.close(id);
  }
}

function noSuchCrawl(): ArchiveError {
  return new ArchiveError({
    code: 'not-found',
    message: 'This listing has ended. What came of it is right. List anew for the rest.',
    retryable: false,
  });
}
