/** Words of a tree's own rows. */
import { formatCount } from './format.ts';

export interface TreeWords {
  loading: string;
  failed: string;
  tryAgain: string;
  /** null where nobody knows how many; the level of those that are meant. */
  more(count: number | null, level: number): string;
  moreLoading(count: number | null): string;
  empty: string;
  gap: string;
  help: string;
}

export const treeText: TreeWords = {
  loading: 'Loading',
  failed: 'Could not be loaded.',
  tryAgain: 'Try again',
  more: (count) =>
    count === null ? 'More, load on scroll' : `${formatCount(count)} more, load on scroll`,
  moreLoading: (count) =>
    count === null ? 'More, loading' : `${formatCount(count)} more, loading`,
  empty: 'Nothing in here',
  gap: 'Counted, but the archive gave nothing for it',
  help: 'Right opens, Left closes or goes to the parent, star opens the siblings, F2 goes into the cells.',
};
