/** Runs in the page. Pictures, films and sounds come from our own origin, by relative address only. */
import type { MediaKey } from '#contract/domain.ts';

export function mediaUrl(key: MediaKey): string {
  return `media/${key.split('/').map(encodeURIComponent).join('/')}`;
}
