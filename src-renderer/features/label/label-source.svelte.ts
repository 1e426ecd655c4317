/** Runs in the page. The text of a label as a file has it, by rows, read as they are seen and coloured. */
import type { LabelSourceRow } from '#contract/labels.ts';
import { VirtualScroll } from '../../lib/virtual-scroll.ts';
import { rowsToDraw, seenRows } from '../../ui/tree-grid/tree-drawing.ts';
import { toArchiveError, type LabelsApi, type OpenLabel } from './open-label.svelte.ts';
import { PartReader } from './part-reader.ts';
import { tokenise, type XmlContext, type XmlLine, type XmlToken } from './xml-tokens.ts';

export interface DrawnLine {
  index: number;
  /** Top edge in the scrolled element. */
  y: number;
  row: LabelSourceRow | null;
  tokens: readonly XmlToken[];
  /** Why it could not be read. */
  failure: string | null;
}

/** Height of a row in px at a text zoom of 100 %. */
const rowPx = 20;
/** Rows above the first one drawn from which it is told what that one begins within. */
const rowsBefore = 60;

/** A line that is not there. */
const nothing: XmlLine = { tokens: [], next: 'text' };

export class LabelSourceRows {
  readonly #parts: PartReader<LabelSourceRow>;
  #scroll = new VirtualScroll();
  #viewport = { height: 0, scale: 1, devicePixelRatio: 1 };
  #direction: -1 | 0 | 1 = 0;
  #rowHeight = $state(rowPx);
  #spacerHeight = $state(0);
  #total = $state(0);
  #drawn = $state.raw<readonly DrawnLine[]>([]);
  #wantsFrame = $state(false);
  #scrollRequest = $state.raw<{ top: number } | null>(null);
  /** The row that is to be in the middle of the view once there is one. */
  #due: number | null = null;
  /** What was split once; rows go with their parts. */
  #split = new WeakMap<LabelSourceRow, XmlLine & { from: XmlContext }>();

  constructor(api: LabelsApi, label: Pick<OpenLabel, 'id' | 'lost'>) {
    this.#parts = new PartReader({
      read: async (from, count) => {
        const { id } = label;
        return id === null ? [] : (await api.labels.source({ id, from, count })).rows;
      },
      onChange: () => this.#draw(),
      describe: (error) => {
        const { id } = label;
        return id === null || label.lost(error, id) ? null : toArchiveError(error).message;
      },
    });
  }

  get total(): number {
    return this.#total;
  }
  get drawn(): readonly DrawnLine[] {
    return this.#drawn;
  }
  get rowHeight(): number {
    return this.#rowHeight;
  }
  get spacerHeight(): number {
    return this.#spacerHeight;
  }
  get scrollRequest(): { top: number } | null {
    return this.#scrollRequest;
  }
  /** True while lines wait to be drawn ahead: `fill` in the next frame. */
  get wantsFrame(): boolean {
    return this.#wantsFrame;
  }
  /** Row at the top of the view. */
  get top(): number {
    return Math.max(0, Math.floor(this.#scroll.offset / this.#rowHeight));
  }

  at(index: number): LabelSourceRow | null {
    return this.#parts.at(index);
  }

  reset(total: number): void {
    this.#parts.clear(total);
    this.#total = total;
    this.#measureList();
    this.#draw();
  }

  grow(total: number): void {
    if (total === this.#total) return;
    this.#parts.grow(total);
    this.#total = total;
    this.#measureList();
    this.#draw();
  }

  measure(viewport: { height: number; scale: number; devicePixelRatio: number }): void {
    if (viewport.height <= 0) return;
    const at = this.#scroll.offset / this.#rowHeight;
    this.#viewport = viewport;
    this.#rowHeight = Math.round(rowPx * viewport.scale);
    this.#measureList();
    const due = this.#due;
    this.#due = null;
    if (due === null) this.#goTo(at * this.#rowHeight);
    else this.reveal(due);
  }

  scrolled(scrollTop: number): void {
    const before = this.#scroll.top;
    const step = this.#scroll.follow(scrollTop);
    if (step === null) return;
    this.#direction = step === 'jump' ? 0 : scrollTop > before ? 1 : -1;
    if (this.#scroll.isAtEnd && this.#scroll.settle()) this.#request();
    this.#draw();
  }

  /** Draws some more of what is wanted ahead. */
  fill(): void {
    if (this.#wantsFrame) this.#draw();
  }

  /** Nobody scrolls any more. */
  rest(): void {
    this.#direction = 0;
    if (this.#scroll.settle()) this.#request();
    this.#draw();
  }

  /** Brings a row into the calm middle of the view, where it is not there already. */
  reveal(index: number): void {
    const { height } = this.#viewport;
    if (height === 0) {
      this.#due = index;
      return;
    }
    const y = index * this.#rowHeight - this.#scroll.offset;
    const isCalm = y > height * 0.1 && y < height * 0.8;
    if (isCalm) this.#draw();
    else this.#goTo(index * this.#rowHeight - height * 0.35);
  }

  /** Puts a row at the top. */
  show(index: number): void {
    if (this.#viewport.height === 0) this.#due = index;
    else this.#goTo(index * this.#rowHeight);
  }

  retry(index: number): void {
    this.#parts.retry(index);
  }

  dispose(): void {
    this.#parts.clear(0);
  }

  #measureList(): void {
    const { height, devicePixelRatio } = this.#viewport;
    this.#scroll.resize(this.#total * this.#rowHeight, height, devicePixelRatio);
    this.#spacerHeight = this.#scroll.elementHeight;
  }

  #goTo(offset: number): void {
    if (this.#scroll.goTo(offset)) this.#request();
    this.#draw();
  }

  #request(): void {
    this.#scrollRequest = { top: this.#scroll.top };
  }

  #draw(): void {
    const { height } = this.#viewport;
    const seen = seenRows(this.#scroll.offset, height, this.#rowHeight, this.#total);
    if (seen === null) {
      this.#drawn = [];
      this.#wantsFrame = false;
      return;
    }
    this.#parts.want(seen);
    // Only for the time of this call.
    // eslint-disable-next-line svelte/prefer-svelte-reactivity
    const before = new Map(this.#drawn.map((line) => [line.index, line]));
    const { rows, isWhole } = rowsToDraw({
      seen,
      count: this.#total,
      direction: this.#direction,
      pinned: null,
      isDrawn: (index) => before.has(index),
    });
    this.#wantsFrame = !isWhole;
    let context = this.#contextAt(rows[0] ?? 0);
    this.#drawn = rows.map((index) => {
      const row = this.#parts.at(index);
      const line = row === null ? nothing : this.#tokens(row, context);
      context = line.next;
      const { tokens } = line;
      const y = index * this.#rowHeight - this.#scroll.base;
      const failure = row === null ? this.#parts.failureAt(index) : null;
      const known = before.get(index);
      const isSame =
        known?.y === y && known.tokens === tokens && known.row === row && known.failure === failure;
      return isSame ? known : { index, y, row, tokens, failure };
    });
  }

  /** What a row begins within, as far as the rows before it are there. */
  #contextAt(index: number): XmlContext {
    const from = Math.max(0, index - rowsBefore);
    let context: XmlContext = 'text';
    for (let at = from; at < index; at += 1) {
      const row = this.#parts.at(at);
      context = row === null ? 'text' : this.#tokens(row, context).next;
    }
    return context;
  }

  #tokens(row: LabelSourceRow, from: XmlContext): XmlLine {
    const known = this.#split.get(row);
    if (known?.from === from) return known;
    const line = { ...tokenise(row.text, from), from };
    this.#split.set(row, line);
    return line;
  }
}
