import { galleryText } from '../../i18n/gallery.ts';
import type { RecordCard } from '#contract/domain.ts';

/** What a tile shows beside its picture. */
export interface TileMarks {
  isKept: boolean;
  /** A file of it is on disk, verified. */
  isOnDisk: boolean;
  /** Offline and not on disk: the picture is drawn dim. */
  isDim: boolean;
}

export const noMarks: TileMarks = { isKept: false, isOnDisk: false, isDim: false };

/** The marks in words, for those who do not see them; undefined when there is nothing to say. */
export function describeMarks(card: RecordCard | null, marks: TileMarks): string | undefined {
  if (card === null) return undefined;
  const words: string[] = [];
  if (card.record.kind !== 'image') words.push(galleryText.kinds[card.record.kind]);
  if (card.thumb === null) words.push(galleryText.noPicture);
  if (marks.isKept) words.push(galleryText.kept);
  if (marks.isOnDisk) words.push(galleryText.onDisk);
  return words.length === 0 ? undefined : words.join(', ');
}
