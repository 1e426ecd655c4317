/**
 * Runs in plain Node, any thread; pure. What is known of a generated product without its label: where its files are said
 * to be, what it belongs to, and the properties that queries and lists ask for most.
 */
import { fileStem, hasNotes } from './content.ts';
import type { GeneratedWorld } from './content-store.ts';
import { archiveStatus, classOf, harvestTime, lidvidOf, titleOf } from './entry.ts';
import type { Entry } from './entry.ts';
import { fileAddress } from './file-host.ts';
import {
  createdAt,
  hostLid,
  instrumentLid,
  investigationLid,
  modifications,
  targetLid,
  timesOf,
} from './labels.ts';
import type { Layout } from './layout.ts';
import { bundlesAbove, bundlesOf, collectionsOf } from './membership.ts';

/** Where a product's files are said to be; a messy collection says it wrong for some. */
export function fileRef(
  world: GeneratedWorld,
  entry: Entry,
  name: string,
  isLabel: boolean,
): string {
  const path = fileAddress(entry, name);
  if (entry.collection?.isMessy === true && entry.kind !== 'collection' && !isLabel) {
    if (entry.ordinal % 20 === 3) return `/data/${name}`;
    if (entry.ordinal % 20 === 11) return `${world.filesBase()}/moved-away${path}`;
    if (entry.ordinal % 20 === 15) return `http://pds-sample-node.example${path}`;
  }
  return world.filesBase() + path;
}

export function supersededBy(entry: Entry): string | null {
  const next = entry.revisions[entry.revision + 1];
  return next === undefined ? null : `${entry.lid}::${next}`;
}

export function parentsOf(
  layout: Layout,
  entry: Entry,
): { bundles: string[]; collections: string[] } {
  if (entry.kind === 'bundle') return { bundles: [], collections: [] };
  if (entry.kind === 'collection') return { bundles: bundlesOf(layout, entry), collections: [] };
  const collections = collectionsOf(layout, entry);
  return { bundles: bundlesAbove(layout, collections), collections };
}

type Quick = (entry: Entry, world: GeneratedWorld) => readonly string[] | undefined;

const listed = (value: string | null): string[] | undefined =>
  value === null ? undefined : [value];

/** Products whose labels name a mission, an instrument and a target. */
const hasContext = (entry: Entry): boolean =>
  entry.kind !== 'context' && entry.bundle.target !== null && entry.kind !== 'browse';

/** Properties that queries and lists ask for most, worked out without the label. A test holds them to it. */
export const quickProperties: Readonly<Record<string, Quick>> = {
  lid: (entry) => [entry.lid],
  lidvid: (entry) => [lidvidOf(entry)],
  vid: (entry) => [entry.version],
  title: (entry) => [titleOf(entry)],
  product_class: (entry) => [classOf[entry.kind]],
  alternate_ids: (entry) => [lidvidOf(entry), entry.lid],
  ref_lid_instrument: (entry) =>
    hasContext(entry) ? listed(instrumentLid(entry.bundle)) : undefined,
  ref_lid_instrument_host: (entry) => (hasContext(entry) ? [hostLid(entry.bundle)] : undefined),
  ref_lid_investigation: (entry) =>
    hasContext(entry) ? [investigationLid(entry.bundle)] : undefined,
  ref_lid_target: (entry) => (hasContext(entry) ? listed(targetLid(entry.bundle)) : undefined),
  'ops:Harvest_Info.ops:harvest_date_time': (entry) => [harvestTime(entry)],
  'ops:Harvest_Info.ops:node_name': (entry) => [entry.bundle.node],
  'ops:Tracking_Meta.ops:archive_status': (entry) => [archiveStatus(entry)],
  'ops:Label_File_Info.ops:file_ref': (entry, world) => [
    fileRef(world, entry, `${fileStem(entry)}.xml`, true),
  ],
  'ops:Provenance.ops:superseded_by': (entry) => [supersededBy(entry) ?? 'null'],
  'ops:Provenance.ops:parent_bundle_identifier': (entry, { layout }) =>
    parentsOf(layout, entry).bundles,
  'ops:Provenance.ops:parent_collection_identifier': (entry, { layout }) =>
    parentsOf(layout, entry).collections,
  'pds:Identification_Area.pds:logical_identifier': (entry) => [entry.lid],
  'pds:Identification_Area.pds:version_id': (entry) => [entry.version],
  'pds:Identification_Area.pds:title': (entry) => [titleOf(entry)],
  'pds:Identification_Area.pds:product_class': (entry) => [classOf[entry.kind]],
  'pds:File.pds:creation_date_time': (entry) => {
    if (entry.kind === 'context' || entry.kind === 'document') return undefined;
    return Array<string>(hasNotes(entry) ? 2 : 1).fill(createdAt(entry));
  },
  'pds:Modification_Detail.pds:modification_date': (entry) =>
    modifications(entry).map((one) => `${one.date}T00:00:00Z`),
  'pds:Time_Coordinates.pds:start_date_time': (entry) =>
    entry.kind === 'browse' ? undefined : listed(timesOf(entry).start),
  'pds:Time_Coordinates.pds:stop_date_time': (entry) => {
    const { start, stop } = timesOf(entry);
    if (start === null || entry.kind === 'browse') return undefined;
    return [stop ?? '3000-01-01T00:00:00.000Z'];
  },
};

export const quickNames = Object.keys(quickProperties);
