/**
 * Runs in plain Node. The NASA Image and Video Library, asked: straight over the network where an answer is
 * wanted once (a listing, a probe), through the cache where it is shown. What comes back is the wire's
 * shape; map.ts makes records of it.
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import {
  createPlainDocuments,
  type Answered,
  type Documents,
  type Manner,
  type Question,
} from '../../http/documents.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { toAddress } from './hrefs.ts';
import { createNasaQuestions, type NasaQuestions } from './questions.ts';
import type { JsonObject, WireItem, WirePage } from './wire.ts';

export interface NasaImagesOptions {
  http: HttpClient;
  /** The API's address, asked anew for each request: live and sample can change places while we run. */
  address: () => { base: URL };
  /** What stands between us and the network; nothing where this is left out. */
  documents?: Documents;
}

/** What the archive has of single records. */
export interface RecordParts {
  /** The record of exactly this id, or null: the archive's own search by id is fuzzy. */
  find(id: string): Promise<Answered<WireItem> | null>;
  /** A record's files, as the archive writes their addresses. */
  manifest(id: string): Promise<Answered<string[]>>;
  /** A record's metadata document, or null where it has none. */
  metadata(id: string): Promise<Answered<JsonObject> | null>;
  /** Address of a record's captions as the archive writes it, or null where it has none. */
  captions(id: string): Promise<Answered<string> | null>;
}

export interface NasaImagesClient {
  /** The API's address now. */
  base(): URL;
  /** The questions to the archive as it is configured now. */
  questions(): NasaQuestions;
  /** Through the cache: see `Documents`. */
  ask<T>(question: Question<T>, signal: AbortSignal, manner?: Manner): Promise<Answered<T>>;
  /** What is kept, at once; null where nothing is. */
  kept<T>(question: Question<T>): Promise<Answered<T> | null>;
  /** Keeps an item of a list as the record that it is. */
  keepSeen(item: WireItem): void;
  /** Straight from the archive. Throws 'beyond-ceiling' without asking when the page ends past result 10,000. */
  search(
    query: NasaSearchQuery,
    page: number,
    pageSize: number,
    signal: AbortSignal,
  ): Promise<WirePage>;
  /** Parts of records through the cache. */
  parts(signal: AbortSignal, manner?: Manner): RecordParts;
  /** Parts of records as far as they are kept; what is not fails as 'unavailable'. */
  keptParts(): RecordParts;
}

type Ask = <T>(question: Question<T>) => Promise<Answered<T>>;

/** Builds the client. */
export function createNasaImagesClient(options: NasaImagesOptions): NasaImagesClient {
  const { http, address } = options;
  const direct = createPlainDocuments(http, Date.now);
  const documents = options.documents ?? direct;
  const questions = (): NasaQuestions => createNasaQuestions(address().base);
  const askKept: Ask = async (question) => {
    const kept = await documents.kept(question);
    if (kept === null) throw notKept();
    return kept;
  };

  return {
    base: () => address().base,
    questions,
    ask: (question, signal, manner) => documents.ask(question, signal, manner),
    kept: (question) => documents.kept(question),
    keepSeen: (item) => {
      documents.keep(questions().seen(item.id), item);
    },
    search: async (query, page, pageSize, signal) =>
      (await direct.ask(questions().search(query, page, pageSize), signal)).value,
    parts: (signal, manner) =>
      partsOver(address().base, (question) => documents.ask(question, signal, manner), documents),
    keptParts: () => partsOver(address().base, askKept, documents),
  };
}

function partsOver(base: URL, ask: Ask, documents: Documents): RecordParts {
  const questions = createNasaQuestions(base);
  return {
    find: async (id) => {
      let failure: unknown;
      try {
        const page = await ask(questions.find(id));
        const item = page.value.items.find((one) => one.id === id);
        return item === undefined ? null : { ...page, value: item };
      } catch (error) {
        failure = error;
      }
      const seen = await documents.kept(questions.seen(id));
      if (seen === null || !isNoAnswer(failure)) throw failure;
      return { ...seen, age: { ...seen.age, problem: failure.toWire() } };
    },
    manifest: async (id) => ask(questions.manifest(id)),
    metadata: (id) =>
      orNone(async () => {
        const place = await ask(questions.metadataPlace(id));
        const url = toAddress(place.value, id, base);
        if (url === null) throw badPlace();
        return ask(questions.metadata(id, url));
      }),
    captions: (id) => orNone(() => ask(questions.captionsPlace(id))),
  };
}

/** True where the archive could not be heard, as opposed to what it said. */
function isNoAnswer(error: unknown): error is ArchiveError {
  const said = ['cancelled', 'not-found', 'refused-by-archive'];
  return error instanceof ArchiveError && !said.includes(error.code);
}

/** 404: there is none. 400: a picture, which never has captions. Both are answers. */
async function orNone<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    const isNone =
      error instanceof ArchiveError &&
      (error.code === 'not-found' || error.code === 'refused-by-archive');
    if (isNone) return null;
    throw error;
  }
}

function notKept(): ArchiveError {
  return new ArchiveError({
    code: 'unavailable',
    message: 'This part of the record was not kept. It comes when NASA answers.',
    retryable: true,
  });
}

function badPlace(): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message:
      'NASA gave a place for the metadata that is no address. The rest of the record is right. Try again in a while.',
    retryable: true,
  });
}
