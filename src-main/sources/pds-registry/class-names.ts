/** Runs in plain Node. Product classes, and what the two dialects call them in addresses. */

/** Every product class of the PDS4 information model. */
const productClasses = [
  'AIP', 'Ancillary', 'Attribute_Definition', 'Browse', 'Bundle', 'Class_Definition', 'Collection', 'Context',
  'Data_Set_PDS3', 'DIP', 'DIP_Deep_Archive', 'Document', 'External', 'File_Repository', 'File_Text',
  'Instrument_Host_PDS3', 'Instrument_PDS3', 'Metadata_Supplemental', 'Mission_PDS3', 'Native', 'Observational',
  'Proxy_PDS3', 'Service', 'SIP', 'SIP_Deep_Archive', 'Software', 'SPICE_Kernel', 'Subscription_PDS3',
  'Target_PDS3', 'Thumbnail', 'Update', 'Volume_PDS3', 'Volume_Set_PDS3', 'XML_Schema', 'Zipped',
]; // prettier-ignore

/** The current service's name of a class -> the class: `spice-kernel` -> `Product_SPICE_Kernel`. */
const byName: ReadonlyMap<string, string> = new Map(
  productClasses.map((name) => [name.toLowerCase().replaceAll('_', '-'), `Product_${name}`]),
);

/** The groups of 1.3, and the current names of the classes that they are. `any` is every product. */
const groups: ReadonlyMap<string, string> = new Map([
  ['bundles', 'bundle'],
  ['collections', 'collection'],
  ['documents', 'document'],
  ['observationals', 'observational'],
]);

/** A name in either dialect, or a class itself, as the current service calls it; null for `any`. Unknown names stay. */
export function currentClassName(name: string): string | null {
  const plain = name
    .trim()
    .replace(/^Product_/i, '')
    .toLowerCase()
    .replaceAll('_', '-');
  if (plain === 'any') return null;
  return groups.get(plain) ?? plain;
}

/** The group of 1.3 for a name in either dialect; null where 1.3 has no group for it. */
export function groupName(name: string): string | null {
  const current = currentClassName(name);
  if (current === null) return 'any';
  for (const [group, one] of groups) if (one === current) return group;
  return null;
}

/** The class that a name of either dialect means, such as Product_Bundle; null for `any` and unknown names. */
export function productClassOf(name: string): string | null {
  const current = currentClassName(name);
  return current === null ? null : (byName.get(current) ?? null);
}
