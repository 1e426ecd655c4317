/**
 * Runs anywhere; pure. From a query's tree to text that a generation of the registry reads: in one line to be sent, or
 * one condition a line to be read by people.
 */
import type { PdsDialect } from '../pds.ts';
import type { QueryNode } from './ast.ts';
import type { LayoutNode, LaidOut } from './layout.ts';
import { layOut } from './layout.ts';
import { dialectName, shown } from './mistake.ts';
import { deepestLaidOut, deepestQuery } from './parse-query.ts';
import { depthOf, simplifyQuery } from './simplify.ts';
import { isPlainName, isPlainNumber, isPlainText } from './tokens.ts';

/** What a dialect has no way to say. */
export interface CannotSay {
  ok: false;
  /** The condition or group in question: a node of the tree that was given, or made of it. */
  node: QueryNode;
  /** What of the condition; null for the whole. */
  part: 'field' | 'operator' | 'value' | null;
  message: string;
  help: string;
}

export type PrintedLines = LaidOut<QueryNode> & { ok: true };

/** The text to be sent: minimal, in one line, keywords in small letters, which both generations read. */
export function printQuery(
  query: QueryNode,
  dialect: PdsDialect,
): { ok: true; text: string } | CannotSay {
  const refused = unsayable(query, dialect, deepestQuery);
  if (refused !== null) return refused;
  return { ok: true, text: textOf(simplifyQuery(query), dialect) };
}

/**
 * The text to be read: one condition a line, each in parentheses, groups indented. It is a query too. The ranges are
 * keyed by the nodes of the simplified tree, in which conditions are the objects that were given.
 */
export function printLines(query: QueryNode, dialect: PdsDialect): PrintedLines | CannotSay {
  const refused = unsayable(query, dialect, deepestLaidOut);
  if (refused !== null) return refused;
  return { ok: true, ...layOut(layoutOf(simplifyQuery(query), dialect)) };
}

function textOf(node: QueryNode, dialect: PdsDialect): string {
  if (node.kind === 'group') {
    const terms = node.terms.map((term) => textOf(term, dialect));
    return `${node.isNegated ? 'not ' : ''}(${terms.join(` ${node.joint} `)})`;
  }
  const { before, field, operator, value, after } = conditionParts(node, dialect);
  return before + [field, operator, value].filter((part) => part !== '').join(' ') + after;
}

function layoutOf(node: QueryNode, dialect: PdsDialect): LayoutNode<QueryNode> {
  if (node.kind !== 'group')
    return { kind: 'condition', key: node, ...conditionParts(node, dialect) };
  const { isNegated, joint } = node;
  const terms = node.terms.map((term) => layoutOf(term, dialect));
  return { kind: 'group', key: node, isNegated, joint, terms };
}

interface ConditionParts {
  before: string;
  field: string;
  operator: string;
  value: string;
  after: string;
}

/** The words of a condition. The current registry says `not like` as a negated group, which selects the same. */
function conditionParts(
  node: Exclude<QueryNode, { kind: 'group' }>,
  dialect: PdsDialect,
): ConditionParts {
  if (node.kind === 'exists') {
    const field = isPlainName(node.field, dialect) ? node.field : `"${node.field}"`;
    return { before: 'exists ', field, operator: '', value: '', after: '' };
  }
  const { field } = node;
  if (node.kind === 'comparison') {
    const value = node.value.kind === 'number' ? node.value.text : `"${node.value.text}"`;
    return { before: '', field, operator: node.operator, value, after: '' };
  }
  const value = `"${node.pattern}"`;
  if (!node.isNegated) return { before: '', field, operator: 'like', value, after: '' };
  return dialect === '1.3'
    ? { before: '', field, operator: 'not like', value, after: '' }
    : { before: 'not (', field, operator: 'like', value, after: ')' };
}

function unsayable(query: QueryNode, dialect: PdsDialect, deepest: number): CannotSay | null {
  if (depthOf(query) > deepest)
    return {
      ok: false,
      node: query,
      part: null,
      message: `Groups stand in groups more than ${String(deepest)} deep here.`,
      help: 'Take out groups that nothing needs, or ask in parts.',
    };
  return unsayablePart(query, dialect);
}

function unsayablePart(node: QueryNode, dialect: PdsDialect): CannotSay | null {
  if (node.kind !== 'group') return unsayableCondition(node, dialect);
  if (node.terms.length === 0)
    return {
      ok: false,
      node,
      part: null,
      message: 'This group is empty.',
      help: 'Put a condition into it, or take it out.',
    };
  for (const term of node.terms) {
    const refused = unsayablePart(term, dialect);
    if (refused !== null) return refused;
  }
  return null;
}

/** Why a dialect cannot say a condition, or null where it can. */
export function unsayableCondition(
  node: Exclude<QueryNode, { kind: 'group' }>,
  dialect: PdsDialect,
): CannotSay | null {
  const no = (part: CannotSay['part'], message: string, help: string): CannotSay => ({
    ok: false,
    node,
    part,
    message,
    help,
  });
  if (node.kind === 'exists' && dialect === '1.3')
    return no(
      'operator',
      '“exists” is not known to the 1.3 registry.',
      'There is no such test there: ask for a value.',
    );
  const isName = isPlainName(node.field, dialect);
  if (node.field === '') return no('field', 'The property is missing.', 'Choose one, such as lid.');
  if (!isName && (node.kind !== 'exists' || !isPlainText(node.field)))
    return no(
      'field',
      `“${shown(node.field)}” cannot be written as a property in ${dialectName(dialect)}.`,
      'Names consist of the letters A to Z, digits, and the signs _ . : / and are no word of the language.',
    );
  if (node.kind === 'exists') return null;
  if (node.kind === 'comparison' && node.value.kind === 'number')
    return isPlainNumber(node.value.text)
      ? null
      : no(
          'value',
          `“${shown(node.value.text)}” is no number of the registry's.`,
          'Write digits with one point at most, or a text.',
        );
  const text = node.kind === 'like' ? node.pattern : node.value.text;
  return isPlainText(text)
    ? null
    : no(
        'value',
        'A text can hold no double quotes and no line ends.',
        'Use like with the words around them.',
      );
}
