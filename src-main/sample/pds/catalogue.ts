/**
 * Runs in plain Node, any thread; types only. What the routes of the sample registry need of a collection of
 * products: the generated one of the sample archive, or one read from labels on disk by a test.
 */
import type { ServedFile } from '../serve-bytes.ts';
import type { LabelElement } from './label-tree.ts';
import type { IdList } from './membership.ts';

/** What is cheap to know of a product. */
export interface ProductBrief {
  lid: string;
  /** `M.m`. */
  version: string;
  productClass: string;
  /** Archived or certified: others are neither listed nor found. */
  isReleased: boolean;
  isSuperseded: boolean;
}

export interface StoredProduct extends ProductBrief {
  index: number;
  lidvid: string;
  /** Names of its properties, blobs left out; "." between class and attribute. */
  names(): readonly string[];
  /** Values of a property or a blob; undefined when it has none of that name. */
  values(name: string): readonly string[] | undefined;
  label(): LabelElement;
  /** The label's file. */
  labelText(): string;
}

/** What a property holds in a block: values that every product has, and values that some have. */
export interface BlockValues {
  always: readonly string[];
  sometimes: readonly string[];
}

/** Products with consecutive numbers, and what may be said of all of them at once. */
export interface Block {
  first: number;
  count: number;
  /** Of those products that lists show; null when nothing is sure. */
  values(name: string): BlockValues | null;
  /** Whether a property of one value never falls from one product to the next. */
  ascends(name: string): boolean;
  /** Numbers of those that lists do not show; null when each has to be looked at. */
  unlisted(): Iterable<number> | null;
}

export interface Catalogue {
  /** Numbers of products go from 0 up to this, in the order of their lidvids. */
  count: number;
  product(index: number): StoredProduct;
  brief(index: number): ProductBrief;
  /** Numbers of a lid's versions, oldest first. */
  versionsOf(lid: string): number[];
  /** The first number whose lidvid is not below a text. */
  lowerBound(lidvid: string): number;
  blocks: readonly Block[];
  /** What a version of a collection lists: lidvids, or lids; also those that the registry does not have. */
  inventory(index: number): IdList;
  /** Every version of what its inventory lists. */
  everyMember(index: number): IdList;
  /** Collections that a version of a bundle names: lids or lidvids. */
  bundleEntries(index: number): readonly string[];
  /** All names, with types; "." between class and attribute. */
  properties(): ReadonlyMap<string, PropertyKind>;
  /** Work that should be waited for before all properties of a product are asked for; null for none. */
  prepare(index: number): Promise<void> | null;
  /** A file below the file host, by its decoded path; null when there is none. */
  file(segments: readonly string[]): ServedFile | null;
}

export type PropertyKind = 'string' | 'integer' | 'float' | 'timestamp' | 'boolean' | 'unsupported';

export function splitLidvid(lidvid: string): { lid: string; version: string } | null {
  const match = /^([^:]+(?::[^:]+)*)::(\d+\.\d+)$/.exec(lidvid);
  return match === null ? null : { lid: match[1] ?? '', version: match[2] ?? '' };
}

export function indexOfLidvid(catalogue: Catalogue, lidvid: string): number | null {
  const parts = splitLidvid(lidvid);
  if (parts === null) return null;
  return (
    catalogue
      .versionsOf(parts.lid)
      .find((index) => catalogue.brief(index).version === parts.version) ?? null
  );
}
