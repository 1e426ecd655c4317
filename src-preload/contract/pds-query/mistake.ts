/** Runs anywhere; pure. What a mistake in a query's text is, and how pieces of the text are shown in its words. */
import type { PdsDialect } from '../pds.ts';
import type { Token } from './tokens.ts';
import { isPlainText } from './tokens.ts';

/** A text that the registry would refuse. */
export interface QueryMistake {
  ok: false;
  /** UTF-16 offset of what is wrong, within the text or at its end. */
  position: number;
  /** UTF-16 units from there; 0 where something is missing. */
  length: number;
  /** What is wrong, one sentence. */
  message: string;
  /** What to write instead. */
  help: string;
}

/** Longest piece of the query that a message quotes, in UTF-16 units. */
const longestQuote = 40;

/** How a dialect is called in messages. */
export function dialectName(dialect: PdsDialect): string {
  return dialect === '1.3' ? 'the 1.3 registry' : 'the current registry';
}

/** A piece of the query as a message shows it: one line, bounded. */
export function shown(text: string): string {
  const line = text.slice(0, longestQuote + 1).replace(/\s+/gu, ' ');
  return line.length <= longestQuote ? line : `${line.slice(0, longestQuote - 1).toWellFormed()}…`;
}

/** A mistake that reaches from one UTF-16 offset up to another. */
export function mistakeAt(start: number, end: number, message: string, help: string): QueryMistake {
  return { ok: false, position: start, length: Math.max(0, end - start), message, help };
}

/** A mistake that is one token. */
export function mistakeOn(token: Token, message: string, help: string): QueryMistake {
  return mistakeAt(token.start, token.end, message, help);
}

/** A sign that no part of the language begins with. */
export function unknownSign(token: Token): QueryMistake {
  if (isStrangeSpace(token))
    return mistakeOn(
      token,
      'Here stands a space of a kind that the registry does not know.',
      'Type an ordinary space.',
    );
  return mistakeOn(
    token,
    `“${shown(token.text)}” has no meaning here.`,
    'Take it out. Names consist of the letters A to Z, digits, and the signs _ . : /',
  );
}

/** Such as the no-break space and the zero-width ones, which come with pasted text and can hardly be seen. */
export function isStrangeSpace(token: Token): boolean {
  return token.kind === 'unknown' && /^[\s\p{Cf}]$/u.test(token.text);
}

/** A piece of the query as a text of the language, with quotes. */
export function asText(text: string): string {
  return `"${shown(isPlainText(text) ? text : '…')}"`;
}
