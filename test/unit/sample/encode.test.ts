import { describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { encodeJpeg, encodePng, encodeTiff, padJpeg } from '#main/sample/encode.ts';
import { storedPngSize, storedTiffSize } from '#main/sample/file-size.ts';

const width = 150;
const height = 151;
const pixels = Uint8Array.from(
  { length: width * height * 3 },
  (_, at) => (at * 7 + (at >> 8) * 31) & 255,
);

async function read(file: Buffer): Promise<{ format: string; pixels: Uint8Array }> {
  const image = sharp(file);
  const { format } = await image.metadata();
  return { format, pixels: await image.toColourspace('srgb').raw().toBuffer() };
}

describe('lossless files have the size that was promised, and the pixels', () => {
  test('PNG', async () => {
    const file = encodePng(pixels, width, height);
    expect(file.length).toBe(storedPngSize(width, height));
    const back = await read(file);
    expect(back.format).toBe('png');
    expect(Buffer.compare(Buffer.from(back.pixels), Buffer.from(pixels))).toBe(0);
  });

  test('TIFF', async () => {
    const file = encodeTiff(pixels, width, height);
    expect(file.length).toBe(storedTiffSize(width, height));
    const back = await read(file);
    expect(back.format).toBe('tiff');
    expect(Buffer.compare(Buffer.from(back.pixels), Buffer.from(pixels))).toBe(0);
  });
});

describe('JPEG', () => {
  test('is filled up to the byte without a change to the picture', async () => {
    const small = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 84 })
      .toBuffer();
    const wanted = (await read(small)).pixels;
    for (const more of [0, 1, 2, 3, 4, 5, 100, 65_536, 65_537, 65_538, 65_541, 200_001]) {
      const file = padJpeg(small, small.length + more);
      expect(file.length).toBe(small.length + more);
      expect(Buffer.compare(Buffer.from((await read(file)).pixels), Buffer.from(wanted))).toBe(0);
    }
  });

  test('is made to fit a size that is tight, and refuses one that is impossible', async () => {
    const file = await encodeJpeg(pixels, width, height, 6000);
    expect(file.length).toBe(6000);
    expect((await sharp(file).metadata()).width).toBe(width);
    await expect(encodeJpeg(pixels, width, height, 300)).rejects.toThrow(RangeError);
  });

  test('can be stored on its side and marked so', async () => {
    const file = await encodeJpeg(pixels, width, height, 40_000, true);
    const about = await sharp(file).metadata();
    expect([about.width, about.height, about.orientation]).toEqual([height, width, 6]);
    const upright = await sharp(file).autoOrient().toBuffer({ resolveWithObject: true });
    expect([upright.info.width, upright.info.height]).toEqual([width, height]);
  });
});
