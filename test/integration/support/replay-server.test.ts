import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capturesAbsent, capturesDir } from '#test/support/captures.ts';
import { startReplayServer } from '#test/support/replay/replay-server.ts';
import type { ReplayServer } from '#test/support/replay/replay-server.ts';

const found = capturesDir();
if (found === null) console.log(capturesAbsent);

describe.skipIf(found === null)('the replay of recorded answers', () => {
  const folder = found ?? '';
  let plain: ReplayServer;
  let rewritten: ReplayServer;

  beforeAll(async () => {
    plain = await startReplayServer({ capturesDir: folder });
    rewritten = await startReplayServer({ capturesDir: folder, rewriteHosts: true });
  });
  afterAll(() => Promise.all([plain.close(), rewritten.close()]));

  const file = (name: string): Buffer => readFileSync(join(folder, 'nasa-images', name));

  test.each([
    ['/search?q=apollo', 200, 'search.q.apollo.json'],
    [
      '/search?q=apollo&media_type=image,video,audio&page=1&page_size=100',
      200,
      'search.q.apollo.json',
    ],
    [
      '/search?q=stars&page_size=100&media_type=image',
      200,
      'search.q-stars.page_size-100.2024.json',
    ],
    ['/search?nasa_id=PIA24439', 200, 'search.nasa-id.PIA24439.json'],
    ['/search?q=PIA24439', 200, 'search.nasa-id.PIA24439.json'],
    ['/search?q=no%20such%20thing', 200, 'search.no-results.2018.json'],
    ['/album/Apollo-at-50', 200, 'album.Apollo-at-50.json'],
    ['/album/invalid-album?page=1', 404, 'album.invalid-album.error.json'],
    ['/asset/PIA12348', 200, 'asset-manifests/asset.PIA12348.excerpt.json'],
    ['/assets/image/PIA24439/metadata.json', 200, 'metadata/metadata.PIA24439.json'],
    [
      '/assets/image/201408200002HQ/metadata.json',
      200,
      'metadata/metadata.201408200002HQ.nested-groups.2018.json',
    ],
    [
      '/assets/video/NHQ_2017_0523_FY18%20State%20Of%20NASA%20Budget/collection.json',
      200,
      'asset-manifests/collection.json.video.NHQ_2017_0523.2017.json',
    ],
  ])('%s is answered byte for byte', async (path, status, name) => {
    const answer = await fetch(`${plain.base}${path}`);
    expect([answer.status, answer.headers.get('x-replay')]).toEqual([status, 'recorded']);
    expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), file(name))).toBe(0);
  });

  test('with rewritten hosts only the file host changes', async () => {
    const answer = await fetch(`${rewritten.base}/search?q=apollo`);
    const text = await answer.text();
    expect(text).not.toContain('images-assets.nasa.gov');
    expect(text.replaceAll(`${rewritten.base}/assets`, 'https://images-assets.nasa.gov')).toBe(
      file('search.q.apollo.json').toString(),
    );
  });

  test('a record’s pictures are drawn in the size that was recorded', async () => {
    const name = encodeURIComponent('PIA24439~medium.jpg');
    const answer = await fetch(`${rewritten.base}/assets/image/PIA24439/${name}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const { width, height } = await sharp(bytes).metadata();
    expect([width, height, bytes.length]).toEqual([1280, 1253, 327_000]);
    const part = await fetch(`${rewritten.base}/assets/image/PIA24439/${name}`, {
      headers: { range: 'bytes=5-9' },
    });
    expect(Buffer.compare(Buffer.from(await part.arrayBuffer()), bytes.subarray(5, 10))).toBe(0);
  });

  test('what was not recorded is derived or refused, and says so', async () => {
    const narrowed = await fetch(`${plain.base}/search?q=apollo&media_type=image`);
    const body = (await narrowed.json()) as {
      collection: { items: { data: [{ media_type: string }] }[]; metadata: { total_hits: number } };
    };
    expect(narrowed.headers.get('x-replay')).toBe('derived');
    expect(body.collection.metadata.total_hits).toBe(body.collection.items.length);
    expect(new Set(body.collection.items.map((item) => item.data[0].media_type))).toEqual(
      new Set(['image']),
    );
    const missing = [
      '/search?q=apollo&page=2',
      '/album/apollo-at-50',
      '/metadata/none',
      '/nowhere',
    ];
    for (const path of missing) expect((await fetch(`${plain.base}${path}`)).status).toBe(404);
    expect((await fetch(`${plain.base}/search`)).status).toBe(400);
    expect((await fetch(`${plain.base}/captions/PIA24439`)).status).toBe(400);
    const located = await fetch(`${plain.base}/metadata/PIA24439`);
    expect(await located.json()).toEqual({
      location: 'https://images-assets.nasa.gov/image/PIA24439/metadata.json',
    });
    expect(plain.requests.at(-1)).toEqual({ method: 'GET', url: '/metadata/PIA24439' });
  });
});
