/**
 * The registry's query language as a tree. Source: the grammar of the registry service, both generations.
 * Field names are kept as written; "." and "/" between class and attribute mean the same to the registry.
 */

export const comparisonOperators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

/** A number keeps the digits that were typed: `1.10` and `1.1` are different texts to the registry. */
export type QueryValue = { kind: 'string'; text: string } | { kind: 'number'; text: string };

export interface Comparison {
  kind: 'comparison';
  field: string;
  operator: ComparisonOperator;
  value: QueryValue;
}

/** OpenSearch's simple query string over one field; words are joined by OR. */
export interface Like {
  kind: 'like';
  field: string;
  /** `not like`: 1.3 only. */
  isNegated: boolean;
  pattern: string;
}

/** `exists`: the current service only. */
export interface Exists {
  kind: 'exists';
  /** A name, or a regular expression over names. */
  field: string;
}

/** What stands in parentheses; one term needs no joint. */
export interface Group {
  kind: 'group';
  isNegated: boolean;
  joint: 'and' | 'or';
  terms: QueryNode[];
}

export type QueryNode = Comparison | Like | Exists | Group;
