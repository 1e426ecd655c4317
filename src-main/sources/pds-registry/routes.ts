/**
 * Runs in plain Node. From a route and its parameters to an address in the dialect that the service speaks: as it
 * is, translated (with what was changed, in words), or refused with the reason.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { PdsDialect } from '#contract/pds.ts';
import { currentClassName } from './class-names.ts';
import { encodePart, parseIdentifier } from './identifiers.ts';
import { keywordsToQuery } from './query-text.ts';
import { allIsGone, laterRoutes, routes, type Route } from './route-table.ts';

/** Query parameters; a list is sent with commas, as the registry splits it. */
export type Parameters = Readonly<Record<string, string | readonly string[] | number | undefined>>;

/** Values of the path's own parameters. */
export interface Place {
  class?: string | undefined;
  identifier?: string | undefined;
  versions?: 'all' | 'latest' | undefined;
}

export interface Plan {
  /** Path and query below the service's address. */
  target: string;
  /** Rows to pass over before the first: current dialect only, where `start` is gone. */
  skip: number;
  /** What was changed or will be ignored, each in a sentence. */
  notes: string[];
}

/** The route of a name. Throws for a name that is none: a defect of ours. */
export function routeOf(name: string): Route {
  const found = [...routes, ...laterRoutes].find((route) => route.name === name);
  if (found === undefined) throw new TypeError(`no route ${name}`);
  return found;
}

/**
 * The route that a path names, with the values in it; null where it names none. Encoded or plain identifiers
 * both do.
 */
export function matchPath(path: string): { route: Route; place: Place } | null {
  const wanted = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  let best: { route: Route; place: Place } | null = null;
  for (const route of [...routes, ...laterRoutes]) {
    const place = placeIn(route.path.slice(1).split('/'), wanted);
    if (place === null) continue;
    // A written word beats a placeholder: /members/members is no version named "members".
    if (best === null || placeholders(route) < placeholders(best.route)) best = { route, place };
  }
  return best;
}

function placeIn(pattern: readonly string[], parts: readonly string[]): Place | null {
  if (pattern.length !== parts.length) return null;
  const place: Record<string, string> = {};
  for (const [at, piece] of pattern.entries()) {
    const part = parts[at] ?? '';
    if (!piece.startsWith('{')) {
      if (piece !== part) return null;
    } else if (piece !== '{versions}' || part === 'all' || part === 'latest') {
      place[piece.slice(1, -1)] = part;
    } else return null;
  }
  return place;
}

function placeholders({ path }: Route): number {
  return path.split('{').length - 1;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Plans a request. Throws `ArchiveError` ('refused-by-archive') for what the dialect has no way to say. */
export function planRequest(
  route: Route,
  place: Place,
  parameters: Parameters,
  dialect: PdsDialect,
): Plan {
  return dialect === '1.3'
    ? planFirst(route, place, parameters)
    : planCurrent(route, place, parameters);
}

function planFirst(route: Route, place: Place, parameters: Parameters): Plan {
  const notes: string[] = [];
  const kept = new Map(Object.entries(parameters).filter(([, value]) => isGiven(value)));
  if (kept.has('search-after')) {
    throw refusal('This service pages with start and limit; it has no search-after.');
  }
  for (const name of ['facet-fields', 'facet-limit']) {
    if (kept.delete(name)) notes.push(`This service has no ${name}; it was left out.`);
  }
  if (kept.has('sort')) notes.push('This service accepts sort and ignores it.');
  if (kept.has('keywords') && kept.has('q')) notes.push('With keywords, this service ignores q.');
  if (route.trap !== undefined) notes.push(route.trap);
  const path = route.name === 'health' ? '/healthcheck' : route.path;
  return { target: filled(path, place) + queryOf(kept), skip: 0, notes };
}

function planCurrent(route: Route, place: Place, parameters: Parameters): Plan {
  const notes: string[] = [];
  const { path, id } = currentPlace(route, place, notes);
  const kept = new Map(Object.entries(parameters).filter(([, value]) => isGiven(value)));
  const keywords = kept.get('keywords');
  if (keywords !== undefined) {
    kept.delete('keywords');
    if (kept.has('q')) notes.push('keywords took the place of q, as they did in 1.3.');
    kept.set('q', keywordsToQuery(listOf(keywords)));
    notes.push('The service ignores keywords now; they were asked as q on title and description.');
  }
  const skip = skipOf(kept);
  if (kept.has('sort')) kept.set('sort', listOf(kept.get('sort') ?? []).map(ascending));
  if (skip > 0) {
    if (kept.has('sort') || kept.has('search-after')) {
      throw refusal(
        'The service has no start now, and another order can’t be counted through. Leave out sort, or page with search-after.',
      );
    }
    notes.push('start was walked with search-after, in the order of lidvid.');
  }
  const target = filled(path, { ...place, identifier: id }) + queryOf(kept);
  return { target, skip, notes };
}

function currentPlace(
  route: Route,
  place: Place,
  notes: string[],
): { path: string; id: string | undefined } {
  const fate =
    route.path.endsWith('{versions}') && place.versions === 'all' ? allIsGone : route.current;
  if (fate.is === 'refused') throw refusal(fate.reason);
  if (fate.is === 'mapped') {
    if (fate.note !== undefined) notes.push(fate.note);
    notes.push(`This route is now ${fate.to}.`);
  }
  let path = fate.is === 'mapped' ? fate.to : route.path;
  if (path === '/classes/{class}' && place.class !== undefined) {
    const name = currentClassName(place.class);
    path = name === null ? '/products' : `/classes/${encodePart(name)}`;
    if (name !== place.class) notes.push(`The class “${place.class}” is now ${path}.`);
  }
  // In 1.3 `all` of a lidvid means all versions of its lid; now it would mean that one version.
  const isAll = path.endsWith('/all');
  const lid = place.identifier === undefined ? null : parseIdentifier(place.identifier)?.lid;
  return { path, id: isAll ? (lid ?? place.identifier) : place.identifier };
}

function skipOf(kept: Map<string, unknown>): number {
  const start = kept.get('start');
  kept.delete('start');
  if (start === undefined) return 0;
  const text = String(start as string);
  if (!/^\d{1,15}$/.test(text))
    throw refusal(`start must be a whole number, not “${text.slice(0, 40)}”.`);
  return Number(text);
}

/** `asc(field)` and a bare field are ascending, which is all that the service sorts by. */
function ascending(field: string): string {
  const match = /^(asc|desc)\((.*)\)$/i.exec(field.trim());
  if (match?.[1]?.toLowerCase() === 'desc') {
    throw refusal('The service sorts in ascending order only.');
  }
  return match?.[2] ?? field.trim();
}

function filled(path: string, place: Place): string {
  return path.replace(/\{(\w+)\}/g, (_, name: keyof Place) => encodePart(place[name] ?? ''));
}

function isGiven(value: Parameters[string]): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

export function listOf(value: NonNullable<Parameters[string]>): string[] {
  const parts = typeof value === 'object' ? [...value] : String(value).split(',');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The query: `/` and `:` stay readable, and nothing else that could mean something. */
function queryOf(parameters: ReadonlyMap<string, Parameters[string]>): string {
  const parts = [...parameters].map(([name, value]) => {
    const text = typeof value === 'object' ? value.join(',') : String(value);
    return `${encoded(name)}=${encoded(text)}`;
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':').replaceAll('%2C', ',');
}

function refusal(reason: string): ArchiveError {
  return new ArchiveError({
    code: 'refused-by-archive',
    message: `The PDS registry at this address can’t be asked this way. ${reason} Nothing was sent.`,
    retryable: false,
  });
}
