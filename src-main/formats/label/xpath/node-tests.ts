/** Runs in plain Node, in the labels' worker. Node tests of XPath 1.0, made ready for one tree and axis. */
import { nodeKinds, type LabelTree } from '../label-tree.ts';
import {
  attributeOf,
  isAttribute,
  isNamespace,
  isOfTree,
  prefixOfNamespace,
  type XNode,
} from './nodes.ts';
import type { Axis, NodeTest } from './syntax.ts';

export type Tester = (node: XNode) => boolean;

export function nodeTester(tree: LabelTree, test: NodeTest, axis: Axis): Tester {
  switch (test.kind) {
    case 'node':
      return () => true;
    case 'text':
      return (node) => isOfTree(node) && tree.isText(node);
    case 'comment':
      return (node) => isOfTree(node) && tree.kindOf(node) === nodeKinds.comment;
    case 'instruction':
      return (node) =>
        isOfTree(node) &&
        tree.kindOf(node) === nodeKinds.instruction &&
        (test.target === null || tree.nameOf(node).local === test.target);
    case 'name':
      if (axis === 'attribute') return attributeTester(tree, test);
      if (axis === 'namespace') return namespaceTester(tree, test);
      return elementTester(tree, test);
  }
}

type NameTest = NodeTest & { kind: 'name' };

function elementTester(tree: LabelTree, test: NameTest): Tester {
  const fits = nameTester(tree, test);
  return (node) =>
    isOfTree(node) && tree.kindOf(node) === nodeKinds.element && fits(tree.nameIdOf(node));
}

function attributeTester(tree: LabelTree, test: NameTest): Tester {
  const fits = nameTester(tree, test);
  return (node) => isAttribute(node) && fits(tree.attributeNameId(attributeOf(tree, node)));
}

/** Namespaces have local names, the prefixes, and are in no namespace. */
function namespaceTester(tree: LabelTree, { uri, local }: NameTest): Tester {
  return (node) =>
    isNamespace(node) &&
    (uri === null || uri === '') &&
    (local === null || prefixOfNamespace(tree, node) === local);
}

/** Each different name is compared once. */
function nameTester(tree: LabelTree, { uri, local }: NameTest): (name: number) => boolean {
  const known: (boolean | undefined)[] = [];
  return (id) => {
    const before = known[id];
    if (before !== undefined) return before;
    const name = tree.names.get(id);
    const fits = (uri === null || name.uri === uri) && (local === null || name.local === local);
    known[id] = fits;
    return fits;
  };
}
