/**
 * Runs in plain Node, any thread; pure. What harvesting draws from a label and its files: the flat properties that
 * the registry stores, arrays of text all of them. Repeated elements give parallel arrays that need not line up.
 */
import { deflateSync } from 'node:zlib';
import { eachProperty, eachReference, labelJson } from './label-tree.ts';
import type { LabelElement } from './label-tree.ts';
import type { PropertyKind } from './catalogue.ts';

export interface HarvestedFile {
  name: string;
  ref: string;
  sizeBytes(): number;
  md5(): string;
  created: string;
  /** null leaves the type out. */
  mime: string | null;
}

export interface Harvest {
  lid: string;
  version: string;
  title: string;
  productClass: string;
  label: LabelElement;
  labelText(): string;
  labelFile: HarvestedFile;
  dataFiles: readonly HarvestedFile[];
  node: string;
  harvestedAt: string;
  status: string;
  /** lidvid of the version that came next. */
  supersededBy: string | null;
  parentBundles: readonly string[];
  parentCollections: readonly string[];
  packageId: string;
}

export type PropertyMap = Map<string, () => readonly string[]>;

/** Blobs are given only to who names them. */
export const blobNames = [
  'ops:Label_File_Info.ops:blob',
  'ops:Label_File_Info.ops:json_blob',
] as const;

export function blobOf(
  harvest: Pick<Harvest, 'label' | 'labelText'>,
  name: string,
): string[] | undefined {
  if (name === blobNames[0])
    return [deflateSync(Buffer.from(harvest.labelText())).toString('base64')];
  if (name === blobNames[1])
    return [deflateSync(Buffer.from(JSON.stringify(labelJson(harvest.label)))).toString('base64')];
  return undefined;
}

function addFiles(map: PropertyMap, harvest: Harvest): void {
  const { labelFile, dataFiles } = harvest;
  const info = 'ops:Label_File_Info.ops:';
  map.set(`${info}creation_date_time`, () => [labelFile.created]);
  map.set(`${info}file_name`, () => [labelFile.name]);
  map.set(`${info}file_ref`, () => [labelFile.ref]);
  map.set(`${info}file_size`, () => [String(labelFile.sizeBytes())]);
  map.set(`${info}md5_checksum`, () => [labelFile.md5()]);
  if (dataFiles.length === 0) return;
  const data = 'ops:Data_File_Info.ops:';
  map.set(`${data}creation_date_time`, () => dataFiles.map((one) => one.created));
  map.set(`${data}file_name`, () => dataFiles.map((one) => one.name));
  map.set(`${data}file_ref`, () => dataFiles.map((one) => one.ref));
  map.set(`${data}file_size`, () => dataFiles.map((one) => String(one.sizeBytes())));
  map.set(`${data}md5_checksum`, () => dataFiles.map((one) => one.md5()));
  const types = dataFiles.map((one) => one.mime).filter((one) => one !== null);
  if (types.length > 0) map.set(`${data}mime_type`, () => types);
}

function addFixed(map: PropertyMap, harvest: Harvest): void {
  const fixed: readonly (readonly [name: string, values: readonly string[]])[] = [
    ['lid', [harvest.lid]],
    ['lidvid', [`${harvest.lid}::${harvest.version}`]],
    ['vid', [harvest.version]],
    ['title', [harvest.title]],
    ['product_class', [harvest.productClass]],
    ['_package_id', [harvest.packageId]],
    ['alternate_ids', [`${harvest.lid}::${harvest.version}`, harvest.lid]],
    ['ops:Harvest_Info.ops:harvest_date_time', [harvest.harvestedAt]],
    ['ops:Harvest_Info.ops:node_name', [harvest.node]],
    ['ops:Tracking_Meta.ops:archive_status', [harvest.status]],
    // A null of the store is shown as this word.
    ['ops:Provenance.ops:superseded_by', [harvest.supersededBy ?? 'null']],
    ['ops:Provenance.ops:parent_bundle_identifier', harvest.parentBundles],
    ['ops:Provenance.ops:parent_collection_identifier', harvest.parentCollections],
  ];
  for (const [name, values] of fixed) map.set(name, () => values);
}

/** All properties but the blobs. Values that cost something are worked out when they are asked for. */
export function harvestProperties(harvest: Harvest): PropertyMap {
  const map: PropertyMap = new Map();
  addFixed(map, harvest);
  addFiles(map, harvest);
  const references = new Map<string, Set<string>>();
  eachReference(harvest.label, (name, id) => {
    const known = references.get(name);
    if (known === undefined) references.set(name, new Set([id]));
    else known.add(id);
  });
  for (const [name, ids] of references) map.set(name, () => [...ids]);
  const found = new Map<string, (() => string)[]>();
  eachProperty(harvest.label, (name, value) => {
    const known = found.get(name);
    if (known === undefined) found.set(name, [value]);
    else known.push(value);
  });
  const descriptions = [...found].filter(([name]) => name.endsWith('.pds:description'));
  if (descriptions.length > 0)
    map.set('description', () => descriptions.flatMap(([, values]) => values.map((one) => one())));
  for (const [name, values] of found) map.set(name, () => values.map((one) => one()));
  return map;
}

const integers =
  /:(?:file_size|records|record_length|offset|object_length|fields|groups|field_number|field_location|field_length|maximum_field_length|axes|elements|sequence_number|files)$/;

/** Type of a property as the registry states it. */
export function kindOf(name: string): PropertyKind {
  if (/:(?:\w*date_time|modification_date|publication_(?:year|date))$/.test(name))
    return 'timestamp';
  if (integers.test(name)) return 'integer';
  if (name.endsWith(':blob') || name.endsWith(':json_blob')) return 'unsupported';
  return 'string';
}

/** The fields that application/json has even where others are asked for. */
export const minimalFields: readonly string[] = [
  'lidvid',
  'ops:Label_File_Info.ops:file_ref',
  'ops:Tracking_Meta.ops:archive_status',
  'pds:File.pds:creation_date_time',
  'pds:Modification_Detail.pds:modification_date',
  'pds:Time_Coordinates.pds:start_date_time',
  'pds:Time_Coordinates.pds:stop_date_time',
  'product_class',
  'ref_lid_instrument',
  'ref_lid_instrument_host',
  'ref_lid_investigation',
  'ref_lid_target',
  'title',
  'vid',
];
