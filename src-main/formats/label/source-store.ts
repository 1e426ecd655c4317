/**
 * Runs in plain Node, in the labels' worker. The label's own text, for the view of its source: kept packed, because
 * labels shrink to a tenth, in blocks that begin with a row. A row is a line, or a part of a very long one.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { LabelSourceRow } from '#contract/labels.ts';
import { linesBefore, RowScanner } from './row-scanner.ts';

const blockUnits = 128 * 1024;
/** Blocks kept open: scrolling back and forth over the border of two unpacks nothing. */
const keptBlocks = 3;
/** What a block mostly packs to, and more. */
const packedBytes = 32 * 1024;
const nothing = new Uint8Array(0);

interface Block {
  /** UTF-8, deflated; nothing while the block is open. */
  packed: Uint8Array;
  /** Of the text, in UTF-16 units. */
  start: number;
  firstRow: number;
  firstLine: number;
  /** Its first row goes on with the line before. */
  isContinued: boolean;
}

interface ReadBlock {
  text: string;
  /** As `RowScanner` gives them. */
  starts: readonly number[];
}

export class SourceStore {
  readonly #blocks: Block[] = [];
  #open: Block = { packed: nothing, start: 0, firstRow: 0, firstLine: 1, isContinued: false };
  #text = '';
  #rows = new RowScanner(false);
  readonly #kept = new Map<Block, ReadBlock>();

  add(text: string): void {
    this.#text += text;
    this.#rows.scan(this.#text);
    if (this.#text.length >= blockUnits) this.#pack();
  }

  /** Rows so far. */
  get length(): number {
    return this.#open.firstRow + this.#rows.countOf(this.#text);
  }

  rows(from: number, count: number): LabelSourceRow[] {
    const found: LabelSourceRow[] = [];
    const total = this.length;
    for (let row = Math.max(0, from); found.length < count && row < total;) {
      const block = this.#blockAt((at) => at.firstRow, row);
      found.push(...rowsOf(block, this.#read(block), row, count - found.length));
      row = Math.max(0, from) + found.length;
    }
    return found;
  }

  /** The row that holds this place of the text. */
  rowOf(offset: number): number {
    const block = this.#blockAt((at) => at.start, offset);
    const { starts } = this.#read(block);
    let at = 0;
    while (at + 1 < starts.length && (starts[at + 1] ?? 0) >> 1 <= offset - block.start) at += 1;
    return block.firstRow + at;
  }

  /** Closes the open block before its last row, which may go on with what comes next. */
  #pack(): void {
    const { starts } = this.#rows;
    const last = starts.at(-1) ?? 0;
    const cut = last >> 1;
    if (cut === 0) return;
    const block = { ...this.#open, packed: pack(this.#text.slice(0, cut)) };
    this.#blocks.push(block);
    this.#open = {
      packed: nothing,
      start: block.start + cut,
      firstRow: block.firstRow + starts.length - 1,
      firstLine: block.firstLine + linesBefore(starts, starts.length - 1),
      isContinued: (last & 1) === 1,
    };
    this.#text = this.#text.slice(cut);
    this.#rows = new RowScanner(this.#open.isContinued);
    this.#rows.scan(this.#text);
  }

  #read(block: Block): ReadBlock {
    if (block === this.#open) {
      const count = this.#rows.countOf(this.#text);
      return { text: this.#text, starts: this.#rows.starts.slice(0, count) };
    }
    const kept = this.#kept.get(block);
    if (kept !== undefined) return kept;
    const text = inflateRawSync(block.packed).toString('utf8');
    const scanner = new RowScanner(block.isContinued);
    scanner.scan(text);
    const read = { text, starts: scanner.starts.filter((start) => start >> 1 < text.length) };
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= keptBlocks && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(block, read);
    return read;
  }

  #blockAt(placeOf: (block: Block) => number, place: number): Block {
    if (place >= placeOf(this.#open)) return this.#open;
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const block = this.#blocks[middle];
      if (block !== undefined && placeOf(block) <= place) low = middle;
      else high = middle - 1;
    }
    return this.#blocks[low] ?? this.#open;
  }
}

/** Bytes to be packed: one place for all, or the memory of a label would be gone through twice. */
let scratch = Buffer.alloc(0);

function pack(text: string): Uint8Array {
  const most = text.length * 3;
  if (scratch.byteLength < most) scratch = Buffer.alloc(most);
  const bytes = scratch.write(text, 'utf8');
  const packed = deflateRawSync(scratch.subarray(0, bytes), { level: 1, chunkSize: packedBytes });
  // A copy: the answer lies in a larger block.
  return new Uint8Array(packed);
}

/** Rows of one block, from one of them on. */
function rowsOf(
  block: Block,
  { text, starts }: ReadBlock,
  from: number,
  count: number,
): LabelSourceRow[] {
  const first = from - block.firstRow;
  let line = block.firstLine + linesBefore(starts, first);
  return starts.slice(first, first + count).map((start, at) => {
    const isContinued = (start & 1) === 1;
    if (at > 0 && !isContinued) line += 1;
    const end = (starts[first + at + 1] ?? text.length * 2) >> 1;
    return { line, isContinued, text: withoutEnd(text.slice(start >> 1, end)) };
  });
}

function withoutEnd(row: string): string {
  return row.replace(/\r?\n$|\r$/, '');
}
