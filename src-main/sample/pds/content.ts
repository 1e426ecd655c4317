/**
 * Runs in plain Node, any thread. Data files of the sample registry, each made from its entry when somebody asks
 * for its bytes, its size or its checksum, and the measures that its label states.
 */
import { createHash } from 'node:crypto';
import { productName, productNumber, startMs, stopMs, titleOf } from './entry.ts';
import type { Entry } from './entry.ts';
import { photometryTable, radiometerTable } from './data-tables.ts';
import type { Table } from './data-tables.ts';
import type { Inventory } from './membership.ts';

/** What a registry may say and a host may serve of a file. */
export interface Content {
  name: string;
  /** As the host serves it. */
  type: string;
  /** As the registry has it, which is wrong here and there. */
  statedType: string;
  sizeBytes(): number;
  md5(): string;
  /** null where the file is too large to be made at once: see `inventory`. */
  bytes(): Buffer;
  inventory?: Inventory;
}

export interface DataSet {
  files: readonly Content[];
  table?: Table;
  /** Bytes before the table. */
  tableOffset?: number;
}

export function md5Of(bytes: Uint8Array | string): string {
  return createHash('md5').update(bytes).digest('hex');
}

export function content(
  name: string,
  type: string,
  statedType: string,
  make: () => Buffer,
): Content {
  let made: Buffer | null = null;
  let sum: string | null = null;
  const bytes = (): Buffer => (made ??= make());
  return {
    name,
    type,
    statedType,
    bytes,
    sizeBytes: () => bytes().length,
    md5: () => (sum ??= md5Of(bytes())),
  };
}

export function readme(entry: Entry): string {
  return [
    entry.bundle.title,
    '',
    'This bundle belongs to the sample archive of Almagest. Its mission, its instrument and all of its',
    'data are made up; only the bodies exist.',
    '',
    `Version ${entry.version}. Collections: ${entry.bundle.collections.map((one) => one.id).join(', ')}.`,
    '',
  ].join('\r\n');
}

export function documentText(entry: Entry): string {
  const lines = [titleOf(entry), '='.repeat(titleOf(entry).length), ''];
  const topics = ['Purpose', 'Instrument', 'Data processing', 'File formats', 'Known shortcomings'];
  topics.forEach((topic, at) => {
    lines.push(`${at + 1}. ${topic}`, '');
    lines.push(
      `This text stands where the ${topic.toLowerCase()} of ${entry.bundle.title} would be described.`,
      'No such instrument was flown, and no such data were taken.',
      '',
    );
  });
  return lines.join('\r\n');
}

export function kernelText(entry: Entry, seed: number): string {
  const tick = 60_000 + (seed % 5536);
  return [
    'KPL/SCLK',
    '',
    'Made up for the sample archive. Not for navigation.',
    '',
    '\\begindata',
    `SCLK_KERNEL_ID = ( @2018-11-27/${String(entry.ordinal).padStart(2, '0')}:00 )`,
    'SCLK_DATA_TYPE_999 = ( 1 )',
    `SCLK01_MODULI_999 = ( 4294967296 ${tick} )`,
    '\\begintext',
    '',
  ].join('\n');
}

/** Stem of the names of an entry's files. */
export function fileStem(entry: Entry): string {
  const { bundle, collection } = entry;
  if (collection === null) return `bundle_${bundle.lid.slice(bundle.lid.lastIndexOf(':') + 1)}`;
  if (entry.kind === 'collection') return `collection_${collection.id}`;
  return productName(bundle, collection, entry.ordinal).replace(/\.(?:txt|tsc)$/, '');
}

/** Products of a messy collection that have a second file. */
export function hasNotes(entry: Entry): boolean {
  return entry.collection?.isMessy === true && entry.kind === 'table' && entry.ordinal % 8 === 1;
}

export function tableSet(entry: Entry, seed: number): DataSet {
  const { bundle, collection, ordinal } = entry;
  if (collection === null) return { files: [] };
  const [start, stop] = [startMs(bundle, collection, ordinal), stopMs(bundle, collection, ordinal)];
  const table =
    entry.kind === 'photometry'
      ? photometryTable(seed, start, stop)
      : radiometerTable(seed, start, stop, productNumber(collection, ordinal));
  const files = [content(`${fileStem(entry)}.tab`, 'text/plain', 'text/plain', () => table.bytes)];
  if (hasNotes(entry)) {
    const notes = `Notes on ${fileStem(entry)}.\r\nThe "shutter" stuck twice, says nobody.\r\n`;
    files.push(
      content(`${fileStem(entry)}.txt`, 'text/plain', 'text/csv', () => Buffer.from(notes)),
    );
  }
  return { files, table, tableOffset: 0 };
}

/** The collection of frames that a browse collection shows: the first of its bundle that holds pictures. */
export function framesOf(entry: Entry): { lid: string; id: string } | null {
  const frames = entry.bundle.collections.find((one) => one.kind === 'image' && one.count > 0);
  return frames === undefined ? null : { lid: `${entry.bundle.lid}:${frames.id}`, id: frames.id };
}
