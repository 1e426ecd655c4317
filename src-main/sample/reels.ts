/**
 * Runs in plain Node, any thread; pure. The films and sounds of the sample archive, which many records
 * share. scripts/make-sample-media.mjs draws and encodes them, and captions (caption-text.ts) are timed
 * by them.
 */
import type { Reel } from './reel.ts';
import { deepReel, groundReel, lightReel, worldsReel } from './reel-scripts.ts';
import type { Family } from './topic.ts';

export const reels: readonly Reel[] = [groundReel, worldsReel, deepReel, lightReel];

/** The film that records of a family share. */
export function reelOf(family: Family): Reel {
  return reels.find((reel) => reel.families.includes(family)) ?? groundReel;
}

export type ToneName = 'low' | 'high';

export interface Tone {
  name: ToneName;
  seed: number;
  seconds: number;
}

/** Sounds that records of the audio kind share: slow tones, by seed. */
export const tones: readonly [Tone, ...Tone[]] = [
  { name: 'low', seed: 5, seconds: 8 },
  { name: 'high', seed: 23, seconds: 8 },
];
