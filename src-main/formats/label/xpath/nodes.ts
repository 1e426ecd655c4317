/**
 * Runs in plain Node, in the labels' worker. A node of XPath's data model is one number, and document order is the
 * order of the numbers: a node of the tree is its own, the namespaces of an element lie in the first half behind it,
 * its attributes in the second.
 */
import { inScope } from '../namespaces.ts';
import { nodeKinds, type LabelTree } from '../label-tree.ts';

export type XNode = number;

/** Attributes of one element are at most 1000, so 1024 places are enough; powers of two keep the sums exact. */
const places = 2048;
const attributesFrom = 0.5;

export function ownerOf(node: XNode): number {
  return Math.floor(node);
}

export function isOfTree(node: XNode): boolean {
  return Number.isInteger(node);
}

export function isAttribute(node: XNode): boolean {
  return node - Math.floor(node) >= attributesFrom;
}

export function isNamespace(node: XNode): boolean {
  const part = node - Math.floor(node);
  return part > 0 && part < attributesFrom;
}

/** Attributes of an element in the order of the label. */
export function attributesOf(tree: LabelTree, element: number): XNode[] {
  const { from, to } = tree.attributesOf(element);
  return Array.from({ length: to - from }, (_, at) => element + attributesFrom + at / places);
}

/** Number of an attribute in the tree. */
export function attributeOf(tree: LabelTree, node: XNode): number {
  const owner = ownerOf(node);
  return tree.attributesOf(owner).from + (node - owner - attributesFrom) * places;
}

/** More prefixes than fit in scope of one element are left out. */
export function namespacesAt(tree: LabelTree, element: number): XNode[] {
  if (tree.kindOf(element) !== nodeKinds.element) return [];
  const count = Math.min(inScope(tree, element).size, places / 2 - 1);
  return Array.from({ length: count }, (_, at) => element + (at + 1) / places);
}

function namespaceOf(tree: LabelTree, node: XNode): readonly [prefix: string, uri: string] {
  const owner = ownerOf(node);
  const at = (node - owner) * places - 1;
  return [...inScope(tree, owner)][at] ?? ['', ''];
}

export function prefixOfNamespace(tree: LabelTree, node: XNode): string {
  return namespaceOf(tree, node)[0];
}

/** The document has no parent: -1. */
export function parentOf(tree: LabelTree, node: XNode): number {
  if (!isOfTree(node)) return ownerOf(node);
  return node === 0 ? -1 : tree.parentOf(node);
}

/** XPath's string-value. */
export function stringOf(tree: LabelTree, node: XNode): string {
  if (isAttribute(node)) return tree.attributeValue(attributeOf(tree, node));
  if (isNamespace(node)) return namespaceOf(tree, node)[1];
  const kind = tree.kindOf(node);
  const isInner = kind === nodeKinds.element || kind === nodeKinds.document;
  return isInner ? tree.stringOf(node) : tree.textOf(node);
}

/** XPath's expanded-name, with the prefix as written; all empty for what has no name. */
export function nameOf(
  tree: LabelTree,
  node: XNode,
): { qualified: string; local: string; uri: string } {
  if (isAttribute(node)) return tree.attributeName(attributeOf(tree, node));
  if (isNamespace(node)) {
    const prefix = prefixOfNamespace(tree, node);
    return { qualified: prefix, local: prefix, uri: '' };
  }
  return tree.nameOf(node);
}
