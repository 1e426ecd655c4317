/**
 * Runs in plain Node. Every route of the registry's OpenAPI file (1.3.0), and what became of each in the service
 * as it is now. Sources: that file, and the registry service's own code.
 */

export type ParameterName =
  | 'fields' | 'keywords' | 'limit' | 'q' | 'sort' | 'start'
  | 'search-after' | 'facet-fields' | 'facet-limit'; // prettier-ignore

/** What a route answers with: a list, one product, or something of its own. */
export type RouteKind = 'list' | 'one' | 'health' | 'classes' | 'properties';

/** In the current service: as it was, another address with the same meaning, or nothing and why. */
export type Fate =
  { is: 'same' } | { is: 'mapped'; to: string; note?: string } | { is: 'refused'; reason: string };

export interface Route {
  name: string;
  /** With `{class}`, `{identifier}` and `{versions}` where it has them. */
  path: string;
  kind: RouteKind;
  /** Query parameters of 1.3. */
  query: readonly ParameterName[];
  isDeprecated: boolean;
  current: Fate;
  /** What 1.3 does wrong on this route. */
  trap?: string;
}

const search: readonly ParameterName[] = ['fields', 'keywords', 'limit', 'q', 'sort', 'start'];
const members: readonly ParameterName[] = ['fields', 'limit', 'sort', 'start'];
const one: readonly ParameterName[] = ['fields'];

const same: Fate = { is: 'same' };
const to = (path: string, note?: string): Fate => ({
  is: 'mapped',
  to: path,
  ...(note === undefined ? {} : { note }),
});
const refused = (reason: string): Fate => ({ is: 'refused', reason });

const onlyLatest = refused(
  'The service lists only the latest version of members and parents now. Ask for the versions of one product with /products/{identifier}/all.',
);
const unchecked = 'The service no longer checks the class on this route.';

/** Routes below a node: both spellings that the file has for versions, in the current service only the latest. */
function withVersions(base: Route): Route[] {
  const plain = base.current.is === 'same' ? base.path : (base.current as { to: string }).to;
  return [
    base,
    {
      ...base,
      name: `${base.name}Versions`,
      path: `${base.path}/{versions}`,
      // `latest` is what is left; `all` is refused when the value is known (routes.ts).
      current: to(plain),
    },
  ];
}

const deprecated = { isDeprecated: true } as const;
const present = { isDeprecated: false } as const;

function below(prefix: string, name: string, isOld: boolean): Route[] {
  const places: [string, string][] = [
    ['Members', 'members'],
    ['MembersMembers', 'members/members'],
    ['MemberOf', 'member-of'],
    ['MemberOfMemberOf', 'member-of/member-of'],
  ];
  return places.flatMap(([suffix, path]) =>
    withVersions({
      name: `${name}${suffix}`,
      path: `${prefix}/{identifier}/${path}`,
      kind: 'list',
      query: members,
      isDeprecated: isOld,
      current: isOld ? to(`/products/{identifier}/${path}`, unchecked) : same,
      ...(isOld ? { trap: 'For the class “any” 1.3 always answers 404 here.' } : {}),
    }),
  );
}

/** Deprecated lists of a bundle's, collection's or product's relatives. */
function relatives(
  of: string,
  name: string,
  relative: string,
  successor: string,
  suffixes: readonly string[],
): Route[] {
  return suffixes.map((suffix) => ({
    name: `${name}${suffix === '' ? '' : suffix === '/all' ? 'All' : 'Latest'}`,
    path: `/${of}/{identifier}/${relative}${suffix}`,
    kind: 'list' as const,
    query: members,
    ...deprecated,
    current: suffix === '/all' ? onlyLatest : to(`/products/{identifier}/${successor}`, unchecked),
  }));
}

function oldKind(kind: 'bundles' | 'collections', single: string): Route[] {
  const trap = '1.3 ignores limit and start here, and fails for a product with several versions.';
  return [
    { name: `${single}List`, path: `/${kind}`, kind: 'list', query: search, ...deprecated, current: to(`/classes/${single}`) },
    { name: single, path: `/${kind}/{identifier}`, kind: 'one', query: one, ...deprecated, current: to('/products/{identifier}', unchecked) },
    { name: `${single}All`, path: `/${kind}/{identifier}/all`, kind: 'list', query: members, ...deprecated, current: to('/products/{identifier}/all', unchecked), trap },
    { name: `${single}Latest`, path: `/${kind}/{identifier}/latest`, kind: 'one', query: one, ...deprecated, current: to('/products/{identifier}/latest', unchecked) },
  ]; // prettier-ignore
}

const every = ['', '/all', '/latest'];

/** The 46 routes. */
export const routes: readonly Route[] = [
  { name: 'healthcheck', path: '/healthcheck', kind: 'health', query: [], ...present, current: to('/health') },
  { name: 'classes', path: '/classes', kind: 'classes', query: [], ...present, current: same },
  { name: 'classList', path: '/classes/{class}', kind: 'list', query: search, ...present, current: same },
  ...below('/classes/{class}', 'class', true),
  { name: 'productList', path: '/products', kind: 'list', query: search, ...present, current: same },
  { name: 'product', path: '/products/{identifier}', kind: 'one', query: one, ...present, current: same },
  { name: 'productLatest', path: '/products/{identifier}/latest', kind: 'one', query: one, ...present, current: same },
  { name: 'productAll', path: '/products/{identifier}/all', kind: 'list', query: members, ...present, current: same },
  { name: 'properties', path: '/properties', kind: 'properties', query: [], ...present, current: same },
  ...below('/products', 'product', false),
  ...oldKind('bundles', 'bundle'),
  ...relatives('bundles', 'bundleCollections', 'collections', 'members', every),
  ...relatives('bundles', 'bundleProducts', 'products', 'members/members', ['']),
  ...oldKind('collections', 'collection'),
  ...relatives('collections', 'collectionBundles', 'bundles', 'member-of', ['']),
  ...relatives('collections', 'collectionProducts', 'products', 'members', every),
  ...relatives('products', 'productBundles', 'bundles', 'member-of/member-of', every),
  ...relatives('products', 'productCollections', 'collections', 'member-of', every),
]; // prettier-ignore

/** What only the current service has. */
export const laterRoutes: readonly Route[] = [
  { name: 'health', path: '/health', kind: 'health', query: [], ...present, current: same },
];

/** Why `all` is refused below a node in the current service. */
export const allIsGone = onlyLatest;
