/** Runs in the page. What a gallery shows: the grid reads it by index and knows nothing of where items come from. */
import type { RecordCard } from '#contract/domain.ts';

export interface GridItems {
  /** Items in all, loaded or not; reactive. */
  readonly count: number;
  /** Rises with every change of `count` or of ratios; reactive. */
  readonly revision: number;
  /** False while more may be added at the end than `count` says; reactive. */
  readonly isComplete: boolean;
  /** A row always ends after this many items: for lists too long to be laid out in one go. */
  readonly breakEvery?: number;
  /** `null` while the item is not loaded: it is drawn as a skeleton. Reactive. */
  at(index: number): RecordCard | null;
  /** Width by height at which an item is drawn, loaded or not. Not reactive: `revision` tells of changes. */
  ratioAt(index: number): number;
  /** First index whose ratio may differ from what it was at that revision. */
  changedSince(revision: number): number;
  /** Why an item could not be loaded, in words; null when nothing went wrong. Reactive. */
  troubleAt?(index: number): string | null;
  /** Tries again what failed. */
  retry?(): void;
}
