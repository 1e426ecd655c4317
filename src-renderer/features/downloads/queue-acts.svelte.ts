/** Runs in the page. What can be done with the chosen rows of the queue; menu, inspector and keys all use it. */
import { tick } from 'svelte';
import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import Copy from '@lucide/svelte/icons/copy';
import FolderOpen from '@lucide/svelte/icons/folder-open';
import Image from '@lucide/svelte/icons/image';
import ListX from '@lucide/svelte/icons/list-x';
import Play from '@lucide/svelte/icons/play';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import X from '@lucide/svelte/icons/x';
import type { DownloadItem, DownloadState } from '#contract/domain.ts';
import { singleGroup, statesOfFilter, type DownloadGroup } from '#contract/downloads.ts';
import { downloadsText, groupTitle } from '../../i18n/downloads.ts';
import type { AppDeps, DownloadVerb } from '../../lib/deps.ts';
import { routeOfRecord } from '../../lib/record-route.ts';
import type { IconComponent } from '../../ui/icon-component.ts';
import type { MenuEntry, MenuItem } from '../../ui/menu-entries.ts';
import { countIn, openStates } from './queue-figures.ts';
import type { QueueList } from './queue-list.svelte.ts';
import type { QueueNode } from './queue-rows.svelte.ts';

const verbs: readonly DownloadVerb[] = ['pause', 'resume', 'retry', 'cancel', 'remove'];

/** States that each verb is for, as the queue has it. */
const statesOf: Readonly<Record<DownloadVerb, readonly DownloadState[]>> = {
  pause: ['queued', 'waiting', 'active'],
  resume: ['paused'],
  cancel: openStates,
  retry: [...statesOfFilter.trouble, 'cancelled'],
  remove: ['done', ...statesOfFilter.trouble, 'cancelled'],
};

const icons: Readonly<Record<DownloadVerb, IconComponent>> = {
  pause: CirclePause,
  resume: Play,
  retry: RotateCw,
  cancel: X,
  remove: ListX,
};

const groupWords: Readonly<Record<DownloadVerb, string>> = {
  pause: downloadsText.pause,
  resume: downloadsText.resume,
  retry: downloadsText.retryGroup,
  cancel: downloadsText.cancelGroup,
  remove: downloadsText.removeGroup,
};

const fileWords: Readonly<Record<DownloadVerb, string>> = {
  ...groupWords,
  retry: downloadsText.retry,
  cancel: downloadsText.cancel,
  remove: downloadsText.remove,
};

/** Rows looked at for which acts fit; of more, all are offered. */
const mostLookedAt = 1000;

export class QueueActs {
  readonly #deps: AppDeps;
  readonly #list: QueueList;
  readonly #focusRow: (index: number) => void;

  constructor(deps: AppDeps, list: QueueList, focusRow: (index: number) => void) {
    this.#deps = deps;
    this.#list = list;
    this.#focusRow = focusRow;
  }

  /** What fits the chosen rows. */
  get fitting(): DownloadVerb[] {
    void this.#list.rows.revision;
    const { nodes, isWhole } = this.#list.chosenNodes(mostLookedAt);
    if (!isWhole) return [...verbs];
    return verbs.filter((verb) => nodes.some((node) => this.#fits(verb, node)));
  }

  #fits(verb: DownloadVerb, node: QueueNode): boolean {
    if (node.kind === 'file') return statesOf[verb].includes(node.item.state);
    const { group } = node;
    // While everything is paused a group can't go on by itself.
    const isAllPaused = this.#deps.downloads.queue?.isPaused === true;
    if (verb === 'pause') return !group.isPaused && countIn(group, statesOf.pause) > 0;
    if (verb === 'resume' && group.isPaused) return !isAllPaused;
    return countIn(group, statesOf[verb]) > 0;
  }

  words(verb: DownloadVerb): string {
    return this.#list.choice.kind === 'group' ? groupWords[verb] : fileWords[verb];
  }

  icon(verb: DownloadVerb): IconComponent {
    return icons[verb];
  }

  /** Does it with all that is chosen; those that it does not fit stay as they are. */
  async run(verb: DownloadVerb): Promise<void> {
    const { downloads, notices } = this.#deps;
    try {
      const targets = await this.#list.targets();
      let changed = 0;
      for (const target of targets) {
        const count = await downloads.command(verb, target);
        if (count === null) return;
        changed += count;
      }
      const isOnGroups = targets.some(({ kind }) => kind !== 'items');
      if (changed === 0 && !isOnGroups) notices.show({ text: this.#noneFit(verb) });
    } catch (error) {
      notices.showError(error, downloadsText.notDone(verb));
    }
  }

  #noneFit(verb: DownloadVerb): string {
    const { choice } = this.#list;
    return verb === 'remove' && choice.kind === 'file'
      ? downloadsText.notEnded
      : downloadsText.noneFit;
  }

  async retryTroubled(): Promise<void> {
    try {
      await this.#list.retryTroubled();
    } catch (error) {
      this.#deps.notices.showError(error, downloadsText.notDone('retry'));
    }
  }

  /** Takes off the list what has ended; the row that takes the place of the first one is chosen then. */
  async remove(): Promise<void> {
    const { grid, rows } = this.#list;
    const before = grid.selection.list(1)[0] ?? 0;
    await this.run('remove');
    await this.#list.refresh();
    await tick();
    if (!grid.selection.isEmpty || rows.rowCount === 0) return;
    const index = Math.min(before, rows.rowCount - 1);
    grid.selection.replace(index);
    if (grid.hasFocus) this.#focusRow(index);
  }

  /** Moves the chosen group by one place; what was first of the queue is fetched first. */
  async move(step: -1 | 1): Promise<void> {
    const { choice, grid, rows } = this.#list;
    const groups = this.#deps.downloads.queue?.groups ?? [];
    if (choice.kind !== 'group') return;
    const { id } = choice.group;
    const at = groups.findIndex((group) => group.id === id);
    const to = at + step;
    if (at === -1 || to < 0 || to >= groups.length) return;
    const before = groups[step === -1 ? to : to + 1]?.id ?? null;
    try {
      await this.#deps.api.downloads.moveGroup({ id, before });
      this.#deps.downloads.refresh();
      await this.#list.refresh();
      await tick();
      const index = rows.indexOfGroup(id);
      if (index === null) return;
      grid.selection.replace(index);
      this.#focusRow(index);
      const text = downloadsText.movedTo(groupTitle(choice.group), to + 1, groups.length);
      this.#deps.notices.show({ text, topic: 'moved' });
    } catch (error) {
      this.#deps.notices.showError(error, downloadsText.notMoved);
    }
  }

  /** Whether there is a place for it that way. */
  canMove(group: DownloadGroup, step: -1 | 1): boolean {
    const groups = this.#deps.downloads.queue?.groups ?? [];
    const to = groups.findIndex(({ id }) => id === group.id) + step;
    return to >= 0 && to < groups.length;
  }

  openRecord(item: DownloadItem): void {
    this.#deps.navigation.go(routeOfRecord(item.ref, null));
  }

  async copy(text: string): Promise<void> {
    try {
      await this.#deps.api.app.copyText({ text });
    } catch (error) {
      this.#deps.notices.showError(error);
    }
  }

  /** The context menu. */
  entries(): MenuEntry[] {
    const { choice } = this.#list;
    if (choice.kind === 'none') return [];
    const acts = this.fitting.filter((verb) => verb !== 'remove').map((verb) => this.#entry(verb));
    const own =
      choice.kind === 'file'
        ? this.#fileEntries(choice.item)
        : choice.kind === 'group'
          ? this.#groupEntries(choice.group)
          : [];
    const end: MenuEntry[] = this.fitting.includes('remove')
      ? ['line', { ...this.#entry('remove'), keys: ['Del'] }]
      : [];
    return [...acts, ...own, ...end];
  }

  #entry(verb: DownloadVerb): MenuItem {
    const run = verb === 'remove' ? () => this.remove() : () => this.run(verb);
    return { label: this.words(verb), icon: icons[verb], run: () => void run() };
  }

  #fileEntries(item: DownloadItem): MenuEntry[] {
    const { downloads } = this.#deps;
    const { id, path } = item;
    const onDisk: MenuEntry[] =
      path === null
        ? []
        : [
            {
              label: downloadsText.showInFolder,
              icon: FolderOpen,
              run: () => void downloads.showInFolder(id),
            },
            { label: downloadsText.copyPath, icon: Copy, run: () => void this.copy(path) },
          ];
    return [
      {
        label: downloadsText.openRecord,
        icon: Image,
        keys: ['Enter'],
        run: () => this.openRecord(item),
      },
      ...onDisk,
    ];
  }

  #groupEntries(group: DownloadGroup): MenuEntry[] {
    const move = (step: -1 | 1, label: string, icon: IconComponent, key: string): MenuEntry[] =>
      this.canMove(group, step)
        ? [{ label, icon, keys: ['Alt', key], run: () => void this.move(step) }]
        : [];
    const { folder } = group;
    const isSingle = group.id === singleGroup || folder === '';
    return [
      ...move(-1, downloadsText.moveUp, ArrowUp, '↑'),
      ...move(1, downloadsText.moveDown, ArrowDown, '↓'),
      ...(isSingle
        ? []
        : [{ label: downloadsText.copyPath, icon: Copy, run: () => void this.copy(folder) }]),
    ];
  }
}
