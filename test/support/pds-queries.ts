/** Runs in tests. Seeded queries of the registry's language and the products they are asked of. */
import type { PdsDialect, PdsPropertyType } from '#contract/pds.ts';
import type { QueryNode } from '#contract/pds-query/ast.ts';
import { comparisonOperators } from '#contract/pds-query/ast.ts';

export interface QueryMaker {
  /** A tree that the dialect can say. */
  query(dialect: PdsDialect): QueryNode;
  /** Text of a tree in any of the ways that the dialect reads. */
  wordsOf(query: QueryNode, dialect: PdsDialect): string;
  /** The text with some places changed. */
  mutated(text: string): string;
  product(): ReadonlyMap<string, readonly string[]>;
}

export const madeTypes: ReadonlyMap<string, PdsPropertyType['type']> = new Map<
  string,
  PdsPropertyType['type']
>([
  ['lid', 'string'],
  ['title', 'string'],
  ['vid', 'float'],
  ['pds:File.pds:file_size', 'integer'],
  ['pds:Time_Coordinates.pds:start_date_time', 'timestamp'],
  ['insight:Observation.insight:flag', 'boolean'],
  ['Not', 'string'],
]);

const words = [
  'Raw', 'raw', 'urn:nasa:pds:a', 'urn:nasa:pds:b::1.0', 'Mars', 'true', 'false', '1', '2', '1.10', '2019', '2019-04-01',
  '2019-04-01T00:32:17.929Z', '2020-02', '', ' ', 'a (b) and c', "d'e", '\u{1f680} é', 'x*', 'not', '\\', '-1',
]; // prettier-ignore
const numbers = ['0', '1', '1.', '1.10', '-2', '007', '512', '2019', '1554078737929'];
const times = ['2019', '2019-04-01', '2019-04-01T00:32:17.929Z', '2020-02', '1554078737929'];
const patterns = [
  'Raw',
  'urn:*',
  'Ma*',
  'raw Mars',
  'raw + Mars',
  'raw | Mars',
  '-raw',
  '*',
  '',
  '1',
  'x -y',
  '(a | Raw) + -b',
];
const foreign = [
  '(', ')', '"', "'", ' and ', ' or ', 'not ', ' like ', ' eq ', '=', '&&', '\\', '\n', '\t', '5', '.', ':', '/', '*',
  'EQ', 'NOT', 'exists ', 'é', '\u{1f680}', '\ud800', '\u00a0', '\0', ',', '“', '-', 'null',
]; // prettier-ignore

export function createQueryMaker(random: () => number): QueryMaker {
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  /** The first ones far more often, so that queries and products share values. */
  const oftenFirst = <T>(list: readonly T[]): T => list[below(1 + below(list.length))] as T;
  const chance = (share: number): boolean => random() < share;
  const names = [...madeTypes.keys()];
  const field = (): string => {
    const name = chance(0.05) ? 'missing' : pick(names);
    return chance(0.3) ? name.replace('.', '/') : name;
  };

  /** Of the field's type in most cases. */
  const valueFor = (name: string): string => {
    const type = madeTypes.get(name.replace('/', '.'));
    if (chance(0.1)) return pick([...words, ...numbers]);
    if (type === 'float' || type === 'integer') return pick(numbers);
    if (type === 'timestamp') return pick(times);
    return oftenFirst(words);
  };

  const condition = (dialect: PdsDialect): QueryNode => {
    const kind = below(10);
    if (dialect === 'current' && kind === 0)
      return { kind: 'exists', field: chance(0.5) ? field() : pick(['.*id', 'pds:File.*', 'eq']) };
    if (kind <= 3)
      return {
        kind: 'like',
        field: field(),
        isNegated: dialect === '1.3' && chance(0.3),
        pattern: oftenFirst(patterns),
      };
    const name = field();
    const text = valueFor(name);
    const isNumber = /^-?[0-9]+(\.[0-9]*)?$/.test(text) && chance(0.7);
    const value = { kind: isNumber ? ('number' as const) : ('string' as const), text };
    return { kind: 'comparison', field: name, operator: pick(comparisonOperators), value };
  };

  const node = (dialect: PdsDialect, depth: number): QueryNode => {
    if (depth === 0 || chance(0.45)) return condition(dialect);
    const terms = Array.from({ length: 1 + below(4) }, () => node(dialect, depth - 1));
    const joint = terms.length > 1 && chance(0.5) ? 'or' : 'and';
    return { kind: 'group', isNegated: chance(0.3), joint, terms };
  };

  const cased = (word: string): string =>
    [...word].map((letter) => (chance(0.5) ? letter.toUpperCase() : letter)).join('');
  const space = (): string => pick([' ', ' ', ' ', '  ', '\t', '\n', '\r\n ']);
  const gap = (): string => (chance(0.7) ? '' : space());

  const written = (query: QueryNode, dialect: PdsDialect): string => {
    const word = (text: string): string => (dialect === 'current' ? cased(text) : text);
    switch (query.kind) {
      case 'group': {
        const joint = chance(0.5) ? query.joint : query.joint.toUpperCase();
        const between = dialect === 'current' ? cased(joint) : joint;
        const not = dialect === 'current' && chance(0.5) ? 'NOT' : 'not';
        const terms = query.terms.map((term) => written(term, dialect));
        const inside = terms.join(`${space()}${between}${space()}`);
        return `${query.isNegated ? not + gap() : ''}(${gap()}${inside}${gap()})`;
      }
      case 'exists': {
        const isName = /^[A-Za-z_][A-Za-z0-9_.:/]*$/.test(query.field) && query.field !== 'eq';
        return `${word('exists')}${space()}${isName ? query.field : `"${query.field}"`}`;
      }
      case 'like':
        return `${query.field}${space()}${query.isNegated ? `not${space()}` : ''}${word('like')}${gap()}"${query.pattern}"`;
      case 'comparison': {
        const { kind, text } = query.value;
        const value = kind === 'number' ? `${space()}${text}` : `${gap()}"${text}"`;
        return `${query.field}${space()}${word(query.operator)}${value}`;
      }
    }
  };

  const mutatedOnce = (text: string): string => {
    const at = below(text.length + 1);
    const to = Math.min(text.length, at + 1 + below(6));
    const kind = below(4);
    if (kind === 0) return text.slice(0, at) + text.slice(to);
    if (kind === 1) return text.slice(0, at) + pick(foreign) + text.slice(at);
    if (kind === 2) return text.slice(0, at) + pick(foreign) + text.slice(to);
    const from = below(text.length + 1);
    return text.slice(0, at) + text.slice(from, from + 12) + text.slice(at);
  };

  return {
    query: (dialect) => node(dialect, 1 + below(4)),
    wordsOf: (query, dialect) => gap() + written(query, dialect) + gap(),
    mutated(text) {
      let changed = text;
      for (let count = 1 + below(3); count > 0; count -= 1) changed = mutatedOnce(changed);
      return changed;
    },
    product: () =>
      new Map(
        [...names, 'eq']
          .filter(() => chance(0.75))
          .map((name) => [name, Array.from({ length: 1 + below(2) }, () => valueFor(name))]),
      ),
  };
}
