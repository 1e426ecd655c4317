/** Runs in the page, pure. The properties of a product in groups by their class, as far as a filter wants them. */
import type { PdsProperty } from '#contract/pds.ts';
import { groupFields, toTabbedLines, type FieldGroup } from '../../lib/grouped-fields.ts';

export interface PropertyListing {
  /** By class, such as `ops:Data_File_Info`. */
  groups: FieldGroup<PdsProperty>[];
  /** In the order shown. */
  shown: PdsProperty[];
  /** That fit, shown or not. */
  count: number;
}

/** `ops:Data_File_Info.ops:md5_checksum` -> its class and its attribute. */
export function splitProperty(name: string): { group: string; short: string } {
  const dot = name.indexOf('.');
  if (dot < 1 || dot === name.length - 1) return { group: '', short: name };
  const group = name.slice(0, dot);
  const rest = name.slice(dot + 1);
  const prefix = group.slice(0, group.indexOf(':') + 1);
  // The same dictionary for both goes without saying.
  const isSame = prefix !== '' && rest.startsWith(prefix);
  return { group, short: isSame ? rest.slice(prefix.length) : rest };
}

/** Properties whose name or one of whose values holds what is wanted; at most `most` of them. */
export function listProperties(
  properties: readonly PdsProperty[],
  wanted: string,
  most: number,
): PropertyListing {
  const sought = wanted.trim().toLowerCase();
  const fits = properties.filter(
    ({ name, values }) =>
      sought === '' ||
      name.toLowerCase().includes(sought) ||
      values.some((value) => value.toLowerCase().includes(sought)),
  );
  return { ...groupFields(fits.slice(0, most), splitProperty), count: fits.length };
}

/** All values of a property as one text. */
export function valueText({ values }: PdsProperty): string {
  return values.join('\n');
}

/** As spreadsheets paste it: a line a property, name and values parted by tabs. */
export function toLines(properties: readonly PdsProperty[]): string {
  return toTabbedLines(properties.map(({ name, values }) => [name, ...values]));
}
