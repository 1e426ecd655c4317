/**
 * Runs in plain Node, any thread; pure. How many bytes a file of the sample archive has, known before it
 * is drawn: listings state sizes and HEAD answers, and a gallery of a million records cannot draw its
 * originals to find out. The encoder (encode.ts) keeps the promise to the byte: uncompressed formats
 * have their size by nature, and a JPEG is filled up with comment segments or encoded a little harder.
 */
import type { Picture, PictureKind } from './draw/scene.ts';

/**
 * Bytes per 1000 pixels at quality 84, the greatest of a dozen drawings, with the longer side at 400 and
 * at 1280 pixels. Between and beyond them it follows a power of the side.
 */
const bytesPerThousandPixels: Readonly<Record<PictureKind, readonly [number, number]>> = {
  world: [103, 65],
  earth: [105, 50],
  giant: [87, 46],
  ringed: [132, 80],
  sun: [148, 82],
  eclipse: [79, 38],
  nebula: [182, 90],
  shell: [171, 60],
  spiral: [130, 60],
  'edge-on': [103, 37],
  'deep-field': [146, 66],
  globular: [131, 50],
  'open-cluster': [197, 76],
  'star-field': [209, 98],
  comet: [123, 47],
  craters: [450, 370],
  dunes: [390, 260],
  delta: [185, 90],
  limb: [135, 56],
  aurora: [145, 63],
  launch: [103, 50],
  plain: [171, 101],
};

const headroom = 1.1;
const headerBytes = 1100;

function jpegSize(picture: Picture, width: number, height: number): number {
  const [small, large] = bytesPerThousandPixels[picture.kind];
  const power = Math.log(large / small) / Math.log(1280 / 400);
  const perPixel = (small / 1000) * Math.pow(Math.max(width, height) / 400, power);
  // A little apart from one another, so that two files of one size are rare.
  return Math.ceil(width * height * perPixel * headroom) + headerBytes + (picture.seed % 800);
}

/** Bytes of a PNG whose pixels are stored as they are: blocks of 65,535 with 5 bytes before each. */
export function storedPngSize(width: number, height: number): number {
  const raw = height * (1 + width * 3);
  const chunks = 12 * 3 + 13;
  return 8 + chunks + 2 + raw + Math.ceil(raw / 65_535) * 5 + 4;
}

export const tiffHeaderBytes = 8;
export const tiffTags = 10;

/** Bytes of a TIFF with one uncompressed strip. */
export function storedTiffSize(width: number, height: number): number {
  const pixels = width * height * 3;
  return tiffHeaderBytes + pixels + (pixels % 2) + 6 + 2 + tiffTags * 12 + 4;
}

/** The exact size in bytes; 0 for captions, which are small texts made when asked for. */
export function fileSize(
  picture: Picture,
  extension: string,
  width: number,
  height: number,
): number {
  switch (extension) {
    case 'jpg':
      return jpegSize(picture, width, height);
    case 'png':
      return storedPngSize(width, height);
    case 'tif':
      return storedTiffSize(width, height);
    case 'wav':
      return 0;
    default:
      return 0;
  }
}
