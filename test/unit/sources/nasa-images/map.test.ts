import { describe, expect, test } from 'vitest';
import { creditLineOf, creditOf, splitKeywords } from '#main/sources/nasa-images/credit.ts';
import { toIsoDate } from '#main/sources/nasa-images/dates.ts';
import { toSeenRecord } from '#main/sources/nasa-images/map.ts';
import { toMetadataFields } from '#main/sources/nasa-images/metadata.ts';
import { toCaptions, toRenditions, toThumb } from '#main/sources/nasa-images/renditions.ts';
import { parseItem, type WireItem } from '#main/sources/nasa-images/wire.ts';

const base = new URL('https://images-api.nasa.gov');
const host = 'https://images-assets.nasa.gov';

function item(data: Record<string, unknown>, links: unknown = [], href = ''): WireItem {
  const parsed = parseItem({ href, data: [{ nasa_id: 'X 1', ...data }], links });
  if (parsed === null) throw new Error('unreadable');
  return parsed;
}

describe('a date', () => {
  test.each([
    ['2015-04-07T00:00:00Z', '2015-04-07T00:00:00Z'],
    ['2006-07-07T12:50:30Z', '2006-07-07T12:50:30Z'],
    ['2015-04-07T01:02:03.5+02:00', '2015-04-07T01:02:03.5+02:00'],
    ['2015-04-07T01:02:03+0200', '2015-04-07T01:02:03+02:00'],
    ['2015-04-07', '2015-04-07T00:00:00Z'],
    ['2014:08:20 17:50:04', '2014-08-20T17:50:04Z'],
    ['2014:08:20', '2014-08-20T00:00:00Z'],
    ['21 April 2021', '2021-04-21T00:00:00Z'],
    ['6 Apr 2016', '2016-04-06T00:00:00Z'],
    ['1969', '1969-01-01T00:00:00Z'],
    ['2015-02-30', null],
    ['2015-13-01', null],
    ['2015-04-07T25:00:00Z', null],
    ['31 Foo 2016', null],
    ['yesterday', null],
    ['', null],
    [20150407, null],
    [null, null],
  ])('%j is %s', (value, expected) => {
    expect(toIsoDate(value)).toBe(expected);
  });
});

describe('a credit', () => {
  test.each([
    [{ secondary_creator: 'NASA', center: 'JPL' }, 'NASA'],
    [
      { secondary_creator: 'NASA/JPL-Caltech/Univ. of Arizona' },
      'NASA/JPL-Caltech/Univ. of Arizona',
    ],
    [{ photographer: 'NASA/Joel Kowsky', center: 'HQ' }, 'NASA/Joel Kowsky'],
    [{ photographer: 'Photo Credit: (NASA/Joel Kowsky)' }, 'NASA/Joel Kowsky'],
    [{ photographer: 'Bill Ingalls' }, 'NASA/Bill Ingalls'],
    [{ photographer: '1996-98 AccuSoft Inc., All right', center: 'KSC' }, 'NASA/KSC'],
    [{ secondary_creator: '', photographer: 'Unknown', center: 'JPL' }, 'NASA/JPL-Caltech'],
    [{ center: 'MSFC' }, 'NASA/MSFC'],
    [{ secondary_creator: 'ESA/Hubble' }, 'NASA/ESA/Hubble'],
    [{ center: 7, photographer: ['x'] }, 'NASA'],
    [{}, 'NASA'],
  ])('from %j is %s', (fields, expected) => {
    expect(creditOf(fields)).toBe(expected);
  });

  test('line names title and id', () => {
    const { record } = toSeenRecord(
      item({ nasa_id: 'PIA24439', title: 'Apollo Footprint', secondary_creator: 'NASA' }),
      base,
    );
    expect(creditLineOf(record)).toBe('NASA, “Apollo Footprint”, PIA24439');
    expect(creditLineOf(toSeenRecord(item({}), base).record)).toBe('NASA, X 1');
  });
});

test('keywords come apart at semicolons, and a single one at commas', () => {
  expect(splitKeywords(['Apollo; Moon ;; Apollo', 'a, b'])).toEqual(['Apollo', 'Moon', 'a, b']);
  expect(splitKeywords(['one, two'])).toEqual(['one', 'two']);
  expect(splitKeywords('one, two')).toEqual(['one', 'two']);
  expect(splitKeywords([1, null, {}])).toEqual([]);
  expect(splitKeywords(undefined)).toEqual([]);
});

describe('a record', () => {
  test('has the archive’s further fields under their own names', () => {
    const seen = toSeenRecord(
      item({
        title: ' Title ',
        media_type: 'image',
        description: 'Text',
        date_created: '2015-04-07T00:00:00Z',
        center: 'JPL',
        keywords: ['a; b'],
        description_508: 'A crater',
        odd: { kept: [1] },
      }),
      base,
    );
    expect(seen).toEqual({
      record: {
        ref: 'nasa:X 1',
        archive: 'nasa-images',
        id: 'X 1',
        kind: 'image',
        title: 'Title',
        description: 'Text',
        date: '2015-04-07T00:00:00Z',
        credit: 'NASA/JPL-Caltech',
        licence: 'NASA media guidelines',
        preview: null,
        page: 'https://images.nasa.gov/details/X%201',
        fields: {
          center: 'JPL',
          keywords: ['a; b'],
          description_508: 'A crater',
          odd: { kept: [1] },
        },
      },
      thumb: null,
      alt: 'A crater',
    });
  });

  test('survives with an id alone', () => {
    const { record, alt } = toSeenRecord(item({}), base);
    expect(record).toMatchObject({
      title: 'X 1',
      description: null,
      date: null,
      fields: {},
      kind: 'data',
    });
    expect(alt).toBe('X 1');
  });

  test('takes its kind from its folder where it does not say', () => {
    const kindAt = (href: string) => toSeenRecord(item({}, [], href), base).record.kind;
    expect(kindAt('http://images-assets.nasa.gov/video/X 1/collection.json')).toBe('video');
    expect(kindAt('http://images-assets.nasa.gov/other/X 1/collection.json')).toBe('data');
  });
});

describe('renditions', () => {
  const file = (name: string) => `http://images-assets.nasa.gov/image/X 1/X 1${name}`;
  const links = [
    {
      href: file('~medium.jpg'),
      rel: 'alternate',
      render: 'image',
      width: 1280,
      height: 1253,
      size: 327000,
    },
    {
      href: file('~thumb.jpg'),
      rel: 'preview',
      render: 'image',
      width: 640,
      height: 626,
      size: '112000',
    },
    { href: file('~orig.tif'), rel: 'canonical', render: 'image', width: 0, height: -3, size: 1.5 },
  ];

  test('merge links and manifest, largest first, sizes kept', () => {
    const { id, links: read } = item({}, links);
    const list = toRenditions({
      id,
      kind: 'image',
      base,
      links: read,
      manifest: [
        file('~orig.tif'),
        file('~large.jpg'),
        file('~thumb.jpg'),
        file('.srt'),
        'http://x/metadata.json',
      ],
    });
    expect(
      list.map(({ name, mime, bytes, width, height }) => [name, mime, bytes, width, height]),
    ).toEqual([
      ['orig', 'image/tiff', null, null, null],
      ['large', 'image/jpeg', null, null, null],
      ['medium', 'image/jpeg', 327000, 1280, 1253],
      ['thumb', 'image/jpeg', 112000, 640, 626],
    ]);
    expect(list[0]?.url).toBe(`${host}/image/X%201/X%201~orig.tif`);
    expect(list[0]?.checksum).toBeNull();
  });

  test('of a video keep its own names apart from its pictures’', () => {
    const video = (name: string) => `http://images-assets.nasa.gov/video/V/V${name}`;
    const names = toRenditions({
      id: 'V',
      kind: 'video',
      base,
      links: item({}, [
        { href: video('~large.jpg'), rel: 'alternate' },
        { href: video('~thumb.jpg'), rel: 'preview' },
        { href: video('.srt'), rel: 'captions' },
      ]).links,
      manifest: [
        '~orig.mp4',
        '~large.mp4',
        '~mobile.mp4',
        '~small_thumb_00001.png',
        '~128k.mp3',
        '.vtt',
      ].map(video),
    }).map(({ name }) => name);
    expect(names).toEqual([
      'orig',
      'large',
      'thumb',
      'mobile',
      'large.jpg',
      'small_thumb_00001',
      '128k',
    ]);
  });

  test('never share a name', () => {
    const names = toRenditions({
      id: 'X 1',
      kind: 'image',
      base,
      links: [],
      manifest: [
        file('~orig.tif'),
        file('~orig.jpg'),
        file('~orig.jpg'),
        file('.png'),
        'http://h/other.bin',
      ],
    }).map(({ name }) => name);
    expect(names).toEqual(['orig', 'orig.jpg', 'file', 'other']);
  });

  test('captions are told apart and named once', () => {
    const sources = {
      id: 'V',
      kind: 'video' as const,
      base,
      links: item({}, [{ href: 'https://images-assets.nasa.gov/video/V/V.srt', rel: 'captions' }])
        .links,
      manifest: [
        'http://images-assets.nasa.gov/video/V/V.srt',
        'http://images-assets.nasa.gov/video/V/V~orig.mp4',
      ],
    };
    expect(toCaptions(sources, 'http://images-assets.nasa.gov/video/V/V.srt')).toEqual([
      { url: `${host}/video/V/V.srt`, format: 'srt' },
    ]);
    expect(toCaptions({ ...sources, links: [], manifest: [] }, null)).toEqual([]);
  });

  test('the gallery’s picture is the preview, else the smallest that will do, never a TIFF', () => {
    const thumbOf = (list: unknown[]) =>
      toThumb({ id: 'X 1', base, links: item({}, list).links })?.url;
    expect(thumbOf(links)).toBe(`${host}/image/X%201/X%201~thumb.jpg`);
    const alternates = [
      { href: file('~large.jpg'), rel: 'alternate', width: 1920 },
      { href: file('~small.jpg'), rel: 'alternate', width: 640 },
      { href: file('~tiny.jpg'), rel: 'alternate', width: 100 },
    ];
    expect(thumbOf(alternates)).toBe(`${host}/image/X%201/X%201~small.jpg`);
    expect(thumbOf([{ href: file('~orig.tif'), rel: 'canonical' }])).toBeUndefined();
    expect(thumbOf([{ href: file('.srt'), rel: 'captions' }])).toBeUndefined();
  });
});

describe('metadata', () => {
  test('reads flat, nested and mixed documents as one table', () => {
    const names = toMetadataFields({
      'AVAIL:Title': 'T',
      EXIF: { Make: 'NIKON', ISO: 1600 },
      'AVAIL:Keywords': ['a', 'b'],
      'XMP:History': [{ When: 'now', Action: 'saved' }],
      'AVAIL:Creator': null,
      'AVAIL:Photographer': '',
      Flag: false,
    });
    expect(names).toEqual([
      { name: 'AVAIL:Title', value: 'T', isPrivate: false },
      { name: 'EXIF:Make', value: 'NIKON', isPrivate: false },
      { name: 'EXIF:ISO', value: '1600', isPrivate: false },
      { name: 'AVAIL:Keywords', value: 'a; b', isPrivate: false },
      { name: 'XMP:History', value: 'When: now, Action: saved', isPrivate: false },
      { name: 'Flag', value: 'false', isPrivate: false },
    ]);
  });

  test('hides paths, logins and owners', () => {
    const hidden = toMetadataFields({
      SourceFile: '/tmp/tmp2s2',
      'File:Directory': '/tmp',
      'File:FileName': 'tmp2s2pzjtz',
      'AVAIL:Owner': 'rhalanis',
      'EXIF:SerialNumber': 2045574,
      'XMP:Location': '/Users/someone/Desktop/x.jpg',
      'XMP:Path': 'C:\\Users\\x',
      File: { FileName: 'PIA1~orig.jpg', FileType: 'JPEG' },
      'IPTC:Credit': 'NASA',
    });
    expect(hidden.filter((field) => !field.isPrivate).map(({ name }) => name)).toEqual([
      'File:FileName',
      'File:FileType',
      'IPTC:Credit',
    ]);
  });

  test('is bounded', () => {
    const deep: Record<string, unknown> = {};
    let at = deep;
    for (let depth = 0; depth < 1000; depth++) at = at['x'] = {} as Record<string, unknown>;
    const wide = Object.fromEntries(
      Array.from({ length: 5000 }, (_value, n) => [`A:${String(n)}`, 'x'.repeat(20_000)]),
    );
    expect(toMetadataFields({ 'A:deep': [deep] })).toEqual([]);
    const fields = toMetadataFields(wide);
    expect(fields).toHaveLength(2000);
    expect(fields[0]?.value).toHaveLength(10_000);
  });
});
