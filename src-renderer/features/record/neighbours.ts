/** Runs in the page, pure types. The records before and after one in a list. */
import type { RecordCard } from '#contract/domain.ts';

export interface Neighbours {
  /** Records in the list, as the archive or the library counts them. */
  total: number;
  /** The record itself as the list shows it; null where the list no longer holds it. */
  card: RecordCard | null;
  previous: RecordCard | null;
  next: RecordCard | null;
  /** True where the archive lists no further, though it counts more. */
  endsAtWall: boolean;
}
