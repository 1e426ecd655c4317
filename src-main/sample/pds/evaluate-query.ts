/**
 * Runs in plain Node, any thread; pure. Whether a product is selected by a query, as OpenSearch decides it for the
 * registry. Written from what the service does, apart from the reader and printer of queries, which are tested by it.
 */
import type { PdsPropertyType } from '#contract/pds.ts';
import type { Comparison, ComparisonOperator, QueryNode } from '#contract/pds-query/ast.ts';
import { readNamePattern } from '#contract/pds-query/name-pattern.ts';
import { readTimestamp } from '#contract/pds-query/timestamp.ts';
import type { LikePattern } from './simple-query-string.ts';
import { readLikePattern } from './simple-query-string.ts';

/** The values of a property, none where the product lacks it. Asked with "." between class and attribute. */
export type ValuesOf = (field: string) => readonly string[];

export interface EvaluateOptions {
  /** Of a name with "."; what the registry does not know counts as a string. */
  typeOf(field: string): PdsPropertyType['type'];
  /** Up to 1.4.1 the service joins the members of an `or` group as if they were joined by `and`. */
  orFault: boolean;
  /** All names with ".", for patterns of `exists`; only a product that has one of those that match is selected. */
  names?: readonly string[];
  /** Fields that are split into words, in small letters, for `like`; by default those called title or description. */
  isFullText?(field: string): boolean;
}

type Test = (valuesOf: ValuesOf) => boolean;

/** Whether one product is selected; for many products `queryTest` is quicker. A map's names have ".". */
export function matches(
  query: QueryNode,
  product: ReadonlyMap<string, readonly string[]> | ValuesOf,
  options: EvaluateOptions,
): boolean {
  const valuesOf =
    typeof product === 'function' ? product : (field: string) => product.get(field) ?? [];
  return queryTest(query, options)(valuesOf);
}

/** A query made ready to be asked of any number of products. Costs per product at most query x values; no backtracking. */
export function queryTest(query: QueryNode, options: EvaluateOptions): Test {
  switch (query.kind) {
    case 'group': {
      const tests = query.terms.map((term) => queryTest(term, options));
      const isAny = query.joint === 'or' && !options.orFault;
      return (valuesOf) =>
        (isAny ? tests.some((test) => test(valuesOf)) : tests.every((test) => test(valuesOf))) !==
        query.isNegated;
    }
    case 'comparison':
      return comparisonTest(query, options);
    case 'like': {
      const field = inDots(query.field);
      const holds = likeTest(readLikePattern(query.pattern), wordTestOf(field, options));
      return (valuesOf) => holds(valuesOf(field)) !== query.isNegated;
    }
    case 'exists':
      return existsTest(query.field, options);
  }
}

function inDots(field: string): string {
  return field.split('/').join('.');
}

function comparisonTest(query: Comparison, options: EvaluateOptions): Test {
  const field = inDots(query.field);
  const isNegated = query.operator === 'ne';
  const operator = query.operator === 'ne' ? 'eq' : query.operator;
  const holds = valueTest(options.typeOf(field), operator, query.value.text);
  // `ne` is the complement of `eq`: a product that lacks the field is selected, one of several equal values is enough
  // for a product not to be.
  return (valuesOf) => valuesOf(field).some(holds) !== isNegated;
}

type RangeOperator = Exclude<ComparisonOperator, 'ne'>;

function valueTest(
  type: PdsPropertyType['type'],
  operator: RangeOperator,
  wanted: string,
): (value: string) => boolean {
  if (type === 'integer' || type === 'float') return numberTest(operator, wanted);
  if (type === 'timestamp') return timeTest(operator, wanted);
  if (operator === 'eq') return (value) => value === wanted;
  return (value) => holdsFor(operator, compareTexts(value, wanted));
}

function holdsFor(operator: RangeOperator, order: number): boolean {
  if (operator === 'eq') return order === 0;
  if (operator === 'gt') return order > 0;
  if (operator === 'ge') return order >= 0;
  if (operator === 'lt') return order < 0;
  return order <= 0;
}

function numberTest(operator: RangeOperator, wanted: string): (value: string) => boolean {
  const limit = numberOf(wanted);
  return (value) => {
    const number = numberOf(value);
    return number !== null && limit !== null && holdsFor(operator, number - limit);
  };
}

function numberOf(text: string): number | null {
  return /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : null;
}

/** A day stands for all its milliseconds: `eq` asks for one of them, `gt` for one after the last of them. */
function timeTest(operator: RangeOperator, wanted: string): (value: string) => boolean {
  const span = readTimestamp(wanted);
  return (value) => {
    const time = readTimestamp(value)?.firstMs;
    if (time === undefined || span === null) return false;
    if (operator === 'eq') return time >= span.firstMs && time <= span.lastMs;
    const isAgainstLast = operator === 'gt' || operator === 'le';
    return holdsFor(operator, time - (isAgainstLast ? span.lastMs : span.firstMs));
  };
}

/** By code points, which is the order of the index's bytes; JavaScript's own is by UTF-16 units. */
function compareTexts(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  const [left, right] = [a.codePointAt(at), b.codePointAt(at)];
  if (left === undefined || right === undefined) return a.length - b.length;
  return left - right;
}

interface WordTest {
  word(values: readonly string[], text: string, isPrefix: boolean): boolean;
  phrase(values: readonly string[], text: string): boolean;
}

function likeTest(pattern: LikePattern, words: WordTest): (values: readonly string[]) => boolean {
  switch (pattern.kind) {
    case 'all':
      return () => true;
    case 'none':
      return () => false;
    case 'word':
      return (values) => words.word(values, pattern.text, pattern.isPrefix);
    case 'phrase':
      return (values) => words.phrase(values, pattern.text);
    case 'not': {
      const inner = likeTest(pattern.pattern, words);
      return (values) => !inner(values);
    }
    default: {
      const tests = chainOf(pattern).map((part) => ({
        ...part,
        test: likeTest(part.pattern, words),
      }));
      return (values) =>
        tests.reduce(
          (so, { joint, test }) => (joint === 'and' ? so && test(values) : so || test(values)),
          false,
        );
    }
  }
}

/** A left-leaning tree as a list, for a pattern may hold thousands of words; the first is joined by `or` to nothing. */
function chainOf(pattern: LikePattern): { joint: 'and' | 'or'; pattern: LikePattern }[] {
  const chain: { joint: 'and' | 'or'; pattern: LikePattern }[] = [];
  let left = pattern;
  while (left.kind === 'and' || left.kind === 'or') {
    chain.push({ joint: left.kind, pattern: left.right });
    left = left.left;
  }
  chain.push({ joint: 'or', pattern: left });
  return chain.reverse();
}

function wordTestOf(field: string, options: EvaluateOptions): WordTest {
  const type = options.typeOf(field);
  if (type !== 'string' && type !== 'unsupported') return typedWords(type);
  return (options.isFullText ?? isCalledText)(field) ? fullTextWords : wholeValues;
}

function isCalledText(field: string): boolean {
  return /(^|[:.])(title|description)$/.test(field);
}

/** A keyword field holds each value as one word, blanks and all. */
const wholeValues: WordTest = {
  word: (values, text, isPrefix) =>
    values.some((value) => (isPrefix ? value.startsWith(text) : value === text)),
  phrase: (values, text) => values.includes(text),
};

const fullTextWords: WordTest = {
  word(values, text, isPrefix) {
    const held = values.flatMap(wordsOf);
    if (isPrefix) return held.some((word) => word.startsWith(text.toLowerCase()));
    return wordsOf(text).some((word) => held.includes(word));
  },
  phrase: (values, text) => {
    const wanted = ` ${wordsOf(text).join(' ')} `;
    return (
      wanted.trim() !== '' &&
      values.some((value) => ` ${wordsOf(value).join(' ')} `.includes(wanted))
    );
  },
};

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** Numbers and times have no beginnings to be searched by. */
function typedWords(type: PdsPropertyType['type']): WordTest {
  const equals = (values: readonly string[], text: string): boolean =>
    values.some(valueTest(type, 'eq', text));
  return { word: (values, text, isPrefix) => !isPrefix && equals(values, text), phrase: equals };
}

function existsTest(field: string, options: EvaluateOptions): Test {
  const name = inDots(field);
  const names = options.names ?? [];
  const isPattern = !/^[A-Za-z_][A-Za-z0-9_.:]*$/.test(name);
  if (!isPattern) return (valuesOf) => valuesOf(name).length > 0;
  const pattern = readNamePattern(field);
  const wanted = pattern === null ? [] : names.filter(pattern);
  return (valuesOf) => wanted.some((one) => valuesOf(one).length > 0);
}
