import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawablePixels, drawnSize, PictureViews } from '#main/cache/picture-view.ts';
import { Refusal } from '#main/cache/refusal.ts';

describe('the size at which a picture is drawn', () => {
  test.each([
    [
      { width: 10_000, height: 10_000 },
      { width: 10_000, height: 10_000 },
    ],
    [
      { width: 20_000, height: 20_000 },
      { width: 10_000, height: 10_000 },
    ],
    [
      { width: 60_000, height: 600 },
      { width: 30_000, height: 300 },
    ],
    [
      { width: 150_000, height: 1 },
      { width: 30_000, height: 1 },
    ],
  ])('%o', (size, drawn) => {
    expect(drawnSize(size)).toEqual(drawn);
    expect(drawn.width * drawn.height).toBeLessThanOrEqual(drawablePixels);
  });
});

describe('a view', () => {
  const views = new PictureViews();

  test('of what the window can draw is the picture itself', async () => {
    const png = await sharp({ create: { width: 9, height: 5, channels: 3, background: '#123' } })
      .png()
      .toBuffer();
    expect(await views.viewOf(png)).toBe(png);
  });

  test('of a turned TIFF of 16 bits lies as it is meant, in its colours', async () => {
    const deep = new Uint16Array(40 * 20 * 3).map((_, at) => [0xcccc, 0, 0x4444][at % 3] ?? 0);
    const tiff = await sharp(deep, { raw: { width: 40, height: 20, channels: 3 } })
      .toColourspace('rgb16')
      .withMetadata({ orientation: 6 })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    expect((await sharp(tiff).metadata()).depth).toBe('ushort');
    const view = await views.viewOf(tiff);
    const { data, info } = await sharp(view).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([20, 40]);
    expect(Math.abs((data[0] ?? 0) - 0xcc)).toBeLessThan(4);
    expect(Math.abs((data[2] ?? 0) - 0x44)).toBeLessThan(4);
  });

  test('of a reduced and turned picture keeps its shape', async () => {
    const jpeg = await sharp({
      create: { width: 32_000, height: 16, channels: 3, background: '#fff' },
    })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { width, height } = await sharp(await views.viewOf(jpeg)).metadata();
    expect([width, height]).toEqual([15, 30_000]);
  });

  test('fails for one picture without holding up the next', async () => {
    const broken = Buffer.from('II*\0'.padEnd(300, 'x'), 'latin1');
    const tiff = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#fff' } })
      .tiff()
      .toBuffer();
    const [first, second] = await Promise.allSettled([views.viewOf(broken), views.viewOf(tiff)]);
    expect(first).toMatchObject({ status: 'rejected', reason: expect.any(Refusal) });
    expect(second.status).toBe('fulfilled');
  });
});
