import { describe, expect, test } from 'vitest';
import { astrobinLicences } from '#contract/astrobin.ts';
import {
  apiRoot,
  boundPaging,
  detailAddress,
  idIn,
  listAddress,
  numberIn,
  setAddress,
} from '#main/sources/astrobin/addresses.ts';
import { toDay, toIsoMoment } from '#main/sources/astrobin/dates.ts';
import { readWords } from '#main/sources/astrobin/errors.ts';
import { toLicence } from '#main/sources/astrobin/licences.ts';
import { toCollection, toPick, toPlace, toUser } from '#main/sources/astrobin/map-others.ts';
import { mapRows, toImage, toRevision } from '#main/sources/astrobin/map.ts';
import { creditLineOf, toSeenRecord } from '#main/sources/astrobin/record.ts';
import { solutionStatuses, toSolution } from '#main/sources/astrobin/solution.ts';
import { readBody, readList } from '#main/sources/astrobin/wire.ts';
import { makeImageRow } from '#test/support/astrobin-server.ts';

const base = new URL('https://www.astrobin.com');
const row = makeImageRow(3, 'https://www.astrobin.com');

describe('addresses', () => {
  test('have the slash at the end, and limits of our own', () => {
    expect(apiRoot(base)).toBe('https://www.astrobin.com/api/v1/');
    expect(apiRoot(new URL('http://127.0.0.1:9/abin/api/v1/'))).toBe(
      'http://127.0.0.1:9/abin/api/v1/',
    );
    expect(detailAddress(base, 'image', 'yx76x9')).toBe(
      'https://www.astrobin.com/api/v1/image/yx76x9/?format=json',
    );
    expect(setAddress(base, 'image', ['1', '2'], 'xml')).toBe(
      'https://www.astrobin.com/api/v1/image/set/1;2/?format=xml',
    );
    expect(listAddress(base, 'image', [['title', 'a b&c']], boundPaging({}))).toBe(
      'https://www.astrobin.com/api/v1/image/?title=a%20b%26c&limit=25&offset=0&format=json',
    );
  });

  test.each([
    [{}, 25, 0],
    [{ limit: 0 }, 1, 0],
    [{ limit: 100, offset: -5 }, 25, 0],
    [{ limit: 2.7, offset: 3.9 }, 2, 3],
    [{ limit: NaN, offset: Infinity }, 25, 0],
  ])('%j', (wish, limit, offset) => {
    expect(boundPaging(wish)).toEqual({ limit, offset });
  });

  test.each([
    ['/api/v1/image/yx76x9', 'yx76x9'],
    ['/api/v1/image/yx76x9/', 'yx76x9'],
    ['https://www.astrobin.com/api/v1/image/12/', '12'],
    ['/api/v1/location/1/', null],
    ['/api/v1/image/../user/', null],
    ['/api/v1/image/', null],
    [7, null],
    [null, null],
  ])('%s names the image %s', (uri, id) => {
    expect(idIn(uri, 'image')).toBe(id);
  });

  test('a hash is no number', () => {
    expect(numberIn('/api/v1/image/yx76x9', 'image')).toBeNull();
  });
});

describe('dates without a zone are UTC', () => {
  test.each([
    ['2022-02-03T22:06:41.530320', '2022-02-03T22:06:41.530320Z'],
    ['2022-02-03T22:06:41', '2022-02-03T22:06:41Z'],
    ['2022-02-03 22:06:41+01:00', '2022-02-03T22:06:41+01:00'],
    ['2022-02-03T22:06:41+0100', '2022-02-03T22:06:41+01:00'],
    ['2022-02-03', '2022-02-03T00:00:00Z'],
    ['2022-02-30T00:00:00', null],
    ['2022-02-03T25:00:00', null],
    ['', null],
    [5, null],
    [null, null],
  ])('%s', (text, iso) => {
    expect(toIsoMoment(text)).toBe(iso);
  });

  test('days', () => {
    expect(toDay('2022-02-28')).toBe('2022-02-28');
    expect(toDay('2022-02-30')).toBeNull();
    expect(toDay(undefined)).toBeNull();
  });
});

describe('licences', () => {
  test.each([
    [0, 'All rights reserved', false, false, false],
    [1, 'CC BY-NC-SA', true, false, true],
    [2, 'CC BY-NC', true, false, true],
    [3, 'CC BY-NC-ND', true, false, false],
    [4, 'CC BY', true, true, true],
    [5, 'CC BY-SA', true, true, true],
    [6, 'CC BY-ND', true, true, false],
  ] as const)('%i', (number, title, mayShare, maySell, mayChange) => {
    const licence = { name: astrobinLicences[number], title, mayShare, maySell, mayChange };
    expect(toLicence(null, number)).toMatchObject(licence);
    expect(toLicence(undefined, String(number))).toMatchObject(licence);
    expect(toLicence(astrobinLicences[number], undefined)).toMatchObject(licence);
    expect(toLicence(null, number).url === null).toBe(number === 0);
  });

  test('the name counts before the number; what is neither permits nothing that is known', () => {
    expect(toLicence('ATTRIBUTION', 0).title).toBe('CC BY');
    for (const [name, number] of [
      ['PUBLIC_DOMAIN', 4],
      [null, 7],
      [null, null],
      ['toString', 1],
    ] as const) {
      expect(toLicence(name, number)).toMatchObject({ name: null, url: null, mayShare: null });
    }
    expect(toLicence('PUBLIC_DOMAIN', 4).title).toBe('PUBLIC_DOMAIN');
  });
});

describe('solutions', () => {
  test.each(solutionStatuses.map((status, at) => [status, at >= 3] as const))(
    '%s',
    (status, isSolved) => {
      // The status says it, whatever stands in is_solved.
      const solution = toSolution({ solution_status: status, is_solved: !isSolved }, base);
      expect(solution).toMatchObject({ status, isSolved });
    },
  );

  test('numbers that can’t be are none', () => {
    const solution = toSolution(
      { ra: '400', dec: '-91', radius: 'NaN', pixscale: {}, orientation: '' },
      base,
    );
    expect(solution).toMatchObject({
      ra: null,
      dec: null,
      radius: null,
      pixelScale: null,
      orientation: null,
    });
  });

  test('of 2013: hours, degrees and the field’s sides', () => {
    const solution = toSolution(
      {
        ...{ is_solved: true, ra_center_hms: '12:30:00.0', dec_center_dms: '-00:30:00', w: 3600 },
        ...{ fieldw: '60', fieldh: '80', fieldunits: 'arcminutes' },
      },
      base,
    );
    expect(solution).toMatchObject({ status: 'SUCCESS', ra: 187.5, dec: -0.5, pixelScale: 1 });
    expect(solution.radius).toBeCloseTo(5 / 6, 10);
    expect(
      toSolution({ ra_center_hms: '25:00:00', dec_center_dms: '1:99:00' }, base),
    ).toMatchObject({
      ...{ status: 'MISSING', ra: null, dec: null, radius: null },
    });
  });

  test('the advanced overlay counts before the plain one', () => {
    const url = (name: string): string => `https://cdn.astrobin.com/${name}.svg`;
    const plain = { url_solution: url('s'), url_skyplot: url('p') };
    expect(toSolution(plain, base)).toMatchObject({ overlayUrl: url('s'), skyPlotUrl: url('p') });
    const advanced = { ...plain, url_advanced_solution: url('a'), url_advanced_skyplot: null };
    expect(toSolution(advanced, base)).toMatchObject({
      overlayUrl: url('a'),
      skyPlotUrl: url('p'),
    });
  });
});

describe('images', () => {
  test('are what the service says', () => {
    const image = toImage(row, base);
    expect(image).toMatchObject({
      ref: 'astrobin:h00003',
      id: 4,
      user: 'bert',
      width: 1603,
      views: 3,
    });
    expect(image?.renditions.map(({ name }) => name)).toEqual([
      ...['real', 'hd', 'regular', 'gallery', 'thumb', 'histogram'],
    ]);
    expect(image?.renditions[0]).toMatchObject({ width: 1603, height: 1200, bytes: null });
    expect(image?.renditions[1]).toMatchObject({ width: null, height: null });
  });

  test('links that may not be opened are none', () => {
    for (const link of [
      ...[
        'http://a.example/',
        'javascript:alert(1)',
        'https://u:p@a.example/',
        'file:///etc/passwd',
      ],
      ...['data:text/html,x', `https://a.example/${'x'.repeat(3000)}`, 'https://', 5, {}, ''],
    ]) {
      const image = toImage({ ...row, link, link_to_fits: link, url_regular: link }, base);
      expect(image).toMatchObject({ link: null, fitsLink: null });
      expect(image?.renditions.map(({ name }) => name)).not.toContain('regular');
    }
  });

  test('http is for an archive on this computer alone', () => {
    const local = { ...row, url_regular: 'http://127.0.0.1:9/x/' };
    const names = (at: URL) => toImage(local, at)?.renditions.map(({ name }) => name);
    expect(names(base)).not.toContain('regular');
    expect(names(new URL('http://127.0.0.1:9'))).toContain('regular');
  });

  test('a FITS file is one where its name says so', () => {
    const fitsOf = (link: string) =>
      toImage({ ...row, link_to_fits: link }, base)?.renditions.at(-1);
    expect(fitsOf('https://a.example/m31.fits')).toMatchObject({
      name: 'fits',
      mime: 'application/fits',
    });
    expect(fitsOf('https://a.example/folder')).toMatchObject({ name: 'fits', mime: null });
  });

  test('types are not trusted', () => {
    const wrong = Object.fromEntries(Object.keys(row).map((name) => [name, { a: [1] }]));
    expect(toImage(wrong, base)).toBeNull();
    const image = toImage({ ...wrong, hash: 'abc123' }, base);
    expect(image).toMatchObject({
      title: 'abc123',
      user: '',
      width: null,
      telescopes: [],
      views: null,
    });
    expect(toImage({ id: 'x', hash: '' }, base)).toBeNull();
    expect(toImage({ hash: '../..', id: 3 }, base)?.ref).toBe('astrobin:3');
    expect(toImage({ resource_uri: '/api/v1/image/9/' }, base)?.ref).toBe('astrobin:9');
  });

  test('long ones are cut', () => {
    const image = toImage(
      { ...row, title: 'x'.repeat(1e5), imaging_cameras: ['y'.repeat(1e5)] },
      base,
    );
    expect(image?.title).toHaveLength(1000);
    expect(image?.cameras[0]).toHaveLength(300);
  });

  test('are records with credit, licence and page', () => {
    const image = toImage(row, base);
    if (image === null) throw new Error('no image');
    const { record, thumb, alt } = toSeenRecord(image);
    expect(record).toMatchObject({
      ...{
        ref: 'astrobin:h00003',
        archive: 'astrobin',
        id: 'h00003',
        kind: 'image',
        credit: 'bert',
      },
      ...{
        licence: 'CC BY',
        description: 'Clear night & good seeing',
        date: '2012-04-11T00:00:00Z',
      },
      page: 'https://www.astrobin.com/h00003/',
    });
    expect(thumb?.url).toContain('/rawthumb/regular/');
    expect(alt).toBe('Frame 3');
    expect(creditLineOf(record)).toBe('bert, “Frame 3”, AstroBin h00003, CC BY');
    const bare = toImage({ hash: 'abc123', url_regular: row['url_regular'] }, base);
    if (bare === null) throw new Error('no image');
    const seen = toSeenRecord(bare);
    expect(seen.record.preview).toContain('/regular/');
    expect(creditLineOf(seen.record)).toBe('Unknown, AstroBin abc123, No licence stated');
  });

  test('one that is none spoils no other', () => {
    const list = readList({ meta: { total_count: '3' }, objects: [row, null, {}, 'x', row] });
    expect(list).toMatchObject({ total: 3, unreadable: 2 });
    expect(mapRows(list, (one) => toImage(one, base))).toMatchObject({ unreadable: 3 });
  });
});

describe('the others', () => {
  test('without what names them are none', () => {
    expect(toRevision({ title: 'x' }, base)).toBeNull();
    expect(toPick({ image: '/api/v1/image/1/' })).toBeNull();
    expect(toUser({ id: 1 }, base)).toBeNull();
    expect(toUser({ username: 'x' }, base)).toBeNull();
    expect(toCollection({ name: 'x' })).toBeNull();
    expect(toPlace({ name: 'x' })).toBeNull();
  });

  test('a top pick has a moment, an image of the day a day', () => {
    const image = '/api/v1/image/yx76x9';
    expect(toPick({ date: '2022-02-03T22:06:41', image })).toEqual({
      ...{ date: '2022-02-03T22:06:41Z', image: 'astrobin:yx76x9', runnersUp: [] },
    });
    expect(toPick({ date: '2022-02-28', image: 5 })?.image).toBeNull();
  });

  test.each([
    ['a.example', 'https://a.example/'],
    ['http://a.example/x', 'https://a.example/x'],
    ['javascript:alert(1)', null],
    ['', null],
  ])('the website %s', (website, url) => {
    expect(toUser({ id: 1, username: 'x', website }, base)?.website).toBe(url);
  });
});

describe('bodies', () => {
  const xml = (text: string) =>
    readBody(Buffer.from(`<?xml version='1.0'?>${text}`), 'application/xml');

  test('XML is the same value as JSON', () => {
    expect(
      xml(
        `<response><meta type="hash"><limit type="integer">1</limit><next type="null"/></meta><objects type="list"><object><a type="boolean">True</a><b type="float">1.5</b><c>x &amp; y</c><d type="list"><value>1</value></d><e/><f type="hash"/></object></objects></response>`,
      ),
    ).toEqual({
      meta: { limit: 1, next: null },
      objects: [{ a: true, b: 1.5, c: 'x & y', d: ['1'], e: '', f: {} }],
    });
  });

  test.each([
    '<response><a></response>',
    '<!DOCTYPE x [<!ENTITY a "b">]><response>&a;</response>',
    `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`,
  ])('%s is refused', (text) => {
    expect(() => xml(text)).toThrow('AstroBin answered with XML');
  });

  test('names that could do harm stay names', () => {
    const value = xml('<response><__proto__><x type="integer">1</x></__proto__></response>');
    expect(({} as { x?: number }).x).toBeUndefined();
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });

  test.each([
    ['', null],
    ['{"error": "a &gt; b"}', 'a > b'],
    ['{"error_message": "Sorry."}', 'Sorry.'],
    ['{"error": ["“x” value has an invalid format."]}', '“x” value has an invalid format.'],
    ['{"error": {"message": "deep"}}', 'deep'],
    ['GET', 'GET'],
    ['<html><title> Not \n found </title></html>', 'Not found'],
    ['<html><body>nothing</body></html>', null],
    ['{broken', '{broken'],
    ['<?xml version="1.0"?><response><error>a &amp;amp; b</error></response>', 'a & b'],
    ['<?xml version="1.0"?><response', null],
  ])('the words of %s', (body, words) => {
    expect(readWords(Buffer.from(body))).toBe(words);
  });
});
