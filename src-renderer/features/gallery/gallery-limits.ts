/** Runs in the page. How much one act takes at once, and how the act says so before it is pressed. */
import { galleryText } from '../../i18n/gallery.ts';

/** Records whose files are asked for at once; each is a request to the archive. */
export const mostToSave = 500;
/** Records whose credit lines or links are copied at once: the clipboard takes 1 MiB of them. */
export const mostToCopy = 5_000;

export const saveWords = (count: number): string =>
  count > mostToSave ? galleryText.saveFirst(mostToSave) : galleryText.saveOriginals(count);

export const copyCreditWords = (count: number): string =>
  count > mostToCopy ? galleryText.copyFirstCredits(mostToCopy) : galleryText.copyCredits(count);
