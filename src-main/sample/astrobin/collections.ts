/** Runs in plain Node, any thread; pure. Collections that users made of their own images. */
import { mix } from '../random.ts';
import type { Images } from './images.ts';
import { dayOf } from './timeline.ts';

export interface Collection {
  /** From 1. */
  id: number;
  user: number;
  name: string;
  description: string;
  /** Days since 1970. */
  created: number;
  updated: number;
  images: number[];
}

const names: readonly string[] = [
  ...['Messier', 'Nebulae', 'Galaxies', 'My best', 'Narrowband', 'Solar System', 'First year'],
  ...['Widefield', 'Caldwell', 'Work in progress & tests'],
];
const descriptions: readonly string[] = [
  'All',
  '',
  'What I like most.',
  'In the order of the catalogue.',
];

/** One user in three has a collection. */
const every = 3;

export const collectionCount = ({ people }: Images): number => Math.ceil(people.count / every);

export const collectionUser = (id: number): number => (id - 1) * every;

/** Numbers of a user's collections. */
export const collectionsOfUser = (user: number): number[] =>
  user % every === 0 ? [user / every + 1] : [];

const drawOf = (images: Images, id: number): number => mix(mix(images.seed, 0x601), id);

export const collectionName = (images: Images, id: number): string =>
  names[drawOf(images, id) % names.length] ?? '';

export const collectionDescription = (images: Images, id: number): string =>
  descriptions[(drawOf(images, id) >>> 8) % descriptions.length] ?? '';

export function collectionOf(images: Images, id: number): Collection | null {
  if (!Number.isInteger(id) || id < 1 || id > collectionCount(images)) return null;
  const user = collectionUser(id);
  const draw = drawOf(images, id);
  const all = images.people.imagesOf(user);
  const some = all.filter((image) => (mix(draw, image) & 3) !== 0);
  const [first, last] = [some[0], some.at(-1)];
  const { timeline } = images;
  return {
    id,
    user,
    name: collectionName(images, id),
    description: collectionDescription(images, id),
    created: dayOf(timeline.uploadedAt(first ?? 0)),
    updated: dayOf(timeline.uploadedAt(last ?? 0)) + 1,
    images: some.reverse(),
  };
}
