/**
 * Runs in the page. A label as it is read in its view: the tree and the source of one label, what is selected in both,
 * what is looked for, and the place that is kept of all that.
 */
import type { RecordRef } from '#contract/domain.ts';
import type { LabelFold, LabelNode, LabelRow, LabelState } from '#contract/labels.ts';
import { Selection } from '../../lib/selection.svelte.ts';
import { TreeGridState, type TreePlace } from '../../ui/tree-grid/tree-grid-state.svelte.ts';
import { LabelChoice } from './label-choice.svelte.ts';
import { LabelFinder } from './label-finder.svelte.ts';
import {
  emptyMemory,
  withFold,
  type FoldMemory,
  type LabelMemory,
  type LabelTab,
  type PathStyle,
} from './label-memory.ts';
import { pathAtDepth } from './label-parts.ts';
import { LabelRowSource } from './label-rows.svelte.ts';
import { LabelSourceRows } from './label-source.svelte.ts';
import { OpenLabel, type LabelsApi } from './open-label.svelte.ts';

/** look.md: rows of a label's tree. */
const rowPx = 25;
/** Rows kept in sight around a match. */
const around = 4;

export class LabelView {
  readonly label: OpenLabel;
  readonly rows: LabelRowSource;
  readonly grid: TreeGridState<LabelRow>;
  readonly finder: LabelFinder;
  readonly source: LabelSourceRows;
  readonly #api: LabelsApi;
  readonly #selection = new Selection();
  readonly #choice: LabelChoice;
  readonly #onError: (error: unknown) => void;
  #tab = $state<LabelTab>('tree');
  #style = $state<PathStyle>('prefixes');
  #folds = $state.raw<FoldMemory>({ paths: [] });
  #place = $state.raw<TreePlace | null>(null);
  #sourceRow = $state(0);
  #focusRequest = $state.raw<{ index: number } | null>(null);
  /** What is to be come back to when the label is open. */
  #due: LabelMemory = emptyMemory;
  /** A selected element that has not been read yet. */
  #duePath: string | null = null;
  #isRestoring = false;

  constructor(api: LabelsApi, onError: (error: unknown) => void) {
    this.#api = api;
    this.#onError = onError;
    this.label = new OpenLabel(api, {
      opened: (state) => this.#opened(state),
      grown: (state) => this.#grown(state),
      lost: () => (this.#due = this.memory),
    });
    this.rows = new LabelRowSource(api, this.label, {
      folded: (fold) => this.#folded(fold),
      moved: (node, index) => this.#select(node, index),
      failed: onError,
    });
    this.grid = new TreeGridState<LabelRow>(this.#selection, rowPx);
    this.#choice = new LabelChoice(api, this.label, {
      known: (node) => {
        if (this.#tab === 'source') this.source.reveal(node.sourceRow);
      },
      failed: onError,
    });
    this.source = new LabelSourceRows(api, this.label);
    this.finder = new LabelFinder(api, this.label, {
      goTo: (place) => this.#show(place),
      changed: (total) => this.#reorder(() => this.rows.refresh(total), total),
      here: () => this.#choice.selected,
    });
  }

  get tab(): LabelTab {
    return this.#tab;
  }
  get style(): PathStyle {
    return this.#style;
  }
  /** Everything about the selected element; null while nothing is selected or known. */
  get node(): LabelNode | null {
    return this.#choice.node;
  }
  /** The row that the focus is to go to; a new object is a new wish. */
  get focusRequest(): { index: number } | null {
    return this.#focusRequest;
  }
  /** The path that is copied. */
  get path(): string | null {
    const { node } = this.#choice;
    if (node === null) return null;
    return this.#style === 'prefixes' ? node.path : node.localPath;
  }

  get memory(): LabelMemory {
    const { text, wantsXPath, onlyMatches } = this.finder;
    return {
      tab: this.#tab,
      style: this.#style,
      text,
      wantsXPath,
      onlyMatches,
      path: this.#choice.node?.path ?? this.#duePath,
      place: this.#place,
      sourceRow: this.#sourceRow,
      folds: this.#folds,
    };
  }

  /** Opens the label of a product where it was left. */
  open(ref: RecordRef, kept: LabelMemory): void {
    this.#due = kept;
    this.#tab = kept.tab;
    this.#style = kept.style;
    this.#folds = kept.folds;
    this.#place = kept.place;
    this.#sourceRow = kept.sourceRow;
    this.#choice.forget();
    this.finder.restore(kept);
    this.label.open(ref);
  }

  /** Reads it anew from the archive, and comes back to the same place. */
  reopen(): void {
    this.#due = this.memory;
    this.label.reopen();
  }

  dispose(): void {
    this.finder.dispose();
    this.source.dispose();
    this.label.close();
  }

  setTab(tab: LabelTab): void {
    if (tab === this.#tab) return;
    this.#tab = tab;
    const { node, selected } = this.#choice;
    const [index] = this.#selection.list(1);
    if (tab === 'source') this.source.reveal(node?.sourceRow ?? 0);
    else if (index !== undefined && selected !== null) this.#select(selected, index);
  }

  setStyle(style: PathStyle): void {
    this.#style = style;
  }

  tellPlace(place: TreePlace): void {
    this.#place = place;
  }

  tellSourceRow(row: number): void {
    this.#sourceRow = row;
  }

  /** The row that is selected in the tree; null while it is not there yet. */
  chosen(row: LabelRow | null): void {
    if (row !== null) this.#choice.choose(row.node);
  }

  /** Opens the tree down to a depth; null for all of it. */
  async expandTo(depth: number | null): Promise<void> {
    try {
      const node = await this.#choice.whole();
      this.#selection.clear();
      await this.rows.fold({ what: 'depth', depth });
      if (node === null) return;
      // What is folded away now is stood for by what it is in.
      const stand = depth === null ? node.path : pathAtDepth(node.path, depth);
      const shown = stand === node.path ? node.node : await this.#nodeOf(stand);
      if (shown !== null) await this.rows.follow(shown);
    } catch (error) {
      this.#onError(error);
    }
  }

  /** From a row whose parent is too far away for the tree to know. */
  async toParent(index: number): Promise<void> {
    const parent = this.rows.at(index)?.parent ?? null;
    if (parent === null) return;
    const at = await this.rows.reveal(parent);
    if (at === null) return;
    this.#select(parent, at);
    this.#focusRequest = { index: at };
  }

  /** The element that begins on a row of the source, or last before it. */
  async chooseAt(sourceRow: number): Promise<void> {
    const { id } = this.label;
    if (id === null) return;
    try {
      const found = await this.#api.labels.nodeAt({ id, sourceRow });
      if (found === null) return;
      const index = await this.rows.reveal(found.node);
      if (index !== null) this.#select(found.node, index);
    } catch (error) {
      if (!this.label.lost(error, id)) this.#onError(error);
    }
  }

  #opened(state: LabelState): void {
    this.rows.reset(state.rows);
    this.source.reset(state.sourceRows);
    this.finder.forget();
    this.#selection.clear();
    this.#choice.forget();
    this.#duePath = this.#due.path;
    void this.#restore(this.#due).catch(this.#onError);
  }

  #grown(state: LabelState): void {
    this.rows.grow(state.rows);
    this.source.grow(state.sourceRows);
    if (!state.isComplete) return;
    void this.finder.grown().catch(this.#onError);
    const path = this.#duePath;
    if (path !== null) void this.#goToPath(path).catch(this.#onError);
    // Siblings that came since may have given the path another position.
    else void this.#choice.look();
  }

  async #restore(kept: LabelMemory): Promise<void> {
    const { id } = this.label;
    this.#isRestoring = true;
    const { depth, paths } = kept.folds;
    if (depth !== undefined) await this.rows.fold({ what: 'depth', depth });
    for (const [path, isOpen] of paths) {
      const node = await this.#nodeOf(path);
      if (node !== null) await this.rows.fold({ what: 'node', node, isOpen });
    }
    this.#isRestoring = false;
    if (id === null || id !== this.label.id) return;
    await this.finder.ask({ keepPlace: true });
    if (kept.path !== null) await this.#goToPath(kept.path);
    else if (this.rows.rowCount > 0) await this.rows.follow((await this.#rootNode(id)) ?? 0);
    if (kept.place !== null && kept.place.index < this.rows.rowCount) {
      this.grid.setRows(this.rows);
      this.grid.restore({ ...kept.place, current: this.grid.current });
    }
    if (kept.sourceRow > 0) this.source.show(kept.sourceRow);
    else if (this.#tab === 'source') this.source.reveal(this.node?.sourceRow ?? 0);
  }

  async #rootNode(id: number): Promise<number | null> {
    const { rows } = await this.#api.labels.rows({ id, from: 0, count: 1 });
    return rows[0]?.node ?? null;
  }

  async #goToPath(path: string): Promise<void> {
    const node = await this.#nodeOf(path);
    // What is not there may come as long as the label is being read.
    if (node !== null || this.label.state?.isComplete === true) this.#duePath = null;
    if (node !== null) await this.rows.follow(node);
  }

  async #nodeOf(path: string): Promise<number | null> {
    const { id } = this.label;
    if (id === null) return null;
    const found = await this.#api.labels.xpath({ id, expression: path, count: 1 });
    return found.type === 'nodes' ? (found.matches[0]?.node ?? null) : null;
  }

  #folded(fold: LabelFold): void {
    this.grid.setRows(this.rows);
    if (fold.what === 'depth') {
      this.#folds = { depth: fold.depth, paths: [] };
      return;
    }
    const index = this.rows.indexOf(fold.node);
    // What was selected went away with what was folded: the row that holds it stands for it.
    if (!fold.isOpen && this.#selection.isEmpty && index !== null) this.#selection.replace(index);
    if (!this.#isRestoring && !this.finder.onlyMatches) void this.#noteFold(fold);
  }

  async #noteFold({ node, isOpen }: { node: number; isOpen: boolean }): Promise<void> {
    const { id } = this.label;
    if (id === null) return;
    const about = await this.#api.labels.node({ id, node }).catch(() => null);
    if (about !== null && id === this.label.id) {
      this.#folds = withFold(this.#folds, about.path, isOpen);
    }
  }

  /** Another order of rows: what is selected is found again in it, where it is still there. */
  async #reorder(act: () => Promise<void>, total: number): Promise<void> {
    const isOther = total !== this.rows.rowCount;
    const kept = this.#choice.selected;
    if (isOther) this.#selection.clear();
    await act();
    if (isOther && kept !== null) await this.rows.follow(kept);
  }

  async #show(place: { node: number; position: number; total: number }): Promise<void> {
    if (place.total !== this.rows.rowCount) this.#selection.clear();
    await this.rows.take(place.total, place.position);
    this.#select(place.node, place.position);
  }

  #select(node: number, index: number): void {
    const { grid } = this;
    grid.setRows(this.rows);
    grid.setCurrent(index);
    this.#selection.replace(index);
    grid.reveal(Math.min(this.rows.rowCount - 1, index + around));
    grid.reveal(Math.max(0, index - around));
    grid.reveal(index);
    this.#choice.choose(node);
  }
}
