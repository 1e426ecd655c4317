/** Runs in plain Node, in the labels' worker. Text of an expression of XPath 1.0 to its tree. */
import { signatures } from './functions.ts';
import { readTokens, type Token } from './lexer.ts';
import { XPathProblem } from './problem.ts';
import {
  axes,
  type Axis,
  type BinaryOperator,
  type Expression,
  type NodeTest,
  type Step,
} from './syntax.ts';

/** What a prefix stands for; undefined where it is not known. */
export type PrefixResolver = (prefix: string) => string | undefined;

/** Parentheses and predicates within each other. */
const mostDepth = 60;

/** Binary operators from the loosest to the tightest. */
const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];
const nodeTypes = new Set(['comment', 'text', 'processing-instruction', 'node']);
const anyNode: Step = { axis: 'descendant-or-self', test: { kind: 'node' }, predicates: [] };

/** Throws XPathProblem with the place of the mistake. */
export function parseXPath(expression: string, resolve: PrefixResolver): Expression {
  return new Parser(readTokens(expression), resolve).parse();
}

class Parser {
  readonly #tokens: Token[];
  readonly #resolve: PrefixResolver;
  #at = 0;
  #depth = 0;

  constructor(tokens: Token[], resolve: PrefixResolver) {
    this.#tokens = tokens;
    this.#resolve = resolve;
  }

  parse(): Expression {
    if (this.#peek().kind === 'end') {
      throw new XPathProblem('The expression is empty.', 0);
    }
    const expression = this.#expression();
    const rest = this.#peek();
    if (rest.kind !== 'end') throw this.#unexpected(rest);
    return expression;
  }

  #expression(): Expression {
    this.#depth += 1;
    if (this.#depth > mostDepth) {
      throw new XPathProblem('The expression is nested too deeply to be read.', this.#peek().at);
    }
    const expression = this.#binary(0);
    this.#depth -= 1;
    return expression;
  }

  #binary(level: number): Expression {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.#peek();
      if (token.kind !== 'operator' || !operators.includes(token.text)) return left;
      this.#at += 1;
      const right = this.#binary(level + 1);
      left = {
        kind: 'binary',
        operator: token.text as BinaryOperator,
        left,
        right,
        at: token.at,
      };
    }
  }

  #unary(): Expression {
    let signs = 0;
    while (this.#take('operator', '-')) signs += 1;
    const of = this.#union();
    if (signs === 0) return of;
    const negated: Expression = { kind: 'negate', of };
    return signs % 2 === 1 ? negated : { kind: 'negate', of: negated };
  }

  #union(): Expression {
    let left = this.#path();
    for (;;) {
      const token = this.#peek();
      if (!this.#take('operator', '|')) return left;
      left = { kind: 'binary', operator: '|', left, right: this.#path(), at: token.at };
    }
  }

  #path(): Expression {
    const token = this.#peek();
    const { at } = token;
    if (this.#isPrimary(token)) {
      const base = this.#filter();
      if (this.#isMark('/') || this.#isMark('//')) {
        return { kind: 'path', from: base, steps: this.#moreSteps([]), at };
      }
      return base;
    }
    if (this.#isMark('//'))
      return { kind: 'path', from: 'document', steps: this.#moreSteps([]), at };
    if (this.#take('punctuation', '/')) {
      const steps = this.#mayBeginStep() ? this.#moreSteps([this.#step()]) : [];
      return { kind: 'path', from: 'document', steps, at };
    }
    return { kind: 'path', from: 'context', steps: this.#moreSteps([this.#step()]), at };
  }

  #moreSteps(steps: Step[]): Step[] {
    for (;;) {
      if (this.#take('punctuation', '//')) steps.push(anyNode, this.#step());
      else if (this.#take('punctuation', '/')) steps.push(this.#step());
      else return steps;
    }
  }

  #isPrimary(token: Token): boolean {
    if (token.kind === 'number' || token.kind === 'string' || token.kind === 'variable')
      return true;
    if (token.kind === 'punctuation') return token.text === '(';
    return token.kind === 'name' && this.#peek(1).text === '(' && !nodeTypes.has(token.text);
  }

  #filter(): Expression {
    const { at } = this.#peek();
    const base = this.#primary();
    const predicates = this.#predicates();
    return predicates.length === 0 ? base : { kind: 'filter', base, predicates, at };
  }

  #primary(): Expression {
    const token = this.#next();
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'string') return { kind: 'string', value: token.text.slice(1, -1) };
    if (token.kind === 'variable') {
      throw new XPathProblem('Variables have no value here: write the value itself.', token.at);
    }
    if (token.kind === 'name') return this.#call(token);
    const inner = this.#expression();
    this.#expect(')');
    return inner;
  }

  #call({ text, at }: Token): Expression {
    this.#expect('(');
    const args: Expression[] = [];
    if (!this.#take('punctuation', ')')) {
      do args.push(this.#expression());
      while (this.#take('punctuation', ','));
      this.#expect(')');
    }
    const signature = Object.hasOwn(signatures, text) ? signatures[text] : undefined;
    if (signature === undefined) {
      throw new XPathProblem(`XPath 1.0 has no function "${text}".`, at);
    }
    const [fewest, most] = signature;
    if (args.length < fewest || args.length > most) {
      throw new XPathProblem(`${text}() takes ${argumentWords(fewest, most)}.`, at);
    }
    return { kind: 'call', name: text, args, at };
  }

  #mayBeginStep(): boolean {
    const { kind, text } = this.#peek();
    return kind === 'name' || (kind === 'punctuation' && ['.', '..', '@'].includes(text));
  }

  #step(): Step {
    if (this.#take('punctuation', '.'))
      return { axis: 'self', test: { kind: 'node' }, predicates: [] };
    if (this.#take('punctuation', '..')) {
      return { axis: 'parent', test: { kind: 'node' }, predicates: [] };
    }
    const axis = this.#axis();
    const test = this.#test();
    return { axis, test, predicates: this.#predicates() };
  }

  #axis(): Axis {
    if (this.#take('punctuation', '@')) return 'attribute';
    const token = this.#peek();
    if (token.kind !== 'name' || this.#peek(1).text !== '::') return 'child';
    const axis = axes.find((name) => name === token.text);
    if (axis === undefined) throw new XPathProblem(`There is no axis "${token.text}".`, token.at);
    this.#at += 2;
    return axis;
  }

  #test(): NodeTest {
    const token = this.#next();
    const { kind, text, at } = token;
    if (kind !== 'name') throw this.#unexpected(token);
    if (nodeTypes.has(text) && this.#take('punctuation', '(')) return this.#typeTest(text);
    if (text === '*') return { kind: 'name', uri: null, local: null };
    const colon = text.indexOf(':');
    if (colon < 0) return { kind: 'name', uri: '', local: text };
    const prefix = text.slice(0, colon);
    const local = text.slice(colon + 1);
    const uri = this.#resolve(prefix);
    if (uri === undefined) {
      throw new XPathProblem(`The label declares no prefix "${prefix}".`, at);
    }
    return { kind: 'name', uri, local: local === '*' ? null : local };
  }

  #typeTest(type: string): NodeTest {
    const argument = this.#peek();
    const isNamed = type === 'processing-instruction' && argument.kind === 'string';
    if (isNamed) this.#at += 1;
    this.#expect(')');
    if (type === 'processing-instruction') {
      return { kind: 'instruction', target: isNamed ? argument.text.slice(1, -1) : null };
    }
    return { kind: type as 'comment' | 'text' | 'node' };
  }

  #predicates(): Expression[] {
    const predicates: Expression[] = [];
    while (this.#take('punctuation', '[')) {
      predicates.push(this.#expression());
      this.#expect(']');
    }
    return predicates;
  }

  #peek(ahead = 0): Token {
    const last = this.#tokens.length - 1;
    return this.#tokens[Math.min(this.#at + ahead, last)] ?? { kind: 'end', text: '', at: 0 };
  }

  #next(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  #isMark(text: string): boolean {
    const token = this.#peek();
    return token.kind === 'punctuation' && token.text === text;
  }

  #take(kind: Token['kind'], text: string): boolean {
    const token = this.#peek();
    if (token.kind !== kind || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    const token = this.#peek();
    if (this.#take('punctuation', text)) return;
    const found = token.kind === 'end' ? 'the expression ends' : `"${token.text}" stands there`;
    throw new XPathProblem(`"${text}" was expected, but ${found}.`, token.at);
  }

  #unexpected(token: Token): XPathProblem {
    if (token.kind === 'end') {
      return new XPathProblem(
        'The expression ends where a name or a value was expected.',
        token.at,
      );
    }
    return new XPathProblem(`"${token.text}" cannot stand here.`, token.at);
  }
}

function argumentWords(fewest: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${String(fewest)} arguments`;
  const range = fewest === most ? String(fewest) : `${String(fewest)} to ${String(most)}`;
  return `${range} argument${range === '1' ? '' : 's'}`;
}
