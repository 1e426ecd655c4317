/** Runs in plain Node. A product of the registry as a record, in the shape that all archives share. */
import type { ArchiveRecord, RecordKind } from '#contract/domain.ts';
import type { PdsProduct } from '#contract/pds.ts';

/** Told by the record itself; the rest is `fields`. */
const ownParts = new Set(['title', 'description']);

const kinds: Readonly<Record<string, RecordKind>> = {
  Product_Bundle: 'bundle',
  Product_Collection: 'collection',
  Product_Document: 'document',
  Product_Browse: 'image',
  Product_Thumbnail: 'image',
};

const pages: Partial<Record<RecordKind, string>> = {
  bundle: 'viewBundle',
  collection: 'viewCollection',
  document: 'viewDocument',
};

/** The record of a product. `fields` holds the registry's properties under their own names, values as lists. */
export function toRecord(product: PdsProduct): ArchiveRecord {
  const kind = kindOf(product);
  const valuesOf = (name: string): string[] =>
    product.properties.find((property) => property.name === name)?.values ?? [];
  return {
    ref: product.ref,
    archive: 'pds-registry',
    id: product.lidvid,
    kind,
    title: product.title,
    description: product.description,
    date: product.start,
    credit: creditOf(valuesOf),
    licence: null,
    preview: previewOf(product, kind),
    page: pageOf(product, kind),
    fields: Object.fromEntries(
      product.properties
        .filter(({ name }) => !ownParts.has(name))
        .map(({ name, values }) => [name, values]),
    ),
  };
}

/** By the class; where it is not told, by the place in the tree. */
export function kindOf({ productClass, level }: PdsProduct): RecordKind {
  const own =
    productClass === null || !Object.hasOwn(kinds, productClass) ? null : kinds[productClass];
  return own ?? (level === 'product' ? 'data' : level);
}

/** `Maki, Justin N. (2021)`: authors, else editors, and the year of publication, as the label cites itself. */
function creditOf(valuesOf: (name: string) => string[]): string | null {
  const from = (name: string): string =>
    (valuesOf(`pds:Citation_Information.pds:${name}`)[0] ?? '').replace(/\s+/g, ' ').trim();
  const who = from('author_list') || from('editor_list');
  if (who === '') return null;
  const year = /^\d{4}/.exec(from('publication_year'))?.[0];
  const credit = year === undefined ? who : `${who} (${year})`;
  return credit.length > 1000 ? `${credit.slice(0, 999)}…` : credit;
}

/** The picture of a browse product or thumbnail, where a window could show it. */
function previewOf({ files }: PdsProduct, kind: RecordKind): string | null {
  if (kind !== 'image') return null;
  const picture = files.find(
    ({ role, reach, url }) =>
      role === 'data' && reach === 'ok' && /\.(?:jpe?g|png|gif|webp)$/i.test(new URL(url).pathname),
  );
  return picture?.url ?? null;
}

/** PDS has pages for bundles, collections and documents, and none for single data products. */
function pageOf({ lid, version }: PdsProduct, kind: RecordKind): string | null {
  const view = pages[kind];
  if (view === undefined) return null;
  const query = new URLSearchParams({ identifier: lid, ...(version === null ? {} : { version }) });
  return `https://pds.nasa.gov/ds-view/pds/${view}.jsp?${query.toString()}`;
}
