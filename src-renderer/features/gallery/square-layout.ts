/** Runs in the page. Pure: equal tiles, as many in a row as fit. Any item's place is a division away. */
import type { GridCell, GridLayout, GridMetrics, GridRow } from './layout.ts';

export class SquareLayout implements GridLayout {
  readonly metrics: GridMetrics;
  readonly columnCount: number;
  readonly isExact = true;
  readonly #width: number;
  readonly #side: number;
  #count = 0;
  #version = 0;

  /** `width` is that between the paddings. */
  constructor(width: number, metrics: GridMetrics) {
    const { square, gap } = metrics;
    this.metrics = metrics;
    this.#width = Math.max(square, Math.floor(width));
    this.columnCount = Math.max(1, Math.floor((this.#width + gap) / (square + gap)));
    this.#side = (this.#width - (this.columnCount - 1) * gap) / this.columnCount;
  }

  get count(): number {
    return this.#count;
  }
  get version(): number {
    return this.#version;
  }
  get rowCount(): number {
    return Math.ceil(this.#count / this.columnCount);
  }
  get height(): number {
    const { padding, below } = this.metrics;
    if (this.#count === 0) return padding * 2;
    return padding * 2 - below + this.rowCount * this.#rowHeight;
  }

  get #rowHeight(): number {
    return Math.round(this.#side) + this.metrics.caption + this.metrics.below;
  }

  update(count: number): void {
    if (count !== this.#count) this.#version += 1;
    this.#count = count;
  }

  refine(): void {}

  expose(y: number): number {
    return y;
  }

  exposeItem(): void {}

  rowOf(index: number): number {
    return Math.max(0, Math.min(this.rowCount - 1, Math.floor(index / this.columnCount)));
  }

  rowAt(y: number): number {
    const row = Math.floor((y - this.metrics.padding) / this.#rowHeight);
    return Math.max(0, Math.min(this.rowCount - 1, row));
  }

  row(row: number): GridRow {
    const { gap, padding } = this.metrics;
    const first = row * this.columnCount;
    const cells: GridCell[] = [];
    for (let column = 0; column < this.columnCount && first + column < this.#count; column += 1) {
      const left = Math.round(column * this.#side);
      const right = Math.round((column + 1) * this.#side);
      cells.push({ index: first + column, x: padding + left + column * gap, width: right - left });
    }
    const top = padding + row * this.#rowHeight;
    return { row, first, top, height: Math.round(this.#side), cells };
  }
}
