/**
 * Runs in the page. One place of the registry's tree: bundles by a filter, or the places of one product. Holds what is
 * open, what is chosen and how it went; who draws it is elsewhere.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { ArchiveApi } from '#contract/api.ts';
import type { RecordRef } from '#contract/domain.ts';
import { ArchiveError, isCancelled } from '#contract/errors.ts';
import type { PdsFilter, PdsProductDetail } from '#contract/pds-lists.ts';
import { Selection } from '../../lib/selection.svelte.ts';
import type { TreeSnapshot } from '../../lib/tree/tree-snapshot.ts';
import { TreeGridState } from '../../ui/tree-grid/tree-grid-state.svelte.ts';
import { NewestVersions } from './identifiers.ts';
import { ListReader, wireOf } from './list-reader.svelte.ts';
import { PdsRows } from './pds-rows.ts';
import type { ProductReader } from './product-reader.ts';
import { countsIn, emptyMemory, withUnknownCounts, type TreeMemory } from './tree-memory.ts';
import {
  FilterSource,
  PlaceSource,
  pageSize,
  withoutList,
  type ChildrenWanted,
  type PdsNode,
  type TreeSource,
} from './tree-source.ts';

export type TreeStatus =
  | { kind: 'loading' }
  | { kind: 'ready' }
  | { kind: 'empty' }
  | { kind: 'failed'; error: ArchiveError };

export interface PdsTreeOptions {
  api: ArchiveApi;
  /** Names the archive that answers. */
  source: string;
  products: ProductReader;
  filter: PdsFilter;
  /** Opened down to this product; null for the bundles of the filter. */
  at: RecordRef | null;
}

/** Rows that are asked for before anyone has measured the view. */
const firstRows = { first: 0, last: 40 };

export class PdsTree {
  readonly selection = new Selection();
  readonly grid = new TreeGridState<PdsNode>(this.selection);
  readonly reader: ListReader;
  readonly #options: PdsTreeOptions;
  readonly #counts = new SvelteMap<string, number>();
  #newest = new NewestVersions();
  #source = $state.raw<TreeSource | null>(null);
  #rows = $state.raw<PdsRows>(newNoRows());
  #detail = $state.raw<PdsProductDetail | null>(null);
  #withSuperseded = $state(false);
  /** Rises when a row turned out to be an older version. */
  #versionsSeen = $state(0);
  #error = $state.raw<ArchiveError | null>(null);
  #call: AbortController | null = null;
  /** lidvid of a product that was chosen, whose row is not known. */
  #sought: string | null = null;

  constructor(options: PdsTreeOptions) {
    this.#options = options;
    this.reader = new ListReader(options.api, {
      source: options.source,
      onchange: () => this.#inPlace(() => this.#rows.reload()),
    });
  }

  get rows(): PdsRows {
    return this.#rows;
  }
  /** The product whose places are shown; null for a list of bundles, and until it is read. */
  get detail(): PdsProductDetail | null {
    return this.#detail;
  }
  get withSuperseded(): boolean {
    return this.#withSuperseded;
  }
  /** Places of the product that the registry names; null for a list of bundles. */
  get places(): number | null {
    const chains = this.#detail?.chains ?? [];
    return chains.length === 0 ? null : chains.length;
  }
  /** Rows of the first level as they are counted. */
  get count(): number | null {
    return this.#source === null ? null : this.#rows.rootTotal;
  }
  get status(): TreeStatus {
    const total = this.#source === null ? null : this.#rows.rootTotal;
    if (total === 0) return { kind: 'empty' };
    if (total !== null || this.#rows.rowCount > 1) return { kind: 'ready' };
    return this.#error === null ? { kind: 'loading' } : { kind: 'failed', error: this.#error };
  }
  /** The one row that is chosen, where it is a product. */
  get chosen(): PdsNode | null {
    const [index] = this.selection.list(1);
    void this.#rows.revision;
    return index === undefined || index >= this.#rows.rowCount
      ? null
      : this.#rows.rowAt(index).node;
  }

  /** Members of a node, once anyone has opened it; null until then. */
  membersOf(lidvid: string): number | null {
    return this.#counts.get(lidvid) ?? null;
  }

  isOld({ product }: PdsNode): boolean {
    void this.#versionsSeen;
    return this.#newest.isOld(product);
  }

  /** Opens the place, as it was left where that is known. */
  open(memory: TreeMemory): void {
    this.#withSuperseded = memory.withSuperseded;
    this.selection.restore(memory.selection);
    if (memory.grid !== null) this.grid.restore(memory.grid);
    if (this.#options.at === null) this.#show(this.#filterSource(), memory.tree);
    else void this.#readPlace(this.#options.at, memory, false);
  }

  /** What the history keeps, beside the place in the view; null while there is nothing worth it. */
  memory(): Pick<TreeMemory, 'tree' | 'whole'> | null {
    void this.#rows.revision;
    if (this.status.kind !== 'ready') return null;
    const whole = this.#source instanceof PlaceSource ? this.#source.whole : [];
    return { tree: this.#rows.snapshot(), whole };
  }

  /** Lists the versions that others superseded too, or leaves them out again; what is open stays open. */
  setSuperseded(isOn: boolean): void {
    if (isOn === this.#withSuperseded) return;
    this.#withSuperseded = isOn;
    if (this.#source === null) return;
    const tree = this.#rows.snapshot();
    const whole = this.#source instanceof PlaceSource ? this.#source.whole : [];
    const detail = this.#detail;
    this.#newest = new NewestVersions();
    // Counts are of other lists now.
    this.#counts.clear();
    this.#seek(this.chosen?.product.lidvid ?? null);
    const source = detail === null ? this.#filterSource() : this.#placeSource(detail, whole);
    this.#show(source, withUnknownCounts(tree));
  }

  /** The chosen product has another row now: once it comes into view it is chosen again. */
  findSought(): void {
    if (this.#sought === null) return;
    if (!this.selection.isEmpty) {
      this.#sought = null;
      return;
    }
    const found = this.grid.drawn.find(({ row }) => row.node?.product.lidvid === this.#sought);
    if (found === undefined) return;
    this.#sought = null;
    this.selection.replace(found.index);
  }

  #seek(lidvid: string | null): void {
    this.#sought = lidvid;
    this.selection.clear();
  }

  /** The rows are laid out anew: what is seen and chosen stays where it is. */
  #inPlace(change: () => void): void {
    const [place, selected] = [this.grid.place, this.selection.toJson()];
    change();
    this.grid.setRows(this.#rows);
    this.grid.restore(place);
    this.selection.restore(selected);
  }

  /** Asks the registry for everything that is shown again. */
  reload(): void {
    this.reader.askAnew();
    if (this.#options.at !== null && this.#detail === null) this.retry();
    else this.#inPlace(() => this.#rows.reload());
  }

  /** After the place could not be opened. */
  retry(): void {
    this.#error = null;
    const { at } = this.#options;
    if (at !== null && this.#detail === null) {
      void this.#readPlace(at, emptyMemory(this.#withSuperseded), true);
    } else this.#rows.retry(0);
  }

  dispose(): void {
    this.#call?.abort();
    this.#rows.dispose();
    this.reader.dispose();
  }

  #filterSource(): FilterSource {
    return new FilterSource(this.reader, this.#options.filter, this.#versions);
  }

  #placeSource(detail: PdsProductDetail, whole: readonly string[]): PlaceSource {
    return new PlaceSource(this.reader, detail, this.#versions, whole);
  }

  get #versions(): 'latest' | 'all' {
    return this.#withSuperseded ? 'all' : 'latest';
  }

  async #readPlace(at: RecordRef, memory: TreeMemory, isAnew: boolean): Promise<void> {
    this.#call?.abort();
    const call = new AbortController();
    this.#call = call;
    try {
      const detail = await this.#options.products.read(at, call.signal, isAnew);
      if (call.signal.aborted) return;
      this.#detail = detail;
      const source = this.#placeSource(detail, memory.whole);
      this.#show(source, memory.tree ?? source.opened());
      if (memory.tree === null) this.#choose(source.firstRow);
    } catch (error) {
      if (!isCancelled(error) && !call.signal.aborted) this.#error = errorOf(error);
    }
  }

  #choose(index: number): void {
    this.selection.replace(index);
    this.grid.setCurrent(index);
  }

  #show(source: TreeSource, tree: TreeSnapshot | null): void {
    this.#rows.dispose();
    this.#source = source;
    this.#error = null;
    this.#rows = new PdsRows({
      keyOf: ({ product }) => product.lidvid,
      titleOf: ({ product }) => product.title,
      isExpandable: ({ product }) => product.level !== 'product',
      pageSize,
      loadsMoreOnSight: source instanceof FilterSource,
      load: (wanted, signal) => this.#load(source, wanted, signal),
      describe: (error) => wireOf(error).message,
      onwhole: (path, index) => this.#showWhole(path, index),
    });
    if (tree !== null) {
      for (const [key, total] of countsIn(tree.root)) this.#counts.set(key, total);
      this.#rows.restore(tree);
    }
    this.#rows.want(firstRows);
  }

  async #load(source: TreeSource, wanted: ChildrenWanted, signal: AbortSignal) {
    const key = wanted.path.at(-1);
    try {
      const answer = await source.load(wanted, signal);
      if (key !== undefined && answer.total !== null) this.#counts.set(key, answer.total);
      if (key === undefined) this.#error = null;
      for (const node of answer.nodes) {
        if (node !== null && this.#newest.note(node.product)) this.#versionsSeen += 1;
      }
      return answer;
    } catch (error) {
      if (key === undefined && !isCancelled(error)) this.#error = errorOf(error);
      throw error;
    }
  }

  /** The row behind which the rest of a list is was pressed: all of it is listed in its order. */
  #showWhole(path: readonly string[], index: number): boolean {
    if (!(this.#source instanceof PlaceSource)) return false;
    if (this.#source.wayThrough(path).length === 0) return false;
    const source = this.#source;
    const parent = this.#rows.parentOf(index);
    const chosen = this.chosen?.product.lidvid ?? this.#detail?.product.lidvid ?? null;
    this.#inPlace(() => {
      source.showWhole(path);
      this.#rows.restore(withoutList(this.#rows.snapshot(), path));
    });
    this.#seek(chosen);
    // The rows that come push down what follows the list, not its beginning.
    if (parent !== null) this.grid.setCurrent(parent + 1);
    return true;
  }
}

function errorOf(error: unknown): ArchiveError {
  return error instanceof ArchiveError ? error : new ArchiveError(wireOf(error));
}

function newNoRows(): PdsRows {
  return new PdsRows({
    keyOf: () => '',
    titleOf: () => '',
    isExpandable: () => false,
    load: () => new Promise(() => undefined),
    describe: () => '',
    onwhole: () => false,
  });
}
