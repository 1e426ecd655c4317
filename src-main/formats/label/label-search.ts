/**
 * Runs in plain Node, in the labels' worker. Finds words in names, values and attributes. A row is found where all
 * the words are in it, wherever; every occurrence counts as a hit. What is found is kept as two numbers a row.
 */
import { nodeKinds, type LabelTree } from './label-tree.ts';
import type { RowIndex } from './row-index.ts';
import { foldCase, placesOf, toTerms } from './search-terms.ts';

/** What was found: rows of the whole tree, and hits counted over them. */
export class FoundRows {
  readonly terms: readonly string[];
  /** Rising. */
  readonly rows: Uint32Array;
  /** Hits up to the end of each of these rows. */
  readonly #ends: Uint32Array;

  constructor(terms: readonly string[], rows: Uint32Array, ends: Uint32Array) {
    this.terms = terms;
    this.rows = rows;
    this.#ends = ends;
  }

  /** All occurrences of the words in these rows. */
  get hits(): number {
    return this.#ends.at(-1) ?? 0;
  }

  /** The row of a hit, and which of the row's hits it is. */
  rowOfHit(hit: number): { row: number; inRow: number } {
    const at = firstAbove(this.#ends, hit);
    return { row: this.rows[at] ?? 0, inRow: hit - this.#endBefore(at) };
  }

  /** The first hit of a row; null where it holds none. */
  firstHitOf(row: number): number | null {
    const at = firstAbove(this.rows, row) - 1;
    return this.rows[at] === row ? this.#endBefore(at) : null;
  }

  /** The first hit behind a row, or the last before it; round the end, as editors do. */
  hitFrom(row: number, direction: 'next' | 'previous'): number {
    const behind = firstAbove(this.rows, row);
    if (direction === 'next') return this.#endBefore(behind) % this.hits;
    const isHere = this.rows[behind - 1] === row;
    const before = this.#endBefore(isHere ? behind - 1 : behind);
    return before === 0 ? this.hits - 1 : before - 1;
  }

  #endBefore(at: number): number {
    return this.#ends[at - 1] ?? 0;
  }
}

/** First place whose value is above this one, in values that rise. */
function firstAbove(values: Uint32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function searchLabel(index: RowIndex, text: string): FoundRows {
  const terms = toTerms(text);
  const count = terms.length === 0 ? 0 : index.length;
  const tally = new Tally(index, count);
  terms.forEach((term, bit) => {
    tally.begin(bit);
    addNames(tally, index, term);
    addValues(tally, index, term);
  });
  const { rows, ends } = tally.rowsWith(terms.length);
  return new FoundRows(terms, rows, ends);
}

/** Hits a row, and which of the words it holds. */
class Tally {
  readonly #index: RowIndex;
  readonly #hits: Uint32Array;
  readonly #masks: Uint16Array;
  #bit = 1;

  constructor(index: RowIndex, count: number) {
    this.#index = index;
    this.#hits = new Uint32Array(count);
    this.#masks = new Uint16Array(count);
  }

  begin(bit: number): void {
    this.#bit = 1 << bit;
  }

  addToRow(row: number, hits: number): void {
    if (row < 0 || row >= this.#hits.length) return;
    this.#hits[row] = (this.#hits[row] ?? 0) + hits;
    this.#masks[row] = (this.#masks[row] ?? 0) | this.#bit;
  }

  addToNode(node: number): void {
    this.addToRow(this.#index.rowOf(node), 1);
  }

  rowsWith(terms: number): { rows: Uint32Array; ends: Uint32Array } {
    const all = (1 << terms) - 1;
    const isFound = (row: number): boolean => terms > 0 && this.#masks[row] === all;
    let count = 0;
    for (let row = 0; row < this.#hits.length; row += 1) if (isFound(row)) count += 1;
    const rows = new Uint32Array(count);
    const ends = new Uint32Array(count);
    let at = 0;
    let hits = 0;
    for (let row = 0; row < this.#hits.length && at < count; row += 1) {
      if (!isFound(row)) continue;
      hits += this.#hits[row] ?? 0;
      rows[at] = row;
      ends[at] = hits;
      at += 1;
    }
    return { rows, ends };
  }
}

/** Names are few: each is looked at once, then counted where it stands. */
function addNames(tally: Tally, index: RowIndex, term: string): void {
  const { tree } = index;
  const hits = tree.names.all.map(({ qualified }) => countOf(term, qualified));
  if (hits.every((count) => count === 0)) return;
  for (let row = 0; row < index.length; row += 1) {
    const node = index.nodeOf(row);
    if (tree.kindOf(node) !== nodeKinds.element) continue;
    const count = hits[tree.nameIdOf(node)] ?? 0;
    if (count > 0) tally.addToRow(row, count);
  }
  for (let attribute = 0; attribute < tree.attributeCount; attribute += 1) {
    if (isUnit(tree, attribute)) continue;
    const count = hits[tree.attributeNameId(attribute)] ?? 0;
    if (count > 0) tally.addToRow(index.rowOf(tree.attributeOwner(attribute)), count);
  }
}

/** The row shows a unit behind the value, without its name. */
export function isUnit(tree: LabelTree, attribute: number): boolean {
  return tree.attributeName(attribute).qualified === 'unit';
}

/** Texts and attributes are stored in the order of the label, so places found are walked along with them. */
function addValues(tally: Tally, index: RowIndex, term: string): void {
  const { tree } = index;
  let node = 0;
  let attribute = 0;
  for (const { start, text } of tree.texts.blocks()) {
    for (const place of placesOf(term, foldCase(text))) {
      const at = start + place;
      while (node < tree.length && !reaches(tree, node, at)) node += 1;
      while (attribute < tree.attributeCount && attributeEnd(tree, attribute) <= at) attribute += 1;
      if (node < tree.length && tree.textStart(node) <= at) tally.addToNode(node);
      else if (attribute < tree.attributeCount && tree.attributeStart(attribute) <= at) {
        tally.addToNode(tree.attributeOwner(attribute));
      }
    }
  }
}

/** Text of words that ends behind this place. Comments, instructions and blanks are not searched. */
function reaches(tree: LabelTree, node: number, at: number): boolean {
  return tree.kindOf(node) === nodeKinds.text && tree.textStart(node) + tree.textLength(node) > at;
}

function attributeEnd(tree: LabelTree, attribute: number): number {
  return tree.attributeStart(attribute) + tree.attributeLength(attribute);
}

function countOf(term: string, text: string): number {
  let count = 0;
  for (const _place of placesOf(term, foldCase(text))) count += 1;
  return count;
}
