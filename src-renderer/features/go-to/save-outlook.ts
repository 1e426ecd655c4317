/** Pure. What "open and download" would save of a record, told before it is asked for. */
import {
  parseRef,
  type DownloadItem,
  type RecordDetail,
  type RecordRef,
} from '#contract/domain.ts';
import { goToText } from '../../i18n/go-to.ts';
import { isOpen } from '../downloads/download-figures.ts';
import { renditionToSave } from '../record/record-fields.ts';

export interface SaveOutlook {
  text: string;
  /** False where it would only be opened. */
  isSaved: boolean;
}

/**
 * @param detail what is kept of the record; null where it was not seen before, so that its files are not known yet
 * @param itemOf the newest download of one of its files
 */
export function saveOutlook(
  ref: RecordRef,
  detail: RecordDetail | null,
  itemOf: (rendition: string) => DownloadItem | null,
): SaveOutlook {
  if (detail === null) {
    const archive = parseRef(ref)?.archive ?? 'nasa-images';
    return { text: goToText.savesUnknown(archive), isSaved: true };
  }
  const rendition = renditionToSave(detail.renditions);
  if (rendition === null) {
    // What is kept may not be whole: then its files are asked for like those of a record never seen.
    const isWhole = !detail.missing.some(({ part }) => part === 'renditions');
    return isWhole
      ? { text: goToText.savesNothing, isSaved: false }
      : { text: goToText.savesUnknown(detail.card.record.archive), isSaved: true };
  }
  const item = itemOf(rendition.name);
  if (item !== null && isOpen(item)) return { text: goToText.isComing, isSaved: false };
  if (item?.state === 'done') return { text: goToText.isThere(item.fileName), isSaved: false };
  return { text: goToText.saves(rendition.name, rendition.bytes), isSaved: true };
}
