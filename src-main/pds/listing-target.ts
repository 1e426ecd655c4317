/**
 * Runs in plain Node, pure. From a list as shells name it to what the registry's client is asked for.
 */
import { parseRef, type RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { PdsFilter, PdsListing } from '#contract/pds-lists.ts';
import type { ListTarget, SearchTarget } from '../sources/pds-registry/lists.ts';
import { joinAnd, literal } from '../sources/pds-registry/query-text.ts';

/** What to ask for, and what the user should know of how it is asked. */
export interface Asked {
  target: ListTarget;
  notes: string[];
}

/** Identifier of a reference to the registry. Throws 'not-found' for one to another archive. */
export function pdsIdOf(ref: RecordRef): string {
  const parsed = parseRef(ref);
  if (parsed?.archive === 'pds-registry') return parsed.id;
  throw new ArchiveError({
    code: 'not-found',
    message: `"${ref}" is not a product of the PDS registry. Nothing was sent. Its reference begins with "pds:".`,
    retryable: false,
  });
}

/** Which list of the registry a listing is. Throws `ArchiveError` for what its language can't say. */
export function targetOf(listing: PdsListing): Asked {
  switch (listing.kind) {
    case 'members': {
      const id = pdsIdOf(listing.ref);
      // What is newest is the registry's own default; asked for by name, one dialect takes it for another route.
      return listing.versions === 'all'
        ? { target: { kind: 'members', id, versions: 'all' }, notes: [] }
        : { target: { kind: 'members', id }, notes: [] };
    }
    case 'query': {
      const q = listing.q.trim();
      return { target: q === '' ? { kind: 'search' } : { kind: 'search', q }, notes: [] };
    }
    case 'context':
      return { target: contextTarget(listing.of, listing.text), notes: [] };
    case 'bundles':
      return bundlesTarget(listing.filter);
  }
}

const contextPrefixes = {
  target: 'urn:nasa:pds:context:target:',
  instrument: 'urn:nasa:pds:context:instrument:',
  investigation: 'urn:nasa:pds:context:investigation:',
} as const;

function contextTarget(of: keyof typeof contextPrefixes, text: string): SearchTarget {
  const q = joinAnd([`lid like ${literal(`${contextPrefixes[of]}*`)}`, titleQuery(text)]);
  return { kind: 'search', q: grouped(q) };
}

function bundlesTarget(filter: PdsFilter): Asked {
  const { text = '', target, instrument, investigation, from, until } = filter;
  const conditions = [
    target === undefined ? null : `ref_lid_target eq ${literal(target)}`,
    instrument === undefined ? null : `ref_lid_instrument eq ${literal(instrument)}`,
    investigation === undefined ? null : `ref_lid_investigation eq ${literal(investigation)}`,
    from === undefined
      ? null
      : `pds:Time_Coordinates.pds:stop_date_time ge ${literal(`${from}T00:00:00Z`)}`,
    until === undefined
      ? null
      : `pds:Time_Coordinates.pds:start_date_time le ${literal(`${until}T23:59:59.999Z`)}`,
  ].filter((condition) => condition !== null);
  const words = wordsOf(text);
  const bundles = { kind: 'search', class: 'bundles' } as const;
  if (conditions.length === 0) {
    return { target: words.length === 0 ? bundles : { ...bundles, keywords: words }, notes: [] };
  }
  const q = joinAnd([...conditions, titleQuery(text)]);
  const notes = words.length === 0 ? [] : ['With filters on, words are looked for in titles only.'];
  return { target: { ...bundles, q: grouped(q) }, notes };
}

/** Words of a search, without what the registry's text search would take for a sign. */
function wordsOf(text: string): string[] {
  return text
    .replace(/["\\|+\-~*()^:<>=!{}[\]/?]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 20);
}

/** All words in the title, the last one perhaps still being typed. */
function titleQuery(text: string): string | null {
  const words = wordsOf(text);
  if (words.length === 0) return null;
  return `title like ${literal(words.map((word) => `+${word}*`).join(' '))}`;
}

/** The grammar wants parentheses round what has an "and" in it, and takes them round anything. */
function grouped(q: string | null): string | undefined {
  if (q === null) return undefined;
  return q.startsWith('(') ? q : `(${q})`;
}
