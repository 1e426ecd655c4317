/**
 * Runs in plain Node, any thread; pure. One entry of the sample registry: a version of a bundle, a collection
 * or a product, and what is cheap to say about it.
 */
import { mix } from '../random.ts';
import type { BundlePlan, CollectionPlan, ProductKind } from './missions.ts';

export type EntryKind = 'bundle' | 'collection' | ProductKind;

export interface Entry {
  index: number;
  kind: EntryKind;
  lid: string;
  /** `M.m`. */
  version: string;
  /** Place among all versions of the lid, and those, oldest first. */
  revision: number;
  revisions: readonly string[];
  bundle: BundlePlan;
  /** null for bundles. */
  collection: CollectionPlan | null;
  /** Number among the collection's products; 0 for bundles and collections. */
  ordinal: number;
}

export function lidvidOf(entry: { lid: string; version: string }): string {
  return `${entry.lid}::${entry.version}`;
}

/** Compares `M.m` as two numbers: 1.9 < 1.10 < 13.0. */
export function compareVersions(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return aMajor - bMajor || aMinor - bMinor;
}

export const classOf: Readonly<Record<EntryKind, string>> = {
  bundle: 'Product_Bundle',
  collection: 'Product_Collection',
  table: 'Product_Observational',
  photometry: 'Product_Observational',
  spectrum: 'Product_Observational',
  image: 'Product_Observational',
  browse: 'Product_Browse',
  document: 'Product_Document',
  kernel: 'Product_SPICE_Kernel',
  context: 'Product_Context',
};

export function isSuperseded(entry: Entry): boolean {
  return entry.revision < entry.revisions.length - 1;
}

/** Products that were harvested and never released: the registry lists and finds none of them. */
export function isReleased(entry: Entry): boolean {
  return (
    entry.collection?.isMessy !== true || entry.kind === 'collection' || entry.ordinal % 20 !== 5
  );
}

export function archiveStatus(entry: Entry): string {
  if (!isReleased(entry)) return 'staged';
  return entry.ordinal % 9 === 4 ? 'certified' : 'archived';
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

const collectionSeeds = new WeakMap<CollectionPlan, number>();

/** Seed of an entry's content: the same for ever for a seed of the archive. */
export function contentSeed(seed: number, entry: Entry): number {
  const { collection, bundle } = entry;
  let own = collection === null ? undefined : collectionSeeds.get(collection);
  if (own === undefined) {
    own = hashText(`${bundle.lid}:${collection?.id ?? ''}`);
    if (collection !== null) collectionSeeds.set(collection, own);
  }
  return mix(mix(mix(seed, own), entry.ordinal), entry.revision + 77);
}

const minute = 60_000;
const day = 86_400_000;
/** Mean solar day of Mars in milliseconds: the lander's products are numbered by it. */
const sol = 88_775_244;

/** Milliseconds between two products of a collection. */
function stepOf(collection: CollectionPlan): number {
  return collection.isLarge === true
    ? 10 * minute
    : collection.kind === 'table'
      ? 2 * sol
      : day / 3;
}

/** Number in a product's name: sols for tables, else the ordinal. */
export function productNumber(collection: CollectionPlan, ordinal: number): number {
  return collection.kind === 'table' ? 2 + ordinal * 2 : ordinal;
}

const missionStarts = new Map<string, number>();

function missionStart({ mission }: BundlePlan): number {
  const known = missionStarts.get(mission.start);
  if (known !== undefined) return known;
  const ms = Date.parse(mission.start);
  missionStarts.set(mission.start, ms);
  return ms;
}

/** When a product's observation began, in milliseconds since 1970. */
export function startMs(bundle: BundlePlan, collection: CollectionPlan, ordinal: number): number {
  const first = missionStart(bundle) + (collection.kind === 'table' ? 2 * sol : 0);
  return first + ordinal * stepOf(collection);
}

export function stopMs(bundle: BundlePlan, collection: CollectionPlan, ordinal: number): number {
  return startMs(bundle, collection, ordinal) + Math.round(stepOf(collection) * 0.85);
}

export const isoOf = (ms: number): string => new Date(ms).toISOString();

let stampedDay = -1;
let stamp = '';

/** `20190401`. Neighbours share a day, and a million of them are named one after the other. */
function dateStamp(ms: number): string {
  const number = Math.floor(ms / day);
  if (number !== stampedDay) {
    stamp = isoOf(ms).slice(0, 10).replaceAll('-', '');
    stampedDay = number;
  }
  return stamp;
}

/** Last part of a product's lid: `rad_der_00122_20190401`. */
export function productName(
  bundle: BundlePlan,
  collection: CollectionPlan,
  ordinal: number,
): string {
  const named = collection.names?.[ordinal];
  if (named !== undefined) return named;
  if (collection.kind === 'kernel')
    return `${collection.stem}${String(ordinal).padStart(3, '0')}.tsc`;
  const width = collection.isLarge === true ? 7 : 5;
  const number = String(productNumber(collection, ordinal)).padStart(width, '0');
  return `${collection.stem}_${number}_${dateStamp(startMs(bundle, collection, ordinal))}`;
}

/** The product of that name in a collection; null when there is none. */
export function ordinalOf(
  bundle: BundlePlan,
  collection: CollectionPlan,
  name: string,
): number | null {
  if (collection.names !== undefined) {
    const at = collection.names.indexOf(name);
    return at < 0 ? null : at;
  }
  const number = Number(/^_?(\d+)/.exec(name.slice(collection.stem.length))?.[1] ?? -1);
  const ordinal = collection.kind === 'table' ? (number - 2) / 2 : number;
  if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= collection.count) return null;
  return productName(bundle, collection, ordinal) === name ? ordinal : null;
}

let harvestBatch = -1;
let harvestText = '';

/** Products of one harvest share its time to the nanosecond; the first harvest of a large collection took half of it. */
export function harvestTime(entry: Entry): string {
  const { collection, ordinal } = entry;
  const first = Date.UTC(2022, 10, 1, 22, 30, 14);
  if (collection?.isLarge === true && entry.kind !== 'collection') {
    const lump = Math.min(250_000, Math.floor(collection.count / 2));
    const batch = ordinal < lump ? 0 : 1 + Math.floor((ordinal - lump) / 1000);
    if (batch !== harvestBatch) {
      harvestText = `${isoOf(first + batch * 7 * minute).slice(0, 19)}.054640500Z`;
      harvestBatch = batch;
    }
    return harvestText;
  }
  const of = hashText(`${entry.bundle.lid}:${collection?.id ?? ''}`) % 900;
  return `${isoOf(first + of * day + entry.revision * 97 * day).slice(0, 19)}.${String(of).padStart(3, '0')}311900Z`;
}

/** With quotes around it in titles of documents: a body in CSV does not escape them. */
const instrumentWord = (bundle: BundlePlan): string =>
  bundle.instrument?.name.replace(/^Sample /, '') ?? 'SPICE';

export function titleOf(entry: Entry): string {
  const { bundle, collection } = entry;
  if (collection === null) return bundle.title;
  if (entry.kind === 'collection')
    return `${bundle.title.replace(/(?: Data)? Archive$/, '')}: ${collection.title}`;
  const name = entry.lid.slice(entry.lid.lastIndexOf(':') + 1);
  switch (entry.kind) {
    case 'context':
      return collection.titles?.get(name) ?? name;
    case 'document':
      return `${bundle.mission.name} "${instrumentWord(bundle)}" document: ${name}`;
    case 'browse':
      return `${bundle.mission.name} browse picture: ${name}`;
    case 'kernel':
      return `${bundle.mission.name} SPICE kernel: ${name}`;
    default:
      return `${bundle.mission.name} ${instrumentWord(bundle)} ${collection.level.toLowerCase()} product: ${name}`;
  }
}
