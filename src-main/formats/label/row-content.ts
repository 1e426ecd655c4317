/** Runs in plain Node, in the labels' worker. What a row shows, cut to what travels well, and where words were found. */
import type { LabelAttribute, LabelMark, LabelRow } from '#contract/labels.ts';
import { isUnit } from './label-search.ts';
import { nodeKinds, trimBlanks, type LabelTree } from './label-tree.ts';
import type { RowIndex } from './row-index.ts';
import { foldCase, placesOf } from './search-terms.ts';

/** UTF-16 units of a value in a row; the inspector has more of it. */
const rowUnits = 1000;
const attributeUnits = 300;
const mostAttributes = 16;
const mostMarks = 64;

export type RowContent = Pick<
  LabelRow,
  'node' | 'kind' | 'prefix' | 'name' | 'value' | 'isCut' | 'unit' | 'attributes' | 'marks'
>;

/** Longest parts, in UTF-16 units, and how many attributes. */
export interface ContentBounds {
  value: number;
  attribute: number;
  attributes: number;
}

const rowBounds: ContentBounds = {
  value: rowUnits,
  attribute: attributeUnits,
  attributes: mostAttributes,
};

/** `index` holds all rows of the label: a row of a reduced tree is no leaf because its children are left out. */
export function contentOf(
  index: RowIndex,
  node: number,
  terms: readonly string[],
  bounds = rowBounds,
): RowContent {
  const { tree } = index;
  const isText = tree.isText(node);
  const { prefix, local } = isText ? { prefix: '', local: '' } : tree.nameOf(node);
  const value = valueOf(index, node, bounds.value);
  const { unit, attributes } = attributesOf(tree, node, bounds);
  const content: Omit<RowContent, 'marks'> = {
    node,
    kind: isText ? 'text' : 'element',
    prefix,
    name: local,
    ...value,
    unit,
    attributes,
  };
  return { ...content, marks: marksOf(content, terms) };
}

/** Text of a leaf, without the blanks around it; null for an element that holds others. */
export function valueOf(
  index: RowIndex,
  node: number,
  mostUnits: number,
): { value: string | null; isCut: boolean } {
  const { tree } = index;
  const isText = tree.isText(node);
  if (!isText && !index.isLeaf(index.rowOf(node))) return { value: null, isCut: false };
  // Blanks before the words do not count, so more is read than is shown.
  const text = trimBlanks(isText ? tree.textOf(node) : tree.stringOf(node, mostUnits * 8));
  return cut(text, mostUnits);
}

function cut(text: string, mostUnits: number): { value: string; isCut: boolean } {
  if (text.length <= mostUnits) return { value: text, isCut: false };
  const last = text.charCodeAt(mostUnits - 1);
  const isPair = last >= 0xd800 && last <= 0xdbff;
  return { value: text.slice(0, isPair ? mostUnits - 1 : mostUnits), isCut: true };
}

function attributesOf(
  tree: LabelTree,
  node: number,
  bounds: ContentBounds,
): { unit: string | null; attributes: LabelAttribute[] } {
  const { from, to } = tree.kindOf(node) === nodeKinds.element ? tree.attributesOf(node) : none;
  let unit: string | null = null;
  const attributes: LabelAttribute[] = [];
  for (let attribute = from; attribute < to; attribute += 1) {
    const { value, isCut } = cut(tree.attributeValue(attribute), bounds.attribute);
    if (isUnit(tree, attribute)) unit = value;
    else if (attributes.length < bounds.attributes) {
      attributes.push({ name: tree.attributeName(attribute).qualified, value, isCut });
    }
  }
  return { unit, attributes };
}

const none = { from: 0, to: 0 };

function marksOf(row: Omit<RowContent, 'marks'>, terms: readonly string[]): LabelMark[] {
  const marks: LabelMark[] = [];
  const add = (part: LabelMark['part'], text: string | null, attribute: number | null): void => {
    if (text === null || marks.length >= mostMarks) return;
    const folded = foldCase(text);
    for (const term of terms) {
      for (const start of placesOf(term, folded)) {
        if (marks.length >= mostMarks) return;
        marks.push({ part, attribute, start, end: start + term.length });
      }
    }
  };
  if (terms.length === 0) return marks;
  if (row.kind === 'element') {
    add('name', row.prefix === '' ? row.name : `${row.prefix}:${row.name}`, null);
  }
  add('value', row.value, null);
  add('unit', row.unit, null);
  row.attributes.forEach(({ name, value }, at) => {
    add('attribute-name', name, at);
    add('attribute-value', value, at);
  });
  return marks;
}
