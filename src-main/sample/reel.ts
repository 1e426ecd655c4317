/** Runs in plain Node, any thread; pure. What a film of the sample archive is made of. */
import type { PictureKind } from './draw/scene.ts';
import type { Family } from './topic.ts';

/** Something said while a shot is seen. A bell sounds at its start. */
export interface Line {
  /** Seconds from the film's start. */
  from: number;
  until: number;
  /** One of these is taken for a record; `{N}` stands for its topic. */
  says: readonly [string, ...string[]];
}

export interface Shot {
  /** Seconds from the film's start; it lasts until the next, over which it fades for a second. */
  from: number;
  kind: PictureKind;
  look: string;
  seed: number;
  /** Angle between sun and eye, radians. */
  phase: number;
  /** Which way the camera goes, in pixels of the largest size a frame. */
  pan: readonly [x: -1 | 0 | 1, y: -1 | 0 | 1];
  lines: readonly Line[];
}

export interface Reel {
  name: ReelName;
  seconds: number;
  /** Films of records of these families are this one. */
  families: readonly Family[];
  /** Pixels of its largest size. */
  orig: readonly [width: number, height: number];
  /** What sizes there are of it: real films lack one or another too. */
  sizes: readonly FilmSize[];
  shots: readonly Shot[];
}

export type ReelName = 'ground' | 'worlds' | 'deep' | 'light';

/** Frames a second of every film. */
export const frameRate = 24;

/** Pixels of the sizes below the original. Names are those of the archive. */
const smallerSizes = {
  large: [768, 432],
  medium: [640, 360],
  small: [480, 270],
  mobile: [320, 180],
  preview: [256, 144],
} as const;

export type FilmSize = 'orig' | keyof typeof smallerSizes;

/** Width and height of a film in one of its sizes. */
export function filmSize(reel: Reel, size: FilmSize): readonly [width: number, height: number] {
  return size === 'orig' ? reel.orig : smallerSizes[size];
}
