/**
 * Runs in plain Node. Questions to the registry that is configured now: asked in the dialect that it speaks, and once
 * more where its answer shows that it speaks another one by now.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { PdsPage, PdsProduct } from '#contract/pds.ts';
import type { Answered, Documents, Manner, Question } from '../../http/documents.ts';
import { FairTurns } from '../../http/fair-turns.ts';
import { ExchangeFailure } from '../../http/failures.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { readJsonOf } from '../../http/read-json.ts';
import type { PageAnswer } from './crawl-run.ts';
import type { KnownRegistry } from './dialect.ts';
import { quoteArchive } from '../../http/words.ts';
import { absence, readErrorBody, readWords, wordsOf } from './errors.ts';
import { pageAddress, type ListTarget } from './lists.ts';
import { queryForPage } from './or-fault.ts';
import * as questions from './questions.ts';
import { readJson } from './read-json-types.ts';
import type { RegistryFinder } from './registry-finder.ts';
import { Waypoints } from './waypoints.ts';

/** A part of a list: `count` rows from position `from` (0 is the first) on. */
export interface Part {
  from?: number | undefined;
  count?: number | undefined;
}

type MakeQuestion<T> = (known: KnownRegistry) => Question<T> | Promise<Question<T>>;

const usualCount = 100;
/** Rows of one request for a part; larger parts are the caller's to cut. */
const mostRows = 1000;
/** About 5 ms. */
const rowsATurn = 100;
const pageBytes = 32 * 1024 * 1024;

export class RegistryAsker {
  readonly finder: RegistryFinder;
  readonly #http: HttpClient;
  readonly #documents: Documents;
  readonly #waypoints = new Waypoints();
  readonly #turns = new FairTurns();

  constructor(http: HttpClient, documents: Documents, finder: RegistryFinder) {
    this.#http = http;
    this.#documents = documents;
    this.finder = finder;
  }

  /** Asks. `make` may itself have to ask for where to begin. */
  async ask<T>(make: MakeQuestion<T>, signal: AbortSignal, manner?: Manner): Promise<Answered<T>> {
    let known = await this.finder.find(signal);
    for (let isLast = false; ; isLast = true) {
      const told = await this.#askOnce(known, make, signal, manner);
      if (isLast || !told.isContradiction) return told.give();
      const now = await this.finder.findAgain(known, signal);
      if (now.dialect === known.dialect && now.address === known.address) return told.give();
      known = now;
    }
  }

  async #askOnce<T>(
    known: KnownRegistry,
    make: MakeQuestion<T>,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<{ isContradiction: boolean; give: () => Answered<T> }> {
    const tell: Tell = { dialect: null, words: null };
    try {
      const question = { ...(await make(known)), words: listening(tell) };
      const answer = await this.#documents.ask(question, signal, manner);
      // What was kept tells of the service as it was.
      const isNew = answer.age.origin === 'network';
      return {
        isContradiction: isNew && contradicts(known, dialectOf(answer.value)),
        give: () => answer,
      };
    } catch (error) {
      if (signal.aborted) throw error;
      const isContradiction = contradicts(known, tell.dialect) || isRouteGone(error, tell);
      return {
        isContradiction,
        give: () => {
          throw error;
        },
      };
    }
  }

  /** A part of a list, the same rows at the same positions in both dialects as far as the registry keeps them. */
  async part(
    target: ListTarget,
    { from = 0, count = usualCount }: Part,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<PdsPage> {
    const limit = Math.max(0, Math.min(count, mostRows));
    const key = JSON.stringify(target);
    // Where the walk to a position showed that the list ends before it.
    let isPastEnd = false;
    const make = async (known: KnownRegistry): Promise<Question<questions.ListValue>> => {
      const asked = forDialect(target, known);
      const isFirst = known.dialect === '1.3';
      const after = isFirst ? null : await this.#positionOf(known, asked, key, from, signal);
      isPastEnd = after === undefined;
      const wish = { start: from, after: after ?? null, limit: isPastEnd ? 0 : limit };
      const subject = target.kind === 'search' ? null : target.id;
      const url = pageAddress(known, asked, wish);
      return questions.listQuestion(known, url, subject === null ? 'search' : 'record', subject);
    };
    const { value, age } = await this.ask(make, signal, manner).catch((error: unknown) => {
      throw asWrongKind(error);
    });
    const last = value.products.at(-1);
    if (last !== undefined && !isPastEnd && value.unreadableAtEnd === 0) {
      this.#waypoints.note(this.#listKey(key), from + value.rows, last.lidvid);
    }
    const { products, hits, unreadable } = value;
    return { products, hits, unreadable, age };
  }

  /** What is kept of a part. In the current dialect only the beginning of a list has an address of its own. */
  async keptPart(
    target: ListTarget,
    { from = 0, count = usualCount }: Part,
  ): Promise<PdsPage | null> {
    const known = this.finder.known();
    if (known === null || (known.dialect !== '1.3' && from > 0)) return null;
    const wish = { start: from, after: null, limit: Math.max(0, Math.min(count, mostRows)) };
    const subject = target.kind === 'search' ? null : target.id;
    const kind = subject === null ? 'search' : 'record';
    const url = pageAddress(known, forDialect(target, known), wish);
    const kept = await this.#documents.kept(questions.listQuestion(known, url, kind, subject));
    if (kept === null) return null;
    const { products, hits, unreadable } = kept.value;
    return { products, hits, unreadable, age: kept.age };
  }

  /** The identifier after which a position begins; undefined past the end. Current dialect. */
  #positionOf(
    known: KnownRegistry,
    target: ListTarget,
    key: string,
    from: number,
    signal: AbortSignal,
  ): Promise<string | null | undefined> {
    return this.#waypoints.find(this.#listKey(key), from, async (after, limit) => {
      const url = pageAddress(known, target, { after, limit, fields: ['lidvid'] });
      const { products, rows } = await this.askPage(known, url, signal, 3);
      return { last: products.at(-1)?.lidvid ?? null, rows };
    });
  }

  /** Positions hold for one list at one address. */
  #listKey(key: string): string {
    return `${this.finder.known()?.address ?? ''} ${key}`;
  }

  /** One page straight from the archive. */
  async askPage(
    known: KnownRegistry,
    url: string,
    signal: AbortSignal,
    tries: number,
  ): Promise<PageAnswer & Pick<questions.ListValue, 'dialect'>> {
    const headers = { accept: 'application/json' };
    const request = {
      url,
      lane: 'pds-api',
      signal,
      headers,
      absence,
      words: readWords,
      tries,
    } as const;
    const answer = await this.#http.getBytes(request, { maxBytes: pageBytes });
    await this.#turns.next();
    const list = readJson(readJsonOf(answer, 'pds-api'), false);
    const products: PdsProduct[] = [];
    let unreadableAtEnd = 0;
    // Some rows a turn: a full page takes longer than the window may wait.
    for (let at = 0; at < list.rows.length; at += rowsATurn) {
      await this.#turns.next();
      const rows = list.rows.slice(at, at + rowsATurn);
      const some = questions.toListValue(
        { ...list, rows, unreadable: 0, unreadableAtEnd: 0 },
        known,
      );
      products.push(...some.products);
      unreadableAtEnd = some.unreadableAtEnd;
    }
    return {
      products,
      hits: list.hits,
      rows: list.rows.length + list.unreadable,
      unreadableAtEnd: unreadableAtEnd + (list.unreadableAtEnd ?? 0),
      bytes: answer.bytes.length,
      dialect: list.dialect,
    };
  }

  /** Walks a list that is given by its address. */
  skip(
    known: KnownRegistry,
    target: string,
    start: number,
    signal: AbortSignal,
  ): Promise<string | null | undefined> {
    return this.#waypoints.find(`${known.address} ${target}`, start, async (after, limit) => {
      const url = new URL(known.address + target);
      for (const [name, value] of [
        ['sort', 'lidvid'],
        ['fields', 'lidvid'],
        ['limit', String(limit)],
      ] as const) {
        url.searchParams.set(name, value);
      }
      if (after !== null) url.searchParams.set('search-after', after);
      const { products, rows } = await this.askPage(known, url.href, signal, 3);
      return { last: products.at(-1)?.lidvid ?? null, rows };
    });
  }
}

/** Around the `or` fault of 1.3, whose answers would be silently wrong. */
export function forDialect(target: ListTarget, known: KnownRegistry): ListTarget {
  const isAffected = known.dialect === '1.3' && target.kind === 'search' && target.q !== undefined;
  return isAffected ? { ...target, q: queryForPage(target.q ?? '') } : target;
}

/** 1.3 says 404 for members of what has none; as now, that is a wrong question and no missing product. */
export function asWrongKind(error: unknown): unknown {
  if (!(error instanceof ArchiveError) || error.code !== 'not-found') return error;
  const words = quoteArchive(wordsOf(error));
  if (words === null || !/does not support\b.*\bmembership/i.test(words)) return error;
  return new ArchiveError(
    {
      ...error.toWire(),
      code: 'refused-by-archive',
      message:
        'That product holds no others in the registry: bundles and collections do. ' +
        `Nothing was changed; ask for what holds it instead. The registry says: “${words}”.`,
    },
    { cause: error },
  );
}

/** What an error's body gives away. */
interface Tell {
  dialect: KnownRegistry['dialect'] | null;
  words: string | null;
}

function listening(tell: Tell): (body: Buffer) => string | null {
  return (body) => {
    const read = readErrorBody(body);
    tell.dialect = read.dialect;
    tell.words = read.words;
    return read.words;
  };
}

function dialectOf(value: unknown): KnownRegistry['dialect'] | null {
  const dialect =
    typeof value === 'object' && value !== null && 'dialect' in value ? value.dialect : null;
  return dialect === '1.3' || dialect === 'current' ? dialect : null;
}

/** True where an answer can't be that of the dialect which is known: the service was replaced. */
export function contradicts(
  known: KnownRegistry,
  dialect: KnownRegistry['dialect'] | null,
): boolean {
  return dialect !== null && dialect !== known.dialect;
}

/** The framework, not the service, says that there is no such route. */
function isRouteGone(error: unknown, { dialect, words }: Tell): boolean {
  const status =
    error instanceof Error && error.cause instanceof ExchangeFailure
      ? error.cause.facts.status
      : null;
  return (
    status === 404 &&
    dialect === null &&
    /^(?:not found|no (?:static resource|handler))/i.test(words ?? '')
  );
}
