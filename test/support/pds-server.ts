/**
 * Runs in plain Node, for tests only. A small PDS registry on loopback, in either dialect, over products that only
 * have identifiers: as many as wished, all harvested at the same moment, with the faults that a crawl must survive.
 * (The sample archive is the whole registry; this one misbehaves on command.)
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import type { PdsDialect } from '#contract/pds.ts';
import { createSeededRandom } from './mangle.ts';

export interface PdsServerOptions {
  dialect: PdsDialect;
  count: number;
  /** Part of the answers that are 504 instead. */
  failures?: number;
  /** A page that asks for more rows than this is a 504. */
  mostRows?: number;
  /** True: the order of rows without a sort changes with every request (1.3). */
  isRestless?: boolean;
  /** Part of the pages that leave a row out, though it is counted. */
  losses?: number;
  /** Rows of a member list that the registry does not have. */
  unknown?: ReadonlySet<number>;
  /** Rows that are no products, by position. */
  garbled?: ReadonlySet<number>;
  seed?: number;
}

export interface PdsServer {
  base: string;
  /** Paths with their queries, oldest first. */
  paths: string[];
  /** Accept headers that came. */
  accepts: Set<string>;
  options: PdsServerOptions;
  close(): Promise<void>;
}

export const collection = 'urn:nasa:pds:made:data::1.0';
const wall = 10_000;
const harvested = '2025-12-03T23:38:57.969886913Z';

/** Identifiers in the order of lidvid; every 7th is of class B. */
export function idAt(index: number): string {
  return `urn:nasa:pds:made:data:p${String(index).padStart(7, '0')}::1.0`;
}

function indexOf(id: string): number {
  return Number(/:p(\d{7})(?:::|$)/.exec(id)?.[1] ?? NaN);
}

type Test = (index: number) => boolean;

/** What a query selects. Only what crawls and these tests ask is known; 1.3 takes `or` for `and`. */
function testOf(node: QueryNode, dialect: PdsDialect): Test {
  if (node.kind === 'group') {
    const tests = node.terms.map((term) => testOf(term, dialect));
    const isAny = node.joint === 'or' && dialect === 'current';
    return (index) => {
      const holds = isAny ? tests.some((test) => test(index)) : tests.every((test) => test(index));
      return holds !== node.isNegated;
    };
  }
  if (node.kind !== 'comparison') throw new Error(`no ${node.kind} here`);
  const { field, operator, value } = node;
  if (field === 'lidvid') {
    const compare = (index: number): number => {
      const id = idAt(index);
      return id < value.text ? -1 : id > value.text ? 1 : 0;
    };
    const tests: Partial<Record<typeof operator, Test>> = {
      gt: (index) => compare(index) > 0,
      ge: (index) => compare(index) >= 0,
      lt: (index) => compare(index) < 0,
      le: (index) => compare(index) <= 0,
      eq: (index) => compare(index) === 0,
      ne: (index) => compare(index) !== 0,
    };
    const test = tests[operator];
    if (test === undefined) throw new Error(`no ${operator} here`);
    return test;
  }
  if (field === 'every')
    return (index) => (index % Number(value.text) === 0) === (operator === 'eq');
  throw new Error(`no field ${field} here`);
}

/** Ranges of lidvid by arithmetic, so that a crawl of a large list does not take the server's whole time. */
function selected(
  q: string | null,
  { dialect, count }: PdsServerOptions,
): number[] | { from: number; to: number } {
  if (q === null) return { from: 0, to: count };
  const parsed = parseQuery(q, dialect);
  if (!parsed.ok) throw new Error('cannot be parsed');
  const range = rangeOf(parsed.query, count);
  if (range !== null) return range;
  const test = testOf(parsed.query, dialect);
  return Array.from({ length: count }, (_, index) => index).filter(test);
}

function rangeOf(node: QueryNode, count: number): { from: number; to: number } | null {
  if (node.kind === 'group') {
    if (node.isNegated || (node.joint === 'or' && node.terms.length > 1)) return null;
    let range = { from: 0, to: count };
    for (const term of node.terms) {
      const inner = rangeOf(term, count);
      if (inner === null) return null;
      range = { from: Math.max(range.from, inner.from), to: Math.min(range.to, inner.to) };
    }
    return range;
  }
  if (node.kind !== 'comparison' || node.field !== 'lidvid') return null;
  const index = indexOf(node.value.text);
  if (Number.isNaN(index)) return null;
  if (node.operator === 'gt') return { from: index + 1, to: count };
  if (node.operator === 'le') return { from: 0, to: index + 1 };
  return null;
}

function productOf(index: number): object {
  const lidvid = idAt(index);
  return {
    id: lidvid,
    type: 'Product_Observational',
    title: `Product ${String(index)}`,
    metadata: { label_url: `https://x.nasa.gov/${String(index)}.xml`, version: '1.0' },
    properties: {
      lidvid: [lidvid],
      'ops:Harvest_Info.ops:harvest_date_time': [harvested],
      'ops:Provenance.ops:superseded_by': ['null'],
    },
  };
}

export async function startPdsServer(first: PdsServerOptions): Promise<PdsServer> {
  const paths: string[] = [];
  const accepts = new Set<string>();
  const random = createSeededRandom(first.seed ?? 1);
  let pages = 0;
  const state = { options: first };

  const answerPage = (url: URL, response: ServerResponse): void => {
    const { options } = state;
    const { dialect, garbled, unknown, losses = 0 } = options;
    const params = url.searchParams;
    const limit = Number(params.get('limit') ?? 100);
    if (limit > (options.mostRows ?? Infinity)) return proxyError(response);
    const isMembers = url.pathname.includes('/members');
    const all = selected(params.get('q'), options);
    const hits = Array.isArray(all) ? all.length : Math.max(0, all.to - all.from);
    const at = (position: number): number =>
      Array.isArray(all) ? (all[position] ?? -1) : all.from + position;
    let start = Number(params.get('start') ?? 0);
    if (dialect === '1.3' && !isMembers && start + limit > wall)
      return spring(response, 500, url.pathname);
    if (dialect === 'current') {
      const after = params.get('search-after');
      if (after !== null && !params.has('sort'))
        return text(response, 400, 'sort argument must be provided');
      start = after === null ? 0 : firstAfter(after, hits, at);
    }
    pages += 1;
    const shift = options.isRestless === true ? pages * 7919 : 0;
    const rows: unknown[] = [];
    for (let position = start; position < Math.min(start + limit, hits); position += 1) {
      // Without a sort, an order of the store's own: neighbours are far apart.
      const place = dialect === '1.3' && !isMembers ? scattered(position + shift, hits) : position;
      const index = at(place);
      if (unknown?.has(index) === true) continue;
      rows.push(garbled?.has(index) === true ? { broken: index } : productOf(index));
    }
    if (rows.length > 2 && random() < losses) rows.splice(rows.length >> 1, 1);
    const summary =
      dialect === '1.3'
        ? {
            q: params.get('q') ?? '',
            hits,
            took: 1,
            start,
            limit,
            sort: [],
            properties: ['lidvid'],
          }
        : { hits, properties: ['lidvid'], facets: [] };
    json(response, 200, { summary, data: rows });
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://registry');
    paths.push(request.url ?? '/');
    accepts.add(request.headers.accept ?? '');
    if (random() < (state.options.failures ?? 0)) return proxyError(response);
    try {
      answer(url, response, state.options.dialect, answerPage);
    } catch (error) {
      const message = `The given search string cannot be parsed. ${String(error)}`;
      if (state.options.dialect === 'current') text(response, 400, message);
      else json(response, 400, { request: request.url, message });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api/registry/1`,
    paths,
    accepts,
    get options() {
      return state.options;
    },
    set options(options) {
      state.options = options;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const allowed = [
  'q',
  'fields',
  'limit',
  'sort',
  'search-after',
  'keywords',
  'facet-fields',
  'facet-limit',
];

function answer(
  url: URL,
  response: ServerResponse,
  dialect: PdsDialect,
  answerPage: (url: URL, response: ServerResponse) => void,
): void {
  const path = decodeURIComponent(url.pathname.replace('/api/registry/1', ''));
  const unknown = [...url.searchParams.keys()].find((name) => !allowed.includes(name));
  if (dialect === 'current' && unknown !== undefined) {
    return text(response, 400, `Query parameter not enumerated: ${unknown}`);
  }
  if (path === '/healthcheck' && dialect === '1.3') {
    return json(response, 418, {
      failures_present: true,
      failure_messages: ['a shard is gone'],
      registry_document_count: 7,
    });
  }
  if (path === '/health' && dialect === 'current') return void response.writeHead(200).end();
  if (path === '/classes') {
    return json(response, 200, dialect === '1.3' ? ['any', 'bundles'] : ['bundle', 'spice-kernel']);
  }
  if (path === '/properties') {
    return json(response, 200, [
      { property: 'pds:File/pds:file_size', type: 'integer' },
      { property: 'lidvid', type: 'string' },
      { property: 'x', type: 'odd' },
      7,
    ]);
  }
  const lists = [
    '/products',
    '/classes/observational',
    '/classes/observationals',
    `/products/${collection}/members`,
  ];
  if (lists.includes(path)) return answerPage(url, response);
  const match = /^\/products\/([^/]+)(\/all|\/members)?$/.exec(path);
  if (match?.[2] === '/members') {
    return dialect === '1.3'
      ? json(response, 404, {
          request: path,
          message: `The lidvid '${match[1] ?? ''}' of type Product_Observational does not support members membership`,
        })
      : text(
          response,
          400,
          'productMembers endpoint is only valid for products with Product_Class Product_Bundle',
        );
  }
  const index = indexOf(match?.[1] ?? '');
  if (Number.isNaN(index)) {
    return dialect === '1.3'
      ? json(response, 404, {
          request: path,
          message: `The lidvid ${match?.[1] ?? path} was not found`,
        })
      : text(
          response,
          404,
          `NotFoundException: No product found with identifier ${match?.[1] ?? path}`,
        );
  }
  if (match?.[2] === '/all') {
    const versions = ['1.0', '13.0', '2.0'].map((vid) => ({
      id: idAt(index).replace('1.0', vid),
      metadata: { version: vid },
    }));
    return json(response, 200, {
      summary: { hits: 3, ...(dialect === '1.3' ? { start: 0 } : {}) },
      data: versions,
    });
  }
  json(response, 200, productOf(index));
}

/** Positions of `size` rows in an order that has nothing to do with their identifiers; each once. */
function scattered(position: number, size: number): number {
  const step = size % 7907 === 0 ? 7919 : 7907;
  return size === 0 ? 0 : (position * step) % size;
}

function firstAfter(id: string, hits: number, at: (position: number) => number): number {
  let [low, high] = [0, hits];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (idAt(at(middle)) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function text(response: ServerResponse, status: number, message: string): void {
  response
    .writeHead(status, { 'content-type': 'text/plain' })
    .end(
      `${String(status)} BAD\n Request uri=/x failed with message:\n${message}(ref:1-2)\nFor assistance, forward this`,
    );
}

function spring(response: ServerResponse, status: number, path: string): void {
  json(response, status, { timestamp: 1, status, error: 'Internal Server Error', path });
}

function proxyError(response: ServerResponse): void {
  response
    .writeHead(504, { 'content-type': 'text/html' })
    .end('<html><head><title>504 Gateway Time-out</title></head><body></body></html>');
}
