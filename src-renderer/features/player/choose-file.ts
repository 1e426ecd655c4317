/** Runs in the page, pure. Which file of a record is played. */
import type { RecordRendition } from '#contract/domain.ts';

/**
 * Best first, as far as a window shows it: NASA's large is 1080 lines, medium 720, and the original may be
 * anything up to an uncompressed master of many gigabytes.
 */
const order = ['large', 'medium', 'mobile', 'small', '128k', '64k', 'orig', 'preview'];
/** A large file beyond this is left for a smaller one that has it all: an hour of 1080 lines is below. */
const calmBytes = 1_500_000_000;

const rankOf = (name: string): number => {
  const at = order.indexOf(name);
  return at === -1 ? order.length : at;
};

/** The files to choose from, best for a window first. */
export function rankFiles(playable: readonly RecordRendition[]): RecordRendition[] {
  return [...playable].sort((a, b) => rankOf(a.name) - rankOf(b.name));
}

/**
 * What to play without being told: the best that plays smoothly. A large one only where its size is known
 * and calm; the preview, which is a part of the film, only where there is nothing else.
 */
export function firstToPlay(playable: readonly RecordRendition[]): RecordRendition | null {
  const ranked = rankFiles(playable);
  const isCalm = ({ name, bytes }: RecordRendition): boolean =>
    bytes === null ? name !== 'large' && name !== 'orig' : bytes <= calmBytes;
  return ranked.find(isCalm) ?? ranked.find(({ name }) => name !== 'orig') ?? ranked[0] ?? null;
}

/** What else to try after some failed: smaller ones first, the original last. */
export function nextToTry(
  playable: readonly RecordRendition[],
  failed: readonly string[],
): RecordRendition | null {
  return rankFiles(playable).find(({ name }) => !failed.includes(name)) ?? null;
}

/** Frames a second as the archive's metadata states them; null where it does not. */
export function statedFrameRate(fields: readonly { name: string; value: string }[]): number | null {
  const field = fields.find(({ name }) => /:VideoFrameRate$/.test(name));
  const rate = Number.parseFloat(field?.value ?? '');
  return rate > 1 && rate <= 240 ? rate : null;
}
