/**
 * Runs anywhere; pure. The way around the `or` fault of the 1.3 service.
 *
 * Up to 1.4.1 the service hands the members of an `or` group to OpenSearch as a filter that all of them must pass:
 * `(a or b)` is answered as if it were `(a and b)`, and nothing says so. Fixed in 1.5.0. So a query with `or` is asked
 * as several queries without it whose answers together are the answer; a product may be in more than one of them.
 *
 * What is sound here: to OpenSearch every condition is a set of products, and every negation is the rest of them.
 * `ne`, `not like` and `not ( … )` become must_not, so products that lack the field are among the rest, and one equal
 * value of several is enough not to be. Hence `not (a eq 1)` is `a ne 1`, and De Morgan's laws hold exactly. But
 * `not (a lt 1)` is not `a ge 1`: a product without `a` is in the first only, one with the values 0 and 2 in the second
 * only. Ranges and `exists` are therefore negated in a group of their own.
 */
import type { Group, QueryNode } from './ast.ts';
import { depthOf, simplifyQuery } from './simplify.ts';
import { deepestQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';

/** For people who wonder why one search asks the registry several times. */
export const orFaultWords =
  'This registry answers “or” as if it were “and”, a fault of its versions up to 1.4.1. So each branch is asked for on its own, and the answers are merged.';

export type Branches =
  { ok: true; branches: QueryNode[] } | { ok: false; message: string; help: string };

/** No search asks for more branches than this, whatever the limit. */
const mostBranches = 500;
/** Conditions of all branches together; beyond, the texts are too long to be sent anyway. */
const mostTerms = 5000;

/** Whether the fault can touch this query: whether it joins two members by `or` anywhere. */
export function hasOr(query: QueryNode): boolean {
  if (query.kind !== 'group') return false;
  return (query.joint === 'or' && query.terms.length > 1) || query.terms.some(hasOr);
}

/**
 * Queries without `or` that select together what the query selects; the query itself, simplified, where it has none.
 * Branches that another one includes are left out. At most `limit` of them, else a refusal with words. An `or` in a
 * negated group makes no branches: `not (a or b)` is `(not a and not b)`.
 */
export function branchesOf(query: QueryNode, limit = 32): Branches {
  if (depthOf(query) > deepestQuery)
    return refusal(`Groups stand in groups more than ${String(deepestQuery)} deep here.`);
  const simple = simplifyQuery(query);
  if (!hasOr(simple)) return { ok: true, branches: [simple] };
  const splitter = new Splitter(Math.min(mostBranches, Math.max(1, Math.floor(limit))));
  const branches = splitter.split(simple);
  if (branches === null)
    return refusal(
      `This registry answers “or” wrongly, and the query falls into more than ${String(splitter.limit)} branches that would each be asked for.`,
    );
  return { ok: true, branches: branches.map(queryOf) };
}

/**
 * The same query without `or`, by De Morgan: `(a or b)` as `not (not (a) and not (b))`. One request where `branchesOf`
 * takes several, and its count and order are the registry's own. Sound as said above, with the fault and without.
 */
export function withoutOr(query: QueryNode): QueryNode {
  const simple = simplifyQuery(query);
  if (simple.kind !== 'group') return simple;
  const terms = simple.terms.map(withoutOr);
  if (simple.joint === 'and') return simplifyQuery({ ...simple, terms });
  const none: Group = {
    kind: 'group',
    isNegated: !simple.isNegated,
    joint: 'and',
    terms: terms.map(complement),
  };
  return simplifyQuery(none);
}

/** All products that the query does not select. */
function complement(query: QueryNode): QueryNode {
  if (query.kind === 'like') return { ...query, isNegated: !query.isNegated };
  if (query.kind === 'comparison' && query.operator === 'eq') return { ...query, operator: 'ne' };
  if (query.kind === 'comparison' && query.operator === 'ne') return { ...query, operator: 'eq' };
  if (query.kind === 'group' && query.isNegated)
    return simplifyQuery({ ...query, isNegated: false });
  return simplifyQuery({ kind: 'group', isNegated: true, joint: 'and', terms: [query] });
}

/** Terms that all must hold, by their texts: the same term twice is one. Without terms everything is selected. */
type Branch = ReadonlyMap<string, QueryNode>;

class Splitter {
  readonly limit: number;
  #terms = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Null where there are more branches than the limit. */
  split(node: QueryNode): Branch[] | null {
    if (!hasOr(node)) return this.#bounded([branchOf(node)]);
    // Only groups hold an `or`.
    const group = node as Group;
    if (group.isNegated) return this.#negated(group);
    return group.joint === 'or' ? this.#union(group.terms) : this.#product(group.terms);
  }

  #union(terms: readonly QueryNode[]): Branch[] | null {
    let all: Branch[] = [];
    for (const term of terms) {
      const branches = this.split(term);
      if (branches === null) return null;
      all.push(...branches);
      // Not after every one: comparing all with all takes its time.
      if (all.length > 2 * this.limit) all = withoutIncluded(all);
      if (all.length > this.limit * 2) return null;
    }
    all = withoutIncluded(all);
    return all.length > this.limit ? null : this.#bounded(all);
  }

  #product(terms: readonly QueryNode[]): Branch[] | null {
    let all: Branch[] = [new Map()];
    for (const term of terms) {
      const branches = this.split(term);
      if (branches === null || all.length * branches.length > 4 * this.limit) return null;
      all = withoutIncluded(
        all.flatMap((left) => branches.map((right) => new Map([...left, ...right]))),
      );
      if (all.length > this.limit) return null;
    }
    return this.#bounded(all);
  }

  /** What none of the inner branches selects: one branch, of their complements. */
  #negated(group: Group): Branch[] | null {
    const inner = this.split({ ...group, isNegated: false });
    if (inner === null) return null;
    const all = new Map<string, QueryNode>();
    for (const branch of inner)
      for (const [key, term] of branchOf(complement(queryOf(branch)))) all.set(key, term);
    return this.#bounded([all]);
  }

  #bounded(branches: Branch[]): Branch[] | null {
    this.#terms += branches.reduce((sum, branch) => sum + branch.size, 0);
    return this.#terms > mostTerms ? null : branches;
  }
}

/** The terms of a query without `or`. */
function branchOf(node: QueryNode): Branch {
  const isPlain = node.kind === 'group' && !node.isNegated;
  const branch = new Map<string, QueryNode>();
  if (!isPlain) return branch.set(keyOf(node), node);
  for (const term of node.terms) for (const [key, inner] of branchOf(term)) branch.set(key, inner);
  return branch;
}

/** Equal for equal terms; "." and "/" need not be told apart, but telling them apart does no harm. */
function keyOf(node: QueryNode): string {
  const printed = printQuery(node, '1.3');
  return printed.ok ? printed.text : JSON.stringify(node);
}

function queryOf(branch: Branch): QueryNode {
  return simplifyQuery({
    kind: 'group',
    isNegated: false,
    joint: 'and',
    terms: [...branch.values()],
  });
}

/** A branch with all the terms of another one, and more, selects nothing that the other does not. */
function withoutIncluded(branches: readonly Branch[]): Branch[] {
  const kept: Branch[] = [];
  const smallestFirst = [...branches.entries()].sort(([, a], [, b]) => a.size - b.size);
  const order = new Map<Branch, number>();
  for (const [at, branch] of smallestFirst) {
    if (kept.some((other) => isWithin(other, branch))) continue;
    kept.push(branch);
    order.set(branch, at);
  }
  return kept.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

function isWithin(part: Branch, whole: Branch): boolean {
  for (const key of part.keys()) if (!whole.has(key)) return false;
  return true;
}

function refusal(message: string): Branches {
  return {
    ok: false,
    message,
    help: 'Put fewer conditions into each “or” group, or ask for the branches one after the other.',
  };
}
