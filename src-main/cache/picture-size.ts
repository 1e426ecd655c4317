/**
 * Runs in plain Node. A picture's pixels as its header states them, read before any decoder sees the file: a
 * few hundred bytes can claim 100,000 x 100,000 pixels.
 */
import type { MediaType } from './media-types.ts';

export interface PictureSize {
  width: number;
  height: number;
}

/** The stated size, or null where the header is not where it belongs. TIFF is read by its converter. */
export function readPictureSize(bytes: Buffer, type: MediaType): PictureSize | null {
  switch (type) {
    case 'image/png':
      return bytes.length < 24 || bytes.subarray(12, 16).toString('latin1') !== 'IHDR'
        ? null
        : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
    case 'image/gif':
      return bytes.length < 10
        ? null
        : { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
    case 'image/jpeg':
      return readJpeg(bytes);
    case 'image/webp':
      return readWebp(bytes);
    case 'image/avif':
      return readAvif(bytes);
    default:
      return null;
  }
}

/** Walks the segments to the frame header (SOF0 to SOF15, without DHT, JPG and DAC). */
function readJpeg(bytes: Buffer): PictureSize | null {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

function readWebp(bytes: Buffer): PictureSize | null {
  if (bytes.length < 30) return null;
  switch (bytes.subarray(12, 16).toString('latin1')) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const packed = bytes.readUInt32LE(21);
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    }
    default:
      return null;
  }
}

const avifHeaderBytes = 64 * 1024;

/** The largest of the `ispe` boxes: one file holds the picture and perhaps its tiles, alpha and thumbnail. */
function readAvif(bytes: Buffer): PictureSize | null {
  const header = bytes.subarray(0, avifHeaderBytes);
  let largest: PictureSize | null = null;
  for (let at = header.indexOf('ispe'); at >= 0; at = header.indexOf('ispe', at + 4)) {
    if (at + 16 > header.length) break;
    const size = { width: header.readUInt32BE(at + 8), height: header.readUInt32BE(at + 12) };
    if (largest === null || size.width * size.height > largest.width * largest.height) {
      largest = size;
    }
  }
  return largest;
}
