/** Runs anywhere; pure. The same query with no more groups than it needs. */
import type { Group, QueryNode } from './ast.ts';

/** Groups within groups around the deepest condition: 0 for a condition. Safe for trees of any depth. */
export function depthOf(query: QueryNode): number {
  let deepest = 0;
  const open: { node: QueryNode; depth: number }[] = [{ node: query, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    deepest = Math.max(deepest, next.depth);
    if (next.node.kind !== 'group') continue;
    for (const node of next.node.terms) open.push({ node, depth: next.depth + 1 });
  }
  return deepest;
}

/**
 * Takes out parentheses around a single term, where they negate nothing. Selects the same in either generation, with
 * or without the `or` fault. Conditions stay the very objects they were; so do groups that need no change.
 */
export function simplifyQuery(query: QueryNode): QueryNode {
  if (query.kind !== 'group') return query;
  const terms = query.terms.map(simplifyQuery);
  const only = terms.length === 1 ? terms[0] : undefined;
  if (only === undefined) {
    return terms.every((term, at) => term === query.terms[at]) ? query : { ...query, terms };
  }
  if (!query.isNegated) return only;
  if (only.kind === 'group' && !only.isNegated) return { ...only, isNegated: true };
  const negated: Group = { kind: 'group', isNegated: true, joint: 'and', terms: [only] };
  return query.joint === 'and' && only === query.terms[0] ? query : negated;
}
