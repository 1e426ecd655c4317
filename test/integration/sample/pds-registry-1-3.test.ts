import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseQuery } from '#contract/pds-query/parse-query.ts';
import type { Catalogue } from '#main/sample/pds/catalogue.ts';
import { matches } from '#main/sample/pds/evaluate-query.ts';
import { createGeneratedCatalogue } from '#main/sample/pds/generated-catalogue.ts';
import { minimalFields } from '#main/sample/pds/harvest.ts';
import { filesPath } from '#main/sample/pds/pds-door.ts';
import { evaluateOptions } from '#main/sample/pds/selection.ts';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';
import { startSampleServer } from '#main/sample/sample-server.ts';
import { readLabelTree } from '#test/support/label-reader.ts';
import { routes13 } from '#test/support/pds-routes.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const seed = 3;
const size = 12_000;

interface Item {
  id: string;
  type: string;
  title: string;
  start_date_time?: string;
  stop_date_time?: string;
  targets?: { id: string; href: string }[];
  metadata: { label_url: string; version: string; update_date_time?: string };
  properties: Record<string, string[]>;
}
interface List {
  summary: {
    q: string;
    hits: number;
    took: number;
    start: number;
    limit: number;
    sort: string[];
    properties: string[];
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

async function ask(
  path: string,
  query: Record<string, string> = {},
  accept = 'application/json',
): Promise<{ status: number; type: string; text: string }> {
  const search = new URLSearchParams(query).toString();
  const answer = await fetch(`${archive.pdsBase}${path}${search === '' ? '' : `?${search}`}`, {
    headers: { accept },
  });
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

async function refusal(
  path: string,
  query: Record<string, string> = {},
): Promise<[number, string]> {
  const { status, text } = await ask(path, query);
  const body = JSON.parse(text) as { message?: string; error?: string };
  return [status, body.message ?? body.error ?? ''];
}

const ids = (answer: List): string[] => answer.data.map((item) => item.id).sort();

describe('the routes', () => {
  test('are 46, and each of them is known', async () => {
    expect(routes13).toHaveLength(46);
    expect(new Set(routes13).size).toBe(46);
    const statuses: Record<string, number> = {};
    for (const route of routes13) {
      for (const versions of route.includes('{versions}') ? ['all', 'latest'] : ['']) {
        const identifier = /^\/(?:bundles|classes)|members\/members/.test(route)
          ? bundle
          : /^\/collections|members/.test(route)
            ? collection
            : product;
        const path = route
          .replace('{class}', 'bundles')
          .replace('{identifier}', identifier)
          .replace('{versions}', versions);
        const { status, text } = await ask(path, { limit: '2', fields: 'lidvid' });
        // What the service answers itself, never the "not found" of a framework that knows no such route.
        if (status === 404) expect(JSON.parse(text), path).toHaveProperty('message');
        statuses[path] = status;
      }
    }
    const refused = Object.entries(statuses).filter(([, status]) => status !== 200);
    expect(refused.map(([path, status]) => `${status} ${path}`)).toEqual([
      `404 /classes/bundles/${bundle}/member-of`,
      `404 /classes/bundles/${bundle}/member-of/all`,
      `404 /classes/bundles/${bundle}/member-of/latest`,
      `404 /classes/bundles/${bundle}/member-of/member-of`,
      `404 /classes/bundles/${bundle}/member-of/member-of/all`,
      `404 /classes/bundles/${bundle}/member-of/member-of/latest`,
      `500 /bundles/${bundle}/all`,
      `500 /collections/${collection}/all`,
    ]);
  });

  test('that are none get the words of the framework', async () => {
    for (const path of [
      '/health',
      '/products/a/b',
      `/bundles/${bundle}/products/all`,
      '/nothing',
    ]) {
      const { status, text } = await ask(path);
      const body = JSON.parse(text) as Record<string, unknown>;
      expect([status, body['status'], body['error'], body['path']]).toEqual([
        404,
        404,
        'Not Found',
        path,
      ]);
      expect(Number.isInteger(body['timestamp'])).toBe(true);
    }
  });

  test('classes, properties and health', async () => {
    expect(JSON.parse((await ask('/classes')).text)).toEqual([
      ...['any', 'bundles', 'collections', 'documents', 'observationals'],
    ]);
    const properties = JSON.parse((await ask('/properties')).text) as {
      property: string;
      type: string;
    }[];
    expect(properties).toContainEqual({ property: 'pds:File/pds:file_size', type: 'integer' });
    expect(properties).toContainEqual({ property: 'lid', type: 'string' });
    expect(properties.every(({ property }) => !/\.\w+:/.test(property))).toBe(true);
    const health = JSON.parse((await ask('/healthcheck')).text) as Record<string, unknown>;
    expect(health['failures_present']).toBe(false);
    expect(health['registry_document_count']).toBe(catalogue.count);
  });

  test('a sick service says so with 418', async () => {
    const sick = await startSampleServer({
      size: 5,
      seed,
      workerUrl,
      pdsFailures: ['shard 3 is red'],
    });
    try {
      const answer = await fetch(`${sick.pdsBase}/healthcheck`, { headers: { accept: '*/*' } });
      expect(answer.status).toBe(418);
      expect(await answer.json()).toMatchObject({
        failures_present: true,
        failure_messages: ['shard 3 is red'],
      });
    } finally {
      await sick.close();
    }
  });
});

describe('identifiers', () => {
  test('a lid is its newest version, a lidvid itself, also behind /latest', async () => {
    expect((await one(`/products/${bundle}`)).id).toBe(`${bundle}::2.1`);
    expect((await one(`/products/${bundle}::1.0`)).id).toBe(`${bundle}::1.0`);
    expect((await one(`/products/${bundle}::1.0/latest`)).id).toBe(`${bundle}::1.0`);
    expect((await one(`/products/${encodeURIComponent(`${bundle}::1`)}`)).id).toBe(
      `${bundle}::2.1`,
    );
    expect((await one('/products/urn:nasa:pds:sample_wayfarer.spice')).id).toMatch(/::13\.0$/);
  });

  test('/all gives all versions, also of a lidvid', async () => {
    const all = await list(`/products/${bundle}::2.0/all`);
    expect(ids(all)).toEqual(['1.0', '2.0', '2.1'].map((version) => `${bundle}::${version}`));
    expect((await list(`/products/${bundle}/all`, { limit: '1', start: '1' })).data).toHaveLength(
      1,
    );
  });

  test('unknown ones and unreleased ones are 404, with these words', async () => {
    const [status, message] = await refusal('/products/urn:nasa:pds:sample_zero::1.0');
    expect([status, message]).toEqual([
      404,
      'The lidvid urn:nasa:pds:sample_zero::1.0 was not found',
    ]);
    const index = Array.from({ length: catalogue.count }, (_, at) => at).find(
      (at) => !catalogue.brief(at).isReleased,
    );
    const hidden = catalogue.product(index ?? -1).lidvid;
    expect((await refusal(`/products/${hidden}`))[0]).toBe(404);
    const found = await list('/products', { q: `(lidvid eq "${hidden}")` });
    expect([found.summary.hits, found.data]).toEqual([0, []]);
  });

  test('the beginning of a lid acts as a glob', async () => {
    const { id } = await one(`/products/${collection}:rad_der_0012`);
    expect(id.startsWith(`${collection}:rad_der_0012`)).toBe(true);
  });

  test('the deprecated /all expects one row', async () => {
    const document = `${bundle}:document`;
    expect((await one(`/collections/${document}/all`)).id).toBe(`${document}::1.0`);
    expect(await refusal(`/bundles/${bundle}/all`)).toEqual([
      500,
      'Got 3 distinct hits when exactly one was expected',
    ]);
  });
});

describe('membership', () => {
  test('leads from bundles to products and back', async () => {
    const collections = await list(`/products/${bundle}/members`);
    expect(collections.data.map((item) => item.type)).toEqual(Array(5).fill('Product_Collection'));
    expect(ids(collections)).toContain(`${collection}::7.0`);
    const older = await list(`/products/${bundle}::1.0/members`);
    expect(ids(older)).toContain(`${collection}::1.0`);
    const products = await list(`/products/${collection}/members`, { limit: '200' });
    expect(products.summary.hits).toBe(120);
    expect(ids(products)).toContain(`${product}::1.0`);
    expect(ids(await list(`/products/${product}/member-of`))).toEqual([`${collection}::7.0`]);
    expect(ids(await list(`/products/${product}/member-of/all`))).toHaveLength(3);
    const bundles = ids(await list(`/products/${product}/member-of/member-of`));
    expect(bundles).toEqual([`${bundle}::2.1`]);
    expect(ids(await list(`/products/${collection}/member-of`))).toEqual([`${bundle}::2.1`]);
  });

  test('members of members are those of all collections', async () => {
    const collections = await list(`/products/${bundle}/members`);
    let hits = 0;
    for (const { id } of collections.data)
      hits += (await list(`/products/${id}/members`, { limit: '0' })).summary.hits;
    expect((await list(`/products/${bundle}/members/members`, { limit: '0' })).summary.hits).toBe(
      hits,
    );
    expect((await list(`/bundles/${bundle}/products`, { limit: '0' })).summary.hits).toBe(hits);
  });

  test('of the wrong kind is 404, with these words', async () => {
    const words = (id: string, kind: string, way: string): [number, string] => [
      404,
      `The lidvid '${id}' of type ${kind} does not support ${way} membership`,
    ];
    const tried: [string, string, string][] = [
      [collection, 'collections', 'members/members'],
      [bundle, 'bundles', 'member-of'],
      [bundle, 'bundles', 'member-of/member-of'],
      [product, 'products', 'members'],
      [product, 'products', 'members/members'],
      [collection, 'collections', 'member-of/member-of'],
    ];
    for (const [id, kind, way] of tried)
      expect(await refusal(`/products/${id}/${way}`)).toEqual(words(id, kind, way));
    for (const way of ['members', 'members/members', 'members/all'])
      expect(await refusal(`/classes/any/${bundle}/${way}`)).toEqual(
        words(bundle, 'product', way.replace('/all', '')),
      );
  });

  test('through a class that is not the product’s is 404, an unknown class 406', async () => {
    expect(await refusal(`/classes/collections/${bundle}/members`)).toEqual([
      404,
      `The lidvid ${bundle} was of type Product_Bundle not of type Product_Collection`,
    ]);
    expect(await refusal(`/bundles/${collection}`)).toEqual([
      404,
      `The lidvid ${collection} was of type Product_Collection not of type Product_Bundle`,
    ]);
    const unknown = `Unknown group 'bundle'. All known groups: any, bundles, collections, documents, observationals`;
    expect(await refusal('/classes/bundle')).toEqual([406, unknown]);
    expect(await refusal(`/classes/bundle/${bundle}/members`)).toEqual([406, unknown]);
  });

  test('counts what the registry does not show, and leaves it out', async () => {
    const messy = await list(`/products/${bundle}:data_raw/members`, { limit: '200' });
    expect(messy.summary.hits).toBe(120);
    expect(messy.data).toHaveLength(114);
  });

  test('pages of a large collection lose nothing and double nothing, past 10,000 too', async () => {
    const seen = new Set<string>();
    for (let start = 0; start < size; start += 4000) {
      const page = await list(`/products/${large}/members`, {
        start: String(start),
        limit: '4000',
        fields: 'lidvid',
      });
      expect(page.summary.hits).toBe(size);
      for (const { id } of page.data) seen.add(id);
    }
    expect(seen.size).toBe(size);
  }, 60_000);
});

describe('searches', () => {
  test('count honestly: every listed product that the evaluator selects', async () => {
    const queries = [
      '(product_class eq "Product_Bundle")',
      '((ref_lid_target eq "urn:nasa:pds:context:target:planet.mars") and (vid eq "2.0"))',
      '(title like "browse*")',
      '(not (pds:Identification_Area/pds:product_class eq "Product_Observational"))',
      `(lid like "${large}:phot_00001*")`,
      '(pds:Time_Coordinates.pds:start_date_time ge "2018-12-01T00:00:00Z")',
      '((ops:Harvest_Info.ops:harvest_date_time gt "2022-11-02") and (lidvid lt "urn:nasa:pds:sample_q"))',
      '(lidvid ne "urn:nasa:pds:sample_camera::2.0")',
      '(pds:File.pds:file_size gt 3000)',
      '((product_class eq "Product_Bundle") or (product_class eq "Product_Collection"))',
    ];
    const options = evaluateOptions(catalogue, true);
    const listed = Array.from({ length: catalogue.count }, (_, at) => at).filter((at) => {
      const { isReleased, isSuperseded } = catalogue.brief(at);
      return isReleased && !isSuperseded;
    });
    expect((await list('/products', { limit: '0' })).summary.hits).toBe(listed.length);
    const trees = queries.map((q) => {
      const parsed = parseQuery(q, '1.3');
      if (!parsed.ok) throw new Error(q);
      return parsed.query;
    });
    const honest = queries.map(() => 0);
    for (const at of listed) {
      const product = catalogue.product(at);
      const values = (name: string) =>
        (product.values(name) ?? []).filter((value) => value !== 'null');
      for (const [index, tree] of trees.entries()) {
        if (matches(tree, values, options)) honest[index] = (honest[index] ?? 0) + 1;
      }
    }
    for (const [index, q] of queries.entries()) {
      const { summary, data } = await list('/products', { q, limit: '0' });
      expect(summary.hits, q).toBe(honest[index]);
      expect([summary.q, data]).toEqual([q, []]);
    }
  }, 120_000);

  test('join the members of an or group by and: the fault of 1.3', async () => {
    const q = '((product_class eq "Product_Bundle") or (product_class eq "Product_Collection"))';
    expect((await list('/products', { q })).summary.hits).toBe(0);
  });

  test('find what is listed only in its newest version', async () => {
    const bundles = await list('/bundles', { limit: '100' });
    expect(bundles.summary.hits).toBe(13);
    expect(bundles.data.every((item) => item.type === 'Product_Bundle')).toBe(true);
    expect(ids(bundles)).not.toContain(`${bundle}::1.0`);
    for (const [path, productClass] of [
      ['/collections', 'Product_Collection'],
      ['/classes/documents', 'Product_Document'],
      ['/classes/observationals', 'Product_Observational'],
    ] as const)
      expect(new Set((await list(path)).data.map((item) => item.type))).toEqual(
        new Set([productClass]),
      );
  });

  test('page by start, in an order of their own, without loss', async () => {
    const seen: string[] = [];
    for (let start = 0; start < 1700; start += 500)
      seen.push(
        ...(
          await list('/products', {
            q: '(lid ge "urn:nasa:pds:sample_r")',
            start: String(start),
            limit: '500',
            sort: 'lidvid',
          })
        ).data.map((item) => item.id),
      );
    expect(new Set(seen).size).toBe(seen.length);
    expect([...seen].sort()).not.toEqual(seen);
    const { summary } = await list('/products', { limit: '0', sort: 'asc(lid),desc(vid)' });
    expect(summary.sort).toEqual(['asc(lid)', 'desc(vid)']);
  });

  test('keywords look into titles and descriptions, and q is ignored beside them', async () => {
    const hits = async (query: Record<string, string>): Promise<number> =>
      (await list('/products', { ...query, limit: '0' })).summary.hits;
    const radiometer = await hits({ keywords: 'radiometer' });
    expect(radiometer).toBeGreaterThan(300);
    expect(await hits({ keywords: 'radiometer', q: 'this is no query' })).toBe(radiometer);
    expect(await hits({ keywords: 'radiometer,derived' })).toBeLessThan(radiometer);
    expect(await hits({ keywords: 'radiometer,zeppelin' })).toBe(0);
  });

  test('share one harvest time by the thousand', async () => {
    const q = '(ops:Harvest_Info.ops:harvest_date_time eq "2022-11-01T22:30:14.054Z")';
    expect((await list('/products', { q, limit: '0' })).summary.hits).toBe(size / 2);
  });

  test('end at a window of 10,000', async () => {
    expect(
      (await list('/products', { start: '9999', limit: '1', fields: 'lid' })).data,
    ).toHaveLength(1);
    for (const query of [{ start: '9999', limit: '2' }, { limit: '10001' }])
      expect(await refusal('/products', query)).toEqual([500, 'Internal Server Error']);
  });

  test('refuse numbers that are none and queries that cannot be read', async () => {
    for (const query of [{ limit: 'ten' }, { start: '1.5' }, { limit: '-1' }, { start: '-3' }])
      expect(await refusal('/products', query as Record<string, string>)).toEqual([
        400,
        'Bad Request',
      ]);
    const bad = 'vid eq 1 and vid eq 2';
    expect(await refusal('/products', { q: bad })).toEqual([
      400,
      `The given search string '${bad}' cannot be parsed.`,
    ]);
  });
});

describe('forms', () => {
  test('JSON: every value a list of texts, null members left out, wrong hrefs', async () => {
    const item = await one(`/products/${product}`);
    expect(item.targets).toEqual([
      {
        id: 'urn:nasa:pds:context:target:planet.mars',
        href: 'http://localhost:8080/products/urn:nasa:pds:context:target:planet.mars',
      },
    ]);
    for (const values of Object.values(item.properties)) {
      expect(Array.isArray(values)).toBe(true);
      expect(values.every((value) => typeof value === 'string')).toBe(true);
    }
    expect(item.properties['ops:Provenance.ops:superseded_by']).toEqual(['null']);
    expect(item.properties).not.toHaveProperty(['ops:Label_File_Info.ops:blob']);
    expect(item).not.toHaveProperty('description');
    const open = await one(`/products/${bundle}`);
    expect(open.stop_date_time).toBe('3000-01-01T00:00:00.000Z');
    const dates = open.properties['pds:Modification_Detail.pds:modification_date'] ?? [];
    expect(open.metadata.update_date_time).toBe(dates[0]);
    expect([...dates].sort().at(-1)).not.toBe(dates[0]);
    const context = await one('/products/urn:nasa:pds:context:target:planet.mars');
    expect(context).not.toHaveProperty('start_date_time');
    expect(context).not.toHaveProperty('targets');
  });

  test('fields: the smallest set is added, names in the summary have strokes', async () => {
    const { summary, data } = await list('/products', {
      q: `(lid eq "${product}")`,
      fields: 'pds:File.pds:file_size,pds:Table_Binary.pds:records',
    });
    const wanted = [...minimalFields, 'pds:File.pds:file_size', 'pds:Table_Binary.pds:records'];
    expect(summary.properties).toContain('pds:File/pds:file_size');
    expect(summary.properties).toHaveLength(wanted.length);
    expect(summary.properties.map((name) => name.replaceAll('/', '.'))).toEqual([...wanted].sort());
    const names = Object.keys(data[0]?.properties ?? {});
    expect(names).toContain('pds:File.pds:file_size');
    expect(names).not.toContain('pds:Table_Binary.pds:records');
    const all = await list('/products', { q: `(lid eq "${product}")` });
    expect(all.summary.properties).toEqual(Object.keys(all.data[0]?.properties ?? {}).sort());
  });

  test('key and value: lists as Java writes them, blobs when they are named', async () => {
    const plain = await ask(
      `/products/${product}`,
      { fields: 'alternate_ids,vid' },
      'application/kvp+json',
    );
    expect(plain.type).toBe('application/json');
    expect(JSON.parse(plain.text)).toEqual({
      alternate_ids: `[${product}::1.0, ${product}]`,
      vid: '1.0',
    });
    const blob = await ask(
      '/products',
      { fields: 'ops:Label_File_Info/ops:blob,title', limit: '2' },
      'application/kvp+json',
    );
    const { data } = JSON.parse(blob.text) as { data: Record<string, string>[] };
    expect(data[0]?.['ops:Label_File_Info.ops:blob']).toMatch(/^[A-Za-z0-9+/=]{100,}$/);
    const none = await ask('/products', { fields: 'ops:Label_File_Info/ops:blob', limit: '1' });
    expect(none.text).not.toContain('blob":["');
  });

  test('tables: a header, then quoted cells whose quotes are not escaped, as plain text', async () => {
    const q = '(title like "document*")';
    const { type, text } = await ask(
      '/products',
      { q, fields: 'title,lidvid,pds:Bundle.pds:bundle_type', limit: '3' },
      'text/csv',
    );
    expect(type).toBe('text/plain');
    const [header, ...rows] = text.trimEnd().split('\n');
    expect(header).toBe('lidvid,pds:Bundle.pds:bundle_type,title');
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toMatch(/^"urn:[^"]+",,".*"[\w ]+" document: .*"$/);
  });

  test('PDS4 JSON: the label as JSON, file names that are dates', async () => {
    const { text } = await ask(`/products/${product}`, {}, 'application/vnd.nasa.pds.pds4+json');
    const body = JSON.parse(text) as {
      id: string;
      meta: {
        'ops:Data_Files': Record<string, string>[];
        'ops:Label_File_Info': Record<string, string>;
      };
      pds4: { Product_Observational: { Identification_Area: { logical_identifier: string } } };
    };
    expect(body.id).toBe(`${product}::1.0`);
    expect(body.pds4.Product_Observational.Identification_Area.logical_identifier).toBe(product);
    const [file] = body.meta['ops:Data_Files'];
    expect(file?.['ops:file_name']).toBe(file?.['ops:creation_date']);
    expect(file?.['ops:file_ref']).toMatch(/rad_der_00122_20190401\.tab$/);
    const many = await ask('/products', { limit: '2' }, 'application/vnd.nasa.pds.pds4+json');
    expect(Object.keys(JSON.parse(many.text) as object)).toEqual(['summary', 'data']);
  });

  test('PDS4 XML holds the label; plain XML holds names that no parser takes', async () => {
    const xml = await ask(`/products/${product}`, {}, 'application/vnd.nasa.pds.pds4+xml');
    const root = readLabelTree(xml.text);
    expect(root.name).toBe('pds_api:product');
    expect(xml.text).toContain(`<logical_identifier>${product}</logical_identifier>`);
    expect(() => readLabelTree(xml.text)).not.toThrow();
    const many = await ask('/products', { limit: '3' }, 'application/vnd.nasa.pds.pds4+xml');
    expect(readLabelTree(many.text).name).toBe('pds_api:products');
    const plain = await ask(`/products/${product}`, {}, 'application/xml');
    expect(plain.type).toBe('text/xml');
    expect(plain.text).toContain(
      '<pds:Investigation_Area.pds:type>Mission</pds:Investigation_Area.pds:type>',
    );
    expect((await ask('/products', { limit: '2' }, 'text/xml')).text).toMatch(/^<PdsProducts /);
  });

  test('text/html is JSON with blanks', async () => {
    const { type, text } = await ask(`/products/${product}`, {}, 'text/html');
    expect(type).toBe('application/json');
    expect(text.startsWith('{\n  "id"')).toBe(true);
  });
});

describe('Accept and errors', () => {
  test('no Accept at all is a failure of the service', async () => {
    // fetch always sends one: a plain request does not.
    const { request } = await import('node:http');
    const status = await new Promise<number>((done, failed) => {
      request(`${archive.pdsBase}/products?limit=1`, (answer) => {
        answer.resume();
        done(answer.statusCode ?? 0);
      })
        .on('error', failed)
        .end();
    });
    expect(status).toBe(500);
  });

  test('the first known type counts, and a blank after a comma hides the next', async () => {
    expect((await ask('/products', { limit: '1' }, 'text/x,application/json;q=0.1')).status).toBe(
      200,
    );
    const { status, text } = await ask('/products', { limit: '1' }, 'text/x, application/json');
    expect(status).toBe(406);
    expect((JSON.parse(text) as { message: string }).message).toContain(
      'application/vnd.nasa.pds.pds4+json',
    );
    const plain = await ask('/products', { limit: '1' }, 'text/plain');
    expect([plain.status, (JSON.parse(plain.text) as { error: string }).error]).toEqual([
      406,
      'Not Acceptable',
    ]);
  });

  test('a quote in the words breaks the JSON', async () => {
    const { status, text } = await ask('/products', { q: 'lid eq "x' });
    expect(status).toBe(400);
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(text).toContain(`The given search string 'lid eq "x' cannot be parsed.`);
  });

  test('errors come in the form that was asked for', async () => {
    const path = '/products/urn:nasa:pds:sample_zero';
    const message = 'The lidvid urn:nasa:pds:sample_zero was not found';
    const xml = await ask(path, {}, 'application/xml');
    expect(xml.text).toContain(`<message>${message}</message>`);
    const csv = await ask(path, {}, 'text/csv');
    expect(csv.type).toBe('text/plain');
    expect(csv.text.split('\n')[0]).toBe('request,message');
    expect((await ask(path, {}, 'text/html')).text).toContain(`<p>${message}</p>`);
    for (const answer of [xml, csv]) expect(answer.status).toBe(404);
  });
});
