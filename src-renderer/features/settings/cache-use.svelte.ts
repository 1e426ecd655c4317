/** Runs in the page. How much the kept pictures take, and clearing them away. */
import type { ArchiveApi } from '#contract/api.ts';
import type { Notices } from '../../lib/deps.ts';

export class CacheUse {
  #api: ArchiveApi;
  #notices: Notices;
  #bytes = $state<number | null>(null);
  #isClearing = $state(false);

  constructor(api: ArchiveApi, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    void this.#apply(async () => (await this.#api.cache.info({})).bytes);
  }

  /** Null until it is known. */
  get bytes(): number | null {
    return this.#bytes;
  }

  get isClearing(): boolean {
    return this.#isClearing;
  }

  async clear(): Promise<void> {
    if (this.#isClearing) return;
    this.#isClearing = true;
    await this.#apply(async () => (await this.#api.cache.clear({})).bytes);
    this.#isClearing = false;
  }

  async #apply(ask: () => Promise<number>): Promise<void> {
    try {
      this.#bytes = await ask();
    } catch (error) {
      this.#notices.showError(error);
    }
  }
}
