/** Runs anywhere. The tree of an expression of XPath 1.0. */

export const axes = [
  'ancestor',
  'ancestor-or-self',
  'attribute',
  'child',
  'descendant',
  'descendant-or-self',
  'following',
  'following-sibling',
  'namespace',
  'parent',
  'preceding',
  'preceding-sibling',
  'self',
] as const;
export type Axis = (typeof axes)[number];

export type NodeTest =
  | { kind: 'node' }
  | { kind: 'text' }
  | { kind: 'comment' }
  | { kind: 'instruction'; target: string | null }
  /** `local` null: any name; `uri` null: in any namespace. */
  | { kind: 'name'; uri: string | null; local: string | null };

export interface Step {
  axis: Axis;
  test: NodeTest;
  predicates: Expression[];
}

export type BinaryOperator =
  'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod' | '|';

export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'string'; value: string }
  | { kind: 'negate'; of: Expression }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression; at: number }
  | { kind: 'call'; name: string; args: Expression[]; at: number }
  | { kind: 'filter'; base: Expression; predicates: Expression[]; at: number }
  /** From the document, from the context node, or from what another expression selects. */
  | { kind: 'path'; from: 'document' | 'context' | Expression; steps: Step[]; at: number };
