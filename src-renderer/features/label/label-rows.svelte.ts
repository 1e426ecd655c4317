/**
 * Runs in the page. The rows of a label's tree, by position, read in parts as they are seen. Main holds the tree and
 * its folds; whatever changes the order of rows is shown only once the rows in sight were read anew.
 */
import type { LabelFold, LabelRow } from '#contract/labels.ts';
import type { IndexRange, Splice } from '../../lib/index-ranges.ts';
import { SpliceLog } from '../../lib/tree/splice-log.ts';
import type { TreeRow, TreeRows } from '../../lib/tree/tree-rows.ts';
import { toArchiveError, type LabelsApi, type OpenLabel } from './open-label.svelte.ts';
import { PartReader, partSize } from './part-reader.ts';

/** Siblings that are opened at once. */
const mostSiblings = 50;

export interface LabelRowsHooks {
  /** A person folded or unfolded something. */
  folded(fold: LabelFold): void;
  /** A row stands elsewhere now; whoever was at it follows. */
  moved(node: number, index: number): void;
  /** What was asked for could not be done. */
  failed(error: unknown): void;
}

export function qualifiedName({ prefix, name }: Pick<LabelRow, 'prefix' | 'name'>): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

export class LabelRowSource implements TreeRows<LabelRow> {
  readonly #api: LabelsApi;
  readonly #label: Pick<OpenLabel, 'id' | 'lost'>;
  readonly #hooks: LabelRowsHooks;
  readonly #parts: PartReader<LabelRow>;
  #log = new SpliceLog();
  #queue: Promise<unknown> = Promise.resolve();
  #revision = $state(0);

  constructor(api: LabelsApi, label: Pick<OpenLabel, 'id' | 'lost'>, hooks: LabelRowsHooks) {
    this.#api = api;
    this.#label = label;
    this.#hooks = hooks;
    this.#parts = new PartReader({
      read: async (from, count) => {
        const { id } = this.#label;
        return id === null ? [] : (await this.#api.labels.rows({ id, from, count })).rows;
      },
      onChange: () => this.#touch(),
      describe: (error) => this.#describe(error),
    });
  }

  get rowCount(): number {
    void this.#revision;
    return this.#parts.total;
  }
  get revision(): number {
    return this.#revision;
  }

  splicesSince(revision: number): readonly Splice[] | null {
    return this.#log.since(revision);
  }

  /** What is there of a row. */
  at(index: number): LabelRow | null {
    void this.#revision;
    return this.#parts.at(index);
  }

  rowAt(index: number): TreeRow<LabelRow> {
    const row = this.at(index);
    const failure = row === null ? this.#parts.failureAt(index) : null;
    return {
      kind: row !== null ? 'node' : failure === null ? 'pending' : 'failed',
      id: row === null ? `p${index}` : `n${row.node}`,
      level: (row?.depth ?? 0) + 1,
      posInSet: row?.place ?? 1,
      setSize: row?.siblings ?? -1,
      isExpandable: (row?.children ?? 0) > 0,
      isExpanded: row?.isOpen ?? false,
      node: row,
      title: row === null ? '' : qualifiedName(row),
      remaining: null,
      message: failure,
      isLoading: false,
    };
  }

  /** Where it is among the rows that are there; null also where it is too far away to be known. */
  parentOf(index: number): number | null {
    const parent = this.at(index)?.parent ?? null;
    return parent === null ? null : this.indexOf(parent);
  }

  /** Where a node is among the rows that are there. */
  indexOf(node: number): number | null {
    for (const [index, row] of this.#parts.loaded()) if (row.node === node) return index;
    return null;
  }

  find(start: string, after: number): number | null {
    const wanted = start.toLowerCase();
    let first: number | null = null;
    for (const [index, row] of this.#parts.loaded()) {
      const names = [qualifiedName(row), row.name];
      if (!names.some((name) => name.toLowerCase().startsWith(wanted))) continue;
      if (index > after) return index;
      first ??= index;
    }
    return first;
  }

  want(range: IndexRange): void {
    this.#parts.want(range);
  }

  retry(index: number): void {
    this.#parts.retry(index);
  }

  setExpanded(index: number, isOpen: boolean): void {
    const row = this.#parts.at(index);
    if (row !== null) void this.fold({ what: 'node', node: row.node, isOpen }, index);
  }

  openSiblings(index: number): void {
    const here = this.#parts.at(index);
    if (here === null) return;
    const closed = [...this.#parts.loaded()]
      .map(([, row]) => row)
      .filter((row) => row.parent === here.parent && row.children > 0 && !row.isOpen);
    for (const { node } of closed.slice(0, mostSiblings)) {
      void this.fold({ what: 'node', node, isOpen: true });
    }
    void this.follow(here.node);
  }

  /** Folds or unfolds; `at` is the row where that is one. */
  async fold(fold: LabelFold, at: number | null = null): Promise<void> {
    await this.#enqueue(async (id) => {
      const { total } = await this.#api.labels.fold({ id, fold });
      const change = total - this.#parts.total;
      const splice =
        at === null
          ? null
          : { at: at + 1, removed: Math.max(0, -change), inserted: Math.max(0, change) };
      await this.#reshape(total, null, splice);
      this.#hooks.folded(fold);
    });
  }

  /** Unfolds what hides a node; where it is then, or null where it has no row. */
  reveal(node: number): Promise<number | null> {
    return this.#enqueue(async (id) => {
      const place = await this.#api.labels.reveal({ id, node });
      if (place === null) return null;
      await this.#settleAt(place.total, place.position);
      return place.position;
    });
  }

  /** As `reveal`; whoever was at the row is told where it is. */
  async follow(node: number): Promise<void> {
    const index = await this.reveal(node);
    if (index !== null) this.#hooks.moved(node, index);
  }

  /** Main has unfolded something: shows the tree as it is now, with this row at hand. */
  async take(total: number, position: number): Promise<void> {
    await this.#enqueue(() => this.#settleAt(total, position));
  }

  /** Reads what is in sight again: other marks, another order. */
  async refresh(total: number): Promise<void> {
    await this.#enqueue(() => this.#reshape(total, null, null));
  }

  /** More has been read of the label: rows come at the end, and those that are there may have got children. */
  grow(total: number): void {
    const before = this.#parts.total;
    this.#parts.grow(Math.max(total, before));
    this.#log.note({ at: before, removed: 0, inserted: this.#parts.total - before });
    this.#tell();
  }

  /** Another label. */
  reset(total: number): void {
    this.#parts.clear(total);
    this.#touch();
  }

  /** Opening adds rows, so the same number is the same tree. */
  async #settleAt(total: number, position: number): Promise<void> {
    const isThere = total === this.#parts.total && this.#parts.at(position) !== null;
    if (!isThere) await this.#reshape(total, position, null);
  }

  async #reshape(total: number, position: number | null, splice: Splice | null): Promise<void> {
    const seen = this.#parts.wanted ?? { first: 0, last: partSize - 1 };
    const stretches = position === null ? [seen] : [seen, { first: position, last: position }];
    if (!(await this.#parts.replace(total, stretches))) return;
    if (splice === null) this.#log.touch();
    else this.#log.note(splice);
    this.#tell();
  }

  /** One after the other: each finds the tree as the one before left it. Null where it could not be done. */
  #enqueue<R>(act: (id: number) => Promise<R>): Promise<R | null> {
    const run = async (): Promise<R | null> => {
      const { id } = this.#label;
      if (id === null) return null;
      try {
        return await act(id);
      } catch (error) {
        if (this.#label.id === id && !this.#label.lost(error, id)) this.#hooks.failed(error);
        return null;
      }
    };
    const result = this.#queue.then(run);
    this.#queue = result;
    return result;
  }

  /** Null where the label was given up and is opened anew. */
  #describe(error: unknown): string | null {
    const { id } = this.#label;
    return id === null || this.#label.lost(error, id) ? null : toArchiveError(error).message;
  }

  #touch(): void {
    this.#log.touch();
    this.#tell();
  }

  #tell(): void {
    this.#revision = this.#log.revision;
  }
}
