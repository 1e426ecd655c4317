/**
 * Runs in plain Node. The registry's two XML types. Both are read without namespaces: application/xml makes element
 * names of property names (`pds:Stream_Text.pds:name`, two colons and no declaration), which no namespace-aware
 * reader may accept. There is no document type in either, so nothing is ever expanded.
 */
import { SaxesParser } from 'saxes';
import {
  notProducts,
  emptyRow,
  idIn,
  maybeCount,
  maybeText,
  propertyName,
  type WireList,
  type WireRow,
} from './wire.ts';

/** Deeper is no answer; labels of the archive stay below 30. */
const deepest = 200;
const longestText = 1024 * 1024;

interface Open {
  /** Without prefix. */
  local: string;
  /** As written. */
  name: string;
  text: string;
}

/** Reads a list or one product. Throws `ArchiveError` ('bad-answer') for what is not well-formed. */
export function readXml(text: string): WireList {
  const reader = new XmlReader(text);
  reader.read();
  if (reader.rows.length === 0 && !reader.isList) throw notProducts('something else');
  const { rows, hits, isList } = reader;
  const read = rows.filter((row) => row.id !== '');
  return { hits, rows: read, unreadable: rows.length - read.length, isList, dialect: null };
}

const rootNames = new Set([
  'PdsProduct',
  'PdsProducts',
  'product',
  'products',
  'Pds4Product',
  'Pds4Products',
]);
/** Some versions of the service write the product's own name once more inside. */
const wrappers = new Set(['Pds4Product', 'ProductWithXmlLabel']);
const referenceRoles = new Map([
  ['investigations', 'investigation'],
  ['observing_system_components', 'component'],
  ['targets', 'target'],
] as const);

class XmlReader {
  readonly rows: WireRow[] = [];
  hits: number | null = null;
  isList = false;
  readonly #text: string;
  readonly #open: Open[] = [];
  #row: WireRow | null = null;
  /** Depth at which the row opened, and the label within it. */
  #rowDepth = 0;
  #labelFrom = -1;
  #labelDepth = 0;
  #files = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    const parser = new SaxesParser({ xmlns: false, position: true });
    parser.on('error', () => {
      throw notProducts('XML that is not well-formed');
    });
    // A document type could only be there to do harm.
    parser.on('doctype', () => {
      throw notProducts('XML with a document type');
    });
    parser.on('opentag', (tag) => {
      this.#start(tag.name, parser.position);
    });
    parser.on('text', (piece) => {
      this.#add(piece);
    });
    parser.on('cdata', (piece) => {
      this.#add(piece);
    });
    parser.on('closetag', (tag) => {
      this.#end(tag.name, parser.position);
    });
    parser.write(this.#text).close();
  }

  #start(name: string, position: number): void {
    const local = name.slice(name.lastIndexOf(':') + 1);
    this.#open.push({ local, name, text: '' });
    const depth = this.#open.length;
    if (depth > deepest) throw notProducts('XML that is nested too deep');
    if (this.#labelFrom >= 0) return;
    if (depth === 1) {
      if (!rootNames.has(local)) throw notProducts('another kind of XML');
      this.isList = local.endsWith('s');
      if (!this.isList) this.#begin(depth);
    } else if (this.isList && this.#row === null && this.#isRow(local, depth)) this.#begin(depth);
    if (this.#row !== null && local === 'pds4') {
      this.#labelFrom = position;
      this.#labelDepth = depth;
    }
  }

  /** `<data>` holds `<product>`s in one type; in the other each `<data>` within `<data>` is a row. */
  #isRow(local: string, depth: number): boolean {
    const parent = this.#open[depth - 2]?.local;
    return local === 'product' || local === 'PdsProduct' || (local === 'data' && parent === 'data');
  }

  #begin(depth: number): void {
    this.#row = emptyRow();
    this.#rowDepth = depth;
    this.#files = 0;
  }

  #add(piece: string): void {
    const top = this.#open.at(-1);
    const isTaken = this.#labelFrom < 0 || this.#isIdentification();
    if (top !== undefined && isTaken && top.text.length < longestText) top.text += piece;
  }

  /** True right within the label's Identification_Area. */
  #isIdentification(): boolean {
    const depth = this.#open.length;
    return depth === this.#labelDepth + 3 && this.#open[depth - 2]?.local === 'Identification_Area';
  }

  #end(name: string, position: number): void {
    const depth = this.#open.length;
    const isIdentification = this.#labelFrom >= 0 && this.#isIdentification();
    const closed = this.#open.pop();
    if (closed === undefined) return;
    const row = this.#row;
    if (row !== null && isIdentification) takeIdentification(row, closed);
    if (this.#labelFrom >= 0) {
      if (depth !== this.#labelDepth || row === null) return;
      const end = this.#text.lastIndexOf('</', position - name.length);
      row.label = this.#text.slice(this.#labelFrom, end).trim();
      this.#labelFrom = -1;
      return;
    }
    if (row === null) {
      if (closed.local === 'hits') this.hits = maybeCount(closed.text.trim());
      return;
    }
    if (depth === this.#rowDepth) {
      if (row.id === '') row.id = idIn(row);
      this.rows.push(row);
      this.#row = null;
      return;
    }
    const above = this.#open.slice(this.#rowDepth).filter(({ local }) => !wrappers.has(local));
    this.#take(row, closed, above);
  }

  /** A value of the row; `above` are the elements between it and the row. */
  #take(row: WireRow, { local, name, text }: Open, above: readonly Open[]): void {
    const value = maybeText(text);
    const parent = above.at(-1)?.local;
    if (parent === 'properties') {
      const plain = propertyName(name);
      row.properties.set(plain, [...(row.properties.get(plain) ?? []), value]);
    } else if (above[0]?.local === 'meta') this.#takeMeta(row, local, value, parent);
    else if (value === null) return;
    else if (above.length === 0) takeOwn(row, local, value);
    else if (parent === 'metadata') takeMetadata(row, local, value);
    else if (local === 'id' && above.length >= 1) {
      const role = referenceRoles.get(above[0]?.local as 'targets');
      if (role !== undefined && value.length <= 1024) row.references.push({ id: value, role });
    }
  }

  #takeMeta(row: WireRow, local: string, value: string | null, parent: string | undefined): void {
    if (local === 'node_name' && value !== null) {
      row.properties.set('ops:Harvest_Info.ops:node_name', [value]);
    }
    if (local === 'archive_status') row.archiveStatus = value;
    const place =
      parent === 'Label_File_Info'
        ? 'ops:Label_File_Info'
        : parent === 'Data_Files'
          ? 'ops:Data_File_Info'
          : null;
    if (local === 'Data_Files' && parent === 'Data_Files') {
      this.#files += 1;
      padFiles(row, this.#files);
    }
    if (place === null || local === 'Data_Files') return;
    const member = local === 'creation_date' ? 'creation_date_time' : local;
    const plain = `${place}.ops:${member}`;
    row.properties.set(plain, [...(row.properties.get(plain) ?? []), value]);
  }
}

/** So that a file without a checksum does not shift those of the files after it. */
function padFiles(row: WireRow, count: number): void {
  for (const member of fileMembers) {
    const name = `ops:Data_File_Info.ops:${member}`;
    const values = row.properties.get(name) ?? [];
    while (values.length < count) values.push(null);
    row.properties.set(name, values);
  }
}

const fileMembers = [
  'file_name',
  'file_ref',
  'file_size',
  'md5_checksum',
  'mime_type',
  'creation_date_time',
];

function takeOwn(row: WireRow, local: string, value: string): void {
  if (local === 'id') row.id = value;
  else if (local === 'type') row.type = value;
  else if (local === 'title') row.title = value;
  else if (local === 'description') row.description = value;
  else if (local === 'start_date_time') row.start = value;
  else if (local === 'stop_date_time') row.stop = value;
}

/** What the type tells of a product nowhere but in its label. */
function takeIdentification(row: WireRow, { local, text }: Open): void {
  const value = maybeText(text);
  if (local === 'title') row.title = value;
  else if (local === 'product_class') row.type = value;
  else if (local === 'version_id') row.version = value;
}

function takeMetadata(row: WireRow, local: string, value: string): void {
  if (local === 'label_url') row.labelUrl = value;
  else if (local === 'version') row.version = value;
  else if (local === 'archive_status') row.archiveStatus = value;
}
