/** What shells may ask of AstroBin: a part of the contract (contract.ts). */
import * as v from 'valibot';
import type { AnswerAge } from './age.ts';
import {
  astrobinKeyGuards,
  astrobinPickKinds,
  astrobinResources,
  type AstrobinCollection,
  type AstrobinCollectionPart,
  type AstrobinImageDetail,
  type AstrobinPage,
  type AstrobinParamProblem,
  type AstrobinPickPart,
  type AstrobinPlace,
  type AstrobinRawAnswer,
  type AstrobinRevisions,
  type AstrobinService,
  type AstrobinSubjectPart,
  type AstrobinUserDetail,
} from './astrobin.ts';
import { endpoint } from './endpoint.ts';
import * as s from './schemas.ts';

const params = v.pipe(v.array(v.tuple([s.shortText, s.shortText])), v.maxLength(100));
const refresh = v.optional(v.boolean(), false);
const offset = v.optional(s.position, 0);
const limit = v.optional(s.count(25), 25);
const number = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4_294_967_295));
const secret = v.pipe(v.string(), v.maxLength(1000));
const listed = { params: v.optional(params, []), offset, limit };
const picked = { kind: v.picklist(astrobinPickKinds), offset, limit };
const collected = {
  /** Exactly as the user's name is written; all users' collections where it is left out. */
  user: v.optional(s.shortText),
  name: v.optional(s.shortText),
  offset,
  limit,
};

/** Everything throws 'key-needed' where there is no key, or AstroBin refused it; 'rate-limited' for today's limit. */
export const astrobinCalls = {
  /** What is known of the keys, whether they were accepted, and what is left for today. Asks nobody. */
  service: endpoint<AstrobinService>()(s.nothing),
  /** Asks AstroBin whether it accepts the keys: one request. */
  checkKeys: endpoint<AstrobinService>()(s.nothing),
  /** Keeps key and secret; 'forbidden' where a keyring is asked for and the system has none. */
  storeKeys: endpoint<AstrobinService>()(
    v.strictObject({ key: secret, secret, guard: v.picklist(astrobinKeyGuards) }),
  ),
  /** One of the two in plain text in the profile, for the terminal. */
  storeSecret: endpoint<AstrobinService>()(
    v.strictObject({ name: v.picklist(['astrobin.key', 'astrobin.secret']), text: secret }),
  ),
  forgetKeys: endpoint<AstrobinService>()(s.nothing),
  /** What the service would refuse, or leave out without a word. Asks nobody. */
  checkParams: endpoint<{ problems: AstrobinParamProblem[] }>()(
    v.strictObject({ resource: v.picklist(astrobinResources), params }),
  ),
  /** Images by the service's own parameters; 'invalid-arguments' for what `checkParams` finds. */
  images: endpoint<AstrobinPage>()(v.strictObject({ ...listed, refresh })),
  cachedImages: endpoint<{ page: AstrobinPage | null }>()(v.strictObject(listed)),
  /** One image by hash or number. */
  image: endpoint<AstrobinImageDetail>()(v.strictObject({ ref: s.recordRef, refresh })),
  cachedImage: endpoint<{ detail: AstrobinImageDetail | null }>()(
    v.strictObject({ ref: s.recordRef }),
  ),
  /** Its states, the first one among them. */
  revisions: endpoint<AstrobinRevisions>()(v.strictObject({ ref: s.recordRef, refresh })),
  /** Images of the day, top picks or nominations, newest first; with the cards of those that were seen before. */
  picks: endpoint<AstrobinPickPart>()(v.strictObject({ ...picked, refresh })),
  cachedPicks: endpoint<{ part: AstrobinPickPart | null }>()(v.strictObject(picked)),
  /** A user by name, exactly as it is written. */
  user: endpoint<AstrobinUserDetail>()(
    v.strictObject({ username: v.pipe(s.shortText, v.minLength(1)), refresh }),
  ),
  /** Names of users that stood below images which were seen, the latest first. Asks nobody. */
  usersMet: endpoint<{ names: string[] }>()(s.nothing),
  collections: endpoint<AstrobinCollectionPart>()(v.strictObject({ ...collected, refresh })),
  collection: endpoint<{ collection: AstrobinCollection; age: AnswerAge }>()(
    v.strictObject({ id: number, refresh }),
  ),
  place: endpoint<{ place: AstrobinPlace; age: AnswerAge }>()(v.strictObject({ id: number })),
  /**
   * Begins to list all images of a search, past the 100 at which a search by subject stops; `nextOfCrawl` gives
   * them part by part, each image once. `walk`: all images of the dates are looked through where slices leave some out.
   */
  openCrawl: endpoint<{ id: string }>()(
    v.strictObject({ params, walk: v.optional(v.boolean(), false) }),
  ),
  nextOfCrawl: endpoint<AstrobinSubjectPart>()(v.strictObject({ id: s.itemId })),
  closeCrawl: endpoint<null>()(v.strictObject({ id: s.itemId })),
  /** Any part of version 1, its body as it came but for key and secret. */
  get: endpoint<AstrobinRawAnswer>()(
    v.strictObject({
      resource: v.nullable(v.picklist(astrobinResources)),
      id: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(4096))), null),
      params: v.optional(params, []),
    }),
  ),
};
