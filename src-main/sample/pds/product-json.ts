/**
 * Runs in plain Node, any thread; pure. One product in each of the registry's forms. Every value of a property is a
 * list of texts; members that are null are left out.
 */
import type { StoredProduct } from './catalogue.ts';
import { blobNames, minimalFields } from './harvest.ts';
import { elementXml, escapeXml, labelJson } from './label-tree.ts';

/** What the two dialects write in different ways. */
export interface Style {
  /** Address before `/products/LID` in references. */
  hrefBase: string;
  /** Whether asking for fields still gives those that the service wants to have. */
  hasMinimum: boolean;
  /** Whether a field that a product lacks is given as the word null. */
  showsMissing: boolean;
  /** How several values stand in one text. */
  joined(values: readonly string[]): string;
  /** Up to 1.3.1 the name of a data file is the date of its making. */
  misnamesFiles: boolean;
  /** Type with which tables are sent. */
  tableType: 'text/plain' | 'text/csv';
}

export const inDots = (name: string): string => name.replaceAll('/', '.');

const isBlob = (name: string): boolean => (blobNames as readonly string[]).includes(name);

function first(product: StoredProduct, name: string): string | undefined {
  const value = product.values(name)?.[0];
  return value === 'null' ? undefined : value;
}

function references(product: StoredProduct, style: Style, names: readonly string[]) {
  const found = names
    .flatMap((name) => product.values(name) ?? [])
    .map((id) => ({ id, href: `${style.hrefBase}/products/${id}` }));
  return found.length === 0 ? undefined : found;
}

/** The properties of a product that an answer holds, by name with ".". */
export function pickProperties(
  product: StoredProduct,
  fields: readonly string[],
  style: Style,
): Record<string, readonly string[]> {
  const wanted =
    fields.length === 0
      ? product.names()
      : [...new Set([...(style.hasMinimum ? minimalFields : []), ...fields.map(inDots)])];
  const properties: Record<string, readonly string[]> = {};
  for (const name of wanted) {
    if (isBlob(name)) continue;
    const values = product.values(name);
    if (values !== undefined) properties[name] = values;
    else if (style.showsMissing && fields.length > 0) properties[name] = ['null'];
  }
  return properties;
}

/** One item of application/json. */
export function productItem(product: StoredProduct, fields: readonly string[], style: Style) {
  return {
    id: product.lidvid,
    type: product.productClass,
    title: first(product, 'title'),
    start_date_time: first(product, 'pds:Time_Coordinates.pds:start_date_time'),
    stop_date_time: first(product, 'pds:Time_Coordinates.pds:stop_date_time'),
    investigations: references(product, style, ['ref_lid_investigation']),
    observing_system_components: references(product, style, [
      'ref_lid_instrument_host',
      'ref_lid_instrument',
    ]),
    targets: references(product, style, ['ref_lid_target']),
    metadata: {
      archive_status: first(product, 'ops:Tracking_Meta.ops:archive_status'),
      creation_date_time: first(product, 'pds:File.pds:creation_date_time'),
      label_url: first(product, 'ops:Label_File_Info.ops:file_ref'),
      // The first in the label's order, which need not be the newest.
      update_date_time: first(product, 'pds:Modification_Detail.pds:modification_date'),
      version: product.version,
    },
    properties: pickProperties(product, fields, style),
  };
}

/** One item of application/kvp+json and of the tables: a text for each property. */
export function productPairs(
  product: StoredProduct,
  fields: readonly string[],
  style: Style,
): Record<string, string> {
  const wanted = fields.length === 0 ? product.names() : fields.map(inDots);
  const pairs: Record<string, string> = {};
  for (const name of wanted) {
    const values = product.values(name);
    if (values === undefined) continue;
    pairs[name] = values.length === 1 ? (values[0] ?? '') : style.joined(values);
  }
  return pairs;
}

const parts = ['file_name', 'file_ref', 'creation_date', 'file_size', 'md5_checksum', 'mime_type'];

function stored(part: string): string {
  return part === 'creation_date' ? 'creation_date_time' : part;
}

function metaOf(product: StoredProduct, style: Style) {
  const one = (name: string): string | undefined => first(product, name);
  const label: Record<string, string | undefined> = {};
  for (const part of parts.slice(0, 5))
    label[`ops:${part}`] = one(`ops:Label_File_Info.ops:${stored(part)}`);
  const names = product.values('ops:Data_File_Info.ops:file_name') ?? [];
  const files = names.map((_, at) => {
    const file: Record<string, string | undefined> = {};
    for (const part of parts)
      file[`ops:${part}`] = product.values(`ops:Data_File_Info.ops:${stored(part)}`)?.[at];
    if (style.misnamesFiles) file['ops:file_name'] = file['ops:creation_date'];
    return file;
  });
  return {
    node_name: one('ops:Harvest_Info.ops:node_name'),
    'ops:Label_File_Info': label,
    'ops:Data_Files': files,
    'ops:Tracking_Meta': {
      'ops:archive_status': one('ops:Tracking_Meta.ops:archive_status'),
    },
  };
}

/** One item of application/vnd.nasa.pds.pds4+json. */
export function productPds4(product: StoredProduct, style: Style) {
  return { id: product.lidvid, meta: metaOf(product, style), pds4: labelJson(product.label()) };
}

function tags(object: Record<string, string | undefined>): string {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${escapeXml(value ?? '')}</${name}>`)
    .join('');
}

/** What stands within `<pds_api:product>`. */
export function productPds4Xml(product: StoredProduct, style: Style): string {
  const meta = metaOf(product, style);
  const files = meta['ops:Data_Files']
    .map((file) => `<ops:Data_Files>${tags(file)}</ops:Data_Files>`)
    .join('');
  const tracking = `<ops:Tracking_Meta><ops:Tracking_Meta>${tags(meta['ops:Tracking_Meta'])}</ops:Tracking_Meta></ops:Tracking_Meta>`;
  return (
    `<pds_api:id>${product.lidvid}</pds_api:id><pds_api:meta>` +
    tags({ node_name: meta.node_name }) +
    `<ops:Label_File_Info>${tags(meta['ops:Label_File_Info'])}</ops:Label_File_Info>` +
    `<ops:Data_Files>${files}</ops:Data_Files>${tracking}</pds_api:meta>` +
    `<pds_api:pds4>${elementXml(product.label())}</pds_api:pds4>`
  );
}

type Item = ReturnType<typeof productItem>;

function referenceXml(name: string, list: Item['targets']): string {
  if (list === undefined) return '';
  const inner = list.map(
    ({ id, href }) =>
      `<${name}><title/><id>${escapeXml(id)}</id><href>${escapeXml(href)}</href><type/><description/></${name}>`,
  );
  return `<${name}>${inner.join('')}</${name}>`;
}

/** What stands within `<PdsProduct>`. Names of properties are element names, colons, dots and all. */
export function productXml(
  product: StoredProduct,
  fields: readonly string[],
  style: Style,
): string {
  const item = productItem(product, fields, style);
  const { id, type, title, start_date_time, stop_date_time, metadata } = item;
  const properties = Object.entries(item.properties)
    .flatMap(([name, values]) => values.map((one) => `<${name}>${escapeXml(one)}</${name}>`))
    .join('');
  const details = Object.entries(metadata).map(([name, value]) =>
    value === undefined
      ? `<${name} xmlns="http://pds.nasa.gov/api"/>`
      : `<${name} xmlns="http://pds.nasa.gov/api">${escapeXml(value)}</${name}>`,
  );
  return (
    `${tags({ id, type, title })}<description/>${tags({ start_date_time, stop_date_time })}` +
    referenceXml('investigations', item.investigations) +
    referenceXml('observing_system_components', item.observing_system_components) +
    referenceXml('targets', item.targets) +
    `<metadata xmlns="">${details.join('')}</metadata><properties>${properties}</properties>`
  );
}
