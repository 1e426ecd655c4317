/**
 * Runs in plain Node, in the labels' worker. Walks the axes of XPath 1.0 over the numbers of a tree. Each node is
 * given in the order of the axis; a visitor that answers false ends the walk.
 */
import { nodeKinds, type LabelTree } from '../label-tree.ts';
import { attributesOf, isOfTree, namespacesAt, ownerOf, parentOf, type XNode } from './nodes.ts';
import type { Axis } from './syntax.ts';

export type Visitor = (node: XNode) => boolean;

export function walkAxis(tree: LabelTree, axis: Axis, node: XNode, visit: Visitor): void {
  walks[axis](tree, node, visit);
}

const walks: Readonly<Record<Axis, (tree: LabelTree, node: XNode, visit: Visitor) => void>> = {
  self: (_tree, node, visit) => void visit(node),
  parent: (tree, node, visit) => {
    const parent = parentOf(tree, node);
    if (parent >= 0) visit(parent);
  },
  ancestor: (tree, node, visit) => walkUp(tree, parentOf(tree, node), visit),
  'ancestor-or-self': (tree, node, visit) => walkUp(tree, node, visit),
  child: (tree, node, visit) => {
    if (!isOfTree(node)) return;
    const first = node + 1;
    if (first >= tree.endOf(node)) return;
    for (let at = first; at !== 0; at = tree.nextSibling(at)) if (!visit(at)) return;
  },
  descendant: (tree, node, visit) => {
    if (isOfTree(node)) walkOver(node + 1, tree.endOf(node), visit);
  },
  'descendant-or-self': (tree, node, visit) => {
    if (isOfTree(node)) walkOver(node, tree.endOf(node), visit);
    else visit(node);
  },
  following: (tree, node, visit) => {
    // What is within an element comes behind its attributes.
    walkOver(isOfTree(node) ? tree.endOf(node) : ownerOf(node) + 1, tree.length, visit);
  },
  'following-sibling': (tree, node, visit) => {
    if (!isOfTree(node)) return;
    for (let at = tree.nextSibling(node); at !== 0; at = tree.nextSibling(at)) {
      if (!visit(at)) return;
    }
  },
  preceding: (tree, node, visit) => {
    const owner = ownerOf(node);
    let around = owner === 0 ? -1 : tree.parentOf(owner);
    for (let at = owner - 1; at > 0; at -= 1) {
      if (at === around) around = tree.parentOf(at);
      else if (!visit(at)) return;
    }
  },
  'preceding-sibling': (tree, node, visit) => {
    if (!isOfTree(node) || node === 0) return;
    const parent = tree.parentOf(node);
    let at = node - 1;
    while (at > parent) {
      // The last node within a sibling leads up to it.
      while (tree.parentOf(at) !== parent) at = tree.parentOf(at);
      if (!visit(at)) return;
      at -= 1;
    }
  },
  attribute: (tree, node, visit) => {
    if (!isElement(tree, node)) return;
    for (const attribute of attributesOf(tree, node)) if (!visit(attribute)) return;
  },
  namespace: (tree, node, visit) => {
    if (!isElement(tree, node)) return;
    for (const namespace of namespacesAt(tree, node)) if (!visit(namespace)) return;
  },
};

function isElement(tree: LabelTree, node: XNode): boolean {
  return isOfTree(node) && tree.kindOf(node) === nodeKinds.element;
}

function walkUp(tree: LabelTree, node: XNode, visit: Visitor): void {
  for (let at = node; at >= 0; at = parentOf(tree, at)) if (!visit(at)) return;
}

function walkOver(from: number, to: number, visit: Visitor): void {
  for (let at = from; at < to; at += 1) if (!visit(at)) return;
}
