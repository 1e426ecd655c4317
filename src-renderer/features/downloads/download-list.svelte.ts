/** Runs in the page. The download list as it is looked at: the filter, the chosen row, where the keyboard is. */
import type { DownloadItem } from '#contract/domain.ts';
import type { DownloadsState, Navigation } from '../../lib/deps.ts';
import {
  countByFilter,
  isDownloadFilter,
  isOpen,
  passes,
  type DownloadFilter,
} from './download-figures.ts';

const filterKey = 'downloads.filter';
const selectedKey = 'downloads.selected';

export class DownloadList {
  readonly #downloads: DownloadsState;
  readonly #navigation: Navigation;
  #filter = $state<DownloadFilter>('all');
  #selectedId = $state<string | null>(null);
  readonly #shown = $derived.by(() =>
    this.#downloads.items.filter((item) => passes(item, this.#filter)),
  );
  readonly #counts = $derived.by(() => countByFilter(this.#downloads.items));

  constructor(downloads: DownloadsState, navigation: Navigation) {
    this.#downloads = downloads;
    this.#navigation = navigation;
    const filter = navigation.recall(filterKey);
    const selected = navigation.recall(selectedKey);
    if (isDownloadFilter(filter)) this.#filter = filter;
    if (typeof selected === 'string') this.#selectedId = selected;
  }

  get filter(): DownloadFilter {
    return this.#filter;
  }

  get shown(): readonly DownloadItem[] {
    return this.#shown;
  }

  get counts(): Record<DownloadFilter, number> {
    return this.#counts;
  }

  get selected(): DownloadItem | null {
    return this.#shown.find((item) => item.id === this.#selectedId) ?? null;
  }

  get selectedIndex(): number {
    return this.#shown.findIndex((item) => item.id === this.#selectedId);
  }

  get open(): readonly DownloadItem[] {
    return this.#downloads.items.filter(isOpen);
  }

  get failed(): readonly DownloadItem[] {
    return this.#downloads.items.filter((item) => passes(item, 'failed'));
  }

  show(filter: DownloadFilter): void {
    this.#filter = filter;
    this.#navigation.remember(filterKey, filter);
  }

  select(id: string | null): void {
    this.#selectedId = id;
    this.#navigation.remember(selectedKey, id);
  }

  /** Chooses the row at a place, the nearest one at the ends; null when there is none. */
  selectAt(index: number): DownloadItem | null {
    const item = this.#shown[Math.min(Math.max(index, 0), this.#shown.length - 1)] ?? null;
    if (item !== null) this.select(item.id);
    return item;
  }

  /** Takes an ended row off the list and chooses the one that takes its place. */
  async takeOff(item: DownloadItem): Promise<void> {
    const index = this.#shown.indexOf(item);
    await this.#downloads.remove(item.id);
    if (this.#selectedId === item.id) this.selectAt(index);
  }

  async cancelAll(): Promise<void> {
    await Promise.all(this.open.map((item) => this.#downloads.cancel(item.id)));
  }

  async retryAll(): Promise<void> {
    await Promise.all(this.failed.map((item) => this.#downloads.retry(item.id)));
  }
}
