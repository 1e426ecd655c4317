/** Runs in the page, pure. What the results table shows of a product; the rest is not kept, for there may be many. */
import type { RecordRef } from '#contract/domain.ts';
import type { PdsProduct, PdsReference } from '#contract/pds.ts';

export interface QueryRow {
  ref: RecordRef;
  lidvid: string;
  version: string | null;
  title: string;
  productClass: string | null;
  /** ISO 8601, or null. */
  start: string | null;
  stop: string | null;
  isOpenEnded: boolean;
  target: string | null;
  component: string | null;
  investigation: string | null;
  node: string | null;
  status: string | null;
  /** Sum of the data files whose size is known, of the label where there are none; null where none is. */
  bytes: number | null;
  /** Files without the label. */
  files: number;
  isSuperseded: boolean;
}

/** Properties in which labels name what the references of the registry give by lid only. */
const names: Readonly<Record<PdsReference['role'], string>> = {
  target: 'pds:Target_Identification.pds:name',
  investigation: 'pds:Investigation_Area.pds:name',
  component: 'pds:Observing_System_Component.pds:name',
};

/** `planet.mars` of a context product's lid as a person writes it: `Mars`. */
export function contextName(lid: string): string {
  const own = lid.split('::')[0]?.split(':').at(-1) ?? lid;
  const name = own.slice(own.lastIndexOf('.') + 1).replaceAll('_', ' ');
  return name.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

function nameOf(product: PdsProduct, role: PdsReference['role']): string | null {
  const stated = product.properties.find(({ name }) => name === names[role])?.values;
  const all =
    stated !== undefined && stated.length > 0
      ? stated
      : product.references.filter((one) => one.role === role).map(({ id }) => contextName(id));
  const [first] = all;
  if (first === undefined) return null;
  const others = new Set(all).size - 1;
  return others > 0 ? `${first} +${others}` : first;
}

function bytesOf({ files }: PdsProduct): number | null {
  const data = files.filter(({ role }) => role === 'data');
  const sizes = (data.length > 0 ? data : files).flatMap(({ bytes }) => bytes ?? []);
  return sizes.length === 0 ? null : sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** The row of a product. */
export function rowOf(product: PdsProduct): QueryRow {
  return {
    ref: product.ref,
    lidvid: product.lidvid,
    version: product.version,
    title: product.title,
    productClass: product.productClass,
    start: product.start,
    stop: product.stop,
    isOpenEnded: product.isOpenEnded,
    target: nameOf(product, 'target'),
    component: nameOf(product, 'component'),
    investigation: nameOf(product, 'investigation'),
    node: product.node,
    status: product.archiveStatus,
    bytes: bytesOf(product),
    files: product.files.filter(({ role }) => role === 'data').length,
    isSuperseded: product.supersededBy !== null,
  };
}

/** What all of these identifiers begin with, up to and with its last colon; '' where that is nothing. */
export function sharedPrefix(lidvids: Iterable<string>, before: string | null = null): string {
  let shared = before;
  for (const lidvid of lidvids) {
    // The version is no part of the path, and one identifier alone keeps its own last part.
    const path = lidvid.slice(0, (lidvid.split('::')[0] ?? '').lastIndexOf(':') + 1);
    if (shared === null) shared = path;
    while (shared !== '' && !path.startsWith(shared)) {
      shared = shared.slice(0, shared.lastIndexOf(':', shared.length - 2) + 1);
    }
  }
  return shared ?? '';
}
