/**
 * Runs in plain Node, in the sample archive's thread. The hosts of the sample registry's files, as paths below one
 * address: AGENCY/BUNDLE[/COLLECTION[/PRODUCT]]/VERSION/FILE.
 */
import { createHash } from 'node:crypto';
import type { ServedFile } from '../serve-bytes.ts';
import { fileStem } from './content.ts';
import type { Content } from './content.ts';
import { inventoryLines, inventoryStep } from './content-store.ts';
import { isReleased } from './entry.ts';
import type { Entry } from './entry.ts';
import type { GeneratedWorld } from './content-store.ts';
import { createdMs } from './labels.ts';
import type { Inventory } from './membership.ts';

/** Part of every ETag: raised whenever the content changes. */
const contentVersion = 1;

/** Path of a file, with its stroke before: `/nasa-pds/sample_camera/data_raw/scc_raw_00001_20181127/1.0/…`. */
export function fileAddress(entry: Entry, name: string): string {
  const [, agency = '', host = '', ...parts] = entry.lid.split(':');
  return `/${agency}-${host}/${parts.join('/')}/${entry.version}/${name}`;
}

function lidOf(agency: string, parts: readonly string[]): string {
  return `urn:${agency.replace('-', ':')}:${parts.join(':')}`;
}

/** Lines of an inventory between two bytes; all of them are of one length. */
async function* inventoryPart(
  inventory: Inventory,
  lineBytes: number,
  first: number,
  last: number,
): AsyncGenerator<Uint8Array> {
  let place = Math.floor(first / lineBytes);
  let skip = first - place * lineBytes;
  let left = last - first + 1;
  while (left > 0 && place < inventory.count) {
    const to = Math.min(place + inventoryStep, inventory.count);
    const lines = inventoryLines(inventory, place, to).subarray(skip, skip + left);
    left -= lines.length;
    skip = 0;
    place = to;
    yield lines;
    await new Promise((done) => void setImmediate(done));
  }
}

function etagOf(seed: string): string {
  return `"${createHash('sha256').update(`${contentVersion} ${seed}`).digest('base64url').slice(0, 22)}"`;
}

function servedContent(entry: Entry, file: Content): ServedFile {
  const { inventory } = file;
  const lastModified = new Date(createdMs(entry)).toUTCString();
  if (inventory !== undefined && inventory.count > inventoryStep) {
    const lineBytes = inventoryLines(inventory, 0, 1).length;
    return {
      sizeBytes: lineBytes * inventory.count,
      type: file.type,
      etag: etagOf(`${entry.lid} ${entry.version} ${inventory.count}`),
      lastModified,
      read: () => Promise.resolve(file.bytes()),
      stream: (first, last) => inventoryPart(inventory, lineBytes, first, last),
    };
  }
  return {
    sizeBytes: file.sizeBytes(),
    type: file.type,
    etag: etagOf(file.md5()),
    lastModified,
    read: () => Promise.resolve(file.bytes()),
  };
}

/** A file by its path below the hosts' address; null when there is none of that name. */
export function findFile(
  { layout, content }: GeneratedWorld,
  labelText: (entry: Entry) => string,
  segments: readonly string[],
): ServedFile | null {
  if (segments.length < 4 || segments.length > 6) return null;
  const [agency = '', ...rest] = segments;
  const name = rest.pop() ?? '';
  const version = rest.pop() ?? '';
  const index = layout.indexOf(lidOf(agency, rest), version);
  if (index === null) return null;
  const entry = layout.entryAt(index);
  if (!isReleased(entry)) return null;
  if (name === `${fileStem(entry)}.xml`) {
    const bytes = Buffer.from(labelText(entry));
    return {
      sizeBytes: bytes.length,
      type: 'application/xml',
      etag: etagOf(bytes.toString('latin1')),
      lastModified: new Date(createdMs(entry)).toUTCString(),
      read: () => Promise.resolve(bytes),
    };
  }
  const file = content.dataSet(entry).files.find((one) => one.name === name);
  return file === undefined ? null : servedContent(entry, file);
}
