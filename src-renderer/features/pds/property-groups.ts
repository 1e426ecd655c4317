/** Runs in the page, pure. The properties of a product in groups by their class, as far as a filter wants them. */
import type { PdsProperty } from '#contract/pds.ts';

export interface GroupedProperty {
  property: PdsProperty;
  /** Without its class: `md5_checksum`. */
  short: string;
  /** Place among all that are shown, for the arrow keys. */
  index: number;
}

export interface PropertyGroup {
  /** `ops:Data_File_Info`; '' for names without a class. */
  name: string;
  properties: GroupedProperty[];
}

export interface PropertyListing {
  groups: PropertyGroup[];
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
  const groups = new Map<string, PropertyGroup>();
  for (const property of fits.slice(0, most)) {
    const { group: name, short } = splitProperty(property.name);
    const group = groups.get(name) ?? { name, properties: [] };
    group.properties.push({ property, short, index: 0 });
    groups.set(name, group);
  }
  const listed = [...groups.values()];
  let index = 0;
  for (const group of listed) for (const one of group.properties) one.index = index++;
  const shown = listed.flatMap(({ properties: some }) => some.map(({ property }) => property));
  return { groups: listed, shown, count: fits.length };
}

/** All values of a property as one text. */
export function valueText({ values }: PdsProperty): string {
  return values.join('\n');
}

/** As spreadsheets paste it: a line a property, name and values parted by tabs. */
export function toLines(properties: readonly PdsProperty[]): string {
  const flat = (text: string): string => text.replaceAll(/[\t\r\n]+/g, ' ');
  return properties.map(({ name, values }) => [name, ...values].map(flat).join('\t')).join('\n');
}
