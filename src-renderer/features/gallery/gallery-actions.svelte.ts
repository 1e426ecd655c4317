import Copy from '@lucide/svelte/icons/copy';
import Download from '@lucide/svelte/icons/arrow-down-to-line';
import ExternalLink from '@lucide/svelte/icons/external-link';
import Maximize from '@lucide/svelte/icons/maximize-2';
import Quote from '@lucide/svelte/icons/quote';
import Star from '@lucide/svelte/icons/star';
import StarOff from '@lucide/svelte/icons/star-off';
import type { CommandId } from '#contract/commands.ts';
import type { RecordCard } from '#contract/domain.ts';
import { galleryText } from '../../i18n/gallery.ts';
import type { AppDeps, AskedFileRow, CommandHandler } from '../../lib/deps.ts';
import type { IconComponent } from '../../ui/icon-component.ts';
import type { MenuEntry, MenuItem } from '../../ui/menu-entries.ts';
import { renditionToSave } from '../record/record-fields.ts';
import { creditLineOf } from './record-facts.ts';

/** Records whose files are asked for at once; each is a request to the archive. */
const mostToSave = 500;

/** What can be done with the selected records; the bar, the menu and the commands all use it. */
export class GalleryActions {
  readonly #deps: AppDeps;
  readonly #subject: () => RecordCard[];
  readonly #open: () => void;
  #saving = $state.raw<{ done: number; total: number } | null>(null);
  #stopSaving: AbortController | null = null;

  /** `subject` are the records that an act is for; `open` shows the first of them. */
  constructor(deps: AppDeps, subject: () => RecordCard[], open: () => void) {
    this.#deps = deps;
    this.#subject = subject;
    this.#open = open;
  }

  get saving(): { done: number; total: number } | null {
    return this.#saving;
  }

  get areAllKept(): boolean {
    const cards = this.#subject();
    return cards.length > 0 && cards.every((card) => this.#deps.kept.has(card.record.ref));
  }

  async keep(): Promise<void> {
    await this.#deps.kept.keep(this.#subject());
  }

  async remove(): Promise<void> {
    const refs = this.#subject().map((card) => card.record.ref);
    await this.#deps.kept.remove(refs.filter((ref) => this.#deps.kept.has(ref)));
  }

  async copyCredits(): Promise<void> {
    const cards = this.#subject();
    const text = cards.map((card) => creditLineOf(card)).join('\n');
    await this.#copy(text, galleryText.copiedCredits(cards.length));
  }

  async copyIds(): Promise<void> {
    const cards = this.#subject();
    const text = cards.map((card) => card.record.id).join('\n');
    await this.#copy(text, galleryText.copiedIds(cards.length));
  }

  async #copy(text: string, said: string): Promise<void> {
    try {
      await this.#deps.api.app.copyText({ text });
      this.#deps.notices.show({ text: said });
    } catch (error) {
      this.#deps.notices.showError(error);
    }
  }

  async openSite(): Promise<void> {
    const url = this.#subject()[0]?.record.page;
    if (url === undefined || url === null) return;
    try {
      await this.#deps.api.app.openExternal({ url });
    } catch (error) {
      this.#deps.notices.showError(error);
    }
  }

  /** Asks each record for its files, one after the other, and saves the original or the largest. */
  async saveOriginals(): Promise<void> {
    const { notices } = this.#deps;
    const all = this.#subject();
    if (this.#saving !== null || all.length === 0) return;
    const cards = all.slice(0, mostToSave);
    if (cards.length < all.length) notices.show({ text: galleryText.tooMany(mostToSave) });
    const stop = new AbortController();
    this.#stopSaving = stop;
    let added = 0;
    let failed = 0;
    let lastError: unknown;
    // Every row stands in the list at once, whatever the archive does.
    const rows = cards.map((card) => ({ card, row: this.#deps.downloads.announce(card) }));
    stop.signal.addEventListener('abort', () => {
      for (const { row } of rows.slice(added + failed)) row.withdraw();
    });
    for (const [done, { card, row }] of rows.entries()) {
      this.#saving = { done, total: cards.length };
      try {
        if (await this.#saveOne(card, row)) added += 1;
        else if (!stop.signal.aborted) failed += 1;
      } catch (error) {
        failed += 1;
        lastError = error;
      }
      if (stop.signal.aborted) break;
    }
    this.#saving = null;
    this.#tellSaved({ added, failed, stopped: stop.signal.aborted, lastError });
  }

  async #saveOne(card: RecordCard, row: AskedFileRow): Promise<boolean> {
    const { ref } = card.record;
    const { api, downloads } = this.#deps;
    const item = await row.ask(async (signal) => {
      const { renditions } = await api.records.get({ ref }, { signal });
      const rendition = renditionToSave(renditions);
      if (rendition === null || signal.aborted) return null;
      return api.downloads.save({ ref, rendition: rendition.name }, { signal });
    });
    if (item === null) return false;
    downloads.queued(item);
    return true;
  }

  #tellSaved(end: { added: number; failed: number; stopped: boolean; lastError: unknown }): void {
    const { notices, navigation } = this.#deps;
    const action = {
      label: galleryText.showDownloads,
      run: () => navigation.go({ view: 'downloads' }),
    };
    if (end.stopped) notices.show({ text: galleryText.stopped(end.added), action });
    else if (end.added === 0 && end.lastError !== undefined) {
      notices.showError(end.lastError, galleryText.noneAdded(end.failed));
    } else if (end.failed > 0) {
      const text =
        end.added === 0
          ? galleryText.noneAdded(end.failed)
          : galleryText.addedAnd(end.added, end.failed);
      notices.show({ text, tone: 'trouble', action });
    } else notices.show({ text: galleryText.added(end.added), action });
  }

  stopSaving(): void {
    this.#stopSaving?.abort();
  }

  /** The commands of the registry that act on the selection. */
  handlers(): Partial<Record<CommandId, CommandHandler>> {
    const needed = () => (this.#subject().length === 0 ? galleryText.nothingSelected : null);
    const page = () =>
      needed() ?? (this.#subject()[0]?.record.page === null ? galleryText.noPage : null);
    return {
      'record.open': { run: () => this.#open(), unavailable: needed },
      'record.keep': { run: () => this.keep(), unavailable: needed },
      'record.remove': { run: () => this.remove(), unavailable: needed },
      'record.download': { run: () => this.saveOriginals(), unavailable: needed },
      'record.copyCredit': { run: () => this.copyCredits(), unavailable: needed },
      'record.copyId': { run: () => this.copyIds(), unavailable: needed },
      'record.openSite': { run: () => this.openSite(), unavailable: page },
    };
  }

  /** The context menu. */
  entries(): MenuEntry[] {
    const { commands } = this.#deps;
    const count = this.#subject().length;
    if (count === 0) return [];
    const entry = (id: CommandId, label: string, icon: IconComponent): MenuItem => ({
      label,
      icon,
      keys: commands.keysOf(id),
      reason: commands.reasonUnavailable(id),
      run: () => commands.run(id),
    });
    const keep = this.areAllKept
      ? { ...entry('record.remove', galleryText.remove, StarOff), danger: true }
      : entry('record.keep', galleryText.keep, Star);
    const first = count === 1 ? galleryText.openSite : galleryText.openSiteAnd(count);
    const usual: MenuEntry[] = [
      entry('record.open', galleryText.open, Maximize),
      entry('record.download', galleryText.saveOriginals(count), Download),
      'line',
      entry('record.copyCredit', galleryText.copyCredits(count), Quote),
      entry('record.copyId', galleryText.copyIds(count), Copy),
      entry('record.openSite', first, ExternalLink),
      'line',
    ];
    return [...usual, keep];
  }
}
