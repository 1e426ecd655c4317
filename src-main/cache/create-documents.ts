/**
 * Runs in plain Node. Documents of the archives through the cache: a fresh answer is used, a stale one asked
 * after, and when the archive can't be had what is kept stands in and says so.
 */
import { ArchiveError, type WireError } from '#contract/errors.ts';
import type { AnswerAge } from '#contract/age.ts';
import {
  readAnswer,
  send,
  type Answered,
  type Documents,
  type Manner,
  type Question,
} from '../http/documents.ts';
import type { HttpClient } from '../http/http-client.ts';
import { readFreshness } from './freshness.ts';
import type { KeptResponse, ResponseStore } from './response-store.ts';

export interface DocumentsOptions {
  http: HttpClient;
  store: ResponseStore;
  nowMs: () => number;
}

/** "There is none" is believed for so long. */
const absenceMaxAgeS = 5 * 60;

/** What the archive decided, as opposed to what kept us from hearing it. No kept answer stands in for these. */
const decisions = new Set(['cancelled', 'not-found', 'refused-by-archive', 'beyond-ceiling']);

/** Builds the documents of a process. */
export function createDocuments(options: DocumentsOptions): Documents {
  return new CachedDocuments(options);
}

interface Kept<T> {
  response: KeptResponse;
  /** The value, or the absence that was kept. */
  outcome: { value: T } | { absence: ArchiveError };
}

class CachedDocuments implements Documents {
  readonly #http: HttpClient;
  readonly #store: ResponseStore;
  readonly #nowMs: () => number;

  constructor({ http, store, nowMs }: DocumentsOptions) {
    this.#http = http;
    this.#store = store;
    this.#nowMs = nowMs;
  }

  async ask<T>(
    question: Question<T>,
    signal: AbortSignal,
    manner: Manner = {},
  ): Promise<Answered<T>> {
    const kept = await this.#find(question);
    if (kept !== null && manner.refresh !== true && !this.#isStale(kept.response)) {
      return this.#answer(kept, null);
    }
    try {
      return await this.#askArchive(question, kept, signal, manner);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      if (error.code === 'not-found') this.#keepAbsence(question, error);
      if (kept === null || decisions.has(error.code)) throw error;
      return this.#answer(kept, error);
    }
  }

  async kept<T>(question: Question<T>): Promise<Answered<T> | null> {
    const kept = await this.#find(question);
    return kept === null ? null : this.#answer(kept, null);
  }

  keep(question: Question<unknown>, body: unknown): void {
    const nowMs = this.#nowMs();
    const { url, kind, subject } = question;
    this.#store.put({
      url,
      kind,
      subject,
      status: 200,
      bytes: Buffer.from(JSON.stringify(body)),
      contentType: 'application/json',
      etag: null,
      lastModified: null,
      fetchedAtMs: nowMs,
      checkedAtMs: nowMs,
      maxAgeS: question.freshForS ?? 0,
    });
  }

  async #askArchive<T>(
    question: Question<T>,
    kept: Kept<T> | null,
    signal: AbortSignal,
    manner: Manner,
  ): Promise<Answered<T>> {
    const answer = await send(this.#http, question, signal, {
      conditions: conditionsOf(kept),
      hasStandIn: kept !== null,
      isAskedAnew: manner.refresh === true,
    });
    const nowMs = this.#nowMs();
    const { mayKeep, maxAgeS: statedS } = readFreshness(answer.headers);
    const maxAgeS = Math.max(statedS, question.freshForS ?? 0);
    const age: AnswerAge = {
      fetchedAtMs: nowMs,
      origin: 'network',
      isStale: false,
      problem: null,
    };
    if (answer.status === 304 && kept !== null && 'value' in kept.outcome) {
      this.#store.confirm(question.url, { checkedAtMs: nowMs, maxAgeS });
      return { value: kept.outcome.value, age };
    }
    const contentType = answer.headers['content-type'] ?? null;
    // Read first: what can't be read never takes the place of what could.
    const value = readAnswer(question, { ...answer, contentType });
    if (mayKeep) {
      const { url, kind, subject } = question;
      this.#store.put({
        url,
        kind,
        subject,
        status: 200,
        bytes: answer.bytes,
        contentType,
        etag: answer.headers.etag ?? null,
        lastModified: answer.headers['last-modified'] ?? null,
        fetchedAtMs: nowMs,
        checkedAtMs: nowMs,
        maxAgeS,
      });
    }
    return { value, age };
  }

  /** What is kept, read; null also for what can't be read any more (damage, or an Almagest that read otherwise). */
  async #find<T>(question: Question<T>): Promise<Kept<T> | null> {
    const response = this.#store.find(question.url);
    if (response === null) return null;
    const bytes = await response.bytes();
    if (bytes === null) return null;
    const { status, contentType } = response;
    try {
      if (status === 404) {
        if (question.isAbsenceKept !== true) return null;
        const absence = new ArchiveError(JSON.parse(bytes.toString('utf8')) as WireError);
        return { response, outcome: { absence } };
      }
      const value = readAnswer(question, { bytes, contentType, detail: `kept ${question.url}` });
      return { response, outcome: { value } };
    } catch {
      return null;
    }
  }

  #keepAbsence(question: Question<unknown>, error: ArchiveError): void {
    if (question.isAbsenceKept !== true) return;
    const nowMs = this.#nowMs();
    const { url, kind, subject } = question;
    this.#store.put({
      url,
      kind,
      subject,
      status: 404,
      bytes: Buffer.from(JSON.stringify(error.toWire())),
      contentType: null,
      etag: null,
      lastModified: null,
      fetchedAtMs: nowMs,
      checkedAtMs: nowMs,
      maxAgeS: absenceMaxAgeS,
    });
  }

  #answer<T>({ response, outcome }: Kept<T>, problem: ArchiveError | null): Answered<T> {
    if ('absence' in outcome) throw outcome.absence;
    return {
      value: outcome.value,
      age: {
        fetchedAtMs: response.checkedAtMs,
        origin: 'cache',
        isStale: this.#isStale(response),
        problem: problem?.toWire() ?? null,
      },
    };
  }

  #isStale({ checkedAtMs, maxAgeS }: KeptResponse): boolean {
    const ageMs = this.#nowMs() - checkedAtMs;
    // A clock that went back makes nothing fresh for ever.
    return ageMs < 0 || ageMs >= maxAgeS * 1000;
  }
}

/** Asks only for what is newer than what is kept. */
function conditionsOf(kept: Kept<unknown> | null): Record<string, string> {
  if (kept === null || !('value' in kept.outcome)) return {};
  const { etag, lastModified } = kept.response;
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}
