/**
 * Runs in plain Node. A picture of which every pixel is known: grey noise, which no scaling leaves as it is,
 * and one red square to find again.
 */
import sharp from 'sharp';

export const chartSize = { width: 2400, height: 1600 };
/** The red square, in pixels of the whole chart. */
export const chartMark = { x: 1500, y: 600, side: 60 };

/** Red, green and blue of one pixel of the whole chart. */
export function chartPixel(x: number, y: number): [number, number, number] {
  const { side } = chartMark;
  const isMark =
    x >= chartMark.x && x < chartMark.x + side && y >= chartMark.y && y < chartMark.y + side;
  if (isMark) return [230, 20, 20];
  let value = Math.imul(x + 1, 374761393) ^ Math.imul(y + 1, 668265263);
  value = Math.imul(value ^ (value >>> 13), 1274126177);
  const grey = 60 + ((value >>> 16) & 127);
  return [grey, grey, grey];
}

/** The chart as PNG, scaled to a width. */
export async function paintChart(width: number): Promise<Buffer> {
  const bytes = Buffer.alloc(chartSize.width * chartSize.height * 3);
  for (let y = 0, at = 0; y < chartSize.height; y += 1) {
    for (let x = 0; x < chartSize.width; x += 1, at += 3) {
      const [red, green, blue] = chartPixel(x, y);
      bytes[at] = red;
      bytes[at + 1] = green;
      bytes[at + 2] = blue;
    }
  }
  const whole = sharp(bytes, { raw: { ...chartSize, channels: 3 } });
  return (width === chartSize.width ? whole : whole.resize({ width })).png().toBuffer();
}
