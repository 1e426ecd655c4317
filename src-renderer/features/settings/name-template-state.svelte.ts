/** Runs in the page. The name template while it is written: what it makes of records, and whether it is one at all. */
import type { ArchiveApi } from '#contract/api.ts';
import type { NamePreview } from '#contract/downloads.ts';
import type { Notices, SettingsState } from '../../lib/deps.ts';

export class NameTemplateState {
  readonly #api: Pick<ArchiveApi, 'downloads'>;
  readonly #settings: SettingsState;
  readonly #notices: Notices;
  #preview = $state.raw<NamePreview | null>(null);
  /** Of the last question; an answer to an earlier one is not shown. */
  #asked = 0;

  constructor(api: Pick<ArchiveApi, 'downloads'>, settings: SettingsState, notices: Notices) {
    this.#api = api;
    this.#settings = settings;
    this.#notices = notices;
  }

  /** Of the last text that was answered for; null until there is one. */
  get preview(): NamePreview | null {
    return this.#preview;
  }

  /** True when the text is a template. */
  async look(text: string): Promise<boolean> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const preview = await this.#api.downloads.previewNames({ template: text });
      if (asked === this.#asked) this.#preview = preview;
      return preview.problem === null;
    } catch (error) {
      this.#notices.showError(error);
      return false;
    }
  }

  /** Puts a text in force; one that is no template is left, with what is wrong about it. */
  async save(text: string): Promise<void> {
    if (!(await this.look(text)) || text === this.#settings.current.nameTemplate) return;
    try {
      await this.#settings.set({ nameTemplate: text });
    } catch (error) {
      this.#notices.showError(error);
    }
  }
}
