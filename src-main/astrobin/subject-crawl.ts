/**
 * Runs in plain Node. All images of a search, each once. A search by subject stops at 100: it is cut into slices of dates
 * that stay below that, and where that leaves some out, all images of the dates are looked through if that is wanted.
 */
import type { AstrobinImage, AstrobinParam } from '#contract/astrobin.ts';
import type { AstrobinClient, AstrobinList } from '../sources/astrobin/astrobin-client.ts';
import {
  isSubjectSearch,
  paramsOfSlice,
  subjectCeiling,
  type SubjectPlan,
} from '../sources/astrobin/subjects.ts';
import type { Answered } from '../http/documents.ts';
import { gapsOf } from './subject-words.ts';

export interface ImagesPart {
  images: AstrobinImage[];
  isEnded: boolean;
  listed: number;
  total: number;
  requests: number;
  unreadable: number;
  isComplete: boolean;
  gaps: string[];
}

export interface CrawlWish {
  params: readonly AstrobinParam[];
  /** Looks through all images of the dates where slices leave some out. */
  walk: boolean;
}

/** Requests that may go into finding slices: a tenth of a day's. */
const mostForPlan = 50;
const pageSize = 25;

type Page = Answered<AstrobinList<AstrobinImage>>;
type AskPage = (offset: number) => Promise<Page>;

/** Goes through them part by part; the last part has no images and says what may be missing. */
export async function* crawlImages(
  client: AstrobinClient,
  wish: CrawlWish,
  signal: AbortSignal,
): AsyncGenerator<ImagesPart> {
  const crawl = new Crawl(client, wish, signal);
  yield* crawl.parts();
}

class Crawl {
  readonly #client: AstrobinClient;
  readonly #wish: CrawlWish;
  readonly #signal: AbortSignal;
  readonly #seen = new Set<string>();
  #total = 0;
  #requests = 0;
  #unreadable = 0;
  /** Pages of earlier that stand in for ones that did not come. */
  #kept = 0;

  constructor(client: AstrobinClient, wish: CrawlWish, signal: AbortSignal) {
    this.#client = client;
    this.#wish = wish;
    this.#signal = signal;
  }

  async *parts(): AsyncGenerator<ImagesPart> {
    const { params } = this.#wish;
    if (!isSubjectSearch(params)) {
      yield* this.#list((offset) => this.#page(params, offset));
      yield this.#last(null, this.#missing());
      return;
    }
    const first = await this.#page(params, 0);
    this.#count(first);
    if (first.value.total < subjectCeiling) {
      yield this.#part(first);
      yield* this.#list((offset) => this.#page(params, offset), pageSize);
      yield this.#last(null, this.#missing());
      return;
    }
    const plan = await this.#client.planSubjects(params, this.#signal, {
      mostRequests: mostForPlan,
    });
    this.#requests += plan.requests;
    yield* this.#slices(plan);
    const isWalked = !plan.isComplete && this.#wish.walk;
    if (isWalked) yield* this.#list((offset) => this.#walked(offset));
    yield this.#last(isWalked ? null : plan, 0);
  }

  async *#slices(plan: SubjectPlan): AsyncGenerator<ImagesPart> {
    for (const slice of plan.slices) {
      const params = paramsOfSlice(this.#wish.params, slice);
      yield* this.#list((offset) => this.#page(params, offset));
    }
  }

  /** Page after page by our own offsets, as far as the service counts. */
  async *#list(ask: AskPage, from = 0): AsyncGenerator<ImagesPart> {
    for (let offset = from; ; offset += pageSize) {
      if (offset > 0 && offset >= this.#lastTotal) return;
      const page = await ask(offset);
      this.#count(page);
      yield this.#part(page);
      if (!page.value.hasNext) return;
    }
  }

  /** Of the list under way; a list of nothing has no second page. */
  #lastTotal = Number.POSITIVE_INFINITY;

  async #page(params: readonly AstrobinParam[], offset: number): Promise<Page> {
    const paging = { limit: pageSize, offset };
    return this.#countOwn(await this.#client.images(params, paging, this.#signal));
  }

  #walked(offset: number): Promise<Page> {
    return this.#client.walkSubject(this.#wish.params, { limit: pageSize, offset }, this.#signal);
  }

  #count({ value, age }: Page): void {
    if (age.origin === 'network') this.#requests += 1;
    this.#unreadable += value.unreadable;
    if (age.problem !== null) this.#kept += 1;
    this.#lastTotal = value.total;
  }

  /** The same, of a list of nothing but what was asked for. */
  #countOwn(page: Page): Page {
    this.#total = Math.max(this.#total, page.value.total);
    return page;
  }

  #part({ value }: Page): ImagesPart {
    const images = value.items.filter(({ ref }) => !this.#seen.has(ref));
    for (const { ref } of images) this.#seen.add(ref);
    return { ...this.#report(), images, isEnded: false, isComplete: false, gaps: [] };
  }

  /** Rows that the service counted and that never came: it counts anew with each page. */
  #missing(): number {
    return Math.max(0, this.#total - this.#seen.size - this.#unreadable);
  }

  #last(plan: SubjectPlan | null, missing: number): ImagesPart {
    const gaps = gapsOf({ plan, missing, unreadable: this.#unreadable, kept: this.#kept });
    return { ...this.#report(), images: [], isEnded: true, isComplete: gaps.length === 0, gaps };
  }

  #report(): Pick<ImagesPart, 'listed' | 'total' | 'requests' | 'unreadable'> {
    const listed = this.#seen.size;
    return {
      listed,
      total: Math.max(this.#total, listed),
      requests: this.#requests,
      unreadable: this.#unreadable,
    };
  }
}
