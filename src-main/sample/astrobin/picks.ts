/**
 * Runs in plain Node, any thread; pure. Images that were chosen: of the day, top picks and nominations; and revisions.
 * All of them follow from numbers, both ways.
 */
import { mix } from '../random.ts';
import type { Images } from './images.ts';
import { dayMicros } from './timeline.ts';

/** The first day that has an image of the day, in days since 1970. */
const firstDay = Date.UTC(2013, 0, 1) / 86_400_000;

export interface DayPick {
  /** From 1, the oldest day first. */
  id: number;
  /** Days since 1970. */
  day: number;
  image: number;
  runnersUp: (number | null)[];
}

/** How many days have an image by now. */
export const dayCount = (today: number): number => Math.max(0, today - firstDay + 1);

/** The image of a day: one that was uploaded in the month before. */
export function dayPick(images: Images, id: number): DayPick {
  const day = firstDay + id - 1;
  const end = Math.max(1, images.timeline.firstFrom(dayMicros(day - 3)));
  const start = Math.min(end - 1, images.timeline.firstFrom(dayMicros(day - 30)));
  const draw = mix(mix(images.seed, 0x501), day);
  // After the last upload the archive's newest take turns.
  const newest = Math.min(1000, Math.ceil(images.size / 8));
  const from = end === images.size ? Math.min(start, end - newest) : start;
  const image = from + (draw % (end - from));
  const other = (step: number): number | null =>
    end - from <= step || (draw >>> (7 + step)) % 6 === 0
      ? null
      : from + ((image - from + step) % (end - from));
  return { id, day, image, runnersUp: [other(1), other(2)] };
}

/** A choice that falls on every so-and-so-many-th image. */
export interface Choice {
  count(images: Images): number;
  /** The image of a pick, numbered from 1, oldest first. */
  imageOf(id: number): number;
}

const every = (step: number, first: number): Choice => ({
  count: ({ size }) => Math.max(0, Math.ceil((size - first) / step)),
  imageOf: (id) => first + (id - 1) * step,
});

/** One in fifty is a top pick, and each of those was nominated with four others. */
export const topPicks = every(50, 3);
export const nominations = every(10, 3);

export interface Revision {
  id: number;
  image: number;
  /** 0 for the first revision, which is called B. */
  order: number;
}

/** Of every 21 images one has one revision, one two and one three. */
const cycle = 21;
const revised: readonly (readonly [place: number, revisions: number, before: number])[] = [
  [0, 1, 0],
  [8, 2, 1],
  [15, 3, 3],
];
const perCycle = 6;

export const revisionLabel = (order: number): string => String.fromCharCode(66 + order);

/** A revision by its number, from 1; null where there is none. */
export function revisionOf(images: Images, id: number): Revision | null {
  if (!Number.isInteger(id) || id < 1) return null;
  const round = Math.floor((id - 1) / perCycle);
  const rest = (id - 1) % perCycle;
  const [place, , before] = revised.findLast(([, , first]) => first <= rest) ?? [0, 1, 0];
  const image = round * cycle + place;
  return image < images.size ? { id, image, order: rest - before } : null;
}

export function revisionsOfImage(image: number): Revision[] {
  const found = revised.find(([place]) => place === image % cycle);
  if (found === undefined) return [];
  const [, count, before] = found;
  const first = Math.floor(image / cycle) * perCycle + before + 1;
  return Array.from({ length: count }, (_, order) => ({ id: first + order, image, order }));
}

export function revisionCount({ size }: Images): number {
  const rest = revised.filter(([place]) => place < size % cycle);
  return Math.floor(size / cycle) * perCycle + rest.reduce((sum, [, count]) => sum + count, 0);
}
