import { galleryText } from '../../i18n/gallery.ts';
import type { RecordCard } from '#contract/domain.ts';

/** What a tile shows beside its picture. */
export interface TileMarks {
  isKept: boolean;
  /** A file of it is on disk. */
  isOnDisk: boolean;
  /** And its checksum is the one that the archive gave. */
  isVerified: boolean;
  /** Offline and not on disk: the picture is drawn dim. */
  isDim: boolean;
}

export const noMarks: TileMarks = {
  isKept: false,
  isOnDisk: false,
  isVerified: false,
  isDim: false,
};

/** What an item is called: its title, after the word that a badge shows of its kind; or why it isn't here. */
export function nameOf(card: RecordCard | null, trouble: string | null = null): string {
  if (card === null) {
    return trouble === null ? galleryText.notLoaded : galleryText.notReadName(trouble);
  }
  const title = card.record.title || galleryText.untitled;
  const { kind } = card.record;
  return kind === 'video' || kind === 'audio' ? `${galleryText.kinds[kind]}: ${title}` : title;
}

/** The marks in words, for those who do not see them; undefined when there is nothing to say. */
export function describeMarks(card: RecordCard | null, marks: TileMarks): string | undefined {
  if (card === null) return undefined;
  const words: string[] = [];
  if (card.thumb === null) words.push(galleryText.noPicture);
  if (marks.isKept) words.push(galleryText.kept);
  if (marks.isOnDisk) words.push(galleryText.onDisk);
  return words.length === 0 ? undefined : words.join(', ');
}
