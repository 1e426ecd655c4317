/** Runs in the page, pure. A query's text as it is drawn: lines of coloured words, with what is mistaken in them. */
import type { PdsDialect } from '#contract/pds.ts';
import { tokensOf, type TokenKind } from '#contract/pds-query/tokens.ts';

export type Colour = 'joint' | 'operator' | 'string' | 'figure' | 'name' | 'sign' | 'plain';

export interface Piece {
  text: string;
  colour: Colour;
  /** Under a mark of this gravity. */
  mark: 'error' | 'warning' | null;
}

export interface TextLine {
  /** From 1. */
  number: number;
  pieces: Piece[];
  mark: 'error' | 'warning' | null;
}

export interface Mark {
  start: number;
  end: number;
  severity: 'error' | 'warning';
}

/** Longer texts are drawn without colours, so that typing stays quick; UTF-16 units. */
export const longestColoured = 20_000;

const colours: Readonly<Record<TokenKind, Colour>> = {
  open: 'sign',
  close: 'sign',
  and: 'joint',
  or: 'joint',
  not: 'joint',
  operator: 'operator',
  like: 'operator',
  exists: 'operator',
  name: 'name',
  number: 'figure',
  string: 'string',
  unclosed: 'string',
  quoted: 'plain',
  sign: 'plain',
  unknown: 'plain',
  end: 'plain',
};

interface Span {
  start: number;
  end: number;
  colour: Colour;
}

/** All of the text, spaces too, each piece of one colour. */
function spansOf(text: string, dialect: PdsDialect): Span[] {
  const spans: Span[] = [];
  let at = 0;
  const push = (end: number, colour: Colour): void => {
    if (end > at) spans.push({ start: at, end, colour });
    at = Math.max(at, end);
  };
  if (text.length <= longestColoured) {
    for (const token of tokensOf(text, dialect)) {
      push(token.start, 'plain');
      push(token.end, colours[token.kind]);
    }
  }
  push(text.length, 'plain');
  return spans;
}

/** A mark of no length is drawn over the letter at its place, or the one before it. */
function visible(mark: Mark, text: string): Mark {
  if (mark.end > mark.start) return mark;
  const start = mark.start < text.length ? mark.start : Math.max(0, text.length - 1);
  return { ...mark, start, end: start + 1 };
}

/** The lines of a text; `\r` alone ends none, for no field gives any. */
export function linesOf(text: string, dialect: PdsDialect, marks: readonly Mark[]): TextLine[] {
  const shown = marks.map((mark) => visible(mark, text));
  const cuts = new Set(shown.flatMap(({ start, end }) => [start, end]));
  const lines: TextLine[] = [{ number: 1, pieces: [], mark: null }];
  for (const span of spansOf(text, dialect)) {
    const stops = [...cuts].filter((cut) => cut > span.start && cut < span.end);
    const edges = [span.start, ...stops.sort((a, b) => a - b), span.end];
    for (let at = 0; at + 1 < edges.length; at += 1) {
      const [start = 0, end = 0] = [edges[at], edges[at + 1]];
      const hit = shown.filter((mark) => mark.start < end && mark.end > start);
      const mark = hit.some(({ severity }) => severity === 'error')
        ? 'error'
        : (hit[0]?.severity ?? null);
      for (const [place, part] of text.slice(start, end).split('\n').entries()) {
        if (place > 0) lines.push({ number: lines.length + 1, pieces: [], mark: null });
        const line = lines.at(-1);
        if (line === undefined || part === '') continue;
        line.pieces.push({ text: part, colour: span.colour, mark });
        if (mark !== null && line.mark !== 'error') line.mark = mark;
      }
    }
  }
  return lines;
}
