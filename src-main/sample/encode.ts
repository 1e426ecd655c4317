/**
 * Runs in plain Node, in a painter's thread; imports sharp for JPEG. Files of exactly the size that
 * file-size.ts promised.
 */
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { storedPngSize, storedTiffSize, tiffHeaderBytes, tiffTags } from './file-size.ts';

const qualities = [84, 78, 70, 60, 48, 34, 20, 8, 1] as const;

/** A JPEG of exactly `sizeBytes`. Pixels are red, green, blue. `isTurned`: stored a quarter turn away and marked so. */
export async function encodeJpeg(
  pixels: Uint8Array,
  width: number,
  height: number,
  sizeBytes: number,
  isTurned = false,
): Promise<Buffer> {
  for (const quality of qualities) {
    let image = sharp(pixels, { raw: { width, height, channels: 3 } });
    if (isTurned) image = image.rotate(270).withMetadata({ orientation: 6 });
    const bytes = await image.jpeg({ quality }).toBuffer();
    if (bytes.length <= sizeBytes) return padJpeg(bytes, sizeBytes);
  }
  throw new RangeError(`A picture of ${width} x ${height} does not fit ${sizeBytes} bytes`);
}

const filler = Buffer.alloc(65_533, 'Drawn from a formula for the sample archive. ');

/** Puts comments (and up to three fill bytes, which the format allows before any marker) after the start. */
export function padJpeg(bytes: Buffer, sizeBytes: number): Buffer {
  const parts: Buffer[] = [bytes.subarray(0, 2)];
  let missing = sizeBytes - bytes.length;
  while (missing >= 4) {
    // Never leave a rest too small for a comment of its own, unless fill bytes can take it.
    const payload = Math.min(missing - 4, 65_533);
    const marker = Buffer.from([0xff, 0xfe, 0, 0]);
    marker.writeUInt16BE(payload + 2, 2);
    parts.push(marker, filler.subarray(0, payload));
    missing -= payload + 4;
  }
  parts.push(Buffer.alloc(missing, 0xff), bytes.subarray(2));
  return Buffer.concat(parts, sizeBytes);
}

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

function adler32(data: Buffer): number {
  let a = 1;
  let b = 0;
  for (let at = 0; at < data.length;) {
    // Sums stay below 2^32 for this many bytes.
    const end = Math.min(at + 3800, data.length);
    for (; at < end; at += 1) {
      a += data[at] as number;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

/** A PNG with stored, that is uncompressed, pixels. */
export function encodePng(pixels: Uint8Array, width: number, height: number): Buffer {
  const line = width * 3;
  const raw = Buffer.alloc(height * (line + 1));
  for (let row = 0; row < height; row += 1) {
    raw.set(pixels.subarray(row * line, (row + 1) * line), row * (line + 1) + 1);
  }
  const blocks: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let at = 0; at < raw.length; at += 65_535) {
    const part = raw.subarray(at, at + 65_535);
    const head = Buffer.alloc(5);
    head[0] = at + 65_535 >= raw.length ? 1 : 0;
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(~part.length & 0xffff, 3);
    blocks.push(head, part);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(adler32(raw));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const file = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', Buffer.concat([...blocks, sum])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  if (file.length !== storedPngSize(width, height))
    throw new RangeError('A PNG came out in another size');
  return file;
}

/** A TIFF with one uncompressed strip, little-endian, three times eight bits. */
export function encodeTiff(pixels: Uint8Array, width: number, height: number): Buffer {
  const file = Buffer.alloc(storedTiffSize(width, height));
  const bitsAt = tiffHeaderBytes + pixels.length + (pixels.length % 2);
  const directoryAt = bitsAt + 6;
  file.write('II', 0, 'latin1');
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(directoryAt, 4);
  file.set(pixels, tiffHeaderBytes);
  for (let channel = 0; channel < 3; channel += 1) file.writeUInt16LE(8, bitsAt + channel * 2);
  const short = 3;
  const long = 4;
  const tags: readonly (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 3, bitsAt],
    [259, short, 1, 1],
    [262, short, 1, 2],
    [273, long, 1, tiffHeaderBytes],
    [277, short, 1, 3],
    [278, long, 1, height],
    [279, long, 1, pixels.length],
    [284, short, 1, 1],
  ];
  file.writeUInt16LE(tags.length, directoryAt);
  if (tags.length !== tiffTags) throw new RangeError('A TIFF has another number of tags');
  tags.forEach(([tag, type, count, value], order) => {
    const at = directoryAt + 2 + order * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
  });
  return file;
}
