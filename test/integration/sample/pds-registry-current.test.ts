import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalogue } from '#main/sample/pds/catalogue.ts';
import { createGeneratedCatalogue } from '#main/sample/pds/generated-catalogue.ts';
import { filesPath } from '#main/sample/pds/pds-door.ts';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';
import { routes13 } from '#test/support/pds-routes.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const seed = 3;
const size = 12_000;

interface Item {
  id: string;
  type: string;
  targets?: { id: string; href: string }[];
  properties: Record<string, string[]>;
}
interface List {
  summary: {
    hits: number;
    properties: string[];
    facets: { property: string; type: string; counts: Record<string, number> }[];
  };
  data: Item[];
}

let archive: SampleArchive;
let catalogue: Catalogue;

beforeAll(async () => {
  archive = await startSampleArchive({ size, seed, workerUrl });
  catalogue = createGeneratedCatalogue(seed, size, () => archive.nasaImagesApi + filesPath);
});

afterAll(() => archive.close());

const bundle = 'urn:nasa:pds:sample_radiometer';
const collection = `${bundle}:data_derived`;
const product = `${collection}:rad_der_00122_20190401`;
const large = 'urn:nasa:pds:sample_photometer:data_photometry';
const harvest = 'ops:Harvest_Info.ops:harvest_date_time';

async function ask(path: string, query: Record<string, string> = {}, accept = 'application/json') {
  const search = new URLSearchParams(query).toString();
  const answer = await fetch(
    `${archive.pdsCurrentBase}${path}${search === '' ? '' : `?${search}`}`,
    { headers: { accept } },
  );
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    text: await answer.text(),
  };
}

async function list(path: string, query: Record<string, string> = {}): Promise<List> {
  const { status, text } = await ask(path, query);
  expect(status, `${path} ${text.slice(0, 300)}`).toBe(200);
  return JSON.parse(text) as List;
}

async function one(path: string, query: Record<string, string> = {}): Promise<Item> {
  const { status, text } = await ask(path, query);
  expect(status, `${path} ${text.slice(0, 300)}`).toBe(200);
  return JSON.parse(text) as Item;
}

const ids = (answer: List): string[] => answer.data.map((item) => item.id).sort();

/** All pages of a list, following the last row's values. */
async function crawl(path: string, sort: string[], limit: number): Promise<string[]> {
  const found: string[] = [];
  let after: string[] | null = null;
  for (;;) {
    const query = {
      sort: sort.join(','),
      fields: sort.join(','),
      limit: String(limit),
      ...(after === null ? {} : { 'search-after': after.join(',') }),
    };
    const { data } = await list(path, query);
    found.push(...data.map((item) => item.id));
    const last = data.at(-1);
    if (last === undefined || data.length < limit) return found;
    after = sort.map((name) => last.properties[name]?.[0] ?? '');
  }
}

describe('routes', () => {
  test('health is empty, classes are singular, properties have dots', async () => {
    const health = await ask('/health');
    expect([health.status, health.text]).toEqual([200, '']);
    const classes = JSON.parse((await ask('/classes')).text) as string[];
    expect(classes).toEqual(expect.arrayContaining(['bundle', 'collection', 'spice-kernel']));
    const properties = JSON.parse((await ask('/properties')).text) as { property: string }[];
    expect(properties.map((row) => row.property)).toContain('pds:File.pds:file_size');
  });

  test('that were removed are 404, those that nobody implements 501, the rest answers', async () => {
    for (const route of routes13) {
      const identifier = /members\/members/.test(route)
        ? bundle
        : /\/members/.test(route)
          ? collection
          : product;
      const path = route
        .replace('{class}', 'bundle')
        .replace('{identifier}', identifier)
        .replace('{versions}', 'all');
      const isGone =
        /^\/(bundles|collections|healthcheck)/.test(route) ||
        /^\/classes\/\{class\}\//.test(route) ||
        /\/(bundles|collections)(\/|$)/.test(route);
      const expected = isGone ? 404 : route.includes('{versions}') ? 501 : 200;
      expect([path, (await ask(path)).status]).toEqual([path, expected]);
    }
  });

  test('of a class in the singular; an unknown one is 400', async () => {
    const bundles = await list('/classes/bundle');
    expect(bundles.summary.hits).toBe(13);
    expect((await list('/classes/spice-kernel')).data[0]?.type).toBe('Product_SPICE_Kernel');
    expect((await list('/classes/thumbnail')).summary.hits).toBe(0);
    for (const name of ['bundles', 'any', 'constructor']) {
      const { status, text } = await ask(`/classes/${name}`);
      expect([status, text.includes('No PdsProductClass matches')]).toEqual([400, true]);
    }
  });

  test('latest of a lidvid is that of its lid; all of a lidvid is itself', async () => {
    expect((await one(`/products/${bundle}::1.0/latest`)).id).toBe(`${bundle}::2.1`);
    expect((await one(`/products/${bundle}::1.0`)).id).toBe(`${bundle}::1.0`);
    expect(ids(await list(`/products/${bundle}::1.0/all`))).toEqual([`${bundle}::1.0`]);
    expect(ids(await list(`/products/${bundle}/all`))).toHaveLength(3);
  });
});

describe('members and parents', () => {
  test('are the listed ones, with q and sort', async () => {
    const collections = await list(`/products/${bundle}/members`);
    expect(new Set(collections.data.map((item) => item.type))).toEqual(
      new Set(['Product_Collection']),
    );
    expect(collections.summary.hits).toBe(5);
    const products = await list(`/products/${collection}/members`, {
      q: '(vid eq "2.0")',
      sort: 'lidvid',
    });
    expect(products.summary.hits).toBe(3);
    expect(products.data.map((item) => item.id)).toEqual(ids(products));
    expect((await list(`/products/${large}/members`, { limit: '0' })).summary.hits).toBe(size);
    const all = await list(`/products/${bundle}/members/members`, { limit: '0' });
    expect(all.summary.hits).toBeGreaterThan(300);
    expect(ids(await list(`/products/${product}/member-of`))).toEqual([`${collection}::7.0`]);
    expect(ids(await list(`/products/${product}/member-of/member-of`))).toEqual([`${bundle}::2.1`]);
    expect(
      (await list('/products/urn:nasa:pds:context:target:planet.mars/member-of')).summary.hits,
    ).toBe(1);
  });

  test('of the wrong kind are 400, in plain text with a reference', async () => {
    for (const path of [
      `/products/${product}/members`,
      `/products/${collection}/members/members`,
      `/products/${bundle}/member-of`,
      `/products/${collection}/member-of/member-of`,
    ]) {
      const { status, type, text } = await ask(path);
      expect([path, status]).toEqual([path, 400]);
      expect(type).toMatch(/^text\/plain/);
      expect(text).toMatch(
        /^400 BAD_REQUEST\n Request uri=\/products\/\S+ failed with message:\nBadRequestException: .*\(ref:[0-9a-f-]{36}\)\nFor assistance, /,
      );
    }
  });

  test('of nothing are 404', async () => {
    const { status, text } = await ask('/products/urn:nasa:pds:sample_zero/members');
    expect(status).toBe(404);
    expect(text).toContain(
      'NotFoundException: No product found with identifier urn:nasa:pds:sample_zero(ref:',
    );
  });
});

describe('sorting and search-after', () => {
  test('a unique order loses nothing and doubles nothing', async () => {
    const found = await crawl(`/products/${large}/members`, [harvest, 'lidvid'], 3000);
    expect(found).toHaveLength(size);
    expect(new Set(found).size).toBe(size);
  }, 60_000);

  test('an order by harvest time alone loses what shares the time at the edge of a page', async () => {
    const found = await crawl(`/products/${large}/members`, [harvest], 4000);
    expect(found.length).toBeLessThan(size);
    expect(new Set(found).size).toBe(found.length);
  });

  test('rises, with missing values last', async () => {
    const start = 'pds:Time_Coordinates.pds:start_date_time';
    const { data } = await list('/products', {
      sort: `${start},lidvid`,
      fields: start,
      limit: '10000',
      q: '(lid lt "urn:nasa:pds:sample_p")',
    });
    const values = data.map((item) => item.properties[start]?.[0] ?? '');
    const known = values.filter((value) => value !== 'null');
    expect(known.length).toBeGreaterThan(500);
    expect(values.slice(known.length).every((value) => value === 'null')).toBe(true);
    expect([...known].sort((a, b) => Date.parse(a) - Date.parse(b))).toEqual(known);
  });

  test('without a sort, or with another number of values, it is 400', async () => {
    const { status, text } = await ask('/products', { 'search-after': 'x' });
    expect([status, text.includes('Invalid combination of sort and searchAfter values')]).toEqual([
      400,
      true,
    ]);
    expect((await ask('/products', { sort: 'lid,vid', 'search-after': 'x' })).status).toBe(400);
  });
});

describe('parameters', () => {
  test('that are unknown are 400, start among them', async () => {
    for (const name of ['start', 'versions', 'query'])
      expect((await ask('/products', { [name]: '1' })).text).toContain(
        `ALLOWED_QUERY_PARAMETERS: ${name}(ref:`,
      );
  });

  test('fields that no dictionary has are 400', async () => {
    for (const query of [
      { q: '(pds:File.pds:nothing eq "1")' },
      { fields: 'nothing' },
      { sort: 'nothing' },
      { 'facet-fields': 'nothing' },
    ]) {
      const { status, text } = await ask('/products', query as Record<string, string>);
      expect([status, text.includes('does not match any field name in the LDD')]).toEqual([
        400,
        true,
      ]);
    }
  });

  test('q: or is or, exists is known, what cannot be read is 400', async () => {
    const bundles = (await list('/classes/bundle', { limit: '0' })).summary.hits;
    const collections = (await list('/classes/collection', { limit: '0' })).summary.hits;
    const q = '((product_class EQ "Product_Bundle") OR (product_class eq "Product_Collection"))';
    expect((await list('/products', { q, limit: '0' })).summary.hits).toBe(bundles + collections);
    const browse = await list('/products', {
      q: '(exists pds:Encoded_Image.pds:offset)',
      limit: '0',
    });
    expect(browse.summary.hits).toBe((await list('/classes/browse', { limit: '0' })).summary.hits);
    const { status, text } = await ask('/products', { q: '(title not like "x*")' });
    expect([status, text.includes('UnparsableQParamException')]).toEqual([400, true]);
  });

  test('keywords are accepted and ignored', async () => {
    const all = (await list('/products', { limit: '0' })).summary.hits;
    expect((await list('/products', { limit: '0', keywords: 'zeppelin' })).summary.hits).toBe(all);
  });

  test('facets count the values of all matches', async () => {
    const { summary } = await list('/products', {
      limit: '0',
      'facet-fields': 'product_class,vid',
      'facet-limit': '2',
    });
    const [classes, versions] = summary.facets;
    expect(classes).toMatchObject({ property: 'product_class', type: 'terms' });
    expect(Object.keys(classes?.counts ?? {})).toHaveLength(2);
    expect(classes?.counts['Product_Observational']).toBe(
      (await list('/classes/observational', { limit: '0' })).summary.hits,
    );
    expect(versions?.counts['1.0']).toBeGreaterThan(versions?.counts['2.0'] ?? 0);
  });

  test('limits: a number, up to the window of OpenSearch', async () => {
    expect((await ask('/products', { limit: 'many' })).status).toBe(400);
    expect((await ask('/products', { limit: '10001' })).status).toBe(500);
  });
});

describe('forms', () => {
  test('the summary is small, and fields give what was asked for and no more', async () => {
    const { summary, data } = await list('/products', {
      q: `(lid eq "${product}")`,
      fields: 'pds:File.pds:file_size,pds:Table_Binary.pds:records',
    });
    expect(summary).toEqual({
      hits: 1,
      properties: ['pds:File.pds:file_size', 'pds:Table_Binary.pds:records'],
      facets: [],
    });
    expect(data[0]?.properties['pds:Table_Binary.pds:records']).toEqual(['null']);
    expect(Object.keys(data[0]?.properties ?? {})).toHaveLength(2);
  });

  test('hrefs are right here, lists are joined by bars, tables have their type', async () => {
    const item = await one(`/products/${product}`);
    const [target] = item.targets ?? [];
    expect(target?.href).toBe(`${archive.pdsCurrentBase}/products/${target?.id ?? ''}`);
    expect((await one(`/products/${target?.id ?? ''}`)).type).toBe('Product_Context');
    const pairs = await ask(
      `/products/${product}`,
      { fields: 'alternate_ids' },
      'application/kvp+json',
    );
    expect(JSON.parse(pairs.text)).toEqual({ alternate_ids: `${product}::1.0|${product}` });
    expect((await ask('/products', { limit: '1', fields: 'lid' }, 'text/csv')).type).toBe(
      'text/csv',
    );
    const pds4 = await ask(`/products/${product}`, {}, 'application/vnd.nasa.pds.pds4+json');
    const meta = JSON.parse(pds4.text) as { meta: { 'ops:Data_Files': Record<string, string>[] } };
    expect(meta.meta['ops:Data_Files'][0]?.['ops:file_name']).toBe('rad_der_00122_20190401.tab');
  });

  test('an unknown Accept is 406 with the list of those known', async () => {
    const { status, text } = await ask('/products', {}, 'image/png');
    expect(status).toBe(406);
    expect(text).toContain('Supported formats (in Accept header) are: *, */*, application/csv');
    expect((await ask('/products', { limit: '1' }, 'image/png, application/json')).status).toBe(
      200,
    );
  });

  test('both dialects tell of the same products', async () => {
    for (const { first } of catalogue.blocks) {
      const { lid, version, isReleased } = catalogue.brief(first);
      if (!isReleased) continue;
      const path = `/products/${lid}::${version}`;
      const old = await fetch(archive.pdsBase + path, { headers: { accept: 'application/json' } });
      const { properties } = (await old.json()) as Item;
      expect(properties).toEqual((await one(path)).properties);
    }
  });
});
