import { describe, expect, test } from 'vitest';
import { compareVersions } from '#contract/pds-versions.ts';
import { isOpenEnd, isoOrNull } from '#main/sources/pds-registry/dates.ts';
import { bytesOf, reachOf, readFiles } from '#main/sources/pds-registry/files.ts';
import { encodePart, levelOf, parseIdentifier } from '#main/sources/pds-registry/identifiers.ts';
import { toProduct } from '#main/sources/pds-registry/map.ts';
import { kindOf, toRecord } from '#main/sources/pds-registry/record.ts';
import { emptyRow, type WireRow } from '#main/sources/pds-registry/wire.ts';

const base = new URL('https://pds.nasa.gov/api/registry/1');
const local = new URL('http://127.0.0.1:9/api');
const md5 = (digit: string): string => digit.repeat(32);

function row(properties: Record<string, (string | null)[]>, more: Partial<WireRow> = {}): WireRow {
  return {
    ...emptyRow(),
    id: 'urn:nasa:pds:b:c:p::1.0',
    properties: new Map(Object.entries(properties)),
    ...more,
  };
}

describe('identifiers', () => {
  test('versions are two numbers', () => {
    const sorted = ['2.0', '13.0', '1.10', '1.9', null, 'x'].sort(compareVersions);
    expect(sorted.slice(2)).toEqual(['1.9', '1.10', '2.0', '13.0']);
  });

  test.each([
    ['urn:nasa:pds:b::1.0', { lid: 'urn:nasa:pds:b', version: '1.0' }],
    ['urn:nasa:pds:b::1', { lid: 'urn:nasa:pds:b', version: null }],
    ['urn:nasa:pds:b::', { lid: 'urn:nasa:pds:b', version: null }],
    ['urn:esa:psa:b:c:p.mp4', { lid: 'urn:esa:psa:b:c:p.mp4', version: null }],
    ['urn:nasa', null],
    ['b', null],
    ['urn:nasa:pds:a b', { lid: 'urn:nasa:pds:a b', version: null }],
  ])('%s', (text, expected) => {
    expect(parseIdentifier(text)).toEqual(expected);
  });

  test('parts of a path: colons stay, everything hostile is encoded', () => {
    expect(encodePart('urn:nasa:pds:b::1.0')).toBe('urn:nasa:pds:b::1.0');
    expect(encodePart('a/../b?c#d%2F é')).toBe('a%2F..%2Fb%3Fc%23d%252F%20%C3%A9');
    for (const text of ['', '.', '..']) expect(() => encodePart(text)).toThrow(/identifier/);
  });

  test('the place in the tree, by class, else by the lid', () => {
    expect(levelOf('Product_Bundle', 'urn:nasa:pds:x:y')).toBe('bundle');
    expect(levelOf('Product_Document', 'urn:nasa:pds:x')).toBe('product');
    expect(levelOf(null, 'urn:nasa:pds:x:y')).toBe('collection');
  });
});

describe('an identifier in pieces', () => {
  test.each([
    [
      'a lid with its vid beside it',
      { id: 'urn:nasa:pds:b', version: '3.1' },
      'urn:nasa:pds:b::3.1',
    ],
    ['a lid alone', { id: 'urn:nasa:pds:b' }, 'urn:nasa:pds:b'],
    ['a vid that can’t be read', { id: 'urn:nasa:pds:b::1', version: '3.1' }, 'urn:nasa:pds:b'],
  ])('%s', (_, more, lidvid) => {
    expect(toProduct(row({}, more), base)?.lidvid).toBe(lidvid);
  });

  test('none', () => {
    expect(toProduct(row({}, { id: 'x' }), base)).toBeNull();
  });
});

describe('times', () => {
  test.each([
    ['2018-05-05T00:00:00Z', '2018-05-05T00:00:00Z'],
    ['2025-12-03T23:38:57.969886913Z', '2025-12-03T23:38:57.969886913Z'],
    ['2018', '2018-01-01T00:00:00Z'],
    ['2018-05-05', '2018-05-05T00:00:00Z'],
    ['2018-02-30', null],
    ['2018-05-05T25:00Z', null],
    ['soon', null],
    [null, null],
  ])('%s', (text, expected) => {
    expect(isoOrNull(text)).toBe(expected);
  });

  test('the year 3000 is an open end', () => {
    expect(isOpenEnd('3000-01-01T00:00:00.000Z')).toBe(true);
    expect(isOpenEnd('3000-01-01')).toBe(true);
    expect(isOpenEnd('2999-01-01T00:00:00Z')).toBe(false);
    const product = toProduct(
      row({ 'pds:Time_Coordinates.pds:stop_date_time': ['3000-01-01T00:00:00Z'] }),
      base,
    );
    expect(product).toMatchObject({ stop: null, isOpenEnded: true });
  });
});

describe('files', () => {
  const info = (name: string): string => `ops:Data_File_Info.ops:${name}`;
  const urls = ['https://x.nasa.gov/a.tab', 'https://x.nasa.gov/b.tab'];

  test('lists of one length are paired', () => {
    const { files, unpaired } = readFiles(
      row({
        [info('file_ref')]: urls,
        [info('file_name')]: ['a.tab', 'b.tab'],
        [info('file_size')]: ['10', 'x'],
        [info('md5_checksum')]: [md5('A'), 'none'],
        [info('mime_type')]: ['text/plain', null],
      }),
      base,
    );
    expect(unpaired).toEqual([]);
    expect(files).toMatchObject([
      {
        name: 'a.tab',
        bytes: 10,
        checksum: { algorithm: 'md5', value: md5('a') },
        mime: 'text/plain',
      },
      { name: 'b.tab', bytes: null, checksum: null, mime: null },
    ]);
  });

  test('a list of another length gives nothing to any file, and is named', () => {
    const { files, unpaired } = readFiles(
      row({
        [info('file_ref')]: urls,
        [info('md5_checksum')]: [md5('a')],
        [info('file_size')]: ['1', '2'],
      }),
      base,
    );
    expect(unpaired).toEqual([info('md5_checksum')]);
    expect(files.map(({ checksum, bytes }) => [checksum, bytes])).toEqual([
      [null, 1],
      [null, 2],
    ]);
    expect(
      toProduct(row({ [info('file_ref')]: urls, [info('file_size')]: ['1'] }), base)?.unpaired,
    ).toEqual([info('file_size')]);
  });

  test('names in another order than the addresses: no checksum can be trusted to be of its file', () => {
    const { files, unpaired } = readFiles(
      row({
        [info('file_ref')]: urls,
        [info('file_name')]: ['b.tab', 'a.tab'],
        [info('md5_checksum')]: [md5('a'), md5('b')],
      }),
      base,
    );
    expect(unpaired).toHaveLength(2);
    expect(files.map(({ name, checksum }) => [name, checksum])).toEqual([
      ['a.tab', null],
      ['b.tab', null],
    ]);
  });

  test('one address that is null does not shift the others', () => {
    const { files } = readFiles(
      row({ [info('file_ref')]: [null, ...urls], [info('file_size')]: ['1', '2', '3'] }),
      base,
    );
    expect(files.map(({ bytes }) => bytes)).toEqual([2, 3]);
  });

  test('names without addresses are files that can’t be had', () => {
    const { files } = readFiles(row({ [info('file_name')]: ['a.tab'] }), base);
    expect(files).toMatchObject([{ name: 'a.tab', reach: 'dead', url: '' }]);
  });

  test.each([
    ['https://x.edu/a', false, 'ok'],
    ['http://x.edu/a', false, 'upgraded'],
    ['http://x.edu/a', true, 'checked'],
    ['/data/readme.txt', true, 'dead'],
    ['file:///data/a', true, 'dead'],
    ['s3://bucket/a', true, 'dead'],
    ['https://u:p@x.edu/a', true, 'dead'],
    ['http://127.0.0.1:9/a', false, 'upgraded'],
    ['', true, 'dead'],
  ])('%s', (url, hasChecksum, reach) => {
    expect(reachOf(url, hasChecksum, base)).toBe(reach);
  });

  test('an archive on this computer serves http', () => {
    expect(reachOf('http://127.0.0.1:9/a', false, local)).toBe('ok');
  });

  test.each([
    ['6805', 6805],
    ['0', 0],
    ['-1', null],
    ['1e9', null],
    ['99999999999999999999', null],
    ['9007199254740993', null],
    [null, null],
  ])('size %s', (text, bytes) => {
    expect(bytesOf(text)).toBe(bytes);
  });
});

test('a record: kind by class, citation as credit, properties as fields', () => {
  const product = toProduct(
    row(
      {
        'pds:Citation_Information.pds:editor_list': ['Culver, A.'],
        'pds:Citation_Information.pds:publication_year': ['2021'],
        'pds:Citation_Information.pds:doi': ['https://doi.org/10.17189/1517568'],
        title: ['T'],
        x: ['1', '2'],
      },
      { type: 'Product_Document', start: '2018-05-05' },
    ),
    base,
  );
  if (product === null) throw new Error('no product');
  expect(product.doi).toBe('10.17189/1517568');
  expect(toRecord(product)).toMatchObject({
    ref: 'pds:urn:nasa:pds:b:c:p::1.0',
    archive: 'pds-registry',
    kind: 'document',
    credit: 'Culver, A. (2021)',
    date: '2018-05-05T00:00:00Z',
    preview: null,
    fields: { x: ['1', '2'] },
  });
  expect(toRecord(product).fields).not.toHaveProperty('title');
  expect(kindOf({ ...product, productClass: 'Product_Observational' })).toBe('data');
  expect(kindOf({ ...product, productClass: null, level: 'collection' })).toBe('collection');
  expect(kindOf({ ...product, productClass: 'constructor' })).toBe('data');
});
