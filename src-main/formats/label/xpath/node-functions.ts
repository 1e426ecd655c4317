/** Runs in plain Node, in the labels' worker. Functions of XPath 1.0 that look at more of the tree than one node. */
import type { LabelTree } from '../label-tree.ts';
import { ownerOf, type XNode } from './nodes.ts';

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** lang(): the nearest xml:lang is this language or a variety of it. */
export function speaks(tree: LabelTree, node: XNode, language: string): boolean {
  const wanted = language.toLowerCase();
  for (let at = ownerOf(node); at > 0; at = tree.parentOf(at)) {
    const { from, to } = tree.attributesOf(at);
    for (let attribute = from; attribute < to; attribute += 1) {
      const { local, uri } = tree.attributeName(attribute);
      if (local !== 'lang' || uri !== xmlNamespace) continue;
      const found = tree.attributeValue(attribute).toLowerCase();
      return found === wanted || found.startsWith(`${wanted}-`);
    }
  }
  return false;
}

/** id(): without a DTD only xml:id names elements. In document order. */
export function nodesById(tree: LabelTree, texts: readonly string[]): XNode[] {
  const wanted = new Set(texts.flatMap((text) => text.split(/[ \t\r\n]+/)).filter(Boolean));
  const found = new Map<string, XNode>();
  if (wanted.size === 0) return [];
  for (let attribute = 0; attribute < tree.attributeCount; attribute += 1) {
    const { local, uri } = tree.attributeName(attribute);
    if (local !== 'id' || uri !== xmlNamespace) continue;
    const value = tree.attributeValue(attribute).trim();
    if (wanted.has(value) && !found.has(value)) found.set(value, tree.attributeOwner(attribute));
  }
  return [...new Set(found.values())];
}
