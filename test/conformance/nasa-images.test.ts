import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { parseRef, type ArchiveRecord } from '#contract/domain.ts';
import { parseJson, readReason } from '#main/http/read-json.ts';
import { sanitiseText } from '#main/records/sanitise-text.ts';
import type { SeenRecord } from '#main/records/seen-record.ts';
import { splitKeywords } from '#main/sources/nasa-images/credit.ts';
import { toSeenRecord } from '#main/sources/nasa-images/map.ts';
import { toMetadataFields } from '#main/sources/nasa-images/metadata.ts';
import { toCaptions, toRenditions } from '#main/sources/nasa-images/renditions.ts';
import {
  parseManifest,
  parseMetadataDocument,
  parsePage,
  type WirePage,
} from '#main/sources/nasa-images/wire.ts';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';
import { createSeededRandom, mangle } from '#test/support/mangle.ts';

const captures = capturesDir();
const folder = captures === null ? null : join(captures, 'nasa-images');
if (folder === null) console.log(`nasa-images conformance ${capturesAbsent}`);

const base = new URL('https://images-api.nasa.gov');

function read(name: string): unknown {
  return parseJson(readFileSync(join(folder ?? '', name)), name);
}

function pageOf(name: string): { page: WirePage; records: SeenRecord[] } {
  const page = parsePage(read(name));
  return { page, records: page.items.map((item) => toSeenRecord(item, base)) };
}

/** What holds of every record, whatever capture it came in. */
function checkRecord({ record, thumb, alt }: SeenRecord): void {
  expect(parseRef(record.ref)).toEqual({ archive: 'nasa-images', id: record.id });
  expect(['image', 'video', 'audio']).toContain(record.kind);
  expect(record.title).not.toBe('');
  expect(alt).not.toBe('');
  expect(record.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(record.credit).toMatch(/\bNASA\b/);
  expect(record.licence).toBe('NASA media guidelines');
  expect(record.page).toBe(`https://images.nasa.gov/details/${encodeURIComponent(record.id)}`);
  expect(record.preview).toBe(thumb?.url ?? null);
  if (thumb !== null) expect(thumb.url).toMatch(/^https:\/\/images-assets\.nasa\.gov\/[!-~]+$/);
  for (const name of ['nasa_id', 'title', 'description', 'date_created', 'media_type']) {
    expect(record.fields).not.toHaveProperty(name);
  }
  structuredClone(record);
}

function countKinds(records: SeenRecord[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { record } of records) counts[record.kind] = (counts[record.kind] ?? 0) + 1;
  return counts;
}

const having = (records: SeenRecord[], name: string): number =>
  records.filter(({ record }) => record.fields[name] !== undefined).length;

const byId = (records: SeenRecord[], id: string): ArchiveRecord | undefined =>
  records.find(({ record }) => record.id === id)?.record;

describe.skipIf(folder === null)('the recorded answers of NASA Images', () => {
  test('search.q.apollo: 100 records of API 1.1', () => {
    const { page, records } = pageOf('search.q.apollo.json');
    expect(page).toMatchObject({
      version: '1.1',
      totalHits: 6130,
      unreadable: 0,
      hasNextLink: true,
    });
    expect(records).toHaveLength(100);
    for (const seen of records) checkRecord(seen);
    expect(countKinds(records)).toEqual({ image: 83, video: 17 });
    expect(records.filter(({ record }) => record.description !== null)).toHaveLength(98);
    expect(having(records, 'center')).toBe(100);
    expect(having(records, 'photographer')).toBe(48);
    expect(having(records, 'location')).toBe(35);
    expect(having(records, 'album')).toBe(6);
    expect(having(records, 'description_508')).toBe(5);
    expect(having(records, 'secondary_creator')).toBe(3);
    expect(new Set(records.map(({ record }) => record.id)).size).toBe(100);
    expect(records.filter(({ thumb }) => thumb !== null)).toHaveLength(100);
  });

  test('search.q.apollo: files, sizes and captions of every item', () => {
    const { page, records } = pageOf('search.q.apollo.json');
    let captioned = 0;
    page.items.forEach((item, index) => {
      const kind = records[index]?.record.kind ?? 'data';
      const sources = { id: item.id, kind, base, links: item.links, manifest: [] };
      const renditions = toRenditions(sources);
      expect(new Set(renditions.map(({ name }) => name)).size).toBe(renditions.length);
      expect(renditions.map(({ name }) => name)).toContain('thumb');
      if (kind === 'image') expect(renditions[0]?.name).toBe('orig');
      for (const { url, mime } of renditions) {
        expect(url).toMatch(
          /^https:\/\/images-assets\.nasa\.gov\/(image|video)\/[!-~]+~[a-z]+\.(jpg|png|tif)$/,
        );
        expect(mime).toMatch(/^image\/(jpeg|png|tiff)$/);
      }
      const captions = toCaptions(sources, null);
      captioned += captions.length;
      for (const { url, format } of captions) expect(url.endsWith(`.${format}`)).toBe(true);
    });
    expect(captioned).toBe(17);
  });

  test('search.q.apollo: an id with blanks and quotes keeps its way to its files', () => {
    const { records } = pageOf('search.q.apollo.json');
    const record = byId(records, 'Apollo 14 ‘A Wild Place Up Here’');
    expect(record?.preview).toBe(
      'https://images-assets.nasa.gov/video/Apollo%2014%20%E2%80%98A%20Wild%20Place%20Up%20Here%E2%80%99/Apollo%2014%20%E2%80%98A%20Wild%20Place%20Up%20Here%E2%80%99~thumb.jpg',
    );
  });

  test('search.q-stars: 100 records of API 1.0, with previews alone', () => {
    const { page, records } = pageOf('search.q-stars.page_size-100.2024.json');
    expect(page).toMatchObject({
      version: '1.0',
      totalHits: 6478,
      unreadable: 0,
      hasNextLink: true,
    });
    expect(records).toHaveLength(100);
    for (const seen of records) checkRecord(seen);
    expect(countKinds(records)).toEqual({ image: 100 });
    expect(having(records, 'location')).toBe(96);
    expect(
      records.every(({ thumb }) => thumb?.url.endsWith('~thumb.jpg') && thumb.width === null),
    ).toBe(true);
    expect(
      records.filter(({ record }) => record.credit === 'NASA/JPL-Caltech').length,
    ).toBeGreaterThan(0);
  });

  test('album.Apollo-at-50: 13 records on one page', () => {
    const { page, records } = pageOf('album.Apollo-at-50.json');
    expect(page).toMatchObject({ totalHits: 13, unreadable: 0, hasNextLink: false });
    expect(records).toHaveLength(13);
    for (const seen of records) {
      checkRecord(seen);
      expect(seen.record.fields['album']).toContain('Apollo-at-50');
    }
    expect(records.filter(({ record }) => record.description !== null)).toHaveLength(12);
  });

  test('search.nasa-id.PIA24439: one record in full', () => {
    const { page, records } = pageOf('search.nasa-id.PIA24439.json');
    expect(page.totalHits).toBe(1);
    expect(records[0]?.record).toEqual({
      ref: 'nasa:PIA24439',
      archive: 'nasa-images',
      id: 'PIA24439',
      kind: 'image',
      title: 'Apollo Footprint',
      description:
        'Buzz Aldrin took this iconic image of a bootprint on the Moon during the Apollo 11 moonwalk on July 20, 1969.  https://photojournal.jpl.nasa.gov/catalog/PIA24439',
      date: '2021-04-21T00:00:00Z',
      credit: 'NASA',
      licence: 'NASA media guidelines',
      preview: 'https://images-assets.nasa.gov/image/PIA24439/PIA24439~thumb.jpg',
      page: 'https://images.nasa.gov/details/PIA24439',
      fields: {
        center: 'JPL',
        description_508:
          'Buzz Aldrin took this iconic image of a bootprint on the Moon during the Apollo 11 moonwalk on July 20, 1969.',
        keywords: ['Apollo', 'Moon'],
        secondary_creator: 'NASA',
      },
    });
    const item = page.items[0];
    const sources = {
      id: 'PIA24439',
      kind: 'image' as const,
      base,
      links: item?.links ?? [],
      manifest: [],
    };
    expect(
      toRenditions(sources).map(({ name, bytes, width, height }) => [name, bytes, width, height]),
    ).toEqual([
      ['orig', 1_610_000, 3294, 3226],
      ['large', 629_000, 1920, 1880],
      ['medium', 327_000, 1280, 1253],
      ['small', 112_000, 640, 626],
      ['thumb', 112_000, 640, 626],
    ]);
  });

  test('search.no-results.2018: none, and no wonder', () => {
    const { page } = pageOf('search.no-results.2018.json');
    expect(page).toEqual({
      version: '1.0',
      items: [],
      unreadable: 0,
      totalHits: 0,
      hasNextLink: false,
    });
  });

  test('album.invalid-album: the archive’s own words', () => {
    const bytes = readFileSync(join(folder ?? '', 'album.invalid-album.error.json'));
    expect(readReason(bytes)).toBe('No assets found for album="invalid-album" page=1');
    expect(() => parsePage(read('album.invalid-album.error.json'))).toThrow(ArchiveError);
  });

  test.each([
    ['asset.PIA12348.excerpt.json', 'PIA12348', 'image', ['orig', 'large'], 0],
    [
      'collection.json.video.GRC-2022-CM-0123.excerpt.json',
      'GRC-2022-CM-0123',
      'video',
      ['orig', 'medium', 'mobile'],
      1,
    ],
    [
      'collection.json.video.NHQ_2017_0523.2017.json',
      'NHQ_2017_0523_FY18 State Of NASA Budget',
      'video',
      [
        'orig',
        'large',
        'medium',
        'small',
        'mobile',
        'preview',
        ...['large', 'medium', 'mobile', 'preview', 'small'].flatMap((size) => [
          `${size}_thumb_00001`,
          `${size}_thumb_00002`,
        ]),
      ],
      1,
    ],
  ] as const)('asset-manifests/%s', (name, id, kind, names, captioned) => {
    const manifest = parseManifest(read(join('asset-manifests', name)));
    const sources = { id, kind, base, links: [], manifest };
    const renditions = toRenditions(sources);
    expect(renditions.map((rendition) => rendition.name)).toEqual(names);
    for (const { url } of renditions) {
      expect(
        url.startsWith(`https://images-assets.nasa.gov/${kind}/${encodeURIComponent(id)}/`),
      ).toBe(true);
    }
    expect(toCaptions(sources, null)).toHaveLength(captioned);
  });

  test.each([
    [
      'metadata.PIA24439.json',
      'AVAIL:Center',
      'JPL',
      ['File:Directory', 'AVAIL:Owner', 'SourceFile', 'File:FileName'],
    ],
    [
      'metadata.behemoth-black-hole.flat.excerpt.json',
      'AVAIL:Center',
      'GSFC',
      ['AVAIL:Owner', 'SourceFile'],
    ],
    [
      'metadata.201408200002HQ.nested-groups.2018.json',
      'EXIF:Model',
      'NIKON D4',
      ['EXIF:SerialNumber'],
    ],
  ])('metadata/%s', (name, tag, value, hidden) => {
    const fields = toMetadataFields(parseMetadataDocument(read(join('metadata', name))));
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.find((field) => field.name === tag)).toEqual({
      name: tag,
      value,
      isPrivate: false,
    });
    const shown = fields.filter((field) => !field.isPrivate);
    for (const one of hidden) {
      expect(fields.map((field) => field.name)).toContain(one);
      expect(shown.map((field) => field.name)).not.toContain(one);
    }
    for (const field of shown) expect(field.value).not.toMatch(/^\/tmp/);
    for (const field of fields) expect(field.name).toMatch(/^(?:[\w-]+:)?[\w-]+$/);
  });

  test('every description and keyword of every record reads as text', () => {
    let links = 0;
    for (const name of [
      'search.q.apollo.json',
      'search.q-stars.page_size-100.2024.json',
      'album.Apollo-at-50.json',
    ]) {
      for (const { record } of pageOf(name).records) {
        const tree = JSON.stringify(sanitiseText(record.description));
        if (record.description !== null) expect(tree).toContain('"text"');
        expect(tree).not.toMatch(/<\/?(?:a|b|i|p|br)\b/);
        links += tree.split('"kind":"link"').length - 1;
        for (const keyword of splitKeywords(record.fields['keywords']))
          expect(keyword).not.toContain(';');
      }
    }
    expect(links).toBeGreaterThan(20);
  });

  test('every file is read by one of these tests', () => {
    const names = readdirSync(folder ?? '', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
    expect(names).toEqual([
      'album.Apollo-at-50.json',
      'album.invalid-album.error.json',
      'asset.PIA12348.excerpt.json',
      'collection.json.video.GRC-2022-CM-0123.excerpt.json',
      'collection.json.video.NHQ_2017_0523.2017.json',
      'metadata.201408200002HQ.nested-groups.2018.json',
      'metadata.PIA24439.json',
      'metadata.behemoth-black-hole.flat.excerpt.json',
      'search.nasa-id.PIA24439.json',
      'search.no-results.2018.json',
      'search.q-stars.page_size-100.2024.json',
      'search.q.apollo.json',
    ]);
  });

  test('real answers damaged at random do no harm, and most of their records survive', () => {
    const random = createSeededRandom(1969);
    const album = read('album.Apollo-at-50.json');
    let survivors = 0;
    for (let round = 0; round < 300; round++) {
      try {
        const page = parsePage(mangle(album, random, 0.01));
        for (const item of page.items) sanitiseText(toSeenRecord(item, base).record.description);
        survivors += page.items.length;
      } catch (error) {
        if (!(error instanceof ArchiveError)) throw error;
      }
    }
    expect(survivors).toBeGreaterThan(300 * 13 * 0.7);
  });
});
