/**
 * Runs in a page. The registry for the fake core. Knobs: `members` of a collection of derived data (1,206 unless
 * told), `skip` = no (lists can only be gone on with), `hangFrom` (parts from this row on never come), `unreadable`
 * (rows of each part that could not be read), `notes` (a sentence of each part), `copy` = same | older (a kept copy of
 * every list), `fail` = members (the lists of raw data fail the first time) | product | parents | versions | context,
 * `dialect` = current, and `state` as for everything else; those of queries in fake-query.ts.
 */
import type { Handlers } from '#contract/api.ts';
import type { PdsFilter, PdsListing, PdsListPart } from '#contract/pds-lists.ts';
import type { PdsProduct } from '#contract/pds.ts';
import { ArchiveError } from '#contract/errors.ts';
import { justNow } from './fake-records.ts';
import { later } from './later.ts';
import {
  bundleAt,
  bundleCount,
  chainsOf,
  collectionAt,
  contextProducts,
  fakeProduct,
  oldVersions,
  productAt,
  versionsOf,
  withOldVersions,
} from './fake-registry.ts';
import { propertiesNow, queryPart } from './fake-query.ts';

interface Context {
  signal: AbortSignal;
}
type Knobs = Readonly<Record<string, string | undefined>>;
type List = { all: number; at: (index: number) => PdsProduct };

const twoDaysMs = 2 * 24 * 3_600_000;

function refuse(what: string): never {
  const message = `The registry didn’t answer for ${what}. We tried three times in 40 seconds.`;
  throw new ArchiveError({ code: 'unavailable', message, retryable: true, retryAfterMs: 52_000 });
}

function bundlesOf(filter: PdsFilter, knobs: Knobs): List {
  const isNothing = filter.text?.includes('nothing') === true || knobs['state'] === 'empty';
  const isNarrow = filter.instrument !== undefined || filter.investigation !== undefined;
  const isFar = filter.target?.endsWith('mercury') === true;
  const all = isNothing || (isNarrow && isFar) ? 0 : isFar ? 31 : isNarrow ? 12 : bundleCount;
  return { all, at: bundleAt };
}

function listOf(of: PdsListing, knobs: Knobs): List {
  const members = Number(knobs['members'] ?? 1206);
  if (of.kind === 'bundles') return bundlesOf(of.filter, knobs);
  if (of.kind === 'query') {
    return { all: members, at: (at) => productAt('urn:nasa:pds:made_0:data_derived', at) };
  }
  if (of.kind === 'context') {
    const found = contextProducts(of.of, of.text);
    return { all: found.length, at: (at) => found[at] ?? bundleAt(0) };
  }
  const { lid, level } = fakeProduct(of.ref);
  if (level === 'bundle') return { all: 3, at: (at) => collectionAt(lid, at) };
  if (level === 'product') return { all: 0, at: bundleAt };
  const all = lid.endsWith('data_derived') ? members : lid.endsWith('document') ? 0 : 9;
  return of.versions === 'all' && all > 0
    ? { all: all + oldVersions.length, at: (at) => withOldVersions(lid, at) }
    : { all, at: (at) => productAt(lid, at) };
}

function partOf({ all, at }: List, from: number, count: number, knobs: Knobs): PdsListPart {
  const given = Math.max(0, Math.min(count, all - from));
  const unreadable = Math.min(given, Number(knobs['unreadable'] ?? 0));
  return {
    products: Array.from({ length: given - unreadable }, (_, index) => at(from + index)),
    hits: all,
    unreadable,
    age: justNow(),
    from,
    canSkip: knobs['skip'] !== 'no',
    notes: knobs['notes'] === undefined ? [] : [knobs['notes']],
  };
}

/** Builds the handlers; `troubled` makes them slow or fail as the knobs say. */
export function createFakePds(
  knobs: Knobs,
  troubled: (signal: AbortSignal) => Promise<void>,
): Handlers<Context>['pds'] {
  let hasFailed = false;
  const list: Handlers<Context>['pds']['list'] = async ({ of, from, count }, { signal }) => {
    await troubled(signal);
    if (from >= Number(knobs['hangFrom'] ?? Infinity)) await later(3_600_000, signal);
    if (of.kind === 'context' && knobs['fail'] === 'context') refuse('this list');
    const isRaw = of.kind === 'members' && of.ref.includes('data_raw');
    if (isRaw && knobs['fail'] === 'members' && !hasFailed) {
      hasFailed = true;
      refuse('this list');
    }
    return givenPart(of, from, count);
  };
  const givenPart = (of: PdsListing, from: number, count: number): PdsListPart => {
    const part = (isNothing: boolean): PdsListPart =>
      partOf(isNothing ? { all: 0, at: bundleAt } : listOf(of, knobs), from, count, knobs);
    return of.kind === 'query' ? queryPart(of.q, from, part, knobs) : part(false);
  };
  const cachedList: Handlers<Context>['pds']['cachedList'] = async ({ of, from, count }) => {
    if (of.kind === 'query' && knobs['keptResults'] === 'yes') {
      const fetchedAtMs = Date.now() - 14 * 60_000;
      const age = { ...justNow(), fetchedAtMs, origin: 'cache' } as const;
      return { part: { ...givenPart(of, from, count), age } };
    }
    if (knobs['copy'] === undefined || of.kind === 'context') return { part: null };
    const whole = listOf(of, knobs);
    // A copy of another day knows fewer bundles.
    const isOlder = knobs['copy'] === 'older' && of.kind === 'bundles';
    const part = partOf({ ...whole, all: isOlder ? 40 : whole.all }, from, count, knobs);
    const age = { fetchedAtMs: Date.now() - twoDaysMs, origin: 'cache', isStale: true } as const;
    return {
      part: part.products.length === 0 ? null : { ...part, age: { ...age, problem: null } },
    };
  };
  const page = (products: PdsProduct[]) => ({
    products,
    hits: products.length,
    unreadable: 0,
    age: justNow(),
  });
  return {
    list,
    cachedList,
    product: async ({ ref }, { signal }) => {
      await troubled(signal);
      if (knobs['fail'] === 'product') refuse('this product');
      const product = fakeProduct(ref);
      const lost = (['parents', 'versions'] as const).filter((part) => part === knobs['fail']);
      return {
        product,
        chains: lost.includes('parents') ? [] : chainsOf(product),
        versions: (lost.includes('versions') ? [product] : versionsOf(product)).map((one, at) => ({
          ref: one.ref,
          lidvid: one.lidvid,
          version: one.version,
          modified: `20${19 - at}-09-23T00:00:00Z`,
          isNewest: at === 0,
        })),
        citation:
          product.level === 'bundle'
            ? 'Observer, A., & Maker, B. (2020). Made Radiometer Bundle. NASA Planetary Data System.'
            : null,
        missing: lost.map((part) => ({ part, reason: 'The registry didn’t answer.' })),
        age: justNow(),
      };
    },
    parents: async ({ ref }) =>
      page(chainsOf(fakeProduct(ref)).flatMap((chain) => chain.slice(-1))),
    versions: async ({ ref }) => page(versionsOf(fakeProduct(ref))),
    properties: async (_args, { signal }) => {
      await troubled(signal);
      const fetchedAtMs = Date.now() - 3 * 3_600_000;
      return {
        properties: propertiesNow(knobs),
        age: { ...justNow(), fetchedAtMs, origin: 'cache' },
      };
    },
    openCrawl: async () => ({ id: 'crawl' }),
    nextOfCrawl: async () => {
      throw new ArchiveError({ code: 'not-found', message: 'No crawl here.', retryable: false });
    },
    closeCrawl: async () => null,
    service: async () => ({
      address: 'https://pds.nasa.gov/api/registry/1',
      dialect: knobs['dialect'] === 'current' ? 'current' : '1.3',
    }),
    get: async () => ({ status: 200, contentType: 'application/json', body: '{}', notes: [] }),
  };
}
