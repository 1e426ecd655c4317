/**
 * Runs anywhere; pure. Everything that can be known of a query before it is sent: whether it can be read, whether the
 * registry has the properties it names, whether the values fit them.
 */
import type { PdsDialect, PdsPropertyType } from '../pds.ts';
import type { Exists, QueryNode } from './ast.ts';
import type { PropertyIndex } from './property-index.ts';
import { findProperty } from './property-index.ts';
import { shown } from './mistake.ts';
import { readNamePattern } from './name-pattern.ts';
import type { NodeRange } from './parse-query.ts';
import { parseQuery } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { suggestProperties } from './suggest-property.ts';
import { isPlainName } from './tokens.ts';
import { comparisonWarning, likeWarning } from './value-warnings.ts';

export interface ConditionProblem {
  /** An error finds nothing or is refused; a warning is sent, but hardly finds what is meant. */
  severity: 'error' | 'warning';
  kind: 'incomplete' | 'unreadable' | 'unknown-property' | 'value';
  /** The part of the condition in question; null for the whole. */
  part: 'field' | 'operator' | 'value' | null;
  message: string;
  help: string;
  /** For an unknown property: names that may be meant, nearest first, at most three. */
  suggestions: PdsPropertyType[];
}

export interface QueryProblem extends ConditionProblem {
  /** UTF-16 offset in the text that was given, or in the canonical text of the node that was given. */
  position: number;
  /** UTF-16 units. */
  length: number;
  /** null where the text cannot be read. */
  node: QueryNode | null;
}

export interface CheckedQuery {
  /** False where an error is among the problems: then nothing should be sent. */
  ok: boolean;
  query: QueryNode | null;
  /** What positions count in. */
  text: string;
  /** In the order of the text. */
  problems: QueryProblem[];
}

/** Problems that are looked for; a query with more has something else wrong. */
const mostProblems = 100;
/** Unknown names for which others are suggested: each takes a look at all names of the registry. */
const mostSuggested = 10;

/** Checks a text or a tree. `index` is null while the properties are not known; then names and values pass. */
export function checkQuery(
  given: string | QueryNode,
  dialect: PdsDialect,
  index: PropertyIndex | null,
): CheckedQuery {
  const text = typeof given === 'string' ? given : null;
  if (text === null) return checkNode(given as QueryNode, dialect, index);
  const parsed = parseQuery(text, dialect);
  if (!parsed.ok) {
    const { position, length, message, help } = parsed;
    return failed(text, { position, length, message, help, node: null });
  }
  const problems: QueryProblem[] = [];
  for (const [node, range] of parsed.ranges) {
    if (problems.length >= mostProblems) break;
    if (index === null || node.kind === 'group') continue;
    const found = conditionProblems(node, dialect, index, problems.length < mostSuggested);
    problems.push(...found.map((one) => placed(one, node, range)));
  }
  problems.sort((a, b) => a.position - b.position);
  const ok = problems.every((problem) => problem.severity !== 'error');
  return { ok, query: parsed.query, text, problems };
}

/** What is wrong with one condition that can be read; `withNames`: look for names that were meant. */
export function conditionProblems(
  node: Exclude<QueryNode, { kind: 'group' }>,
  dialect: PdsDialect,
  index: PropertyIndex,
  withNames = true,
): ConditionProblem[] {
  if (node.kind === 'exists' && !isPlainName(node.field, dialect))
    return patternProblems(node, index);
  const property = findProperty(index, node.field);
  if (property === null) return [unknownProperty(node.field, index, withNames)];
  if (node.kind === 'exists') return [];
  const warning =
    node.kind === 'like'
      ? likeWarning(node, property.type)
      : comparisonWarning(node, property.type);
  if (warning === null) return [];
  return [{ severity: 'warning', kind: 'value', part: 'value', ...warning, suggestions: [] }];
}

function checkNode(
  node: QueryNode,
  dialect: PdsDialect,
  index: PropertyIndex | null,
): CheckedQuery {
  const printed = printQuery(node, dialect);
  if (printed.ok) return checkQuery(printed.text, dialect, index);
  const { message, help } = printed;
  return failed('', { position: 0, length: 0, message, help, node: printed.node });
}

function unknownProperty(name: string, index: PropertyIndex, withNames: boolean): ConditionProblem {
  const suggestions = withNames ? suggestProperties(name, index) : [];
  const nearest = suggestions[0];
  return {
    severity: 'error',
    kind: 'unknown-property',
    part: 'field',
    message: `The registry has no property “${shown(name)}”.`,
    help:
      nearest === undefined
        ? 'Look it up among the properties of the registry.'
        : `Did you mean ${nearest.name}?`,
    suggestions,
  };
}

function patternProblems(node: Exists, index: PropertyIndex): ConditionProblem[] {
  const matches = readNamePattern(node.field);
  // Patterns beyond ours are the service's affair.
  if (matches === null || index.properties.some(({ property }) => matches(property.name)))
    return [];
  return [
    {
      severity: 'error',
      kind: 'unknown-property',
      part: 'field',
      message: `No property of the registry matches “${shown(node.field)}” from beginning to end.`,
      help: 'Write .* before or after what is known of the name.',
      suggestions: [],
    },
  ];
}

function placed(problem: ConditionProblem, node: QueryNode, range: NodeRange): QueryProblem {
  const { start, end } = (problem.part === null ? null : range[problem.part]) ?? range;
  return { ...problem, position: start, length: end - start, node };
}

function failed(
  text: string,
  where: Pick<QueryProblem, 'position' | 'length' | 'message' | 'help' | 'node'>,
): CheckedQuery {
  const problem: QueryProblem = {
    severity: 'error',
    kind: 'unreadable',
    part: null,
    suggestions: [],
    ...where,
  };
  return { ok: false, query: null, text, problems: [problem] };
}
