/**
 * Runs in plain Node. Questions to an archive whose answer is a document, and who answers them: the network,
 * or the cache in front of it (src-main/cache). Sources state the questions and know nothing of either.
 */
import type { AnswerAge } from '#contract/age.ts';
import { FairTurns } from './fair-turns.ts';
import type { BytesAnswer, HttpClient, HttpRequest, Lane } from './http-client.ts';
import { readJsonOf } from './read-json.ts';
import type { SecretQuery } from './secret-query.ts';

/** What an answer is about: the cache counts and clears by it. */
export type DocumentKind = 'search' | 'album' | 'record' | 'captions';

interface QuestionBase {
  url: string;
  lane: Lane;
  kind: DocumentKind;
  /** The record that the answer is about (its ref), so that pinning the record pins its answers. */
  subject: string | null;
  /** True where "there is none" (404) is an answer worth repeating while the archive can't be asked. */
  isAbsenceKept?: boolean;
  /** What a 404 says is not there. */
  absence?: HttpRequest['absence'];
  /**
   * The one media type asked for, where it is not that of the format. Kept answers are told apart by `url` alone,
   * so an address that is asked for several types carries the type behind a "#", which is never sent.
   */
  accept?: string;
  /** Reads the archive's own words in an error's body. */
  words?: HttpRequest['words'];
  /** Got only when the question is sent, so that what is kept needs no key. Throws where there is none. */
  secretQuery?: () => Promise<SecretQuery>;
  /** Seconds for which an answer is used again where the archive itself states less: each request counts there. */
  freshForS?: number;
}

/**
 * One question. `read` makes a value of the body and throws `ArchiveError` ('bad-answer') for anything else:
 * what it refuses is never kept.
 */
export type Question<T> = QuestionBase &
  (
    | { format: 'json'; read: (body: unknown) => T }
    | {
        format: 'bytes';
        maxBytes: number;
        read: (bytes: Buffer, contentType: string | null) => T;
      }
  );

export interface Answered<T> {
  value: T;
  age: AnswerAge;
}

export interface Manner {
  /** A person asks anew: the archive is asked even where a kept answer is still fresh, and at once. */
  refresh?: boolean | undefined;
}

export interface Documents {
  /**
   * The kept answer while the archive calls it fresh; else the archive's; else, when the archive can't be
   * had, the kept one with `age.problem`. Throws `ArchiveError`.
   */
  ask<T>(question: Question<T>, signal: AbortSignal, manner?: Manner): Promise<Answered<T>>;
  /** What is kept, whatever its age; null where nothing is. Throws only what was kept as absence. */
  kept<T>(question: Question<T>): Promise<Answered<T> | null>;
  /** Keeps a document that came as a part of another answer, as the answer to this question. */
  keep(question: Question<unknown>, body: unknown): void;
}

/** Larger documents are no answers: the largest real page is below 1 MB, and reading one takes the main thread. */
export const documentMaxBytes = 8 * 1024 * 1024;

/** Sends a question over the network. */
export async function send(
  http: HttpClient,
  question: Question<unknown>,
  signal: AbortSignal,
  manner: { conditions?: Record<string, string>; hasStandIn?: boolean; isAskedAnew?: boolean } = {},
): Promise<BytesAnswer> {
  const { lane, format, absence, words } = question;
  const url = question.accept === undefined ? question.url : question.url.replace(/#.*$/s, '');
  const accept = question.accept ?? (format === 'json' ? 'application/json' : '*/*');
  const maxBytes = format === 'json' ? documentMaxBytes : question.maxBytes;
  const { conditions, ...urgency } = manner;
  const headers = { accept, ...conditions };
  const secretQuery = await question.secretQuery?.();
  return http.getBytes(
    { url, lane, signal, headers, absence, words, secretQuery, ...urgency },
    { maxBytes },
  );
}

/** Makes the question's value of a body. Throws `ArchiveError` ('bad-answer'). */
export function readAnswer<T>(
  question: Question<T>,
  answer: { bytes: Buffer; detail: string; contentType: string | null },
): T {
  return question.format === 'json'
    ? question.read(readJsonOf(answer, question.lane))
    : question.read(answer.bytes, answer.contentType);
}

/** Documents straight from the network, nothing kept. */
export function createPlainDocuments(http: HttpClient, nowMs: () => number): Documents {
  const turns = new FairTurns();
  return {
    ask: async (question, signal) => {
      const answer = await send(http, question, signal);
      // A listing has several pages under way: each is read in a turn of its own.
      await turns.next();
      const contentType = answer.headers['content-type'] ?? null;
      const value = readAnswer(question, { ...answer, contentType });
      return {
        value,
        age: { fetchedAtMs: nowMs(), origin: 'network', isStale: false, problem: null },
      };
    },
    kept: async () => null,
    keep: () => undefined,
  };
}
