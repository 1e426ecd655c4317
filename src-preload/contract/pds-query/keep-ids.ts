/** Runs anywhere; pure. Which items of a document that was just read are the ones of the document before. */
import type { ConditionItem, DocumentItem, GroupItem, QueryDocument } from './document.ts';
import { idOf } from './document.ts';

/**
 * Gives every item of `fresh`, whose ids mean nothing, the id of the item that it was in `previous`: first those that are
 * the same with all that is in them, wherever they are now; then, place by place, those that were edited. The rest get
 * new ids. Answers `previous` itself where nothing changed.
 */
export function keepIds(fresh: GroupItem, previous: QueryDocument): QueryDocument {
  return new Keeper(previous).keep(fresh);
}

class Keeper {
  readonly #previous: QueryDocument;
  /** A number for each content: equal for equal items, whatever their ids. */
  readonly #contents = new Map<string, number>();
  readonly #contentOf = new Map<DocumentItem, number>();
  /** New items to old ones. */
  readonly #kept = new Map<DocumentItem, DocumentItem>();
  readonly #taken = new Set<DocumentItem>();
  #nextId: number;

  constructor(previous: QueryDocument) {
    this.#previous = previous;
    this.#nextId = previous.nextId;
  }

  keep(fresh: GroupItem): QueryDocument {
    const old = this.#previous.root;
    if (this.#content(fresh) === this.#content(old)) return this.#previous;
    this.#pair(fresh, old);
    this.#pairSame(fresh.items, old.items);
    this.#pairSame(this.#loose(fresh, this.#kept), this.#loose(old, this.#taken));
    this.#pairEdited(fresh, old);
    return { root: this.#named(fresh), nextId: this.#nextId };
  }

  #content(item: DocumentItem): number {
    const known = this.#contentOf.get(item);
    if (known !== undefined) return known;
    const text =
      item.kind === 'group'
        ? JSON.stringify([
            item.isNegated,
            joinOf(item),
            item.items.map((inner) => this.#content(inner)),
          ])
        : JSON.stringify(partsOf(item));
    const number = this.#contents.get(text) ?? this.#contents.size;
    this.#contents.set(text, number);
    this.#contentOf.set(item, number);
    return number;
  }

  #pair(fresh: DocumentItem, old: DocumentItem): void {
    this.#kept.set(fresh, old);
    this.#taken.add(old);
  }

  /** Pairs items of the same content, in their order. */
  #pairSame(fresh: readonly DocumentItem[], old: readonly DocumentItem[]): void {
    const key = (item: DocumentItem): number => this.#content(item);
    this.#pairBy(fresh, old, key, (item, match) => {
      this.#pairWhole(item, match);
    });
  }

  /** Pairs those without a partner whose keys are equal, in their order. */
  #pairBy(
    fresh: readonly DocumentItem[],
    old: readonly DocumentItem[],
    key: (item: DocumentItem) => unknown,
    pair: (fresh: DocumentItem, old: DocumentItem) => void,
  ): void {
    const waiting = Map.groupBy(old, key);
    for (const list of waiting.values()) list.reverse();
    for (const item of fresh) {
      if (this.#kept.has(item)) continue;
      const open = waiting.get(key(item));
      let match = open?.pop();
      // What is taken went along with the group around it.
      while (match !== undefined && this.#taken.has(match)) match = open?.pop();
      if (match !== undefined) pair(item, match);
    }
  }

  /** Two items of the same content, with all that is in them. */
  #pairWhole(fresh: DocumentItem, old: DocumentItem): void {
    this.#pair(fresh, old);
    if (fresh.kind !== 'group' || old.kind !== 'group') return;
    fresh.items.forEach((item, at) => {
      const match = old.items[at];
      if (match !== undefined) this.#pairWhole(item, match);
    });
  }

  /** All items that have no partner yet, groups before what is in them. */
  #loose(item: DocumentItem, paired: { has(item: DocumentItem): boolean }): DocumentItem[] {
    const inner =
      item.kind === 'group' ? item.items.flatMap((one) => this.#loose(one, paired)) : [];
    return paired.has(item) ? inner : [item, ...inner];
  }

  /** What is left in two groups that are paired: of the same property first, then in order. */
  #pairEdited(fresh: GroupItem, old: GroupItem): void {
    const pair = (item: DocumentItem, match: DocumentItem): void => {
      this.#pair(item, match);
      if (item.kind === 'group' && match.kind === 'group') this.#pairEdited(item, match);
    };
    const fieldOf = (item: DocumentItem): string => (item.kind === 'group' ? '(' : item.field);
    this.#pairBy(fresh.items, old.items, fieldOf, pair);
    this.#pairBy(fresh.items, old.items, (item) => item.kind, pair);
  }

  #named<T extends DocumentItem>(item: T): T {
    const old = this.#kept.get(item);
    const id = old?.id ?? idOf(this.#nextId++);
    if (item.kind === 'condition') return { ...item, id };
    // A text cannot say how a group of one joins.
    const joint = item.items.length < 2 && old?.kind === 'group' ? old.joint : item.joint;
    return { ...item, id, joint, items: item.items.map((inner) => this.#named(inner)) };
  }
}

function joinOf(group: GroupItem): string {
  return group.items.length < 2 ? '' : group.joint;
}

/** All that a text says of a condition. */
function partsOf(item: ConditionItem): unknown[] {
  const { field, operator, value, isNumber } = item;
  return operator === 'exists' || operator === 'not exists'
    ? [field, operator]
    : [field, operator, value, isNumber];
}
