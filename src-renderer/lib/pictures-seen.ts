/** Runs in the page. Previews that were drawn in this window: they are at hand, so showing them again asks nobody. */
import type { MediaKey } from '#contract/domain.ts';

const most = 5000;
const seen = new Set<MediaKey>();

export function notePicture(key: MediaKey): void {
  seen.delete(key);
  seen.add(key);
  const [oldest] = seen;
  if (seen.size > most && oldest !== undefined) seen.delete(oldest);
}

export function wasSeen(key: MediaKey): boolean {
  return seen.has(key);
}
