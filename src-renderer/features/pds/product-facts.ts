/** Runs in the page, pure. What the inspector says of a product, read from the domain and never trusted. */
import type { PdsProductDetail } from '#contract/pds-lists.ts';
import type { PdsFile, PdsProduct, PdsReference } from '#contract/pds.ts';
import { pdsText } from '../../i18n/pds.ts';
import { compareVersions } from '#contract/pds-versions.ts';
import { contextName, lidOf, tailOf } from './identifiers.ts';

const locale = 'en-GB';
const dayFormat = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const dayWords = new Intl.DateTimeFormat(locale, dayFormat);
/** Every month in three letters. */
const days = { format: (atMs: number) => dayWords.format(atMs).replace('Sept', 'Sep') };
const times = new Intl.DateTimeFormat(locale, {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
  timeZone: 'UTC',
});

/** `1 Apr 2019 00:32`, or the day alone where no time is given; what is no date stays as it is. */
function momentOf(iso: string): string {
  const atMs = Date.parse(iso);
  if (Number.isNaN(atMs)) return iso;
  return /T\d/.test(iso) ? `${days.format(atMs)} ${times.format(atMs)}` : days.format(atMs);
}

/** A day an archive states, short: `23 Sep 2019`; '' where none is. */
export function shortDay(iso: string | null): string {
  const atMs = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(atMs) ? (iso ?? '') : days.format(atMs);
}

/** `1 Apr 2019 00:32 to 23 Jun 2019 07:39 UTC`; null where nothing is stated. */
export function observedWords({
  start,
  stop,
  isOpenEnded,
}: Pick<PdsProduct, 'start' | 'stop' | 'isOpenEnded'>): string | null {
  const zone = [start, stop].some((iso) => iso !== null && /T\d/.test(iso)) ? ' UTC' : '';
  if (start === null && stop === null) return null;
  if (start === null) return `${pdsText.untilOnly(momentOf(stop ?? ''))}${zone}`;
  if (stop !== null) return `${pdsText.span(momentOf(start), momentOf(stop))}${zone}`;
  const from = `${momentOf(start)}${zone}`;
  return isOpenEnded ? pdsText.openEnd(from) : pdsText.between(from, '');
}

/** Bytes of these files together; null where none states its size. `isWhole`: all of them do. */
export function sumOfBytes(files: readonly PdsFile[]): { bytes: number; isWhole: boolean } | null {
  const stated = files.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  if (stated.length === 0) return null;
  const bytes = stated.reduce((sum, one) => sum + one, 0);
  return { bytes, isWhole: stated.length === files.length };
}

/** Data files that can be fetched, whichever way. */
export function dataFilesOf({ files }: PdsProduct): PdsFile[] {
  return files.filter(({ role, reach }) => role === 'data' && reach !== 'dead');
}

export function labelFileOf({ files }: PdsProduct): PdsFile | null {
  return files.find(({ role, reach }) => role === 'label' && reach !== 'dead') ?? null;
}

/** The file whose address is copied for a row: its first data file, else its label. */
export function addressFileOf({ files }: PdsProduct): PdsFile | null {
  const withAddress = files.filter(({ url }) => url !== '');
  return withAddress.find(({ role }) => role === 'data') ?? withAddress[0] ?? null;
}

/** A product that another one names, with its name as far as it is known. */
export interface NamedReference {
  /** As the registry gives it: lid or lidvid. */
  id: string;
  name: string;
}

const nameProperties: Readonly<Record<PdsReference['role'], string>> = {
  target: 'pds:Target_Identification.pds:name',
  component: 'pds:Observing_System_Component.pds:name',
  investigation: 'pds:Investigation_Area.pds:name',
};

/**
 * What a product names in one role. The registry keeps names in lists that are not aligned with those of identifiers,
 * so a name from there is taken only where there is one of each; `titles` are those learnt elsewhere, by lid.
 */
export function referencesOf(
  product: PdsProduct,
  role: PdsReference['role'],
  titles: Readonly<Record<string, string>>,
): NamedReference[] {
  const ids = new Map<string, string>();
  for (const one of product.references) if (one.role === role) ids.set(lidOf(one.id), one.id);
  const stated = product.properties.find(({ name }) => name === nameProperties[role])?.values ?? [];
  const only = ids.size === 1 && stated.length === 1 ? stated[0]?.trim() : undefined;
  return [...ids].map(([lid, id]) => ({ id, name: titles[lid] ?? only ?? contextName(lid) }));
}

/** True for an instrument, not for what carries it. */
export function isInstrument(id: string): boolean {
  return lidOf(id).split(':').at(-2) === 'instrument';
}

/** Identifiers that a product names beside its targets, instruments, missions and parents. */
export function otherReferences(product: PdsProduct, parents: readonly string[]): NamedReference[] {
  const known = new Set([
    product.lid,
    ...product.references.map(({ id }) => lidOf(id)),
    ...parents.map(lidOf),
  ]);
  const found = new Map<string, string>();
  for (const { name, values } of product.properties) {
    if (!/^(?:ref_lid_|pds:Internal_Reference\.)/.test(name)) continue;
    for (const value of values) {
      const lid = lidOf(value);
      if (/^urn:[a-z]+:[a-z]+:[^\s]+$/.test(value) && !known.has(lid) && !found.has(lid)) {
        found.set(lid, value);
      }
    }
  }
  return [...found].map(([lid, id]) => ({ id, name: tailOf(lid) }));
}

/** What holds a product, one level up, from its chains or from what it says itself; each once. */
export function parentsOf({ product, chains }: PdsProductDetail): NamedReference[] {
  const named = chains.flatMap((chain) => {
    const parent = chain.at(-1);
    return parent === undefined ? [] : [{ id: parent.lidvid, name: parent.title }];
  });
  return newestOfEach(
    named.length > 0 ? named : product.parents.map((id) => ({ id, name: tailOf(id) })),
  );
}

/** The bundles that hold each collection of a product's chains, by the collection's lidvid; each bundle once. */
export function bundlesOf({
  chains,
}: Pick<PdsProductDetail, 'chains'>): ReadonlyMap<string, NamedReference[]> {
  const found = new Map<string, NamedReference[]>();
  for (const [bundle, collection] of chains) {
    if (bundle === undefined || collection === undefined) continue;
    const named = { id: bundle.lidvid, name: tailOf(bundle.lid) };
    found.set(collection.lidvid, [...(found.get(collection.lidvid) ?? []), named]);
  }
  return new Map([...found].map(([id, bundles]) => [id, newestOfEach(bundles)]));
}

/** What has several versions is named once, by its newest one. */
function newestOfEach(all: readonly NamedReference[]): NamedReference[] {
  const newest = new Map<string, NamedReference>();
  for (const one of all) {
    const known = newest.get(lidOf(one.id));
    if (known === undefined || isBelow(known.id, one.id)) newest.set(lidOf(one.id), one);
  }
  return [...newest.values()];
}

const versionOf = (lidvid: string): string => lidvid.slice(lidOf(lidvid).length + 2);
const isBelow = (a: string, b: string): boolean => compareVersions(versionOf(a), versionOf(b)) < 0;

/** As it is to be cited; where the label says nothing, made of what names it for good. */
export function citationOf(detail: PdsProductDetail): { text: string; isMade: boolean } {
  if (detail.citation !== null) return { text: detail.citation, isMade: false };
  const { title, lidvid, doi, node } = detail.product;
  const archive = node === null ? 'Planetary Data System' : pdsText.nodeName(node);
  const parts = [title, lidvid, archive, ...(doi === null ? [] : [`https://doi.org/${doi}`])];
  return { text: `${parts.join('. ')}.`, isMade: true };
}

/** An address that the system's browser may open; null for a text that is no DOI. */
export function doiAddress(doi: string): string | null {
  const bare = doi.trim().replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i, '');
  return /^10\.\d{4,9}\/[^\s"<>]{1,400}$/.test(bare) ? `https://doi.org/${encodeURI(bare)}` : null;
}

/** A condition of the registry's language; its strings know no way to write a quote or a line break. */
export function conditionOf(name: string, value: string): string | null {
  return /["\r\n]/.test(value) || !/^[A-Za-z_][\w.:/]*$/.test(name)
    ? null
    : `${name} eq "${value}"`;
}

/** Finds what a bundle or collection holds; the registry states it in what is held. */
export function membersQuery({ level, lidvid }: PdsProduct): string | null {
  if (level === 'product') return null;
  return conditionOf(`ops:Provenance.ops:parent_${level}_identifier`, lidvid);
}
