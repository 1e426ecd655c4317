/** Runs in the page. What the gallery of AstroBin asks of a list of images, whatever it is of. */
import type { AnswerAge } from '#contract/age.ts';
import type { RecordCard, RecordRef } from '#contract/domain.ts';
import type { ArchiveError, WireError } from '#contract/errors.ts';
import type { GridItems } from '../gallery/grid-items.ts';
import type { IndexRange } from '../../lib/index-ranges.ts';

export type ListStatus =
  { kind: 'loading' } | { kind: 'ready' } | { kind: 'failed'; error: ArchiveError };

/** All of it is reactive. */
export interface GalleryList {
  readonly items: GridItems & {
    readonly loaded: number;
    at(index: number): RecordCard | null;
    indexOf(ref: RecordRef): number;
  };
  readonly status: ListStatus;
  /** As the service counts them. */
  readonly total: number;
  /** When its first part is from; null before it is there. */
  readonly age: AnswerAge | null;
  /** Why what is shown is a kept copy; null where it is not. */
  readonly problem: WireError | null;
  /** Why there is no more; what was read before stays. */
  readonly moreError: ArchiveError | null;
  /** These are in sight. */
  need(seen: IndexRange): void;
  retry(): void;
  /** Images that are known, where all are listed from the first; acts are for these alone. */
  readonly known?: number;
  /** Requests that the rest would take; absent where all there is comes by itself. */
  readonly requestsLeft?: number;
  /** Reads the rest. */
  readAll?(): Promise<void>;
}
