/** Runs in plain Node, in the labels' worker. Answers expressions of XPath over one label, in parts. */
import type { LabelMatch, LabelXPathError, LabelXPathResult } from '#contract/labels.ts';
import { partLimit } from './label-limits.ts';
import type { OpenLabel } from './open-label.ts';
import { nodeKinds } from './label-tree.ts';
import { resolverOf } from './namespaces.ts';
import { evaluateXPath, type XValue } from './xpath/evaluate.ts';
import { isOfTree, ownerOf, stringOf, type XNode } from './xpath/nodes.ts';
import { parseXPath } from './xpath/parser.ts';
import { XPathProblem } from './xpath/problem.ts';
import type { Expression } from './xpath/syntax.ts';
import { numberToString } from './xpath/values.ts';

/** UTF-16 units of a match's value, and of a text that an expression gives. */
const matchUnits = 10_000;
const textUnits = 1_000_000;

export class LabelQuery {
  readonly #label: OpenLabel;
  /** The last one, while its matches are listed in parts. */
  #last: { expression: string; nodes: number; tree: Expression; value: XValue } | null = null;

  constructor(label: OpenLabel) {
    this.#label = label;
  }

  /** Never throws for what a person may write. */
  run(expression: string, from: number, count: number): LabelXPathResult | LabelXPathError {
    try {
      const { value, tree } = this.#evaluate(expression);
      return this.#toResult(value, tree, from, Math.min(count, partLimit));
    } catch (error) {
      if (!(error instanceof XPathProblem)) throw error;
      return { type: 'error', position: error.position, message: error.message };
    }
  }

  #evaluate(expression: string): { value: XValue; tree: Expression } {
    const nodes = this.#label.tree.length;
    const last = this.#last;
    if (last?.expression === expression && last.nodes === nodes) return last;
    const tree = parseXPath(expression, resolverOf(this.#label.namespaces()));
    const value = evaluateXPath(this.#label.tree, tree);
    this.#last = { expression, nodes, tree, value };
    return this.#last;
  }

  #toResult(value: XValue, tree: Expression, from: number, count: number): LabelXPathResult {
    const { isComplete } = this.#label;
    if (typeof value === 'string') {
      return { type: 'string', value: value.slice(0, textUnits), isComplete };
    }
    if (typeof value === 'number') {
      return { type: 'number', value, text: numberToString(value), isComplete };
    }
    if (typeof value === 'boolean') return { type: 'boolean', value, isComplete };
    const matches = value.slice(from, from + count).map((node) => this.#toMatch(node));
    const hint = value.length === 0 ? this.#hintFor(tree) : null;
    return { type: 'nodes', total: value.length, from, matches, hint, isComplete };
  }

  #toMatch(node: XNode): LabelMatch {
    const { tree } = this.#label;
    const kind = isOfTree(node) ? tree.kindOf(node) : null;
    const isInner = kind === nodeKinds.element || kind === nodeKinds.document;
    const text = isInner ? tree.stringOf(node, matchUnits + 1) : stringOf(tree, node);
    return {
      node: this.#label.rowNodeOf(ownerOf(node)),
      path: this.#label.paths().pathOf(node, 'prefixes'),
      value: text.slice(0, matchUnits),
      isCut: text.length > matchUnits,
    };
  }

  /** The mistake that everybody makes: names without a prefix are in no namespace. */
  #hintFor(tree: Expression): string | null {
    const plain = plainNameIn(tree);
    const fallback = this.#label.namespaces().find(({ isDefault }) => isDefault);
    if (plain === null || fallback === undefined) return null;
    return `XPath takes "${plain}" for a name in no namespace. In this label it is ${fallback.prefix}:${plain}.`;
  }
}

/** The first name of an element that is written without a prefix. */
function plainNameIn(expression: Expression): string | null {
  switch (expression.kind) {
    case 'number':
    case 'string':
      return null;
    case 'negate':
      return plainNameIn(expression.of);
    case 'binary':
      return plainNameIn(expression.left) ?? plainNameIn(expression.right);
    case 'call':
      return firstOf(expression.args);
    case 'filter':
      return plainNameIn(expression.base) ?? firstOf(expression.predicates);
    case 'path': {
      const before = typeof expression.from === 'string' ? null : plainNameIn(expression.from);
      if (before !== null) return before;
      for (const { axis, test, predicates } of expression.steps) {
        const isElement = axis !== 'attribute' && axis !== 'namespace' && test.kind === 'name';
        if (isElement && test.uri === '' && test.local !== null) return test.local;
        const within = firstOf(predicates);
        if (within !== null) return within;
      }
      return null;
    }
  }
}

function firstOf(expressions: readonly Expression[]): string | null {
  for (const expression of expressions) {
    const found = plainNameIn(expression);
    if (found !== null) return found;
  }
  return null;
}
