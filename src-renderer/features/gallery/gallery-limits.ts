/** Runs in the page. How much one act takes at once, and how the act says so before it is pressed. */
import { galleryText } from '../../i18n/gallery.ts';

/** Records whose credit lines or links are copied at once: the clipboard takes 1 MiB of them. */
export const mostToCopy = 5_000;

export const copyCreditWords = (count: number): string =>
  count > mostToCopy ? galleryText.copyFirstCredits(mostToCopy) : galleryText.copyCredits(count);
