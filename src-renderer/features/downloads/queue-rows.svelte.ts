/**
 * Runs in the page. The queue as the rows of a tree: groups, and their files, of which only those in sight are here.
 */
/* Nothing draws from these Maps and Sets; the grid is told by `revision`. */
/* eslint-disable svelte/prefer-svelte-reactivity */
import type { ArchiveApi } from '#contract/api.ts';
import type { DownloadItem } from '#contract/domain.ts';
import type { DownloadGroup, DownloadIndex } from '#contract/downloads.ts';
import { isCancelled } from '#contract/errors.ts';
import type { IndexRange, Splice } from '../../lib/index-ranges.ts';
import { SpliceLog } from '../../lib/tree/splice-log.ts';
import type { TreeRow, TreeRows } from '../../lib/tree/tree-rows.ts';
import { downloadsText, groupTitle } from '../../i18n/downloads.ts';
import {
  emptyLayout,
  layOut,
  placeOf,
  rowOfNumber,
  splicesBetween,
  type QueueLayout,
  type QueuePlace,
} from './queue-layout.ts';

export type QueueNode =
  { kind: 'group'; group: DownloadGroup } | { kind: 'file'; item: DownloadItem };

/** Rows that one question names. */
const mostAsked = 500;
/** Files held at once; those out of sight are dropped when there are more. */
const mostHeld = 3000;
/** Rows asked for beside those in sight. */
const ahead = 20;

export class QueueRows implements TreeRows<QueueNode> {
  readonly #api: ArchiveApi;
  readonly #onFold: (folded: readonly string[]) => void;
  #index: DownloadIndex = { groups: [], numbers: new Uint32Array() };
  #layout: QueueLayout = emptyLayout;
  #folded: Set<string>;
  readonly #groups = new Map<string, QueueNode & { kind: 'group' }>();
  readonly #files = new Map<number, QueueNode & { kind: 'file' }>();
  readonly #numberOf = new Map<string, number>();
  readonly #log = new SpliceLog();
  #revision = $state(0);
  #seen: IndexRange | null = null;
  #failure: string | null = null;
  #isAsking = false;
  /** Files told of while rows were asked for: newer than the answer. */
  readonly #told = new Map<string, DownloadItem>();
  /** Numbers that the queue no longer has, until the next index. */
  readonly #gone = new Set<number>();
  /** What is in sight is to be asked for again. */
  #isStale = false;

  constructor(
    api: ArchiveApi,
    folded: readonly string[],
    onFold: (folded: readonly string[]) => void,
  ) {
    this.#api = api;
    this.#folded = new Set(folded);
    this.#onFold = onFold;
  }

  get rowCount(): number {
    void this.#revision;
    return this.#layout.rowCount;
  }
  get revision(): number {
    return this.#revision;
  }
  /** Files that pass, folded away or not. */
  get fileCount(): number {
    return this.#index.numbers.length;
  }
  get index(): DownloadIndex {
    return this.#index;
  }

  splicesSince(revision: number): readonly Splice[] | null {
    return this.#log.since(revision);
  }

  placeAt(index: number): QueuePlace | null {
    return placeOf(this.#layout, index);
  }

  /** Of the files of a group. */
  numbersOf({ first, count }: QueuePlace['section']): number[] {
    return [...this.#layout.numbers.subarray(first, first + count)];
  }

  nodeAt(index: number): QueueNode | null {
    const place = this.placeAt(index);
    return place === null ? null : this.#nodeOf(place);
  }

  #nodeOf({ section, number }: QueuePlace): QueueNode | null {
    if (number !== null) return this.#files.get(number) ?? null;
    return this.#groups.get(section.id) ?? null;
  }

  rowAt(index: number): TreeRow<QueueNode> {
    const place = this.placeAt(index);
    const node = place === null ? null : this.#nodeOf(place);
    const isGroup = place?.number === null;
    const isFailed = node === null && this.#failure !== null;
    return {
      kind: node !== null ? 'node' : isFailed ? 'failed' : 'pending',
      id: place === null ? `?${index}` : idOf(place),
      level: isGroup ? 1 : 2,
      posInSet: place === null ? 1 : isGroup ? this.#posOf(place.section.id) : place.at + 1,
      setSize: place === null ? -1 : isGroup ? this.#layout.sections.length : place.section.count,
      isExpandable: isGroup && place.section.count > 0,
      isExpanded: isGroup && place.section.isOpen && place.section.count > 0,
      node,
      title: node === null ? '' : titleOf(node),
      remaining: null,
      message: isFailed ? this.#failure : null,
      isLoading: false,
    };
  }

  #posOf(id: string): number {
    return this.#layout.sections.findIndex((section) => section.id === id) + 1;
  }

  parentOf(index: number): number | null {
    const place = this.placeAt(index);
    return place === null || place.number === null ? null : place.section.row;
  }

  /** The row by the id that `rowAt` gave it; null where it is not in the list. */
  indexOfId(id: string): number | null {
    const number = Number(id.slice(1));
    if (id.startsWith('n')) return rowOfNumber(this.#layout, number);
    return this.#layout.sections.find((section) => idOfGroup(section.id) === id)?.row ?? null;
  }

  indexOfGroup(id: string): number | null {
    return this.indexOfId(idOfGroup(id));
  }

  setExpanded(index: number, isExpanded: boolean): void {
    const place = this.placeAt(index);
    if (place === null || place.number !== null) return;
    if (isExpanded) this.#folded.delete(place.section.id);
    else this.#folded.add(place.section.id);
    this.#foldedChanged();
  }

  openSiblings(): void {
    this.#folded.clear();
    this.#foldedChanged();
  }

  #foldedChanged(): void {
    this.#onFold([...this.#folded]);
    this.#take(layOut(this.#index, this.#folded));
  }

  retry(): void {
    this.#failure = null;
    this.#changed();
    if (this.#seen !== null) this.want(this.#seen);
  }

  find(start: string, after: number): number | null {
    const wanted = start.toLocaleLowerCase();
    for (let step = 1; step <= this.rowCount; step += 1) {
      const index = (after + step + this.rowCount) % this.rowCount;
      const node = this.nodeAt(index);
      if (node !== null && titleOf(node).toLocaleLowerCase().startsWith(wanted)) return index;
    }
    return null;
  }

  setIndex(index: DownloadIndex): void {
    this.#index = index;
    this.#gone.clear();
    this.#take(layOut(index, this.#folded));
  }

  setGroups(groups: readonly DownloadGroup[]): void {
    const ids = new Set(groups.map(({ id }) => id));
    for (const id of this.#groups.keys()) if (!ids.has(id)) this.#groups.delete(id);
    for (const group of groups) {
      const before = this.#groups.get(group.id)?.group;
      if (JSON.stringify(before) === JSON.stringify(group)) continue;
      this.#groups.set(group.id, { kind: 'group', group });
    }
    this.#changed();
  }

  /** A file was told of. */
  put(item: DownloadItem): void {
    if (this.#isAsking) this.#told.set(item.id, item);
    const number = this.#numberOf.get(item.id);
    if (number === undefined) return;
    this.#files.set(number, { kind: 'file', item });
    this.#changed();
  }

  want(range: IndexRange): void {
    this.#seen = range;
    if (!this.#isAsking && this.#failure === null) void this.#ask();
  }

  /** The queue went on: what is in sight is asked for again. */
  refreshSeen(): void {
    this.#isStale = true;
    this.#failure = null;
    if (!this.#isAsking) void this.#ask();
  }

  #wanted(isAgain: boolean): number[] {
    if (this.#seen === null) return [];
    const numbers: number[] = [];
    const last = Math.min(this.rowCount - 1, this.#seen.last + ahead);
    for (let at = Math.max(0, this.#seen.first - ahead); at <= last; at += 1) {
      const number = this.placeAt(at)?.number ?? null;
      if (number === null || this.#gone.has(number)) continue;
      if (isAgain || !this.#files.has(number)) numbers.push(number);
    }
    return numbers.slice(0, mostAsked);
  }

  async #ask(): Promise<void> {
    const isAgain = this.#isStale;
    const numbers = this.#wanted(isAgain);
    this.#isStale = false;
    if (numbers.length === 0) return;
    this.#isAsking = true;
    try {
      const { rows } = await this.#api.downloads.rows({ numbers });
      for (const { number, item } of rows) this.#hold(number, this.#told.get(item.id) ?? item);
      const given = new Set(rows.map(({ number }) => number));
      for (const number of numbers) if (!given.has(number)) this.#gone.add(number);
      this.#drop();
    } catch (error) {
      if (!isCancelled(error)) this.#failure = messageOf(error);
    } finally {
      this.#isAsking = false;
      this.#told.clear();
    }
    this.#changed();
    if (this.#isStale || this.#failure === null) await this.#ask();
  }

  #hold(number: number, item: DownloadItem): void {
    const before = this.#files.get(number)?.item;
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(item)) return;
    this.#files.set(number, { kind: 'file', item });
    this.#numberOf.set(item.id, number);
  }

  /** Far more is held than is seen: what is out of sight goes. */
  #drop(): void {
    if (this.#files.size <= mostHeld) return;
    const seen = new Set(this.#wanted(true));
    for (const [number, { item }] of this.#files) {
      if (seen.has(number)) continue;
      this.#files.delete(number);
      this.#numberOf.delete(item.id);
    }
  }

  #take(layout: QueueLayout): void {
    const splices = splicesBetween(this.#layout, layout);
    this.#layout = layout;
    for (const splice of splices) this.#log.note(splice);
    this.#changed();
  }

  #changed(): void {
    this.#log.touch();
    this.#revision = this.#log.revision;
  }
}

const idOfGroup = (id: string): string => `g${id}`;

const idOf = ({ section, number }: QueuePlace): string =>
  number === null ? idOfGroup(section.id) : `n${number}`;

const titleOf = (node: QueueNode): string =>
  node.kind === 'group' ? groupTitle(node.group) : node.item.fileName;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : downloadsText.notRead;
