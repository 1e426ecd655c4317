/**
 * Runs in plain Node, in the sample archive's thread. Keeps the data sets of the products that were asked for last,
 * and the checksums of inventories, which take a second or two where a collection has a million members.
 */
import { createHash } from 'node:crypto';
import {
  content,
  documentText,
  fileStem,
  framesOf,
  kernelText,
  readme,
  tableSet,
} from './content.ts';
import type { Content, DataSet } from './content.ts';
import { contentSeed, titleOf } from './entry.ts';
import type { Entry } from './entry.ts';
import { spectrumTable } from './data-tables.ts';
import { frameBytes, framePng } from './frames.ts';
import type { Layout } from './layout.ts';
import { inventoryOf } from './membership.ts';
import type { Inventory } from './membership.ts';

export interface GeneratedWorld {
  layout: Layout;
  content: ContentStore;
  /** Address below which the files are, without a stroke at the end. */
  filesBase(): string;
}

/** Lines of an inventory that are made in one go. */
export const inventoryStep = 4000;

export function inventoryLines(inventory: Inventory, from: number, to: number): Buffer {
  let text = '';
  for (let place = from; place < to; place += 1)
    text += `${inventory.status},${inventory.at(place)}\r\n`;
  return Buffer.from(text, 'ascii');
}

interface Digest {
  sizeBytes: number;
  md5: string;
}

function* digestSteps(inventory: Inventory): Generator<undefined, Digest> {
  const hash = createHash('md5');
  let sizeBytes = 0;
  for (let from = 0; from < inventory.count; from += inventoryStep) {
    const lines = inventoryLines(inventory, from, Math.min(from + inventoryStep, inventory.count));
    hash.update(lines);
    sizeBytes += lines.length;
    yield;
  }
  return { sizeBytes, md5: hash.digest('hex') };
}

function digestNow(inventory: Inventory): Digest {
  const steps = digestSteps(inventory);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function inventoryContent(name: string, inventory: Inventory, digest: () => Digest): Content {
  return {
    name,
    type: 'text/csv',
    // As harvesting has it for every inventory.
    statedType: 'text/plain',
    sizeBytes: () => digest().sizeBytes,
    md5: () => digest().md5,
    bytes: () => inventoryLines(inventory, 0, inventory.count),
    inventory,
  };
}

/** Files of everything but collections. */
function makeSet(layout: Layout, seed: number, entry: Entry): DataSet {
  const own = contentSeed(seed, entry);
  const stem = fileStem(entry);
  const look = entry.bundle.target?.look ?? 'moon';
  switch (entry.kind) {
    case 'bundle':
      return {
        files: [
          content('readme.txt', 'text/plain', 'text/plain', () => Buffer.from(readme(entry))),
        ],
      };
    case 'table':
    case 'photometry':
      return tableSet(entry, own);
    case 'spectrum': {
      const table = spectrumTable(own, titleOf(entry));
      const bytes = (): Buffer => Buffer.concat([table.header, table.bytes]);
      const file = content(`${stem}.dat`, 'application/octet-stream', 'text/plain', bytes);
      return { files: [file], table, tableOffset: table.header.length };
    }
    case 'image':
      return {
        files: [
          content(`${stem}.img`, 'application/octet-stream', 'application/octet-stream', () =>
            frameBytes(own, look),
          ),
        ],
      };
    case 'browse': {
      // Of the frame of the same name, which has the same seed but for its collection.
      const isOdd = entry.ordinal % 10 === 3;
      return {
        files: [
          content(`${stem}.png`, 'image/png', isOdd ? 'image/jpeg' : 'image/png', () =>
            framePng(frameBytes(seedOfFrame(layout, seed, entry), look)),
          ),
        ],
      };
    }
    case 'document':
      return {
        files: [
          content(`${stem}.txt`, 'text/plain', 'text/plain', () =>
            Buffer.from(documentText(entry)),
          ),
        ],
      };
    case 'kernel':
      return {
        files: [
          content(`${stem}.tsc`, 'text/plain', 'application/octet-stream', () =>
            Buffer.from(kernelText(entry, own)),
          ),
        ],
      };
    case 'collection':
    case 'context':
      return { files: [] };
  }
}

export interface ContentStore {
  dataSet(entry: Entry): DataSet;
  /** Works out the checksum of a large inventory without holding the thread; null when there is nothing to wait for. */
  prepare(entry: Entry): Promise<void> | null;
}

/** Data sets that stay made: a page of them, so that a list and the files behind it are drawn once. */
const keptSets = 240;

const pause = (): Promise<void> => new Promise((done) => void setImmediate(done));

export function createContentStore(layout: Layout, seed: number): ContentStore {
  const sets = new Map<number, DataSet>();
  const digests = new Map<number, Digest>();
  const preparing = new Map<number, Promise<void>>();

  const collectionSet = (entry: Entry): DataSet => {
    const inventory = inventoryOf(layout, entry);
    const digest = (): Digest => {
      const known = digests.get(entry.index);
      if (known !== undefined) return known;
      const made = digestNow(inventory);
      digests.set(entry.index, made);
      return made;
    };
    return { files: [inventoryContent(`${fileStem(entry)}_inventory.csv`, inventory, digest)] };
  };

  const prepareInventory = async (entry: Entry): Promise<void> => {
    const steps = digestSteps(inventoryOf(layout, entry));
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        digests.set(entry.index, step.value);
        return;
      }
      await pause();
    }
  };

  return {
    dataSet(entry) {
      const known = sets.get(entry.index);
      if (known !== undefined) return known;
      const made =
        entry.kind === 'collection' ? collectionSet(entry) : makeSet(layout, seed, entry);
      sets.set(entry.index, made);
      const oldest = sets.keys().next();
      if (sets.size > keptSets && oldest.done !== true) sets.delete(oldest.value);
      return made;
    },
    prepare(entry) {
      if (entry.kind !== 'collection' || digests.has(entry.index)) return null;
      if (inventoryOf(layout, entry).count <= inventoryStep) return null;
      const already = preparing.get(entry.index);
      if (already !== undefined) return already;
      const running = prepareInventory(entry).finally(() => preparing.delete(entry.index));
      preparing.set(entry.index, running);
      return running;
    },
  };
}

function seedOfFrame(layout: Layout, seed: number, entry: Entry): number {
  const frames = framesOf(entry);
  const segment = frames === null ? null : layout.runOf(frames.lid);
  if (segment === null) return contentSeed(seed, entry);
  return contentSeed(
    seed,
    layout.entryAt(layout.indexOfProduct(segment, entry.ordinal, entry.revision)),
  );
}
