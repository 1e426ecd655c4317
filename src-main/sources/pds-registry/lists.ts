/**
 * Runs in plain Node. The lists that the registry can be asked for, said in either dialect: route and parameters of
 * one page, and how a crawl goes through the whole.
 */
import { ArchiveError } from '#contract/errors.ts';
import { currentClassName, groupName, productClassOf } from './class-names.ts';
import type { CrawlSource, PageRequest } from './crawl-run.ts';
import type { KnownRegistry } from './dialect.ts';
import { parseIdentifier } from './identifiers.ts';
import { addressOf } from './questions.ts';
import { joinAnd, keywordsToQuery, literal, rangeQuery, type IdRange } from './query-text.ts';
import type { Parameters, Place } from './routes.ts';

export interface SearchTarget {
  kind: 'search';
  q?: string | undefined;
  /** Words that title or description must hold; they take the place of `q`, as in the service itself. */
  keywords?: readonly string[] | undefined;
  /** A class in either dialect's words: bundles, bundle, Product_Bundle, spice-kernel. */
  class?: string | undefined;
}

export interface RelativesTarget {
  kind: 'members' | 'membersOfMembers' | 'parents' | 'parentsOfParents' | 'versions';
  /** lid or lidvid. */
  id: string;
  /** `all`: superseded versions too (1.3 only). */
  versions?: 'all' | 'latest' | undefined;
}

export type ListTarget = SearchTarget | RelativesTarget;

/** Positions that 1.3 lists of a search: OpenSearch's window, which no address is known to have made smaller. */
export const windowWall = 10_000;

const routesOf = {
  members: 'productMembers',
  membersOfMembers: 'productMembersMembers',
  parents: 'productMemberOf',
  parentsOfParents: 'productMemberOfMemberOf',
  versions: 'productAll',
} as const;

export interface PageWish {
  range?: IdRange;
  after?: string | null;
  start?: number;
  limit: number;
  fields?: readonly string[];
}

/** The address of one page. Throws `ArchiveError` for what the dialect has no way to say. */
export function pageAddress(known: KnownRegistry, target: ListTarget, wish: PageWish): string {
  const { range = { after: null, upTo: null }, after = null, start = 0, limit, fields } = wish;
  const isFirst = known.dialect === '1.3';
  const paging: Parameters = isFirst
    ? { start: start === 0 ? undefined : start, limit }
    : { sort: 'lidvid', 'search-after': after ?? undefined, limit };
  const shared = { ...paging, fields };
  if (target.kind !== 'search') {
    const place = placeOf(target);
    const q = isFirst ? undefined : (rangeQuery(range) ?? undefined);
    const route = routesOf[target.kind] + (place.versions === undefined ? '' : 'Versions');
    return addressOf(known, route, place, { ...shared, q });
  }
  const { route, place, query, keywords } = isFirst ? searchFirst(target) : searchCurrent(target);
  const q = joinAnd([query, rangeQuery(range)]) ?? undefined;
  return addressOf(known, route, place, { ...shared, q, keywords });
}

function placeOf(target: RelativesTarget): Place {
  if (target.kind === 'versions') {
    return { identifier: parseIdentifier(target.id)?.lid ?? target.id };
  }
  return target.versions === 'all'
    ? { identifier: target.id, versions: 'all' }
    : { identifier: target.id };
}

interface Search {
  route: 'productList' | 'classList';
  place: Place;
  query: string | null;
  keywords: readonly string[] | undefined;
}

function searchFirst(target: SearchTarget): Search {
  const keywords = keywordsOf(target);
  const group = target.class === undefined ? null : groupName(target.class);
  const place: Place = group === null ? {} : { class: group };
  const route = group === null ? 'productList' : 'classList';
  if (target.class === undefined || group !== null) {
    const query = keywords === undefined ? queryOf(target) : null;
    return { route, place, query, keywords };
  }
  if (keywords !== undefined) {
    throw refusal(
      `This service has no group for the class “${target.class}”, and with keywords it takes no query that could say it. Leave out one of them.`,
    );
  }
  return { route, place, query: joinAnd([queryOf(target), classQuery(target.class)]), keywords };
}

function searchCurrent(target: SearchTarget): Search {
  const keywords = keywordsOf(target);
  const query = keywords === undefined ? queryOf(target) : keywordsToQuery(keywords);
  const name = target.class === undefined ? null : currentClassName(target.class);
  return name === null
    ? { route: 'productList', place: {}, query, keywords: undefined }
    : { route: 'classList', place: { class: name }, query, keywords: undefined };
}

function keywordsOf({ keywords = [] }: SearchTarget): string[] | undefined {
  const words = keywords.map((word) => word.trim()).filter((word) => word !== '');
  return words.length === 0 ? undefined : words;
}

function queryOf({ q }: SearchTarget): string | null {
  const text = q?.trim() ?? '';
  return text === '' ? null : text;
}

function classQuery(name: string): string {
  const productClass = productClassOf(name);
  if (productClass === null) throw refusal(`There is no class “${name.slice(0, 80)}”.`);
  return `product_class eq ${literal(productClass)}`;
}

/** How the whole of a list is gone through. `ask` asks for one page at an address, once. */
export function crawlSourceOf(
  known: KnownRegistry,
  target: ListTarget,
  fields: readonly string[] | undefined,
  ask: (url: string, request: PageRequest, signal: AbortSignal) => ReturnType<CrawlSource['ask']>,
): CrawlSource {
  const isFirst = known.dialect === '1.3';
  const isSearch = target.kind === 'search';
  const hasKeywords = isSearch && keywordsOf(target) !== undefined;
  return {
    way: !isFirst ? 'ordered' : isSearch && !hasKeywords ? 'windows' : 'positions',
    // Versions take no query in either dialect.
    canRange: isFirst ? isSearch && !hasKeywords : target.kind !== 'versions',
    wall: isFirst && isSearch ? windowWall : null,
    isIdList: isFirst && !isSearch,
    ask: (request, signal) => {
      const { range, after, start, limit, want } = request;
      const wished = want === 'products' ? fields : ['lidvid'];
      const wish = {
        range,
        after,
        start,
        limit,
        ...(wished === undefined ? {} : { fields: wished }),
      };
      return ask(pageAddress(known, target, wish), request, signal);
    },
  };
}

function refusal(reason: string): ArchiveError {
  return new ArchiveError({
    code: 'refused-by-archive',
    message: `The PDS registry at this address can’t be asked this way. ${reason} Nothing was sent.`,
    retryable: false,
  });
}
