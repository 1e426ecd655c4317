import { describe, expect, test } from 'vitest';
import type { PdsProduct } from '#contract/pds.ts';
import type { PdsProductDetail } from '#contract/pds-lists.ts';
import {
  addressFileOf,
  bundlesOf,
  citationOf,
  conditionOf,
  dataFilesOf,
  doiAddress,
  labelFileOf,
  membersQuery,
  observedWords,
  otherReferences,
  parentsOf,
  referencesOf,
  sumOfBytes,
} from '#renderer/features/pds/product-facts.ts';
import { listProperties, splitProperty, toLines } from '#renderer/features/pds/property-groups.ts';
import { bundleAt, collectionAt, productAt } from '#test/support/fake-registry.ts';

const collection = 'urn:nasa:pds:made_0:data_derived';
const detailOf = (product: PdsProduct, more: Partial<PdsProductDetail> = {}): PdsProductDetail => ({
  product,
  chains: [],
  versions: [],
  citation: null,
  missing: [],
  age: { fetchedAtMs: 0, origin: 'network', isStale: false, problem: null },
  ...more,
});

describe('when it was observed', () => {
  const words = (start: string | null, stop: string | null, isOpenEnded = false) =>
    observedWords({ start, stop, isOpenEnded });
  test('in words, with the zone once', () => {
    expect(words('2019-04-01T00:32:17.929Z', '2019-06-23T07:39:00Z')).toBe(
      '1 Apr 2019 00:32 to 23 Jun 2019 07:39 UTC',
    );
    expect(words('2019-09-01', '2020-01-02')).toBe('1 Sep 2019 to 2 Jan 2020');
    expect(words('2019-04-01T00:00:00Z', null, true)).toBe('1 Apr 2019 00:00 UTC, open end');
    expect(words('2019-04-01', null)).toBe('From 1 Apr 2019');
    expect(words(null, '2019-04-01')).toBe('until 1 Apr 2019');
    expect(words(null, null)).toBe(null);
    expect(words('soon', null)).toBe('From soon');
  });
});

test('what can be fetched is told from what cannot', () => {
  const dead = productAt(collection, 5);
  expect(dataFilesOf(dead)).toEqual([]);
  expect(labelFileOf(dead)?.name).toBe('rad_der_0000005.xml');
  expect(addressFileOf(dead)?.url).toBe('/data/archive/rad_der_0000005.tab');
  expect(dataFilesOf(productAt(collection, 9)).map(({ name }) => name)).toHaveLength(3);
  expect(addressFileOf({ ...dead, files: [] })).toBe(null);
});

test('sizes are summed as far as they are stated', () => {
  expect(sumOfBytes(productAt(collection, 0).files)).toEqual({ bytes: 7_833_985, isWhole: true });
  expect(sumOfBytes(productAt(collection, 8).files)).toEqual({ bytes: 15_475, isWhole: false });
  expect(sumOfBytes([])).toBe(null);
});

test('names of misaligned lists are taken only where there is one of each', () => {
  const product = productAt(collection, 0);
  const targets = (one: PdsProduct) => referencesOf(one, 'target', {}).map(({ name }) => name);
  const named = (values: string[]): PdsProduct => ({
    ...product,
    properties: [{ name: 'pds:Target_Identification.pds:name', values }],
  });
  expect(targets(named(['Mars (Planet)']))).toEqual(['Mars (Planet)']);
  expect(targets(named(['Phobos', 'Mars']))).toEqual(['Mars']);
  const lid = 'urn:nasa:pds:context:target:planet.mars';
  expect(referencesOf(named(['x', 'y']), 'target', { [lid]: 'Red planet' })[0]?.name).toBe(
    'Red planet',
  );
});

test('other identifiers of the label are references, each once', () => {
  const product = productAt(collection, 0);
  expect(otherReferences(product, [])).toEqual([
    { id: 'urn:nasa:pds:made_1:document', name: 'document' },
  ]);
  expect(otherReferences(product, ['urn:nasa:pds:made_1:document::1.0'])).toEqual([]);
  const odd = { ...product, properties: [{ name: 'ref_lid_document', values: ['null', 'a b'] }] };
  expect(otherReferences(odd, [])).toEqual([]);
});

test('what holds a product comes from its chains, else from what it says itself', () => {
  const product = { ...productAt(collection, 3), parents: ['urn:nasa:pds:made_0:x::1.0'] };
  const bundle = bundleAt(0);
  const chains = [0, 1].map((at) => [bundle, collectionAt(bundle.lid, at)]);
  expect(parentsOf(detailOf(product, { chains })).map(({ name }) => name)).toEqual([
    'Made Collection data_derived',
    'Made Collection data_raw',
  ]);
  expect(parentsOf(detailOf(product))).toEqual([{ id: 'urn:nasa:pds:made_0:x::1.0', name: 'x' }]);
});

test('what holds it in several versions is named once, by the newest', () => {
  const [older, newer] = ['9.0', '10.0'].map((version) => ({
    ...bundleAt(0),
    lidvid: `${bundleAt(0).lid}::${version}`,
  }));
  if (older === undefined || newer === undefined) throw new Error('two versions');
  const inner = collectionAt(older.lid, 0);
  const detail = detailOf(inner, { chains: [[newer], [older]] });
  expect(parentsOf(detail).map(({ id }) => id)).toEqual([newer.lidvid]);
  const said = detailOf({ ...inner, parents: [older.lidvid, newer.lidvid] });
  expect(parentsOf(said).map(({ id }) => id)).toEqual([newer.lidvid]);
  for (const chains of [
    [
      [newer, inner],
      [older, inner],
    ],
    [
      [older, inner],
      [newer, inner],
    ],
  ]) {
    expect(
      bundlesOf({ chains })
        .get(inner.lidvid)
        ?.map(({ id }) => id),
    ).toEqual([newer.lidvid]);
  }
});

test('a collection of several bundles names all of them', () => {
  const inner = collectionAt(bundleAt(0).lid, 0);
  const chains = [bundleAt(0), bundleAt(1)].map((bundle) => [bundle, inner]);
  expect(
    bundlesOf({ chains })
      .get(inner.lidvid)
      ?.map(({ id }) => id),
  ).toEqual([bundleAt(0).lidvid, bundleAt(1).lidvid]);
});

test('a citation is the label’s own, else made of what names the product for good', () => {
  const product = bundleAt(1);
  expect(citationOf(detailOf(product, { citation: 'A. Maker, 2020.' }))).toEqual({
    text: 'A. Maker, 2020.',
    isMade: false,
  });
  const made = citationOf(detailOf(product));
  expect(made.isMade).toBe(true);
  for (const part of [product.title, product.lidvid, 'Geosciences', '10.17189/1517568']) {
    expect(made.text).toContain(part);
  }
});

test('only what is a DOI leads outside', () => {
  expect(doiAddress('10.17189/1517568')).toBe('https://doi.org/10.17189/1517568');
  expect(doiAddress('https://doi.org/10.17189/1517568')).toBe('https://doi.org/10.17189/1517568');
  expect(doiAddress('doi:10.17189/a b')).toBe(null);
  expect(doiAddress('javascript:alert(1)')).toBe(null);
});

test('a condition is made only of what the language can say', () => {
  expect(conditionOf('pds:A.pds:b', 'Mars')).toBe('pds:A.pds:b eq "Mars"');
  expect(conditionOf('pds:A.pds:b', 'a "quote"')).toBe(null);
  expect(conditionOf('pds:A.pds:b', 'two\nlines')).toBe(null);
  expect(conditionOf('no name', 'Mars')).toBe(null);
  expect(membersQuery(bundleAt(0))).toBe(
    'ops:Provenance.ops:parent_bundle_identifier eq "urn:nasa:pds:made_0::14.0"',
  );
  expect(membersQuery(productAt(collection, 0))).toBe(null);
});

describe('properties', () => {
  const { properties } = productAt(collection, 0);
  test('stand in groups by their class, without the dictionary said twice', () => {
    expect(splitProperty('ops:Data_File_Info.ops:md5_checksum')).toEqual({
      group: 'ops:Data_File_Info',
      short: 'md5_checksum',
    });
    expect(splitProperty('pds:File.ops:name').short).toBe('ops:name');
    expect(splitProperty('lidvid')).toEqual({ group: '', short: 'lidvid' });
    const { groups, shown, count } = listProperties(properties, '', 1000);
    expect(count).toBe(properties.length);
    const indexes = groups.flatMap((group) => group.fields.map(({ index }) => index));
    expect(indexes).toEqual(shown.map((_one, at) => at));
  });

  test('are found by name and by any value, and no more are drawn than wanted', () => {
    expect(listProperties(properties, 'SECOND release', 10).shown.map(({ name }) => name)).toEqual([
      'pds:Modification_Detail.pds:description',
    ]);
    expect(listProperties(properties, 'made_', 10)).toMatchObject({ count: 61 });
    expect(listProperties(properties, 'made_', 10).shown).toHaveLength(10);
    expect(toLines([{ name: 'a', values: ['x\ny', 'z'] }])).toBe('a\tx y\tz');
  });
});
