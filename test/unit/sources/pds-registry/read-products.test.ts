import { describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import {
  acceptFor,
  mediaTypes,
  readProducts,
  type MediaType,
} from '#main/sources/pds-registry/accept.ts';
import { toProduct } from '#main/sources/pds-registry/map.ts';
import { splitPair } from '#main/sources/pds-registry/read-json-types.ts';

const base = new URL('https://pds.nasa.gov/api/registry/1');
const read = (text: string, asked: MediaType) => readProducts(Buffer.from(text), asked);
const lidvid = 'urn:nasa:pds:b:c:p::2.1';
function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('nothing there');
  return item;
}
const md5 = 'adfd86bbf2573c37d862e27e08f332db';

describe('application/json', () => {
  test('one product has no summary; null members are missing ones', () => {
    const list = read(
      `{"id":"${lidvid}","type":null,"title":"T","description":null,"investigations":null,"metadata":{"label_url":null},"properties":{"a/b":["1",null,2,true],"ops:Provenance.ops:superseded_by":["null"]}}`,
      'application/json',
    );
    expect(list).toMatchObject({ hits: null, isList: false });
    const product = toProduct(only(list.rows), base);
    expect(product).toMatchObject({
      lidvid,
      productClass: null,
      level: 'product',
      supersededBy: null,
    });
    expect(product?.properties).toEqual([{ name: 'a.b', values: ['1', '2', 'true'] }]);
  });

  test('a summary with nothing but hits; rows that are none are counted', () => {
    const list = read(
      `{"summary":{"hits":3,"properties":["pds:File/pds:x"],"facets":[]},"data":[7,{"id":"${lidvid}"},{"nothing":1}]}`,
      'application/json',
    );
    expect(list).toMatchObject({ hits: 3, unreadable: 2, dialect: 'current', isList: true });
    expect(list.rows).toHaveLength(1);
  });

  test('limit=0 gives a summary alone, and -1 hits is no count', () => {
    const list = read('{"summary":{"q":"","hits":-1,"start":0,"limit":0}}', 'application/json');
    expect(list).toMatchObject({ hits: null, rows: [], dialect: '1.3' });
  });

  test.each(['', 'plain', '[1', '{"a":1}', '<html></html>', '"x"', '{"data":{}}'])(
    '%j is no answer',
    (text) => {
      expect(() => read(text, 'application/json')).toThrow(ArchiveError);
    },
  );
});

describe('application/kvp+json', () => {
  test.each([
    ['pds:X.pds:y', '[a, b]', ['a', 'b']],
    ['pds:X.pds:y', 'a|b', ['a', 'b']],
    ['pds:X.pds:y', '[]', []],
    ['pds:X.pds:y', 'one', ['one']],
    ['title', 'A | B [x, y]', ['A | B [x, y]']],
    ['pds:Citation_Information.pds:description', '[1, 2]', ['[1, 2]']],
  ])('%s: %s', (name, text, values) => {
    expect(splitPair(name, text)).toEqual(values);
  });

  test('rows without any identifier are rows all the same', () => {
    const list = read(
      '{"summary":{"q":"","hits":2,"start":0},"data":[{},{"pds:Citation_Information/pds:doi":"10.17189/1517566"}]}',
      'application/kvp+json',
    );
    expect(list.rows.map(({ id }) => id)).toEqual(['', '']);
    expect(list.rows[1]?.properties.get('pds:Citation_Information.pds:doi')).toEqual([
      '10.17189/1517566',
    ]);
  });

  test('one product', () => {
    const list = read(`{"lid":"urn:nasa:pds:b","vid":"13.0","title":"T"}`, 'application/kvp+json');
    expect(list.rows[0]?.id).toBe('urn:nasa:pds:b::13.0');
  });
});

describe('text/csv', () => {
  test('quotes inside cells are not escaped; cells hold commas and line breaks; missing cells are empty', () => {
    const list = read(
      `lidvid,title,pds:File/pds:file_size\n"${lidvid}","He said "go", then left","1|2"\n"urn:nasa:pds:b::1.0",,"7"\n"urn:nasa:pds:d::1.0","two\nlines",\n`,
      'text/csv',
    );
    expect(list.unreadable).toBe(0);
    expect(list.rows.map(({ id }) => id)).toEqual([
      lidvid,
      'urn:nasa:pds:b::1.0',
      'urn:nasa:pds:d::1.0',
    ]);
    expect(list.rows[0]?.properties.get('title')).toEqual(['He said "go", then left']);
    expect(list.rows[0]?.properties.get('pds:File.pds:file_size')).toEqual(['1', '2']);
    expect(list.rows[1]?.properties.has('title')).toBe(false);
    expect(list.rows[2]?.properties.get('title')).toEqual(['two\nlines']);
  });

  test('a row that can’t be cut into cells is counted, and the next one read', () => {
    const list = read(
      'lidvid,title\n"urn:nasa:pds:a::1.0","x","y"\n"urn:nasa:pds:b::1.0","z"\n',
      'text/csv',
    );
    expect(list.unreadable).toBe(1);
    expect(list.rows.map(({ id }) => id)).toEqual(['urn:nasa:pds:b::1.0']);
  });
});

const label = `<Product_Bundle
   xmlns="http://pds.nasa.gov/pds4/pds/v1"><!-- </pds_api:pds4> --><Identification_Area><id>not this</id><title>é &amp; 𝛼</title></Identification_Area></Product_Bundle>`;
const xmlProduct = `<pds_api:product xmlns:pds_api="http://pds.nasa.gov/api" xmlns:ops="https://pds.nasa.gov/pds4/ops/v1">
<pds_api:id>${lidvid}</pds_api:id><pds_api:meta><node_name>PDS_ENG</node_name>
<ops:Label_File_Info><ops:file_name>b.xml</ops:file_name><ops:file_ref>https://x.nasa.gov/b.xml</ops:file_ref><ops:creation_date>2020-01-15T17:40:30Z</ops:creation_date><ops:file_size>6805</ops:file_size><ops:md5_checksum>${md5}</ops:md5_checksum></ops:Label_File_Info>
<ops:Data_Files><ops:Data_Files><ops:file_name>a.txt</ops:file_name><ops:file_ref>https://x.nasa.gov/a.txt</ops:file_ref></ops:Data_Files><ops:Data_Files><ops:file_name>c.txt</ops:file_name><ops:file_ref>https://x.nasa.gov/c.txt</ops:file_ref><ops:md5_checksum>${md5}</ops:md5_checksum></ops:Data_Files></ops:Data_Files>
<ops:Tracking_Meta><ops:Tracking_Meta><ops:archive_status>archived</ops:archive_status></ops:Tracking_Meta></ops:Tracking_Meta></pds_api:meta>
<pds_api:pds4>${label}</pds_api:pds4></pds_api:product>`;

describe('XML', () => {
  test('pds4+xml: the label comes out as it went in', () => {
    const list = read(xmlProduct, 'application/vnd.nasa.pds.pds4+xml');
    expect(list.isList).toBe(false);
    const [row] = list.rows;
    expect(row?.id).toBe(lidvid);
    expect(row?.label).toBe(label);
    const product = toProduct(only(list.rows), base);
    expect(product).toMatchObject({ archiveStatus: 'archived', title: 'é & 𝛼' });
    // The first data file has no checksum: that of the second must not move up.
    expect(
      product?.files.map(({ name, checksum, bytes }) => [name, checksum?.value ?? null, bytes]),
    ).toEqual([
      ['b.xml', md5, 6805],
      ['a.txt', null, null],
      ['c.txt', md5, null],
    ]);
  });

  test('pds4+xml: a list', () => {
    const inner = xmlProduct
      .replace(/^<pds_api:product[^>]*>/, '<pds_api:product><Pds4Product>')
      .replace(/<\/pds_api:product>$/, '</Pds4Product></pds_api:product>');
    const list = read(
      `<?xml version='1.0'?><pds_api:products xmlns:pds_api="http://pds.nasa.gov/api"><summary><hits>12</hits></summary><pds_api:data>${inner}${inner}</pds_api:data></pds_api:products>`,
      'application/vnd.nasa.pds.pds4+xml',
    );
    expect(list).toMatchObject({ hits: 12, isList: true });
    expect(list.rows.map(({ id, label: text }) => [id, text])).toEqual([
      [lidvid, label],
      [lidvid, label],
    ]);
  });

  test('application/xml: element names with two colons, lists of one name, rows within rows', () => {
    const product = `<id>${lidvid}</id><type>Product_Observational</type><title>T</title><description/><targets><targets><title/><id>urn:nasa:pds:context:target:planet.mars</id><href>http://localhost:8080/x</href></targets></targets><metadata xmlns=""><label_url>https://x.nasa.gov/l.xml</label_url><version>2.1</version></metadata><properties><pds:Stream_Text.pds:name>a</pds:Stream_Text.pds:name><pds:Stream_Text.pds:name>b</pds:Stream_Text.pds:name></properties>`;
    const one = read(
      `<PdsProduct xmlns="http://pds.nasa.gov/api">${product}</PdsProduct>`,
      'application/xml',
    );
    const many = read(
      `<PdsProducts><summary><q/><hits>2</hits></summary><data><data>${product}</data><data>${product}</data></data></PdsProducts>`,
      'text/xml',
    );
    expect(many).toMatchObject({ hits: 2, unreadable: 0 });
    for (const row of [one.rows[0], ...many.rows]) {
      expect(row).toMatchObject({
        id: lidvid,
        type: 'Product_Observational',
        title: 'T',
        version: '2.1',
      });
      expect(row?.references).toEqual([
        { id: 'urn:nasa:pds:context:target:planet.mars', role: 'target' },
      ]);
      expect(row?.properties.get('pds:Stream_Text.pds:name')).toEqual(['a', 'b']);
    }
    expect(many.rows).toHaveLength(2);
  });

  test.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><PdsProduct><id>&a;</id></PdsProduct>'],
    ['an entity of its own', '<PdsProduct><id>&a;</id></PdsProduct>'],
    ['an open end', '<PdsProduct><id>urn:nasa:pds:b'],
    ['depth', `<PdsProduct>${'<a>'.repeat(5000)}`],
    ['another kind', '<svg></svg>'],
  ])('%s is refused', (_, text) => {
    expect(() => read(text, 'application/xml')).toThrow(ArchiveError);
  });
});

test('pds4+json: files as objects, names that are dates in 1.3', () => {
  const list = read(
    JSON.stringify({
      id: lidvid,
      meta: {
        node_name: 'PDS_ENG',
        'ops:Data_Files': [
          {
            'ops:file_name': '2020-01-03T17:58:09Z',
            'ops:file_ref': 'https://x.nasa.gov/d/readme.txt',
            'ops:file_size': '1114',
          },
        ],
        'ops:Tracking_Meta': [{ 'ops:archive_status': 'archived' }],
      },
      pds4: {
        Product_Bundle: { Identification_Area: { title: 'Label’s title', version_id: 2.1 } },
      },
    }),
    'application/vnd.nasa.pds.pds4+json',
  );
  const product = toProduct(only(list.rows), base);
  expect(product).toMatchObject({
    title: 'Label’s title',
    productClass: 'Product_Bundle',
    level: 'bundle',
  });
  expect(product?.files).toMatchObject([{ name: 'readme.txt', bytes: 1114 }]);
  expect(list.rows[0]?.label).toHaveProperty('Product_Bundle');
});

test('each use has one type, and it is one of the registry’s', () => {
  for (const use of ['products', 'fields', 'label', 'blobs'] as const) {
    expect(mediaTypes).toContain(acceptFor(use));
    expect(acceptFor(use)).not.toMatch(/[,;]/);
  }
});
