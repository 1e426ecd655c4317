/**
 * Runs in plain Node. A record together with its preview at the archive: what a source gives, what the
 * library keeps as a snapshot, and what becomes a card for the window once its preview has a media key.
 */
import type { ArchiveRecord } from '#contract/domain.ts';

export interface SeenRecord {
  record: ArchiveRecord;
  /** The smallest picture fit for a gallery; pixels where the archive states them. */
  thumb: { url: string; width: number | null; height: number | null } | null;
  /** Alternative text: the archive's own where given, else the title. */
  alt: string;
}
