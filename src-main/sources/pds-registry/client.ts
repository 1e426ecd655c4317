/**
 * Runs in plain Node. The PDS registry, asked: through the cache where something is shown, straight over the network
 * where it is wanted once (crawls, health, `pds get`). Callers do not see which dialect the service speaks, nor where
 * it lives now.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { PdsPage, PdsProduct, PdsPropertyType } from '#contract/pds.ts';
import {
  createPlainDocuments,
  type Answered,
  type Documents,
  type Manner,
  type Question,
} from '../../http/documents.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { asWrongKind, contradicts, forDialect, RegistryAsker, type Part } from './asking.ts';
import { createCrawl, type CrawlOptions, type PdsCrawl } from './crawl.ts';
import type { CrawlSource } from './crawl-run.ts';
import type { DialectStore, KnownRegistry } from './dialect.ts';
import { askHealth, type RegistryHealth } from './health.ts';
import { compareVersions } from '#contract/pds-versions.ts';
import {
  crawlSourceOf,
  pageAddress,
  type ListTarget,
  type RelativesTarget,
  type SearchTarget,
} from './lists.ts';
import { queriesForCrawl } from './or-fault.ts';
import { askRaw, type RawAnswer } from './passthrough.ts';
import * as questions from './questions.ts';
import { RegistryFinder } from './registry-finder.ts';
import { listOf, matchPath, planRequest, type Parameters } from './routes.ts';

export interface PdsRegistryOptions {
  http: HttpClient;
  /** The configured address, asked anew for each request: live and sample can change places while we run. */
  address: () => URL;
  /** What stands between us and the network; nothing where this is left out. */
  documents?: Documents;
  /** Where it is kept what was found out about an address. */
  dialectStore: DialectStore;
  nowMs: () => number;
  /** 0 to 1, as Math.random; Math.random when left out. */
  random?: () => number;
  /** Told where the registry was found, and what it speaks. */
  onFound?: (configured: string, found: KnownRegistry) => void;
}

export interface PdsRegistryClient {
  /** Where the registry is and what it speaks, as far as that is known; null before first contact. */
  known(): KnownRegistry | null;
  /** The same, found out if need be. Throws `ArchiveError` when no registry answers. */
  registry(signal: AbortSignal): Promise<KnownRegistry>;
  /** One part of the products that a search selects; latest versions only. */
  search(
    target: Omit<SearchTarget, 'kind'>,
    part: Part,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<PdsPage>;
  /** A part of any list, as `search`, `members` and their like. */
  list(target: ListTarget, part: Part, signal: AbortSignal, manner?: Manner): Promise<PdsPage>;
  /** What is kept of a part, at once; null where nothing is, or where it isn't known which registry is there. */
  keptList(target: ListTarget, part: Part): Promise<PdsPage | null>;
  /** One product. A lid means its latest version. Throws 'not-found'. */
  product(id: string, signal: AbortSignal, manner?: Manner): Promise<Answered<PdsProduct>>;
  /** What is kept of a product, at once; null where nothing is. */
  keptProduct(id: string): Promise<Answered<PdsProduct> | null>;
  /** All versions of a lid (or of a lidvid's lid), newest first. */
  versions(id: string, signal: AbortSignal, manner?: Manner): Promise<PdsPage>;
  /** Collections of a bundle, products of a collection. Throws 'refused-by-archive' for what has no members. */
  members(
    id: string,
    part: Part & Pick<RelativesTarget, 'versions'>,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<PdsPage>;
  /** Products of a bundle. */
  membersOfMembers(id: string, part: Part, signal: AbortSignal, manner?: Manner): Promise<PdsPage>;
  /** Collections of a product, bundles of a collection. */
  parents(id: string, signal: AbortSignal, manner?: Manner): Promise<PdsPage>;
  /** Names that queries may use, with their types. */
  properties(signal: AbortSignal, manner?: Manner): Promise<Answered<PdsPropertyType[]>>;
  /** Names of classes, as the service calls them. */
  classes(signal: AbortSignal, manner?: Manner): Promise<Answered<string[]>>;
  /** The label as XML, from the registry's own copy. */
  label(id: string, signal: AbortSignal, manner?: Manner): Promise<Answered<string>>;
  /** Asks the service how it is. An ill one (418) is an answer. */
  health(signal: AbortSignal): Promise<RegistryHealth>;
  /**
   * Any route, by its path in 1.3 or now: the answer as it came, whatever its status, and what had to be changed to
   * ask it. Throws 'invalid-arguments' for what is no route, 'refused-by-archive' for what the service can't be asked.
   */
  get(
    path: string,
    parameters: Parameters,
    accept: string,
    signal: AbortSignal,
  ): Promise<RawAnswer & { notes: string[] }>;
  /** Every product of a list. `fields` bounds what comes of each. */
  crawl(target: ListTarget, options: CrawlOptions & { fields?: readonly string[] }): PdsCrawl;
}

/** More versions than this of one product there are not. */
const mostVersions = 500;

/** Builds the client. */
export function createPdsRegistryClient(options: PdsRegistryOptions): PdsRegistryClient {
  const { http, address, dialectStore: store, onFound, nowMs } = options;
  const finder = new RegistryFinder({ http, address, store, onFound });
  const documents = options.documents ?? createPlainDocuments(http, nowMs);
  const client = new RegistryAsker(http, documents, finder);
  const relatives = (
    kind: RelativesTarget['kind'],
    id: string,
    part: Part & Pick<RelativesTarget, 'versions'>,
    signal: AbortSignal,
    manner?: Manner,
  ): Promise<PdsPage> => client.part({ kind, id, versions: part.versions }, part, signal, manner);
  return {
    known: () => finder.known(),
    registry: (signal) => finder.find(signal),
    search: (target, part, signal, manner) =>
      client.part({ kind: 'search', ...target }, part, signal, manner),
    list: (target, part, signal, manner) => client.part(target, part, signal, manner),
    keptList: (target, part) => client.keptPart(target, part),
    product: (id, signal, manner) =>
      client.ask((known) => questions.productQuestion(known, id), signal, manner),
    keptProduct: async (id) => {
      const known = finder.known();
      return known === null ? null : documents.kept(questions.productQuestion(known, id));
    },
    versions: async (id, signal, manner) => {
      const page = await relatives('versions', id, { count: mostVersions }, signal, manner);
      const newest = page.products.toSorted((a, b) => compareVersions(b.version, a.version));
      return { ...page, products: newest };
    },
    members: (id, part, signal, manner) => relatives('members', id, part, signal, manner),
    membersOfMembers: (id, part, signal, manner) =>
      relatives('membersOfMembers', id, part, signal, manner),
    parents: (id, signal, manner) => relatives('parents', id, {}, signal, manner),
    properties: (signal, manner) => client.ask(questions.propertiesQuestion, signal, manner),
    classes: (signal, manner) => client.ask(questions.classesQuestion, signal, manner),
    label: (id, signal, manner) =>
      client.ask((known) => questions.labelQuestion(known, id), signal, manner),
    health: async (signal) => askHealth(http, await finder.find(signal), nowMs, signal),
    get: (path, parameters, accept, signal) =>
      getAny(http, client, { path, parameters, accept }, signal),
    crawl: (target, how) => crawlList(client, target, how, options.random ?? Math.random),
  };
}

interface Wanted {
  path: string;
  parameters: Parameters;
  accept: string;
}

async function getAny(
  http: HttpClient,
  client: RegistryAsker,
  { path, parameters, accept }: Wanted,
  signal: AbortSignal,
): Promise<RawAnswer & { notes: string[] }> {
  const { place, route, asked } = readPath(path, parameters);
  const known = await client.finder.find(signal);
  const plan = planRequest(route, place, asked, known.dialect);
  let { target } = plan;
  if (plan.skip > 0) {
    const after = await client.skip(known, target, plan.skip, signal);
    const joint = target.includes('?') ? '&' : '?';
    target += `${joint}sort=lidvid${after === undefined ? '&limit=0' : `&search-after=${encodeURIComponent(after ?? '')}`}`;
  }
  const answer = await askRaw(http, known.address + target, accept, signal);
  return { ...answer, notes: plan.notes };
}

function crawlList(
  client: RegistryAsker,
  target: ListTarget,
  options: CrawlOptions & { fields?: readonly string[] },
  random: () => number,
): PdsCrawl {
  const { signal, fields } = options;
  const sourcesOf = async (): Promise<CrawlSource[]> => {
    const known = await settled(client, target, signal);
    const targets =
      known.dialect === '1.3' && target.kind === 'search' && target.q !== undefined
        ? queriesForCrawl(target.q).map((q) => ({ ...target, q }))
        : [target];
    return targets.map((one) =>
      crawlSourceOf(known, one, fields, async (url) => {
        const answer = await client.askPage(known, url, signal, 1).catch((error: unknown) => {
          throw asWrongKind(error);
        });
        if (contradicts(known, answer.dialect)) throw changedUnderway();
        return answer;
      }),
    );
  };
  return createCrawl(sourcesOf, options, { random, wait: waitMs });
}

/** The registry, after one answer to this very list has shown that it still is what we know. */
async function settled(
  client: RegistryAsker,
  target: ListTarget,
  signal: AbortSignal,
): Promise<KnownRegistry> {
  const make = (known: KnownRegistry): Promise<Question<questions.ListValue>> => {
    const url = pageAddress(known, forDialect(target, known), { limit: 1 });
    return Promise.resolve(questions.listQuestion(known, url, 'search', null));
  };
  const fresh: Manner = { refresh: true };
  await client.ask(make, signal, fresh).catch((error: unknown) => {
    throw asWrongKind(error);
  });
  return client.finder.find(signal);
}

function readPath(path: string, parameters: Parameters) {
  const at = path.indexOf('?');
  const match = matchPath(at < 0 ? path : path.slice(0, at));
  if (match === null) {
    throw new ArchiveError({
      code: 'invalid-arguments',
      message: `“${path.slice(0, 200)}” is no route of the PDS registry. Nothing was sent. Routes begin with /products, /classes, /bundles, /collections, /properties or /healthcheck.`,
      retryable: false,
    });
  }
  const inPath = at < 0 ? [] : [...new URLSearchParams(path.slice(at + 1))];
  const asked: Record<string, Parameters[string]> = {};
  for (const [name, value] of inPath) {
    const before = asked[name];
    // fields=a&fields=b means the same as fields=a,b.
    asked[name] = before === undefined ? value : [...listOf(before), value];
  }
  return { ...match, asked: { ...asked, ...parameters } };
}

function changedUnderway(): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message:
      'The PDS registry was replaced by another version while all of a list was fetched. What came stays. List it anew.',
    retryable: false,
  });
}

function waitMs(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
