/**
 * The PDS Registry's domain: bundles, collections and products, as Almagest shows them. Identifiers are those of the
 * registry; nothing here depends on which dialect of the service answered.
 */
import type { AnswerAge } from './age.ts';
import type { Checksum, RecordRef } from './domain.ts';

/** 1.3: `start` and `limit`. current: `search-after`, sorting, facets, class names in the singular. */
export const pdsDialects = ['1.3', 'current'] as const;
export type PdsDialect = (typeof pdsDialects)[number];

/** Place in the tree, told by the product's class. */
export type PdsLevel = 'bundle' | 'collection' | 'product';

/** A product that another one names; `title` where it is known without asking. */
export interface PdsReference {
  /** lid or lidvid, as the registry gives it. */
  id: string;
  role: 'investigation' | 'component' | 'target';
}

/** A file of a product: its label, or one of its data files. */
export interface PdsFile {
  role: 'label' | 'data';
  name: string;
  /** As the registry gives it: https in most cases, http, a path of the node's own, or nothing that can be had. */
  url: string;
  /** ok: https. upgraded: http, tried as https. checked: http, only with its md5. dead: can't be fetched. */
  reach: 'ok' | 'upgraded' | 'checked' | 'dead';
  bytes: number | null;
  checksum: Checksum | null;
  /** The registry's word, which is often wrong (csv as text/plain). */
  mime: string | null;
  /** ISO 8601, or null. */
  created: string | null;
}

export interface PdsProperty {
  /** With "." between class and attribute, whichever way the service wrote it. */
  name: string;
  values: string[];
}

export interface PdsProduct {
  ref: RecordRef;
  lidvid: string;
  lid: string;
  /** `M.m`; null where the registry gives none that can be read. Compared as two numbers. */
  version: string | null;
  /** Such as Product_Observational; null where it is not said. */
  productClass: string | null;
  level: PdsLevel;
  title: string;
  description: string | null;
  /** ISO 8601; null when unknown. */
  start: string | null;
  /** null when unknown, or open: see `isOpenEnded`. */
  stop: string | null;
  isOpenEnded: boolean;
  references: PdsReference[];
  files: PdsFile[];
  /** What the registry says of the files without it being clear of which: names of properties. Absent: nothing. */
  unpaired?: string[];
  labelUrl: string | null;
  supersededBy: string | null;
  /** lidvids of collections (of a product) or bundles (of a collection), where the registry states them. */
  parents: string[];
  /** Such as PDS_GEO. */
  node: string | null;
  archiveStatus: string | null;
  doi: string | null;
  properties: PdsProperty[];
}

/** A part of a list of products. */
export interface PdsPage {
  products: PdsProduct[];
  /** All of the list as the registry counts them; null where it doesn't say. */
  hits: number | null;
  /** Rows of this part that could not be read. */
  unreadable: number;
  age: AnswerAge;
}

/** A name that queries may use, and its type in the registry. */
export interface PdsPropertyType {
  /** With "." between class and attribute. */
  name: string;
  type: 'string' | 'integer' | 'float' | 'timestamp' | 'boolean' | 'unsupported';
}
