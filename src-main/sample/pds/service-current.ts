/**
 * Runs in plain Node, in the sample archive's thread. The registry as the service of 2026 answers: `search-after`, a
 * sort that sorts, facets, and refusals in plain text.
 */
import { randomUUID } from 'node:crypto';
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { emptyBits, setBit } from '../bits.ts';
import { oneReply } from './bodies.ts';
import { indexOfLidvid } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { group, is, isNot, known, searchReply } from './current-search.ts';
import type { Task } from './current-search.ts';
import { latestOf, levelOf, readIdentifier, released } from './lookup.ts';
import type { Style } from './product-json.ts';
import {
  formatOf,
  formats,
  frameworkError,
  gatewayTimeout,
  listParameter,
  Refusal,
} from './reply.ts';
import type { Format, Reply } from './reply.ts';
import type { Order } from './result-order.ts';
import { createSelector, SearchTimeout } from './selection.ts';
import type { Registry, RegistryRequest } from './registry.ts';

/** Names in paths, and the classes that they stand for. */
const classes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'AIP',
    'Ancillary',
    'Attribute_Definition',
    'Browse',
    'Bundle',
    'Class_Definition',
    'Collection',
    'Context',
    'Data_Set_PDS3',
    'Document',
    'File_Repository',
    'File_Text',
    'Metadata_Supplemental',
    'Native',
    'Observational',
    'Service',
    'Software',
    'SPICE_Kernel',
    'Thumbnail',
    'Update',
    'Volume_PDS3',
    'XML_Schema',
    'Zipped',
  ].map((name) => [name.replaceAll('_', '-').toLowerCase(), `Product_${name}`]),
);

const parameters = new Set([
  'q',
  'fields',
  'limit',
  'sort',
  'search-after',
  'keywords',
  'facet-fields',
  'facet-limit',
]);

function notFound(identifier: string): never {
  throw new Refusal(
    404,
    `No product found with identifier ${identifier}`,
    'service',
    'NotFoundException',
  );
}

function resolveLatest(catalogue: Catalogue, identifier: string): number {
  return latestOf(catalogue, readIdentifier(identifier).lid) ?? notFound(identifier);
}

function resolveExact(catalogue: Catalogue, identifier: string): number {
  const { version } = readIdentifier(identifier);
  if (version === null) return resolveLatest(catalogue, identifier);
  const index = indexOfLidvid(catalogue, identifier);
  return index !== null && catalogue.brief(index).isReleased ? index : notFound(identifier);
}

async function oneProduct(task: Task, index: number): Promise<Reply> {
  const fields = listParameter(task.request.query, 'fields');
  for (const name of fields) known(task.catalogue, name);
  if (fields.length === 0) await task.catalogue.prepare(index);
  return oneReply(task.catalogue.product(index), fields, task.format, task.style);
}

const parentBundle = 'ops:Provenance.ops:parent_bundle_identifier';
const parentCollection = 'ops:Provenance.ops:parent_collection_identifier';

function wrongKind(route: string, wanted: string, found: string): never {
  throw new Refusal(
    400,
    `${route} endpoint is only valid for products with Product_Class ${wanted} (got '${found}')`,
  );
}

const both = `'Product_Bundle' or 'Product_Collection'`;

/** Conditions on members of a product, or on those of its members. */
function memberConditions(catalogue: Catalogue, index: number, isTwice: boolean): QueryNode {
  const level = levelOf(catalogue, index);
  const { lidvid, productClass } = catalogue.product(index);
  const basic = [
    isNot('product_class', 'Product_Bundle'),
    isNot('product_class', 'Product_Collection'),
  ];
  if (isTwice) {
    if (level !== 'bundle') wrongKind('productMembersMembers', `'Product_Bundle'`, productClass);
    return group('and', [is(parentBundle, lidvid), ...basic]);
  }
  if (level === 'bundle')
    return group('and', [is(parentBundle, lidvid), is('product_class', 'Product_Collection')]);
  if (level === 'product') wrongKind('productMembers', both, productClass);
  return group('and', [is(parentCollection, lidvid), ...basic]);
}

/** lidvids above a product, one step or two. */
function parentIds(catalogue: Catalogue, index: number, isTwice: boolean): readonly string[] {
  const level = levelOf(catalogue, index);
  const product = catalogue.product(index);
  if (isTwice) {
    if (level !== 'product')
      wrongKind('productMemberOfOf', 'of basic products', product.productClass);
    return product.values(parentBundle) ?? [];
  }
  if (level === 'bundle')
    wrongKind('productMemberOf', 'other than Product_Bundle', product.productClass);
  return product.values(level === 'collection' ? parentBundle : parentCollection) ?? [];
}

function parentsReply(task: Task, index: number, isTwice: boolean): Promise<Reply> {
  const ids = parentIds(task.catalogue, index, isTwice);
  const terms = ids.map((id) => is('lidvid', id));
  // Nothing above it: a condition that nothing meets.
  return searchReply(task, [
    { query: group('or', terms.length > 0 ? terms : [is('lidvid', '')]), orFault: false },
  ]);
}

function versionsReply(task: Task, identifier: string): Promise<Reply> {
  const { catalogue } = task;
  const { lid, version } = readIdentifier(identifier);
  const indexes =
    version === null ? released(catalogue, lid) : [resolveExact(catalogue, identifier)];
  if (indexes.length === 0) notFound(identifier);
  const bits = emptyBits(catalogue.count);
  for (const index of indexes) setBit(bits, index);
  return searchReply(task, [], bits);
}

function productRoute(
  task: Task,
  identifier: string,
  rest: readonly string[],
): Promise<Reply> | Reply {
  const { catalogue, request } = task;
  const [word, second, ...more] = rest;
  if (word === undefined) return oneProduct(task, resolveExact(catalogue, identifier));
  if (rest.length === 1 && word === 'latest')
    return oneProduct(task, resolveLatest(catalogue, identifier));
  if (rest.length === 1 && word === 'all') return versionsReply(task, identifier);
  if ((word !== 'members' && word !== 'member-of') || more.length > 1)
    return frameworkError(404, request.path);
  // Still in the service's own description, and implemented by nobody.
  const isVersions = (part: string | undefined): boolean => part === 'all' || part === 'latest';
  if (isVersions(second) || (second === word && isVersions(more[0])))
    return frameworkError(501, request.path);
  if (second !== undefined && (second !== word || more.length > 0))
    return frameworkError(404, request.path);
  const index = resolveExact(catalogue, identifier);
  if (word === 'member-of') return parentsReply(task, index, second !== undefined);
  const members = memberConditions(catalogue, index, second !== undefined);
  return searchReply(task, [{ query: members, orFault: false }]);
}

function classReply(task: Task, name: string): Promise<Reply> {
  const productClass = Object.hasOwn(classes, name) ? classes[name] : undefined;
  if (productClass === undefined)
    throw new Refusal(
      400,
      `No PdsProductClass matches swagger name '${name}'. Valid names are: ${Object.keys(classes).join(', ')}`,
    );
  return searchReply(task, [{ query: is('product_class', productClass), orFault: false }]);
}

function dispatch(task: Task): Promise<Reply> | Reply {
  const { catalogue, request } = task;
  const [family = '', id, ...rest] = request.segments;
  const json = (body: unknown): Reply => ({
    status: 200,
    type: 'application/json',
    body: JSON.stringify(body),
  });
  if (family === 'health' && id === undefined) return { status: 200, type: 'text/plain', body: '' };
  if (family === 'properties' && id === undefined)
    return json([...catalogue.properties()].map(([property, type]) => ({ property, type })));
  if (family === 'classes' && id === undefined) return json(Object.keys(classes));
  if (family === 'classes' && id !== undefined && rest.length === 0) return classReply(task, id);
  if (family === 'products' && id === undefined) return searchReply(task, []);
  if (family === 'products' && id !== undefined) return productRoute(task, id, rest);
  return frameworkError(404, request.path);
}

function refusalReply(refusal: Refusal, request: RegistryRequest): Reply {
  if (refusal.from === 'framework') return frameworkError(refusal.status, request.path);
  const { status, message, exception } = refusal;
  const words: Readonly<Record<number, string>> = {
    400: 'BAD_REQUEST',
    404: 'NOT_FOUND',
    406: 'NOT_ACCEPTABLE',
    500: 'INTERNAL_SERVER_ERROR',
  };
  const body =
    `${status} ${words[status] ?? ''}\n Request uri=${request.path} failed with message:\n` +
    `${exception}: ${message}(ref:${randomUUID()})\n` +
    'For assistance, forward this error message to pds-operator@jpl.nasa.org';
  return { status, type: 'text/plain;charset=UTF-8', body };
}

function checkParameters(query: URLSearchParams): void {
  for (const name of query.keys()) {
    if (!parameters.has(name))
      throw new Refusal(
        400,
        `Query parameter not enumerated in SecurityValidationFilter.ALLOWED_QUERY_PARAMETERS: ${name}`,
        'service',
        'UnknownQueryParameterException',
      );
  }
}

function acceptOf({ accept }: RegistryRequest): Format {
  const format = formatOf((accept ?? '*/*').replaceAll(', ', ','));
  if (format === null)
    throw new Refusal(
      406,
      `${accept ?? ''} Supported formats (in Accept header) are: ${Object.keys(formats).join(', ')}`,
      'service',
      'AcceptFormatNotSupportedException',
    );
  return format;
}

/** The service of 2026 over a catalogue. `base` is how it is reached. */
export function createCurrentRegistry(catalogue: Catalogue, base: () => string): Registry {
  const selector = createSelector(catalogue);
  const orders = new Map<string, Promise<Order>>();
  return {
    async answer(request) {
      try {
        checkParameters(request.query);
        const style: Style = {
          hrefBase: base(),
          hasMinimum: false,
          showsMissing: true,
          joined: (values) => values.join('|'),
          misnamesFiles: false,
          tableType: 'text/csv',
        };
        const format = acceptOf(request);
        return await dispatch({ catalogue, selector, orders, request, format, style });
      } catch (error) {
        if (error instanceof SearchTimeout) return gatewayTimeout;
        if (error instanceof Refusal) return refusalReply(error, request);
        throw error;
      }
    },
  };
}
