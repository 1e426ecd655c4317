/**
 * Runs in plain Node, in the sample archive's thread. The generated products as a catalogue: nothing is kept but
 * the layout; properties that are asked for often come from a product's number, the others from its label.
 */
import { createHash } from 'node:crypto';
import type {
  Block,
  BlockValues,
  Catalogue,
  ProductBrief,
  PropertyKind,
  StoredProduct,
} from './catalogue.ts';
import { fileStem, hasNotes, md5Of } from './content.ts';
import type { Content } from './content.ts';
import { createContentStore } from './content-store.ts';
import type { GeneratedWorld } from './content-store.ts';
import {
  archiveStatus,
  classOf,
  harvestTime,
  isReleased,
  isSuperseded,
  lidvidOf,
  titleOf,
} from './entry.ts';
import type { Entry } from './entry.ts';
import { findFile } from './file-host.ts';
import { blobOf, blobNames, harvestProperties, kindOf } from './harvest.ts';
import type { Harvest, HarvestedFile, PropertyMap } from './harvest.ts';
import { labelXml } from './label-tree.ts';
import type { LabelElement } from './label-tree.ts';
import { createdAt, labelOf, modelId } from './labels.ts';
import { createLayout, supersededPlaces } from './layout.ts';
import type { Layout, Run, Segment } from './layout.ts';
import { bundleMembers, bundlesAbove, inventoryOf } from './membership.ts';
import { fileRef, parentsOf, quickProperties, supersededBy } from './quick-properties.ts';

/** A label is a cheap thing to make and not to be asked for twice by one request. */
interface MadeLabel {
  tree: LabelElement;
  text: string | null;
}

function labelsOf({ layout, content }: GeneratedWorld): (entry: Entry) => MadeLabel {
  const kept = new Map<number, MadeLabel>();
  return (entry) => {
    const known = kept.get(entry.index);
    if (known !== undefined) return known;
    const members = entry.kind === 'bundle' ? bundleMembers(layout, entry) : [];
    const made = { tree: labelOf(entry, content.dataSet(entry), members), text: null };
    kept.set(entry.index, made);
    const oldest = kept.keys().next();
    if (kept.size > 240 && oldest.done !== true) kept.delete(oldest.value);
    return made;
  };
}

export function labelTextOf(label: MadeLabel): string {
  return (label.text ??= labelXml(label.tree, modelId));
}

function harvested(world: GeneratedWorld, entry: Entry, file: Content, at: number): HarvestedFile {
  return {
    name: file.name,
    ref: fileRef(world, entry, file.name, false),
    sizeBytes: file.sizeBytes,
    md5: file.md5,
    created: createdAt(entry),
    // Where there are notes only one type was harvested, so the lists do not line up.
    mime: hasNotes(entry) && at > 0 ? null : file.statedType,
  };
}

function packageOf(entry: Entry): string {
  const hash = createHash('md5')
    .update(`${entry.bundle.lid} ${harvestTime(entry)}`)
    .digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function harvestOf(world: GeneratedWorld, entry: Entry, label: MadeLabel): Harvest {
  const { layout, content } = world;
  const parents = parentsOf(layout, entry);
  const text = (): string => labelTextOf(label);
  const name = `${fileStem(entry)}.xml`;
  return {
    lid: entry.lid,
    version: entry.version,
    title: titleOf(entry),
    productClass: classOf[entry.kind],
    label: label.tree,
    labelText: text,
    labelFile: {
      name,
      ref: fileRef(world, entry, name, true),
      sizeBytes: () => Buffer.byteLength(text()),
      md5: () => md5Of(text()),
      created: createdAt(entry),
      mime: null,
    },
    dataFiles: content.dataSet(entry).files.map((one, at) => harvested(world, entry, one, at)),
    node: entry.bundle.node,
    harvestedAt: harvestTime(entry),
    status: archiveStatus(entry),
    supersededBy: supersededBy(entry),
    parentBundles: parents.bundles,
    parentCollections: parents.collections,
    packageId: packageOf(entry),
  };
}

/** Properties in which the products of a large collection differ; in all others they are alike. */
const varying = new Set([
  ...['lid', 'lidvid', 'vid', 'title', 'alternate_ids', '_package_id', 'description'],
  'ops:Harvest_Info.ops:harvest_date_time',
  'ops:Tracking_Meta.ops:archive_status',
  'ops:Provenance.ops:superseded_by',
  'ops:Provenance.ops:parent_bundle_identifier',
  'ops:Provenance.ops:parent_collection_identifier',
  'pds:Identification_Area.pds:logical_identifier',
  'pds:Identification_Area.pds:version_id',
  'pds:Identification_Area.pds:title',
  'pds:Modification_Detail.pds:modification_date',
  'pds:Modification_Detail.pds:version_id',
  'pds:Modification_Detail.pds:description',
  'pds:Time_Coordinates.pds:start_date_time',
  'pds:Time_Coordinates.pds:stop_date_time',
  'sample:Observation_Information.sample:sequence_number',
]);

function variesInRun(name: string): boolean {
  return (
    varying.has(name) ||
    name.startsWith('pds:File.') ||
    /^ops:(?:Label|Data)_File_Info\./.test(name)
  );
}

function generatedProduct(
  world: GeneratedWorld,
  labels: (entry: Entry) => MadeLabel,
  entry: Entry,
): StoredProduct {
  let harvest: Harvest | null = null;
  let map: PropertyMap | null = null;
  const ofLabel = (): Harvest => (harvest ??= harvestOf(world, entry, labels(entry)));
  const all = (): PropertyMap => (map ??= harvestProperties(ofLabel()));
  return {
    index: entry.index,
    lid: entry.lid,
    version: entry.version,
    lidvid: lidvidOf(entry),
    productClass: classOf[entry.kind],
    isReleased: isReleased(entry),
    isSuperseded: isSuperseded(entry),
    names: () => [...all().keys()],
    values(name) {
      const known = quickProperties[name];
      if (known !== undefined) return known(entry, world);
      const blob = (blobNames as readonly string[]).includes(name);
      return blob ? blobOf(ofLabel(), name) : all().get(name)?.();
    },
    label: () => labels(entry).tree,
    labelText: () => labelTextOf(labels(entry)),
  };
}

function briefOf(entry: Entry): ProductBrief {
  return {
    lid: entry.lid,
    version: entry.version,
    productClass: classOf[entry.kind],
    isReleased: isReleased(entry),
    isSuperseded: isSuperseded(entry),
  };
}

/** Properties that never fall along a large collection. */
const ascending = new Set([
  'lid',
  'lidvid',
  'ops:Harvest_Info.ops:harvest_date_time',
  'pds:Time_Coordinates.pds:start_date_time',
  'pds:Time_Coordinates.pds:stop_date_time',
]);

const provenance = 'ops:Provenance.ops:';

function parentValues(layout: Layout, run: Run, name: string): BlockValues | null {
  const { bundle, collection } = run;
  const own = collection.versions.map((version) => `${bundle.lid}:${collection.id}::${version}`);
  // The newest version of a collection lists the newest version of each product; see membership.ts.
  const newest = own.slice(-1);
  if (name === `${provenance}parent_collection_identifier`)
    return { always: newest, sometimes: own.slice(0, -1) };
  if (name === `${provenance}parent_bundle_identifier`)
    return { always: bundlesAbove(layout, newest), sometimes: bundlesAbove(layout, own) };
  if (name === `${provenance}superseded_by`) return { always: ['null'], sometimes: [] };
  return null;
}

/** Only the large collection is alike throughout; the others are small enough to be looked at one by one. */
function blockOf(
  layout: Layout,
  segment: Segment,
  product: (index: number) => StoredProduct,
): Block {
  const { first, count, run } = segment;
  if (run?.collection.isLarge !== true)
    return { first, count, values: () => null, ascends: () => false, unlisted: () => null };
  let sample: StoredProduct | null = null;
  return {
    first,
    count,
    values(name) {
      const parents = parentValues(layout, run, name);
      if (parents !== null) return parents;
      if (variesInRun(name)) return null;
      sample ??= product(first);
      return { always: sample.values(name) ?? [], sometimes: [] };
    },
    ascends: (name) => ascending.has(name),
    *unlisted() {
      for (const place of supersededPlaces(run.collection)) yield first + place;
    },
  };
}

/** One product of each kind of each collection, enough to meet every name there is. */
function* exemplars(layout: Layout): Generator<number> {
  for (const { first, count, run } of layout.segments) {
    yield first;
    if (run?.collection.isMessy === true)
      for (let at = 0; at < Math.min(count, 20); at += 1) yield first + at;
  }
}

/** The products of one sample archive. `size` is the number of products of its one large collection. */
export function createGeneratedCatalogue(
  seed: number,
  size: number,
  filesBase: () => string,
): Catalogue & { world: GeneratedWorld } {
  const layout = createLayout(size);
  const world: GeneratedWorld = { layout, content: createContentStore(layout, seed), filesBase };
  const labels = labelsOf(world);
  const product = (index: number): StoredProduct =>
    generatedProduct(world, labels, layout.entryAt(index));
  let properties: Map<string, PropertyKind> | null = null;
  return {
    world,
    count: layout.count,
    product,
    brief: (index) => briefOf(layout.entryAt(index)),
    versionsOf: layout.versionsOf,
    lowerBound: layout.lowerBound,
    blocks: layout.segments.map((segment) => blockOf(layout, segment, product)),
    inventory: (index) => inventoryOf(layout, layout.entryAt(index)),
    everyMember(index) {
      const entry = layout.entryAt(index);
      const all = layout.runOf(entry.lid);
      if (all === null) return inventoryOf(layout, entry);
      return { count: all.count, at: (place) => lidvidOf(layout.entryAt(all.first + place)) };
    },
    bundleEntries: (index) => bundleMembers(layout, layout.entryAt(index)).map((one) => one.id),
    properties() {
      if (properties !== null) return properties;
      const names = new Set<string>(blobNames);
      for (const index of exemplars(layout))
        for (const name of product(index).names()) names.add(name);
      properties = new Map([...names].sort().map((name) => [name, kindOf(name)]));
      return properties;
    },
    prepare: (index) => world.content.prepare(layout.entryAt(index)),
    file: (segments) => findFile(world, (entry) => labelTextOf(labels(entry)), segments),
  };
}
