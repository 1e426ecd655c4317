/** Runs in plain Node. What the rest of Almagest knows of AstroBin's client (client.ts). */
import type {
  AstrobinAccess,
  AstrobinCollection,
  AstrobinImage,
  AstrobinParam,
  AstrobinPick,
  AstrobinPickKind,
  AstrobinPlace,
  AstrobinResource,
  AstrobinUser,
} from '#contract/astrobin.ts';
import type { Answered, Documents, Manner } from '../../http/documents.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Paging, PagingWish } from './addresses.ts';
import type { RawBody } from './questions.ts';
import type { RawWish } from './raw.ts';
import type { RevisionList } from './revisions.ts';
import type { SubjectPlan } from './subjects.ts';
import type { WireObject } from './values.ts';

export interface AstrobinSecrets {
  key: string;
  secret: string;
}

export interface AstrobinOptions {
  http: HttpClient;
  /** The service's address, asked anew for each request: live and sample can change places while we run. */
  address: () => URL;
  /** The user's key, asked anew for each request; null where there is none, and then nothing is sent. */
  secrets: () => Promise<AstrobinSecrets | null>;
  /** What stands between us and the network; nothing where this is left out. */
  documents?: Documents;
  nowMs: () => number;
}

/** A part of a list, in the domain's terms. */
export interface AstrobinList<T> extends Paging {
  items: T[];
  /** As the service counts them. */
  total: number;
  hasNext: boolean;
  /** 100 where a search by subject stops, else null. */
  ceiling: number | null;
  /** Rows of this part that could not be read. */
  unreadable: number;
}

export type PickKind = AstrobinPickKind;

/** Every function throws `ArchiveError`: 'key-needed' without a key or with a wrong one, 'rate-limited' for today. */
export interface AstrobinClient {
  /**
   * Images, newest first unless `order_by` says otherwise. Throws 'invalid-arguments', naming what was probably meant,
   * for parameters that the service would refuse or leave out. At most 25 at once.
   */
  images(
    params: readonly AstrobinParam[],
    paging: PagingWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinList<AstrobinImage>>>;
  /** What is kept of the same part, whatever its age; null where nothing is. Nothing is sent. */
  keptImages(
    params: readonly AstrobinParam[],
    paging: PagingWish,
  ): Promise<Answered<AstrobinList<AstrobinImage>> | null>;
  /** One image by hash; by number where it has no hash, or the service still finds it by that. Throws 'not-found'. */
  image(hashOrId: string, signal: AbortSignal, manner?: Manner): Promise<Answered<AstrobinImage>>;
  /** What is kept of an image, whatever its age; null where nothing is. Nothing is sent. */
  keptImage(hashOrId: string): Promise<Answered<AstrobinImage> | null>;
  /** The states of an image: the first one, then its revisions in order. Nothing is sent for an image without any. */
  revisions(
    image: AstrobinImage,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<RevisionList>>;
  /** The image of the day, or that of so many days back. Throws 'not-found' before the first. */
  imageOfTheDay(
    wish: { back: number },
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinPick>>;
  /** Images of the day, top picks or nominations, newest first. */
  picks(
    kind: PickKind,
    paging: PagingWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinList<AstrobinPick>>>;
  /** What is kept of the same part, whatever its age; null where nothing is. Nothing is sent. */
  keptPicks(
    kind: PickKind,
    paging: PagingWish,
  ): Promise<Answered<AstrobinList<AstrobinPick>> | null>;
  /** Collections: `user`, `name…`, `description…`. */
  collections(
    params: readonly AstrobinParam[],
    paging: PagingWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinList<AstrobinCollection>>>;
  collection(
    id: number,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinCollection>>;
  /** A user by name, exactly as it is written. Throws 'not-found'. */
  user(username: string, signal: AbortSignal, manner?: Manner): Promise<Answered<AstrobinUser>>;
  location(id: number, signal: AbortSignal, manner?: Manner): Promise<Answered<AstrobinPlace>>;
  /** What the service says of the fields of a resource. */
  schema(resource: AstrobinResource, signal: AbortSignal): Promise<Answered<WireObject>>;
  /** Any part of version 1, its body as it came but for key and secret. `url` has neither. */
  get(wish: RawWish, signal: AbortSignal): Promise<RawBody & { url: string }>;
  /**
   * How a search by subject is to be asked so that its ceiling of 100 leaves nothing out, as far as dates tell images
   * apart. Each count is a request, of which there are at most `mostRequests`.
   */
  planSubjects(
    params: readonly AstrobinParam[],
    signal: AbortSignal,
    limits: { mostRequests: number },
  ): Promise<SubjectPlan>;
  /**
   * A part of all images that the other parameters (dates above all) select, and of them those that hold the subject: what
   * a search by subject stops short of. `total` counts those that are looked through.
   */
  walkSubject(
    params: readonly AstrobinParam[],
    paging: PagingWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<Answered<AstrobinList<AstrobinImage>>>;
  /** Asks for the least there is. Never 'unchecked'; what is no answer about the key is thrown. */
  checkAccess(signal: AbortSignal): Promise<Exclude<AstrobinAccess, 'unchecked'>>;
}
