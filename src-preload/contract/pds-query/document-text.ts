/** Runs anywhere; pure. A document and its text, either way: the builder and the text beside it are one. */
import type { PdsDialect } from '../pds.ts';
import type { QueryNode } from './ast.ts';
import type { ConditionItem, DocumentItem, GroupItem, QueryDocument } from './document.ts';
import { emptyDocument } from './document.ts';
import { keepIds } from './keep-ids.ts';
import type { LaidOut, LayoutNode } from './layout.ts';
import { layOut } from './layout.ts';
import type { QueryMistake } from './mistake.ts';
import { mistakeAt } from './mistake.ts';
import { deepestLaidOut, parseQuery } from './parse-query.ts';
import { depthOf } from './simplify.ts';
import { isPlainName } from './tokens.ts';

/** Text, lines and ranges by the ids of conditions and groups. */
export type DocumentText = LaidOut<string>;

/**
 * The document of a text, with the ids of `previous` for what stays the same; a blank text is a document of no condition.
 * Parentheses around one condition are no group, those around them are: that is how `textOfDocument` writes both.
 */
export function documentFromText(
  text: string,
  dialect: PdsDialect,
  previous: QueryDocument = emptyDocument(),
): { ok: true; document: QueryDocument } | QueryMistake {
  if (text.trim() === '') return { ok: true, document: keepIds(emptyDocument().root, previous) };
  const parsed = parseQuery(text, dialect);
  if (!parsed.ok) return parsed;
  if (depthOf(parsed.query) > deepestLaidOut)
    return mistakeAt(
      0,
      text.length,
      `Groups stand in groups more than ${String(deepestLaidOut)} deep here.`,
      'Take out parentheses that nothing needs, or ask in parts.',
    );
  return { ok: true, document: documentOfQuery(parsed.query, previous) };
}

/** The document of a tree. */
export function documentOfQuery(
  query: QueryNode,
  previous: QueryDocument = emptyDocument(),
): QueryDocument {
  const { item, isWrapped } = read(query);
  const root = item.kind === 'group' && !isWrapped ? item : groupOf(false, 'and', [item]);
  return keepIds(root, previous);
}

/**
 * The text of a document, one condition a line, also where it is incomplete or mistaken: then it is what the builder
 * holds, and `parseQuery` says where it is wrong. Empty for a document of no condition.
 */
export function textOfDocument(document: QueryDocument, dialect: PdsDialect): DocumentText {
  if (document.root.items.length === 0) return { text: '', lines: [], ranges: new Map() };
  return layOut(layoutOf(document.root, dialect));
}

/** The tree of a document, to be checked, printed and sent; null for one of no condition, which selects everything. */
export function queryOfDocument(document: QueryDocument): QueryNode | null {
  return document.root.items.length === 0 ? null : nodeOf(document.root);
}

/** The tree of one item. */
export function nodeOf(item: DocumentItem): QueryNode {
  if (item.kind === 'group') {
    const { isNegated, joint, items } = item;
    return { kind: 'group', isNegated, joint, terms: items.map(nodeOf) };
  }
  const { field, operator, value } = item;
  switch (operator) {
    case 'exists':
      return { kind: 'exists', field };
    case 'not exists':
      return { kind: 'group', isNegated: true, joint: 'and', terms: [{ kind: 'exists', field }] };
    case 'like':
    case 'not like':
      return { kind: 'like', field, isNegated: operator === 'not like', pattern: value };
    default:
      return {
        kind: 'comparison',
        field,
        operator,
        value: { kind: item.isNumber ? 'number' : 'string', text: value },
      };
  }
}

interface Read {
  item: DocumentItem;
  /** A condition in parentheses of its own. */
  isWrapped: boolean;
}

function read(node: QueryNode): Read {
  if (node.kind !== 'group') return { item: conditionOf(node), isWrapped: false };
  const inner = node.terms.map(read);
  const only = inner.length === 1 ? inner[0] : undefined;
  const isBare = only?.item.kind === 'condition' && !only.isWrapped;
  if (only !== undefined && !node.isNegated) {
    if (isBare) return { item: only.item, isWrapped: true };
    if (only.item.kind === 'group') return only;
  }
  if (only?.item.kind === 'condition' && isBare) {
    const { operator } = only.item;
    if (operator === 'like')
      return { item: { ...only.item, operator: 'not like' }, isWrapped: false };
    if (operator === 'exists')
      return { item: { ...only.item, operator: 'not exists' }, isWrapped: false };
  }
  const items = inner.map(({ item }) => item);
  return { item: groupOf(node.isNegated, node.joint, items), isWrapped: false };
}

function conditionOf(node: Exclude<QueryNode, { kind: 'group' }>): ConditionItem {
  const base = { kind: 'condition' as const, id: '', field: node.field, isNumber: false };
  if (node.kind === 'exists') return { ...base, operator: 'exists', value: '' };
  if (node.kind === 'like')
    return { ...base, operator: node.isNegated ? 'not like' : 'like', value: node.pattern };
  const { kind, text } = node.value;
  return { ...base, operator: node.operator, value: text, isNumber: kind === 'number' };
}

function groupOf(isNegated: boolean, joint: 'and' | 'or', items: DocumentItem[]): GroupItem {
  return { kind: 'group', id: '', isNegated, joint, items };
}

function layoutOf(item: DocumentItem, dialect: PdsDialect): LayoutNode<string> {
  if (item.kind === 'group') {
    const { id, isNegated, joint, items } = item;
    const terms = items.map((inner) => layoutOf(inner, dialect));
    return { kind: 'group', key: id, isNegated, joint, terms };
  }
  return { kind: 'condition', key: item.id, ...wordsOf(item, dialect) };
}

function wordsOf(
  item: ConditionItem,
  dialect: PdsDialect,
): Record<'before' | 'field' | 'operator' | 'value' | 'after', string> {
  const { field, operator } = item;
  const value =
    item.isNumber && operator !== 'like' && operator !== 'not like'
      ? item.value
      : `"${item.value}"`;
  if (operator === 'exists' || operator === 'not exists') {
    const isNot = operator === 'not exists';
    const name = field === '' || isPlainName(field, dialect) ? field : `"${field}"`;
    return {
      before: isNot ? 'not (exists ' : 'exists ',
      field: name,
      operator: '',
      value: '',
      after: isNot ? ')' : '',
    };
  }
  if (operator === 'not like' && dialect === 'current')
    return { before: 'not (', field, operator: 'like', value, after: ')' };
  return { before: '', field, operator, value, after: '' };
}
