/**
 * Runs in plain Node, any thread; pure. Made-up users: whose an image is, and which images are a user's, worked out
 * both ways. A few have many images, most have few.
 */
import { mix } from '../random.ts';
import { createPermutation } from './permutation.ts';
import { share } from './timeline.ts';

/** Ahead of a number, each with the sign it joins with. */
const stems: readonly string[] = [
  ...['stargazer_', 'nebula.hunter', 'darkskies-', 'cosmic_owl', 'galaxychaser', 'photon_bucket'],
  ...['nightowl', 'moonlit_', 'starlight-', 'deepsky_', 'lunatic.', 'orion_fan', 'cold_pixel'],
  ...['backyard.sky', 'tracker_', 'guidestar', 'dithered_', 'narrowband', 'bortle_', 'astro.kim'],
  ...['ha_oiii_', 'first-light', 'polar.align', 'meridian_flip', 'flatframe', 'quiet_sky'],
  ...['southern.', 'aurora_', 'clearnights', 'sky_wanderer', 'equinox-', 'zenith.', 'parsec_'],
  ...['perseid', 'halo_', 'umbra.', 'solstice_', 'redshift', 'ecliptic-', 'milkyway_'],
  ...[
    'dobson.',
    'refract_',
    'collimated',
    'seeing_',
    'twilight-',
    'andromedan',
    'pleiad_',
    'vega.',
  ],
];

/** Images a user has on average. */
const imagesEach = 18;

export interface People {
  count: number;
  /** Number of the user (from 0) whose an image is. */
  ownerOf(image: number): number;
  /** Numbers of a user's images, rising. */
  imagesOf(user: number): number[];
  imageCount(user: number): number;
  nameOf(user: number): string;
  /** Exact and case-sensitive; null for nobody. */
  find(name: string): number | null;
}

/** Share of all images that the first so-and-so many users (as a share) have. */
const held = (users: number): number => 1 - Math.pow(1 - Math.pow(users, 1.6), 0.62);
const holders = (images: number): number => Math.pow(1 - Math.pow(1 - images, 1 / 0.62), 1 / 1.6);

export function createPeople(seed: number, images: number): People {
  const count = Math.max(1, Math.ceil(images / imagesEach));
  const dealt = createPermutation(mix(seed, 0x9e0), images);
  const ranks = createPermutation(mix(seed, 0x9e1), count);
  /** First of the images, as dealt, of the user of this rank. */
  const start = (rank: number): number =>
    rank >= count ? images : Math.floor(images * held(rank / count));
  const rankAt = (place: number): number => {
    let rank = Math.min(count - 1, Math.max(0, Math.floor(holders(place / images) * count)));
    while (rank > 0 && start(rank) > place) rank -= 1;
    while (start(rank + 1) <= place) rank += 1;
    return rank;
  };
  const imageCount = (user: number): number => {
    const rank = ranks.forward(user);
    return start(rank + 1) - start(rank);
  };
  return {
    count,
    imageCount,
    ownerOf: (image) => ranks.backward(rankAt(dealt.forward(image))),
    imagesOf(user) {
      const first = start(ranks.forward(user));
      return Array.from({ length: imageCount(user) }, (_, at) => dealt.backward(first + at)).sort(
        (a, b) => a - b,
      );
    },
    nameOf(user) {
      const round = Math.floor(user / stems.length);
      const stem = stems[user % stems.length] ?? '';
      return round === 0 ? stem.replace(/[_.-]$/, '') : `${stem}${round + 11}`;
    },
    find(name) {
      const digits = /\d+$/.exec(name)?.[0] ?? '';
      if (digits.startsWith('0')) return null;
      const head = name.slice(0, name.length - digits.length);
      const round = digits === '' ? 0 : Number(digits) - 11;
      const stem = stems.findIndex((one) =>
        round === 0 ? one.replace(/[_.-]$/, '') === head : one === head,
      );
      const user = round * stems.length + stem;
      return stem < 0 || round < 0 || (digits !== '' && round === 0) || user >= count ? null : user;
    },
  };
}

/** Numbers about a user that only have to stay the same. */
export const userShare = (seed: number, user: number, what: number): number =>
  share(mix(seed, 0x9e2 + what), user);
