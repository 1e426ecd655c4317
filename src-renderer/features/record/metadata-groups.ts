/** The metadata of a record in groups, as the archive prefixes its names (`EXIF:Make`): pure. */
import type { MetadataField } from '#contract/domain.ts';

export interface GroupedField {
  field: MetadataField;
  /** The name without its group. */
  short: string;
  /** Place among all that are shown, for the arrow keys. */
  index: number;
}

export interface MetadataGroup {
  /** '' for names without a group. */
  name: string;
  fields: GroupedField[];
}

export interface MetadataListing {
  groups: MetadataGroup[];
  /** In the order shown. */
  shown: MetadataField[];
  /** How many hold paths and logins, hidden or not. */
  privateCount: number;
}

/** Parts a name at its first colon; a name that begins or ends with one has no group. */
export function splitName(name: string): { group: string; short: string } {
  const colon = name.indexOf(':');
  return colon < 1 || colon === name.length - 1
    ? { group: '', short: name }
    : { group: name.slice(0, colon), short: name.slice(colon + 1) };
}

/** Fields whose name or value holds what is wanted, in groups in the order in which they are first met. */
export function listMetadata(
  fields: readonly MetadataField[],
  wanted: string,
  withPrivate: boolean,
): MetadataListing {
  const sought = wanted.trim().toLowerCase();
  const isWanted = ({ name, value }: MetadataField): boolean =>
    sought === '' || name.toLowerCase().includes(sought) || value.toLowerCase().includes(sought);
  const groups = new Map<string, MetadataGroup>();
  for (const field of fields) {
    if ((field.isPrivate && !withPrivate) || !isWanted(field)) continue;
    const { group: name, short } = splitName(field.name);
    const group = groups.get(name) ?? { name, fields: [] };
    group.fields.push({ field, short, index: 0 });
    groups.set(name, group);
  }
  const listed = [...groups.values()];
  let index = 0;
  for (const group of listed) for (const one of group.fields) one.index = index++;
  return {
    groups: listed,
    shown: listed.flatMap((group) => group.fields.map(({ field }) => field)),
    privateCount: fields.filter(({ isPrivate }) => isPrivate).length,
  };
}

/** As spreadsheets paste it: a line a field, name and value parted by a tab. */
export function toLines(fields: readonly MetadataField[]): string {
  const flat = (text: string): string => text.replaceAll(/[\t\r\n]+/g, ' ');
  return fields.map(({ name, value }) => `${flat(name)}\t${flat(value)}`).join('\n');
}
