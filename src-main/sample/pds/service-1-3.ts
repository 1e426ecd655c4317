/**
 * Runs in plain Node, in the sample archive's thread. The registry as version 1.3 answers: `start` and `limit`, a sort
 * that it ignores, and the faults that a client has to live with.
 */
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import { listReply, oneReply } from './bodies.ts';
import type { SummaryOf } from './bodies.ts';
import type { Catalogue, StoredProduct } from './catalogue.ts';
import {
  grandparentsOf,
  levelOf,
  membersOf,
  namedProduct,
  parentsOf,
  productsOf,
  readIdentifier,
  released,
  lidMeant,
  resolve,
} from './lookup.ts';
import { listOf } from './membership.ts';
import type { IdList } from './membership.ts';
import type { Style } from './product-json.ts';
import {
  frameworkError,
  gatewayTimeout,
  listParameter,
  Refusal,
  resultWindow,
  wholeParameter,
} from './reply.ts';
import type { Format, Reply } from './reply.ts';
import { acceptOf, ownAddress, refusalReply } from './refusals-1-3.ts';
import type { Registry, RegistryRequest } from './registry.ts';
import { Ranks, shuffledPlace } from './result-order.ts';
import { readRoute13 } from './routes-1-3.ts';
import type { Route13 } from './routes-1-3.ts';
import { createSelector, SearchTimeout } from './selection.ts';
import type { Condition, Selector } from './selection.ts';

const style: Style = {
  hrefBase: ownAddress,
  hasMinimum: true,
  showsMissing: false,
  joined: (values) => `[${values.join(', ')}]`,
  misnamesFiles: true,
  tableType: 'text/plain',
};

const groups: Readonly<Record<string, string | null>> = {
  any: null,
  bundles: 'Product_Bundle',
  collections: 'Product_Collection',
  documents: 'Product_Document',
  observationals: 'Product_Observational',
};

const kinds = { bundle: 'bundles', collection: 'collections', product: 'products' } as const;

interface Task {
  catalogue: Catalogue;
  selector: Selector;
  request: RegistryRequest;
  format: Format;
  startedAt: number;
}

interface Paging {
  start: number;
  limit: number;
}

function pagingOf(query: URLSearchParams): Paging {
  return { start: wholeParameter(query, 'start', 0), limit: wholeParameter(query, 'limit', 100) };
}

function summaryOf({ request, startedAt }: Task, hits: number, paging: Paging): SummaryOf {
  const { query } = request;
  return (properties) => ({
    q: query.get('q') ?? '',
    hits,
    took: Math.round(performance.now() - startedAt),
    start: paging.start,
    limit: paging.limit,
    // Told back, and of no effect.
    sort: listParameter(query, 'sort'),
    properties,
  });
}

const is = (field: string, text: string): QueryNode => ({
  kind: 'comparison',
  field,
  operator: 'eq',
  value: { kind: 'string', text },
});

/** A word is quoted away from the signs of simple_query_string. */
function keywordCondition(word: string): Condition {
  const pattern = `"${word.replaceAll('"', ' ')}"`;
  const like = (field: string): QueryNode => ({ kind: 'like', field, isNegated: false, pattern });
  const terms = [like('title'), like('description')];
  return { query: { kind: 'group', isNegated: false, joint: 'or', terms }, orFault: false };
}

function conditionsOf(query: URLSearchParams, group: string): Condition[] {
  const wanted = groups[group];
  if (wanted === undefined)
    throw new Refusal(
      406,
      `Unknown group '${group}'. All known groups: ${Object.keys(groups).join(', ')}`,
    );
  const conditions: Condition[] = [];
  if (wanted !== null) conditions.push({ query: is('product_class', wanted), orFault: false });
  const keywords = listParameter(query, 'keywords');
  const text = query.get('q') ?? '';
  if (keywords.length > 0) return [...conditions, ...keywords.map(keywordCondition)];
  if (text.trim() === '') return conditions;
  const parsed = parseQuery(text, '1.3');
  if (!parsed.ok) throw new Refusal(400, `The given search string '${text}' cannot be parsed.`);
  return [...conditions, { query: parsed.query, orFault: true }];
}

async function prepared(
  catalogue: Catalogue,
  indexes: readonly number[],
): Promise<StoredProduct[]> {
  for (const index of indexes) await catalogue.prepare(index);
  return indexes.map((index) => catalogue.product(index));
}

/** Work on checksums is only waited for where all properties are wanted. */
function productsAt(task: Task, indexes: readonly number[]): Promise<StoredProduct[]> {
  const { catalogue, request } = task;
  return listParameter(request.query, 'fields').length > 0
    ? Promise.resolve(indexes.map((index) => catalogue.product(index)))
    : prepared(catalogue, indexes);
}

async function searchList(task: Task, group: string): Promise<Reply> {
  const { query } = task.request;
  const paging = pagingOf(query);
  const conditions = conditionsOf(query, group);
  if (paging.start + paging.limit > resultWindow) throw new Refusal(500, '', 'framework');
  const ranks = new Ranks(await task.selector.select(conditions));
  const indexes: number[] = [];
  const end = Math.min(paging.start + paging.limit, ranks.count);
  for (let place = paging.start; place < end; place += 1)
    indexes.push(ranks.at(shuffledPlace(place, ranks.count)));
  const page = {
    products: await productsAt(task, indexes),
    fields: listParameter(query, 'fields'),
  };
  return listReply(page, task.format, style, summaryOf(task, ranks.count, paging));
}

/** A slice of the list of identifiers, in no order; what the registry does not have is counted and left out. */
async function idList(task: Task, ids: IdList): Promise<Reply> {
  const { query } = task.request;
  const paging = pagingOf(query);
  if (paging.limit > resultWindow) throw new Refusal(500, '', 'framework');
  const size = Math.max(0, Math.min(paging.limit, ids.count - paging.start));
  const indexes: number[] = [];
  for (let at = 0; at < size; at += 1) {
    const id = ids.at(paging.start + shuffledPlace(at, size));
    const index = namedProduct(task.catalogue, id);
    if (index !== null) indexes.push(index);
  }
  const page = {
    products: await productsAt(task, indexes),
    fields: listParameter(query, 'fields'),
  };
  return listReply(page, task.format, style, summaryOf(task, ids.count, paging));
}

async function oneProduct(task: Task, index: number): Promise<Reply> {
  const [product] = await productsAt(task, [index]);
  if (product === undefined) throw new Refusal(500, '', 'framework');
  return oneReply(product, listParameter(task.request.query, 'fields'), task.format, style);
}

function allVersions(task: Task, identifier: string): string[] {
  const { catalogue } = task;
  const lid = lidMeant(catalogue, readIdentifier(identifier).lid);
  const versions = lid === null ? [] : released(catalogue, lid);
  if (versions.length === 0) throw new Refusal(404, `The lidvid ${identifier} was not found`);
  return versions.map((index) => catalogue.product(index).lidvid);
}

function membershipRefused(identifier: string, ask: string, kind: string): never {
  throw new Refusal(
    404,
    `The lidvid '${identifier}' of type ${kind} does not support ${ask} membership`,
  );
}

type ProductRoute = Extract<Route13, { kind: 'product' }>;

function checkClass({ catalogue }: Task, route: ProductRoute, index: number): void {
  const { group, identifier, ask } = route;
  if (group === null) return;
  const found = catalogue.brief(index).productClass;
  if (group === 'any') membershipRefused(identifier, ask, 'product');
  if (group === 'any product') {
    if (levelOf(catalogue, index) === 'product') return;
    throw new Refusal(404, `The lidvid ${identifier} was of type ${found} not of type any product`);
  }
  const wanted = groups[group];
  if (wanted !== found)
    throw new Refusal(
      404,
      `The lidvid ${identifier} was of type ${found} not of type ${wanted ?? group}`,
    );
}

function relatives(task: Task, route: ProductRoute, index: number): IdList {
  const { catalogue } = task;
  const { ask, isAll, identifier } = route;
  const level = levelOf(catalogue, index);
  if (ask === 'members' && level !== 'product') return membersOf(catalogue, index, isAll);
  if (ask === 'members/members' && level === 'bundle') return productsOf(catalogue, index, isAll);
  if (ask === 'member-of' && level !== 'bundle') return parentsOf(catalogue, index, isAll);
  if (ask === 'member-of/member-of' && level === 'product')
    return grandparentsOf(catalogue, index, isAll);
  return membershipRefused(identifier, ask, kinds[level]);
}

async function productRoute(task: Task, route: ProductRoute): Promise<Reply> {
  const { identifier, ask, group } = route;
  if (group !== null && group !== 'any product' && !(group in groups))
    conditionsOf(new URLSearchParams(), group);
  if (ask === 'all') {
    const versions = allVersions(task, identifier);
    const newest = resolve(task.catalogue, readIdentifier(identifier).lid);
    checkClass(task, route, newest);
    if (!route.isOldAll) return idList(task, listOf(versions));
    if (versions.length === 1) return oneProduct(task, newest);
    throw new Refusal(500, `Got ${versions.length} distinct hits when exactly one was expected`);
  }
  const index = resolve(task.catalogue, identifier);
  checkClass(task, route, index);
  if (ask === 'one' || ask === 'latest') return oneProduct(task, index);
  return idList(task, relatives(task, route, index));
}

function healthReply(catalogue: Catalogue, failures: readonly string[]): Reply {
  const memory = process.memoryUsage();
  const body = {
    failures_present: failures.length > 0,
    registry_document_count: catalogue.count,
    total_shards: 5,
    successful_shards: failures.length > 0 ? 3 : 5,
    failed_shards: failures.length > 0 ? 2 : 0,
    skipped_shards: 0,
    free_memory: memory.heapTotal - memory.heapUsed,
    max_memory: memory.heapTotal,
    total_memory: memory.heapTotal,
    ...(failures.length > 0 ? { failure_messages: failures } : {}),
  };
  const status = failures.length > 0 ? 418 : 200;
  return { status, type: 'application/json', body: JSON.stringify(body) };
}

function propertiesReply(catalogue: Catalogue): Reply {
  const list = [...catalogue.properties()].map(([name, type]) => ({
    // Names have "/" here, and "." in products.
    property: name.replace(/\.(?=\w+:)/g, '/'),
    type,
  }));
  return { status: 200, type: 'application/json', body: JSON.stringify(list) };
}

/** The 1.3 service over a catalogue. `failures` are what the health check reports. */
export function createRegistry13(catalogue: Catalogue, failures: readonly string[] = []): Registry {
  const selector = createSelector(catalogue);
  const dispatch = (request: RegistryRequest, format: Format): Promise<Reply> | Reply => {
    const route = readRoute13(request.segments);
    if (route === null) return frameworkError(404, request.path);
    const task: Task = { catalogue, selector, request, format, startedAt: performance.now() };
    switch (route.kind) {
      case 'healthcheck':
        return healthReply(catalogue, failures);
      case 'classes':
        return { status: 200, type: 'application/json', body: JSON.stringify(Object.keys(groups)) };
      case 'properties':
        return propertiesReply(catalogue);
      case 'list':
        return searchList(task, route.group);
      case 'product':
        return productRoute(task, route);
    }
  };
  return {
    async answer(request) {
      let format: Format = 'json';
      try {
        if (readRoute13(request.segments) !== null) format = acceptOf(request);
        return await dispatch(request, format);
      } catch (error) {
        if (error instanceof SearchTimeout) return gatewayTimeout;
        if (error instanceof Refusal) return refusalReply(error, request, format);
        throw error;
      }
    },
  };
}
