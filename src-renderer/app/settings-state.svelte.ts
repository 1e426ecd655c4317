/** Runs in the page. The settings as main holds them. */
import type { ArchiveApi } from '#contract/api.ts';
import type { Settings } from '#contract/domain.ts';
import type { SettingsState } from '../lib/deps.ts';

export class SettingsHolder implements SettingsState {
  #api: ArchiveApi;
  #current: Settings;

  constructor(api: ArchiveApi, first: Settings) {
    this.#api = api;
    this.#current = $state.raw(first);
    api.on('settingsChanged', ({ settings }) => (this.#current = settings));
  }

  get current(): Settings {
    return this.#current;
  }

  async set(patch: Partial<Settings>): Promise<void> {
    this.#current = await this.#api.settings.set({ patch });
  }

  async reset(): Promise<void> {
    this.#current = await this.#api.settings.reset();
  }
}
