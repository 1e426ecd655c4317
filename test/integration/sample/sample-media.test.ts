import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileName } from '#main/sample/files.ts';
import type { SampleFile } from '#main/sample/files.ts';
import { recordAt } from '#main/sample/record.ts';
import type { SampleRecord } from '#main/sample/record.ts';
import { startSampleArchive } from '#main/sample/sample-archive.ts';
import type { SampleArchive } from '#main/sample/sample-archive.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const resources = new URL('../../../resources/sample/', import.meta.url);
const seed = 5;
const size = 20_000;
const records = Array.from({ length: size }, (_, at) => recordAt(seed, at));

let archive: SampleArchive;
let base = '';

beforeAll(async () => {
  archive = await startSampleArchive({ size, seed, workerUrl });
  base = archive.nasaImagesApi;
});

afterAll(() => archive.close());

function find(test: (record: SampleRecord) => boolean): SampleRecord {
  const found = records.find(test);
  if (found === undefined) throw new Error('No record like that');
  return found;
}

function addressOf(record: SampleRecord, name: string): string {
  return `${base}/${['assets', record.media, record.nasaId, name].map(encodeURIComponent).join('/')}`;
}

async function listOf(record: SampleRecord): Promise<string[]> {
  const answer = await fetch(`${base}/asset/${encodeURIComponent(record.nasaId)}`);
  const body = (await answer.json()) as { collection: { items: { href: string }[] } };
  return body.collection.items.map((item) => item.href);
}

describe('films', () => {
  const films = records.filter((record) => record.media === 'video');

  test('lack now one size, now another, never all', () => {
    const sizes = films.map((record) =>
      record.files.filter((file) => file.extension === 'mp4').map((file) => file.name),
    );
    expect(sizes.every((names) => names.length > 0)).toBe(true);
    for (const name of ['orig', 'large', 'medium', 'small', 'mobile', 'preview']) {
      expect(sizes.some((names) => names.includes(name))).toBe(true);
      expect(sizes.some((names) => !names.includes(name))).toBe(true);
    }
  });

  test('stand in the asset list with their stills, captions and metadata, and not in the search', async () => {
    const film = find(
      (one) =>
        one.media === 'video' &&
        one.nasaId.includes(' ') &&
        one.files.some((file) => file.name === 'orig') &&
        one.files.some((file) => file.name.endsWith('_thumb_00002')) &&
        one.files.some((file) => file.rel === 'captions'),
    );
    const listed = await listOf(film);
    const folder = `${base}/assets/video/${film.nasaId}/`;
    expect(listed.every((href) => href.startsWith(folder))).toBe(true);
    expect(listed.at(-1)).toBe(`${folder}metadata.json`);
    expect(listed[0]).toBe(`${folder}${film.nasaId}~orig.mp4`);
    expect(listed.some((href) => /~\w+_thumb_00001\.png$/.test(href))).toBe(true);
    const found = await fetch(`${base}/search?nasa_id=${encodeURIComponent(film.nasaId)}`);
    expect(await found.text()).not.toContain('.mp4');
  });

  test.each(['orig', 'large', 'medium', 'small', 'mobile', 'preview'])(
    '%s is served whole, in part, and by HEAD',
    async (name) => {
      const isFilm = (file: SampleFile): boolean => file.extension === 'mp4' && file.name === name;
      const film = find((one) => one.files.some(isFilm));
      const file = film.files.find(isFilm);
      const bytes = readFileSync(new URL(file?.shared ?? '', resources));
      const url = addressOf(film, `${film.nasaId}~${name}.mp4`);
      const head = await fetch(url, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-type')]).toEqual([200, 'video/mp4']);
      expect(head.headers.get('content-length')).toBe(String(bytes.length));
      expect(file?.sizeBytes).toBe(bytes.length);
      expect(bytes.toString('latin1', 4, 8)).toBe('ftyp');
      // Its index stands before its pictures, so that it can play before all of it is there.
      expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
      const part = await fetch(url, { headers: { range: 'bytes=1000-4999' } });
      expect(part.headers.get('content-range')).toBe(`bytes 1000-4999/${bytes.length}`);
      const got = Buffer.from(await part.arrayBuffer());
      expect(Buffer.compare(got, bytes.subarray(1000, 5000))).toBe(0);
      const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(Buffer.compare(whole, bytes)).toBe(0);
      const etag = head.headers.get('etag') ?? '';
      expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    },
  );

  test('stills of old and new films are pictures of different shots', async () => {
    for (const mark of [/^small_\d$/, /_thumb_0000\d$/]) {
      const film = find((one) => one.files.some((file) => mark.test(file.name)));
      const stills = film.files.filter((file) => mark.test(file.name)).slice(0, 2);
      const drawn = await Promise.all(
        stills.map(async (file) => {
          const answer = await fetch(addressOf(film, fileName(film, file)));
          const bytes = Buffer.from(await answer.arrayBuffer());
          expect([answer.status, bytes.length]).toEqual([200, file.sizeBytes]);
          return bytes;
        }),
      );
      expect(drawn[0]?.equals(drawn[1] ?? Buffer.alloc(0))).toBe(false);
    }
  });
});

describe('sounds', () => {
  test.each([
    ['orig', 'wav', 'audio/x-wav', 'RIFF'],
    ['orig', 'm4a', 'audio/mp4', 'ftyp'],
    ['orig', 'mp3', 'audio/mpeg', ''],
    ['128k', 'mp3', 'audio/mpeg', ''],
    ['64k', 'mp3', 'audio/mpeg', ''],
  ])('~%s.%s', async (name, extension, type, mark) => {
    const sound = find((one) =>
      one.files.some((file) => file.name === name && file.extension === extension),
    );
    const file = sound.files.find((one) => one.name === name);
    const url = addressOf(sound, `${sound.nasaId}~${name}.${extension}`);
    const head = await fetch(url, { method: 'HEAD' });
    const answer = await fetch(url);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-type')).toBe(type);
    expect(head.headers.get('content-length')).toBe(String(bytes.length));
    expect(bytes.length).toBe(file?.sizeBytes);
    expect(bytes.length).toBeGreaterThan(20_000);
    expect(bytes.toString('latin1', 0, 12)).toContain(mark);
    expect(await listOf(sound)).toContain(
      `${base}/assets/audio/${sound.nasaId}/${sound.nasaId}~${name}.${extension}`,
    );
  });
});

describe('captions over HTTP', () => {
  test('are named by the API where there are some, with their place unencoded', async () => {
    const film = find(
      (one) => one.nasaId.includes(' ') && one.files.some((file) => file.extension === 'vtt'),
    );
    const answer = await fetch(`${base}/captions/${encodeURIComponent(film.nasaId)}`);
    const { location } = (await answer.json()) as { location: string };
    expect(location).toBe(`${base}/assets/video/${film.nasaId}/${film.nasaId}.vtt`);
    const file = await fetch(addressOf(film, `${film.nasaId}.vtt`));
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/vtt']);
    expect(Buffer.from(await file.arrayBuffer()).length).toBe(
      Number(file.headers.get('content-length')),
    );
  });

  test('that are empty are 200 with nothing', async () => {
    const { captionStyle } = await import('#main/sample/caption-text.ts');
    const film = find(
      (one) =>
        one.files.some((file) => file.extension === 'srt') && captionStyle(one).fault === 'empty',
    );
    const file = await fetch(addressOf(film, `${film.nasaId}.srt`));
    expect([file.status, await file.text()]).toEqual([200, '']);
  });
});

test('every mark that an identifier may hold is understood in every address', async () => {
  for (const mark of [' ', ',', "'", '’', '&', '%', '#', '?', '(', '.']) {
    const record = find((one) => one.nasaId.includes(mark));
    const id = encodeURIComponent(record.nasaId);
    const listed = await listOf(record);
    expect(listed.length).toBeGreaterThan(1);
    expect((await fetch(`${base}/metadata/${id}`)).status).toBe(200);
    expect((await fetch(addressOf(record, 'metadata.json'))).status).toBe(200);
    const found = await fetch(`${base}/search?nasa_id=${id}`);
    const { collection } = (await found.json()) as {
      collection: { items: { data: [{ nasa_id: string }] }[] };
    };
    expect(collection.items[0]?.data[0].nasa_id).toBe(record.nasaId);
  }
});

test('a lump is found by every one of its fields, and never less than whole', async () => {
  const lumped = await startSampleArchive({ size: 12_000, seed, workerUrl, lump: 10_500 });
  try {
    const total = async (query: Record<string, string>): Promise<number> => {
      const params = new URLSearchParams({ ...query, page_size: '1' }).toString();
      const answer = await fetch(`${lumped.nasaImagesApi}/search?${params}`);
      const body = (await answer.json()) as {
        collection: { metadata: { total_hits: number }; items: { data: [object] }[] };
      };
      return body.collection.metadata.total_hits;
    };
    const last = await fetch(`${lumped.nasaImagesApi}/search?nasa_id=ALM0012000`);
    const page = (await last.json()) as {
      collection: { items: { data: [Record<string, unknown>] }[] };
    };
    const one = page.collection.items[0]?.data[0] ?? {};
    const year = String(one['date_created']).slice(0, 4);
    for (const field of [
      'center',
      'photographer',
      'secondary_creator',
      'location',
      'title',
      'description_508',
    ]) {
      expect([field, (await total({ [field]: String(one[field]) })) >= 10_500]).toEqual([
        field,
        true,
      ]);
    }
    const all = {
      year_start: year,
      year_end: year,
      media_type: 'image',
      center: String(one['center']),
      photographer: String(one['photographer']),
      secondary_creator: String(one['secondary_creator']),
      location: String(one['location']),
      title: String(one['title']),
      keywords: (one['keywords'] as string[]).join(','),
    };
    expect(await total(all)).toBe(10_500);
  } finally {
    await lumped.close();
  }
});

test('the old service sorts the parameters of its links and leaves an empty search without address', async () => {
  const old = await startSampleArchive({ size: 2000, seed, workerUrl, dialect: '1.0' });
  try {
    const ask = async (query: string) =>
      (
        (await (await fetch(`${old.nasaImagesApi}/search?${query}`)).json()) as {
          collection: { href: string; links?: { href: string }[] };
        }
      ).collection;
    const first = await ask('q=deep%20field&page_size=3');
    expect(first.links?.[0]?.href).toBe(
      `${old.nasaImagesApi}/search?page=2&page_size=3&q=deep+field`,
    );
    expect((await ask('q=nothinglikeit')).href).toBe('');
  } finally {
    await old.close();
  }
});
