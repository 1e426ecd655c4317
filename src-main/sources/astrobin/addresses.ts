/**
 * Runs in plain Node. Addresses of version 1: always with the slash at the end (without it comes a redirect that
 * repeats the key), always with limit and offset of our own, never with key and secret.
 */
import {
  astrobinResources,
  type AstrobinParam,
  type AstrobinResource,
} from '#contract/astrobin.ts';

/** The service gives no more at once, whatever is asked for. */
export const mostAtOnce = 25;

export type Format = 'json' | 'xml';

export interface Paging {
  limit: number;
  offset: number;
}

/** Where version 1 lives, with a slash at its end. `base` is the site's address, or that of version 1 itself. */
export function apiRoot(base: URL): string {
  const path = base.pathname.replace(/\/+$/, '');
  const root = path.endsWith('/api/v1') ? path : `${path}/api/v1`;
  return `${base.origin}${root}/`;
}

/** As asked for; what is left out is the first page, as long as may be. */
export interface PagingWish {
  limit?: number | undefined;
  offset?: number | undefined;
}

/** A page that the service gives: 1 to 25 rows from a place on. What is no number is the first page. */
export function boundPaging({ limit, offset }: PagingWish): Paging {
  const whole = (value: number | undefined, least: number, otherwise: number): number =>
    value === undefined || !Number.isFinite(value) ? otherwise : Math.max(least, Math.floor(value));
  return {
    limit: Math.min(mostAtOnce, whole(limit, 1, mostAtOnce)),
    offset: Math.min(Number.MAX_SAFE_INTEGER, whole(offset, 0, 0)),
  };
}

/** A list, or a part of it. */
export function listAddress(
  base: URL,
  resource: AstrobinResource,
  params: readonly AstrobinParam[],
  paging: Paging,
  format: Format = 'json',
): string {
  const query = queryOf([
    ...params,
    ['limit', String(paging.limit)],
    ['offset', String(paging.offset)],
    ['format', format],
  ]);
  return `${apiRoot(base)}${resource}/?${query}`;
}

/** One thing by hash or number. */
export function detailAddress(
  base: URL,
  resource: AstrobinResource,
  id: string,
  format: Format = 'json',
): string {
  return `${apiRoot(base)}${resource}/${encodeURIComponent(id)}/?format=${format}`;
}

/** Several things by their numbers, in one request. */
export function setAddress(
  base: URL,
  resource: AstrobinResource,
  ids: readonly string[],
  format: Format = 'json',
): string {
  const list = ids.map((id) => encodeURIComponent(id)).join(';');
  return `${apiRoot(base)}${resource}/set/${list}/?format=${format}`;
}

export function schemaAddress(
  base: URL,
  resource: AstrobinResource,
  format: Format = 'json',
): string {
  return `${apiRoot(base)}${resource}/schema/?format=${format}`;
}

export function topLevelAddress(base: URL, format: Format = 'json'): string {
  return `${apiRoot(base)}?format=${format}`;
}

/** The page of an image on the site. */
export function imagePage(id: string): string {
  return `https://www.astrobin.com/${encodeURIComponent(id)}/`;
}

/** The page of a user on the site. */
export function userPage(username: string): string {
  return `https://www.astrobin.com/users/${encodeURIComponent(username)}/`;
}

/** The hash or number in an address of the API ("/api/v1/image/yx76x9", with or without a slash), or null. */
export function idIn(uri: unknown, resource: AstrobinResource): string | null {
  if (typeof uri !== 'string' || uri.length > 300) return null;
  const match = /\/api\/v1\/([a-z]+)\/([A-Za-z0-9]{1,40})\/?(?:[?#].*)?$/.exec(uri);
  return match?.[1] === resource ? (match[2] ?? null) : null;
}

/** A number in an address of the API, or null. */
export function numberIn(uri: unknown, resource: AstrobinResource): number | null {
  const id = idIn(uri, resource) ?? '';
  return /^\d{1,15}$/.test(id) ? Number(id) : null;
}

export function isResource(text: string): text is AstrobinResource {
  return (astrobinResources as readonly string[]).includes(text);
}

/** With %20 for blanks, as dates have them: the service reads both ways. */
function queryOf(params: readonly AstrobinParam[]): string {
  return params
    .map(
      ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`,
    )
    .join('&');
}
