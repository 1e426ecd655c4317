/**
 * Runs anywhere; pure. From a query's text to its tree, exactly as each generation of the registry reads it, so that a
 * mistake is found and named before anything is sent.
 */
import type { PdsDialect } from '../pds.ts';
import type { ComparisonOperator, Group, QueryNode, QueryValue } from './ast.ts';
import {
  existsMistake,
  noExistsMistake,
  notLikeMistake,
  operatorMistake,
  valueMistake,
} from './condition-mistakes.ts';
import {
  afterMistake,
  besideMistake,
  mixedMistake,
  notMistake,
  openMistake,
  termMistake,
} from './group-mistakes.ts';
import type { QueryMistake } from './mistake.ts';
import { mistakeAt } from './mistake.ts';
import type { Token, TokenKind } from './tokens.ts';
import { tokensOf } from './tokens.ts';

/** Larger than any address that a server takes; UTF-16 units. */
export const longestQuery = 200_000;
/** Groups within groups. The registry's own limit is lower (OpenSearch takes 20 levels unless told otherwise). */
export const deepestQuery = 100;
/** The same where every condition is written in parentheses of its own, and some in two of them. */
export const deepestLaidOut = deepestQuery - 2;

/** From one UTF-16 offset up to, not including, another. */
export interface TextRange {
  start: number;
  end: number;
}

/** Where a node stands in its text; parts only where the node has them. */
export interface NodeRange extends TextRange {
  field?: TextRange;
  operator?: TextRange;
  value?: TextRange;
}

export interface ParsedQuery {
  ok: true;
  query: QueryNode;
  /** Keyed by the very nodes of `query`. */
  ranges: ReadonlyMap<QueryNode, NodeRange>;
}

/**
 * Reads a query. Never throws. Groups stay as they were written, redundant ones too; see `simplifyQuery`.
 * Source: the grammar of registry-api 1.3 and of the service of 2026.
 */
export function parseQuery(text: string, dialect: PdsDialect): ParsedQuery | QueryMistake {
  if (text.length > longestQuery)
    return mistakeAt(
      longestQuery,
      text.length,
      `The query is longer than ${longestQuery.toLocaleString('en-GB')} characters.`,
      'Ask in parts: no registry reads an address so long.',
    );
  const reader = new Reader(text, dialect);
  const query = reader.whole();
  return query === null ? reader.mistake() : { ok: true, query, ranges: reader.ranges };
}

/** Line and column, both from 1, of a UTF-16 offset. Lines end with \n, \r\n or \r. */
export function placeOf(text: string, position: number): { line: number; column: number } {
  const lines = text.slice(0, position).split(/\r\n?|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** Reads from left to right with one token of foresight. A method that answers null has set the mistake. */
class Reader {
  readonly ranges = new Map<QueryNode, NodeRange>();
  readonly #text: string;
  readonly #dialect: PdsDialect;
  readonly #tokens: Token[];
  #at = 0;
  #mistake: QueryMistake | null = null;

  constructor(text: string, dialect: PdsDialect) {
    this.#text = text;
    this.#dialect = dialect;
    this.#tokens = tokensOf(text, dialect);
  }

  mistake(): QueryMistake {
    const { length } = this.#text;
    return this.#mistake ?? mistakeAt(0, length, 'The query cannot be read.', 'Write it anew.');
  }

  whole(): QueryNode | null {
    const term = this.#term(0);
    if (term === null) return null;
    const next = this.#peek();
    if (next.kind === 'end') return term;
    return this.#fail(afterMistake(this.#previous() ?? next, next, this.#rest(next)));
  }

  #term(depth: number): QueryNode | null {
    const token = this.#peek();
    if (token.kind === 'open' || token.kind === 'not') return this.#group(depth);
    if (token.kind === 'exists') return this.#exists();
    if (token.kind === 'name') return this.#condition();
    return this.#fail(termMistake(token, this.#previous()));
  }

  #group(depth: number): QueryNode | null {
    const first = this.#next();
    const open = first.kind === 'not' ? this.#peek() : first;
    if (open.kind !== 'open') return this.#fail(notMistake(first, open));
    if (first.kind === 'not') this.#next();
    if (depth >= deepestQuery)
      return this.#fail(
        mistakeAt(
          open.start,
          open.end,
          `Groups stand in groups more than ${String(deepestQuery)} deep here.`,
          'Take out parentheses that nothing needs, or ask in parts.',
        ),
      );
    const members = this.#members(open, depth);
    if (members === null) return null;
    const group: Group = { kind: 'group', isNegated: first.kind === 'not', ...members };
    return this.#placed(group, { start: first.start, end: this.#previous()?.end ?? first.end });
  }

  #members(open: Token, depth: number): { joint: 'and' | 'or'; terms: QueryNode[] } | null {
    const terms: QueryNode[] = [];
    let joint: 'and' | 'or' | null = null;
    for (;;) {
      const term = this.#term(depth + 1);
      if (term === null) return null;
      terms.push(term);
      const before = this.#previous() ?? open;
      const token = this.#next();
      if (token.kind === 'close') return { joint: joint ?? 'and', terms };
      if (token.kind === 'end') return this.#fail(openMistake(open));
      if (token.kind !== 'and' && token.kind !== 'or')
        return this.#fail(besideMistake(before, token, this.#rest(token)));
      if (joint !== null && joint !== token.kind) return this.#fail(mixedMistake(token, joint));
      joint = token.kind;
    }
  }

  #exists(): QueryNode | null {
    const word = this.#next();
    const token = this.#next();
    if (token.kind !== 'name' && (token.kind !== 'string' || token.text === '""'))
      return this.#fail(existsMistake(word, token));
    const field = token.kind === 'name' ? token.text : token.text.slice(1, -1);
    const range = {
      start: word.start,
      end: token.end,
      operator: rangeOf(word),
      field: rangeOf(token),
    };
    return this.#placed({ kind: 'exists', field }, range);
  }

  #condition(): QueryNode | null {
    const field = this.#next();
    const token = this.#peek();
    if (token.kind === 'operator') return this.#comparison(field);
    if (token.kind === 'like') return this.#like(field, null);
    if (token.kind === 'not') {
      const not = this.#next();
      const like = this.#peek();
      return like.kind === 'like' && this.#dialect === '1.3'
        ? this.#like(field, not)
        : this.#fail(notLikeMistake(field, not, like));
    }
    if (field.text.toLowerCase() === 'exists' && token.kind === 'name')
      return this.#fail(noExistsMistake(field));
    return this.#fail(operatorMistake(field, token, this.#dialect));
  }

  #comparison(field: Token): QueryNode | null {
    const word = this.#next();
    const token = this.#value(word, ['number', 'string']);
    if (token === null) return null;
    const value: QueryValue =
      token.kind === 'number'
        ? { kind: 'number', text: token.text }
        : { kind: 'string', text: token.text.slice(1, -1) };
    const operator = word.text.toLowerCase() as ComparisonOperator;
    return this.#placed(
      { kind: 'comparison', field: field.text, operator, value },
      conditionRange(field, word, word, token),
    );
  }

  #like(field: Token, not: Token | null): QueryNode | null {
    const word = this.#next();
    const token = this.#value(word, ['string']);
    if (token === null) return null;
    const pattern = token.text.slice(1, -1);
    return this.#placed(
      { kind: 'like', field: field.text, isNegated: not !== null, pattern },
      conditionRange(field, not ?? word, word, token),
    );
  }

  #value(operator: Token, allowed: readonly TokenKind[]): Token | null {
    const token = this.#peek();
    if (allowed.includes(token.kind)) return this.#next();
    return this.#fail(valueMistake(operator, token, this.#rest(token)));
  }

  /** All that stands from a token on without a space or a parenthesis. */
  #rest(token: Token): string {
    const run = /[^\s()]*/y;
    run.lastIndex = token.start;
    return run.exec(this.#text)?.[0] ?? '';
  }

  #placed<T extends QueryNode>(node: T, range: NodeRange): T {
    this.ranges.set(node, range);
    return node;
  }

  #fail(mistake: QueryMistake): null {
    this.#mistake = mistake;
    return null;
  }

  #peek(): Token {
    return (
      this.#tokens[this.#at] ?? {
        kind: 'end',
        start: this.#text.length,
        end: this.#text.length,
        text: '',
      }
    );
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #previous(): Token | null {
    return this.#tokens[this.#at - 1] ?? null;
  }
}

function rangeOf(token: Token): TextRange {
  return { start: token.start, end: token.end };
}

function conditionRange(field: Token, from: Token, to: Token, value: Token): NodeRange {
  return {
    start: field.start,
    end: value.end,
    field: rangeOf(field),
    operator: { start: from.start, end: to.end },
    value: rangeOf(value),
  };
}
