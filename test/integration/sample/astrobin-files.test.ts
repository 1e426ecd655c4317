import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';
import { astrobinAsker } from '#test/support/astrobin-sample.ts';
import type { AstrobinList } from '#test/support/astrobin-sample.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);

interface Image extends Record<string, unknown> {
  id: number;
  hash: string | null;
  title: string;
  w: number;
  h: number;
  subjects: string[];
  revisions: string[];
  solution_status: string;
}

let archive: SampleArchive;
let rows: Image[];
const { json } = astrobinAsker(() => archive.astrobinBase);

beforeAll(async () => {
  archive = await startSampleArchive({ size: 900, seed: 6, workerUrl });
  rows = [];
  for (const offset of [0, 25, 50, 75, 100])
    rows.push(...(await json<AstrobinList<Image>>('/image/', `limit=25&offset=${offset}`)).objects);
});

afterAll(() => archive.close());

const visit = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { redirect: 'manual', ...init });

/** The file that an address of a rendition leads to, past the placeholder of a thumbnail that is being made. */
async function fileAt(url: string): Promise<string> {
  const [first, second] = [await visit(url), await visit(url)];
  expect([first.status, second.status]).toEqual([302, 302]);
  return new URL(second.headers.get('location') ?? '', url).href;
}

async function pixelsOf(url: string): Promise<{ width: number; height: number; format: string }> {
  const answer = await fetch(url);
  expect(answer.status, url).toBe(200);
  const { width, height, format } = await sharp(await answer.arrayBuffer()).metadata();
  expect(answer.headers.get('content-type')).toBe(`image/${format}`);
  return { width, height, format };
}

const solved = (): Image => rows.find((row) => row.solution_status === 'ADVANCED_SUCCESS') as Image;

describe('redirects', () => {
  test('lead from an image to its file, and without the last slash there first', async () => {
    const [row] = rows;
    const url = String(row?.['url_regular']);
    expect(url).toBe(`${archive.astrobinBase}/${row?.hash ?? ''}/0/rawthumb/regular/`);
    const bare = await visit(url.slice(0, -1));
    expect([bare.status, bare.headers.get('location')]).toEqual([301, new URL(url).pathname]);
    expect(new URL(await fileAt(url)).pathname).toBe(
      `/astrobin/cdn/thumbs/${row?.hash ?? ''}_0_regular.jpg`,
    );
  });

  test('are nowhere for what there is not', async () => {
    const [row] = rows;
    for (const path of [
      `/${row?.hash ?? ''}/0/rawthumb/enormous/`,
      `/${row?.hash ?? ''}/Z/rawthumb/thumb/`,
      `/${row?.id ?? 0}/0/rawthumb/thumb/`,
      '/zzzzzz/0/rawthumb/thumb/',
      '/cdn/thumbs/zzzzzz_0_thumb.jpg',
      `/cdn/thumbs/${row?.hash ?? ''}_0_thumb.png`,
    ])
      expect((await visit(archive.astrobinBase + path)).status, path).toBe(404);
  });

  test('lead to a placeholder now and then, the first time', async () => {
    let waited = 0;
    for (const row of rows) {
      const url = String(row['url_gallery']);
      const first = (await visit(url)).headers.get('location') ?? '';
      const second = (await visit(url)).headers.get('location') ?? '';
      expect(second).toMatch(/\/cdn\/thumbs\//);
      if (first.includes('/placeholders/')) waited += 1;
    }
    expect(waited).toBeGreaterThan(0);
    expect(waited).toBeLessThan(rows.length / 5);
    const { format } = await pixelsOf(`${archive.astrobinBase}/cdn/placeholders/gallery.png`);
    expect(format).toBe('png');
  });
});

describe('files', () => {
  test('have the pixels that are stated', async () => {
    const [row] = rows.filter(({ w }) => w > 620).sort((a, b) => a.w * a.h - b.w * b.h) as [Image];
    const sizeOf = async (alias: string): Promise<[number, number]> => {
      const { width, height } = await pixelsOf(await fileAt(String(row[`url_${alias}`])));
      return [width, height];
    };
    expect(await sizeOf('thumb')).toEqual([80, 80]);
    expect(await sizeOf('gallery')).toEqual([130, 130]);
    expect(await sizeOf('duckduckgo')).toEqual([250, 200]);
    expect(await sizeOf('duckduckgo_small')).toEqual([113, 90]);
    expect(await sizeOf('histogram')).toEqual([274, 120]);
    expect(await sizeOf('regular')).toEqual([620, Math.round((row.h * 620) / row.w)]);
    // Nothing is enlarged: this one is smaller than hd would be.
    expect(await sizeOf('hd')).toEqual([row.w, row.h]);
  });

  test('of a solved image show its solution and where it lies', async () => {
    const row = solved();
    const solution = await pixelsOf(String(row['url_solution']));
    expect(solution.format).toBe('jpeg');
    expect(Math.max(solution.width, solution.height)).toBeLessThanOrEqual(1024);
    expect(await pixelsOf(String(row['url_skyplot']))).toMatchObject({ width: 300, format: 'png' });
    expect(await pixelsOf(String(row['url_advanced_skyplot']))).toMatchObject({ width: 1000 });
    expect(await pixelsOf(String(row['url_advanced_skyplot_small']))).toMatchObject({ width: 300 });
    const svg = await fetch(String(row['url_advanced_solution']));
    expect(svg.headers.get('content-type')).toBe('image/svg+xml');
    expect(await svg.text()).toMatch(/^<svg .*<path /);
  });

  test('a solution is painted over the picture itself', async () => {
    const row = rows.find(({ w, solution_status: s }) => w < 1600 && s === 'SUCCESS') as Image;
    const raw = async (url: string): Promise<Buffer> =>
      sharp(await (await fetch(url)).arrayBuffer())
        .resize(96, 64, { fit: 'fill' })
        .raw()
        .toBuffer();
    const plain = await raw(await fileAt(String(row['url_regular'])));
    const over = await raw(String(row['url_solution']));
    const apart = plain.reduce((sum, value, at) => sum + Math.abs(value - (over[at] ?? 0)), 0);
    expect(apart / plain.length).toBeGreaterThan(0.5);
    expect(apart / plain.length).toBeLessThan(25);
  });

  test('of a revision differ from the first state where it was reprocessed', async () => {
    const row = rows.find(
      ({ revisions, title }) => revisions.length > 0 && title.includes('Nebula'),
    ) as Image;
    const path = (row.revisions[0] ?? '').replace('/api/v1', '');
    const revision = await json<Record<string, unknown>>(path);
    const file = await fileAt(String(revision['url_duckduckgo_small']));
    expect(file).toMatch(/_B_duckduckgo_small\.jpg$/);
    const before = await fileAt(String(row['url_duckduckgo_small']));
    const [own, first] = await Promise.all(
      [file, before].map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())),
    );
    expect(own?.equals(first ?? Buffer.alloc(0))).toBe(false);
  });

  test('are served with ranges, validators and HEAD', async () => {
    const url = await fileAt(String(rows[3]?.['url_gallery']));
    const whole = await fetch(url);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const head = await fetch(url, { method: 'HEAD' });
    expect(Number(head.headers.get('content-length'))).toBe(bytes.length);
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20));
    const etag = whole.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('users have a picture of their own', async () => {
    const { objects } = await json<AstrobinList>('/userprofile/', 'limit=2');
    const [one, other] = await Promise.all(
      objects.map(async ({ avatar }) =>
        Buffer.from(await (await fetch(String(avatar))).arrayBuffer()),
      ),
    );
    expect(await pixelsOf(String(objects[0]?.['avatar']))).toMatchObject({ width: 200 });
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false);
  });
});
