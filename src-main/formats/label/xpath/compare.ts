/** Runs in plain Node, in the labels' worker. Comparisons of XPath 1.0 (section 3.4), sets of nodes included. */
import { toNumber } from './values.ts';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type Plain = string | number | boolean;

/** Strings of a set of nodes, read only as far as they are needed. */
export type Texts = Iterable<string>;

const mirrored: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

export function comparePlain(operator: Comparison, left: Plain, right: Plain): boolean {
  if (operator === '=' || operator === '!=') {
    const isWanted = operator === '=';
    if (typeof left === 'boolean' || typeof right === 'boolean') {
      return (plainToBoolean(left) === plainToBoolean(right)) === isWanted;
    }
    if (typeof left === 'number' || typeof right === 'number') {
      return (plainToNumber(left) === plainToNumber(right)) === isWanted;
    }
    return (left === right) === isWanted;
  }
  return compareNumbers(operator, plainToNumber(left), plainToNumber(right));
}

/** True where it holds for any node. Booleans are compared with the set itself, by the caller. */
export function compareTexts(operator: Comparison, texts: Texts, right: string | number): boolean {
  for (const text of texts) {
    const left = typeof right === 'number' ? toNumber(text) : text;
    if (comparePlain(operator, left, right)) return true;
  }
  return false;
}

/** The same with the set on the right. */
export function compareWithTexts(
  operator: Comparison,
  left: string | number,
  texts: Texts,
): boolean {
  return compareTexts(mirrored[operator], texts, left);
}

/** True where it holds for any pair. */
export function compareSets(operator: Comparison, left: Texts, right: Texts): boolean {
  if (operator === '=') {
    const known = new Set(left);
    for (const text of right) if (known.has(text)) return true;
    return false;
  }
  if (operator === '!=') {
    const one = new Set(left);
    const other = new Set(right);
    if (one.size === 0 || other.size === 0) return false;
    const [first] = one;
    return one.size > 1 || other.size > 1 || !other.has(first ?? '');
  }
  const [leastLeft, mostLeft] = rangeOf(left);
  const [leastRight, mostRight] = rangeOf(right);
  const isBelow = operator === '<' || operator === '<=';
  return compareNumbers(operator, isBelow ? leastLeft : mostLeft, isBelow ? mostRight : leastRight);
}

/** Least and most of the numbers among the texts; NaN where there is none, which no comparison holds for. */
function rangeOf(texts: Texts): [number, number] {
  let least = Number.NaN;
  let most = Number.NaN;
  for (const text of texts) {
    const value = toNumber(text);
    if (Number.isNaN(value)) continue;
    least = Number.isNaN(least) ? value : Math.min(least, value);
    most = Number.isNaN(most) ? value : Math.max(most, value);
  }
  return [least, most];
}

function compareNumbers(operator: Comparison, left: number, right: number): boolean {
  switch (operator) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

export function plainToNumber(value: Plain): number {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : toNumber(value);
}

export function plainToBoolean(value: Plain): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== '';
  return value !== 0 && !Number.isNaN(value);
}
