/**
 * Runs in plain Node, for tests only. Serves the registry's own reference data (real bundles with their labels,
 * inventories and tables, outside the project) through the routes of the sample registry.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import type {
  Catalogue,
  ProductBrief,
  PropertyKind,
  StoredProduct,
} from '#main/sample/pds/catalogue.ts';
import { compareVersions } from '#main/sample/pds/entry.ts';
import { blobNames, blobOf, harvestProperties, kindOf } from '#main/sample/pds/harvest.ts';
import type { Harvest, HarvestedFile } from '#main/sample/pds/harvest.ts';
import type { LabelElement } from '#main/sample/pds/label-tree.ts';
import { listOf } from '#main/sample/pds/membership.ts';
import { createPdsDoor, filesPath, registryPath, searchPath } from '#main/sample/pds/pds-door.ts';
import type { ServedFile } from '#main/sample/serve-bytes.ts';
import { capturesDir } from './captures.ts';
import { elementsNamed, readLabelTree, textAt } from './label-reader.ts';

/** Folder of the reference data; null where it is not on this machine (`capturesAbsent` says so in words). */
export function refDataDir(): string | null {
  const captures = capturesDir();
  const folder = captures === null ? null : join(captures, 'pds-registry', 'ref-data');
  return folder !== null && existsSync(folder) ? folder : null;
}

interface Loaded {
  lid: string;
  version: string;
  productClass: string;
  path: string;
  label: LabelElement;
  text: string;
}

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** Of several folders with the same bundle, the last has all of its versions. */
function loadLabels(folder: string): Loaded[] {
  const found = new Map<string, Loaded>();
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.toLowerCase().endsWith('.xml'))
    .sort()
    .reverse();
  for (const path of paths) {
    const text = readFileSync(join(folder, path), 'utf8');
    const label = readLabelTree(text);
    const lid = textAt(label, 'Identification_Area', 'logical_identifier');
    const version = textAt(label, 'Identification_Area', 'version_id');
    if (lid === null || version === null) continue;
    const key = `${lid}::${version}`;
    if (!found.has(key))
      found.set(key, { lid, version, productClass: label.name, path, label, text });
  }
  return [...found.values()].sort((a, b) =>
    `${a.lid}::${a.version}` < `${b.lid}::${b.version}` ? -1 : 1,
  );
}

const types: Readonly<Record<string, string>> = {
  '.xml': 'application/xml',
  '.csv': 'text/csv',
};

class RefData implements Catalogue {
  readonly count: number;
  readonly blocks;
  readonly #folder: string;
  readonly #base: () => string;
  readonly #labels: readonly Loaded[];
  readonly #byLid = new Map<string, number[]>();
  readonly #parents = new Map<string, Set<string>>();

  constructor(folder: string, base: () => string) {
    this.#folder = folder;
    this.#base = base;
    this.#labels = loadLabels(folder);
    this.count = this.#labels.length;
    this.blocks = [
      {
        first: 0,
        count: this.count,
        values: () => null,
        ascends: () => false,
        unlisted: () => null,
      },
    ];
    for (const [index, { lid }] of this.#labels.entries())
      this.#byLid.set(lid, [...(this.#byLid.get(lid) ?? []), index]);
    for (const versions of this.#byLid.values())
      versions.sort((a, b) => compareVersions(this.#at(a).version, this.#at(b).version));
    for (const [index, one] of this.#labels.entries()) {
      const parent = `${one.lid}::${one.version}`;
      for (const id of [...this.bundleEntries(index), ...this.#listed(index)])
        this.#parents.set(id, (this.#parents.get(id) ?? new Set()).add(parent));
    }
  }

  #at(index: number): Loaded {
    const one = this.#labels[index];
    if (one === undefined) throw new RangeError(`No label ${index}`);
    return one;
  }

  #parentsOf(lidvid: string): string[] {
    const ids = [lidvid, lidvid.split('::')[0] ?? ''];
    const own = ids.flatMap((id) => [...(this.#parents.get(id) ?? [])]);
    return [...new Set(own)].sort();
  }

  #listed(index: number): string[] {
    const { productClass, label, path } = this.#at(index);
    if (productClass !== 'Product_Collection') return [];
    const name = textAt(label, 'File_Area_Inventory', 'File', 'file_name');
    const inventory = join(this.#folder, dirname(path), name ?? '');
    if (name === null || !existsSync(inventory)) return [];
    return readFileSync(inventory, 'utf8')
      .split(/\r?\n/)
      .flatMap((line) => line.split(',')[1]?.trim() ?? [])
      .filter((id) => id !== '');
  }

  #file(path: string): HarvestedFile {
    const whole = join(this.#folder, path);
    return {
      name: basename(path),
      ref: `${this.#base()}/${path.split(sep).map(encodeURIComponent).join('/')}`,
      sizeBytes: () => statSync(whole).size,
      md5: () => md5(readFileSync(whole)),
      created: '2022-01-01T00:00:00Z',
      mime: types[extname(path).toLowerCase()] ?? 'text/plain',
    };
  }

  #harvest(one: Loaded): Harvest {
    const { lid, version, productClass, label, text, path } = one;
    const names = elementsNamed(label, 'file_name').map((name) => textAt(name) ?? '');
    const data = names
      .map((name) => join(dirname(path), name))
      .filter((name) => existsSync(join(this.#folder, name)));
    const versions = this.versionsOf(lid).map((index) => this.#at(index).version);
    const next = versions[versions.indexOf(version) + 1];
    const parents = this.#parentsOf(`${lid}::${version}`);
    const isPart = productClass === 'Product_Collection' || productClass === 'Product_Bundle';
    return {
      lid,
      version,
      title: textAt(label, 'Identification_Area', 'title') ?? '',
      productClass,
      label,
      labelText: () => text,
      labelFile: this.#file(path),
      dataFiles: data.map((name) => this.#file(name)),
      node: 'PDS_ENG',
      harvestedAt: '2022-01-02T00:00:00.000000001Z',
      status: 'archived',
      supersededBy: next === undefined ? null : `${lid}::${next}`,
      parentBundles: isPart ? parents : [...new Set(parents.flatMap((id) => this.#parentsOf(id)))],
      parentCollections: isPart ? [] : parents,
      packageId: '00000000-0000-0000-0000-000000000000',
    };
  }

  brief(index: number): ProductBrief {
    const { lid, version, productClass } = this.#at(index);
    const isSuperseded = this.versionsOf(lid).at(-1) !== index;
    return { lid, version, productClass, isReleased: true, isSuperseded };
  }

  product(index: number): StoredProduct {
    const one = this.#at(index);
    const harvest = this.#harvest(one);
    const map = harvestProperties(harvest);
    return {
      index,
      ...this.brief(index),
      lidvid: `${one.lid}::${one.version}`,
      names: () => [...map.keys()],
      values: (name) => map.get(name)?.() ?? blobOf(harvest, name),
      label: () => one.label,
      labelText: () => one.text,
    };
  }

  versionsOf(lid: string): number[] {
    return this.#byLid.get(lid) ?? [];
  }

  lowerBound(lidvid: string): number {
    const at = this.#labels.findIndex((one) => `${one.lid}::${one.version}` >= lidvid);
    return at < 0 ? this.count : at;
  }

  inventory(index: number) {
    return listOf(this.#listed(index));
  }

  everyMember(index: number) {
    const lids = new Set(this.#listed(index).map((id) => id.split('::')[0] ?? ''));
    const all = [...lids].flatMap((lid) => this.versionsOf(lid));
    return listOf(all.map((at) => `${this.#at(at).lid}::${this.#at(at).version}`));
  }

  bundleEntries(index: number): string[] {
    return elementsNamed(this.#at(index).label, 'Bundle_Member_Entry').flatMap(
      (entry) => textAt(entry, 'lidvid_reference') ?? textAt(entry, 'lid_reference') ?? [],
    );
  }

  properties(): ReadonlyMap<string, PropertyKind> {
    const names = new Set<string>(blobNames);
    for (let index = 0; index < this.count; index += 1)
      for (const name of this.product(index).names()) names.add(name);
    return new Map([...names].sort().map((name) => [name, kindOf(name)]));
  }

  prepare(): null {
    return null;
  }

  file(segments: readonly string[]): ServedFile | null {
    const whole = join(this.#folder, ...segments);
    const inside = relative(this.#folder, whole);
    if (inside.startsWith('..') || !existsSync(whole) || !statSync(whole).isFile()) return null;
    const bytes = readFileSync(whole);
    return {
      sizeBytes: bytes.length,
      type: types[extname(whole).toLowerCase()] ?? 'text/plain',
      etag: `"${md5(bytes)}"`,
      lastModified: new Date(Date.UTC(2022, 0, 1)).toUTCString(),
      read: () => Promise.resolve(bytes),
    };
  }
}

export interface RefDataRegistry {
  /** The 1.3 service, the current one, and the hosts of files. */
  pdsBase: string;
  pdsCurrentBase: string;
  filesBase: string;
  catalogue: Catalogue;
  close(): Promise<void>;
}

/** Starts a registry over a folder of reference data, on any free loopback port. */
export async function startRefDataRegistry(folder: string): Promise<RefDataRegistry> {
  let base = '';
  const catalogue = new RefData(folder, () => base + filesPath);
  const door = createPdsDoor({ catalogue: () => catalogue, base: () => base });
  const server = createServer((request, response) => {
    door.answer(request, response).then(
      (isKnown) => void (isKnown || response.writeHead(404).end()),
      (error: unknown) => void response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    pdsBase: base + registryPath,
    pdsCurrentBase: base + searchPath,
    filesBase: base + filesPath,
    catalogue,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
