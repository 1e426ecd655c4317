/**
 * Runs anywhere; pure. What the fields of a template are for a record, as each archive's records carry it, and what
 * stands for one that a record does not have.
 */
import type { ArchiveRecord } from '#contract/domain.ts';
import type { TemplateField } from './template.ts';

export interface NameContext {
  record: ArchiveRecord;
  /** The archive's name of the file. */
  rendition: string;
  /** Of the checked type, without its dot; what is not in the list of types becomes `bin`. */
  ending: string;
  /** Name of the group that the file is fetched in; null outside of one. */
  group: string | null;
  /** Place in the plan, from 1; null where there is none. */
  index: number | null;
  /** Files in the plan, so that every index has as many digits; null where that is not known. */
  count: number | null;
}

/** What stands for a field that a record does not have. Settings and help show this list. */
export const fieldFallbacks: Readonly<Record<TemplateField, string>> = {
  archive: 'archive',
  mission: 'no-mission',
  target: 'no-target',
  date: 'undated',
  year: 'undated',
  id: 'no-id',
  title: 'untitled',
  rendition: 'file',
  lid: 'no-lid',
  vid: 'no-version',
  bundle: 'no-bundle',
  collection: 'no-collection',
  product: 'no-product',
  kind: 'file',
  credit: 'uncredited',
  user: 'no-user',
  group: 'ungrouped',
  index: '0',
  ext: 'bin',
};

type Read = (context: NameContext) => string | null;

const readers: Readonly<Record<TemplateField, Read>> = {
  archive: ({ record }) => record.archive,
  mission: ({ record }) => missionOf(record),
  target: ({ record }) => targetOf(record),
  date: ({ record }) => dayOf(record),
  year: ({ record }) => dayOf(record)?.slice(0, 4) ?? null,
  id: ({ record }) => record.id,
  title: ({ record }) => record.title,
  rendition: ({ rendition }) => rendition,
  lid: ({ record }) => lidOf(record)?.lid ?? null,
  vid: ({ record }) => lidOf(record)?.vid ?? null,
  bundle: ({ record }) => lidOf(record)?.parts[3] ?? null,
  collection: ({ record }) => collectionOf(record),
  product: ({ record }) => productOf(record),
  kind: ({ record }) => record.kind,
  credit: ({ record }) => record.credit,
  user: ({ record }) => userOf(record),
  group: ({ group }) => group,
  index: ({ index }) => (index === null ? null : String(index)),
  ext: ({ ending }) => ending,
};

/** The value of a field as text of one line; what the record does not have is its fallback. */
export function fieldValue(field: TemplateField, context: NameContext): string {
  const text = readers[field](context)?.replace(/\s+/gu, ' ').trim() ?? '';
  return text === '' ? fieldFallbacks[field] : text;
}

/** The first text among the values of a record's field: PDS gives lists, the others lists or texts. */
function firstText({ fields }: ArchiveRecord, ...names: string[]): string | null {
  for (const name of names) {
    const value: unknown = Object.hasOwn(fields, name) ? fields[name] : null;
    const texts: unknown[] = Array.isArray(value) ? value : [value];
    const text = texts.find((one) => typeof one === 'string' && one.trim() !== '');
    if (typeof text === 'string') return text;
  }
  return null;
}

/** `urn:nasa:pds:context:target:planet.mars` -> `mars`. */
function contextName(lid: string | null): string | null {
  const last = lid?.replace(/::.*$/s, '').split(':').at(-1) ?? '';
  return last.replace(/^[a-z_]+\./i, '') || null;
}

/** Of the PDS alone: an image's albums are kept as its collection, and NASA names no mission apart. */
function missionOf(record: ArchiveRecord): string | null {
  if (record.archive !== 'pds-registry') return null;
  return (
    firstText(record, 'pds:Investigation_Area.pds:name') ??
    contextName(firstText(record, 'ref_lid_investigation'))
  );
}

function targetOf(record: ArchiveRecord): string | null {
  if (record.archive === 'astrobin') return firstText(record, 'subjects');
  if (record.archive !== 'pds-registry') return null;
  return (
    firstText(record, 'pds:Target_Identification.pds:name') ??
    contextName(firstText(record, 'ref_lid_target'))
  );
}

/** The day in UTC. */
function dayOf({ date }: ArchiveRecord): string | null {
  const at = date === null ? NaN : Date.parse(date);
  if (!Number.isFinite(at)) return null;
  return /^\d{4}-\d{2}-\d{2}/.exec(new Date(at).toISOString())?.[0] ?? null;
}

function lidOf({ archive, id }: ArchiveRecord) {
  if (archive !== 'pds-registry') return null;
  const [lid = '', vid = null] = id.split('::');
  return { lid, vid, parts: lid.split(':') };
}

function collectionOf(record: ArchiveRecord): string | null {
  if (record.archive === 'nasa-images') return firstText(record, 'album');
  return lidOf(record)?.parts[4] ?? null;
}

/** The last part of a lid; the others have one name for each thing. */
function productOf(record: ArchiveRecord): string | null {
  const lid = lidOf(record);
  return lid === null ? record.id : lid.parts.slice(5).join('_') || (lid.parts.at(-1) ?? null);
}

/** AstroBin credits an image to its user; the photographer, where NASA names one. */
function userOf(record: ArchiveRecord): string | null {
  if (record.archive === 'astrobin') return record.credit;
  return record.archive === 'nasa-images' ? firstText(record, 'photographer') : null;
}
