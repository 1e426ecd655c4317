/**
 * Runs in plain Node, any thread; pure. Who belongs to whom in the sample registry: inventories of collections,
 * entries of bundles, and the way back. Lists are worked out member by member.
 */
import { lidvidOf, productName } from './entry.ts';
import type { Entry } from './entry.ts';
import type { Layout, Segment } from './layout.ts';

/** Identifiers that are worked out when asked for: a list of a million takes no room. */
export interface IdList {
  count: number;
  /** A lid or a lidvid. */
  at(place: number): string;
}

export interface Inventory extends IdList {
  status: 'P' | 'S';
}

export function listOf(ids: readonly string[]): IdList {
  return { count: ids.length, at: (place) => ids[place] ?? '' };
}

/** Lists one after the other. */
export function joinLists(lists: readonly IdList[]): IdList {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only;
  const count = lists.reduce((sum, list) => sum + list.count, 0);
  return {
    count,
    at(place) {
      let rest = place;
      for (const list of lists) {
        if (rest < list.count) return list.at(rest);
        rest -= list.count;
      }
      return '';
    },
  };
}

/** The version of a product that a version of its collection lists: the newest one names the newest. */
function listedRevision(versions: number, revision: number, ofProduct: number): number {
  return revision === versions - 1 ? ofProduct - 1 : Math.min(revision, ofProduct - 1);
}

function productLidvid(
  segment: Segment,
  ordinal: number,
  versions: number,
  revision: number,
): string {
  const { run } = segment;
  if (run === null) return '';
  const { bundle, collection, prefix } = run;
  // One in fifty has more than one version (see layout.ts).
  const all = ordinal % 50 === 7 ? collection.revised : collection.revised.slice(0, 1);
  const version = all[listedRevision(versions, revision, all.length)] ?? '1.0';
  return `${prefix}${productName(bundle, collection, ordinal)}::${version}`;
}

/** What a version of a collection lists. */
export function inventoryOf(layout: Layout, entry: Entry): Inventory {
  const { collection } = entry;
  if (collection === null) return { count: 0, at: () => '', status: 'P' };
  if (collection.borrows !== undefined) {
    const from = layout.runOf(collection.borrows.from);
    if (from === null) return { count: 0, at: () => '', status: 'S' };
    const count = Math.min(collection.borrows.count, from.run?.collection.count ?? 0);
    return { count, status: 'S', at: (place) => productLidvid(from, place, 1, 0) };
  }
  const segment = layout.runOf(entry.lid);
  if (segment === null) return { count: 0, at: () => '', status: 'P' };
  const versions = entry.revisions.length;
  return {
    count: collection.count,
    status: 'P',
    at: (place) => productLidvid(segment, place, versions, entry.revision),
  };
}

export interface BundleMember {
  /** A lid or a lidvid, as the bundle's label has it. */
  id: string;
  status: 'Primary' | 'Secondary';
  type: string;
}

/** What a version of a bundle names: earlier ones knew earlier collections where they name them by lidvid. */
export function bundleMembers(layout: Layout, entry: Entry): BundleMember[] {
  const { bundle } = entry;
  const isNewest = entry.revision === entry.revisions.length - 1;
  const own = bundle.collections.map(({ id, versions, type }): BundleMember => {
    const lid = `${bundle.lid}:${id}`;
    const version = isNewest
      ? versions.at(-1)
      : versions[Math.min(entry.revision, versions.length - 1)];
    return {
      id: bundle.names === 'lid' ? lid : `${lid}::${version ?? '1.0'}`,
      status: 'Primary',
      type: `bundle_has_${type === 'SPICE Kernel' ? 'spice_kernel' : type.toLowerCase()}_collection`,
    };
  });
  const others = bundle.secondary
    .filter((lid) => layout.versionsOf(lid).length > 0)
    .map((id): BundleMember => ({
      id,
      status: 'Secondary',
      type: 'bundle_has_document_collection',
    }));
  return [...own, ...others];
}

function bundleEntries(layout: Layout): Entry[] {
  return layout.bundles.flatMap((bundle) => layout.versionsOf(bundle.lid).map(layout.entryAt));
}

const parentsKept = new WeakMap<Layout, Map<string, string[]>>();

/** lidvids of the bundles that name a collection, each by every version that does. */
export function bundlesOf(layout: Layout, entry: Entry): string[] {
  let kept = parentsKept.get(layout);
  if (kept === undefined) {
    kept = new Map();
    for (const bundle of bundleEntries(layout)) {
      for (const { id } of bundleMembers(layout, bundle))
        kept.set(id, [...(kept.get(id) ?? []), lidvidOf(bundle)]);
    }
    parentsKept.set(layout, kept);
  }
  return [...new Set([...(kept.get(lidvidOf(entry)) ?? []), ...(kept.get(entry.lid) ?? [])])];
}

/** lidvids of the collections whose inventories list a product. */
export function collectionsOf(layout: Layout, entry: Entry): string[] {
  const { bundle, collection } = entry;
  if (collection === null || entry.kind === 'collection') return [];
  const own = `${bundle.lid}:${collection.id}`;
  const found = collection.versions
    .filter((_, revision) => {
      const total = collection.versions.length;
      return listedRevision(total, revision, entry.revisions.length) === entry.revision;
    })
    .map((version) => `${own}::${version}`);
  const isNewest = entry.revision === entry.revisions.length - 1;
  for (const other of layout.bundles) {
    for (const { id, borrows, versions } of other.collections) {
      if (borrows?.from === own && isNewest && entry.ordinal < borrows.count)
        found.push(...versions.map((version) => `${other.lid}:${id}::${version}`));
    }
  }
  return found;
}

const grandparentsKept = new WeakMap<Layout, Map<string, string[]>>();

/** lidvids of the bundles above a product's collections. */
export function bundlesAbove(layout: Layout, collections: readonly string[]): string[] {
  const key = collections.join(' ');
  let kept = grandparentsKept.get(layout);
  if (kept === undefined) grandparentsKept.set(layout, (kept = new Map()));
  const known = kept.get(key);
  if (known !== undefined) return known;
  const found = collections.flatMap((lidvid) => {
    const [lid = '', version = ''] = lidvid.split('::');
    const index = layout.indexOf(lid, version);
    return index === null ? [] : bundlesOf(layout, layout.entryAt(index));
  });
  const unique = [...new Set(found)];
  kept.set(key, unique);
  return unique;
}
