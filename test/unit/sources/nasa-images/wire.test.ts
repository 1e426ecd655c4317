import { describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { createSeededRandom, mangle } from '#test/support/mangle.ts';
import { toSeenRecord } from '#main/sources/nasa-images/map.ts';
import { toMetadataFields } from '#main/sources/nasa-images/metadata.ts';
import { toCaptions, toRenditions } from '#main/sources/nasa-images/renditions.ts';
import {
  parseItem,
  parseLocation,
  parseManifest,
  parseMetadataDocument,
  parsePage,
} from '#main/sources/nasa-images/wire.ts';

const base = new URL('https://images-api.nasa.gov');

const page = {
  collection: {
    version: '1.1',
    href: 'http://images-api.nasa.gov/search?q=apollo',
    items: [
      {
        href: 'https://images-assets.nasa.gov/image/A B/collection.json',
        data: [
          {
            nasa_id: 'A B',
            media_type: 'image',
            title: 'T',
            keywords: ['a'],
            date_created: '2015-04-07T00:00:00Z',
          },
        ],
        links: [
          {
            href: 'https://images-assets.nasa.gov/image/A B/A B~thumb.jpg',
            rel: 'preview',
            render: 'image',
            width: 640,
            height: 480,
            size: 1000,
          },
        ],
      },
    ],
    metadata: { total_hits: 6130 },
    links: [
      { rel: 'next', prompt: 'Next', href: 'http://images-api.nasa.gov/search?q=apollo&page=2' },
    ],
  },
};

describe('a page', () => {
  test('is read with its counts', () => {
    expect(parsePage(page)).toMatchObject({
      version: '1.1',
      totalHits: 6130,
      hasNextLink: true,
      unreadable: 0,
    });
  });

  test('keeps its good items beside bad ones, and counts those', () => {
    const good = page.collection.items[0];
    const bad = [
      null,
      7,
      'x',
      [],
      {},
      { data: [] },
      { data: [null] },
      { data: [{}] },
      { data: {} },
    ];
    const worse = ['', '  ', null, {}, 'x'.repeat(1025)].map((id) => ({ data: [{ nasa_id: id }] }));
    const read = parsePage({ collection: { items: [...bad, good, ...worse] } });
    expect(read.items.map(({ id }) => id)).toEqual(['A B']);
    expect(read.unreadable).toBe(bad.length + worse.length);
    expect(read.totalHits).toBeNull();
    expect(read.hasNextLink).toBe(false);
  });

  test.each([
    null,
    1,
    'x',
    [],
    {},
    { collection: null },
    { collection: {} },
    { collection: { items: {} } },
    { reason: 'x' },
  ])('that is %j is a bad answer', (body) => {
    expect(() => parsePage(body)).toThrow(ArchiveError);
  });
});

test('an item keeps unknown fields and drops bad links only', () => {
  const item = parseItem({
    data: [{ nasa_id: 12, __odd: 1, keywords: 'a' }],
    links: [
      null,
      'x',
      { href: 7 },
      { href: '' },
      { href: 'https://h/a', width: 'wide', size: '12' },
      { href: 'https://h/b', rel: 3 },
    ],
  });
  expect(item?.id).toBe('12');
  expect(item?.data).toEqual({ nasa_id: 12, __odd: 1, keywords: 'a' });
  expect(item?.links).toEqual([
    { href: 'https://h/a', rel: null, render: null, width: null, height: null, size: 12 },
    { href: 'https://h/b', rel: null, render: null, width: null, height: null, size: null },
  ]);
});

test('a manifest may be wrapped or bare', () => {
  expect(
    parseManifest({ collection: { items: [{ href: 'a' }, { href: 1 }, null, 'b', {}] } }),
  ).toEqual(['a', 'b']);
  expect(parseManifest(['a', '', 3, 'b'])).toEqual(['a', 'b']);
  expect(() => parseManifest({ reason: 'no' })).toThrow(ArchiveError);
});

test('a metadata document may stand in an array of one', () => {
  expect(parseMetadataDocument([{ a: 1 }])).toEqual({ a: 1 });
  expect(() => parseMetadataDocument([])).toThrow(ArchiveError);
  expect(() => parseMetadataDocument('x')).toThrow(ArchiveError);
});

/** The whole way from the wire to the domain; anything but an `ArchiveError` is a defect. */
function readAll(body: unknown): void {
  const readers = [
    () => {
      for (const item of parsePage(body).items) {
        const { record } = toSeenRecord(item, base);
        const sources = { id: item.id, kind: record.kind, base, links: item.links, manifest: [] };
        toRenditions(sources);
        toCaptions(sources, null);
        structuredClone(record);
      }
    },
    () => toRenditions({ id: 'x', kind: 'image', base, links: [], manifest: parseManifest(body) }),
    () => parseLocation(body),
    () => toMetadataFields(parseMetadataDocument(body)),
  ];
  for (const read of readers) {
    try {
      read();
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
    }
  }
}

test('5,000 mangled answers do no harm', () => {
  const random = createSeededRandom(20_261_121);
  let readable = 0;
  for (let round = 0; round < 5000; round++) {
    const mangled = mangle(page, random, 0.12);
    readAll(mangled);
    try {
      readable += parsePage(mangled).items.length;
    } catch {
      // Counted by its absence.
    }
  }
  // Tolerance, measured: most of these pages still give their record.
  expect(readable).toBeGreaterThan(1000);
});
