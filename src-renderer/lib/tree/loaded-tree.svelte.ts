/**
 * Runs in the page. A tree whose rows are loaded as they are seen: the model, and who asks for what is missing of it.
 * Few requests run at once, and those for rows that nobody looks at any more are given up.
 */
import type { IndexRange, Splice } from '../index-ranges.ts';
import type { ChildrenAnswer } from './child-list.ts';
import { TreeModel, type ChildrenRequest, type TreeOptions } from './tree-model.ts';
import type { TreeRow, TreeRows } from './tree-rows.ts';
import type { TreeSnapshot } from './tree-snapshot.ts';

export type LoadChildren<T> = (
  request: Pick<ChildrenRequest<T>, 'path' | 'node' | 'from' | 'count' | 'cursor'>,
  signal: AbortSignal,
) => Promise<ChildrenAnswer<T>>;

export interface LoadedTreeOptions<T> extends TreeOptions<T> {
  load: LoadChildren<T>;
  /** What a failed row says. */
  describe(error: unknown): string;
  /** False: what follows in a list that can only be read on is loaded by its row alone, not by being seen. */
  loadsMoreOnSight?: boolean;
  /** Requests at once. */
  mostAtOnce?: number;
}

/** While the scroll bar is dragged, rows that pass by are not asked for. */
const restMs = 60;

export class LoadedTree<T> implements TreeRows<T> {
  readonly #model: TreeModel<T>;
  readonly #options: LoadedTreeOptions<T>;
  #wanted: IndexRange | null = null;
  /** Asked for by hand; first in turn, and not kept if there is no room, since its row is still there. */
  #asked: ChildrenRequest<T>[] = [];
  // Told by the revision.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  #running = new Map<AbortController, ChildrenRequest<T>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #revision = $state(0);

  constructor(options: LoadedTreeOptions<T>) {
    this.#options = options;
    this.#model = new TreeModel(options);
  }

  get rowCount(): number {
    void this.#revision;
    return this.#model.rowCount;
  }
  get revision(): number {
    return this.#revision;
  }
  /** Nodes at the first level; null while unknown. */
  get rootTotal(): number | null {
    void this.#revision;
    return this.#model.rootTotal;
  }
  get isLoading(): boolean {
    void this.#revision;
    return this.#running.size > 0;
  }

  splicesSince(revision: number): readonly Splice[] | null {
    return this.#model.splicesSince(revision);
  }

  rowAt(index: number): TreeRow<T> {
    void this.#revision;
    return this.#model.rowAt(index);
  }

  parentOf(index: number): number | null {
    return this.#model.parentOf(index);
  }

  /** Children of the node in a row as they were counted when it was opened; null where nobody knows. */
  childTotalAt(index: number): number | null {
    void this.#revision;
    return this.#model.childTotalAt(index);
  }

  find(start: string, after: number): number | null {
    return this.#model.find(start, after);
  }

  setExpanded(index: number, isExpanded: boolean): void {
    if (isExpanded) this.#model.open(index);
    else this.#model.close(index);
    this.#tell();
  }

  openSiblings(index: number): void {
    this.#model.openSiblings(index);
    this.#tell();
  }

  /** At once for rows near those before; a little later after a jump. */
  want(range: IndexRange): void {
    const before = this.#wanted;
    this.#wanted = range;
    const isNear = before === null || (range.first <= before.last && range.last >= before.first);
    clearTimeout(this.#timer);
    if (isNear) this.#pump();
    else this.#timer = setTimeout(() => this.#pump(), restMs);
  }

  retry(index: number): void {
    const request = this.#model.retry(index);
    if (request !== null) this.#asked.push(request);
    this.#pump();
    this.#tell();
  }

  /** Loads everything anew, with the same nodes open; for after the archive or the filter changed. */
  reload(): void {
    this.restore(this.#model.snapshot());
  }

  snapshot(): TreeSnapshot {
    return this.#model.snapshot();
  }

  restore(snapshot: TreeSnapshot): void {
    this.#stopAll();
    this.#model.restore(snapshot);
    this.#pump();
    this.#tell();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stopAll();
  }

  #stopAll(): void {
    this.#asked = [];
    for (const control of this.#running.keys()) control.abort();
    this.#running.clear();
  }

  /** Starts what is missing of the rows in sight, as far as requests may run at once. */
  #pump(): void {
    const { loadsMoreOnSight = true, mostAtOnce = 3 } = this.#options;
    const range = this.#wanted;
    const missing = range === null ? [] : this.#model.missing(range, loadsMoreOnSight);
    this.#giveUp(missing.length > 0 ? range : null);
    const waiting = [...this.#asked.splice(0), ...missing];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (this.#running.size >= mostAtOnce) break;
      if (!this.#isRunning(next)) void this.#run(next);
    }
    this.#tell();
  }

  #isRunning({ branch, from }: ChildrenRequest<T>): boolean {
    return [...this.#running.values()].some((one) => one.branch === branch && one.from === from);
  }

  /** Others wait: what runs for rows that are out of sight now makes room. */
  #giveUp(range: IndexRange | null): void {
    if (range === null) return;
    for (const [control, request] of this.#running) {
      if (this.#isSeen(request, range)) continue;
      this.#running.delete(control);
      control.abort();
      this.#model.cancel(request);
    }
  }

  #isSeen({ branch, from, count }: ChildrenRequest<T>, { first, last }: IndexRange): boolean {
    const top = this.#model.indexOf(branch, from);
    const bottom = this.#model.indexOf(branch, from + count - 1);
    return top !== null && bottom !== null && top <= last && bottom >= first;
  }

  async #run(request: ChildrenRequest<T>): Promise<void> {
    const control = new AbortController();
    this.#running.set(control, request);
    this.#model.begin(request);
    try {
      const { path, node, from, count, cursor } = request;
      const answer = await this.#options.load({ path, node, from, count, cursor }, control.signal);
      if (this.#running.has(control)) this.#model.take(request, answer);
    } catch (error) {
      if (this.#running.has(control)) this.#model.fail(request, this.#options.describe(error));
    } finally {
      const isOurs = this.#running.delete(control);
      if (isOurs) this.#pump();
    }
  }

  #tell(): void {
    this.#revision = this.#model.revision;
  }
}
