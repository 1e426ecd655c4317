/**
 * Runs in plain Node, any thread; pure. The label of an entry as a tree: identity, context and references, with
 * the file areas of label-areas.ts. Authors and DOIs are plainly made up (10.5072 is the prefix kept for tests).
 */
import type { DataSet } from './content.ts';
import { framesOf } from './content.ts';
import { classOf, isoOf, startMs, stopMs, titleOf } from './entry.ts';
import type { Entry } from './entry.ts';
import { fileAreas } from './label-areas.ts';
import { element as e } from './label-tree.ts';
import type { LabelElement } from './label-tree.ts';
import type { BundleMember } from './membership.ts';
import type { BundlePlan } from './missions.ts';

/** Of the common schema: 1.16.0.0 is written 1G00. */
export const modelVersion = '1.16.0.0';
export const modelId = '1G00';

const common = 'http://pds.nasa.gov/pds4/pds/v1';
const display = 'http://pds.nasa.gov/pds4/disp/v1';
const own = 'http://almagest.example/pds4/sample/v1';

const context = 'urn:nasa:pds:context';

const day = 86_400_000;

/** When an entry's files were made: a year after the observation began, later for later versions. */
export function createdMs(entry: Entry): number {
  const { bundle, collection, ordinal, revision } = entry;
  const start =
    collection === null || entry.kind === 'collection' || collection.kind === 'context'
      ? Date.parse(bundle.mission.start)
      : startMs(bundle, collection, ordinal);
  // To the second, as files are dated.
  return Math.floor((start + 365 * day + revision * 180 * day) / 1000) * 1000;
}

export const createdAt = (entry: Entry): string => isoOf(createdMs(entry)).replace('.000Z', 'Z');

/** Modification dates in the order in which the label has them: newest first in some archives, oldest first in others. */
export function modifications(entry: Entry): { date: string; version: string; text: string }[] {
  const known = entry.revisions.slice(0, entry.revision + 1).map((version, at) => ({
    date: isoOf(createdMs({ ...entry, revision: at }) + 10 * day).slice(0, 10),
    version,
    text: at === 0 ? 'First release' : `Release ${at + 1}: values and label revised`,
  }));
  return entry.bundle.node === 'PDS_GEO' ? known : known.reverse();
}

export function doiOf(entry: Entry): string | null {
  const { bundle, kind } = entry;
  if (!bundle.hasDoi || (kind !== 'bundle' && kind !== 'collection')) return null;
  const id = entry.lid.split(':').slice(3).join('.');
  return `10.5072/sample-${id}`;
}

export const authors = 'Nobody, A.; Noone, B. (sample archive, made up)';

function citation(entry: Entry): LabelElement | null {
  if (entry.kind !== 'bundle' && entry.kind !== 'collection' && entry.kind !== 'document')
    return null;
  const doi = doiOf(entry);
  return e('Citation_Information', [
    e('author_list', authors),
    e('publication_year', createdAt(entry).slice(0, 4)),
    doi === null ? null : e('doi', doi),
    e('description', descriptionOf(entry)),
  ]);
}

export function descriptionOf(entry: Entry): string {
  const { bundle, collection } = entry;
  // On several lines, as people write them into labels.
  if (collection === null)
    return `\n        The ${bundle.title} holds ${bundle.collections.length} collections.\n        All of it is made up for the sample archive.\n      `;
  return `The ${collection.title} of ${bundle.title}, made up for the sample archive.`;
}

function identification(entry: Entry): LabelElement {
  return e('Identification_Area', [
    e('logical_identifier', entry.lid),
    e('version_id', entry.version),
    e('title', titleOf(entry)),
    e('information_model_version', modelVersion),
    e('product_class', classOf[entry.kind]),
    citation(entry),
    e(
      'Modification_History',
      modifications(entry).map((one) =>
        e('Modification_Detail', [
          e('modification_date', one.date),
          e('version_id', one.version),
          e('description', one.text),
        ]),
      ),
    ),
  ]);
}

function reference(id: string, type: string): LabelElement {
  return e('Internal_Reference', [
    e(id.includes('::') ? 'lidvid_reference' : 'lid_reference', id),
    e('reference_type', type),
  ]);
}

export function investigationLid(bundle: BundlePlan): string {
  return `${context}:investigation:mission.${bundle.mission.id}`;
}

export function hostLid(bundle: BundlePlan): string {
  return `${context}:instrument_host:spacecraft.${bundle.mission.id}`;
}

export function instrumentLid(bundle: BundlePlan): string | null {
  const { instrument, mission } = bundle;
  return instrument === null ? null : `${context}:instrument:${instrument.id}.${mission.id}`;
}

export function targetLid(bundle: BundlePlan): string | null {
  return bundle.target === null ? null : `${context}:target:${bundle.target.id}`;
}

/** Start and stop of what an entry covers; stop null is open, both null is unknown. */
export function timesOf(entry: Entry): { start: string | null; stop: string | null } {
  const { bundle, collection, ordinal, kind } = entry;
  if (kind === 'context' || kind === 'document' || bundle.target === null)
    return { start: null, stop: null };
  if (collection === null || kind === 'collection')
    return {
      start: bundle.mission.start,
      stop: collection === null ? null : '2023-12-31T00:00:00Z',
    };
  return {
    start: isoOf(startMs(bundle, collection, ordinal)),
    stop: isoOf(stopMs(bundle, collection, ordinal)),
  };
}

function timeCoordinates(entry: Entry): LabelElement | null {
  const { start, stop } = timesOf(entry);
  if (start === null) return null;
  return e('Time_Coordinates', [
    e('start_date_time', start),
    stop === null
      ? e('stop_date_time', '', { 'xsi:nil': 'true', nilReason: 'unknown' })
      : e('stop_date_time', stop),
  ]);
}

const scopes: Partial<Record<Entry['kind'], string>> = {
  bundle: 'bundle',
  collection: 'collection',
  document: 'document',
};

function contextParts(entry: Entry): LabelElement[] {
  const { bundle, collection, kind } = entry;
  if (kind === 'context' || bundle.target === null) return [];
  const scope = scopes[kind] ?? 'data';
  const instrument = instrumentLid(bundle);
  const target = targetLid(bundle);
  const hostType = bundle.mission.host === 'Rover' ? 'Rover' : 'Spacecraft';
  const parts = [
    timeCoordinates(entry),
    e('Primary_Result_Summary', [
      e('purpose', 'Science'),
      e('processing_level', collection?.level ?? 'Raw'),
    ]),
    e('Investigation_Area', [
      e('name', bundle.mission.name),
      e('type', 'Mission'),
      reference(investigationLid(bundle), `${scope}_to_investigation`),
    ]),
    e('Observing_System', [
      e('Observing_System_Component', [
        e('name', bundle.mission.name),
        e('type', hostType),
        reference(hostLid(bundle), 'is_instrument_host'),
      ]),
      instrument === null
        ? null
        : e('Observing_System_Component', [
            e('name', bundle.instrument?.name ?? ''),
            e('type', 'Instrument'),
            reference(instrument, 'is_instrument'),
          ]),
    ]),
    target === null
      ? null
      : e('Target_Identification', [
          e('name', bundle.target.name),
          e('type', bundle.target.type),
          reference(target, `${scope}_to_target`),
        ]),
    kind === 'table' || kind === 'photometry' || kind === 'spectrum' || kind === 'image'
      ? e('Mission_Area', [
          e('sample:Observation_Information', [
            e('sample:mission_phase_name', 'MADE-UP OPERATIONS'),
            e('sample:sequence_number', String(entry.ordinal + 1)),
          ]),
        ])
      : null,
    kind === 'image' ? displayArea() : null,
  ];
  return parts.filter((one) => one !== null);
}

function displayArea(): LabelElement {
  return e('Discipline_Area', [
    e('disp:Display_Settings', [
      e('Local_Internal_Reference', [
        e('local_identifier_reference', 'frame'),
        e('local_reference_type', 'display_settings_to_array'),
      ]),
      e('disp:Display_Direction', [
        e('disp:horizontal_display_axis', 'Sample'),
        e('disp:horizontal_display_direction', 'Left to Right'),
        e('disp:vertical_display_axis', 'Line'),
        e('disp:vertical_display_direction', 'Top to Bottom'),
      ]),
    ]),
  ]);
}

function referenceList(entry: Entry): LabelElement | null {
  const { bundle, kind } = entry;
  const documents = bundle.collections.find((one) => one.kind === 'document');
  const links: LabelElement[] = [];
  const [first] = documents?.names ?? [];
  if (documents !== undefined && first !== undefined && kind !== 'document' && kind !== 'context')
    links.push(
      reference(`${bundle.lid}:document:${first}`, `${scopes[kind] ?? 'data'}_to_document`),
    );
  const frames = kind === 'browse' ? framesOf(entry) : null;
  if (frames !== null) {
    const name = entry.lid.slice(entry.lid.lastIndexOf(':') + 1);
    links.push(reference(`${frames.lid}:${name}::${entry.version}`, 'browse_to_data'));
  }
  if (kind === 'bundle' || kind === 'collection')
    links.push(
      e('External_Reference', [
        e('doi', '10.5072/sample-paper'),
        e('reference_text', 'Nobody, A. (2020), A paper that was never written.'),
      ]),
    );
  return links.length === 0 ? null : e('Reference_List', links);
}

function memberEntries(members: readonly BundleMember[]): LabelElement[] {
  return members.map(({ id, status, type }) =>
    e('Bundle_Member_Entry', [
      e(id.includes('::') ? 'lidvid_reference' : 'lid_reference', id),
      e('member_status', status),
      e('reference_type', type),
    ]),
  );
}

/** The element of a context product that says what it stands for. */
function contextElement(entry: Entry): LabelElement {
  const part = entry.collection?.id ?? '';
  const name = entry.lid.slice(entry.lid.lastIndexOf(':') + 1);
  const words = name.slice(name.indexOf('.') + 1).replaceAll('_', ' ');
  const kind = { instrument: 'Instrument', instrument_host: 'Instrument_Host', target: 'Target' }[
    part
  ];
  const about =
    part === 'target' ? `The body ${words}.` : `${words}: made up for the sample archive.`;
  return e(kind ?? 'Investigation', [
    e('name', words),
    e('type', part === 'target' ? (name.split('.')[0] ?? '') : part.replaceAll('_', ' ')),
    e('description', about),
  ]);
}

function rootAttributes(entry: Entry): Record<string, string> {
  const isData = ['table', 'photometry', 'spectrum', 'image'].includes(entry.kind);
  return {
    xmlns: common,
    ...(entry.kind === 'image' ? { 'xmlns:disp': display } : {}),
    ...(isData ? { 'xmlns:sample': own } : {}),
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': `${common} https://pds.nasa.gov/pds4/pds/v1/PDS4_PDS_${modelId}.xsd`,
  };
}

/** The whole label. `members` is what a bundle names. */
export function labelOf(
  entry: Entry,
  set: DataSet,
  members: readonly BundleMember[],
): LabelElement {
  const { kind, collection } = entry;
  const parts = contextParts(entry);
  const areaName =
    scopes[kind] === undefined && kind !== 'browse' && kind !== 'kernel'
      ? 'Observation_Area'
      : 'Context_Area';
  const area = parts.length === 0 || kind === 'browse' ? null : e(areaName, parts);
  const children: (LabelElement | null)[] = [identification(entry), area, referenceList(entry)];
  if (kind === 'bundle') children.push(e('Bundle', [e('bundle_type', 'Archive')]));
  if (kind === 'collection')
    children.push(e('Collection', [e('collection_type', collection?.type)]));
  if (kind === 'context') children.push(contextElement(entry));
  children.push(...fileAreas(entry, set, createdAt(entry)));
  if (kind === 'bundle') children.push(...memberEntries(members));
  return e(classOf[kind], children, rootAttributes(entry));
}
