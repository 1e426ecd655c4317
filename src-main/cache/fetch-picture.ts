/**
 * Runs in plain Node. Gets one picture from its archive, whole, checked and fit for the window: bounded bytes,
 * a known type by its first bytes, bounded pixels; TIFF becomes JPEG.
 */
import type { BodyAnswer, HttpClient, Lane } from '../http/http-client.ts';
import { sniff, sniffBytes } from './media-types.ts';
import { readPictureSize } from './picture-size.ts';
import { Refusal, refusalOfStatus } from './refusal.ts';

/** Larger pictures are refused, not passed through: the window would have to decode them whole. */
const maxBytes = 64 * 1024 * 1024;
export const maxPixels = 100_000_000;
export const maxSide = 30_000;
const jpegQuality = 88;

/** Fetches a picture. Throws `Refusal` or `ArchiveError`. */
export async function fetchPicture(
  http: HttpClient,
  place: { lane: Lane; url: string },
  signal: AbortSignal,
): Promise<Buffer> {
  const answer = await http.open({ ...place, signal, headers: { accept: 'image/*' } });
  const bytes = await readWhole(answer);
  const type = sniff(bytes.subarray(0, sniffBytes));
  if (type === null || !type.startsWith('image/')) {
    throw new Refusal(415, 'not a picture that we show', true);
  }
  if (type === 'image/tiff') return convertTiff(bytes);
  const size = readPictureSize(bytes, type);
  if (size === null) throw new Refusal(415, 'a picture without a size', true);
  checkPixels(size.width, size.height);
  return bytes;
}

async function readWhole(answer: BodyAnswer): Promise<Buffer> {
  const { body, status, headers } = answer;
  try {
    if (status !== 200) throw refusalOfStatus(status);
    const stated = Number(headers['content-length'] ?? Number.NaN);
    if (stated > maxBytes) throw new Refusal(413, 'too large', true);
    const coding = headers['content-encoding'] ?? 'identity';
    if (coding !== 'identity') throw new Refusal(502, `coded as ${coding}`);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new Refusal(413, 'too large', true);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    body.destroy();
  }
}

function checkPixels(width: number, height: number): void {
  const isBounded = width <= maxSide && height <= maxSide && width * height <= maxPixels;
  if (!isBounded) throw new Refusal(413, `${String(width)} x ${String(height)} pixels`, true);
  if (width < 1 || height < 1) throw new Refusal(415, 'no pixels', true);
}

/** Chromium shows no TIFF. sharp is loaded when the first one comes, and works in threads of its own. */
async function convertTiff(bytes: Buffer): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  try {
    const limits = { limitInputPixels: maxPixels, sequentialRead: true, failOn: 'error' } as const;
    // The header only, and whatever it claims: the limit of the decoder itself comes after our own check.
    const { width, height } = await sharp(bytes, { ...limits, limitInputPixels: false }).metadata();
    checkPixels(width, height);
    return await sharp(bytes, limits)
      .autoOrient()
      .flatten({ background: '#000' })
      .jpeg({ quality: jpegQuality })
      .toBuffer();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(415, 'a damaged TIFF', true);
  }
}
