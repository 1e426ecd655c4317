/**
 * Runs in plain Node, in the thread that serves. AstroBin's version 1 as its framework answers it: addresses, methods,
 * key and secret, formats and refusals.
 */
import { sampleAstrobinKey, sampleAstrobinSecret } from './credentials.ts';
import { pageMeta, readLimit, readOffset } from './list-query.ts';
import { DatabaseFault, escapeWords, Refused } from './refused.ts';
import { createResources } from './resources.ts';
import type { Resource, ResourceOptions } from './resources.ts';
import { resourceNames, schemaRow } from './schemas.ts';
import type { ResourceName } from './schemas.ts';
import { contentTypeOf, formatFor, serialise } from './serialise.ts';
import type { Format } from './serialise.ts';

/** The path below the site's address; the service names itself by it in what it answers. */
export const apiPath = '/api/v1';

export interface ApiRequest {
  method: string;
  /** Below `/api/v1`, with its first slash, decoded. */
  path: string;
  /** With its question mark, or empty. */
  search: string;
  accept: string | undefined;
}

export interface ApiReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const html = 'text/html; charset=utf-8';

const bare = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): ApiReply => ({
  status,
  headers: { 'content-type': html, ...headers },
  body,
});

/** The site's own page for what is nowhere. */
export const nowhere: ApiReply = bare(
  404,
  {},
  '<!DOCTYPE html>\n<html lang="en"><head><title>Page not found</title></head><body><h1>404</h1><p>There is nothing at this address.</p></body></html>\n',
);

/** What a path below the API is of. */
type Route =
  | { kind: 'top' }
  | { kind: 'nowhere' }
  | { kind: 'list' | 'schema'; name: ResourceName }
  | { kind: 'set'; name: ResourceName; keys: string[] }
  | { kind: 'detail'; name: ResourceName; key: string };

const isResource = (text: string): text is ResourceName =>
  (resourceNames as readonly string[]).includes(text);

function routeOf(path: string): Route {
  const [name = '', ...rest] = path.split('/').filter((segment) => segment !== '');
  if (name === '') return { kind: 'top' };
  if (!isResource(name)) return { kind: 'nowhere' };
  const [first, second] = rest;
  if (first === undefined) return { kind: 'list', name };
  if (first === 'schema' && rest.length === 1) return { kind: 'schema', name };
  if (first === 'set' && second !== undefined)
    return { kind: 'set', name, keys: second.split(';') };
  return /^[\w/-]+$/.test(rest.join('/'))
    ? { kind: 'detail', name, key: rest.join('/') }
    : { kind: 'nowhere' };
}

const directory = Object.fromEntries(
  resourceNames.map((name) => [
    name,
    { list_endpoint: `${apiPath}/${name}/`, schema: `${apiPath}/${name}/schema/` },
  ]),
);

export interface AstrobinService {
  answer(request: ApiRequest): Promise<ApiReply>;
}

export function createAstrobinService(options: ResourceOptions): AstrobinService {
  const resources = createResources(options);

  const lines = async (
    route: Route,
    query: URLSearchParams,
  ): Promise<Record<string, unknown> | null> => {
    switch (route.kind) {
      case 'list':
        return listOf(resources[route.name], `${apiPath}/${route.name}/`, query);
      case 'schema':
        return schemaRow(route.name);
      case 'set':
        return setOf(resources[route.name], route.keys);
      case 'detail':
        return resources[route.name].detail(route.key);
      case 'top':
      case 'nowhere':
        return null;
    }
  };

  return {
    async answer({ method, path, search, accept }) {
      const route = routeOf(path);
      if (route.kind === 'nowhere') return nowhere;
      if (!path.endsWith('/')) return bare(301, { location: `${apiPath}${path}/${search}` });
      if (method !== 'GET') return bare(405, { allow: 'GET' }, 'GET');
      const query = new URLSearchParams(search);
      const format = formatFor(query.getAll('format').at(-1) ?? null, accept);
      if (route.kind === 'top') {
        const body = serialise(format, directory, 'response');
        return { status: 200, headers: { 'content-type': contentTypeOf(format) }, body };
      }
      const last = (name: string): string => query.getAll(name).at(-1) ?? '';
      if (last('api_key') !== sampleAstrobinKey || last('api_secret') !== sampleAstrobinSecret)
        return bare(401);
      try {
        const value = await lines(route, query);
        if (value === null) return bare(404);
        return written(200, format, value, route.kind === 'detail' ? 'object' : 'response');
      } catch (error) {
        return refusalOf(error, format);
      }
    },
  };
}

function written(
  status: number,
  format: Format,
  value: Record<string, unknown>,
  root: 'object' | 'response' = 'response',
): ApiReply {
  return {
    status,
    headers: {
      'content-type': contentTypeOf(format),
      vary: 'Accept',
      'cache-control': 'no-cache',
    },
    body: serialise(format, value, root),
  };
}

function refusalOf(error: unknown, format: Format): ApiReply {
  if (error instanceof Refused) return written(400, format, { error: escapeWords(error.message) });
  if (!(error instanceof DatabaseFault)) throw error;
  const message = 'Sorry, this request could not be processed. Please try again later.';
  return written(500, format, { error_message: message });
}

async function listOf(
  resource: Resource,
  path: string,
  query: URLSearchParams,
): Promise<Record<string, unknown>> {
  const selection = await resource.list(query);
  const limit = readLimit(query);
  const offset = readOffset(query);
  const shown = Math.max(0, Math.min(limit, selection.count - offset));
  const rows = Array.from({ length: shown }, (_, at) => resource.row(selection.at(offset + at)));
  return { meta: pageMeta(path, query, limit, offset, selection.count), objects: rows };
}

/** Rows by their numbers; what is not there is named apart. */
function setOf(resource: Resource, keys: readonly string[]): Record<string, unknown> {
  const missing: string[] = [];
  const rows = keys.flatMap((key) => {
    const row = /^\d{1,9}$/.test(key) ? resource.row(Number(key)) : null;
    if (row === null) missing.push(key);
    return row === null ? [] : [row];
  });
  return missing.length === 0 ? { objects: rows } : { objects: rows, not_found: missing };
}
