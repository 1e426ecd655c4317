/** When an answer is from. Pure types, shared by all that can be had from the cache. */
import type { WireError } from './errors.ts';

/** When an answer is from. */
export interface AnswerAge {
  /** Unix ms at which the archive gave it. */
  fetchedAtMs: number;
  origin: 'network' | 'cache';
  /** True when it is older than the archive itself calls fresh (`Cache-Control: max-age`). */
  isStale: boolean;
  /** Why a kept copy stands in for an answer; null where none was asked for, or where it came. */
  problem: WireError | null;
}
