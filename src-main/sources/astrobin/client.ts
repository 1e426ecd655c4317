/**
 * Runs in plain Node. AstroBin, asked: through the cache where something is shown, straight over the network where it is
 * wanted once (the key's check, counts of slices, `astrobin get`). Key and secret go on the address at the last moment
 * (src-main/http/secret-query.ts): neither questions, answers, errors nor what is kept hold them.
 */
import type {
  AstrobinAccess,
  AstrobinCollection,
  AstrobinImage,
  AstrobinParam,
  AstrobinPick,
  AstrobinPlace,
  AstrobinResource,
  AstrobinUser,
} from '#contract/astrobin.ts';
import { ArchiveError } from '#contract/errors.ts';
import {
  createPlainDocuments,
  type Answered,
  type Documents,
  type Manner,
  type Question,
} from '../../http/documents.ts';
import type { SecretQuery } from '../../http/secret-query.ts';
import { boundPaging, type Paging, type PagingWish } from './addresses.ts';
import type {
  AstrobinClient,
  AstrobinList,
  AstrobinOptions,
  AstrobinSecrets,
  PickKind,
} from './astrobin-client.ts';
import { keyMissing, statusOf } from './errors.ts';
import { refuseWrongParams } from './filters.ts';
import { findImage } from './find-image.ts';
import { toListOf } from './lists.ts';
import { toImage } from './map.ts';
import { toCollection, toPick, toPlace, toUser } from './map-others.ts';
import { createAstrobinQuestions, type AstrobinQuestions, type RawBody } from './questions.ts';
import { rawAddress, type RawWish } from './raw.ts';
import { revisionsOf, type RevisionList } from './revisions.ts';
import {
  isSubjectSearch,
  planSlices,
  subjectCeiling,
  wholeOf,
  paramsOfSlice,
  withoutSubject,
  holdsSubject,
  type SubjectPlan,
} from './subjects.ts';
import type { WireObject } from './values.ts';
import { badAnswer, type WireList } from './wire.ts';

/** Before this there is nothing on AstroBin. */
const oldestMs = Date.UTC(2011, 0, 1);

/** Builds the client. */
export function createAstrobinClient(options: AstrobinOptions): AstrobinClient {
  return new Client(options);
}

class Client implements AstrobinClient {
  readonly #options: AstrobinOptions;
  readonly #direct: Documents;
  readonly #documents: Documents;

  constructor(options: AstrobinOptions) {
    this.#options = options;
    this.#direct = createPlainDocuments(options.http, options.nowMs);
    this.#documents = options.documents ?? this.#direct;
  }

  async images(
    params: readonly AstrobinParam[],
    paging: PagingWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinList<AstrobinImage>>> {
    refuseWrongParams('image', params);
    const page = boundPaging(paging);
    const answered = await this.#ask(this.#questions().list('image', params, page), signal, manner);
    if (answered.age.origin === 'network') this.#keepRows(answered.value);
    return this.#toImages(answered, params, page);
  }

  async keptImages(
    params: readonly AstrobinParam[],
    paging: PagingWish,
  ): Promise<Answered<AstrobinList<AstrobinImage>> | null> {
    refuseWrongParams('image', params);
    const page = boundPaging(paging);
    const kept = await this.#documents.kept(this.#questions().list('image', params, page));
    return kept === null ? null : this.#toImages(kept, params, page);
  }

  #toImages(
    answered: Answered<WireList>,
    params: readonly AstrobinParam[],
    page: Paging,
  ): Answered<AstrobinList<AstrobinImage>> {
    const base = this.#base();
    const list = toListOf(answered.value, page, (row) => toImage(row, base));
    const ceiling = isSubjectSearch(params) ? subjectCeiling : null;
    return { ...answered, value: { ...list, ceiling } };
  }

  async walkSubject(
    params: readonly AstrobinParam[],
    paging: PagingWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinList<AstrobinImage>>> {
    refuseWrongParams('image', params);
    const answered = await this.images(withoutSubject(params), paging, signal, manner);
    const items = answered.value.items.filter(({ subjects }) => holdsSubject(subjects, params));
    return { ...answered, value: { ...answered.value, items } };
  }

  image(hashOrId: string, signal: AbortSignal, manner?: Manner): Promise<Answered<AstrobinImage>> {
    const base = this.#base();
    return findImage(hashOrId, this.#questions(), {
      ask: (question) => this.#ask(question, signal, manner),
      toImage: (row) => toImage(row, base),
    });
  }

  async keptImage(hashOrId: string): Promise<Answered<AstrobinImage> | null> {
    const kept = await this.#documents.kept(this.#questions().detail('image', hashOrId));
    const image = kept === null ? null : toImage(kept.value, this.#base());
    return kept === null || image === null ? null : { ...kept, value: image };
  }

  revisions(
    image: AstrobinImage,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<RevisionList>> {
    const ask = (ids: readonly string[]) =>
      this.#ask(this.#questions().set('imagerevision', ids), signal, manner);
    return revisionsOf(image, { ask, base: this.#base(), nowMs: this.#options.nowMs() });
  }

  async imageOfTheDay(
    { back }: { back: number },
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinPick>> {
    const answered = await this.picks('imageoftheday', { limit: 1, offset: back }, signal, manner);
    const [pick] = answered.value.items;
    if (pick !== undefined) return { ...answered, value: pick };
    if (answered.value.unreadable > 0) throw badAnswer('an image of the day');
    throw notFound('AstroBin has no image of the day that far back. Choose a later day.');
  }

  picks(
    kind: PickKind,
    paging: PagingWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinList<AstrobinPick>>> {
    return this.#list(kind, [], paging, { signal, manner, toItem: toPick });
  }

  async keptPicks(
    kind: PickKind,
    paging: PagingWish,
  ): Promise<Answered<AstrobinList<AstrobinPick>> | null> {
    const page = boundPaging(paging);
    const kept = await this.#documents.kept(this.#questions().list(kind, [], page));
    return kept === null ? null : { ...kept, value: toListOf(kept.value, page, toPick) };
  }

  async collections(
    params: readonly AstrobinParam[],
    paging: PagingWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinList<AstrobinCollection>>> {
    return this.#list('collection', params, paging, { signal, manner, toItem: toCollection });
  }

  collection(
    id: number,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinCollection>> {
    return this.#one('collection', String(id), { signal, manner, toItem: toCollection });
  }

  async user(
    username: string,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinUser>> {
    const base = this.#base();
    const answered = await this.#list(
      'userprofile',
      [['username', username]],
      { limit: 1 },
      {
        ...{ signal, manner },
        toItem: (row: WireObject) => toUser(row, base),
      },
    );
    const [user] = answered.value.items;
    if (user !== undefined) return { ...answered, value: user };
    if (answered.value.unreadable > 0) throw badAnswer('a user');
    throw notFound(
      `AstroBin has no user named “${username.slice(0, 100)}”. Nothing was changed. Capitals count; check the name.`,
    );
  }

  location(id: number, signal: AbortSignal, manner?: Manner): Promise<Answered<AstrobinPlace>> {
    return this.#one('location', String(id), { signal, manner, toItem: toPlace });
  }

  schema(resource: AstrobinResource, signal: AbortSignal): Promise<Answered<WireObject>> {
    return this.#ask(this.#questions().schema(resource), signal);
  }

  async get(wish: RawWish, signal: AbortSignal): Promise<RawBody & { url: string }> {
    const url = rawAddress(this.#base(), wish);
    const { value } = await this.#direct.ask(this.#questions().raw(url), signal);
    return { ...value, url };
  }

  async planSubjects(
    params: readonly AstrobinParam[],
    signal: AbortSignal,
    { mostRequests }: { mostRequests: number },
  ): Promise<SubjectPlan> {
    refuseWrongParams('image', params);
    const countOf = async (asked: readonly AstrobinParam[]): Promise<number> => {
      const question = this.#questions().list('image', asked, { limit: 1, offset: 0 });
      const { total } = (await this.#direct.ask(question, signal)).value;
      if (total === null) throw badAnswer('a list with its count');
      return total;
    };
    return planSlices(wholeOf(params), {
      count: (slice) => countOf(paramsOfSlice(params, slice)),
      countAll: (slice) => countOf(paramsOfSlice(withoutSubject(params), slice)),
      ...{ oldestMs, newestMs: this.#options.nowMs(), mostRequests },
    });
  }

  async checkAccess(signal: AbortSignal): Promise<Exclude<AstrobinAccess, 'unchecked'>> {
    if ((await this.#secrets()) === null) return 'no-key';
    try {
      await this.#direct.ask(this.#questions().schema('location'), signal);
      return 'accepted';
    } catch (error) {
      if (statusOf(error) === 401) return 'bad-key';
      throw error;
    }
  }

  #base(): URL {
    return this.#options.address();
  }

  #questions(): AstrobinQuestions {
    return createAstrobinQuestions(this.#base(), async (): Promise<SecretQuery> => {
      const secrets = await this.#secrets();
      if (secrets === null) throw keyMissing();
      return { api_key: secrets.key, api_secret: secrets.secret };
    });
  }

  /** Half a key is none. */
  async #secrets(): Promise<AstrobinSecrets | null> {
    const secrets = await this.#options.secrets();
    return secrets === null || secrets.key === '' || secrets.secret === '' ? null : secrets;
  }

  #ask<T>(question: Question<T>, signal: AbortSignal, manner?: Manner): Promise<Answered<T>> {
    return this.#documents.ask(question, signal, manner);
  }

  /** A row of a list is all that the service says of an image: opening it then costs no request. */
  #keepRows({ rows }: WireList): void {
    const questions = this.#questions();
    for (const row of rows) {
      const ref = toImage({ hash: row['hash'], id: row['id'] }, this.#base())?.ref;
      if (ref === undefined) continue;
      this.#documents.keep(questions.detail('image', ref.slice('astrobin:'.length)), row);
    }
  }

  async #list<T>(
    resource: AstrobinResource,
    params: readonly AstrobinParam[],
    paging: PagingWish,
    how: How<T>,
  ): Promise<Answered<AstrobinList<T>>> {
    refuseWrongParams(resource, params);
    const page = boundPaging(paging);
    const question = this.#questions().list(resource, params, page);
    const answered = await this.#ask(question, how.signal, how.manner);
    return { ...answered, value: toListOf(answered.value, page, how.toItem) };
  }

  async #one<T>(resource: AstrobinResource, id: string, how: How<T>): Promise<Answered<T>> {
    const question = this.#questions().detail(resource, id);
    const answered = await this.#ask(question, how.signal, how.manner);
    const value = how.toItem(answered.value);
    if (value === null) throw badAnswer(`a ${resource}`);
    return { ...answered, value };
  }
}

interface How<T> {
  signal: AbortSignal;
  manner?: Manner | undefined;
  toItem: (row: WireObject) => T | null;
}

function notFound(message: string): ArchiveError {
  return new ArchiveError({ code: 'not-found', message, retryable: false });
}
