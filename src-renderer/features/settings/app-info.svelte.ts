/** Runs in the page. Facts about this start that settings show: free room, overrides, version. */
import type { ArchiveApi } from '#contract/api.ts';
import type { AppInfo } from '#contract/domain.ts';
import type { Notices } from '../../lib/deps.ts';

export class AppFacts {
  #api: ArchiveApi;
  #notices: Notices;
  #info = $state.raw<AppInfo | null>(null);

  constructor(api: ArchiveApi, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
    void this.reload();
  }

  /** Null until it is known. */
  get info(): AppInfo | null {
    return this.#info;
  }

  get freeBytes(): number | null {
    return this.#info?.freeBytes ?? null;
  }

  /** The variable that overrides one thing in this start, or null. */
  override(name: string): string | null {
    return this.#info?.overrides.includes(name) === true ? name : null;
  }

  async reload(): Promise<void> {
    try {
      this.#info = await this.#api.app.info({});
    } catch (error) {
      this.#notices.showError(error);
    }
  }
}
