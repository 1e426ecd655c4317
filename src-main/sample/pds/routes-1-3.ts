/**
 * Runs in plain Node, any thread; pure. The 46 routes of the 1.3.0 service as a table: what each asks for, told from
 * its path.
 */

/** What a path of two or more parts asks for about one product. */
export type Ask13 =
  'one' | 'latest' | 'all' | 'members' | 'members/members' | 'member-of' | 'member-of/member-of';

export type Route13 =
  | { kind: 'healthcheck' | 'classes' | 'properties' }
  | { kind: 'list'; group: string }
  | {
      kind: 'product';
      identifier: string;
      /** null where any class will do; else a product of another class is refused. */
      group: string | null;
      ask: Ask13;
      isAll: boolean;
      /** `/bundles/{id}/all` and the like, which answer in a way of their own. */
      isOldAll: boolean;
    };

/** Words behind an identifier in the routes marked as deprecated, by the first word of the path. */
const oldSteps: Readonly<Record<string, Readonly<Record<string, Ask13>>>> = {
  bundles: { collections: 'members', products: 'members/members' },
  collections: { bundles: 'member-of', products: 'members' },
  products: { bundles: 'member-of/member-of', collections: 'member-of' },
};

/** Those of them that have no `/all` and `/latest` behind. */
const withoutVersions = new Set(['bundles products', 'collections bundles']);

function versionsWord(word: string | undefined): boolean | null {
  return word === 'all' ? true : word === undefined || word === 'latest' ? false : null;
}

/** members, members/all, members/members, members/members/latest … */
function step(rest: readonly string[]): { ask: Ask13; isAll: boolean } | null {
  const [way, ...more] = rest;
  if (way !== 'members' && way !== 'member-of') return null;
  const isTwice = more[0] === way;
  const tail = isTwice ? more.slice(1) : more;
  const isAll = versionsWord(tail[0]);
  if (tail.length > 1 || isAll === null) return null;
  return { ask: isTwice ? (`${way}/${way}` as Ask13) : way, isAll };
}

function oldStep(family: string, rest: readonly string[]): { ask: Ask13; isAll: boolean } | null {
  const [word = '', versions, ...more] = rest;
  const ask = oldSteps[family]?.[word];
  const isAll = versionsWord(versions);
  if (ask === undefined || isAll === null || more.length > 0) return null;
  return versions !== undefined && withoutVersions.has(`${family} ${word}`) ? null : { ask, isAll };
}

function productRoute(family: string, identifier: string, rest: readonly string[]): Route13 | null {
  const group = family === 'products' ? null : family;
  const base = { kind: 'product' as const, identifier, group, isAll: false, isOldAll: false };
  const [word, ...more] = rest;
  if (word === undefined) return { ...base, ask: 'one' };
  if (more.length === 0 && word === 'latest') return { ...base, ask: 'latest' };
  if (more.length === 0 && word === 'all') return { ...base, ask: 'all', isOldAll: group !== null };
  const modern = family === 'products' ? step(rest) : null;
  if (modern !== null) return { ...base, ...modern };
  const old = oldStep(family, rest);
  if (old === null) return null;
  return { ...base, ...old, group: family === 'products' ? 'any product' : family };
}

/** null for a path that is none of them. `segments` are decoded. */
export function readRoute13(segments: readonly string[]): Route13 | null {
  const [family = '', id, ...rest] = segments;
  if (id === undefined) {
    if (family === 'healthcheck' || family === 'classes' || family === 'properties')
      return { kind: family };
    if (family === 'products') return { kind: 'list', group: 'any' };
    return family === 'bundles' || family === 'collections'
      ? { kind: 'list', group: family }
      : null;
  }
  if (family === 'classes') {
    if (rest.length === 0) return { kind: 'list', group: id };
    const [identifier = '', ...steps] = rest;
    const found = step(steps);
    if (found === null) return null;
    return { kind: 'product', identifier, group: id, ...found, isOldAll: false };
  }
  return family in oldSteps ? productRoute(family, id, rest) : null;
}
