/**
 * Runs in plain Node, in the labels' worker. One label: what has been read of it, how its tree is folded, what was
 * looked for in it. Every call answers at once with a part of bounded size.
 */
import type {
  LabelFold,
  LabelHit,
  LabelNamespace,
  LabelNode,
  LabelProblem,
  LabelRow,
  LabelRowPlace,
  LabelRows,
  LabelSearch,
  LabelSource,
  LabelState,
} from '#contract/labels.ts';
import { elementOnRow } from './element-on-row.ts';
import { informationModelOf } from './information-model.ts';
import { LabelDecoder } from './label-decoder.ts';
import { toProblem, tooManyBytes } from './label-faults.ts';
import { LabelFault, labelLimits, partLimit, type LabelLimits } from './label-limits.ts';
import { LabelReader } from './label-reader.ts';
import { searchLabel, type FoundRows } from './label-search.ts';
import type { LabelTree } from './label-tree.ts';
import { namespacesOf } from './namespaces.ts';
import { PathWriter } from './node-path.ts';
import { registryNameOf } from './registry-name.ts';
import { contentOf, type ContentBounds } from './row-content.ts';
import { RowView } from './row-view.ts';
import { SourceStore } from './source-store.ts';

/** What is open at first: the root and its areas. */
const openDepth = 2;
/** Of the inspector; the terminal and the source have what is longer. */
const nodeBounds: ContentBounds = { value: 50_000, attribute: 10_000, attributes: 200 };

export class OpenLabel {
  readonly #id: number;
  readonly #fileName: string;
  readonly #bytesPromised: number | null;
  readonly #limits: LabelLimits;
  readonly #decoder = new LabelDecoder();
  readonly #reader: LabelReader;
  readonly #source = new SourceStore();
  readonly #all: RowView;
  /** The tree reduced to what was found, while that is wanted. */
  #reduced: RowView | null = null;
  #found: FoundRows | null = null;
  #bytes = 0;
  #isComplete = false;
  #problem: LabelProblem | null = null;
  #namespaces: LabelNamespace[] = [];
  #declarations = -1;
  #paths: PathWriter | null = null;

  constructor(
    id: number,
    fileName: string,
    bytesPromised: number | null,
    limits: LabelLimits = labelLimits,
  ) {
    this.#id = id;
    this.#fileName = fileName;
    this.#bytesPromised = bytesPromised;
    this.#limits = limits;
    this.#reader = new LabelReader(limits);
    this.#all = new RowView(this.#reader.rows, openDepth);
  }

  get tree(): LabelTree {
    return this.#reader.tree;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Takes bytes in. Once the label is complete, or cannot be read further, they are passed over. */
  write(bytes: Uint8Array): void {
    if (this.#isComplete) return;
    this.#bytes += bytes.byteLength;
    this.#take(() => {
      if (this.#bytes > this.#limits.bytes) throw tooManyBytes(this.#limits.bytes);
      return this.#decoder.push(bytes);
    });
  }

  /** All bytes have come; or `broken` says, in words, why no more will. */
  end(broken: string | null = null): void {
    if (this.#isComplete) return;
    this.#take(() => this.#decoder.end());
    if (this.#isComplete) return;
    this.#take(() => {
      try {
        this.#reader.end();
      } catch (error) {
        if (broken === null || !(error instanceof LabelFault)) throw error;
        throw new LabelFault('cut', broken, error.place);
      }
      if (broken !== null) throw new LabelFault('cut', broken);
      return { text: '', fault: null };
    });
    this.#isComplete = true;
  }

  #take(next: () => { text: string; fault: LabelFault | null }): void {
    try {
      const { text, fault } = next();
      this.#source.add(text);
      this.#reader.write(text);
      if (fault !== null) throw fault.at(this.#reader.place);
    } catch (error) {
      this.#isComplete = true;
      this.#problem = toProblem(error);
      this.#closeTree();
    }
    this.#all.grow();
  }

  /** Elements that are still open end where the reading ended. */
  #closeTree(): void {
    try {
      this.#reader.end();
    } catch {
      // The first thing that went wrong is the one that is told.
    }
  }

  state(): LabelState {
    const { tree, notes } = this.#reader;
    const oddEncoding = this.#decoder.note;
    const root = this.#root();
    return {
      id: this.#id,
      fileName: this.#fileName,
      // Known to whoever fetched it.
      age: null,
      bytes: this.#bytes,
      bytesPromised: this.#bytesPromised,
      isComplete: this.#isComplete,
      problem: this.#problem,
      notes: oddEncoding === null ? [...notes] : [oddEncoding, ...notes],
      encoding: this.#decoder.encoding,
      elements: tree.elements,
      rows: this.#view().total,
      sourceRows: this.#source.length,
      root: root === 0 ? null : tree.nameOf(root).qualified,
      namespaces: this.namespaces(),
      informationModel: informationModelOf(tree, root),
    };
  }

  /** As paths and expressions use them; they may grow while the label is being read. */
  namespaces(): LabelNamespace[] {
    const declared = this.tree.declarations.length;
    if (declared !== this.#declarations) {
      this.#declarations = declared;
      this.#namespaces = namespacesOf(this.tree);
      this.#paths = null;
    }
    return this.#namespaces;
  }

  paths(): PathWriter {
    const namespaces = this.namespaces();
    this.#paths ??= new PathWriter(this.tree, namespaces);
    // While siblings still come, what was counted does not hold.
    const paths = this.#paths;
    if (!this.#isComplete) this.#paths = null;
    return paths;
  }

  rows(from: number, count: number): LabelRows {
    const view = this.#view();
    const wanted = Math.min(count, partLimit);
    const rows = view.rowsFrom(from, wanted).map((row) => this.#row(view, row));
    return { from, total: view.total, rows };
  }

  /** Rows in view afterwards. Unknown nodes change nothing. */
  fold(change: LabelFold): number {
    const view = this.#view();
    if (change.what === 'depth') view.openTo(change.depth ?? this.#limits.depth);
    else {
      const row = this.#rowOf(view, change.node);
      if (change.what === 'node') view.setOpen(row, change.isOpen);
      else view.setBranchOpen(row, change.isOpen);
    }
    return view.total;
  }

  /** Unfolds what is around a node. Null where it has no row, as what a filter leaves out. */
  reveal(node: number): LabelRowPlace | null {
    const view = this.#view();
    const row = this.#rowOf(view, node);
    if (row < 0) return null;
    const position = view.reveal(row);
    return { node: view.index.nodeOf(row), position, total: view.total };
  }

  /** Looks for words; an empty text ends the search. `onlyMatches` shows what is found and what is around it. */
  search(text: string, onlyMatches: boolean): LabelSearch {
    const found = searchLabel(this.#reader.rows, text);
    const isSearch = found.terms.length > 0;
    this.#found = isSearch ? found : null;
    this.#reduced =
      isSearch && onlyMatches
        ? new RowView(this.#reader.rows.reduceTo(found.rows), this.#limits.depth)
        : null;
    return {
      hits: found.hits,
      rows: found.rows.length,
      isComplete: this.#isComplete,
      total: this.#view().total,
    };
  }

  /** Brings a hit into view. Null where there is none at this place. */
  hit(at: number): LabelHit | null {
    const found = this.#found;
    if (found === null || !Number.isInteger(at) || at < 0 || at >= found.hits) return null;
    const { row, inRow } = found.rowOfHit(at);
    const node = this.#reader.rows.nodeOf(row);
    const place = this.reveal(node);
    if (place === null) return null;
    const { marks } = contentOf(this.#reader.rows, node, found.terms);
    return { ...place, hit: at, mark: marks[inRow] ?? null };
  }

  /** The first hit behind a node, or the last before it. */
  hitFrom(node: number, direction: 'next' | 'previous'): LabelHit | null {
    const found = this.#found;
    if (found === null || found.hits === 0) return null;
    return this.hit(found.hitFrom(this.#rowOf(this.#all, node), direction));
  }

  /** Null where there is no such row. */
  node(node: number): LabelNode | null {
    const { tree } = this;
    const isKnown = Number.isInteger(node) && node > 0 && node < tree.length;
    if (!isKnown || this.#reader.rows.nodeOf(this.#reader.rows.rowOf(node)) !== node) return null;
    const { kind, value, isCut, unit, attributes } = contentOf(
      this.#reader.rows,
      node,
      [],
      nodeBounds,
    );
    const paths = this.paths();
    const { qualified, uri } = tree.nameOf(node);
    const element = kind === 'text' ? tree.parentOf(node) : node;
    return {
      node,
      kind,
      name: kind === 'text' ? '' : qualified,
      namespace: kind === 'text' ? '' : uri,
      value,
      isCut,
      unit,
      attributes,
      path: paths.pathOf(node, 'prefixes'),
      localPath: paths.pathOf(node, 'local-name'),
      registryName: registryNameOf(tree, node),
      sourceRow: this.#source.rowOf(tree.sourceOf(element)),
    };
  }

  /** The node that an element's row is asked for by; null where it has none. */
  rowNodeOf(node: number): number | null {
    const row = this.#reader.rows.rowOf(node);
    return row < 0 ? null : this.#reader.rows.nodeOf(row);
  }

  /** The element that begins on a row of the source, or last before it; null where none does. */
  nodeAt(sourceRow: number): { node: number } | null {
    const element = elementOnRow(this.tree, this.#source, sourceRow);
    if (element === 0) return null;
    const node = this.rowNodeOf(element);
    return node === null ? null : { node };
  }

  #parentOf(index: RowView['index'], row: number): number | null {
    const parent = index.parentOf(row);
    return parent < 0 ? null : index.nodeOf(parent);
  }

  source(from: number, count: number): LabelSource {
    const rows = this.#source.rows(from, Math.min(count, partLimit));
    return { from, total: this.#source.length, rows };
  }

  #view(): RowView {
    return this.#reduced ?? this.#all;
  }

  #rowOf(view: RowView, node: number): number {
    if (!Number.isInteger(node) || node <= 0 || node >= this.tree.length) return -1;
    return view.index.rowOf(node);
  }

  #row(view: RowView, row: number): LabelRow {
    const { index } = view;
    const node = index.nodeOf(row);
    return {
      ...contentOf(this.#reader.rows, node, this.#found?.terms ?? []),
      parent: this.#parentOf(index, row),
      depth: index.depthOf(row),
      children: index.childrenOf(row),
      isOpen: view.isOpen(row),
      place: index.placeOf(row),
      siblings: index.siblingsOf(row),
      firstHit: this.#found?.firstHitOf(this.#reader.rows.rowOf(node)) ?? null,
    };
  }

  #root(): number {
    return this.#reader.rows.length === 0 ? 0 : this.#reader.rows.nodeOf(0);
  }
}
