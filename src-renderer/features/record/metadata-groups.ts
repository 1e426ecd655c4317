/** The metadata of a record in groups, as the archive prefixes its names (`EXIF:Make`): pure. */
import type { MetadataField } from '#contract/domain.ts';
import { groupFields, toTabbedLines, type FieldGroup } from '../../lib/grouped-fields.ts';

export interface MetadataListing {
  groups: FieldGroup<MetadataField>[];
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
  const wantedFields = fields.filter(
    (field) => (!field.isPrivate || withPrivate) && isWanted(field),
  );
  return {
    ...groupFields(wantedFields, splitName),
    privateCount: fields.filter(({ isPrivate }) => isPrivate).length,
  };
}

/** As spreadsheets paste it: a line a field, name and value parted by a tab. */
export function toLines(fields: readonly MetadataField[]): string {
  return toTabbedLines(fields.map(({ name, value }) => [name, value]));
}
