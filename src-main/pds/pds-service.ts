/**
 * Runs in plain Node. The PDS registry for the shells: lists by position, products with their place in the tree, whole
 * lists part by part, any route as it is.
 */
import type { AnswerAge } from '#contract/age.ts';
import type { RecordRef } from '#contract/domain.ts';
import { toRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type {
  PdsCrawlPart,
  PdsCrawlTarget,
  PdsListing,
  PdsListPart,
  PdsProductDetail,
  PdsRawAnswer,
  PdsService,
  PdsVersion,
} from '#contract/pds-lists.ts';
import type { PdsPage, PdsProduct, PdsPropertyType } from '#contract/pds.ts';
import type { Answered, Manner } from '../http/documents.ts';
import type { PdsRegistryClient } from '../sources/pds-registry/client.ts';
import type { ListTarget } from '../sources/pds-registry/lists.ts';
import { compareVersions } from '#contract/pds-versions.ts';
import { citationOf } from './citation.ts';
import { pdsIdOf, targetOf } from './listing-target.ts';
import { OpenCrawls } from '../records/open-crawls.ts';
import { crawlParts } from './crawl-parts.ts';

export interface PdsDeps {
  client: PdsRegistryClient;
  /** Resolves when the archive may be asked: the sample archive needs a moment to start. */
  ready(): Promise<void>;
}

export interface PartWish {
  /** 0-based position of the first product, and how many. */
  from: number;
  count: number;
}

/** A product is in this many collections at most, as far as its places in the tree are looked up. */
const mostChains = 6;
/** Bodies larger than this are for a terminal's pipe, not for a contract's answer. */
const mostRawChars = 32 * 1024 * 1024;

export class PdsRegistryService {
  readonly #client: PdsRegistryClient;
  readonly #ready: () => Promise<void>;
  readonly #crawls = new OpenCrawls<PdsCrawlPart>();

  constructor({ client, ready }: PdsDeps) {
    this.#client = client;
    this.#ready = ready;
  }

  /** A part of a list. Throws `ArchiveError`. */
  async list(
    listing: PdsListing,
    { from, count }: PartWish,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<PdsListPart> {
    await this.#ready();
    const { target, notes } = targetOf(listing);
    const page = await this.#client.list(target, { from, count }, signal, manner);
    return this.#toPart(page, from, notes);
  }

  /** What is kept of a part, at once; null where nothing is. */
  async cachedList(listing: PdsListing, { from, count }: PartWish): Promise<PdsListPart | null> {
    const { target, notes } = targetOf(listing);
    const page = await this.#client.keptList(target, { from, count });
    return page === null ? null : this.#toPart(page, from, notes);
  }

  #toPart(page: PdsPage, from: number, notes: string[]): PdsListPart {
    return { ...page, from, canSkip: this.#client.known()?.dialect === '1.3', notes };
  }

  /** A product with its versions and the places that it has in the tree. */
  async product(ref: RecordRef, signal: AbortSignal, manner?: Manner): Promise<PdsProductDetail> {
    await this.#ready();
    const found = await this.#client.product(pdsIdOf(ref), signal, manner);
    const product = found.value;
    const missing: PdsProductDetail['missing'] = [];
    const part = async <T>(
      name: 'parents' | 'versions',
      work: Promise<T>,
      fallback: T,
    ): Promise<T> => {
      try {
        return await work;
      } catch (error) {
        if (!(error instanceof ArchiveError) || isCancelled(error)) throw error;
        missing.push({ part: name, reason: error.message });
        return fallback;
      }
    };
    const [chains, versions] = await Promise.all([
      part('parents', this.#chainsOf(product, signal, manner), []),
      part('versions', this.#versionsOf(product, signal, manner), [toVersion(product, true)]),
    ]);
    return { product, chains, versions, citation: citationOf(product), missing, age: found.age };
  }

  async #chainsOf(
    product: PdsProduct,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<PdsProduct[][]> {
    if (product.level === 'bundle') return [];
    const above = await this.#client.parents(product.lidvid, signal, manner);
    const nearest = newestOfEach(above.products, product.lid).slice(0, mostChains);
    if (product.level === 'collection') return nearest.map((bundle) => [bundle]);
    const chains = await Promise.all(
      nearest.map(async (collection) => {
        const bundles = await this.#client.parents(collection.lidvid, signal, manner);
        const holders = newestOfEach(bundles.products, product.lid);
        return holders.length === 0
          ? [[collection]]
          : holders.map((bundle) => [bundle, collection]);
      }),
    );
    return chains.flat().slice(0, mostChains);
  }

  async #versionsOf(
    product: PdsProduct,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<PdsVersion[]> {
    const { products } = await this.#client.versions(product.lid, signal, manner);
    return products.map((one, at) => toVersion(one, at === 0));
  }

  /** What holds a product, one level up. */
  async parents(ref: RecordRef, signal: AbortSignal): Promise<PdsPage> {
    await this.#ready();
    return this.#client.parents(pdsIdOf(ref), signal);
  }

  /** All versions of a lid, newest first by number. */
  async versions(ref: RecordRef, signal: AbortSignal): Promise<PdsPage> {
    await this.#ready();
    return this.#client.versions(pdsIdOf(ref), signal);
  }

  /** Every name that queries may use. */
  async properties(
    signal: AbortSignal,
  ): Promise<{ properties: PdsPropertyType[]; age: AnswerAge }> {
    await this.#ready();
    const { value, age }: Answered<PdsPropertyType[]> = await this.#client.properties(signal);
    return { properties: value, age };
  }

  async service(signal: AbortSignal): Promise<PdsService> {
    await this.#ready();
    return this.#client.registry(signal);
  }

  /** Begins to go through all of a list. */
  openCrawl(target: PdsCrawlTarget): string {
    const { target: list, notes } = crawlTargetOf(target);
    return this.#crawls.open((signal) => crawlParts(this.#client.crawl(list, { signal }), notes));
  }

  async nextOfCrawl(id: string, signal: AbortSignal): Promise<PdsCrawlPart> {
    await this.#ready();
    return this.#crawls.next(id, signal);
  }

  closeCrawl(id: string): void {
    this.#crawls.close(id);
  }

  /** Any route, its answer as it came. */
  async get(
    path: string,
    params: readonly (readonly [string, string])[],
    accept: string | undefined,
    signal: AbortSignal,
  ): Promise<PdsRawAnswer> {
    await this.#ready();
    const parameters: Record<string, string | string[]> = {};
    for (const [name, value] of params) {
      const before = parameters[name];
      parameters[name] = before === undefined ? value : [before, value].flat();
    }
    const answer = await this.#client.get(path, parameters, accept ?? 'application/json', signal);
    const body = answer.body.toString('utf8');
    if (body.length > mostRawChars) throw tooLong();
    return { status: answer.status, contentType: answer.contentType, body, notes: answer.notes };
  }

  dispose(): void {
    this.#crawls.dispose();
  }
}

function crawlTargetOf(target: PdsCrawlTarget): { target: ListTarget; notes: string[] } {
  if (target.kind === 'products') {
    const { q, keywords, class: group } = target;
    return { target: { kind: 'search', q, keywords, class: group }, notes: [] };
  }
  if (target.kind !== 'relatives') return targetOf(target);
  const kind = target.of === 'members-of-members' ? 'membersOfMembers' : target.of;
  return { target: { kind, id: pdsIdOf(target.ref) }, notes: [] };
}

/** The newest version of each that holds a product, its own bundle or collection first. */
function newestOfEach(holders: readonly PdsProduct[], lid: string): PdsProduct[] {
  const newest = new Map<string, PdsProduct>();
  for (const one of holders) {
    const before = newest.get(one.lid);
    if (before === undefined || compareVersions(one.version, before.version) > 0) {
      newest.set(one.lid, one);
    }
  }
  const isOwn = (one: PdsProduct): boolean => lid.startsWith(`${one.lid}:`);
  return [...newest.values()].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
}

const modified = 'pds:Modification_Detail.pds:modification_date';

function toVersion({ lidvid, version, properties }: PdsProduct, isNewest: boolean): PdsVersion {
  const dates = properties.find(({ name }) => name === modified)?.values ?? [];
  // The registry's own choice is the first in the label's order, which need not be the newest.
  const newest = dates
    .map((text) => Date.parse(text))
    .filter((ms) => !Number.isNaN(ms))
    .reduce<number | null>((most, ms) => Math.max(most ?? ms, ms), null);
  return {
    ref: toRef('pds-registry', lidvid),
    lidvid,
    version,
    modified: newest === null ? null : new Date(newest).toISOString(),
    isNewest,
  };
}

function tooLong(): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message:
      'The answer is longer than 32 million letters. Nothing was lost. Ask for fewer products at a time, with limit.',
    retryable: false,
  });
}
