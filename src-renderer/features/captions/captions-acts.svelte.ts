/** Runs in the page. What can be done with the captions shown: for the panel and for the commands alike. */
import type { CommandId } from '#contract/commands.ts';
import type { RecordRef } from '#contract/domain.ts';
import { captionsText } from '../../i18n/captions.ts';
import type { AppDeps, CommandHandler } from '../../lib/deps.ts';
import { quoteCues, type QuoteSource } from './quote-cues.ts';
import type { TranscriptView } from './transcript-view.svelte.ts';

export type SavedFormat = 'srt' | 'vtt' | 'txt';

export class CaptionsActs {
  readonly #deps: Pick<AppDeps, 'api' | 'notices'>;
  readonly #view: TranscriptView;
  readonly #record: () => (QuoteSource & { ref: RecordRef }) | null;

  /** `record` is whose captions they are, with what a quote names; null while none is shown. */
  constructor(
    deps: Pick<AppDeps, 'api' | 'notices'>,
    view: TranscriptView,
    record: () => (QuoteSource & { ref: RecordRef }) | null,
  ) {
    this.#deps = deps;
    this.#view = view;
    this.#record = record;
  }

  /** Why nothing can be done with them; null when something can. */
  get reason(): string | null {
    return this.#record() === null || this.#view.cues.length === 0 ? captionsText.nothing : null;
  }

  async copyQuote(): Promise<void> {
    const record = this.#record();
    const indexes = this.#view.quoted();
    if (record === null || indexes.length === 0) return;
    await this.#copy(
      quoteCues(this.#view.cues, indexes, record),
      captionsText.quoteCopied(indexes.length),
    );
  }

  async copyAll(): Promise<void> {
    const record = this.#record();
    if (record === null) return;
    const { api, notices } = this.#deps;
    try {
      const { text } = await api.captions.export({ ref: record.ref, as: 'txt' });
      await this.#copy(text, captionsText.allCopied(this.#view.cues.length));
    } catch (error) {
      notices.showError(error);
    }
  }

  async save(as: SavedFormat): Promise<void> {
    const record = this.#record();
    if (record === null) return;
    const { api, notices } = this.#deps;
    try {
      const { path } = await api.captions.save({ ref: record.ref, as });
      notices.show({
        text: captionsText.saved(path),
        action: {
          label: captionsText.showInFolder,
          run: async () => void (await api.captions.showInFolder({ path })),
        },
      });
    } catch (error) {
      notices.showError(error, captionsText.notSaved);
    }
  }

  handlers(): Partial<Record<CommandId, CommandHandler>> {
    const unavailable = () => this.reason;
    const step = (direction: 1 | -1): CommandHandler => ({
      run: () => this.#view.step(direction),
      unavailable: () =>
        this.reason ?? (this.#view.hits.length === 0 ? captionsText.nothingSought : null),
    });
    return {
      'search.next': step(1),
      'search.previous': step(-1),
      'captions.follow': {
        run: () => this.#view.setFollow(!this.#view.isFollowing),
        unavailable,
      },
      'captions.copyQuote': {
        run: () => this.copyQuote(),
        unavailable: () =>
          this.reason ?? (this.#view.quoted().length === 0 ? captionsText.nothingToQuote : null),
      },
      'captions.copyAll': { run: () => this.copyAll(), unavailable },
      'captions.saveSrt': { run: () => this.save('srt'), unavailable },
      'captions.saveVtt': { run: () => this.save('vtt'), unavailable },
      'captions.saveTxt': { run: () => this.save('txt'), unavailable },
    };
  }

  async #copy(text: string, said: string): Promise<void> {
    const { api, notices } = this.#deps;
    try {
      await api.app.copyText({ text });
      notices.show({ text: said, topic: 'captions-copied' });
    } catch (error) {
      notices.showError(error);
    }
  }
}
