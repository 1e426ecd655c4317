/**
 * Runs anywhere; pure. A query while it is being built: groups in groups of conditions, each with an id that stays, so
 * that focus and drag know what they hold. Documents never change; every operation answers another one, or the very same
 * where there is nothing to do, so that undoing is keeping the old one. A condition may be incomplete or mistaken.
 */
import type { ComparisonOperator } from './ast.ts';
import { deepestLaidOut } from './parse-query.ts';
import { isPlainNumber } from './tokens.ts';

export type ConditionOperator = ComparisonOperator | 'like' | 'not like' | 'exists' | 'not exists';

export interface ConditionItem {
  kind: 'condition';
  id: string;
  /** '' while none is chosen. */
  field: string;
  operator: ConditionOperator;
  /** Without quotes. `exists` and `not exists` have none, but keep what was there. */
  value: string;
  /** Written as a number, without quotes. */
  isNumber: boolean;
}

export interface GroupItem {
  kind: 'group';
  id: string;
  isNegated: boolean;
  joint: 'and' | 'or';
  items: readonly DocumentItem[];
}

export type DocumentItem = ConditionItem | GroupItem;

export interface QueryDocument {
  /** Without items: no condition at all, every product. */
  root: GroupItem;
  /** For the next id; no id comes twice in the life of a document. */
  nextId: number;
}

/** A document with something added, and the id of that; null where it could not be. */
export interface Added {
  document: QueryDocument;
  id: string | null;
}

/** What the negation of an operator is called; ranges have none, see `negate`. */
const opposites: Readonly<Partial<Record<ConditionOperator, ConditionOperator>>> = {
  eq: 'ne',
  ne: 'eq',
  like: 'not like',
  'not like': 'like',
  exists: 'not exists',
  'not exists': 'exists',
};

/** A document of no condition. */
export function emptyDocument(): QueryDocument {
  return {
    root: { kind: 'group', id: 'i0', isNegated: false, joint: 'and', items: [] },
    nextId: 1,
  };
}

/** The item with an id, the root too; null where there is none. */
export function itemOf(document: QueryDocument, id: string): DocumentItem | null {
  return pathTo(document, id)?.at(-1) ?? null;
}

/** The group that an item is in; null for the root and for what is not there. */
export function parentOf(document: QueryDocument, id: string): GroupItem | null {
  const parent = pathTo(document, id)?.at(-2);
  return parent?.kind === 'group' ? parent : null;
}

/** Adds a condition, empty unless some of it is given, before the item that is at `index` now; by default last. */
export function addCondition(
  document: QueryDocument,
  groupId: string,
  index = Infinity,
  given: Partial<Omit<ConditionItem, 'kind' | 'id'>> = {},
): Added {
  const condition = { ...emptyCondition(document.nextId), ...given };
  return add(document, groupId, index, condition, 1);
}

/** Adds a group with one empty condition. It joins the other way than the group around it: why else have one. */
export function addGroup(document: QueryDocument, groupId: string, index = Infinity): Added {
  const around = itemOf(document, groupId);
  const group: GroupItem = {
    kind: 'group',
    id: idOf(document.nextId),
    isNegated: false,
    joint: around?.kind === 'group' && around.joint === 'and' ? 'or' : 'and',
    items: [emptyCondition(document.nextId + 1)],
  };
  return add(document, groupId, index, group, 2);
}

/** Takes an item out with all that is in it; the root stays, and is emptied. */
export function removeItem(document: QueryDocument, id: string): QueryDocument {
  const { root } = document;
  if (id === root.id)
    return root.items.length === 0 ? document : withRoot(document, { ...root, items: [] });
  return changed(document, id, () => []);
}

/** Moves an item before the one that is at `index` in a group now. Nothing moves into itself, or too deep. */
export function moveItem(
  document: QueryDocument,
  id: string,
  groupId: string,
  index: number,
): QueryDocument {
  const item = itemOf(document, id);
  const target = pathTo(document, groupId);
  const group = target?.at(-1);
  if (item === null || target === null || group?.kind !== 'group' || target.includes(item))
    return document;
  if (target.length + heightOf(item) > deepestLaidOut) return document;
  const from = group.items.indexOf(item);
  const to = Math.max(0, Math.min(index, group.items.length));
  if (from >= 0 && (to === from || to === from + 1)) return document;
  const without = changed(document, id, () => []);
  return insert(without, groupId, from >= 0 && from < to ? to - 1 : to, item);
}

/** Joins a group's items by `and` or `or`. */
export function setJoint(document: QueryDocument, id: string, joint: 'and' | 'or'): QueryDocument {
  return changed(document, id, (item) =>
    item.kind !== 'group' || item.joint === joint ? item : { ...item, joint },
  );
}

/** Makes a group `not ( … )`, or not. */
export function setNegated(document: QueryDocument, id: string, isNegated: boolean): QueryDocument {
  return changed(document, id, (item) =>
    item.kind !== 'group' || item.isNegated === isNegated ? item : { ...item, isNegated },
  );
}

/**
 * Turns an item into its negation. A group becomes `not ( … )` or ceases to be; `eq`, `like` and `exists` have words of
 * their own; a range is put into a negated group, for `not (a lt 1)` is not `a ge 1` where `a` is missing.
 */
export function negate(document: QueryDocument, id: string): QueryDocument {
  const item = itemOf(document, id);
  if (item === null) return document;
  if (item.kind === 'group') return setNegated(document, id, !item.isNegated);
  const opposite = opposites[item.operator];
  if (opposite !== undefined) return setOperator(document, id, opposite);
  if ((pathTo(document, id)?.length ?? 0) > deepestLaidOut) return document;
  const group: GroupItem = {
    kind: 'group',
    id: idOf(document.nextId),
    isNegated: true,
    joint: 'and',
    items: [item],
  };
  return { ...changed(document, id, () => [group]), nextId: document.nextId + 1 };
}

/**
 * Names the property of a condition. `isNumeric` says whether it holds numbers, which then need no quotes; null where
 * that is not known, and the value stays as it is written.
 */
export function setField(
  document: QueryDocument,
  id: string,
  field: string,
  isNumeric: boolean | null = null,
): QueryDocument {
  const item = itemOf(document, id);
  if (item?.kind !== 'condition') return document;
  const isNumber = isNumeric === null ? item.isNumber : isNumeric && isPlainNumber(item.value);
  return changedCondition(document, id, { field: oneLine(field), isNumber });
}

/** Sets the operator of a condition. */
export function setOperator(
  document: QueryDocument,
  id: string,
  operator: ConditionOperator,
): QueryDocument {
  return changedCondition(document, id, { operator });
}

/**
 * Sets the value of a condition. What was written as a number stays one while it is one; a number of a property that
 * holds numbers (`isNumeric`) is written as one.
 */
export function setValue(
  document: QueryDocument,
  id: string,
  value: string,
  isNumeric = false,
): QueryDocument {
  const item = itemOf(document, id);
  const isNumber =
    item?.kind === 'condition' && (item.isNumber || isNumeric) && isPlainNumber(value);
  return changedCondition(document, id, { value: oneLine(value), isNumber });
}

/** The id of a number; ids of one document are told apart by it. */
export function idOf(number: number): string {
  return `i${String(number)}`;
}

function emptyCondition(number: number): ConditionItem {
  return {
    kind: 'condition',
    id: idOf(number),
    field: '',
    operator: 'eq',
    value: '',
    isNumber: false,
  };
}

/** Line ends come with pasted text; no query can hold them. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}

function add(
  document: QueryDocument,
  groupId: string,
  index: number,
  item: DocumentItem,
  ids: number,
): Added {
  const target = pathTo(document, groupId);
  if (target?.at(-1)?.kind !== 'group' || target.length + heightOf(item) > deepestLaidOut)
    return { document, id: null };
  const added = insert(document, groupId, index, item);
  return { document: { ...added, nextId: document.nextId + ids }, id: item.id };
}

function insert(
  document: QueryDocument,
  groupId: string,
  index: number,
  item: DocumentItem,
): QueryDocument {
  return changed(document, groupId, (group) =>
    group.kind === 'group' ? { ...group, items: group.items.toSpliced(index, 0, item) } : group,
  );
}

function changedCondition(
  document: QueryDocument,
  id: string,
  change: Partial<ConditionItem>,
): QueryDocument {
  return changed(document, id, (item) => {
    if (item.kind !== 'condition') return item;
    const next = { ...item, ...change };
    const isSame =
      next.field === item.field &&
      next.operator === item.operator &&
      next.value === item.value &&
      next.isNumber === item.isNumber;
    return isSame ? item : next;
  });
}

/** The document with one item replaced, by another or by any number of them; only the root is always one group. */
function changed(
  document: QueryDocument,
  id: string,
  change: (item: DocumentItem) => DocumentItem | readonly DocumentItem[],
): QueryDocument {
  const path = pathTo(document, id);
  const item = path?.at(-1);
  if (path === null || item === undefined) return document;
  let next = [change(item)].flat();
  if (next.length === 1 && next[0] === item) return document;
  for (let at = path.length - 2, was = item; at >= 0; at -= 1) {
    const group = path[at] as GroupItem;
    const items = group.items.toSpliced(group.items.indexOf(was), 1, ...next);
    next = [{ ...group, items }];
    was = group;
  }
  const root = next[0];
  return root?.kind === 'group' ? withRoot(document, root) : document;
}

function withRoot(document: QueryDocument, root: GroupItem): QueryDocument {
  return { ...document, root };
}

/** From the root to the item, both included; null where it is not there. */
function pathTo(document: QueryDocument, id: string): DocumentItem[] | null {
  const search = (item: DocumentItem): DocumentItem[] | null => {
    if (item.id === id) return [item];
    if (item.kind !== 'group') return null;
    for (const inner of item.items) {
      const path = search(inner);
      if (path !== null) return [item, ...path];
    }
    return null;
  };
  return search(document.root);
}

/** Groups within a group, itself included; 0 for a condition. */
function heightOf(item: DocumentItem): number {
  if (item.kind === 'condition') return 0;
  return 1 + Math.max(0, ...item.items.map(heightOf));
}
