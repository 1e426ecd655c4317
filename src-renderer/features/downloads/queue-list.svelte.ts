/** Runs in the page. The queue as it is looked at: the filter, the rows, what is chosen of them. */
import type { ArchiveApi } from '#contract/api.ts';
import {
  downloadFilters,
  type DownloadFilter,
  type DownloadGroup,
  type DownloadQueue,
  type DownloadTarget,
} from '#contract/downloads.ts';
import type { DownloadItem } from '#contract/domain.ts';
import { isCancelled } from '#contract/errors.ts';
import { downloadsText } from '../../i18n/downloads.ts';
import type { DownloadsState, Navigation } from '../../lib/deps.ts';
import { Paced } from '../../lib/paced.ts';
import { Selection } from '../../lib/selection.svelte.ts';
import { TreeGridState, type TreePlace } from '../../ui/tree-grid/tree-grid-state.svelte.ts';
import { countByFilter } from './queue-figures.ts';
import { QueueRows, type QueueNode } from './queue-rows.svelte.ts';

/** What the inspector and the acts are for. */
export type QueueChoice =
  | { kind: 'none' }
  | { kind: 'group'; group: DownloadGroup }
  | { kind: 'file'; item: DownloadItem }
  | { kind: 'many'; count: number };

export interface QueueListDeps {
  api: ArchiveApi;
  downloads: DownloadsState;
  navigation: Navigation;
}

const keys = {
  filter: 'downloads.filter',
  folded: 'downloads.folded',
  place: 'downloads.place',
  selected: 'downloads.selected',
};
const rowPx = 27;
const quickMs = 250;
/** A list of so many rows is not asked for again with every file that ends. */
const largeRows = 5_000;
const largeMs = 2_000;
/** Rows that one question names, and ids that one command takes. */
const rowsAtOnce = 500;
const idsAtOnce = 10_000;

export class QueueList {
  readonly rows: QueueRows;
  readonly grid = new TreeGridState<QueueNode>(new Selection(), rowPx);
  readonly #deps: QueueListDeps;
  #filter = $state<DownloadFilter>('all');
  #state = $state<'loading' | 'ready' | 'failed'>('loading');
  #message = $state('');
  /** The filter that the rows are of. */
  #shown: DownloadFilter | null = null;
  readonly #reading = new Paced(quickMs, () => this.#read());
  readonly #readingLarge = new Paced(largeMs, () => this.#read());
  readonly #counts = $derived.by(() => countByFilter(this.#deps.downloads.queue?.groups ?? []));

  constructor(deps: QueueListDeps) {
    const { api, navigation } = deps;
    this.#deps = deps;
    const filter = navigation.recall(keys.filter);
    this.#filter = downloadFilters.find((one) => one === filter) ?? 'all';
    const folded = navigation.recall(keys.folded);
    this.rows = new QueueRows(
      api,
      Array.isArray(folded) ? folded.filter((id) => typeof id === 'string') : [],
      (ids) => navigation.remember(keys.folded, ids),
    );
    const place = readPlace(navigation.recall(keys.place));
    if (place !== null) this.grid.restore(place);
  }

  get filter(): DownloadFilter {
    return this.#filter;
  }
  get state(): 'loading' | 'ready' | 'failed' {
    return this.#state;
  }
  /** Why the rows could not be read. */
  get message(): string {
    return this.#message;
  }
  get counts(): Record<DownloadFilter, number> {
    return this.#counts;
  }

  get choice(): QueueChoice {
    void this.rows.revision;
    const { selection } = this.grid;
    if (selection.count > 1) return { kind: 'many', count: selection.count };
    const [index] = selection.list(1);
    const node = index === undefined ? null : this.rows.nodeAt(index);
    if (node === null) return { kind: 'none' };
    return node.kind === 'group'
      ? { kind: 'group', group: node.group }
      : { kind: 'file', item: node.item };
  }

  /** A file that would go on, were its group not paused. */
  isHeld(item: DownloadItem): boolean {
    const { queue } = this.#deps.downloads;
    const group = queue?.groups.find(({ id }) => id === item.group);
    return queue?.isPaused === true || group?.isPaused === true;
  }

  /** The chosen rows that are here, as far as so many. */
  chosenNodes(limit: number): { nodes: QueueNode[]; isWhole: boolean } {
    const { selection } = this.grid;
    const nodes = selection.list(limit).map((index) => this.rows.nodeAt(index));
    const here = nodes.filter((node) => node !== null);
    return { nodes: here, isWhole: here.length === selection.count };
  }

  show(filter: DownloadFilter): void {
    if (filter === this.#filter) return;
    this.#filter = filter;
    this.#deps.navigation.remember(keys.filter, filter);
    this.grid.selection.clear();
    this.#reading.call();
  }

  rememberPlace(place: TreePlace): void {
    this.#deps.navigation.remember(keys.place, place);
  }

  rememberChoice(): void {
    const { selection } = this.grid;
    const [index] = selection.count === 1 ? selection.list(1) : [];
    const id = index === undefined ? null : this.rows.rowAt(index).id;
    if (this.#shown !== null) this.#deps.navigation.remember(keys.selected, id);
  }

  /** The queue went on: rows are asked for again where they may be others. */
  follow(queue: DownloadQueue): void {
    const groups = queue.isPaused
      ? queue.groups.map((group) => ({ ...group, isPaused: true }))
      : queue.groups;
    this.rows.setGroups(groups);
    this.rows.refreshSeen();
    if (this.#isSame(queue)) return;
    if (this.rows.fileCount > largeRows && this.#shown === this.#filter) this.#readingLarge.call();
    else this.#reading.call();
  }

  /** Counts and order of all rows tell of others; under a filter rows of the same count may be others. */
  #isSame(queue: DownloadQueue): boolean {
    if (this.#filter !== 'all' || this.#shown !== 'all' || this.#state !== 'ready') return false;
    const counts = queue.groups.map((group) => [group.id, countByFilter([group]).all]);
    const listed = this.rows.index.groups.map(({ id, count }) => [id, count]);
    return JSON.stringify(counts.filter(([, count]) => count !== 0)) === JSON.stringify(listed);
  }

  put(item: DownloadItem): void {
    this.rows.put(item);
  }

  /** Reads the rows again, now. */
  async refresh(): Promise<void> {
    await this.#read();
  }

  retry(): void {
    this.#state = 'loading';
    this.#deps.downloads.refresh();
    this.#reading.call();
  }

  async #read(): Promise<void> {
    const filter = this.#filter;
    try {
      const index = await this.#deps.api.downloads.index({ filter });
      if (filter !== this.#filter) return;
      const isFirst = this.#shown === null;
      this.#shown = filter;
      this.rows.setIndex(index);
      this.#state = 'ready';
      if (isFirst) this.#restoreChoice();
    } catch (error) {
      if (isCancelled(error)) return;
      this.#message = error instanceof Error ? error.message : downloadsText.notRead;
      // What is shown stays; the next change of the queue asks again.
      if (this.#shown === null) this.#state = 'failed';
    }
  }

  #restoreChoice(): void {
    const id = this.#deps.navigation.recall(keys.selected);
    const index = typeof id === 'string' ? this.rows.indexOfId(id) : null;
    if (index !== null) this.grid.selection.replace(index);
  }

  /** What a command over the chosen rows names. Reads the ids of rows that are not here. */
  async targets(): Promise<DownloadTarget[]> {
    const { selection } = this.grid;
    if (selection.count === this.rows.rowCount && this.#filter === 'all') return [{ kind: 'all' }];
    const groups: string[] = [];
    const numbers: number[] = [];
    for (const index of selection.list()) {
      const place = this.rows.placeAt(index);
      if (place === null) continue;
      if (place.number !== null) numbers.push(place.number);
      else if (this.#filter === 'all' || selection.count === 1) groups.push(place.section.id);
      else if (!place.section.isOpen) numbers.push(...this.rows.numbersOf(place.section));
    }
    const ids = await this.#idsOf(numbers, groups);
    const targets: DownloadTarget[] = groups.map((id) => ({ kind: 'group', id }));
    for (let at = 0; at < ids.length; at += idsAtOnce) {
      targets.push({ kind: 'items', ids: ids.slice(at, at + idsAtOnce) });
    }
    return targets;
  }

  /** Asks again for every file that needs the user, whatever is shown. */
  async retryTroubled(): Promise<void> {
    const { api, downloads } = this.#deps;
    const { numbers } = await api.downloads.index({ filter: 'trouble' });
    const ids = await this.#idsOf([...numbers], []);
    for (let at = 0; at < ids.length; at += idsAtOnce) {
      await downloads.command('retry', { kind: 'items', ids: ids.slice(at, at + idsAtOnce) });
    }
  }

  /** Files of groups that are chosen themselves are left out. */
  async #idsOf(numbers: readonly number[], groups: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    for (let at = 0; at < numbers.length; at += rowsAtOnce) {
      const { rows } = await this.#deps.api.downloads.rows({
        numbers: numbers.slice(at, at + rowsAtOnce),
      });
      for (const { item } of rows) if (!groups.includes(item.group)) ids.push(item.id);
    }
    return ids;
  }

  dispose(): void {
    this.#reading.dispose();
    this.#readingLarge.dispose();
  }
}

function readPlace(value: unknown): TreePlace | null {
  const { index, within, current } = (value ?? {}) as Partial<Record<keyof TreePlace, unknown>>;
  if (typeof index !== 'number' || typeof within !== 'number') return null;
  return { index, within, current: typeof current === 'number' ? current : null };
}
