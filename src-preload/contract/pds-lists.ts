/**
 * Lists of the PDS Registry as shells ask for them: by position, whichever dialect of the service answers. Types only.
 */
import type { AnswerAge } from './age.ts';
import type { RecordRef } from './domain.ts';
import type { PdsDialect, PdsPage, PdsProduct } from './pds.ts';

/** What the tree's list of bundles, and a search of products, may be narrowed by. */
export interface PdsFilter {
  /** Words in title and description; all must be there. */
  text?: string | undefined;
  /** lid of a context product (`urn:nasa:pds:context:target:planet.mars`). */
  target?: string | undefined;
  instrument?: string | undefined;
  investigation?: string | undefined;
  /** YYYY-MM-DD: observed from, and until. */
  from?: string | undefined;
  until?: string | undefined;
}

export type PdsListing =
  /** The tree's first level. */
  | { kind: 'bundles'; filter: PdsFilter }
  /** What an identifier's node holds: collections of a bundle, products of a collection. */
  | { kind: 'members'; ref: RecordRef; versions: 'latest' | 'all' }
  /** Products of any class by a query in the registry's own language. */
  | { kind: 'query'; q: string }
  /** Context products of one kind, for the choices of filters. */
  | { kind: 'context'; of: 'target' | 'instrument' | 'investigation'; text: string };

/** Products `from` to `from + products.length` of a list; fewer than asked for at its end. */
export interface PdsListPart extends PdsPage {
  from: number;
  /** False where the service only goes on from where it was: positions far ahead are listed on the way. */
  canSkip: boolean;
  /** What the service does not give or does otherwise, in words for the user; mostly empty. */
  notes: string[];
}

/** A version of a product, as a list of versions shows it. */
export interface PdsVersion {
  ref: RecordRef;
  lidvid: string;
  version: string | null;
  /** ISO 8601: when the label was last modified; null when unknown. */
  modified: string | null;
  isNewest: boolean;
}

/** Everything known of a product. */
export interface PdsProductDetail {
  product: PdsProduct;
  /** From the bundle down to the product's own collection; each chain is one place in the tree. */
  chains: PdsProduct[][];
  /** By number, newest first. */
  versions: PdsVersion[];
  /** As the label asks to be cited; null where nothing is given. */
  citation: string | null;
  missing: { part: 'parents' | 'versions'; reason: string }[];
  age: AnswerAge;
}

/** Which service answers, as far as it is known. */
export interface PdsService {
  address: string;
  dialect: PdsDialect | null;
}

/** A route's answer as it came. */
export interface PdsRawAnswer {
  status: number;
  contentType: string | null;
  body: string;
  /** What had to be changed to ask it of this service, each in a sentence. */
  notes: string[];
}

/** A part of all of a list, each product once. */
export interface PdsCrawlPart {
  products: PdsProduct[];
  /** True with the last part, which is empty; the listing is closed then. */
  isEnded: boolean;
  report: {
    /** As the registry counts; null where it doesn't. */
    hits: number | null;
    distinct: number;
    /** Came more than once, given on once. */
    doubled: number;
    unreadable: number;
    missing: number;
    gaps: {
      count: number;
      reason: 'unknown' | 'beyond-window' | 'not-returned' | 'changed';
      /** The part of the list, in words. */
      where: string;
    }[];
    requests: number;
  };
  notes: string[];
}

/** Lists that can be gone through whole. */
export type PdsCrawlTarget =
  | PdsListing
  | {
      kind: 'products';
      class?: string | undefined;
      q?: string | undefined;
      keywords?: string[] | undefined;
    }
  | { kind: 'relatives'; of: 'members-of-members' | 'parents' | 'versions'; ref: RecordRef };
