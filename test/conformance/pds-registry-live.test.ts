/** Every recorded answer of the live registry is read, mapped and made a record, with its counts and its traps. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { parseRef } from '#contract/domain.ts';
import type { PdsProduct } from '#contract/pds.ts';
import { readProducts } from '#main/sources/pds-registry/accept.ts';
import { toProducts, type MappedList } from '#main/sources/pds-registry/map.ts';
import { toRecord } from '#main/sources/pds-registry/record.ts';
import { readJson } from '#main/sources/pds-registry/read-json-types.ts';
import type { WireList } from '#main/sources/pds-registry/wire.ts';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';
import { createSeededRandom, mangle } from '#test/support/mangle.ts';

const captures = capturesDir();
const folder = captures === null ? null : join(captures, 'pds-registry', 'live');
if (folder === null) console.log(`pds-registry live ${capturesAbsent}`);
const base = new URL('https://pds.nasa.gov/api/search/1');

function read(name: string): { list: WireList; mapped: MappedList } {
  const list = readProducts(readFileSync(join(folder ?? '', name)), 'application/json');
  return { list, mapped: toProducts(list, base) };
}

function checkProduct(product: PdsProduct): void {
  expect(parseRef(product.ref)).toEqual({ archive: 'pds-registry', id: product.lidvid });
  expect(product.lidvid).toBe(`${product.lid}::${product.version ?? ''}`);
  expect(product.title).not.toBe('');
  expect(product.isOpenEnded && product.stop !== null).toBe(false);
  for (const { id } of product.references) expect(id).toMatch(/^urn:/);
  for (const { values, name } of product.properties) {
    expect(name).not.toContain('/');
    expect(values).not.toContain('null');
  }
  for (const file of product.files) {
    expect(file.reach).toBe('ok');
    expect(file.name).not.toBe('');
    if (file.checksum !== null) expect(file.checksum.value).toMatch(/^[0-9a-f]{32}$/);
  }
  expect(product.unpaired).toBeUndefined();
  const record = toRecord(product);
  expect(record.ref).toBe(product.ref);
  structuredClone(record);
}

describe.skipIf(folder === null)('recorded answers', () => {
  test('2023, collections: 20 collections, a summary without hits', () => {
    const { list, mapped } = read('2023-03.collections.limit20.client-dict.json');
    expect(list).toMatchObject({ hits: null, unreadable: 0, isList: true, dialect: '1.3' });
    expect(mapped.unreadable).toBe(0);
    expect(mapped.products).toHaveLength(20);
    for (const product of mapped.products) {
      checkProduct(product);
      expect(product.level).toBe('collection');
      expect(product.node).toBe('PDS_GEO');
      expect(product.files.filter(({ role }) => role === 'data')).toHaveLength(1);
      expect(
        product.files.every(({ bytes, checksum }) => (bytes ?? 0) > 0 && checksum !== null),
      ).toBe(true);
    }
    const first = mapped.products[0];
    expect(first).toMatchObject({
      lidvid: 'urn:nasa:pds:mars2020_pixl:data_imaging::4.0',
      start: '2020-07-31T00:00:00Z',
      stop: null,
      isOpenEnded: true,
      references: [
        { id: 'urn:nasa:pds:context:investigation:mission.mars2020', role: 'investigation' },
        { id: 'urn:nasa:pds:context:instrument_host:spacecraft.mars2020', role: 'component' },
        { id: 'urn:nasa:pds:context:instrument:mars2020.pixl', role: 'component' },
        { id: 'urn:nasa:pds:context:target:planet.mars', role: 'target' },
      ],
    });
    expect(mapped.products.filter(({ doi }) => doi !== null).length).toBeGreaterThan(0);
    expect(mapped.products.find(({ doi }) => doi === '10.12686/a18')?.lid).toBe(
      'urn:nasa:pds:insight_seis:data_derived',
    );
  });

  test('2023, one bundle asked for with fields: names with "/" in the summary, a label and no data', () => {
    const { list, mapped } = read('2023-03.bundles.q-lidvid-eq.fields-lidvid.client-dict.json');
    expect(list).toMatchObject({ hits: null, dialect: '1.3' });
    expect(mapped.products).toHaveLength(1);
    const [bundle] = mapped.products;
    if (bundle === undefined) throw new Error('no bundle');
    checkProduct(bundle);
    expect(bundle).toMatchObject({
      lidvid: 'urn:nasa:pds:insight_documents::2.0',
      level: 'bundle',
      start: null,
      isOpenEnded: false,
      title: 'Mars InSight Lander Document Archive',
    });
    expect(bundle.files.map(({ role, name }) => [role, name])).toEqual([
      ['label', 'bundle_insight_documents.xml'],
    ]);
    expect(bundle.properties).toHaveLength(11);
  });

  test('2026, a bare list with nulls written as text', () => {
    const { list, mapped } = read('2026-03.peppi.full-properties.subset.json');
    expect(list).toMatchObject({ hits: null, unreadable: 0, dialect: null });
    expect(mapped.products).toHaveLength(list.rows.length);
    expect(mapped.products.length).toBeGreaterThan(5);
    for (const product of mapped.products) {
      checkProduct(product);
      expect(product.supersededBy).toBeNull();
      expect(product.archiveStatus).toBe('archived');
      expect(product.node).toBe('PDS_IMG');
    }
    const bundle = mapped.products.find(({ level }) => level === 'bundle');
    if (bundle === undefined) throw new Error('no bundle');
    expect(bundle).toMatchObject({
      lidvid: 'urn:nasa:pds:m2020_edlcam_raw::1.1',
      doi: '10.17189/1522910',
      parents: [],
      isOpenEnded: true,
    });
    expect(toRecord(bundle)).toMatchObject({
      kind: 'bundle',
      credit: 'Maki, Justin N. (2021)',
      page: 'https://pds.nasa.gov/ds-view/pds/viewBundle.jsp?identifier=urn%3Anasa%3Apds%3Am2020_edlcam_raw&version=1.1',
    });
    const film = mapped.products.find(({ lid }) => lid.endsWith('.mp4'));
    expect(film?.level).toBe('product');
    expect(film?.parents.length).toBeGreaterThan(1);
    for (const parent of film?.parents ?? []) {
      expect(parent).toMatch(/^urn:nasa:pds:m2020_edlcam_raw:document_video::\d+\.0$/);
    }
  });

  test('every file is read by one of these tests', () => {
    expect(readdirSync(folder ?? '').sort()).toEqual([
      '2023-03.bundles.q-lidvid-eq.fields-lidvid.client-dict.json',
      '2023-03.collections.limit20.client-dict.json',
      '2026-03.peppi.full-properties.subset.json',
    ]);
  });

  test('real answers damaged at random do no harm, and most of their products survive', () => {
    const random = createSeededRandom(2026);
    let survivors = 0;
    for (const name of readdirSync(folder ?? '')) {
      const body: unknown = JSON.parse(readFileSync(join(folder ?? '', name), 'utf8'));
      for (let round = 0; round < 40; round++) {
        try {
          const { products } = toProducts(readJson(mangle(body, random, 0.002), false), base);
          for (const product of products) structuredClone(toRecord(product));
          survivors += products.length;
        } catch (error) {
          if (!(error instanceof ArchiveError)) throw error;
        }
      }
    }
    expect(survivors).toBeGreaterThan(500);
  });
});
