/**
 * Runs in plain Node. Asks the archive for the pages of a listing and sorts what goes wrong: is it this slice,
 * or does the archive not answer at all?
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { WirePage } from '../sources/nasa-images/wire.ts';

export const pageSize = 100;

/** The archive, or the network, is gone: the listing stops here and goes on later. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly why: ArchiveError;

  constructor(why: ArchiveError) {
    super(why.message, { cause: why });
    this.why = why;
  }
}

/** One slice can't be had while others can. */
export class SliceFailed extends Error {
  override name = 'SliceFailed';
  readonly why: ArchiveError;

  constructor(why: ArchiveError) {
    super(why.message, { cause: why });
    this.why = why;
  }
}

export type Search = (
  query: NasaSearchQuery,
  page: number,
  size: number,
  signal: AbortSignal,
) => Promise<WirePage>;

export interface AnsweredPage {
  page: WirePage;
  /** As the archive counts the slice. */
  hits: number;
}

/** Failures that say nothing about what was asked: the network, a hold, our own budget. */
function isHeldUp(error: ArchiveError): boolean {
  if (error.code === 'offline' || error.code === 'rate-limited') return true;
  return error.code === 'unavailable' && error.retryAfterMs !== undefined;
}

export class PageSource {
  readonly #search: Search;
  readonly #whole: NasaSearchQuery;
  readonly #signal: AbortSignal;
  #checking: Promise<ArchiveError | null> | null = null;

  /** `signal` ends the whole listing; each question has one of its own beside it. */
  constructor(search: Search, whole: NasaSearchQuery, signal: AbortSignal) {
    this.#search = search;
    this.#whole = whole;
    this.#signal = signal;
  }

  /** Throws `Interrupted`, `SliceFailed`, or what the signal was aborted with. */
  async ask(query: NasaSearchQuery, number: number, signal: AbortSignal): Promise<AnsweredPage> {
    try {
      const page = await this.#search(query, number, pageSize, signal);
      return { page, hits: hitsOf(page, number) };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ArchiveError)) throw error;
      if (isHeldUp(error)) throw new Interrupted(error);
      const trouble = error.retryable ? await this.#check() : null;
      if (trouble !== null) throw new Interrupted(trouble);
      throw new SliceFailed(error);
    }
  }

  /** Asks for one result of the whole query: null when that is answered, as with a slice that alone fails. */
  #check(): Promise<ArchiveError | null> {
    this.#checking ??= this.#search(this.#whole, 1, 1, this.#signal)
      .then(
        () => null,
        (error: unknown) => {
          this.#signal.throwIfAborted();
          if (error instanceof ArchiveError) return error;
          throw error;
        },
      )
      .finally(() => {
        this.#checking = null;
      });
    return this.#checking;
  }
}

function hitsOf(page: WirePage, number: number): number {
  if (page.totalHits !== null) return page.totalHits;
  const listed = page.items.length + page.unreadable;
  if (listed < pageSize && !page.hasNextLink) return (number - 1) * pageSize + listed;
  throw new ArchiveError({
    code: 'bad-answer',
    message:
      'NASA didn’t say how many results there are, so it can’t be known when all are listed. Nothing was lost. Try again in a while.',
    retryable: true,
  });
}
