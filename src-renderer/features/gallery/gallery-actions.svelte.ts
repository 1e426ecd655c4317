import Copy from '@lucide/svelte/icons/copy';
import Download from '@lucide/svelte/icons/arrow-down-to-line';
import ExternalLink from '@lucide/svelte/icons/external-link';
import Eye from '@lucide/svelte/icons/eye';
import Link from '@lucide/svelte/icons/link';
import Maximize from '@lucide/svelte/icons/maximize-2';
import Quote from '@lucide/svelte/icons/quote';
import Search from '@lucide/svelte/icons/search';
import SquareDashed from '@lucide/svelte/icons/square-dashed';
import Star from '@lucide/svelte/icons/star';
import StarOff from '@lucide/svelte/icons/star-off';
import type { CommandId } from '#contract/commands.ts';
import type { NasaSearchQuery, RecordCard } from '#contract/domain.ts';
import type { RecordSelection } from '#contract/results.ts';
import { galleryText } from '../../i18n/gallery.ts';
import type { AppDeps, CommandHandler } from '../../lib/deps.ts';
import type { IconComponent } from '../../ui/icon-component.ts';
import type { MenuEntry, MenuItem } from '../../ui/menu-entries.ts';
import { copyCreditWords, mostToCopy } from './gallery-limits.ts';
import { creditLineOf, fieldValues, keywordsOf } from './record-facts.ts';

/** What acts are for. A selection may be far larger than what is in memory. */
export interface ActionTarget {
  /** The chosen records whose cards are here. */
  cards(): RecordCard[];
  /** All that are chosen, here or not. */
  count(): number;
  /** The choice as main takes it where not all cards are here; null where they are. */
  selection(): RecordSelection | null;
  /** Reads the first `limit` of the chosen. */
  read(limit: number, signal: AbortSignal): Promise<RecordCard[]>;
}

/** A target whose cards are all here. */
export function loadedTarget(cards: () => RecordCard[]): ActionTarget {
  return {
    cards,
    count: () => cards().length,
    selection: () => null,
    read: (limit) => Promise.resolve(cards().slice(0, limit)),
  };
}

/** What the view does beside. */
export interface GalleryVerbs {
  open(): void;
  preview?: () => void;
  search?: (query: NasaSearchQuery) => void;
  /** How a plan over several records of the list is called. */
  listName?: () => string;
  selectAll?: { count: number; run: () => void } | undefined;
}

/** What can be done with the selected records; the bar, the menu and the commands all use it. */
export class GalleryActions {
  readonly #deps: AppDeps;
  readonly #target: ActionTarget;
  readonly #verbs: () => GalleryVerbs;

  constructor(deps: AppDeps, target: ActionTarget, verbs: () => GalleryVerbs) {
    this.#deps = deps;
    this.#target = target;
    this.#verbs = verbs;
  }

  get areAllKept(): boolean {
    const cards = this.#target.cards();
    return (
      cards.length > 0 &&
      cards.length === this.#target.count() &&
      cards.every((card) => this.#deps.kept.has(card.record.ref))
    );
  }

  async keep(): Promise<void> {
    const cards = this.#target.cards();
    const selection = this.#target.selection();
    if (selection === null) {
      await this.#deps.kept.keep(cards.map((card) => card.record.ref));
      return;
    }
    const { notices, kept } = this.#deps;
    const count = this.#target.count();
    notices.show({ text: galleryText.keeping(count), topic: 'keeping' });
    const before = kept.total;
    await kept.keepSelection(
      selection,
      cards.map((card) => card.record.ref),
    );
    notices.show({ text: galleryText.keptNow(Math.max(0, kept.total - before)), topic: 'keeping' });
  }

  async remove(): Promise<void> {
    const refs = this.#target.cards().map((card) => card.record.ref);
    await this.#deps.kept.remove(refs.filter((ref) => this.#deps.kept.has(ref)));
  }

  async copyCredits(): Promise<void> {
    await this.#copyLines(creditLineOf, galleryText.copiedCredits);
  }

  async copyIds(): Promise<void> {
    await this.#copyLines((card) => card.record.id, galleryText.copiedIds);
  }

  /** The pages of the records on the archive's site; those that have none are left out. */
  async copyLinks(): Promise<void> {
    await this.#copyLines((card) => card.record.page, galleryText.copiedLinks);
  }

  async #copyLines(
    lineOf: (card: RecordCard) => string | null,
    said: (count: number) => string,
  ): Promise<void> {
    const { notices } = this.#deps;
    try {
      const cards = await this.#target.read(mostToCopy, new AbortController().signal);
      const lines = cards.map(lineOf).filter((line) => line !== null);
      const isCut = this.#target.count() > cards.length;
      const told = isCut ? ` ${galleryText.tooMany(cards.length)}` : '';
      await this.#copy(lines.join('\n'), `${said(lines.length)}${told}`);
    } catch (error) {
      notices.showError(error);
    }
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
    const url = this.#target.cards()[0]?.record.page;
    if (url === undefined || url === null) return;
    try {
      await this.#deps.api.app.openExternal({ url });
    } catch (error) {
      this.#deps.notices.showError(error);
    }
  }

  /** Opens the plan for what is chosen, loaded or not. */
  planDownload(): void {
    const cards = this.#target.cards();
    const count = this.#target.count();
    if (count === 0) return;
    const [only] = cards;
    this.#deps.plans.open({
      title: this.#planTitle(count, only),
      selection: this.#target.selection() ?? {
        kind: 'refs',
        refs: cards.map((card) => card.record.ref),
      },
      count,
    });
  }

  #planTitle(count: number, only: RecordCard | undefined): string {
    if (count === 1 && only !== undefined) return only.record.title || only.record.id;
    const name = this.#verbs().listName?.() ?? galleryText.someRecords(count);
    // The dialog has quotes of its own.
    return name.replace(/^“|”$/gu, '');
  }

  /** The commands of the registry that act on the selection. */
  handlers(): Partial<Record<CommandId, CommandHandler>> {
    const needed = () => (this.#target.count() === 0 ? galleryText.nothingSelected : null);
    const page = () =>
      needed() ??
      (this.#target.cards().some((card) => card.record.page !== null) ? null : galleryText.noPage);
    const { preview } = this.#verbs();
    return {
      'record.open': { run: () => this.#verbs().open(), unavailable: needed },
      ...(preview === undefined ? {} : { 'record.preview': { run: preview, unavailable: needed } }),
      'record.keep': { run: () => this.keep(), unavailable: needed },
      'record.remove': { run: () => this.remove(), unavailable: needed },
      'download.plan': { run: () => this.planDownload(), unavailable: needed },
      'record.copyCredit': { run: () => this.copyCredits(), unavailable: needed },
      'record.copyId': { run: () => this.copyIds(), unavailable: needed },
      'record.copyLink': { run: () => this.copyLinks(), unavailable: page },
      'record.openSite': { run: () => this.openSite(), unavailable: page },
    };
  }

  /** The context menu. */
  entries(): MenuEntry[] {
    const count = this.#target.count();
    if (count === 0) return [];
    const { preview, search } = this.#verbs();
    const keep = this.areAllKept
      ? { ...this.#entry('record.remove', galleryText.remove, StarOff), danger: true }
      : this.#entry('record.keep', galleryText.keep, Star);
    const first = count === 1 ? galleryText.openSite : galleryText.openSiteAnd(count);
    const [only] = count === 1 ? this.#target.cards() : [];
    return [
      this.#entry('record.open', galleryText.open, Maximize),
      ...(preview === undefined
        ? []
        : [{ ...this.#entry('record.preview', galleryText.preview, Eye), keys: ['Space'] }]),
      ...(this.areAllKept ? [] : [keep]),
      this.#entry('download.plan', galleryText.download(count), Download),
      'line',
      this.#entry('record.copyCredit', copyCreditWords(count), Quote),
      this.#entry('record.copyLink', galleryText.copyLinks(count), Link),
      this.#entry('record.copyId', galleryText.copyIds(count), Copy),
      this.#entry('record.openSite', first, ExternalLink),
      ...(only === undefined || search === undefined ? [] : searchEntries(only, search)),
      ...this.#selectEntries(),
      ...(this.areAllKept ? (['line', keep] as const) : []),
    ];
  }

  #entry(id: CommandId, label: string, icon: IconComponent): MenuItem {
    const { commands } = this.#deps;
    return {
      label,
      icon,
      keys: commands.keysOf(id),
      reason: commands.reasonUnavailable(id),
      run: () => commands.run(id),
    };
  }

  #selectEntries(): MenuEntry[] {
    const { selectAll } = this.#verbs();
    if (selectAll === undefined || this.#target.count() >= selectAll.count) return [];
    const keys = this.#deps.commands.keysOf('selection.all');
    const label = galleryText.selectAll(selectAll.count);
    return ['line', { label, icon: SquareDashed, keys, run: selectAll.run }];
  }
}

/** Keywords offered as searches in a menu; all of them are in the inspector. */
const mostKeywords = 3;

/** What a record says of itself as searches. */
function searchEntries(card: RecordCard, search: (query: NasaSearchQuery) => void): MenuEntry[] {
  const entries: MenuItem[] = [];
  const add = (name: string, value: string, query: NasaSearchQuery): void => {
    entries.push({
      label: galleryText.searchBy(name, value),
      icon: Search,
      run: () => search(query),
    });
  };
  for (const [name, field] of [
    [galleryText.centre, 'center'],
    [galleryText.photographer, 'photographer'],
  ] as const) {
    const [value] = fieldValues(card, field);
    if (value !== undefined) add(name, value, { [field]: value });
  }
  for (const word of keywordsOf(card).slice(0, mostKeywords)) {
    add(galleryText.keyword, word, { keywords: word });
  }
  return entries.length === 0 ? [] : ['line', { heading: galleryText.searchBySection }, ...entries];
}
