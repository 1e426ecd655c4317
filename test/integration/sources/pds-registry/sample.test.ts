/** The client towards the sample archive's registry: the whole service, traps included, in both dialects. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdsDialects } from '#contract/pds.ts';
import { mediaTypes, readProducts } from '#main/sources/pds-registry/accept.ts';
import { toProducts } from '#main/sources/pds-registry/map.ts';
import { toRecord } from '#main/sources/pds-registry/record.ts';
import { routes } from '#main/sources/pds-registry/route-table.ts';
import { startSampleArchive, type SampleArchive } from '#main/sample/sample-archive.ts';
import { openPds, type PdsFixture } from '#test/support/pds-client.ts';

const workerUrl = new URL('../../../../src-main/sample/sample-worker.ts', import.meta.url);
const signal = new AbortController().signal;
const bundle = 'urn:nasa:pds:sample_radiometer';
const collection = `${bundle}:data_derived`;
const product = `${collection}:rad_der_00122_20190401`;
const large = 'urn:nasa:pds:sample_photometer:data_photometry';

let archive: SampleArchive;
beforeAll(async () => {
  archive = await startSampleArchive({ size: 300, seed: 3, workerUrl });
});
afterAll(() => archive.close());

describe.each(pdsDialects)('%s', (dialect) => {
  let pds: PdsFixture;
  let base: string;
  beforeAll(() => {
    base = dialect === '1.3' ? archive.pdsBase : archive.pdsCurrentBase;
    pds = openPds(base);
  });
  afterAll(() => {
    pds.close();
  });

  test('the dialect, and how the service is', async () => {
    expect(await pds.client.registry(signal)).toMatchObject({ dialect });
    expect(await pds.client.health(signal)).toMatchObject({ isWell: true, dialect });
  });

  test('from a bundle down to a product, and up again', async () => {
    const { client } = pds;
    const { value: top } = await client.product(bundle, signal);
    expect(top).toMatchObject({ lid: bundle, level: 'bundle', productClass: 'Product_Bundle' });
    const { products: collections } = await client.members(bundle, {}, signal);
    expect(collections.map(({ lid }) => lid)).toContain(collection);
    expect(collections.every(({ level }) => level === 'collection')).toBe(true);
    const below = await client.members(collection, { count: 400 }, signal);
    expect(below.products.map(({ lid }) => lid)).toContain(product);
    const all = await client.membersOfMembers(bundle, { count: 400 }, signal);
    expect(all.products.map(({ lid }) => lid)).toContain(product);
    expect((await client.parents(product, signal)).products.map(({ lid }) => lid)).toContain(
      collection,
    );
    expect((await client.parents(collection, signal)).products.map(({ lid }) => lid)).toContain(
      bundle,
    );
    await expect(client.members(product, {}, signal)).rejects.toMatchObject({
      code: 'refused-by-archive',
    });
    const { products: versions } = await client.versions(top.lidvid, signal);
    expect(versions[0]?.lidvid).toBe(top.lidvid);
  });

  test('the label, as it was archived', async () => {
    const { value: label } = await pds.client.label(product, signal);
    expect(label).toMatch(/^(?:<\?xml|<Product_Observational)/);
    expect(label).toContain(`<logical_identifier>${product}</logical_identifier>`);
  });

  test.each(mediaTypes.filter((type) => type !== 'text/html'))(
    'every type is read alike: %s',
    async (type) => {
      const target = `/products/${collection}/members`;
      const answer = await pds.client.get(target, { limit: 5, sort: 'lidvid' }, type, signal);
      expect(answer.status).toBe(200);
      const { products } = toProducts(readProducts(answer.body, type), new URL(base));
      const { products: plain } = await pds.client.members(collection, { count: 5 }, signal);
      const identity = (list: typeof products) =>
        list.map(({ lidvid, title }) => [lidvid, title]).sort();
      expect(identity(products)).toEqual(identity(plain));
      for (const one of products) structuredClone(toRecord(one));
    },
  );

  test('searches: class, words, a query with `or`', async () => {
    const { client } = pds;
    const bundles = await client.search({ class: 'bundles' }, { count: 500 }, signal);
    expect(bundles.hits).toBe(bundles.products.length);
    expect(bundles.products.every(({ level }) => level === 'bundle')).toBe(true);
    const both = `(lid eq "${bundle}" or lid eq "${collection}")`;
    const found = await client.search({ q: both }, {}, signal);
    expect(found.hits).toBe(2);
    expect(found.products.map(({ lid }) => lid).sort()).toEqual([bundle, collection]);
    const word = bundles.products[0]?.title.split(' ')[0] ?? '';
    const worded = await client.search({ keywords: [word] }, { count: 5 }, signal);
    expect(worded.hits).toBeGreaterThan(0);
    await expect(client.search({ q: '(lid eq "x' }, {}, signal)).rejects.toMatchObject({
      code: 'refused-by-archive',
    });
  });

  test('properties and classes', async () => {
    const { value: properties } = await pds.client.properties(signal);
    expect(properties.find(({ name }) => name === 'lidvid')?.type).toBe('string');
    expect(properties.every(({ name }) => !name.includes('/'))).toBe(true);
    expect((await pds.client.classes(signal)).value.length).toBeGreaterThan(3);
  });

  test('all of a large collection, and all that the registry has', async () => {
    for (const target of [{ kind: 'members', id: large }, { kind: 'search' }] as const) {
      const crawl = pds.client.crawl(target, { signal, fields: ['title'] });
      const ids = new Set<string>();
      let rows = 0;
      for await (const { products } of crawl) {
        rows += products.length;
        for (const { lidvid } of products) ids.add(lidvid);
      }
      expect(ids.size).toBe(rows);
      expect(crawl.report.isEnded).toBe(true);
      expect(crawl.report.gaps.filter(({ reason }) => reason !== 'unknown')).toEqual([]);
      expect(rows + crawl.report.missing + crawl.report.unreadable).toBe(crawl.report.hits);
      expect(rows).toBeGreaterThan(100);
    }
  });

  test('every route of 1.3 can be asked, or is refused with a reason', async () => {
    const places: Record<string, string> = { class: 'any', versions: 'latest' };
    let [answered, refused] = [0, 0];
    for (const route of routes) {
      const id = route.path.startsWith('/bundles')
        ? bundle
        : route.path.startsWith('/collections') || route.path.includes('member-of')
          ? collection
          : route.path.startsWith('/products/{identifier}/bundles') ||
              route.path.startsWith('/products/{identifier}/collections')
            ? product
            : bundle;
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        name === 'identifier' ? id : (places[name] ?? ''),
      );
      try {
        const { status } = await pds.client.get(
          path,
          route.kind === 'list' ? { limit: 2 } : {},
          'application/json',
          signal,
        );
        expect([200, 400, 404, 418, 500]).toContain(status);
        if (status === 200) answered += 1;
      } catch (error) {
        expect(error).toMatchObject({ code: 'refused-by-archive' });
        refused += 1;
      }
    }
    expect(answered).toBeGreaterThan(30);
    expect(refused).toBe(dialect === '1.3' ? 0 : 4);
  });
});
