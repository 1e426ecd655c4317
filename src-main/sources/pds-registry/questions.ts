/**
 * Runs in plain Node. The registry's questions: the address of each in the dialect that is spoken there, and how its
 * answer is read. Who answers, the network or the cache, is not known here.
 */
import { toRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { PdsProduct, PdsPropertyType } from '#contract/pds.ts';
import type { DocumentKind, Question } from '../../http/documents.ts';
import { acceptFor, readProducts } from './accept.ts';
import type { KnownRegistry } from './dialect.ts';
import { absence, readWords } from './errors.ts';
import { toProducts } from './map.ts';
import { parseIdentifier } from './identifiers.ts';
import { readJson } from './read-json-types.ts';
import { planRequest, routeOf, type Parameters, type Place } from './routes.ts';
import { propertyName, type WireList } from './wire.ts';

export interface ListValue {
  products: PdsProduct[];
  hits: number | null;
  /** Rows as they came. */
  rows: number;
  unreadable: number;
  unreadableAtEnd: number;
  /** What the answer gives away of the dialect. */
  dialect: WireList['dialect'];
}

/** The largest label that is taken: bundles of many thousand members are below 30 MB. */
const labelBytes = 64 * 1024 * 1024;

/** The address of a route. Throws `ArchiveError` for what the dialect can't say. */
export function addressOf(
  known: KnownRegistry,
  route: string,
  place: Place,
  parameters: Parameters,
): string {
  return known.address + planRequest(routeOf(route), place, parameters, known.dialect).target;
}

const common = { lane: 'pds-api', words: readWords } as const;

/** A list of products. */
export function listQuestion(
  known: KnownRegistry,
  url: string,
  kind: DocumentKind,
  subject: string | null,
): Question<ListValue> {
  return {
    ...common,
    url,
    kind,
    subject: subject === null ? null : toRef('pds-registry', subject),
    absence,
    format: 'json',
    read: (body) => toListValue(readJson(body, false), known),
  };
}

/** One product. A lid means its latest version. */
export function productQuestion(known: KnownRegistry, id: string): Question<PdsProduct> {
  return {
    ...common,
    url: addressOf(known, 'product', { identifier: id }, {}),
    kind: 'record',
    subject: toRef('pds-registry', id),
    isAbsenceKept: true,
    absence,
    format: 'json',
    read: (body) => {
      const [product] = toProducts(readJson(body, false), new URL(known.address)).products;
      if (product === undefined) throw notA('a product');
      refuseAnother(id, product.lid);
      return product;
    },
  };
}

/** The service takes the beginning of a lid for a pattern and answers with the first product that fits. */
function refuseAnother(asked: string, answeredLid: string): void {
  const wanted = parseIdentifier(asked)?.lid ?? asked;
  if (wanted.toLowerCase() === answeredLid.toLowerCase()) return;
  throw new ArchiveError({
    code: 'not-found',
    message:
      `The PDS registry has no product ${wanted.slice(0, 200)}. There are products whose identifiers begin so, ` +
      `such as ${answeredLid}. Complete the identifier, or ask for all of them: (lid like "${wanted.slice(0, 200)}*").`,
    retryable: false,
  });
}

/** The label as it was archived, as the registry keeps it. */
export function labelQuestion(known: KnownRegistry, id: string): Question<string> {
  const accept = acceptFor('label');
  return {
    ...common,
    url: `${addressOf(known, 'product', { identifier: id }, {})}#${accept}`,
    accept,
    kind: 'record',
    subject: toRef('pds-registry', id),
    absence,
    format: 'bytes',
    maxBytes: labelBytes,
    read: (bytes) => {
      const label = readProducts(bytes, accept).rows[0]?.label;
      if (typeof label !== 'string') throw notA('a label');
      return label;
    },
  };
}

const propertyTypes = [
  'string',
  'integer',
  'float',
  'timestamp',
  'boolean',
  'unsupported',
] as const;

/** Names that queries may use; 1.3 writes "/" in them. */
export function propertiesQuestion(known: KnownRegistry): Question<PdsPropertyType[]> {
  return {
    ...common,
    url: addressOf(known, 'properties', {}, {}),
    kind: 'search',
    subject: null,
    format: 'json',
    read: readProperties,
  };
}

function readProperties(body: unknown): PdsPropertyType[] {
  if (!Array.isArray(body)) throw notA('a list of properties');
  const found = new Map<string, PdsPropertyType>();
  for (const one of body as unknown[]) {
    const { property, type } = (one ?? {}) as Record<string, unknown>;
    if (typeof property !== 'string' || property === '' || property.length > 512) continue;
    const name = propertyName(property);
    const known = propertyTypes.find((value) => value === type) ?? 'unsupported';
    if (!found.has(name)) found.set(name, { name, type: known });
  }
  return [...found.values()].sort((first, second) => (first.name < second.name ? -1 : 1));
}

/** Names of classes, as this service calls them. */
export function classesQuestion(known: KnownRegistry): Question<string[]> {
  return {
    ...common,
    url: addressOf(known, 'classes', {}, {}),
    kind: 'search',
    subject: null,
    format: 'json',
    read: (body) => {
      if (!Array.isArray(body)) throw notA('a list of classes');
      return (body as unknown[]).filter((name) => typeof name === 'string');
    },
  };
}

export function toListValue(list: WireList, known: KnownRegistry): ListValue {
  const { products, unreadable } = toProducts(list, new URL(known.address));
  return {
    products,
    hits: list.hits,
    rows: products.length + unreadable,
    unreadable,
    unreadableAtEnd: list.unreadableAtEnd ?? 0,
    dialect: list.dialect,
  };
}

function notA(what: string): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message: `The PDS registry answered with something that isn’t ${what}. Nothing was lost. Try again in a while.`,
    retryable: true,
  });
}
