/**
 * Runs in the page. Pure: a line of XML in coloured pieces. A rough reading of one line at a time, since lines come in
 * any order and long ones are cut: what a line is within (a comment, a tag) is told by the line before where that is
 * known. It never fails, and every character of the line comes out again.
 */

export type XmlTokenKind =
  'text' | 'tag' | 'name' | 'attribute' | 'value' | 'entity' | 'comment' | 'prolog';

export interface XmlToken {
  kind: XmlTokenKind;
  text: string;
}

/** What the next line begins within. */
export type XmlContext =
  'text' | 'comment' | 'cdata' | 'prolog' | 'tag' | 'double-quoted' | 'single-quoted';

export interface XmlLine {
  tokens: XmlToken[];
  next: XmlContext;
}

/** Where each context ends, and what it is shown as. */
const spans: Readonly<
  Record<
    Exclude<XmlContext, 'text' | 'tag'>,
    { end: string; kind: XmlTokenKind; after: XmlContext }
  >
> = {
  comment: { end: '-->', kind: 'comment', after: 'text' },
  cdata: { end: ']]>', kind: 'text', after: 'text' },
  prolog: { end: '>', kind: 'prolog', after: 'text' },
  'double-quoted': { end: '"', kind: 'value', after: 'tag' },
  'single-quoted': { end: "'", kind: 'value', after: 'tag' },
};

const nameStart = /^[^\s<>/="'&?!]+/;

/** Splits a line that begins within `context`. */
export function tokenise(line: string, context: XmlContext = 'text'): XmlLine {
  const tokens: XmlToken[] = [];
  const push = (kind: XmlTokenKind, text: string): void => {
    if (text === '') return;
    const last = tokens.at(-1);
    if (last?.kind === kind) last.text += text;
    else tokens.push({ kind, text });
  };
  let here: XmlContext = context;
  let at = 0;
  while (at < line.length) {
    const step =
      here === 'text'
        ? stepInText(line, at, push)
        : here === 'tag'
          ? stepInTag(line, at, push)
          : stepInSpan(line, at, here, push);
    at = step.at;
    here = step.here;
  }
  return { tokens, next: here };
}

interface Step {
  at: number;
  here: XmlContext;
}
type Push = (kind: XmlTokenKind, text: string) => void;

function stepInSpan(
  line: string,
  at: number,
  here: Exclude<XmlContext, 'text' | 'tag'>,
  push: Push,
): Step {
  const { end, kind, after } = spans[here];
  const found = line.indexOf(end, at);
  const to = found === -1 ? line.length : found + end.length;
  push(kind, line.slice(at, to));
  return { at: to, here: found === -1 ? here : after };
}

const openings: readonly [start: string, kind: XmlTokenKind, here: XmlContext][] = [
  ['<!--', 'comment', 'comment'],
  ['<![CDATA[', 'prolog', 'cdata'],
  ['<?', 'prolog', 'prolog'],
  ['<!', 'prolog', 'prolog'],
];

function stepInText(line: string, at: number, push: Push): Step {
  for (const [start, kind, here] of openings) {
    if (!line.startsWith(start, at)) continue;
    push(kind, start);
    return { at: at + start.length, here };
  }
  if (line[at] === '<') return openTag(line, at, push);
  const entity = line[at] === '&' ? /^&[#\w:.-]{1,64};/.exec(line.slice(at, at + 66)) : null;
  if (entity !== null) {
    push('entity', entity[0]);
    return { at: at + entity[0].length, here: 'text' };
  }
  const ends = [line.indexOf('<', at + 1), line.indexOf('&', at + 1)].filter((end) => end !== -1);
  const to = Math.min(line.length, ...ends);
  push('text', line.slice(at, to));
  return { at: to, here: 'text' };
}

function openTag(line: string, at: number, push: Push): Step {
  const start = line.startsWith('</', at) ? '</' : '<';
  push('tag', start);
  const name = nameStart.exec(line.slice(at + start.length))?.[0] ?? '';
  push('name', name);
  return { at: at + start.length + name.length, here: 'tag' };
}

function stepInTag(line: string, at: number, push: Push): Step {
  const sign = line[at] ?? '';
  if (sign === '>' || line.startsWith('/>', at)) {
    const end = sign === '>' ? '>' : '/>';
    push('tag', end);
    return { at: at + end.length, here: 'text' };
  }
  if (sign === '"' || sign === "'") {
    push('value', sign);
    return { at: at + 1, here: sign === '"' ? 'double-quoted' : 'single-quoted' };
  }
  const name = nameStart.exec(line.slice(at))?.[0];
  if (name !== undefined) {
    push('attribute', name);
    return { at: at + name.length, here: 'tag' };
  }
  push('tag', sign);
  // A tag within a tag: the line before was not known, or the file is broken.
  return sign === '<' ? openTagAfter(line, at, push) : { at: at + 1, here: 'tag' };
}

function openTagAfter(line: string, at: number, push: Push): Step {
  const name = nameStart.exec(line.slice(at + 1))?.[0] ?? '';
  push('name', name);
  return { at: at + 1 + name.length, here: 'tag' };
}

export interface MarkedToken extends XmlToken {
  isMatch: boolean;
}

/** Splits the tokens of a line where one of the words is found; nothing is marked where not all of them are there. */
export function markTokens(tokens: readonly XmlToken[], words: readonly string[]): MarkedToken[] {
  const line = tokens
    .map(({ text }) => text)
    .join('')
    .toLowerCase();
  const isHit = words.length > 0 && words.every((word) => line.includes(word));
  if (!isHit) return tokens.map((token) => ({ ...token, isMatch: false }));
  const marked = new Uint8Array(line.length);
  for (const word of words) {
    for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + word.length)) {
      marked.fill(1, at, at + word.length);
    }
  }
  const parts: MarkedToken[] = [];
  let start = 0;
  for (const { kind, text } of tokens) {
    let from = 0;
    for (let at = 1; at <= text.length; at += 1) {
      const isMatch = marked[start + from] === 1;
      if (at < text.length && (marked[start + at] === 1) === isMatch) continue;
      parts.push({ kind, text: text.slice(from, at), isMatch });
      from = at;
    }
    start += text.length;
  }
  return parts;
}
