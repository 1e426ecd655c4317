import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRef } from '#contract/domain.ts';
import type { AstrobinImage } from '#contract/astrobin.ts';
import { redactQuery } from '#main/http/redact.ts';
import { createScrubber } from '#main/http/secret-query.ts';
import { checkParams } from '#main/sources/astrobin/filters.ts';
import { mapRows, toImage, toRevision } from '#main/sources/astrobin/map.ts';
import { toCollection, toPick, toPlace, toUser } from '#main/sources/astrobin/map-others.ts';
import { toSeenRecord } from '#main/sources/astrobin/record.ts';
import { listFields } from '#main/sources/astrobin/fields.ts';
import { isResource } from '#main/sources/astrobin/addresses.ts';
import { readBody, readList, readObject, type WireList } from '#main/sources/astrobin/wire.ts';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';
import { createSeededRandom, mangle } from '#test/support/mangle.ts';

const captures = capturesDir();
const folder = captures === null ? null : join(captures, 'astrobin');
if (folder === null) console.log(`astrobin conformance ${capturesAbsent}`);

const base = new URL('https://www.astrobin.com');

interface Exchange {
  request: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

function exchangeOf(name: string): Exchange {
  const path = join(folder ?? '', 'exchanges', `${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Exchange;
}

/** The body as it came over the wire, read as the client does. */
function read(name: string): unknown {
  const { body, headers, ...rest } = exchangeOf(name);
  const text =
    'text' in rest ? String(rest.text) : typeof body === 'string' ? body : JSON.stringify(body);
  return readBody(Buffer.from(text), headers['Content-Type'] ?? null);
}

const listIn = (name: string): WireList => readList(read(name));
const imagesIn = (name: string): AstrobinImage[] => {
  const { items, unreadable } = mapRows(listIn(name), (row) => toImage(row, base));
  expect(unreadable).toBe(0);
  return items;
};

/** What holds of every image, whatever capture it came in. */
function checkImage(image: AstrobinImage): void {
  const key = image.hash ?? String(image.id);
  expect(parseRef(image.ref)).toEqual({ archive: 'astrobin', id: key });
  expect(image.title).not.toBe('');
  expect(image.user).not.toBe('');
  for (const date of [image.uploaded, image.published ?? image.uploaded, image.updated]) {
    expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
  }
  expect(image.licence).toMatchObject({ name: 'ALL_RIGHTS_RESERVED', mayShare: false });
  expect(image.solution.isSolved).toBe(image.solution.ra !== null);
  expect(image.renditions.map(({ name }) => name)).toEqual([
    'real',
    'hd',
    'regular',
    'gallery',
    'duckduckgo',
    'duckduckgo_small',
    'thumb',
    'histogram',
  ]);
  for (const { url } of image.renditions) {
    expect(url).toMatch(new RegExp(`^https://www\\.astrobin\\.com/${key}/0/rawthumb/[a-z_]+/$`));
  }
  expect(image.histogramUrl).toContain('/histogram/');
  expect(Object.keys(image.fields).sort()).toEqual(['is_final', 'resource_uri']);
  const { record, thumb } = toSeenRecord(image);
  expect(record.page).toBe(`https://www.astrobin.com/${key}/`);
  expect(record.preview).toBe(`https://www.astrobin.com/${key}/0/rawthumb/gallery/`);
  // Drawn larger than 130 pixels; it costs the same.
  expect(thumb?.url).toBe(`https://www.astrobin.com/${key}/0/rawthumb/regular/`);
  expect(record).toMatchObject({
    credit: image.user,
    licence: 'All rights reserved',
    kind: 'image',
  });
  structuredClone(record);
}

describe.skipIf(folder === null)('recorded exchanges of AstroBin', () => {
  test('are all read', () => {
    const names = readdirSync(join(folder ?? '', 'exchanges')).map((name) => name.slice(0, -5));
    expect(names).toHaveLength(27);
    for (const name of names) {
      const { status } = exchangeOf(name);
      if (status === 200) expect(readObject(read(name)), name).not.toEqual({});
      else expect([name, status]).toEqual(['image.detail.no-trailing-slash', 301]);
    }
  });

  test.each([
    ['image.list.default', 20, 60, 20, 0, true],
    ['image.list.limit0', 25, 60, 25, 0, true],
    ['image.list.limit100-capped', 25, 60, 25, 0, true],
    ['image.list.limit3.offset3', 3, 60, 3, 3, true],
    ['image.list.last-page', 10, 60, 25, 50, false],
    ['image.list.beyond-end', 0, 60, 5, 500, false],
    ['image.list.no-match', 0, 0, 20, 0, false],
    ['image.list.subjects', 2, 15, 2, 0, true],
    ['image.list.user', 2, 20, 2, 0, true],
    ['image.list.title__icontains', 2, 15, 2, 0, true],
    ['image.list.uploaded-range', 3, 3, 20, 0, false],
    ['image.list.order_by-desc', 2, 60, 2, 0, true],
    ['image.list.unknown-param-ignored', 1, 60, 1, 0, true],
    ['image.list.xml', 1, 60, 1, 0, true],
  ] as const)('%s', (name, count, total, limit, offset, hasNext) => {
    expect(listIn(name)).toMatchObject({ total, limit, offset, hasNext, unreadable: 0 });
    const images = imagesIn(name);
    expect(images).toHaveLength(count);
    images.forEach(checkImage);
  });

  test('XML and JSON are the same image', () => {
    const [fromXml] = imagesIn('image.list.xml');
    const fromJson = imagesIn('image.list.default').find(({ hash }) => hash === fromXml?.hash);
    expect(fromXml).toEqual(fromJson);
  });

  test('an image by hash', () => {
    const image = toImage(readObject(read('image.detail.by-hash')), base);
    expect(image).toMatchObject({
      ...{ ref: 'astrobin:h01eef', hash: 'h01eef', id: 2, title: 'Orion Nebula #1', user: 'alice' },
      ...{ uploaded: '2012-04-10T09:00:00.531667Z', width: 1717, height: 1640, likes: 176 },
      ...{ telescopes: ['Planewave 17" CDK'], cameras: ['FLI Proline 16803'], views: 462 },
      ...{
        subjects: ['M 42', 'NGC 1976'],
        dataSource: 'AMATEUR_HOSTING',
        bookmarks: 3,
        comments: 18,
      },
      solution: {
        ...{ status: 'SUCCESS', isSolved: true, ra: 50.655, dec: -37.17, radius: 0.419 },
        ...{ pixelScale: 1.27, orientation: 312.326, overlayUrl: null, skyPlotUrl: null },
      },
      description: [
        {
          kind: 'paragraph',
          children: [
            { kind: 'text', text: 'Clear wind & ' },
            { kind: 'strong', children: [{ kind: 'text', text: 'seeing' }] },
          ],
        },
      ],
    });
    checkImage(image as AstrobinImage);
  });

  test('an image by number, from before hashes', () => {
    const image = toImage(readObject(read('image.detail.numeric-id-legacy')), base);
    expect(image).toMatchObject({
      ...{ ref: 'astrobin:1', hash: null, id: 1, published: null, remoteSource: 'DSW' },
      ...{ revisions: [1], locations: [1], link: 'https://example.org/', description: [] },
    });
    checkImage(image as AstrobinImage);
  });

  test('an image in the shape of 2013', () => {
    const path = join(folder ?? '', 'image.detail.57782.2013.legacy-shape.json');
    const image = toImage(readObject(readBody(readFileSync(path), 'application/json')), base);
    expect(image).toMatchObject({
      ...{ ref: 'astrobin:57782', hash: null, id: 57782, title: 'Andromeda', user: 'micko' },
      ...{ telescopes: ['EF 75-300mm f/4-5.6'], renditions: [], link: null, fitsLink: null },
      licence: { name: 'ATTRIBUTION_NON_COMMERCIAL_SHARE_ALIKE', title: 'CC BY-NC-SA' },
      solution: { status: 'SUCCESS', isSolved: true, orientation: 94.435731 },
    });
    expect(image?.solution.ra).toBeCloseTo(10.7163, 4);
    expect(image?.solution.dec).toBeCloseTo(41.2664, 4);
    expect(image?.solution.radius).toBeCloseTo(2.5454, 3);
    expect(image?.solution.pixelScale).toBeCloseTo(5.3557, 3);
    expect(image?.fields).toMatchObject({ rating_score: 4, rating_votes: 2, original_ext: '.jpg' });
  });

  test('a set, revisions, images of the day', () => {
    expect(imagesIn('image.set').map(({ ref }) => ref)).toEqual(['astrobin:1', 'astrobin:h01eef']);
    const revisions = mapRows(listIn('imagerevision.list'), (row) => toRevision(row, base));
    expect(revisions.items).toMatchObject([
      {
        label: 'B',
        isFinal: true,
        title: null,
        width: 1716,
        uploaded: '2012-04-10T00:00:00.531667Z',
      },
    ]);
    expect(revisions.items[0]?.renditions[0]?.url).toBe(
      'https://www.astrobin.com/1/B/rawthumb/real/',
    );
    expect(mapRows(listIn('iotd.list.limit1'), toPick).items).toEqual([
      { date: '2022-03-01', image: 'astrobin:1', runnersUp: [] },
    ]);
    expect(mapRows(listIn('iotd.list.limit1.offset1'), toPick).items).toEqual([
      { date: '2022-02-28', image: 'astrobin:h01eef', runnersUp: ['astrobin:3'] },
    ]);
  });

  test('a user, a collection, a place', () => {
    const user = {
      ...{
        id: 1,
        username: 'siovene',
        realName: 'Siovene',
        imageCount: 20,
        followers: 0,
        likes: 0,
      },
      ...{ joined: '2012-03-04T05:06:07.123456Z', subscription: null, website: null, about: [] },
    };
    const listed = mapRows(listIn('userprofile.by-username'), (row) => toUser(row, base));
    expect(listed.items).toMatchObject([user]);
    expect(toUser(readObject(read('userprofile.detail')), base)).toMatchObject(user);
    expect(mapRows(listIn('collection.list.user'), toCollection).items).toEqual([
      {
        ...{ id: 1, name: 'Messier', description: 'All', user: 'siovene', created: '2020-01-02' },
        ...{ updated: '2021-03-04', images: ['astrobin:h03dde', 'astrobin:h01eef', 'astrobin:1'] },
      },
    ]);
    expect(toPlace(readObject(read('location.detail')))).toEqual({
      ...{ id: 1, name: 'Home', city: 'Lucerne', state: 'LU', country: 'CH', altitude: 436 },
    });
  });

  test('what the schema lists is what the filters know', () => {
    const schema = readObject(read('image.schema'));
    const { known, filters, order } = listFields.image;
    expect([...known].sort()).toEqual(Object.keys(schema['fields'] as object).sort());
    expect(schema['ordering']).toEqual(order);
    // The three are listed, and refused all the same; "subjects" and "ids" are not listed, and work.
    const computed = new Set(['imaging_cameras', 'imaging_telescopes', 'is_solved']);
    const listed = Object.keys(schema['filtering'] as object).filter((name) => !computed.has(name));
    expect([...listed, 'ids', 'subjects'].sort()).toEqual(Object.keys(filters).sort());
    const top = Object.keys(readObject(read('toplevel')));
    expect(top.every(isResource)).toBe(true);
  });

  test('every recorded question would be let through, but for the one with a typo', () => {
    for (const file of readdirSync(join(folder ?? '', 'exchanges'))) {
      const { request } = exchangeOf(file.slice(0, -5));
      const url = new URL(request.slice(4), base);
      const [resource = '', id = ''] = url.pathname.slice('/api/v1/'.length).split('/');
      if (!isResource(resource) || id !== '') continue;
      const own = ['api_key', 'api_secret', 'format', 'limit', 'offset'];
      const params = [...url.searchParams].filter(([name]) => !own.includes(name));
      const problems = checkParams(resource, params).map(({ param, kind }) => [param, kind]);
      expect(problems, file).toEqual(file.includes('unknown-param') ? [['bogus', 'unknown']] : []);
    }
  });

  test('no key is left in any answer', () => {
    const scrub = createScrubber({ api_key: 'KEY', api_secret: 'SECRET' });
    for (const file of readdirSync(join(folder ?? '', 'exchanges'))) {
      const { body, ...rest } = exchangeOf(file.slice(0, -5));
      const text = 'text' in rest ? String(rest.text) : JSON.stringify(body);
      const clean = scrub(text);
      expect(clean, file).not.toMatch(/KEY|SECRET/);
      expect(redactQuery(exchangeOf(file.slice(0, -5)).request)).not.toMatch(/KEY|SECRET/);
      if (text.startsWith('{')) expect(() => void JSON.parse(clean)).not.toThrow();
    }
  });

  test('mangled rows never throw', () => {
    const random = createSeededRandom(7);
    const { rows } = listIn('image.list.default');
    for (let round = 0; round < 400; round++) {
      const row = mangle(rows[round % rows.length], random, 0.1);
      if (typeof row !== 'object' || row === null) continue;
      const image = toImage(row as Record<string, unknown>, base);
      if (image !== null) structuredClone(toSeenRecord(image).record);
    }
  });
});
