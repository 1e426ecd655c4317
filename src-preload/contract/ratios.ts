/**
 * Shapes of pictures in one byte each, so that those of a million records cross the bridge in 1 MB.
 * Pure; used by main, which stores them, and by the page, which lays rows out by them.
 */

/** Steps of one byte: each is 1.1 % wider than the one before. */
const stepsAnOctave = 64;
const square = 128;

/**
 * The byte for a width and a height in px: `round(64 · log2(width / height)) + 128`, held to 1 to 255 (1:4 to
 * 4:1); 0 where the size is not known or makes no sense.
 */
export function encodeRatio(width: number | null, height: number | null): number {
  if (width === null || height === null) return 0;
  const ratio = width / height;
  if (!Number.isFinite(ratio) || ratio <= 0 || width <= 0) return 0;
  return Math.min(255, Math.max(1, Math.round(stepsAnOctave * Math.log2(ratio)) + square));
}

/** Width by height that a byte stands for; null where it is not known. */
export function decodeRatio(code: number): number | null {
  return code === 0 ? null : 2 ** ((code - square) / stepsAnOctave);
}
