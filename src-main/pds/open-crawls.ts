/**
 * Runs in plain Node. Crawls that a shell goes through part by part. Each remembers what came already, so it lives here
 * between two calls; those that nobody goes on with are ended.
 */
import { randomUUID } from 'node:crypto';
import { ArchiveError } from '#contract/errors.ts';
import type { PdsCrawlPart } from '#contract/pds-lists.ts';
import type { CrawlPage, PdsCrawl } from '../sources/pds-registry/crawl.ts';

interface OpenCrawl {
  crawl: PdsCrawl;
  pages: AsyncIterator<CrawlPage>;
  abort: AbortController;
  notes: string[];
}

/** At once; the one used longest ago is ended for a further one. */
const mostCrawls = 8;

export class OpenCrawls {
  /** The one used last stands last. */
  readonly #open = new Map<string, OpenCrawl>();

  /** Begins a crawl; nothing is asked for yet. */
  open(begin: (signal: AbortSignal) => PdsCrawl, notes: string[]): string {
    for (const [id] of [...this.#open].slice(0, Math.max(0, this.#open.size + 1 - mostCrawls))) {
      this.close(id);
    }
    const abort = new AbortController();
    const crawl = begin(abort.signal);
    const id = randomUUID();
    this.#open.set(id, { crawl, pages: crawl[Symbol.asyncIterator](), abort, notes });
    return id;
  }

  /** The next part; after the last one the crawl is closed. Throws 'cancelled' when `signal` ends it. */
  async next(id: string, signal: AbortSignal): Promise<PdsCrawlPart> {
    const one = this.#open.get(id);
    if (one === undefined) throw noSuchCrawl();
    this.#open.delete(id);
    this.#open.set(id, one);
    const stop = (): void => this.close(id);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const { value, done } = await one.pages.next();
      const { hits, distinct, doubled, unreadable, missing, gaps, requests } = one.crawl.report;
      if (done === true) this.#open.delete(id);
      const report = { hits, distinct, doubled, unreadable, missing, requests };
      return {
        products: done === true ? [] : value.products,
        isEnded: done === true,
        report: { ...report, gaps: gaps.map((gap) => ({ ...gap })) },
        notes: one.notes,
      };
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
