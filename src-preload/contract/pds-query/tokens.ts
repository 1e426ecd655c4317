/** Runs anywhere; pure. From a query's text to its words, as the lexer of each generation of the registry cuts them. */
import type { PdsDialect } from '../pds.ts';

export type TokenKind =
  | 'open'
  | 'close'
  | 'and'
  | 'or'
  | 'not'
  | 'operator'
  | 'like'
  | 'exists'
  | 'name'
  | 'number'
  | 'string'
  /** The rest are mistakes: text without its closing quote, text in other quotes, `=` and the like, any other sign. */
  | 'unclosed'
  | 'quoted'
  | 'sign'
  | 'unknown'
  | 'end';

export interface Token {
  kind: TokenKind;
  /** UTF-16 offsets; `end` is the place after the last unit. */
  start: number;
  end: number;
  text: string;
}

const spaces = /[ \t\r\n]+/y;
const nameForm = /[A-Za-z_][A-Za-z0-9_.:/]*/y;
const numberForm = /-?[0-9]+(?:\.[0-9]*)?/y;
const stringForm = /"[^"\r\n]*"/y;
const signForm = /[=!<>~&|]+/y;
const restOfLine = /[^\r\n]*/y;

/**
 * Quotes that texts are pasted with; the registry knows none of them. Each with what reads up to the quote that closes
 * it, or to the end of the line.
 */
const foreignQuotes: ReadonlyMap<string, RegExp> = new Map([
  ["'", /'[^\r\n']*'?/y],
  ['`', /`[^\r\n`]*`?/y],
  ['‘', /‘[^\r\n’]*’?/y],
  ['’', /’[^\r\n’]*’?/y],
  ['‚', /‚[^\r\n‘]*‘?/y],
  ['“', /“[^\r\n”]*”?/y],
  ['”', /”[^\r\n”]*”?/y],
  ['„', /„[^\r\n“]*“?/y],
  ['«', /«[^\r\n»]*»?/y],
]);

const oldWords: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ['and', 'and'],
  ['AND', 'and'],
  ['or', 'or'],
  ['OR', 'or'],
  ['not', 'not'],
  ['like', 'like'],
  ['eq', 'operator'],
  ['ne', 'operator'],
  ['gt', 'operator'],
  ['ge', 'operator'],
  ['lt', 'operator'],
  ['le', 'operator'],
]);

/**
 * What a word of letters is in a dialect: one of its keywords, or a property's name. In 1.3 `EQ` is a name, in the
 * current service `Eq` is an operator, and `Not` is a name in both.
 */
export function wordKind(word: string, dialect: PdsDialect): TokenKind {
  if (dialect === '1.3') return oldWords.get(word) ?? 'name';
  if (word === 'NOT') return 'not';
  const small = word.length > 6 ? word : word.toLowerCase();
  if (small === 'exists') return 'exists';
  const kind = oldWords.get(small) ?? 'name';
  return kind === 'not' && word !== 'not' ? 'name' : kind;
}

/** Whether this text can stand for a property in a query of the dialect. */
export function isPlainName(text: string, dialect: PdsDialect): boolean {
  return matchAt(nameForm, text, 0) === text.length && wordKind(text, dialect) === 'name';
}

/** Whether the grammar reads this text as one number. */
export function isPlainNumber(text: string): boolean {
  return text !== '' && matchAt(numberForm, text, 0) === text.length;
}

/** Whether this text can stand between a query's quotes, which know no escape. */
export function isPlainText(text: string): boolean {
  return matchAt(stringForm, `"${text}"`, 0) === text.length + 2;
}

/** Every token of a text, an `end` last. Never fails: what is no word of the language is a token too. */
export function tokensOf(text: string, dialect: PdsDialect): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    at = Math.max(at, matchAt(spaces, text, at));
    if (at >= text.length) break;
    const token = tokenAt(text, at, dialect);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length, text: '' });
  return tokens;
}

function tokenAt(text: string, start: number, dialect: PdsDialect): Token {
  const token = (kind: TokenKind, end: number): Token => ({
    kind,
    start,
    end,
    text: text.slice(start, end),
  });
  const first = text[start] ?? '';
  if (first === '(') return token('open', start + 1);
  if (first === ')') return token('close', start + 1);
  if (first === '"') {
    const end = matchAt(stringForm, text, start);
    return end < 0 ? token('unclosed', matchAt(restOfLine, text, start)) : token('string', end);
  }
  const name = matchAt(nameForm, text, start);
  if (name > 0) return token(wordKind(text.slice(start, name), dialect), name);
  const number = matchAt(numberForm, text, start);
  if (number > 0) return token('number', number);
  const sign = matchAt(signForm, text, start);
  if (sign > 0) return token('sign', sign);
  const quoted = foreignQuotes.get(first);
  if (quoted !== undefined) return token('quoted', matchAt(quoted, text, start));
  return token('unknown', start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1));
}

/** The place after what a sticky pattern matches here, or -1. */
function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
