/**
 * Runs in the main process; pure but for its arguments. One note of the desktop for each group of downloads that has come
 * to its end, for who looks at something else. Who looks at the window is told there.
 */
import { singleGroup, type DownloadGroup, type DownloadQueue } from '#contract/downloads.ts';
import { isOpen } from './queue-watch.ts';

export interface EndNotesOptions {
  /** True while the window is not in front. */
  isAway(): boolean;
  show(title: string, body: string): void;
}

const number = new Intl.NumberFormat('en-GB');
const files = (count: number): string =>
  `${number.format(count)} ${count === 1 ? 'file' : 'files'}`;

const troubledIn = ({ tallies }: DownloadGroup): number =>
  (tallies.failed?.files ?? 0) + (tallies.quarantined?.files ?? 0);

function bodyOf(group: DownloadGroup): string {
  const { tallies, folder } = group;
  const done = tallies.done?.files ?? 0;
  const troubled = troubledIn(group);
  const trouble = troubled === 0 ? '' : ` ${files(troubled)} did not arrive.`;
  return `${files(done)} in ${folder}.${trouble}`;
}

/** Returns what takes the queue as it is now. A group that had ended before the first look is not told of. */
export function createEndNotes({ isAway, show }: EndNotesOptions): (queue: DownloadQueue) => void {
  let wereOpen = new Set<string>();
  return ({ groups }) => {
    for (const group of groups) {
      if (group.id === singleGroup || !wereOpen.has(group.id) || isOpen(group)) continue;
      // One that was cancelled by hand needs no word.
      const isCancelled = (group.tallies.done?.files ?? 0) + troubledIn(group) === 0;
      if (isAway() && !isCancelled) show(group.title, bodyOf(group));
    }
    wereOpen = new Set(groups.filter(isOpen).map(({ id }) => id));
  };
}
