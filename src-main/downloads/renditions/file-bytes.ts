/** Runs anywhere; pure. How much is known of a file's size before it is fetched. */
import type { ArchiveRecord, Rendition } from '#contract/domain.ts';

export type FileBytes =
  /** To the byte. */
  | { kind: 'known'; bytes: number }
  /** The archive rounded it, or it follows from the pixels: good for sums, not for checks. */
  | { kind: 'estimated'; bytes: number }
  | { kind: 'unknown'; bytes: null };

/** NASA rounds what it states to thousands or hundreds of thousands; what a server said by HEAD is no round number. */
const roundedTo = 1000;

/** Bytes a pixel, as pictures of the archives have them on the whole. */
const bytesPerPixel: Readonly<Record<string, number>> = {
  'image/jpeg': 0.35,
  'image/webp': 0.25,
  'image/gif': 0.7,
  'image/png': 1.8,
  'image/tiff': 3,
};

/** AstroBin tells the type of no original; they are nearly all JPEG at high quality. */
const unknownPixel = 0.6;

/** What is known of a rendition's size. */
export function bytesOf(
  { archive }: Pick<ArchiveRecord, 'archive'>,
  { bytes, width, height, mime }: Rendition,
): FileBytes {
  if (bytes !== null && Number.isSafeInteger(bytes) && bytes >= 0) {
    const isRounded = archive === 'nasa-images' && bytes % roundedTo === 0;
    return { kind: isRounded ? 'estimated' : 'known', bytes };
  }
  const pixels = (width ?? 0) * (height ?? 0);
  const isPicture = mime === null ? archive === 'astrobin' : mime.startsWith('image/');
  if (pixels <= 0 || !isPicture) return { kind: 'unknown', bytes: null };
  const each = bytesPerPixel[mime ?? ''] ?? unknownPixel;
  return { kind: 'estimated', bytes: Math.round(pixels * each) };
}
