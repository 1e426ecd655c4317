/**
 * Runs in the page. Tells main of pictures that left the document before they came. The browser gives such a request up,
 * but Electron says so only once there is an answer, and until then it would keep its place in the archive's queue.
 */
import type { ArchiveApi } from '#contract/api.ts';
import type { MediaKey } from '#contract/domain.ts';

/** A row that scrolls away takes several with it. */
const collectMs = 30;
const mostAtOnce = 500;

export class LeftPictures {
  readonly #api: Pick<ArchiveApi, 'media'>;
  #keys: MediaKey[] = [];

  constructor(api: Pick<ArchiveApi, 'media'>) {
    this.#api = api;
  }

  leave(key: MediaKey): void {
    if (this.#keys.length === 0) setTimeout(() => this.#tell(), collectMs);
    this.#keys.push(key);
  }

  #tell(): void {
    const keys = this.#keys.splice(0);
    for (let at = 0; at < keys.length; at += mostAtOnce) {
      // That it could not be told costs a request at most.
      void this.#api.media.leave({ keys: keys.slice(at, at + mostAtOnce) }).catch(() => {});
    }
  }
}
