/**
 * Runs in plain Node, any thread; pure. Images of the sample, each made from its number whenever it is wanted and never
 * kept. What searches look at can be had alone, at a fraction of the price of the whole.
 */
import { mix } from '../random.ts';
import { dataSources, remoteSources } from './equipment.ts';
import { exposureOf } from './exposure.ts';
import type { Exposure } from './exposure.ts';
import { createPeople } from './people.ts';
import type { People } from './people.ts';
import { createHashCodec } from './permutation.ts';
import { createSkyFrame, distance } from './sky-frame.ts';
import type { Solution } from './sky-frame.ts';
import { skyObjects } from './sky-objects.ts';
import { targetAt, targets } from './targets.ts';
import type { Target } from './targets.ts';
import { createTimeline, share } from './timeline.ts';
import type { Timeline } from './timeline.ts';
import { titleNumber } from './titles.ts';

export const solutionStatuses = [
  'MISSING',
  'PENDING',
  'FAILED',
  'SUCCESS',
  'ADVANCED_PENDING',
  'ADVANCED_FAILED',
  'ADVANCED_SUCCESS',
] as const;
export type SolutionStatus = (typeof solutionStatuses)[number];

/** SUCCESS and what comes after it, so that a failed second attempt is solved all the same. */
export const isSolved = (status: SolutionStatus): boolean => solutionStatuses.indexOf(status) >= 3;

export interface Images {
  seed: number;
  size: number;
  timeline: Timeline;
  people: People;
  /** null for images from before hashes. */
  hashOf(index: number): string | null;
  /** By hash; null for what is none of this archive. */
  find(hash: string): number | null;
  targetOf(index: number): Target;
  titleNumberOf(index: number): number;
  exposureOf(index: number): Exposure;
  dataSourceOf(index: number): string | null;
  remoteSourceOf(index: number): string | null;
  statusOf(index: number): SolutionStatus;
  /** null while unsolved. */
  solutionOf(index: number): Solution | null;
  /** Objects in the field of a solved image. */
  objectsIn(index: number): number[];
  /** Objects that may be in the field of any image of a target. */
  near(target: number): readonly number[];
  targetNumberOf(index: number): number;
}

/** Each thing drawn about an image has a stream of its own. */
const streams = {
  target: 1,
  title: 2,
  exposure: 3,
  source: 4,
  remote: 5,
  status: 6,
  place: 7,
  turn: 8,
} as const;

/** Greatest distance in degrees from a target to a corner of its image. */
const reach = { deep: 9, wide: 48 };

function nearby(target: Target): number[] {
  const limit = target.family === 'deep' ? reach.deep : target.family === 'wide' ? reach.wide : 0;
  return skyObjects.flatMap(({ ra, dec }, at) =>
    limit > 0 && distance(ra, dec, target.ra, target.dec) <= limit ? [at] : [],
  );
}

const deepStatuses: readonly (readonly [SolutionStatus, number])[] = [
  ['SUCCESS', 0.55],
  ['ADVANCED_SUCCESS', 0.8],
  ['ADVANCED_FAILED', 0.84],
  ['ADVANCED_PENDING', 0.86],
  ['FAILED', 0.9],
  ['PENDING', 0.92],
  ['MISSING', 1],
];

function sourceAt(draw: number): string | null {
  let left = draw * 100;
  for (const [code, weight] of dataSources) {
    left -= weight;
    if (left < 0) return code;
  }
  return null;
}

export function createImages(archiveSeed: number, size: number): Images {
  const seed = mix(archiveSeed, 0xa57);
  const timeline = createTimeline(seed, size);
  const people = createPeople(seed, size);
  const codec = createHashCodec(seed);
  const near = targets.map(nearby);
  const draw = (what: keyof typeof streams, index: number): number =>
    share(mix(seed, 0x100 + streams[what]), index);
  const targetNumberOf = (index: number): number => targetAt(draw('target', index));
  const targetOf = (index: number): Target => targets[targetNumberOf(index)] as Target;
  const exposure = (index: number): Exposure =>
    exposureOf(mix(mix(seed, 0x100 + streams.exposure), index), targetOf(index));
  const dataSourceOf = (index: number): string | null => sourceAt(draw('source', index));
  const statusOf = (index: number): SolutionStatus => {
    const { family } = targetOf(index);
    const drawn = draw('status', index);
    if (family !== 'deep' && family !== 'wide') return drawn < 0.12 ? 'FAILED' : 'MISSING';
    return deepStatuses.find(([, upTo]) => drawn < upTo)?.[0] ?? 'MISSING';
  };
  const solve = (index: number): Solution | null => {
    if (!isSolved(statusOf(index))) return null;
    const { width, height, pixelScale } = exposure(index);
    const target = targetOf(index);
    // Nobody centres exactly: up to a twelfth of the frame aside.
    const aside = (Math.min(width, height) * pixelScale) / 3600 / 12;
    const place = draw('place', index);
    const angle = place * 4000;
    const dec = target.dec + Math.sin(angle) * aside * place;
    const ra =
      target.ra + (Math.cos(angle) * aside * place) / Math.cos((target.dec * Math.PI) / 180);
    const turn = draw('turn', index);
    return {
      ra: (ra + 360) % 360,
      dec,
      pixelScale,
      // Most cameras stand upright or on their side, nearly.
      orientation: turn < 0.7 ? Math.floor(turn / 0.175) * 90 + (turn % 0.01) * 400 : turn * 360,
      radius: (Math.hypot(width, height) / 2) * (pixelScale / 3600),
    };
  };
  return {
    seed,
    size,
    timeline,
    people,
    hashOf: (index) => (index < timeline.firstHashed ? null : codec.hashOf(index)),
    find(hash) {
      const index = codec.indexOf(hash);
      return index === null || index >= size || index < timeline.firstHashed ? null : index;
    },
    targetOf,
    targetNumberOf,
    titleNumberOf: (index) => titleNumber(targetNumberOf(index), draw('title', index)),
    exposureOf: exposure,
    dataSourceOf,
    remoteSourceOf(index) {
      const source = dataSourceOf(index);
      if (source !== 'AMATEUR_HOSTING' && source !== 'PUBLIC_AMATEUR_DATA') return null;
      return remoteSources[Math.floor(draw('remote', index) * remoteSources.length)] ?? null;
    },
    statusOf,
    solutionOf: solve,
    near: (target) => near[target] ?? [],
    objectsIn(index) {
      const solution = solve(index);
      if (solution === null) return [];
      const { width, height } = exposure(index);
      const frame = createSkyFrame(solution, width, height);
      return (near[targetNumberOf(index)] ?? []).filter((at) => {
        const object = skyObjects[at];
        const spot = object === undefined ? null : frame.toPixel(object.ra, object.dec);
        return spot !== null && spot.x >= 0 && spot.x < width && spot.y >= 0 && spot.y < height;
      });
    },
  };
}
