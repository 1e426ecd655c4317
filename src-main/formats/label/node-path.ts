/**
 * Runs in plain Node, in the labels' worker. The XPath by which a node is found again, in two styles: with the
 * label's prefixes, or by local-name() alone, which works in any tool. Positions stand where siblings repeat.
 */
import type { LabelNamespace } from '#contract/labels.ts';
import { nodeKinds, type LabelTree } from './label-tree.ts';
import type { Name } from './names.ts';
import {
  attributeOf,
  isAttribute,
  isNamespace,
  ownerOf,
  prefixOfNamespace,
  type XNode,
} from './xpath/nodes.ts';

export type PathStyle = 'prefixes' | 'local-name';

/** Where the last sibling asked for stood: a list of matches is walked on, not counted anew. */
interface Counted {
  node: number;
  position: number;
  repeats: boolean;
}

/** Parents whose children are remembered. */
const mostCounted = 5000;

export class PathWriter {
  readonly #tree: LabelTree;
  readonly #prefixes: Map<string, string>;
  readonly #counted = new Map<string, Counted>();

  constructor(tree: LabelTree, namespaces: readonly LabelNamespace[]) {
    this.#tree = tree;
    // Of several prefixes for one namespace the first is used.
    this.#prefixes = new Map(namespaces.map(({ prefix, uri }) => [uri, prefix] as const).reverse());
  }

  pathOf(node: XNode, style: PathStyle): string {
    const owner = ownerOf(node);
    const steps: string[] = [];
    for (let at = owner; at !== 0; at = this.#tree.parentOf(at)) steps.push(this.#step(at, style));
    if (isAttribute(node)) steps.unshift(this.#attributeStep(node, style));
    if (isNamespace(node)) {
      const prefix = prefixOfNamespace(this.#tree, node);
      steps.unshift(prefix === '' ? "namespace::*[name()='']" : `namespace::${prefix}`);
    }
    return `/${steps.reverse().join('/')}`;
  }

  #step(node: number, style: PathStyle): string {
    const test = this.#testOf(node, style);
    const { position, repeats } = this.#positionOf(node, style, test.same);
    return repeats ? `${test.text}[${String(position)}]` : test.text;
  }

  /** A node test, and which of its siblings pass it as well. */
  #testOf(node: number, style: PathStyle): { text: string; same: (sibling: number) => boolean } {
    const tree = this.#tree;
    const kind = tree.kindOf(node);
    if (tree.isText(node)) return { text: 'text()', same: (at) => tree.isText(at) };
    if (kind === nodeKinds.comment) {
      return { text: 'comment()', same: (at) => tree.kindOf(at) === kind };
    }
    const name = tree.nameOf(node);
    if (kind === nodeKinds.instruction) {
      return {
        text: `processing-instruction(${quoted(name.local)})`,
        same: (at) => tree.kindOf(at) === kind && tree.nameOf(at).local === name.local,
      };
    }
    const isElement = (at: number): boolean => tree.kindOf(at) === nodeKinds.element;
    if (style === 'local-name') {
      return {
        text: `*[local-name()=${quoted(name.local)}]`,
        same: (at) => isElement(at) && tree.nameOf(at).local === name.local,
      };
    }
    return {
      text: this.#nameTest(name, '*'),
      same: (at) =>
        isElement(at) && tree.nameOf(at).local === name.local && tree.nameOf(at).uri === name.uri,
    };
  }

  #nameTest(name: Name, any: string): string {
    if (name.uri === '') return name.local;
    const prefix = this.#prefixes.get(name.uri);
    if (prefix !== undefined) return `${any === '*' ? '' : '@'}${prefix}:${name.local}`;
    return `${any}[local-name()=${quoted(name.local)} and namespace-uri()=${quoted(name.uri)}]`;
  }

  #attributeStep(node: XNode, style: PathStyle): string {
    const name = this.#tree.attributeName(attributeOf(this.#tree, node));
    if (name.uri === '') return `@${name.local}`;
    if (style === 'prefixes') {
      return name.prefix === 'xml' ? `@xml:${name.local}` : this.#nameTest(name, '@*');
    }
    return `@*[local-name()=${quoted(name.local)}]`;
  }

  /** Place among the siblings that pass the same test, and whether there are others. */
  #positionOf(node: number, style: PathStyle, same: (sibling: number) => boolean): Counted {
    const tree = this.#tree;
    const parent = tree.parentOf(node);
    const kind = tree.kindOf(node);
    const what = tree.isText(node) ? 'text' : `${String(kind)} ${String(tree.nameIdOf(node))}`;
    const key = `${style} ${String(parent)} ${what}`;
    const known = this.#counted.get(key);
    let counted: Counted;
    if (known !== undefined && known.node <= node) {
      counted = { ...known, node };
      for (let at = known.node; at !== node && at !== 0;) {
        at = tree.nextSibling(at);
        if (at !== 0 && same(at)) counted.position += 1;
      }
    } else {
      counted = { node, position: 0, repeats: false };
      for (let at = parent + 1; at <= node && at !== 0; at = tree.nextSibling(at)) {
        if (same(at)) counted.position += 1;
      }
    }
    counted.repeats ||= counted.position > 1 || this.#comesAgain(node, same);
    if (this.#counted.size >= mostCounted) this.#counted.clear();
    this.#counted.set(key, counted);
    return counted;
  }

  #comesAgain(node: number, same: (sibling: number) => boolean): boolean {
    for (let at = this.#tree.nextSibling(node); at !== 0; at = this.#tree.nextSibling(at)) {
      if (same(at)) return true;
    }
    return false;
  }
}

/** A literal of XPath 1.0, which has no escapes: the text may hold quotes of one kind only, as names do. */
function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}
