/**
 * Runs in plain Node, in the labels' worker. The core function library of XPath 1.0 (section 4), but for what needs
 * the tree alone to be understood: that is in evaluate.ts.
 */
import { toNumber } from './values.ts';

/** Name, fewest and most arguments, and what it gives. */
export const signatures: Readonly<
  Record<string, readonly [number, number, 'number' | 'string' | 'boolean' | 'nodes']>
> = {
  last: [0, 0, 'number'],
  position: [0, 0, 'number'],
  count: [1, 1, 'number'],
  id: [1, 1, 'nodes'],
  'local-name': [0, 1, 'string'],
  'namespace-uri': [0, 1, 'string'],
  name: [0, 1, 'string'],
  string: [0, 1, 'string'],
  concat: [2, Number.POSITIVE_INFINITY, 'string'],
  'starts-with': [2, 2, 'boolean'],
  contains: [2, 2, 'boolean'],
  'substring-before': [2, 2, 'string'],
  'substring-after': [2, 2, 'string'],
  substring: [2, 3, 'string'],
  'string-length': [0, 1, 'number'],
  'normalize-space': [0, 1, 'string'],
  translate: [3, 3, 'string'],
  boolean: [1, 1, 'boolean'],
  not: [1, 1, 'boolean'],
  true: [0, 0, 'boolean'],
  false: [0, 0, 'boolean'],
  lang: [1, 1, 'boolean'],
  number: [0, 1, 'number'],
  sum: [1, 1, 'number'],
  floor: [1, 1, 'number'],
  ceiling: [1, 1, 'number'],
  round: [1, 1, 'number'],
};

/** Functions of strings alone. Positions and lengths count characters, not UTF-16 units. */
export const stringFunctions: Readonly<
  Record<string, (args: readonly string[]) => string | number | boolean>
> = {
  concat: (args) => args.join(''),
  'starts-with': ([text = '', start = '']) => text.startsWith(start),
  contains: ([text = '', part = '']) => text.includes(part),
  'substring-before': ([text = '', part = '']) => {
    const at = text.indexOf(part);
    return at < 0 ? '' : text.slice(0, at);
  },
  'substring-after': ([text = '', part = '']) => {
    const at = text.indexOf(part);
    return at < 0 ? '' : text.slice(at + part.length);
  },
  'string-length': ([text = '']) => lengthOf(text),
  'normalize-space': ([text = '']) =>
    text
      .split(/[ \t\r\n]+/)
      .filter(Boolean)
      .join(' '),
  translate: ([text = '', from = '', to = '']) => translate(text, from, to),
};

/** substring() rounds both numbers, and NaN takes nothing. */
export function substring(text: string, from: number, length: number | null): string {
  const first = roundOf(from);
  const behind = length === null ? Number.POSITIVE_INFINITY : first + roundOf(length);
  const characters = isPlain(text) ? null : [...text];
  const count = characters?.length ?? text.length;
  const start = Math.max(1, first);
  const end = Math.min(count + 1, behind);
  if (!(start < end)) return '';
  return characters === null
    ? text.slice(start - 1, end - 1)
    : characters.slice(start - 1, end - 1).join('');
}

/** round() goes to the larger of two that are equally near. */
export function roundOf(value: number): number {
  return Number.isFinite(value) ? Math.round(value) : value;
}

export function sumOf(texts: Iterable<string>): number {
  let sum = 0;
  for (const text of texts) sum += toNumber(text);
  return sum;
}

function lengthOf(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff) pairs += 1;
  }
  return text.length - pairs;
}

function isPlain(text: string): boolean {
  return lengthOf(text) === text.length;
}

function translate(text: string, from: string, to: string): string {
  const target = [...to];
  const map = new Map<string, string>();
  [...from].forEach((character, at) => {
    // The first mention of a character counts.
    if (!map.has(character)) map.set(character, target[at] ?? '');
  });
  let result = '';
  for (const character of text) result += map.get(character) ?? character;
  return result;
}
