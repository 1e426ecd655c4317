/**
 * Runs in plain Node, any thread. Finds products of a catalogue by lid and lidvid, and the way up and down the tree,
 * as the 1.3 service does it.
 */
import { indexOfLidvid, splitLidvid } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { joinLists, listOf } from './membership.ts';
import type { IdList } from './membership.ts';
import { Refusal } from './reply.ts';

const parentBundles = 'ops:Provenance.ops:parent_bundle_identifier';
const parentCollections = 'ops:Provenance.ops:parent_collection_identifier';

/** A lid, with a version where it has one that can be read: "::1" is dropped. */
export function readIdentifier(text: string): { lid: string; version: string | null } {
  const parts = splitLidvid(text);
  if (parts !== null) return parts;
  const at = text.indexOf('::');
  return { lid: at < 0 ? text : text.slice(0, at), version: null };
}

export function released(catalogue: Catalogue, lid: string): number[] {
  return catalogue.versionsOf(lid).filter((index) => catalogue.brief(index).isReleased);
}

/** The newest version of a lid that is not superseded; null when there is none. */
export function latestOf(catalogue: Catalogue, lid: string): number | null {
  const versions = released(catalogue, lid);
  const current = versions.filter((index) => !catalogue.brief(index).isSuperseded);
  return current.at(-1) ?? versions.at(-1) ?? null;
}

/** The lid itself where there is one of that name, else the last that begins so: a lid acts as `lid*`. */
export function lidMeant(catalogue: Catalogue, lid: string): string | null {
  if (released(catalogue, lid).length > 0) return lid;
  // "~" stands behind every character that lids are made of.
  const last = catalogue.lowerBound(`${lid}~`) - 1;
  if (last < 0 || lid === '') return null;
  const found = catalogue.brief(last).lid;
  return found.startsWith(lid) && released(catalogue, found).length > 0 ? found : null;
}

/** One product from what stands in a path. Throws a refusal with 404. */
export function resolve(catalogue: Catalogue, identifier: string): number {
  const { lid, version } = readIdentifier(identifier);
  if (version !== null) {
    const exact = indexOfLidvid(catalogue, `${lid}::${version}`);
    if (exact !== null && catalogue.brief(exact).isReleased) return exact;
  } else {
    const meant = lidMeant(catalogue, lid);
    const latest = meant === null ? null : latestOf(catalogue, meant);
    if (latest !== null) return latest;
  }
  throw new Refusal(404, `The lidvid ${identifier} was not found`);
}

export type Level = 'bundle' | 'collection' | 'product';

export function levelOf(catalogue: Catalogue, index: number): Level {
  const { productClass } = catalogue.brief(index);
  if (productClass === 'Product_Bundle') return 'bundle';
  return productClass === 'Product_Collection' ? 'collection' : 'product';
}

/** Collections of a bundle: those that it names by lidvid and the latest of those it names by lid, or all versions. */
export function collectionsIn(catalogue: Catalogue, bundle: number, isAll: boolean): number[] {
  const found = new Set<number>();
  for (const id of catalogue.bundleEntries(bundle)) {
    const { lid, version } = readIdentifier(id);
    if (isAll) for (const index of released(catalogue, lid)) found.add(index);
    else {
      const one =
        version === null
          ? latestOf(catalogue, lid)
          : indexOfLidvid(catalogue, `${lid}::${version}`);
      if (one !== null && catalogue.brief(one).isReleased) found.add(one);
    }
  }
  return [...found];
}

function lidvidAt(catalogue: Catalogue, index: number): string {
  return catalogue.product(index).lidvid;
}

/** Identifiers of what belongs to a bundle or a collection. */
export function membersOf(catalogue: Catalogue, index: number, isAll: boolean): IdList {
  if (levelOf(catalogue, index) === 'bundle')
    return listOf(collectionsIn(catalogue, index, isAll).map((one) => lidvidAt(catalogue, one)));
  return isAll ? catalogue.everyMember(index) : catalogue.inventory(index);
}

/** Identifiers of the products in a bundle's collections. */
export function productsOf(catalogue: Catalogue, bundle: number, isAll: boolean): IdList {
  const collections = collectionsIn(catalogue, bundle, isAll);
  const once = new Map<string, number>();
  // Every version of a member comes with each version of its collection: one of them is enough.
  for (const index of collections)
    once.set(isAll ? catalogue.brief(index).lid : lidvidAt(catalogue, index), index);
  return joinLists([...once.values()].map((index) => membersOf(catalogue, index, isAll)));
}

/** Identifiers of what a product or a collection belongs to. */
export function parentsOf(catalogue: Catalogue, index: number, isAll: boolean): IdList {
  const product = catalogue.product(index);
  if (levelOf(catalogue, index) === 'collection')
    return listOf(product.values(parentBundles) ?? []);
  const lids = new Set(
    (product.values(parentCollections) ?? []).map((id) => readIdentifier(id).lid),
  );
  const found = [...lids].sort().flatMap((lid) => {
    if (isAll) return released(catalogue, lid);
    const latest = latestOf(catalogue, lid);
    return latest === null ? [] : [latest];
  });
  return listOf(found.map((one) => lidvidAt(catalogue, one)));
}

/** Identifiers of the bundles above a product's collections. */
export function grandparentsOf(catalogue: Catalogue, index: number, isAll: boolean): IdList {
  const collections = parentsOf(catalogue, index, false);
  const found = new Set<string>();
  for (let place = 0; place < collections.count; place += 1) {
    const collection = indexOfLidvid(catalogue, collections.at(place));
    if (collection === null) continue;
    const bundles = parentsOf(catalogue, collection, isAll);
    for (let at = 0; at < bundles.count; at += 1) found.add(bundles.at(at));
  }
  return listOf([...found]);
}

/** Number of what an inventory or a label names; null for what the registry does not have. */
export function namedProduct(catalogue: Catalogue, id: string): number | null {
  const { lid, version } = readIdentifier(id);
  const index = version === null ? latestOf(catalogue, lid) : indexOfLidvid(catalogue, id);
  return index !== null && catalogue.brief(index).isReleased ? index : null;
}
