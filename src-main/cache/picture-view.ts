/**
 * Runs in plain Node. Makes a fetched picture fit for the window: what Chromium can draw whole is left as it
 * is; TIFF and what is too large for that become a JPEG of bounded pixels. sharp works in threads of its own.
 */
import { sniff, sniffBytes, type MediaType } from './media-types.ts';
import { readPictureSize } from './picture-size.ts';
import { Refusal } from './refusal.ts';

/** Drawn as it is: the window decodes it whole, at 4 bytes a pixel. */
export const drawablePixels = 100_000_000;
const drawableSide = 30_000;
/** Read at all, row by row: 20,000 x 20,000 is within. */
export const readablePixels = 420_000_000;
const readableSide = 200_000;
const jpegQuality = 92;
/** A picture that takes longer than this is made to. */
const longestSeconds = 120;

interface Size {
  width: number;
  height: number;
}

const isDrawable = ({ width, height }: Size): boolean =>
  width <= drawableSide && height <= drawableSide && width * height <= drawablePixels;

/** The size at which a picture is drawn: its own, or as much of it as is drawable. */
export function drawnSize(size: Size): Size {
  if (isDrawable(size)) return size;
  const { width, height } = size;
  const factor = Math.min(
    Math.sqrt(drawablePixels / (width * height)),
    drawableSide / Math.max(width, height),
  );
  return {
    width: Math.max(1, Math.floor(width * factor)),
    height: Math.max(1, Math.floor(height * factor)),
  };
}

export class PictureViews {
  /** One at a time: each may take hundreds of megabytes outside the heap. */
  #turn: Promise<unknown> = Promise.resolve();

  /** The picture as the window may have it. Throws `Refusal`. */
  async viewOf(bytes: Buffer): Promise<Buffer> {
    const type = sniff(bytes.subarray(0, sniffBytes));
    if (type === null || !type.startsWith('image/')) {
      throw new Refusal(415, 'not a picture that we show', true);
    }
    if (type !== 'image/tiff') {
      const size = readPictureSize(bytes, type);
      if (size === null) throw new Refusal(415, 'a picture without a size', true);
      checkReadable(size);
      if (isDrawable(size)) return bytes;
    }
    const made = this.#turn.then(() => convert(bytes, type));
    this.#turn = made.catch(() => undefined);
    return made;
  }
}

function checkReadable({ width, height }: Size, mostPixels = readablePixels): void {
  const isBounded = width <= readableSide && height <= readableSide && width * height <= mostPixels;
  if (!isBounded) throw new Refusal(413, `${String(width)} x ${String(height)} pixels`, true);
  if (width < 1 || height < 1) throw new Refusal(415, 'no pixels', true);
}

async function convert(bytes: Buffer, type: MediaType): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  try {
    const limits = { sequentialRead: true, failOn: 'error' } as const;
    // The header only, and whatever it claims: the limit of the decoder itself comes after our own check.
    const header = await sharp(bytes, { ...limits, limitInputPixels: false }).metadata();
    // What is stored in passes or in no rows at all must be decoded whole, as the window would.
    const isRowByRow =
      header.isProgressive !== true && type !== 'image/avif' && type !== 'image/webp';
    checkReadable(header, isRowByRow ? readablePixels : drawablePixels);
    // Resizing comes after turning in sharp, whatever the order of calls.
    const drawn = drawnSize(header.autoOrient);
    const picture = sharp(bytes, { ...limits, limitInputPixels: readablePixels });
    const isReduced = !isDrawable(header);
    return await (isReduced ? picture.resize({ ...drawn, fit: 'fill' }) : picture)
      .autoOrient()
      .flatten({ background: '#000' })
      .timeout({ seconds: longestSeconds })
      // Colour is kept at every pixel: the stage shows it one for one.
      .jpeg({ quality: jpegQuality, chromaSubsampling: '4:4:4' })
      .toBuffer();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(415, 'a damaged picture', true);
  }
}
