/**
 * Runs in a page. What the fake core's registry holds: made bundles of three collections each, and the oddities that
 * the real one has, by the number of a product: 2 has older versions; 3 is in two collections; 5 has a file that can't
 * be fetched; 6 one that is given as http; 7 one as http with its md5 alone; 8 one without size and md5.
 */
import { parseRef, toRef, type RecordRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { PdsFile, PdsLevel, PdsProduct, PdsProperty } from '#contract/pds.ts';

export const bundleCount = 214;
export const kinds = ['data_derived', 'data_raw', 'document'];
export const oldVersions = ['1.9', '1.0'];
const newVersion = '1.10';
const versioned = 2;

function fileOf(name: string, role: 'data' | 'label', ending: string, bytes: number): PdsFile {
  return {
    role,
    name: `${name}.${ending}`,
    url: `https://pds.example/${name}.${ending}`,
    reach: 'ok',
    bytes,
    checksum: { algorithm: 'md5', value: 'd41d8cd98f00b204e9800998ecf8427e' },
    mime: role === 'data' ? 'text/plain' : null,
    created: null,
  };
}

/** Files as the registry gives them at its worst. */
function oddFiles(name: string, number: number): PdsFile[] {
  const data = fileOf(name, 'data', 'tab', 7_818_510);
  const plain = data.url.replace('https:', 'http:');
  if (number === 5) return [{ ...data, reach: 'dead', url: '/data/archive/' + data.name }];
  if (number === 6) return [{ ...data, reach: 'upgraded', url: plain }];
  if (number === 7) return [{ ...data, reach: 'checked', url: plain }];
  if (number === 8) return [{ ...data, bytes: null, checksum: null }];
  if (number === 9)
    return [data, fileOf(name, 'data', 'csv', 12_300), fileOf(name, 'data', 'png', 986_000)];
  return [data];
}

function propertiesOf(title: string, files: readonly PdsFile[]): PdsProperty[] {
  const plain = Array.from({ length: 60 }, (_, at) => ({
    name: `insight:Made_Class_${Math.floor(at / 12)}.insight:made_${at}`,
    values: [String(at * 17)],
  }));
  return [
    { name: 'pds:Identification_Area.pds:title', values: [title] },
    { name: 'pds:Target_Identification.pds:name', values: ['Mars'] },
    {
      name: 'pds:Modification_Detail.pds:description',
      values: ['First release.\nCalibration of the second year.', 'Second release.'],
    },
    { name: 'ops:Data_File_Info.ops:file_name', values: files.map(({ name }) => name) },
    {
      name: 'pds:Internal_Reference.pds:lid_reference',
      values: ['urn:nasa:pds:made_1:document', 'urn:nasa:pds:context:target:planet.mars'],
    },
    {
      name: 'pds:Field_Delimited.pds:name',
      values: Array.from({ length: 14 }, (_, at) => `FIELD_${at}`),
    },
    ...plain,
  ];
}

const context = 'urn:nasa:pds:context';

/** A product as the registry gives it; `number` decides how odd it is. */
export function made(
  lid: string,
  version: string,
  level: PdsLevel,
  title: string,
  number = 0,
): PdsProduct {
  const lidvid = `${lid}::${version}`;
  const className = { bundle: 'Bundle', collection: 'Collection', product: 'Observational' }[level];
  const name = lid.slice(lid.lastIndexOf(':') + 1);
  const files = [
    fileOf(name, 'label', 'xml', 15_475),
    ...(level === 'product' ? oddFiles(name, number) : []),
  ];
  const isOld = number === versioned && version !== newVersion;
  return {
    ref: toRef('pds-registry', lidvid),
    lidvid,
    lid,
    version,
    productClass: `Product_${className}`,
    level,
    title,
    description: level === 'product' ? 'Made Radiometer Experiment Derived Product' : null,
    start: '2019-04-01T00:32:17.929Z',
    stop: level === 'product' ? '2019-06-23T07:39:00.000Z' : null,
    isOpenEnded: level === 'bundle',
    references: [
      { id: `${context}:target:planet.mars`, role: 'target' },
      { id: `${context}:instrument_host:spacecraft.insight`, role: 'component' },
      { id: `${context}:instrument:rad.insight`, role: 'component' },
      { id: `${context}:investigation:mission.insight`, role: 'investigation' },
    ],
    files,
    labelUrl: `https://pds.example/${name}.xml`,
    supersededBy: isOld ? `${lid}::${newVersion}` : null,
    parents: [],
    node: 'PDS_GEO',
    archiveStatus: 'archived',
    doi: level === 'bundle' ? '10.17189/1517568' : null,
    properties: propertiesOf(title, files),
  };
}

export const bundleAt = (at: number): PdsProduct =>
  made(`urn:nasa:pds:made_${at}`, '14.0', 'bundle', `Made Radiometer Bundle ${at}`);

export const collectionAt = (bundleLid: string, at: number): PdsProduct =>
  made(`${bundleLid}:${kinds[at]}`, '14.0', 'collection', `Made Collection ${kinds[at]}`);

export function productAt(collectionLid: string, at: number, version?: string): PdsProduct {
  const name = `rad_der_${String(at).padStart(7, '0')}`;
  const own = version ?? (at === versioned ? newVersion : '1.0');
  return made(`${collectionLid}:${name}`, own, 'product', name, at);
}

/** All versions of a list: those of the one product that has any come after it. */
export function withOldVersions(collectionLid: string, at: number): PdsProduct {
  const old = at - versioned - 1;
  if (old < 0) return productAt(collectionLid, at);
  return old < oldVersions.length
    ? productAt(collectionLid, versioned, oldVersions[old])
    : productAt(collectionLid, at - oldVersions.length);
}

const names = {
  target: ['planet.mars', 'planet.mercury', 'satellite.earth.moon', 'asteroid.101955_bennu'],
  instrument: ['rad.insight', 'seis.insight', 'apxs.mer1', 'grs.mess'],
  investigation: ['mission.insight', 'mission.messenger', 'mission.orex'],
} as const;
const titles: Readonly<Record<string, string>> = {
  'planet.mars': 'Mars',
  'planet.mercury': 'Mercury',
  'satellite.earth.moon': 'Moon',
  'asteroid.101955_bennu': '(101955) Bennu',
  'rad.insight': 'Radiometer (RAD)',
  'mission.insight': 'InSight',
};

/** Context products with these words. */
export function contextProducts(of: keyof typeof names, text: string): PdsProduct[] {
  const many = Array.from({ length: of === 'instrument' ? 80 : 0 }, (_, at) => `made_${at}.host`);
  return [...names[of], ...many]
    .map((name) => made(`${context}:${of}:${name}`, '1.0', 'product', titles[name] ?? name))
    .filter(({ lid, title }) => `${lid} ${title}`.toLowerCase().includes(text.toLowerCase()));
}

function missing(id: string): never {
  const message = `The registry has no product "${id}". Nothing was changed. Check the identifier.`;
  throw new ArchiveError({ code: 'not-found', message, retryable: false });
}

/** The product that an identifier names, however it is written. */
export function fakeProduct(ref: RecordRef): PdsProduct {
  const id = parseRef(ref)?.id ?? '';
  const [lid = '', version] = id.split('::');
  const [bundle = '', collection, product] = lid.split(':').slice(3);
  const lidOf = (...parts: string[]) => ['urn:nasa:pds', ...parts].join(':');
  const number = Number(bundle.slice(5));
  if (bundle === 'context' && product !== undefined) return made(lid, '1.0', 'product', product);
  if (!bundle.startsWith('made_') || !(number < bundleCount)) return missing(id);
  const kind = kinds.indexOf(collection ?? '');
  if (collection !== undefined && kind < 0) return missing(id);
  if (collection === undefined) return known(bundleAt(number), version, id);
  if (product === undefined) return known(collectionAt(lidOf(bundle), kind), version, id);
  const at = Number(product.slice(8));
  if (!product.startsWith('rad_der_') || Number.isNaN(at)) return missing(id);
  const isOld = at === versioned && version !== undefined && oldVersions.includes(version);
  const found = productAt(lidOf(bundle, collection), at, isOld ? version : undefined);
  return known(found, version, id);
}

function known(found: PdsProduct, version: string | undefined, id: string): PdsProduct {
  return version === undefined || version === found.version ? found : missing(id);
}

/** What is above a product, by its identifier; product 3 of derived data is among the raw data too. */
export function chainsOf(product: PdsProduct): PdsProduct[][] {
  const parts = product.lid.split(':');
  if (parts[3] === 'context') return [];
  const above = [4, 5]
    .filter((count) => count < parts.length)
    .map((count) => fakeProduct(toRef('pds-registry', parts.slice(0, count).join(':'))));
  const [bundle] = above;
  const isTwice =
    product.level === 'product' && product.lid.endsWith('data_derived:rad_der_0000003');
  return isTwice && bundle !== undefined ? [above, [bundle, collectionAt(bundle.lid, 1)]] : [above];
}

/** Of product 2: three; of any other: one. Newest first. */
export function versionsOf(product: PdsProduct): PdsProduct[] {
  const isVersioned = product.lid.endsWith('rad_der_0000002');
  const collection = product.lid.slice(0, product.lid.lastIndexOf(':'));
  return isVersioned
    ? [newVersion, ...oldVersions].map((version) => productAt(collection, versioned, version))
    : [product];
}
