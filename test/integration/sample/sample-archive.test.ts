import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileName } from '#main/sample/files.ts';
import type { SampleFile } from '#main/sample/files.ts';
import { recordAt } from '#main/sample/record.ts';
import type { SampleRecord } from '#main/sample/record.ts';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const seed = 5;
const size = 30_000;

interface Link {
  href: string;
  rel: string;
  render?: string;
  width?: number;
  height?: number;
  size?: number;
}
interface Item {
  href: string;
  data: [Record<string, unknown> & { nasa_id: string; title: string }];
  links?: Link[];
}
interface Envelope {
  collection: {
    version: string;
    href: string;
    items: Item[];
    metadata: { total_hits: number };
    links?: { rel: string; prompt: string; href: string }[];
  };
}

let archive: SampleArchive;
let base = '';

beforeAll(async () => {
  archive = await startSampleArchive({ size, seed, workerUrl });
  base = archive.nasaImagesApi;
});

afterAll(() => archive.close());

async function getJson<T>(path: string): Promise<{ status: number; body: T; headers: Headers }> {
  const answer = await fetch(`${base}${path}`);
  return { status: answer.status, body: (await answer.json()) as T, headers: answer.headers };
}

async function search(query: string): Promise<Envelope['collection']> {
  const { status, body } = await getJson<Envelope>(`/search?${query}`);
  expect(status).toBe(200);
  return body.collection;
}

function findRecord(test: (record: SampleRecord) => boolean): SampleRecord {
  for (let at = 0; at < size; at += 1) {
    const record = recordAt(seed, at);
    if (test(record)) return record;
  }
  throw new Error('No record like that');
}

function addressOf(record: SampleRecord, name: string): string {
  const segments = ['assets', record.media, record.nasaId, name].map(encodeURIComponent);
  return `${base}/${segments.join('/')}`;
}

describe('/search', () => {
  test('gives a page, counts all, and links to the next with http and plus signs', async () => {
    const first = await search('q=milky%20way&page_size=10');
    expect(first.version).toBe('1.1');
    expect(first.items).toHaveLength(10);
    expect(first.metadata.total_hits).toBeGreaterThan(1000);
    expect(first.href).toBe(`${base}/search?q=milky+way&page_size=10`);
    expect(first.links).toEqual([
      { rel: 'next', prompt: 'Next', href: `${base}/search?q=milky+way&page_size=10&page=2` },
    ]);
    const second = await search('q=milky+way&page_size=10&page=2');
    expect(second.links?.map((link) => link.rel)).toEqual(['prev', 'next']);
    const ids = (page: Envelope['collection']) => page.items.map((item) => item.data[0].nasa_id);
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(20);
  });

  test('has no links key on the only page, nor for no hits', async () => {
    const one = await search('nasa_id=nothing-like-it');
    expect([one.items, one.metadata.total_hits, 'links' in one]).toEqual([[], 0, false]);
    const few = await search('q=curtains&media_type=audio&page_size=100');
    expect(few.items.length).toBe(few.metadata.total_hits);
    expect(few.items.length).toBeGreaterThan(0);
    expect('links' in few).toBe(false);
  });

  test('stops at 10,000 though it counts further and the last page links on', async () => {
    const last = await search('q=star&page_size=100&page=100');
    expect(last.metadata.total_hits).toBeGreaterThan(10_000);
    expect(last.items).toHaveLength(100);
    expect(last.links?.at(-1)?.rel).toBe('next');
    for (const query of [
      'q=star&page=101',
      'q=star&page_size=3000&page=4',
      'q=star&page_size=10001',
    ]) {
      const beyond = await getJson<{ reason: string }>(`/search?${query}`);
      expect([beyond.status, Object.keys(beyond.body)]).toEqual([400, ['reason']]);
    }
  });

  test('refuses a search for nothing, and parameters that are no numbers', async () => {
    for (const query of [
      '',
      'unknown=1',
      'q=x&page=0',
      'q=x&page=two',
      'q=x&page_size=-1',
      'year_end=soon',
    ]) {
      const { status, body } = await getJson<{ reason: string }>(`/search?${query}`);
      expect([query, status, typeof body.reason]).toEqual([query, 400, 'string']);
    }
  });

  test('lists what the record is, its files by their exact pixels and rounded bytes', async () => {
    const page = await search('media_type=image&page_size=60');
    for (const item of page.items) {
      const digits = /\d{7}/.exec(item.data[0].nasa_id)?.[0];
      const record = recordAt(seed, Number(digits) - 1);
      expect(item.data[0].title).toBe(record.title);
      expect(item.href).toBe(`${base}/assets/image/${record.nasaId}/collection.json`);
      for (const link of item.links ?? []) {
        const file = record.files.find((one) => link.href.endsWith(`/${fileName(record, one)}`));
        if (link.size === undefined) continue;
        expect([link.width, link.height]).toEqual([file?.width, file?.height]);
        const real = file?.sizeBytes ?? 0;
        expect(Math.abs(link.size - real)).toBeLessThanOrEqual(real >= 1_000_000 ? 50_000 : 500);
      }
    }
  });

  test('can be asked again with its validator', async () => {
    const first = await fetch(`${base}/search?q=sun`);
    expect(first.headers.get('cache-control')).toBe('public, max-age=300, s-maxage=600');
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(`${base}/search?q=sun`, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});

test('API 1.0 has previews only, without sizes', async () => {
  const old = await startSampleArchive({ size: 500, seed, workerUrl, dialect: '1.0' });
  try {
    const answer = await fetch(`${old.nasaImagesApi}/search?q=`);
    const { collection } = (await answer.json()) as Envelope;
    expect(collection.version).toBe('1.0');
    const links = collection.items.flatMap((item) => item.links ?? []);
    expect(new Set(links.map((link) => link.rel))).toEqual(new Set(['preview', 'captions']));
    expect(links.every((link) => link.size === undefined && link.width === undefined)).toBe(true);
  } finally {
    await old.close();
  }
});

test('albums: case counts, 100 a page, 404 beyond', async () => {
  const first = await getJson<Envelope>('/album/HST?page_size=7');
  expect(first.body.collection.items).toHaveLength(100);
  expect(
    first.body.collection.items.every((item) => (item.data[0]['album'] as string[])[0] === 'HST'),
  ).toBe(true);
  const pages = Math.ceil(first.body.collection.metadata.total_hits / 100);
  const last = await getJson<Envelope>(`/album/HST?page=${pages}`);
  expect(last.body.collection.links?.map((link) => link.rel)).toEqual(['prev']);
  const beyond = await getJson(`/album/HST?page=${pages + 1}`);
  expect([beyond.status, beyond.body]).toEqual([
    404,
    { reason: `No assets found for album="HST" page=${pages + 1}` },
  ]);
  const wrong = await getJson('/album/hst');
  expect([wrong.status, wrong.body]).toEqual([
    404,
    { reason: 'No assets found for album="hst" page=1' },
  ]);
});

test('assets, metadata and captions by identifier, however strange it is', async () => {
  for (const mark of [' ', ',', "'", '’', '&', '%', '#', '(']) {
    const record = findRecord((one) => one.nasaId.includes(mark));
    const id = encodeURIComponent(record.nasaId);
    const asset = await getJson<Envelope>(`/asset/${id}`);
    const listed = asset.body.collection.items.map((item) => item.href);
    expect(listed).toHaveLength(record.files.length + 1);
    expect(
      listed.every((href) => href.startsWith(`${base}/assets/${record.media}/${record.nasaId}/`)),
    ).toBe(true);
    const manifest = await fetch(addressOf(record, 'collection.json'));
    expect(await manifest.json()).toEqual(listed);
    const { body } = await getJson<{ location: string }>(`/metadata/${id}`);
    expect(body.location).toBe(`${base}/assets/${record.media}/${record.nasaId}/metadata.json`);
    const metadata = await fetch(addressOf(record, 'metadata.json'));
    expect(JSON.stringify(await metadata.json())).toContain(JSON.stringify(record.nasaId));
  }
  expect((await getJson('/asset/PIA24439')).status).toBe(404);
});

test('captions: of a film that has some, of one that has none, of an image', async () => {
  const film = findRecord((one) => one.files.some((file) => file.extension === 'srt'));
  const { body } = await getJson<{ location: string }>(
    `/captions/${encodeURIComponent(film.nasaId)}`,
  );
  expect(body.location).toBe(`${base}/assets/video/${film.nasaId}/${film.nasaId}.srt`);
  const text = await (await fetch(addressOf(film, `${film.nasaId}.srt`))).text();
  expect(text).toContain(' --> ');
  const silent = findRecord(
    (one) => one.media === 'video' && one.files.every((file) => file.rel !== 'captions'),
  );
  expect((await getJson(`/captions/${encodeURIComponent(silent.nasaId)}`)).status).toBe(404);
  const image = findRecord((one) => one.media === 'image');
  expect((await getJson(`/captions/${encodeURIComponent(image.nasaId)}`)).status).toBe(400);
});

describe('files', () => {
  const smallest = (record: SampleRecord): SampleFile => {
    const file = record.files.find((one) => one.name === 'thumb');
    if (file === undefined) throw new Error('No preview');
    return file;
  };

  test('are as large, in bytes and pixels, as was promised, and never change', async () => {
    const record = findRecord((one) => one.media === 'image' && one.hasLinks);
    const file = smallest(record);
    const url = addressOf(record, fileName(record, file));
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(file.sizeBytes));
    const answer = await fetch(url);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBe(file.sizeBytes);
    expect(answer.headers.get('etag')).toBe(head.headers.get('etag'));
    const { width, height, format } = await sharp(bytes).metadata();
    expect([width, height, format]).toEqual([file.width, file.height, 'jpeg']);

    const other = await startSampleArchive({ size, seed, workerUrl });
    const again = await fetch(url.replace(base, other.nasaImagesApi));
    expect(Buffer.compare(Buffer.from(await again.arrayBuffer()), bytes)).toBe(0);
    await other.close();
  });

  test('serve ranges, and the whole when the validator is another', async () => {
    const record = findRecord((one) => one.media === 'image' && one.index > 10);
    const url = addressOf(record, fileName(record, smallest(record)));
    const whole = await fetch(url);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get('etag') ?? '';
    const ask = (headers: Record<string, string>) => fetch(url, { headers });
    const part = await ask({ range: 'bytes=100-199', 'if-range': etag });
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 100-199/${bytes.length}`,
    ]);
    expect(Buffer.compare(Buffer.from(await part.arrayBuffer()), bytes.subarray(100, 200))).toBe(0);
    expect((await ask({ range: 'bytes=100-199', 'if-range': '"other"' })).status).toBe(200);
    const beyond = await ask({ range: `bytes=${bytes.length}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([
      416,
      `bytes */${bytes.length}`,
    ]);
    expect((await ask({ 'if-none-match': etag })).status).toBe(304);
    const modified = whole.headers.get('last-modified') ?? '';
    expect((await ask({ 'if-modified-since': modified })).status).toBe(304);
  });

  test('of every format can be read', async () => {
    for (const extension of ['png', 'tif', 'wav'] as const) {
      const record = findRecord((one) =>
        one.files.some((file) => file.name === 'orig' && file.extension === extension),
      );
      const file = record.files.find((one) => one.name === 'orig');
      const bytes = Buffer.from(
        await (await fetch(addressOf(record, `${record.nasaId}~orig.${extension}`))).arrayBuffer(),
      );
      expect(bytes.length).toBe(file?.sizeBytes);
      if (extension === 'wav') continue;
      const { width, height } = await sharp(bytes).metadata();
      expect([width, height]).toEqual([file?.width, file?.height]);
    }
  }, 90_000);

  test('that are not there are refused as the archive’s store refuses them', async () => {
    const record = findRecord((one) => one.media === 'image');
    for (const url of [
      addressOf(record, `${record.nasaId}~huge.jpg`),
      addressOf(record, `${record.nasaId}~orig.mp4`),
      `${base}/assets/image/PIA24439/PIA24439~orig.jpg`,
      `${base}/assets/audio/${encodeURIComponent(record.nasaId)}/${encodeURIComponent(record.nasaId)}~thumb.jpg`,
    ]) {
      expect((await fetch(url)).status).toBe(403);
    }
  });

  test('do not keep searches waiting while an original is drawn', async () => {
    const record = findRecord((one) =>
      one.files.some(
        (file) =>
          file.name === 'orig' &&
          file.extension === 'jpg' &&
          Math.max(file.width, file.height) === 2560,
      ),
    );
    const done: string[] = [];
    const original = fetch(addressOf(record, `${record.nasaId}~orig.jpg`)).then(async (answer) => {
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0);
      done.push('original');
    });
    await search('q=nebula&page=3');
    const other = findRecord((one) => one.media === 'image' && one.index > 400);
    expect((await fetch(addressOf(other, fileName(other, smallest(other))))).status).toBe(200);
    done.push('search and preview');
    await original;
    expect(done).toEqual(['search and preview', 'original']);
  }, 90_000);
});

describe('start and end', () => {
  test('closing frees the port, and may be asked twice', async () => {
    const one = await startSampleArchive({ size: 10, seed, workerUrl });
    expect((await fetch(`${one.nasaImagesApi}/search?q=`)).status).toBe(200);
    await Promise.all([one.close(), one.close()]);
    await expect(fetch(`${one.nasaImagesApi}/search?q=`)).rejects.toThrow();
  });

  test('an aborted start and an impossible size are refused', async () => {
    const signal = AbortSignal.abort(new Error('not now'));
    await expect(startSampleArchive({ size: 10, seed, workerUrl, signal })).rejects.toThrow(
      'not now',
    );
    await expect(startSampleArchive({ size: 0, seed, workerUrl })).rejects.toThrow(RangeError);
  });

  test('a million records answer as ten do', async () => {
    const many = await startSampleArchive({ size: 1_000_000, seed, workerUrl });
    try {
      const answer = await fetch(`${many.nasaImagesApi}/search?q=mars&page_size=100&page=100`);
      const { collection } = (await answer.json()) as Envelope;
      expect(collection.items).toHaveLength(100);
      expect(collection.metadata.total_hits).toBeGreaterThan(50_000);
      const one = await fetch(
        `${many.nasaImagesApi}/search?nasa_id=${encodeURIComponent(recordAt(seed, 999_999).nasaId)}`,
      );
      expect(((await one.json()) as Envelope).collection.items[0]?.data[0].nasa_id).toBe(
        recordAt(seed, 999_999).nasaId,
      );
    } finally {
      await many.close();
    }
  });
});
