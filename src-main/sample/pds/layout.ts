/**
 * Runs in plain Node, any thread; pure. Where each entry of the sample registry stands. Entries are numbered in
 * the order of their lidvids as bytes; products of a collection are a run without gaps, worked out from their
 * number and never listed, so that an archive of a million costs no more than one of a thousand.
 */
import { compareVersions, ordinalOf, productName } from './entry.ts';
import type { Entry } from './entry.ts';
import { bundlePlans } from './archives.ts';
import type { BundlePlan, CollectionPlan } from './missions.ts';

/** One product in so many was revised; which one of them. */
const block = 50;
const revisedAt = 7;

export interface Segment {
  /** First of its numbers, and how many there are. */
  first: number;
  count: number;
  /** null for a single entry: a version of a bundle or a collection. */
  run: Run | null;
  single: Omit<Entry, 'index'> | null;
}

export interface Run {
  bundle: BundlePlan;
  collection: CollectionPlan;
  /** Lids below this are the run's: `urn:nasa:pds:sample_camera:data_raw:`. */
  prefix: string;
}

export interface Layout {
  count: number;
  bundles: readonly BundlePlan[];
  segments: readonly Segment[];
  entryAt(index: number): Entry;
  /** Numbers of a lid's versions, oldest first; empty where there is no such lid. */
  versionsOf(lid: string): number[];
  indexOf(lid: string, version: string): number | null;
  /** Number of a product's revision (an index into its versions, oldest first; -1 is the newest). */
  indexOfProduct(segment: Segment, ordinal: number, revision: number): number;
  runOf(collectionLid: string): Segment | null;
  segmentAt(index: number): Segment;
  /** The first entry whose lidvid is not below this text. */
  lowerBound(lidvid: string): number;
}

/** The versions of one product of a collection. */
function revisionsOf(collection: CollectionPlan, ordinal: number): readonly string[] {
  return ordinal % block === revisedAt ? collection.revised : collection.revised.slice(0, 1);
}

function entriesIn(collection: CollectionPlan): number {
  const revisedOnes = Math.floor((collection.count + block - revisedAt - 1) / block);
  return collection.count + revisedOnes * (collection.revised.length - 1);
}

/** Place of an ordinal's first entry in its run. */
function placeOf(collection: CollectionPlan, ordinal: number): number {
  const before = Math.floor((ordinal + block - revisedAt - 1) / block);
  return ordinal + before * (collection.revised.length - 1);
}

/** From a place in a run to the product, and which of its versions in the order of their texts. */
function placed(collection: CollectionPlan, place: number): { ordinal: number; nth: number } {
  const extra = collection.revised.length - 1;
  const within = place % (block + extra);
  const base = Math.floor(place / (block + extra)) * block;
  if (within < revisedAt) return { ordinal: base + within, nth: 0 };
  if (within <= revisedAt + extra) return { ordinal: base + revisedAt, nth: within - revisedAt };
  return { ordinal: base + within - extra, nth: 0 };
}

/** Places of a run that hold a version which another one superseded. */
export function* supersededPlaces(collection: CollectionPlan): Generator<number> {
  const newest = textOrder(collection.revised).indexOf(collection.revised.length - 1);
  for (let ordinal = revisedAt; ordinal < collection.count; ordinal += block) {
    const first = placeOf(collection, ordinal);
    for (let nth = 0; nth < collection.revised.length; nth += 1)
      if (nth !== newest) yield first + nth;
  }
}

/** The versions in the order of their texts, as numbers into the list by age. */
function textOrder(versions: readonly string[]): number[] {
  return versions
    .map((version, revision) => ({ version, revision }))
    .sort((a, b) => (a.version < b.version ? -1 : 1))
    .map((one) => one.revision);
}

function productEntry(run: Run, ordinal: number, nth: number): Omit<Entry, 'index'> {
  const { bundle, collection } = run;
  const revisions = revisionsOf(collection, ordinal);
  const revision = revisions.length === 1 ? 0 : (textOrder(revisions)[nth] ?? 0);
  return {
    kind: collection.kind,
    lid: run.prefix + productName(bundle, collection, ordinal),
    version: revisions[revision] ?? '1.0',
    revision,
    revisions,
    bundle,
    collection,
    ordinal,
  };
}

interface Draft {
  key: string;
  run: Run | null;
  single: Omit<Entry, 'index'> | null;
}

function singles(
  base: Pick<Entry, 'kind' | 'lid' | 'bundle' | 'collection'>,
  versions: readonly string[],
): Draft[] {
  const sorted = [...versions].sort(compareVersions);
  return sorted.map((version, revision) => ({
    key: `${base.lid}::${version}`,
    run: null,
    single: { ...base, version, revision, revisions: sorted, ordinal: 0 },
  }));
}

function draftsOf(bundles: readonly BundlePlan[]): Draft[] {
  const drafts: Draft[] = [];
  for (const bundle of bundles) {
    drafts.push(
      ...singles({ kind: 'bundle', lid: bundle.lid, bundle, collection: null }, bundle.versions),
    );
    for (const collection of bundle.collections) {
      const lid = `${bundle.lid}:${collection.id}`;
      drafts.push(...singles({ kind: 'collection', lid, bundle, collection }, collection.versions));
      if (collection.count === 0) continue;
      const prefix = `${lid}:`;
      // Names begin with letters, which stand after the colons of "::1.0".
      const key = prefix + productName(bundle, collection, 0);
      drafts.push({ key, run: { bundle, collection, prefix }, single: null });
    }
  }
  return drafts.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function segmentsOf(bundles: readonly BundlePlan[]): Segment[] {
  let first = 0;
  return draftsOf(bundles).map(({ run, single }) => {
    const count = run === null ? 1 : entriesIn(run.collection);
    const segment: Segment = { first, count, run, single };
    first += count;
    return segment;
  });
}

/** The first number from 0 up to `count` for which the test holds; `count` where it never does. */
export function firstWhere(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** `size` is the number of products of the one large collection; the others are always the same. */
export function createLayout(size: number): Layout {
  const bundles = bundlePlans.map((bundle) => ({
    ...bundle,
    collections: bundle.collections.map((one) =>
      one.isLarge === true ? { ...one, count: size } : one,
    ),
  }));
  const segments = segmentsOf(bundles);
  const last = segments.at(-1);
  const count = last === undefined ? 0 : last.first + last.count;
  const runs = new Map<string, Segment>();
  const singlesByLid = new Map<string, number[]>();
  for (const segment of segments) {
    if (segment.run !== null) runs.set(segment.run.prefix.slice(0, -1), segment);
    const lid = segment.single?.lid;
    if (lid !== undefined) singlesByLid.set(lid, [...(singlesByLid.get(lid) ?? []), segment.first]);
  }
  const segmentAt = (index: number): Segment => {
    const at = firstWhere(segments.length, (one) => (segments[one]?.first ?? 0) > index) - 1;
    const segment = segments[at];
    if (segment === undefined || index >= count) throw new RangeError(`No entry ${index}`);
    return segment;
  };
  const entryAt = (index: number): Entry => {
    const { first, run, single } = segmentAt(index);
    if (single !== null) return { index, ...single };
    if (run === null) throw new RangeError(`No entry ${index}`);
    const { ordinal, nth } = placed(run.collection, index - first);
    return { index, ...productEntry(run, ordinal, nth) };
  };
  const indexOfProduct = (segment: Segment, ordinal: number, revision: number): number => {
    if (segment.run === null) throw new RangeError('Not a run');
    const { collection } = segment.run;
    const revisions = revisionsOf(collection, ordinal);
    const wanted = Math.min(revision < 0 ? revisions.length - 1 : revision, revisions.length - 1);
    const nth = revisions.length === 1 ? 0 : textOrder(revisions).indexOf(wanted);
    return segment.first + placeOf(collection, ordinal) + nth;
  };
  const lowerBound = (lidvid: string): number =>
    firstWhere(count, (at) => {
      const entry = entryAt(at);
      return `${entry.lid}::${entry.version}` >= lidvid;
    });
  const versionsOf = (lid: string): number[] => {
    const known = singlesByLid.get(lid);
    if (known !== undefined)
      return [...known].sort((a, b) => entryAt(a).revision - entryAt(b).revision);
    const at = lid.lastIndexOf(':');
    const segment = runs.get(lid.slice(0, at));
    if (segment === undefined || segment.run === null) return [];
    const { bundle, collection } = segment.run;
    const ordinal = ordinalOf(bundle, collection, lid.slice(at + 1));
    if (ordinal === null) return [];
    return revisionsOf(collection, ordinal).map((_, revision) =>
      indexOfProduct(segment, ordinal, revision),
    );
  };
  return {
    count,
    bundles,
    segments,
    entryAt,
    versionsOf,
    indexOf: (lid, version) =>
      versionsOf(lid).find((at) => entryAt(at).version === version) ?? null,
    indexOfProduct,
    runOf: (collectionLid) => runs.get(collectionLid) ?? null,
    segmentAt,
    lowerBound,
  };
}
