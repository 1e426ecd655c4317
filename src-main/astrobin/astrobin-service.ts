/**
 * Runs in plain Node. AstroBin for the shells: lists as pages of cards, one image with what its view shows, and the keys,
 * of which nothing but their state leaves this process.
 */
import type {
  AstrobinAccess,
  AstrobinCollection,
  AstrobinCollectionPart,
  AstrobinImage,
  AstrobinImageDetail,
  AstrobinKeyGuard,
  AstrobinPage,
  AstrobinParam,
  AstrobinPick,
  AstrobinPickKind,
  AstrobinPickPart,
  AstrobinPlace,
  AstrobinRawAnswer,
  AstrobinRevision,
  AstrobinRevisions,
  AstrobinService,
  AstrobinSubjectPart,
  AstrobinUserDetail,
} from '#contract/astrobin.ts';
import type { DayBudget } from '#contract/day-budget.ts';
import type { AnswerAge } from '#contract/age.ts';
import type { RecordCard, RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { Answered, Manner } from '../http/documents.ts';
import { OpenCrawls } from '../records/open-crawls.ts';
import type { SecretName, SecretsService } from '../secrets/secrets-service.ts';
import type { AstrobinClient, AstrobinList } from '../sources/astrobin/astrobin-client.ts';
import type { RawWish } from '../sources/astrobin/raw.ts';
import { creditLineOf, toSeenRecord } from '../sources/astrobin/record.ts';
import type { AstrobinRecords } from './astrobin-records.ts';
import { crawlImages } from './subject-crawl.ts';
import type { UsersMet } from './users-met.ts';

export interface AstrobinDeps {
  client: AstrobinClient;
  records: AstrobinRecords;
  secrets: SecretsService;
  users: UsersMet;
  /** True where the keys in use are the sample archive's own. */
  isSample(): boolean;
  budget(): DayBudget | null;
  address(): URL;
  ready(): Promise<void>;
}

export interface PageWish {
  offset: number;
  limit: number;
}

/** Bodies larger than this are for a terminal's pipe, not for a contract's answer. */
const mostRawChars = 32 * 1024 * 1024;

export class AstrobinShellService {
  readonly #deps: AstrobinDeps;
  readonly #crawls = new OpenCrawls<AstrobinSubjectPart>();
  /** What AstroBin last said of the keys; forgotten when they change. */
  #answer: 'unchecked' | 'accepted' | 'bad-key' = 'unchecked';

  constructor(deps: AstrobinDeps) {
    this.#deps = deps;
  }

  async service(): Promise<AstrobinService> {
    const { secrets, budget, address, isSample } = this.#deps;
    const keys = isSample()
      ? { from: 'environment' as const, hasKeyring: false, isLost: false }
      : await secrets.state();
    const access: AstrobinAccess = keys.from === null ? 'no-key' : this.#answer;
    return { keys, access, budget: budget(), address: address().href.replace(/\/$/, '') };
  }

  async checkKeys(signal: AbortSignal): Promise<AstrobinService> {
    await this.#deps.ready();
    const access = await this.#deps.client.checkAccess(signal);
    this.#answer = access === 'no-key' ? 'unchecked' : access;
    return this.service();
  }

  async storeKeys(
    keys: { key: string; secret: string },
    guard: AstrobinKeyGuard,
  ): Promise<AstrobinService> {
    await this.#deps.secrets.store(keys, guard);
    this.#answer = 'unchecked';
    return this.service();
  }

  async storeSecret(name: SecretName, text: string): Promise<AstrobinService> {
    this.#deps.secrets.storeOne(name, text);
    this.#answer = 'unchecked';
    return this.service();
  }

  async forgetKeys(): Promise<AstrobinService> {
    this.#deps.secrets.forget();
    this.#answer = 'unchecked';
    return this.service();
  }

  async images(
    params: readonly AstrobinParam[],
    wish: PageWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<AstrobinPage> {
    const { client } = this.#deps;
    return this.#toPage(await this.#asked(() => client.images(params, wish, signal, manner)));
  }

  async cachedImages(
    params: readonly AstrobinParam[],
    wish: PageWish,
  ): Promise<AstrobinPage | null> {
    const kept = await this.#deps.client.keptImages(params, wish);
    return kept === null ? null : this.#toPage(kept);
  }

  async image(ref: RecordRef, signal: AbortSignal, manner?: Manner): Promise<AstrobinImageDetail> {
    const { records } = this.#deps;
    return this.#toDetail(await this.#asked(() => records.image(ref, signal, manner)));
  }

  async cachedImage(ref: RecordRef): Promise<AstrobinImageDetail | null> {
    const kept = await this.#deps.records.keptImage(ref);
    return kept === null ? null : this.#toDetail(kept);
  }

  async revisions(
    ref: RecordRef,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<AstrobinRevisions> {
    const { client, records } = this.#deps;
    const { value, age } = await this.#asked(async () => {
      const { value: image } = await records.image(ref, signal);
      return client.revisions(image, signal, manner);
    });
    return { ...value, pictures: records.pictures(value.revisions.flatMap(picturesOf)), age };
  }

  async picks(
    kind: AstrobinPickKind,
    wish: PageWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<AstrobinPickPart> {
    const { client } = this.#deps;
    return this.#toPicks(await this.#asked(() => client.picks(kind, wish, signal, manner)));
  }

  async cachedPicks(kind: AstrobinPickKind, wish: PageWish): Promise<AstrobinPickPart | null> {
    const kept = await this.#deps.client.keptPicks(kind, wish);
    return kept === null ? null : this.#toPicks(kept);
  }

  async user(username: string, signal: AbortSignal, manner?: Manner): Promise<AstrobinUserDetail> {
    const { client, records, users } = this.#deps;
    const { value: user, age } = await this.#asked(() => client.user(username, signal, manner));
    users.meet([user.username]);
    const { avatarUrl } = user;
    const avatar = avatarUrl === null ? null : (records.pictures([avatarUrl])[avatarUrl] ?? null);
    return { user, avatar, age };
  }

  /** Names of users that were met, the latest first. Asks nobody. */
  usersMet(): string[] {
    return this.#deps.users.names();
  }

  /** With the answers that they stood in. */
  forgetUsersMet(): void {
    this.#deps.users.clear();
  }

  async collections(
    params: readonly AstrobinParam[],
    wish: PageWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<AstrobinCollectionPart> {
    const { client } = this.#deps;
    const { value, age } = await this.#asked(() =>
      client.collections(params, wish, signal, manner),
    );
    const { items: collections, ...rest } = value;
    return { ...partOf(rest), collections, age };
  }

  async collection(
    id: number,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<{ collection: AstrobinCollection; age: AnswerAge }> {
    const { client } = this.#deps;
    const { value, age } = await this.#asked(() => client.collection(id, signal, manner));
    return { collection: value, age };
  }

  async place(id: number, signal: AbortSignal): Promise<{ place: AstrobinPlace; age: AnswerAge }> {
    const { client } = this.#deps;
    const { value, age } = await this.#asked(() => client.location(id, signal));
    return { place: value, age };
  }

  openCrawl(params: readonly AstrobinParam[], walk: boolean): string {
    const { client } = this.#deps;
    return this.#crawls.open((signal) => this.#crawlParts(client, { params, walk }, signal));
  }

  nextOfCrawl(id: string, signal: AbortSignal): Promise<AstrobinSubjectPart> {
    return this.#asked(() => this.#crawls.next(id, signal));
  }

  closeCrawl(id: string): void {
    this.#crawls.close(id);
  }

  async get(wish: RawWish, signal: AbortSignal): Promise<AstrobinRawAnswer> {
    const { client } = this.#deps;
    const { url, contentType, text } = await this.#asked(() => client.get(wish, signal));
    if (text.length <= mostRawChars) return { url, contentType, text };
    throw new ArchiveError({
      code: 'bad-answer',
      message: 'The answer is larger than 32 MB and was left. Ask for a part of it.',
      retryable: false,
    });
  }

  dispose(): void {
    this.#crawls.dispose();
  }

  async *#crawlParts(
    client: AstrobinClient,
    wish: { params: readonly AstrobinParam[]; walk: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<AstrobinSubjectPart> {
    for await (const { images, ...part } of crawlImages(client, wish, signal)) {
      const cards = images.map((image) => this.#deps.records.toCard(image));
      this.#meet(cards);
      yield { ...part, cards };
    }
  }

  #meet(cards: readonly RecordCard[]): void {
    this.#deps.users.meet(cards.map(({ record }) => record.credit));
  }

  /** Asks, and takes from the answer whether the keys are accepted. */
  async #asked<T>(work: () => Promise<T>): Promise<T> {
    await this.#deps.ready();
    try {
      return await work();
    } catch (error) {
      const isKey = error instanceof ArchiveError && error.code === 'key-needed';
      if (isKey && !this.#deps.isSample()) {
        const { from } = await this.#deps.secrets.state();
        this.#answer = from === null ? 'unchecked' : 'bad-key';
      }
      throw error;
    }
  }

  #toPage({ value, age }: Answered<AstrobinList<AstrobinImage>>): AstrobinPage {
    if (age.origin === 'network') this.#answer = 'accepted';
    const { items, ceiling, ...rest } = value;
    const cards = items.map((image) => this.#deps.records.toCard(image));
    this.#meet(cards);
    return { ...partOf(rest), cards, ceiling, age };
  }

  #toDetail({ value: image, age }: Answered<AstrobinImage>): AstrobinImageDetail {
    if (age.origin === 'network') this.#answer = 'accepted';
    const { records } = this.#deps;
    const card = records.toCard(image);
    this.#meet([card]);
    return {
      image,
      card,
      pictures: records.pictures([...picturesOf(image), image.histogramUrl]),
      creditLine: creditLineOf(toSeenRecord(image).record),
      age,
    };
  }

  async #toPicks({ value, age }: Answered<AstrobinList<AstrobinPick>>): Promise<AstrobinPickPart> {
    if (age.origin === 'network') this.#answer = 'accepted';
    const { records } = this.#deps;
    const { items, ...rest } = value;
    const picks = await Promise.all(
      items.map(async (pick) => {
        const kept = pick.image === null ? null : await records.keptImage(pick.image);
        return { pick, card: kept === null ? null : records.toCard(kept.value) };
      }),
    );
    return { ...partOf(rest), picks, age };
  }
}

type Part = Omit<AstrobinList<never>, 'items' | 'ceiling'>;

function partOf({ total, offset, limit, hasNext, unreadable }: Part): Part {
  return { total, offset, limit, hasNext, unreadable };
}

type Pictured = Pick<AstrobinRevision, 'renditions' | 'solution'>;

function picturesOf({ renditions, solution }: Pictured): (string | null)[] {
  return [...renditions.map(({ url }) => url), solution.overlayUrl, solution.skyPlotUrl];
}
