/** Runs in plain Node. Any part of version 1 as the terminal asks for it: `astrobin get RESOURCE [ID] [--PARAM VALUE]`. */
import type { AstrobinParam, AstrobinResource } from '#contract/astrobin.ts';
import { ArchiveError } from '#contract/errors.ts';
import {
  boundPaging,
  detailAddress,
  listAddress,
  schemaAddress,
  setAddress,
  topLevelAddress,
  type Format,
} from './addresses.ts';
import { refuseWrongParams } from './filters.ts';

export interface RawWish {
  /** null for the top level, which lists the resources. */
  resource: AstrobinResource | null;
  /** A hash or number, several numbers with ";" between, or "schema"; null for the list. */
  id?: string | null;
  /** Filters, order, `limit`, `offset` and `format`. */
  params?: readonly AstrobinParam[];
}

const plainId = /^[A-Za-z0-9]{1,40}$/;
const mostInSet = 100;

/** The address of a wish. Throws 'invalid-arguments' for what the service would refuse, or leave out silently. */
export function rawAddress(base: URL, { resource, id = null, params = [] }: RawWish): string {
  const paging = params.filter(([name]) => name === 'limit' || name === 'offset');
  const format = formatOf(params);
  const filters = params.filter(([name]) => !['limit', 'offset', 'format'].includes(name));
  if (resource === null || id !== null) {
    if (filters.length + paging.length > 0) throw wrong('Filters are for lists.');
    if (resource === null) return topLevelAddress(base, format);
    return addressOfId(base, resource, id ?? '', format);
  }
  refuseWrongParams(resource, filters);
  const page = boundPaging({ limit: wholeOf(paging, 'limit'), offset: wholeOf(paging, 'offset') });
  return listAddress(base, resource, filters, page, format);
}

function addressOfId(base: URL, resource: AstrobinResource, id: string, format: Format): string {
  if (id === 'schema') return schemaAddress(base, resource, format);
  const ids = id.split(';');
  if (ids.length > mostInSet || !ids.every((one) => plainId.test(one))) {
    throw wrong(
      `“${id.slice(0, 60)}” is neither a hash, a number, nor up to ${String(mostInSet)} numbers with “;” between.`,
    );
  }
  return ids.length > 1
    ? setAddress(base, resource, ids, format)
    : detailAddress(base, resource, id, format);
}

function formatOf(params: readonly AstrobinParam[]): Format {
  const stated = params.findLast(([name]) => name === 'format')?.[1] ?? 'json';
  if (stated !== 'json' && stated !== 'xml') throw wrong('The format is json or xml.');
  return stated;
}

function wholeOf(params: readonly AstrobinParam[], name: 'limit' | 'offset'): number | undefined {
  const stated = params.findLast(([other]) => other === name)?.[1];
  if (stated === undefined) return undefined;
  if (!/^\d{1,15}$/.test(stated)) throw wrong(`${name} is a whole number.`);
  // The service gives its most for 0.
  return name === 'limit' && Number(stated) === 0 ? undefined : Number(stated);
}

function wrong(words: string): ArchiveError {
  return new ArchiveError({
    code: 'invalid-arguments',
    message: `${words} Nothing was sent.`,
    retryable: false,
  });
}
