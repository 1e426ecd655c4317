/**
 * Runs in a page. A label of a million rows that are nowhere kept: the root (0), one table (1), and fields whose place
 * is their number. A search finds all fields by a part of their name, or one by its whole value.
 */
import type { LabelFold, LabelMark, LabelNode, LabelRow } from '#contract/labels.ts';
import { uriOf, type FakeLabel, type FakeXPath } from './fake-label-model.ts';

const rows = 1_000_000;
const first = 2;
const fieldName = 'sample';

export class FakeLabelMillion implements FakeLabel {
  readonly elements = rows;
  readonly sourceRows = rows + 2;
  #isRootOpen = true;
  #isTableOpen = true;
  #word = '';

  get total(): number {
    if (!this.#isRootOpen) return 1;
    return this.#isTableOpen ? rows : first;
  }

  readUpTo(): void {}

  rows(from: number, count: number): LabelRow[] {
    const end = Math.min(this.total, from + count);
    return Array.from({ length: Math.max(0, end - from) }, (_none, at) => this.#row(from + at));
  }

  fold(fold: LabelFold): void {
    if (fold.what === 'depth') {
      this.#isRootOpen = fold.depth === null || fold.depth > 0;
      this.#isTableOpen = fold.depth === null || fold.depth > 1;
    } else if (fold.node === 0) this.#isRootOpen = fold.isOpen;
    else if (fold.node === 1) this.#isTableOpen = fold.isOpen;
  }

  reveal(node: number): number | null {
    if (node < 0 || node >= rows) return null;
    if (node > 0) this.#isRootOpen = true;
    if (node >= first) this.#isTableOpen = true;
    return node;
  }

  search(text: string): { hits: number; rows: number } {
    this.#word = text.trim().toLowerCase();
    const hits = this.#hits();
    return { hits, rows: hits };
  }

  #isNamed(): boolean {
    return this.#word !== '' && fieldName.includes(this.#word);
  }

  #only(): number | null {
    const node = /^\d{1,7}$/.test(this.#word) ? Number(this.#word) : -1;
    return node >= first && node < rows ? node : null;
  }

  #hits(): number {
    if (this.#isNamed()) return rows - first;
    return this.#only() === null ? 0 : 1;
  }

  hit(at: number): { node: number; mark: LabelMark } | null {
    if (at >= this.#hits()) return null;
    const node = this.#isNamed() ? at + first : (this.#only() ?? 0);
    const [mark] = this.#row(node).marks;
    return mark === undefined ? null : { node, mark };
  }

  hitFrom(node: number, direction: 'next' | 'previous'): number | null {
    const hits = this.#hits();
    if (hits === 0) return null;
    const only = this.#only();
    if (only !== null) return 0;
    const at = Math.max(node, first - 1) - first + (direction === 'next' ? 1 : -1);
    return (at + hits) % hits;
  }

  node(node: number): LabelNode | null {
    const row = node >= 0 && node < rows ? this.#row(node) : null;
    if (row === null) return null;
    const root = '/pds:Product_Observational';
    const paths = [root, `${root}/pds:Table`];
    return {
      node,
      kind: 'element',
      name: row.name,
      namespace: uriOf(''),
      value: row.value,
      isCut: false,
      unit: null,
      attributes: [],
      path: paths[node] ?? `${root}/pds:Table/pds:${fieldName}[${String(node - 1)}]`,
      localPath: `//*[local-name()='${row.name}']`,
      registryName: node < first ? null : `pds:Table.pds:${fieldName}`,
      sourceRow: node + 1,
    };
  }

  xpath(expression: string): FakeXPath {
    const place = /\[(\d+)\]$/.exec(expression)?.[1];
    const node = place === undefined ? (expression.endsWith('Table') ? 1 : 0) : Number(place) + 1;
    const found = this.node(node);
    return {
      matches: found === null ? [] : [{ node, path: found.path, value: found.value ?? '' }],
    };
  }

  source(row: number): string {
    if (row === 0) return '<?xml version="1.0"?>';
    if (row === 1) return '<Product_Observational xmlns="http://pds.nasa.gov/pds4/pds/v1">';
    if (row === 2) return '  <Table>';
    if (row > rows) return '  </Table></Product_Observational>';
    return `    <${fieldName}>${String(row - 1)}</${fieldName}>`;
  }

  nodeAt(sourceRow: number): number | null {
    return sourceRow === 0 ? null : Math.min(rows - 1, sourceRow - 1);
  }

  #row(node: number): LabelRow {
    const name = ['Product_Observational', 'Table'][node] ?? fieldName;
    const value = node < first ? null : String(node);
    const marks: LabelMark[] = [];
    const mark = (part: LabelMark['part'], start: number): void => {
      marks.push({ part, attribute: null, start, end: start + this.#word.length });
    };
    if (node >= first && this.#isNamed()) mark('name', fieldName.indexOf(this.#word));
    if (node >= first && node === this.#only()) mark('value', 0);
    return {
      node,
      parent: node === 0 ? null : node === 1 ? 0 : 1,
      kind: 'element',
      depth: Math.min(node, 2),
      prefix: '',
      name,
      value,
      isCut: false,
      unit: null,
      attributes: [],
      children: [1, rows - first][node] ?? 0,
      isOpen: [this.#isRootOpen, this.#isTableOpen][node] ?? false,
      place: node < first ? 1 : node - first + 1,
      siblings: node < first ? 1 : rows - first,
      marks,
      firstHit: marks.length === 0 ? null : this.#isNamed() ? node - first : 0,
    };
  }
}
