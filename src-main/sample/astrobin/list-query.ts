/**
 * Runs in plain Node, any thread; pure. What a list is asked for, in the order in which the service checks it: filters,
 * order, limit, offset. Names that no field has are passed over without a word.
 */
import { isLookup } from './lookups.ts';
import { Refused } from './refused.ts';
import type { Schema } from './schemas.ts';

export interface Condition {
  field: string;
  lookup: string;
  /** Each time that the parameter was given. */
  values: string[];
}

export interface OrderTerm {
  field: string;
  isDescending: boolean;
}

const defaultLimit = 20;
const mostAtOnce = 25;

/**
 * Conditions on fields of a schema. `special` are parameters that the resource reads itself. Throws Refused in the
 * framework's words: for what is worked out, then for what is not filtered by, then for lookups that are none.
 */
export function readConditions(
  query: URLSearchParams,
  schema: Schema,
  special: readonly string[],
): Condition[] {
  const conditions: Condition[] = [];
  for (const name of new Set(query.keys())) {
    if (special.includes(name)) continue;
    const bits = name.split('__');
    const field = bits.shift() ?? '';
    const known = Object.hasOwn(schema.fields, field) ? schema.fields[field] : undefined;
    if (known === undefined) continue;
    if (!known.isStored) throw new Refused(`The '${field}' field is not a valid field name`);
    const kind = schema.kinds[field] ?? 'text';
    const last = bits.at(-1);
    const lookup = last !== undefined && isLookup(kind, last) ? (bits.pop() ?? 'exact') : 'exact';
    if (schema.filtering[field] === undefined)
      throw new Refused(`The '${field}' field does not allow filtering.`);
    if (bits.length > 0) throw new Refused(`The '${field}' field does not support relations.`);
    conditions.push({ field, lookup, values: query.getAll(name) });
  }
  return conditions;
}

/** What `order_by` asks for. Throws Refused. */
export function readOrder(query: URLSearchParams, schema: Schema): OrderTerm[] {
  return query.getAll('order_by').map((text) => {
    const first = text.split('__')[0] ?? '';
    const isDescending = first.startsWith('-');
    const field = isDescending ? first.slice(1) : first;
    if (!Object.hasOwn(schema.fields, field))
      throw new Refused(`No matching '${field}' field for ordering on.`);
    if (!schema.ordering.includes(field))
      throw new Refused(`The '${field}' field does not allow ordering.`);
    return { field, isDescending };
  });
}

/** As Python's `int` reads it. */
const wholeOf = (text: string): number | null =>
  /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text) ? Number(text.replaceAll('_', '')) : null;

export function readLimit(query: URLSearchParams): number {
  const text = query.getAll('limit').at(-1) ?? String(defaultLimit);
  const limit = wholeOf(text);
  if (limit === null)
    throw new Refused(`Invalid limit '${text}' provided. Please provide a positive integer.`);
  if (limit < 0)
    throw new Refused(`Invalid limit '${limit}' provided. Please provide a positive integer >= 0.`);
  return limit === 0 || limit > mostAtOnce ? mostAtOnce : limit;
}

export function readOffset(query: URLSearchParams): number {
  const text = query.getAll('offset').at(-1) ?? '0';
  const offset = wholeOf(text);
  if (offset === null)
    throw new Refused(`Invalid offset '${text}' provided. Please provide an integer.`);
  if (offset < 0)
    throw new Refused(
      `Invalid offset '${offset}' provided. Please provide a positive integer >= 0.`,
    );
  return offset;
}

export interface PageMeta {
  limit: number;
  next: string | null;
  offset: number;
  previous: string | null;
  total_count: number;
}

/** The part about pages: addresses repeat every parameter of the request, key and secret among them. */
export function pageMeta(
  path: string,
  query: URLSearchParams,
  limit: number,
  offset: number,
  total: number,
): PageMeta {
  const at = (place: number): string => {
    const repeated = new URLSearchParams(query);
    repeated.delete('limit');
    repeated.delete('offset');
    repeated.append('limit', String(limit));
    repeated.append('offset', String(place));
    return `${path}?${repeated.toString()}`;
  };
  return {
    limit,
    next: offset + limit < total ? at(offset + limit) : null,
    offset,
    previous: offset - limit < 0 ? null : at(offset - limit),
    total_count: total,
  };
}
