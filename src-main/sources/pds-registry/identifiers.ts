/**
 * Runs in plain Node. Identifiers of the registry: lid, vid and lidvid, taken apart and written into
 * addresses.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { PdsLevel } from '#contract/pds.ts';
import { isVersion } from '#contract/pds-versions.ts';

export interface Identifier {
  lid: string;
  /** `M.m`; null for a lid, and where the vid can't be read (the registry drops such a vid too). */
  version: string | null;
}

/** As long as a reference of the contract may be. */
const longest = 1024;

/** Splits `lid::M.m`. Null for what can't be an identifier at all. */
export function parseIdentifier(text: string): Identifier | null {
  const id = text.trim();
  if (id.length > longest || !/^urn:[^\s:]+:[^\s:]+:[^\s:]/i.test(id)) return null;
  const at = id.indexOf('::');
  if (at < 0) return { lid: id.replace(/:+$/, ''), version: null };
  const version = id.slice(at + 2);
  return { lid: id.slice(0, at), version: isVersion(version) ? version : null };
}

/** `lid::M.m`, or the lid where there is no version. */
export function toLidvid({ lid, version }: Identifier): string {
  return version === null ? lid : `${lid}::${version}`;
}

/** Place in the tree by the class, else by how many parts the lid has: urn:nasa:pds:bundle:collection:product. */
export function levelOf(productClass: string | null, lid: string): PdsLevel {
  if (productClass === 'Product_Bundle') return 'bundle';
  if (productClass === 'Product_Collection') return 'collection';
  if (productClass !== null) return 'product';
  const parts = lid.split(':').length;
  return parts <= 4 ? 'bundle' : parts === 5 ? 'collection' : 'product';
}

/**
 * A part of a path: everything but unreserved characters and colons is encoded. Throws `ArchiveError`
 * ('not-found') for dots alone, which would climb the path however they are encoded.
 */
export function encodePart(text: string): string {
  if (text === '' || text === '.' || text === '..' || text.length > longest) {
    throw new ArchiveError({
      code: 'not-found',
      message: `“${text.slice(0, 80)}” is no identifier of the PDS registry. Nothing was sent. A lid looks like urn:nasa:pds:bundle:collection:product.`,
      retryable: false,
    });
  }
  return encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':');
}
