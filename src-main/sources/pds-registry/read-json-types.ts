/**
 * Runs in plain Node. The registry's three JSON types: application/json, kvp+json and pds4+json, lists and single
 * products. Unknown members are passed over, null ones count as missing, a row that is no object is counted.
 */
import type { PdsDialect } from '#contract/pds.ts';
import {
  notProducts,
  emptyRow,
  idIn,
  maybeCount,
  maybeText,
  propertyName,
  wireText,
  type WireList,
  type WireReference,
  type WireRow,
  type WireValues,
} from './wire.ts';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a list or one product. `isPairs` says that kvp+json was asked for: such rows can't be told from others by
 * themselves when they hold few fields. A bare array of products (as client libraries write it) is a list too.
 */
export function readJson(body: unknown, isPairs: boolean): WireList {
  if (Array.isArray(body)) return listOf(body as unknown[], null, null, isPairs);
  if (!isObject(body)) throw notProducts('something unreadable');
  const { data, summary } = body;
  if (Array.isArray(data)) {
    const said = isObject(summary) ? summary : {};
    return listOf(data as unknown[], maybeCount(said['hits']), dialectOf(said), isPairs);
  }
  // A list without data is still a list where there is a summary: 0 rows (limit=0).
  if (isObject(summary))
    return listOf([], maybeCount(summary['hits']), dialectOf(summary), isPairs);
  const row = readRow(body, isPairs);
  if (row === null || (row.id === '' && !isPairs)) throw notProducts('something else');
  return { hits: null, rows: [row], unreadable: 0, isList: false, dialect: null };
}

/** 1.3 tells where the page starts; the current service has facets, and none of these. */
function dialectOf(summary: Json): PdsDialect | null {
  if (maybeCount(summary['start']) !== null) return '1.3';
  return 'hits' in summary && !('start' in summary) ? 'current' : null;
}

function listOf(
  data: readonly unknown[],
  hits: number | null,
  dialect: PdsDialect | null,
  isPairs: boolean,
): WireList {
  const read = data.map((one) => readRow(one, isPairs));
  const rows = read.filter((row) => row !== null);
  const last = read.findLastIndex((row) => row !== null);
  const unreadableAtEnd = read.length - 1 - last;
  return {
    hits,
    rows,
    unreadable: read.length - rows.length,
    unreadableAtEnd,
    isList: true,
    dialect,
  };
}

function readRow(value: unknown, isPairs: boolean): WireRow | null {
  if (!isObject(value)) return null;
  const looksLike =
    typeof value['id'] === 'string' && ('metadata' in value || 'properties' in value);
  const row =
    isObject(value['meta']) || isObject(value['pds4'])
      ? ofLabelJson(value)
      : isPairs && !looksLike
        ? ofPairs(value)
        : ofProduct(value);
  if (row.id === '') row.id = idIn(row);
  return row.id === '' && !isPairs ? null : row;
}

function ofProduct(value: Json): WireRow {
  const metadata = isObject(value['metadata']) ? value['metadata'] : {};
  return {
    id: maybeText(value['id']) ?? '',
    type: maybeText(value['type']),
    title: maybeText(value['title']),
    description: maybeText(value['description']),
    start: maybeText(value['start_date_time']),
    stop: maybeText(value['stop_date_time']),
    labelUrl: maybeText(metadata['label_url']),
    version: maybeText(metadata['version']),
    archiveStatus: maybeText(metadata['archive_status']),
    references: [
      ...referencesIn(value['investigations'], 'investigation'),
      ...referencesIn(value['observing_system_components'], 'component'),
      ...referencesIn(value['targets'], 'target'),
    ],
    properties: propertiesIn(value['properties']),
    label: null,
  };
}

/** Only ids: the hrefs are built from the server's own idea of its address, which is wrong in production. */
function referencesIn(value: unknown, role: WireReference['role']): WireReference[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).flatMap((one) => {
    const id = isObject(one) ? maybeText(one['id']) : null;
    return id === null || id.length > 1024 ? [] : [{ id, role }];
  });
}

function propertiesIn(value: unknown): Map<string, WireValues> {
  const properties = new Map<string, WireValues>();
  if (!isObject(value)) return properties;
  for (const [name, values] of Object.entries(value)) addValues(properties, name, values);
  return properties;
}

function addValues(properties: Map<string, WireValues>, name: string, values: unknown): void {
  const plain = propertyName(name);
  // The same name in both spellings: the first stands.
  if (properties.has(plain) || plain.length > 512) return;
  const list = (Array.isArray(values) ? (values as unknown[]) : [values]).map(valueOf);
  properties.set(plain, list);
}

function valueOf(value: unknown): string | null {
  const text = wireText(value);
  return text === 'null' ? null : text;
}

/** kvp+json: one text for each name. In 1.3 a list is Java's "[a, b]", later "a|b". */
function ofPairs(value: Json): WireRow {
  const row = emptyRow();
  for (const [name, pair] of Object.entries(value)) {
    addValues(row.properties, name, typeof pair === 'string' ? splitPair(name, pair) : pair);
  }
  return row;
}

/** Names whose values are text that may hold "|" or brackets: never split. */
const prose = /(?:^|[:._])(?:title|description|comment|reference_text|blob|xml_blob|json_blob)$/;

/** The values in one text of kvp+json. Java's list can't be told apart where values hold ", ": then it stays whole. */
export function splitPair(name: string, text: string): string[] {
  if (prose.test(name)) return [text];
  const inner = /^\[(.*)\]$/s.exec(text)?.[1];
  if (inner !== undefined) return inner === '' ? [] : inner.split(', ');
  return text.includes('|') ? text.split('|') : [text];
}

/** pds4+json: what the registry keeps of the files, and the label as the service translates it. */
function ofLabelJson(value: Json): WireRow {
  const row = emptyRow();
  row.id = maybeText(value['id']) ?? '';
  const meta = isObject(value['meta'])
    ? value['meta']
    : isObject(value['metadata'])
      ? value['metadata']
      : {};
  addFiles(row, 'ops:Label_File_Info', meta['ops:Label_File_Info']);
  addFiles(row, 'ops:Data_File_Info', meta['ops:Data_Files']);
  const tracking = Array.isArray(meta['ops:Tracking_Meta'])
    ? (meta['ops:Tracking_Meta'] as unknown[])[0]
    : meta['ops:Tracking_Meta'];
  if (isObject(tracking)) row.archiveStatus = maybeText(tracking['ops:archive_status']);
  const node = maybeText(meta['node_name']);
  if (node !== null) row.properties.set('ops:Harvest_Info.ops:node_name', [node]);
  const label = isObject(value['pds4']) ? value['pds4'] : null;
  row.label = label;
  const [type, root] = Object.entries(label ?? {}).find(([, part]) => isObject(part)) ?? [];
  row.type = type ?? null;
  const area = isObject(root) ? root['Identification_Area'] : null;
  if (isObject(area)) {
    row.title = maybeText(area['title']);
    row.version = maybeText(area['version_id']);
  }
  return row;
}

const fileMembers = ['file_name', 'file_ref', 'file_size', 'md5_checksum', 'mime_type'];

/** One object a file here, as opposed to parallel lists: positions are right by nature. */
export function addFiles(row: WireRow, place: string, value: unknown): void {
  const files = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isObject);
  if (files.length === 0) return;
  for (const member of fileMembers) {
    row.properties.set(
      `${place}.ops:${member}`,
      files.map((file) => valueOf(file[`ops:${member}`])),
    );
  }
  const created = files.map((file) =>
    valueOf(file['ops:creation_date'] ?? file['ops:creation_date_time']),
  );
  row.properties.set(`${place}.ops:creation_date_time`, created);
}
