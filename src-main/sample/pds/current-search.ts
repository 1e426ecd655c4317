/**
 * Runs in plain Node, in the sample archive's thread. Searches of the registry as the service of 2026 answers them:
 * conditions, sort and `search-after`, facets, pages.
 */
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import type { Bits } from '../bits.ts';
import { listReply } from './bodies.ts';
import type { Catalogue } from './catalogue.ts';
import { inDots } from './product-json.ts';
import type { Style } from './product-json.ts';
import { listParameter, Refusal, resultWindow, wholeParameter } from './reply.ts';
import type { Format, Reply } from './reply.ts';
import { orderBy, Ranks, shuffledPlace } from './result-order.ts';
import type { Order } from './result-order.ts';
import { Turns } from './selection.ts';
import type { Condition, Selector } from './selection.ts';
import type { RegistryRequest } from './registry.ts';

export interface Task {
  catalogue: Catalogue;
  selector: Selector;
  orders: Map<string, Promise<Order>>;
  request: RegistryRequest;
  format: Format;
  style: Style;
}

export const group = (joint: 'and' | 'or', terms: QueryNode[]): QueryNode => ({
  kind: 'group',
  isNegated: false,
  joint,
  terms,
});

export const is = (field: string, text: string): QueryNode => ({
  kind: 'comparison',
  field,
  operator: 'eq',
  value: { kind: 'string', text },
});

export const isNot = (field: string, text: string): QueryNode =>
  ({ ...is(field, text), operator: 'ne' }) as QueryNode;

export function known(catalogue: Catalogue, name: string): void {
  if (!catalogue.properties().has(inDots(name)))
    throw new Refusal(400, `${name} does not match any field name in the LDD`);
}

function checkFields(catalogue: Catalogue, node: QueryNode): void {
  if (node.kind === 'group') for (const term of node.terms) checkFields(catalogue, term);
  else if (node.kind !== 'exists') known(catalogue, node.field);
}

function queryCondition({ catalogue, request }: Task): Condition[] {
  const text = request.query.get('q') ?? '';
  if (text.trim() === '') return [];
  const parsed = parseQuery(text, 'current');
  if (!parsed.ok)
    throw new Refusal(
      400,
      `Unable to parse the q parameter:${text}`,
      'service',
      'UnparsableQParamException',
    );
  checkFields(catalogue, parsed.query);
  return [{ query: parsed.query, orFault: false }];
}

/** Order of results, kept for the pages that follow. */
function sortedOrder(
  task: Task,
  key: string,
  bits: Bits,
  fields: readonly string[],
): Promise<Order> {
  const { orders, catalogue } = task;
  const full = `${key} ${fields.join(',')}`;
  const kept = orders.get(full);
  if (kept !== undefined) return kept;
  const made = orderBy(catalogue, bits, fields);
  orders.set(full, made);
  made.catch(() => orders.delete(full));
  const oldest = orders.keys().next();
  // Four bytes for each result: 4 MB for a million.
  if (orders.size > 6 && oldest.done !== true) orders.delete(oldest.value);
  return made;
}

interface Sorting {
  fields: string[];
  after: string[];
}

function sortingOf({ catalogue, request }: Task): Sorting {
  const fields = listParameter(request.query, 'sort').map(inDots);
  const after = listParameter(request.query, 'search-after');
  for (const name of fields) known(catalogue, name);
  const mismatch = (detail: string): never => {
    throw new Refusal(
      400,
      `Invalid combination of sort and searchAfter values: ${detail}`,
      'service',
      'SortSearchAfterMismatchException',
    );
  };
  if (after.length > 0 && fields.length === 0) mismatch('sort argument must be provided');
  if (after.length > 0 && after.length !== fields.length)
    mismatch(`sort has ${fields.length} fields, search-after has ${after.length} values`);
  return { fields, after };
}

/** Numbers of the products on the page that was asked for. */
async function pageOf(task: Task, key: string, bits: Bits, limit: number): Promise<number[]> {
  const { fields, after } = sortingOf(task);
  const found: number[] = [];
  if (fields.length === 0) {
    const ranks = new Ranks(bits);
    for (let place = 0; place < Math.min(limit, ranks.count); place += 1)
      found.push(ranks.at(shuffledPlace(place, ranks.count)));
    return found;
  }
  const order = await sortedOrder(task, key, bits, fields);
  const start = after.length === 0 ? 0 : order.after(after);
  for (let place = start; place < Math.min(start + limit, order.count); place += 1)
    found.push(order.at(place));
  return found;
}

interface Facet {
  property: string;
  type: 'terms';
  counts: Record<string, number>;
}

async function facetsOf(task: Task, bits: Bits): Promise<Facet[]> {
  const { catalogue, request } = task;
  const names = listParameter(request.query, 'facet-fields').map(inDots);
  const most = wholeParameter(request.query, 'facet-limit', 10);
  for (const name of names) known(catalogue, name);
  if (names.length === 0) return [];
  const counts = names.map(() => new Map<string, number>());
  const turns = new Turns();
  const ranks = new Ranks(bits);
  for (let rank = 0; rank < ranks.count; rank += 1) {
    const product = catalogue.product(ranks.at(rank));
    for (const [at, name] of names.entries()) {
      for (const value of new Set(product.values(name) ?? []))
        counts[at]?.set(value, (counts[at].get(value) ?? 0) + 1);
    }
    await turns.pass();
  }
  return names.map((property, at) => ({
    property,
    type: 'terms' as const,
    counts: Object.fromEntries(
      [...(counts[at] ?? [])].sort(([, a], [, b]) => b - a).slice(0, most),
    ),
  }));
}

export async function searchReply(
  task: Task,
  conditions: readonly Condition[],
  within?: Bits,
): Promise<Reply> {
  const { catalogue, request, selector } = task;
  const limit = wholeParameter(request.query, 'limit', 100);
  const fields = listParameter(request.query, 'fields');
  for (const name of fields) known(catalogue, name);
  if (limit > resultWindow)
    throw new Refusal(
      500,
      'Request failed: [search_phase_execution_exception] all shards failed',
      'service',
      'UnhandledException',
    );
  const all = [...conditions, ...queryCondition(task)];
  const bits = within ?? (await selector.select(all));
  const key = within === undefined ? JSON.stringify(all) : request.path;
  const indexes = await pageOf(task, key, bits, limit);
  if (fields.length === 0) for (const index of indexes) await catalogue.prepare(index);
  const facets = await facetsOf(task, bits);
  const products = indexes.map((index) => catalogue.product(index));
  const hits = new Ranks(bits).count;
  return listReply({ products, fields }, task.format, task.style, (properties) => ({
    hits,
    properties,
    facets,
  }));
}
