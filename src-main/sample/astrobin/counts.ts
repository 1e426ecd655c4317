/** Runs in plain Node, any thread; pure. How an image was received: as its neighbours, few of them much more. */
import { mix } from '../random.ts';
import { share } from './timeline.ts';

export interface Reception {
  likes: number;
  bookmarks: number;
  comments: number;
  views: number;
}

export const likesOf = (seed: number, image: number): number =>
  Math.floor(3 + 400 * Math.pow(share(mix(seed, 0x701), image), 5));

export function receptionOf(seed: number, image: number): Reception {
  const likes = likesOf(seed, image);
  const draw = mix(mix(seed, 0x702), image);
  return {
    likes,
    bookmarks: Math.floor(likes / 6) + (draw % 3),
    comments: Math.floor(likes / 8) + ((draw >>> 4) % 5),
    views: likes * 4 + ((draw >>> 8) % 400),
  };
}
