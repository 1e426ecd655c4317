/** Runs in plain Node, in the labels' worker. An expression of XPath 1.0 as tokens (section 3.7 of its text). */
import { XPathProblem } from './problem.ts';

export interface Token {
  kind: 'name' | 'number' | 'string' | 'operator' | 'punctuation' | 'variable' | 'end';
  text: string;
  /** Where it begins, in UTF-16 units. */
  at: number;
}

/** Expressions that a person or a script writes are far shorter. */
const mostUnits = 10_000;
/** Bounds how deep the tree of an expression can be. */
const mostTokens = 2000;

const blank = /[ \t\r\n]+/y;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const literal = /"[^"]*"|'[^']*'/y;
const ncName = '[\\p{L}_][\\p{L}\\p{N}\\p{M}_.\\u00b7-]*';
/** A name, or the tests `prefix:*` and `*`, which only the place tells from a product. */
const name = new RegExp(`${ncName}(?::(?:${ncName}|\\*))?`, 'uy');
const punctuation = /::|\.\.|\/\/|[()[\].@,/]/y;
const operator = /<=|>=|!=|[|+\-=<>]/y;
const operatorNames = new Set(['and', 'or', 'mod', 'div']);

/** Tokens, the last of which is `end`. Throws XPathProblem with the place of what is none. */
export function readTokens(expression: string): Token[] {
  if (expression.length > mostUnits) {
    throw new XPathProblem(
      `The expression is longer than ${String(mostUnits)} characters, which is the most that is read.`,
      mostUnits,
    );
  }
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(expression)?.[0] ?? null;
  };
  const add = (kind: Token['kind'], text: string): void => {
    tokens.push({ kind, text, at });
    at += text.length;
    if (tokens.length > mostTokens) {
      throw new XPathProblem(`The expression has more than ${String(mostTokens)} parts.`, at);
    }
  };
  for (;;) {
    at += match(blank)?.length ?? 0;
    if (at >= expression.length) break;
    const digits = match(number);
    const string = match(literal);
    const isOperator = mayBeOperator(tokens.at(-1));
    if (digits !== null) add('number', digits);
    else if (string !== null) add('string', string);
    else if (expression[at] === '$') add('variable', `$${nameAfter(expression, at + 1)}`);
    else if (expression[at] === '*') add(isOperator ? 'operator' : 'name', '*');
    else {
      const mark = match(punctuation);
      const sign = match(operator);
      if (mark !== null) add('punctuation', mark);
      else if (sign !== null) add('operator', sign);
      else addName(match(name), isOperator, add, () => unexpected(expression, at));
    }
  }
  tokens.push({ kind: 'end', text: '', at: expression.length });
  return tokens;
}

/** Behind an operand, a name or a star is an operator. */
function mayBeOperator(before: Token | undefined): boolean {
  if (before === undefined || before.kind === 'operator') return false;
  return before.kind !== 'punctuation' || [')', ']', '.', '..'].includes(before.text);
}

function addName(
  found: string | null,
  isOperator: boolean,
  add: (kind: Token['kind'], text: string) => void,
  unexpectedAt: () => XPathProblem,
): void {
  if (found === null) throw unexpectedAt();
  if (!isOperator) return add('name', found);
  if (operatorNames.has(found)) return add('operator', found);
  throw unexpectedAt();
}

function nameAfter(expression: string, from: number): string {
  name.lastIndex = from;
  return name.exec(expression)?.[0] ?? '';
}

function unexpected(expression: string, at: number): XPathProblem {
  const character = String.fromCodePoint(expression.codePointAt(at) ?? 0);
  if (character === '"' || character === "'") {
    return new XPathProblem(`The text that begins with ${character} has no closing quote.`, at);
  }
  if (character === '!') {
    return new XPathProblem('"!" stands alone: "!=" compares, not(…) negates.', at);
  }
  name.lastIndex = at;
  const word = name.exec(expression)?.[0];
  if (word !== undefined) {
    return new XPathProblem(`"${word}" cannot stand here: an operator was expected.`, at);
  }
  return new XPathProblem(`"${character}" cannot stand here.`, at);
}
