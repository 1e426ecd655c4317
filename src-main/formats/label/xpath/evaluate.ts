/**
 * Runs in plain Node, in the labels' worker. Evaluates an expression of XPath 1.0 over a label. Nodes come in document
 * order, each once. The work is counted, and an expression that wants too much of it is refused.
 */
import type { LabelTree } from '../label-tree.ts';
import { walkAxis } from './axes.ts';
import {
  comparePlain,
  compareSets,
  compareTexts,
  compareWithTexts,
  plainToBoolean,
  plainToNumber,
  type Comparison,
} from './compare.ts';
import { roundOf, stringFunctions, substring, sumOf } from './functions.ts';
import { nodeTester, type Tester } from './node-tests.ts';
import { isOfTree, nameOf, stringOf, type XNode } from './nodes.ts';
import { nodesById, speaks } from './node-functions.ts';
import { joinSteps } from './optimise.ts';
import { XPathProblem } from './problem.ts';
import type { BinaryOperator, Expression, Step } from './syntax.ts';
import { numberToString } from './values.ts';

export type XValue = XNode[] | string | number | boolean;

/** Nodes looked at; reading texts costs more. About two seconds of work. */
export const mostWork = 60_000_000;
const workPerText = 6;
const workPerPart = 2;
const unitsPerWork = 32;

interface Context {
  node: XNode;
  position: number;
  size: number;
}

/** Value of an expression, the document being the context. Throws XPathProblem. */
export function evaluateXPath(tree: LabelTree, expression: Expression, work = mostWork): XValue {
  return new Evaluation(tree, work).evaluate(expression, { node: 0, position: 1, size: 1 });
}

class Evaluation {
  readonly #tree: LabelTree;
  #left: number;
  readonly #steps = new Map<readonly Step[], { step: Step; test: Tester }[]>();
  /** Paths from the document are the same for every node that a predicate looks at. */
  readonly #fixed = new Map<Expression, XNode[]>();
  /** Texts of such paths, once they were compared with. */
  readonly #fixedTexts = new Map<XNode[], Set<string> | null>();

  constructor(tree: LabelTree, work: number) {
    this.#tree = tree;
    this.#left = work;
  }

  evaluate(expression: Expression, context: Context): XValue {
    this.#spend(1);
    switch (expression.kind) {
      case 'number':
      case 'string':
        return expression.value;
      case 'negate':
        return -this.#number(this.evaluate(expression.of, context));
      case 'binary':
        return this.#binary(expression, context);
      case 'call':
        return this.#call(expression, context);
      case 'filter': {
        const nodes = this.#nodes(expression.base, context);
        return this.#filter(nodes, expression.predicates);
      }
      case 'path':
        return this.#path(expression, context);
    }
  }

  #spend(work: number): void {
    this.#left -= work;
    if (this.#left < 0) {
      throw new XPathProblem(
        'The expression takes more steps over this label than Almagest spends on one. Narrow it down: begin with a path from the root, and avoid "//" within predicates.',
        null,
      );
    }
  }

  #nodes(expression: Expression, context: Context): XNode[] {
    const value = this.evaluate(expression, context);
    if (Array.isArray(value)) return value;
    const at = 'at' in expression ? expression.at : null;
    throw new XPathProblem(
      'Nodes are needed here, but this is a text, a number or a truth value.',
      at,
    );
  }

  #text(node: XNode): string {
    // What is within an element is walked over for its text.
    if (isOfTree(node)) this.#spend((this.#tree.endOf(node) - node) * workPerPart);
    const text = stringOf(this.#tree, node);
    this.#spend(workPerText + text.length / unitsPerWork);
    return text;
  }

  *#texts(nodes: readonly XNode[]): Generator<string> {
    for (const node of nodes) yield this.#text(node);
  }

  #string(value: XValue): string {
    if (Array.isArray(value)) return value[0] === undefined ? '' : this.#text(value[0]);
    return typeof value === 'number' ? numberToString(value) : String(value);
  }

  #number(value: XValue): number {
    return plainToNumber(Array.isArray(value) ? this.#string(value) : value);
  }

  #boolean(value: XValue): boolean {
    return Array.isArray(value) ? value.length > 0 : plainToBoolean(value);
  }

  #binary(expression: Expression & { kind: 'binary' }, context: Context): XValue {
    const { operator, left, right } = expression;
    if (operator === 'or' || operator === 'and') {
      const first = this.#boolean(this.evaluate(left, context));
      if (first === (operator === 'or')) return first;
      return this.#boolean(this.evaluate(right, context));
    }
    if (operator === '|') {
      return inOrder([...this.#nodes(left, context), ...this.#nodes(right, context)]);
    }
    const one = this.evaluate(left, context);
    const other = this.evaluate(right, context);
    if (isComparison(operator)) return this.#compare(operator, one, other);
    return arithmetic(operator, this.#number(one), this.#number(other));
  }

  #compare(operator: Comparison, left: XValue, right: XValue): boolean {
    if (Array.isArray(left)) {
      if (Array.isArray(right)) return this.#compareSets(operator, left, right);
      if (typeof right === 'boolean') return comparePlain(operator, left.length > 0, right);
      return compareTexts(operator, this.#texts(left), right);
    }
    if (!Array.isArray(right)) return comparePlain(operator, left, right);
    if (typeof left === 'boolean') return comparePlain(operator, left, right.length > 0);
    return compareWithTexts(operator, left, this.#texts(right));
  }

  #compareSets(operator: Comparison, left: XNode[], right: XNode[]): boolean {
    const [fixed, other] = this.#fixedTexts.has(left) ? [left, right] : [right, left];
    let texts = this.#fixedTexts.get(fixed);
    if (operator !== '=' || texts === undefined) {
      return compareSets(operator, this.#texts(left), this.#texts(right));
    }
    if (texts === null) {
      texts = new Set(this.#texts(fixed));
      this.#fixedTexts.set(fixed, texts);
    }
    for (const text of this.#texts(other)) if (texts.has(text)) return true;
    return false;
  }

  #path(expression: Expression & { kind: 'path' }, context: Context): XNode[] {
    if (expression.from !== 'document') return this.#walkPath(expression, context);
    let nodes = this.#fixed.get(expression);
    if (nodes === undefined) {
      nodes = this.#walkPath(expression, context);
      this.#fixed.set(expression, nodes);
      this.#fixedTexts.set(nodes, null);
    }
    return nodes;
  }

  #walkPath(expression: Expression & { kind: 'path' }, context: Context): XNode[] {
    const { from } = expression;
    let nodes =
      from === 'document' ? [0] : from === 'context' ? [context.node] : this.#nodes(from, context);
    for (const { step, test } of this.#prepared(expression.steps)) {
      nodes = this.#step(nodes, step, test);
    }
    return nodes;
  }

  /** Predicates run once a node, their steps are made ready once. */
  #prepared(steps: readonly Step[]): { step: Step; test: Tester }[] {
    let prepared = this.#steps.get(steps);
    if (prepared === undefined) {
      prepared = joinSteps(steps).map((step) => ({
        step,
        test: nodeTester(this.#tree, step.test, step.axis),
      }));
      this.#steps.set(steps, prepared);
    }
    return prepared;
  }

  #step(contexts: readonly XNode[], step: Step, test: Tester): XNode[] {
    const found: XNode[] = [];
    for (const context of contexts) {
      const nodes = this.#walk(context, step, test);
      const kept = this.#filter(nodes, step.predicates);
      for (const node of kept) found.push(node);
    }
    return inOrder(found);
  }

  #walk(context: XNode, { axis, predicates }: Step, test: Tester): XNode[] {
    const nodes: XNode[] = [];
    const [first] = predicates;
    // `[3]` needs no more than three.
    const wanted = first?.kind === 'number' ? first.value : Number.POSITIVE_INFINITY;
    walkAxis(this.#tree, axis, context, (node) => {
      this.#spend(1);
      if (test(node)) nodes.push(node);
      return nodes.length < wanted;
    });
    return nodes;
  }

  #filter(nodes: XNode[], predicates: readonly Expression[]): XNode[] {
    let kept = nodes;
    for (const predicate of predicates) {
      const size = kept.length;
      if (predicate.kind === 'number') {
        const node = kept[predicate.value - 1];
        kept = node === undefined ? [] : [node];
      } else {
        kept = kept.filter((node, at) => {
          const value = this.evaluate(predicate, { node, position: at + 1, size });
          return typeof value === 'number' ? value === at + 1 : this.#boolean(value);
        });
      }
    }
    return kept;
  }

  #call({ name, args }: Expression & { kind: 'call' }, context: Context): XValue {
    const ofStrings = stringFunctions[name];
    if (ofStrings !== undefined) {
      const values =
        args.length === 0 ? [[context.node]] : args.map((of) => this.evaluate(of, context));
      const texts = values.map((value) => this.#string(value));
      this.#spend(texts.reduce((units, text) => units + text.length, 0) / unitsPerWork);
      return ofStrings(texts);
    }
    const [first] = args;
    const value = first === undefined ? [context.node] : this.evaluate(first, context);
    switch (name) {
      case 'last':
        return context.size;
      case 'position':
        return context.position;
      case 'true':
        return true;
      case 'false':
        return false;
      case 'string':
        return this.#string(value);
      case 'number':
        return this.#number(value);
      case 'boolean':
        return this.#boolean(value);
      case 'not':
        return !this.#boolean(value);
      case 'floor':
        return Math.floor(this.#number(value));
      case 'ceiling':
        return Math.ceil(this.#number(value));
      case 'round':
        return roundOf(this.#number(value));
      case 'substring': {
        const [, from, length] = args.map((of) => this.evaluate(of, context));
        const most = length === undefined ? null : this.#number(length);
        return substring(this.#string(value), this.#number(from ?? 0), most);
      }
      case 'lang':
        return speaks(this.#tree, context.node, this.#string(value));
      case 'id':
        this.#spend(this.#tree.attributeCount);
        return nodesById(
          this.#tree,
          Array.isArray(value) ? [...this.#texts(value)] : [this.#string(value)],
        );
    }
    return this.#callOfNodes(name, first, value, context);
  }

  #callOfNodes(
    name: string,
    first: Expression | undefined,
    value: XValue,
    context: Context,
  ): XValue {
    const nodes = Array.isArray(value) || first === undefined ? value : this.#nodes(first, context);
    if (!Array.isArray(nodes)) return '';
    if (name === 'count') return nodes.length;
    if (name === 'sum') return sumOf(this.#texts(nodes));
    const [node] = nodes;
    if (node === undefined) return '';
    const { qualified, local, uri } = nameOf(this.#tree, node);
    return name === 'name' ? qualified : name === 'local-name' ? local : uri;
  }
}

function isComparison(operator: BinaryOperator): operator is Comparison {
  return ['=', '!=', '<', '<=', '>', '>='].includes(operator);
}

function arithmetic(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case 'div':
      return left / right;
    default:
      return left % right;
  }
}

/** In document order, each once. Most come so already. */
function inOrder(nodes: XNode[]): XNode[] {
  let isSorted = true;
  for (let at = 1; at < nodes.length && isSorted; at += 1) {
    isSorted = (nodes[at - 1] ?? 0) < (nodes[at] ?? 0);
  }
  if (isSorted) return nodes;
  const sorted = Float64Array.from(nodes).sort();
  return Array.from(sorted).filter((node, at) => at === 0 || node !== sorted[at - 1]);
}
