import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';
import { astrobinAsker, astrobinCredentials } from '#test/support/astrobin-sample.ts';
import type { AstrobinList } from '#test/support/astrobin-sample.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const size = 1200;

interface Image {
  id: number;
  hash: string | null;
  title: string;
  user: string;
  uploaded: string;
  published: string | null;
  w: number;
  h: number;
  description: string;
  subjects: string[];
  is_solved: boolean;
  solution_status: string;
  ra: string | null;
  dec: string | null;
  pixscale: string | null;
  radius: string | null;
  orientation: string | null;
  license: number;
  license_name: string;
  revisions: string[];
  locations: string[];
  likes: number;
  imaging_telescopes: string[];
  data_source: string | null;
  remote_source: string | null;
  url_solution: string | null;
}

let archive: SampleArchive;
const { ask, json, refusal } = astrobinAsker(() => archive.astrobinBase);

/** Every image of the archive, newest first, as its pages give them. */
let all: readonly Image[];

beforeAll(async () => {
  archive = await startSampleArchive({ size, seed: 4, workerUrl });
  all = await everyImage();
});

afterAll(() => archive.close());

const images = (query = ''): Promise<AstrobinList<Image>> => json('/image/', query);
const count = async (query: string): Promise<number> => (await images(query)).meta.total_count;

async function everyImage(query = ''): Promise<Image[]> {
  const first = await images(`limit=25${query}`);
  const rows = [...first.objects];
  while (rows.length < first.meta.total_count) {
    const page = await images(`limit=25&offset=${rows.length}${query}`);
    expect(page.objects.length).toBeGreaterThan(0);
    rows.push(...page.objects);
  }
  return rows;
}

describe('addresses and methods', () => {
  test('the top level needs no key and names eight resources', async () => {
    const answer = await fetch(`${archive.astrobinBase}/api/v1/?format=json`);
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual([
      ...['collection', 'image', 'imageoftheday', 'imagerevision', 'location', 'toppick'],
      ...['toppicknomination', 'userprofile'],
    ]);
    expect(body['image']).toEqual({
      list_endpoint: '/api/v1/image/',
      schema: '/api/v1/image/schema/',
    });
  });

  test('without the one pair of key and secret there is a bare 401', async () => {
    const bad = [
      '',
      'api_key=wrong&api_secret=wrong',
      astrobinCredentials.replace('secret', 'sekret'),
      astrobinCredentials.split('&')[0] ?? '',
    ];
    for (const credentials of bad) {
      for (const path of ['/image/', '/image/schema/', '/image/999999/', '/userprofile/1/']) {
        const answer = await fetch(`${archive.astrobinBase}/api/v1${path}?${credentials}`);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
        expect(await answer.text()).toBe('');
      }
    }
  });

  test('a missing slash is 301 with the query kept, and the way leads on', async () => {
    const moved = await ask('/image', 'limit=1');
    expect(moved.status).toBe(301);
    expect(moved.headers.get('location')).toBe(
      `/astrobin/api/v1/image/?${astrobinCredentials}&format=json&limit=1`,
    );
    expect(moved.text).toBe('');
    const followed = await ask('/image', 'limit=1', { redirect: 'follow' });
    expect(followed.status).toBe(200);
  });

  test('what the service calls itself is answered at the root too', async () => {
    const origin = new URL(archive.astrobinBase).origin;
    const answer = await fetch(`${origin}/api/v1/location/1/?${astrobinCredentials}`);
    expect(answer.status).toBe(200);
  });

  test('other methods than GET are refused, HEAD as well', async () => {
    const post = await ask('/image/', '', { method: 'POST' });
    expect([post.status, post.headers.get('allow'), post.text]).toEqual([405, 'GET', 'GET']);
    const head = await ask('/image/', '', { method: 'HEAD' });
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET']);
  });

  test('an unknown resource is a page, an unknown object nothing at all', async () => {
    const resource = await ask('/nebula/');
    expect([resource.status, resource.type]).toEqual([404, 'text/html; charset=utf-8']);
    expect(resource.text).toContain('<html');
    for (const path of ['/image/zzzzzz/', '/location/9999/', '/collection/0/', '/toppick/x/']) {
      const object = await ask(path);
      expect([object.status, object.type, object.text]).toEqual([
        404,
        'text/html; charset=utf-8',
        '',
      ]);
    }
  });

  test('answers name what they depend on and ask not to be kept', async () => {
    const { headers } = await ask('/image/', 'limit=1');
    expect(headers.get('vary')).toBe('Accept');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect((await ask('/image/', 'limit=-1')).headers.get('vary')).toBe('Accept');
  });

  test('every resource has a schema with its fields', async () => {
    const directory = await json<Record<string, unknown>>('/');
    for (const name of Object.keys(directory)) {
      const schema = await json<{ fields: Record<string, unknown> }>(`/${name}/schema/`);
      const { objects } = await json<AstrobinList>(`/${name}/`, 'limit=1');
      expect(Object.keys(objects[0] ?? {}).sort(), name).toEqual(Object.keys(schema.fields).sort());
    }
  });
});

describe('formats', () => {
  const typed = async (query: string, accept?: string): Promise<string> => {
    const url = `${archive.astrobinBase}/api/v1/location/1/?${astrobinCredentials}${query}`;
    const answer = await fetch(url, accept === undefined ? {} : { headers: { accept } });
    return answer.headers.get('content-type') ?? '';
  };

  test('are chosen by parameter, else by what the client takes, else JSON', async () => {
    expect(await typed('&format=json')).toBe('application/json');
    expect(await typed('&format=xml')).toBe('application/xml; charset=utf-8');
    expect(await typed('&format=yaml')).toBe('text/yaml; charset=utf-8');
    expect(await typed('&format=csv')).toBe('application/json');
    expect(await typed('', '*/*')).toBe('application/json');
    expect(await typed('', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).toBe(
      'application/xml; charset=utf-8',
    );
    expect(await typed('&format=csv', 'application/xml')).toBe('application/xml; charset=utf-8');
    expect(await typed('&callback=f')).toBe('application/json');
  });

  test('XML says types, and YAML the same as JSON', async () => {
    const url = `${archive.astrobinBase}/api/v1/image/?${astrobinCredentials}&limit=3`;
    const listed = (await images('limit=3')).objects;
    const xml = await (await fetch(`${url}&format=xml`)).text();
    expect(xml).toMatch(
      /^<\?xml version='1\.0' encoding='utf-8'\?>\n<response><meta type="hash"><limit type="integer">3<\/limit>/,
    );
    expect(xml).toContain('<objects type="list"><object><animated type="boolean">False</animated>');
    expect(xml).toMatch(/<dec type="null"\/>|<dec>-?\d/);
    const ids = [...xml.matchAll(/<id type="integer">(\d+)<\/id>/g)].map(([, id]) => Number(id));
    expect(ids).toEqual(listed.map(({ id }) => id));
    const yaml = parse(await (await fetch(`${url}&format=yaml`)).text()) as AstrobinList<Image>;
    expect(yaml.objects.map(({ title }) => title)).toEqual(listed.map(({ title }) => title));
    expect(yaml.objects[0]?.subjects).toEqual(listed[0]?.subjects);
  });

  test('refusals come in the format that was asked for', async () => {
    const url = `${archive.astrobinBase}/api/v1/image/?${astrobinCredentials}&limit=abc&format=xml`;
    const answer = await fetch(url);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe(
      "<?xml version='1.0' encoding='utf-8'?>\n<response><error>Invalid limit 'abc' provided. Please provide a positive integer.</error></response>",
    );
  });
});

describe('paging', () => {
  test('gives 20 unless told, never more than 25', async () => {
    const lengths = [];
    for (const query of ['', 'limit=0', 'limit=100', 'limit=26', 'limit=7', 'limit=3&limit=5'])
      lengths.push((await images(query)).objects.length);
    expect(lengths).toEqual([20, 25, 25, 25, 7, 5]);
    expect((await images('limit=0')).meta.limit).toBe(25);
  });

  test('next and previous repeat everything, key and secret too, limit and offset last', async () => {
    const { meta } = await images('bogus=1&limit=3&offset=3&title__icontains=m');
    const repeated = `/api/v1/image/?${astrobinCredentials}&format=json&bogus=1&title__icontains=m`;
    expect(meta.next).toBe(`${repeated}&limit=3&offset=6`);
    expect(meta.previous).toBe(`${repeated}&limit=3&offset=0`);
    expect((await images('offset=1')).meta.previous).toBeNull();
    const beyond = await images('limit=5&offset=5000');
    expect(beyond.objects).toEqual([]);
    expect(beyond.meta).toMatchObject({ next: null, offset: 5000, total_count: size });
    expect(beyond.meta.previous).toMatch(/&limit=5&offset=4995$/);
  });

  test('refuses what is no number, in escaped words', async () => {
    expect(await refusal('/image/', 'limit=-1')).toEqual([
      400,
      "Invalid limit '-1' provided. Please provide a positive integer &gt;= 0.",
    ]);
    expect(await refusal('/location/', 'limit=abc')).toEqual([
      400,
      "Invalid limit 'abc' provided. Please provide a positive integer.",
    ]);
    expect(await refusal('/image/', 'offset=-5')).toEqual([
      400,
      "Invalid offset '-5' provided. Please provide a positive integer &gt;= 0.",
    ]);
    expect(await refusal('/image/', 'offset=<b>')).toEqual([
      400,
      "Invalid offset '&lt;b&gt;' provided. Please provide an integer.",
    ]);
  });
});

describe('an image', () => {
  test('is found by hash; its number is none where it has a hash', async () => {
    const rows = all;
    expect(new Set(rows.map(({ id }) => id)).size).toBe(size);
    const young = rows.find(({ hash }) => hash !== null);
    const old = rows.find(({ hash }) => hash === null);
    expect(young?.hash).toMatch(/^(?!\d{6}$)[a-z0-9]{6}$/);
    expect((await json<Image>(`/image/${young?.hash ?? ''}/`)).id).toBe(young?.id);
    expect((await ask(`/image/${young?.id ?? 0}/`)).status).toBe(404);
    expect((await json<Image>(`/image/${old?.id ?? 0}/`)).title).toBe(old?.title);
    for (const { hash, uploaded } of rows) expect(hash === null).toBe(uploaded < '2019-08');
  });

  test('moments have no zone, and no microseconds where there are none', async () => {
    const rows = all;
    const moments = rows.flatMap(({ uploaded, published }) => [uploaded, published ?? uploaded]);
    expect(moments.every((one) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/.test(one))).toBe(
      true,
    );
    expect(moments.some((one) => !one.includes('.'))).toBe(true);
    expect(rows.some(({ published }) => published === null)).toBe(true);
  });

  test('its solution is of one piece with its pixels', async () => {
    const rows = all;
    for (const row of rows) {
      const { pixscale, radius, ra, dec, w, h, subjects, is_solved: isSolved } = row;
      expect(isSolved).toBe(/^(ADVANCED_.*|SUCCESS)$/.test(row.solution_status));
      if (!isSolved) {
        expect([ra, dec, pixscale, radius, row.url_solution]).toEqual([
          null,
          null,
          null,
          null,
          null,
        ]);
        expect(subjects).toEqual([]);
        continue;
      }
      expect([ra, dec, pixscale, radius, row.orientation].join()).toMatch(
        /^\d+\.\d{3},-?\d+\.\d{3},\d+\.\d{3},\d+\.\d{3},\d+\.\d{3}$/,
      );
      const half = (Math.hypot(w, h) / 2) * (Number(pixscale) / 3600);
      expect(Math.abs(half - Number(radius)) / half).toBeLessThan(0.03);
    }
    const statuses = new Set(rows.map((row) => row.solution_status));
    expect(statuses.size).toBe(7);
    const andromeda = rows.find(
      ({ subjects, pixscale }) => subjects.includes('M 110') && Number(pixscale) < 20,
    );
    expect(andromeda?.subjects.filter((one) => one.startsWith('M '))).toEqual([
      'M 31',
      'M 32',
      'M 110',
    ]);
    expect(Math.abs(Number(andromeda?.ra) - 10.7)).toBeLessThan(1);
    expect(Math.abs(Number(andromeda?.dec) - 41.3)).toBeLessThan(1);
  });

  test('all licences, BBCode and HTML, and lists without order are met', async () => {
    const rows = all;
    expect(new Set(rows.map(({ license }) => license))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    expect(rows.find(({ license }) => license === 2)?.license_name).toBe(
      'ATTRIBUTION_NON_COMMERCIAL',
    );
    expect(rows.some(({ description }) => description.includes('[list][*]'))).toBe(true);
    expect(rows.some(({ description }) => description.startsWith('<p>'))).toBe(true);
    expect(rows.some(({ description }) => description === '')).toBe(true);
    const two = rows.find((row) => row.imaging_telescopes.length === 2);
    const seen = new Set<string>();
    for (let turn = 0; turn < 40 && seen.size < 2; turn += 1) {
      const { objects } = await images(`ids=${two?.id ?? 0}`);
      seen.add((objects[0]?.imaging_telescopes ?? []).join());
    }
    expect(seen.size).toBe(2);
  });

  test('its revisions and places are there, and know it', async () => {
    const rows = all;
    const row = rows.find(
      ({ revisions, locations }) => revisions.length > 1 && locations.length > 0,
    );
    const [first, second] = row?.revisions ?? [];
    const path = (uri: string | undefined): string => (uri ?? '').replace('/api/v1', '');
    const revision = await json<Record<string, unknown>>(path(first));
    expect(revision).toMatchObject({ image: `/api/v1/image/${row?.id ?? 0}/`, label: 'B' });
    const id = row?.hash ?? String(row?.id);
    expect(revision['url_hd_sharpened']).toBe(
      `${archive.astrobinBase}/${id}/B/rawthumb/hd_sharpened/`,
    );
    expect(await json(path(second))).toMatchObject({ label: 'C' });
    const place = await json<Record<string, unknown>>(path(row?.locations[0]));
    expect(place['country']).toMatch(/^[A-Z]{2}$/);
  });

  test('sets give what is there and name what is not', async () => {
    const set = await json<{ objects: Image[]; not_found?: string[] }>('/image/set/1;2/');
    expect(set.objects.map(({ id }) => id)).toEqual([1, 2]);
    expect(set).not.toHaveProperty('not_found');
    const some = await json<{ objects: Image[]; not_found?: string[] }>('/image/set/7;99999;x/');
    expect(some.objects.map(({ id }) => id)).toEqual([7]);
    expect(some.not_found).toEqual(['99999', 'x']);
  });
});

describe('filters of images', () => {
  test('every lookup of texts selects what it says', async () => {
    const rows = all;
    const title = rows[5]?.title ?? '';
    const checks: readonly (readonly [string, (row: Image) => boolean])[] = [
      [`title=${encodeURIComponent(title)}`, (row) => row.title === title],
      [`title__iexact=${encodeURIComponent(title.toUpperCase())}`, (row) => row.title === title],
      ['title__contains=Nebula', (row) => row.title.includes('Nebula')],
      ['title__contains=nebula', (row) => row.title.includes('nebula')],
      ['title__icontains=nebula', (row) => /nebula/i.test(row.title)],
      ['title__startswith=M', (row) => row.title.startsWith('M')],
      ['title__istartswith=m', (row) => /^m/i.test(row.title)],
      ['title__endswith=SHO', (row) => row.title.endsWith('SHO')],
      ['title__iendswith=sho', (row) => /sho$/i.test(row.title)],
      ['title__regex=^NGC%20\\d%2B$', (row) => /^NGC \d+$/.test(row.title)],
      ['title__iregex=^ngc', (row) => /^ngc/i.test(row.title)],
      ['title__gt=S', (row) => row.title > 'S'],
      ['title__lte=IC', (row) => row.title <= 'IC'],
      ['title__range=A,C', (row) => row.title >= 'A' && row.title <= 'C'],
      ['data_source=BACKYARD', (row) => row.data_source === 'BACKYARD'],
      ['data_source__isnull=true', (row) => row.data_source === null],
      ['data_source=none', (row) => row.data_source === null],
      [
        'data_source__in=MIX,OTHER',
        (row) => row.data_source === 'MIX' || row.data_source === 'OTHER',
      ],
      ['remote_source__isnull=False', (row) => row.remote_source !== null],
    ];
    for (const [query, holds] of checks)
      expect(await count(query), query).toBe(rows.filter(holds).length);
  });

  test('every lookup of numbers and moments selects what it says', async () => {
    const rows = all;
    const checks: readonly (readonly [string, (row: Image) => boolean])[] = [
      ['w__gte=3000', (row) => row.w >= 3000],
      ['w__lt=1300&h__gt=1000', (row) => row.w < 1300 && row.h > 1000],
      [`w=${rows[3]?.w ?? 0}`, (row) => row.w === rows[3]?.w],
      ['h__range=900,1100', (row) => row.h >= 900 && row.h <= 1100],
      ['w__startswith=20', (row) => String(row.w).startsWith('20')],
      ['uploaded__gte=2020-02-01', (row) => row.uploaded >= '2020-02-01'],
      [
        'uploaded__gte=2019-03-10%200:00:00&uploaded__lt=2019-05-01T12:30',
        (row) => row.uploaded >= '2019-03-10' && row.uploaded < '2019-05-01T12:30',
      ],
      [
        'uploaded__range=2020-01-01,2020-06-01',
        (row) => row.uploaded >= '2020-01-01' && row.uploaded <= '2020-06-01',
      ],
      ['uploaded__year=2018', (row) => row.uploaded.startsWith('2018')],
      ['uploaded__month=7', (row) => row.uploaded.slice(5, 7) === '07'],
      [
        `uploaded__date=${rows[9]?.uploaded.slice(0, 10) ?? ''}`,
        (row) => row.uploaded.slice(0, 10) === rows[9]?.uploaded.slice(0, 10),
      ],
      [`uploaded=${rows[9]?.uploaded ?? ''}`, (row) => row.uploaded === rows[9]?.uploaded],
      ['uploaded__startswith=2021-0', (row) => row.uploaded.startsWith('2021-0')],
      ['published__isnull=true', (row) => row.published === null],
      ['published__lt=2014-01-01', (row) => row.published !== null && row.published < '2014'],
    ];
    for (const [query, holds] of checks)
      expect(await count(query), query).toBe(rows.filter(holds).length);
  });

  test('three lookups of descriptions see BBCode, the others the old column alone', async () => {
    const rows = all;
    const holds = (text: string): number =>
      rows.filter(({ description }) => description.includes(text)).length;
    expect(await count('description__contains=Equipment')).toBe(holds('Equipment'));
    expect(await count('description__icontains=EQUIPMENT')).toBe(holds('Equipment'));
    const bbcode = rows.find(({ description }) => description.includes('[b]'))?.description ?? '';
    expect(await count(`description=${encodeURIComponent(bbcode)}`)).toBeGreaterThan(0);
    expect(await count('description__startswith=%3Cp%3E')).toBe(
      rows.filter(({ description }) => description.startsWith('<p>')).length,
    );
    expect(await count('description__regex=\\[b\\]')).toBe(0);
  });

  test('users are exact, numbers are numbers, and subjects are parts of names', async () => {
    const [row] = (await images('limit=1')).objects;
    const user = row?.user ?? '';
    expect(await count(`user=${user}`)).toBeGreaterThan(0);
    expect(await count(`user=${user.toUpperCase()}`)).toBe(0);
    expect(await count('user=')).toBe(0);
    expect((await images('ids=3,1,2,99999')).objects.map(({ id }) => id)).toEqual([3, 2, 1]);
    const holding = (text: string): Image[] =>
      all.filter(({ subjects }) => subjects.some((one) => one.toLowerCase().includes(text)));
    for (const [asked, text] of [
      ['M31', 'm 31'],
      ['m81', 'm 81'],
      ['NGC7000', 'ngc 7000'],
      ['horsehead', 'horsehead'],
      ['IC%20434', 'ic 434'],
    ] as const)
      expect(await count(`subjects=${asked}`), asked).toBe(Math.min(100, holding(text).length));
    // M 3 is a part of M 31 and M 33 too.
    const part = await everyImage('&subjects=M3');
    expect(part.some(({ subjects }) => subjects.includes('M 31'))).toBe(true);
    expect(part).toHaveLength(Math.min(100, holding('m 3').length));
  });

  test('the hundred of a subject are chosen before anything else is looked at', async () => {
    const found = await everyImage('&subjects=NGC');
    expect(found).toHaveLength(100);
    const holding = all.filter(({ subjects }) => subjects.some((one) => one.includes('NGC')));
    expect(holding.length).toBeGreaterThan(300);
    for (const year of ['2012', '2016', '2025']) {
      const ofYear = (rows: readonly Image[]): number =>
        rows.filter(({ uploaded }) => uploaded.startsWith(year)).length;
      expect(await count(`subjects=NGC&uploaded__year=${year}`)).toBe(ofYear(found));
    }
    expect(await count('subjects=NGC&uploaded__year=2025')).toBe(0);
    // Numbers and subjects both name images by number: the later of them stands.
    expect(await count('subjects=NGC&ids=1,2')).toBe(2);
    expect(await count('ids=1,2&subjects=NGC')).toBe(100);
  });

  test('names that are none are passed over without a word', async () => {
    expect(await count('titel__icontains=nothing')).toBe(size);
    expect(await count('title__icontains=zzzz')).toBe(0);
  });

  test('are refused in the words of the framework', async () => {
    const refused: readonly (readonly [string, string])[] = [
      ['hash=abcdef', "The 'hash' field does not allow filtering."],
      ['id=3', "The 'id' field does not allow filtering."],
      ['license=0', "The 'license' field does not allow filtering."],
      ['is_solved=true', "The 'is_solved' field is not a valid field name"],
      ['imaging_telescopes=x', "The 'imaging_telescopes' field is not a valid field name"],
      ['imaging_cameras__icontains=x', "The 'imaging_cameras' field is not a valid field name"],
      ['user__username=x', "The 'user' field is not a valid field name"],
      ['subjects__icontains=x', "The 'subjects' field is not a valid field name"],
      ['title__foo=x', "The 'title' field does not support relations."],
      ['w=abc', 'Invalid resource lookup data provided (mismatched type).'],
      ['ids=1,x', 'Invalid resource lookup data provided (mismatched type).'],
      [
        'uploaded__gte=yesterday',
        "['“yesterday” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.']",
      ],
      [
        'uploaded__gte=2020-13-01',
        "['“2020-13-01” value has the correct format (YYYY-MM-DD) but it is an invalid date.']",
      ],
      ['order_by=w', "The 'w' field does not allow ordering."],
      ['order_by=-zzz', "No matching 'zzz' field for ordering on."],
      ['order_by=', "No matching '' field for ordering on."],
      ['order_by=%3Cb%3E', "No matching '&lt;b&gt;' field for ordering on."],
    ];
    for (const [query, words] of refused)
      expect(await refusal('/image/', query), query).toEqual([400, words]);
    expect(await refusal('/image/', 'title__regex=(')).toEqual([
      500,
      'Sorry, this request could not be processed. Please try again later.',
    ]);
  });
});

describe('the order of images', () => {
  const late = 'uploaded__gte=2024-03-01';
  const column = async (order: string, field: 'uploaded' | 'published' | 'title') =>
    (await everyImage(`&${late}&${order}`)).map((row) => row[field] ?? '');
  const padded = (moment: string): string => (moment === '' ? '9' : moment.padEnd(26, '.000000'));
  const rising = (texts: readonly string[]): string[] =>
    texts.toSorted((a, b) => (padded(a) < padded(b) ? -1 : a === b ? 0 : 1));

  test('is newest first unless told, and follows order_by', async () => {
    const uploaded = await column('', 'uploaded');
    expect(uploaded.length).toBeGreaterThan(100);
    expect(uploaded).toEqual(rising(uploaded).reverse());
    expect(await column('order_by=uploaded', 'uploaded')).toEqual(uploaded.toReversed());
    expect(await column('order_by=-uploaded', 'uploaded')).toEqual(uploaded);
    const published = await column('order_by=published', 'published');
    expect(published).toEqual(rising(published));
    expect(published).not.toEqual(uploaded.toReversed());
    const titles = await column('order_by=-title', 'title');
    expect(titles).toEqual(titles.toSorted().reverse());
  });

  test('puts what was never published last, or first when it falls', async () => {
    const [newest] = (await images('order_by=-published&limit=1')).objects;
    expect(newest?.published).toBeNull();
    const { objects } = await images(`order_by=published&limit=1&offset=${size - 1}`);
    expect(objects[0]?.published).toBeNull();
  });

  test('may be given more than once', async () => {
    const both = await everyImage(`&${late}&order_by=title&order_by=-uploaded`);
    let equal = 0;
    for (const [at, row] of both.entries()) {
      const next = both[at + 1];
      if (next === undefined) continue;
      expect(row.title <= next.title).toBe(true);
      if (next.title !== row.title) continue;
      equal += 1;
      expect(next.uploaded < row.uploaded).toBe(true);
    }
    expect(equal).toBeGreaterThan(0);
  });
});

describe('images of the day, picks, collections, users', () => {
  interface Day {
    date: string;
    image: string;
    runnerup_1: string | null;
  }

  test('there is one for every day since 2013, today first, by hash and without a slash', async () => {
    const { meta, objects } = await json<AstrobinList<Day>>('/imageoftheday/', 'limit=25');
    const today = new Date().toISOString().slice(0, 10);
    expect([today, objects[1]?.date]).toContain(objects[0]?.date);
    expect(meta.total_count).toBe(
      Math.round((Date.parse(objects[0]?.date ?? '') - Date.UTC(2013, 0, 1)) / 86_400_000) + 1,
    );
    const runnersUp = objects.flatMap((one) => one.runnerup_1 ?? []);
    expect(runnersUp.every((uri) => /^\/api\/v1\/image\/\d+\/$/.test(uri))).toBe(true);
    expect((await ask((runnersUp[0] ?? '').replace('/api/v1', ''))).status).toBe(404);
    for (const { image, date } of objects.slice(0, 5)) {
      expect(image).toMatch(/^\/api\/v1\/image\/[a-z0-9]{6}$/);
      const path = image.replace('/api/v1', '');
      expect((await ask(path)).status).toBe(301);
      expect((await json<Image>(`${path}/`)).uploaded < date).toBe(true);
    }
    const last = await json<AstrobinList<Day>>('/imageoftheday/', `offset=${meta.total_count - 1}`);
    expect(last.objects[0]?.date).toBe('2013-01-01');
    expect(last.objects[0]?.image).toMatch(/^\/api\/v1\/image\/\d+$/);
  });

  test('none of them is filtered or sorted by', async () => {
    expect(await refusal('/imageoftheday/', 'date=2020-01-01')).toEqual([
      400,
      "The 'date' field does not allow filtering.",
    ]);
    expect(await refusal('/imageoftheday/', 'order_by=date')).toEqual([
      400,
      "The 'date' field does not allow ordering.",
    ]);
    expect((await refusal('/toppick/', 'image=1'))[0]).toBe(400);
    expect((await refusal('/location/', 'country=CH'))[0]).toBe(400);
    expect((await refusal('/imagerevision/', 'label=B'))[0]).toBe(400);
  });

  test('a top pick is dated as its image was published', async () => {
    for (const name of ['toppick', 'toppicknomination']) {
      const { meta, objects } = await json<AstrobinList<Day>>(`/${name}/`, 'limit=5');
      expect(meta.total_count).toBe(name === 'toppick' ? size / 50 : size / 10);
      for (const { date, image } of objects) {
        const { published } = await json<Image>(`${image.replace('/api/v1', '')}/`);
        expect(date).toBe(published);
      }
    }
  });

  test('collections hold images of their user, and are filtered by user, name and description', async () => {
    interface Row {
      id: number;
      name: string;
      user: string;
      description: string;
      date_created: string;
      images: string[];
    }
    const { meta, objects } = await json<AstrobinList<Row>>('/collection/', 'limit=25');
    const one = objects.find((row) => row.images.length > 1);
    expect(one?.date_created).toMatch(/^\d{4}-\d\d-\d\d$/);
    const image = await json<Image>(`${(one?.images[0] ?? '').replace('/api/v1', '')}/`);
    expect(image.user).toBe(one?.user);
    const by = (query: string): Promise<AstrobinList<Row>> => json('/collection/', query);
    expect((await by(`user=${one?.user ?? ''}`)).objects.map(({ id }) => id)).toEqual([one?.id]);
    expect(
      (await by('name__icontains=NEBULA')).objects.every(({ name }) => name === 'Nebulae'),
    ).toBe(true);
    expect((await by('description=All')).meta.total_count).toBeLessThan(meta.total_count);
    expect(await refusal('/collection/', 'order_by=-date_created')).toEqual([
      400,
      "The 'date_created' field does not allow ordering.",
    ]);
    expect((await refusal('/collection/', 'user__username=x'))[0]).toBe(400);
  });

  test('users are found by exact name, and their numbers are true', async () => {
    const { objects } = await images('limit=25');
    for (const name of new Set(objects.slice(0, 6).map(({ user }) => user))) {
      const found = await json<AstrobinList>('/userprofile/', `username=${name}`);
      expect(found.meta.total_count).toBe(1);
      const [profile] = found.objects;
      const own = await everyImage(`&user=${name}`);
      expect(profile?.['image_count']).toBe(own.length);
      expect(profile?.['received_likes_count']).toBe(own.reduce((sum, row) => sum + row.likes, 0));
      expect(await json(`/userprofile/${String(profile?.['id'])}/`)).toEqual(profile);
      expect(profile?.['timezone']).toBe('Etc/GMT');
    }
    expect((await json<AstrobinList>('/userprofile/', 'username=nobody')).meta.total_count).toBe(0);
    expect((await refusal('/userprofile/', 'username__icontains=a'))[0]).toBe(400);
    expect(await refusal('/userprofile/', 'order_by=date_joined')).toEqual([
      400,
      "The 'date_joined' field does not allow ordering.",
    ]);
  });

  test('all users together have all images', async () => {
    const first = await json<AstrobinList<{ image_count: number }>>('/userprofile/', 'limit=25');
    const rows = [...first.objects];
    while (rows.length < first.meta.total_count)
      rows.push(
        ...(
          await json<AstrobinList<{ image_count: number }>>(
            '/userprofile/',
            `limit=25&offset=${rows.length}`,
          )
        ).objects,
      );
    expect(rows.reduce((sum, row) => sum + row.image_count, 0)).toBe(size);
  });
});
