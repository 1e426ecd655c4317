/**
 * Runs in tests. A tree that is walked as a whole for its rows, over lists that change under it: what the model's
 * rows are compared with. It asks through the model, since which parts are asked for is the model's affair.
 */
import type { ChildrenAnswer } from '#renderer/lib/tree/child-list.ts';
import type { ChildrenRequest, TreeModel, TreeOptions } from '#renderer/lib/tree/tree-model.ts';
import type { TreeRow } from '#renderer/lib/tree/tree-rows.ts';
import { parseTreeSnapshot } from '#renderer/lib/tree/tree-snapshot.ts';

export interface Made {
  name: string;
}

/** What the archive has below one node. */
interface World {
  way: 'direct' | 'onward' | 'uncounted';
  nodes: Made[];
}

interface Plain {
  key: string;
  isOpen: boolean;
  isDirect: boolean;
  total: number | null;
  end: number;
  isWhole: boolean;
  /** By position: what came (null: not given), or that it failed. */
  items: Map<number, Made | null>;
  failed: Map<number, { count: number; message: string }>;
  kids: Map<number, Plain>;
  sought: Map<string, Plain>;
}

export interface PlainRow {
  row: Omit<TreeRow<Made>, 'id'>;
  parent: number | null;
  list: Plain;
  slot: number;
}

const pageSize = 4;
const isExpandable = ({ name }: Made): boolean => !name.endsWith('1') && !name.endsWith('4');

function plain(key: string): Plain {
  return {
    key,
    isOpen: false,
    isDirect: false,
    total: null,
    end: 0,
    isWhole: false,
    items: new Map(),
    failed: new Map(),
    kids: new Map(),
    sought: new Map(),
  };
}

const countOf = (list: Plain): number => (list.isDirect ? (list.total ?? 0) : list.end);

/** The same list with nothing loaded and only what is open; `isStored` as a restart leaves it. */
function emptied(list: Plain, isStored: boolean): Plain {
  const isUnknown = isStored && !list.isDirect && list.end === 0;
  const kept = isUnknown ? plain(list.key) : { ...plain(list.key), ...shapeOf(list) };
  for (const [slot, kid] of list.kids) {
    if (kid.isOpen) kept.kids.set(slot, { ...emptied(kid, isStored), isOpen: true });
  }
  return kept;
}

const shapeOf = ({ isDirect, total, end, isWhole }: Plain): Partial<Plain> =>
  isDirect ? { isDirect, total } : { total, end, isWhole };

export class NaiveTree {
  readonly options: TreeOptions<Made> = {
    keyOf: ({ name }) => name,
    titleOf: ({ name }) => `title of ${name}`,
    isExpandable,
    pageSize,
  };
  readonly #random: () => number;
  readonly #worlds = new Map<string, World>();
  #root = { ...plain(''), isOpen: true };
  #made = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #make(): Made {
    this.#made += 1;
    return { name: `n${this.#made}` };
  }

  #world(path: readonly string[]): World {
    const name = path.join('/');
    const known = this.#worlds.get(name);
    if (known !== undefined) return known;
    const ways = ['direct', 'direct', 'onward', 'uncounted'] as const;
    const world: World = {
      way: ways[this.#below(4)] ?? 'direct',
      nodes: Array.from({ length: this.#below(14) }, () => this.#make()),
    };
    this.#worlds.set(name, world);
    return world;
  }

  rows(): PlainRow[] {
    const rows: PlainRow[] = [];
    this.#walk(this.#root, 1, null, rows);
    return rows;
  }

  #walk(list: Plain, level: number, parent: number | null, rows: PlainRow[]): void {
    const count = countOf(list);
    const isAll = list.isDirect || list.isWhole;
    const slots = isAll && count > 0 ? count : count + 1;
    for (let slot = 0; slot < slots; slot += 1) {
      const at = rows.length;
      rows.push({ row: this.#rowOf(list, slot, level), parent, list, slot });
      const kid = slot < count ? list.kids.get(slot) : undefined;
      if (kid?.isOpen) this.#walk(kid, level + 1, at, rows);
    }
  }

  #rowOf(list: Plain, slot: number, level: number): Omit<TreeRow<Made>, 'id'> {
    const count = countOf(list);
    const item = slot < count ? list.items.get(slot) : undefined;
    const failure = [...list.failed].find(([from, { count: size }]) =>
      slot < count ? item === undefined && slot >= from && slot < from + size : from === count,
    )?.[1].message;
    const isEmpty = count === 0 && (list.isDirect || list.isWhole);
    const otherwise = slot < count || count === 0 ? 'pending' : 'more';
    const isThere = item !== undefined && item !== null;
    const kind = isThere
      ? 'node'
      : item === null
        ? 'gap'
        : isEmpty
          ? 'empty'
          : failure === undefined
            ? otherwise
            : 'failed';
    const isExpanded = slot < count && list.kids.get(slot)?.isOpen === true;
    return {
      kind,
      level,
      posInSet: slot + 1,
      setSize: kind === 'empty' ? 1 : (list.total ?? -1),
      isExpandable: isThere ? isExpandable(item) : isExpanded,
      isExpanded,
      node: isThere ? item : null,
      title: isThere ? `title of ${item.name}` : '',
      remaining: kind === 'more' && list.total !== null ? list.total - count : null,
      message: kind === 'failed' ? (failure ?? null) : null,
      isLoading: false,
    };
  }

  /** Does one random thing to the model and to itself; says whether the tree began anew by it. */
  act(model: TreeModel<Made>): boolean {
    const index = this.#below(model.rowCount);
    const there = this.rows()[index];
    if (there === undefined) throw new Error('the model has more rows than there are');
    const what = this.#random();
    if (what < 0.22) this.#open(model, index, there);
    else if (what < 0.32) this.#close(model, index, there);
    else if (what < 0.8) this.#load(model, index, there);
    else if (what < 0.84) this.#retry(model, index, there);
    else if (what < 0.87) this.#openSiblings(model, index, there);
    else if (what < 0.99) this.#change();
    else this.#restart(model);
    return what >= 0.99;
  }

  #open(model: TreeModel<Made>, index: number, { list, slot, row }: PlainRow): void {
    model.open(index);
    if (row.node !== null && row.isExpandable) this.#openKid(list, slot, row.node);
    else if (row.kind === 'pending' || row.kind === 'failed' || row.kind === 'gap') {
      const kid = slot < countOf(list) ? list.kids.get(slot) : undefined;
      if (kid !== undefined) kid.isOpen = true;
    }
  }

  #openKid(list: Plain, slot: number, node: Made): void {
    const kid = list.kids.get(slot) ?? plain(node.name);
    kid.isOpen = true;
    list.kids.set(slot, kid);
  }

  #close(model: TreeModel<Made>, index: number, { list, slot }: PlainRow): void {
    model.close(index);
    const kid = slot < countOf(list) ? list.kids.get(slot) : undefined;
    if (kid !== undefined) kid.isOpen = false;
  }

  #openSiblings(model: TreeModel<Made>, index: number, { list }: PlainRow): void {
    model.openSiblings(index);
    for (const [slot, node] of list.items)
      if (node !== null && isExpandable(node)) this.#openKid(list, slot, node);
  }

  #retry(model: TreeModel<Made>, index: number, { list, slot, row }: PlainRow): void {
    model.retry(index);
    if (row.kind !== 'failed') return;
    for (const [from, { count }] of list.failed) {
      const isTail = slot >= countOf(list) && from === slot;
      if (isTail || (slot >= from && slot < from + count && slot < countOf(list)))
        list.failed.delete(from);
    }
  }

  #load(model: TreeModel<Made>, index: number, { list }: PlainRow): void {
    const [request] = model.missing({ first: index, last: index }, true);
    if (request === undefined) return;
    model.begin(request);
    if (this.#random() < 0.1) {
      const message = `failure ${this.#below(9)}`;
      model.fail(request, message);
      list.failed.set(request.from, { count: request.count, message });
    } else if (this.#random() < 0.05) model.cancel(request);
    else this.#answer(model, request, list);
  }

  #answer(model: TreeModel<Made>, request: ChildrenRequest<Made>, list: Plain): void {
    const { way, nodes: all } = this.#world(request.path);
    // A cursor is the name of the node that it comes after.
    const after = all.findIndex(({ name }) => name === request.cursor);
    const from = way === 'onward' && request.cursor !== null ? after + 1 : request.from;
    const nodes: (Made | null)[] = all.slice(from, from + request.count);
    if (nodes.length > 0 && this.#random() < 0.1) nodes[this.#below(nodes.length)] = null;
    if (this.#random() < 0.1) nodes.pop();
    const last = all[from + nodes.length - 1];
    const answer: ChildrenAnswer<Made> = {
      nodes,
      total: way === 'uncounted' || (way === 'onward' && this.#random() < 0.3) ? null : all.length,
      ...(way === 'onward'
        ? { next: from + nodes.length < all.length ? (last?.name ?? null) : null }
        : {}),
    };
    model.take(request, answer);
    list.failed.delete(request.from);
    if (way === 'direct') this.#takeDirect(list, request, answer);
    else this.#takeOnward(list, request, answer);
  }

  #takeDirect(list: Plain, { from }: ChildrenRequest<Made>, answer: ChildrenAnswer<Made>): void {
    const reached = answer.nodes.length === 0 ? 0 : from + answer.nodes.length;
    list.total = Math.max(answer.total ?? 0, reached);
    list.isDirect = true;
    for (const slot of [...list.items.keys()]) if (slot >= list.total) list.items.delete(slot);
    for (const at of [...list.failed.keys()]) if (at >= list.total) list.failed.delete(at);
    for (const [slot, kid] of [...list.kids]) if (slot >= list.total) this.#lose(list, slot, kid);
    const end = Math.min(list.total, from + pageSize);
    for (let slot = from; slot < end; slot += 1)
      list.items.set(slot, answer.nodes[slot - from] ?? null);
    this.#match(list, from, end);
  }

  #takeOnward(list: Plain, request: ChildrenRequest<Made>, answer: ChildrenAnswer<Made>): void {
    const { from, count } = request;
    const isTail = from === list.end;
    const end = isTail ? from + answer.nodes.length : from + count;
    for (let slot = from; slot < end; slot += 1)
      list.items.set(slot, answer.nodes[slot - from] ?? null);
    if (isTail) {
      list.end = end;
      list.isWhole =
        answer.nodes.length === 0 ||
        answer.next === null ||
        (answer.next === undefined ? answer.nodes.length < count : answer.next === request.cursor);
    }
    const total = answer.total ?? list.total;
    list.total = list.isWhole ? list.end : total === null ? null : Math.max(total, list.end);
    this.#match(list, from, end);
  }

  #lose(list: Plain, slot: number, kid: Plain): void {
    list.kids.delete(slot);
    if (kid.isOpen) list.sought.set(kid.key, emptied(kid, false));
  }

  #match(list: Plain, from: number, end: number): void {
    const came = [...list.items].filter(([slot]) => slot >= from && slot < end);
    for (const [slot, node] of came.sort(([a], [b]) => a - b)) {
      const kid = list.kids.get(slot);
      if (node !== null && kid !== undefined && kid.key !== node.name) this.#lose(list, slot, kid);
    }
    for (const [slot, node] of came) {
      const sought = node === null ? undefined : list.sought.get(node.name);
      if (sought === undefined || list.kids.has(slot)) continue;
      list.sought.delete(sought.key);
      list.kids.set(slot, { ...sought, isOpen: true });
    }
  }

  /** Something in the archive changes. */
  #change(): void {
    const worlds = [...this.#worlds.values()];
    const world = worlds[this.#below(worlds.length)];
    if (world === undefined) return;
    const at = this.#below(world.nodes.length + 1);
    const what = this.#random();
    if (what < 0.4) world.nodes.splice(at, 1 + this.#below(4));
    else if (what < 0.8) world.nodes.splice(at, 0, this.#make(), this.#make());
    else world.nodes.unshift(...world.nodes.splice(at));
  }

  /** Everything is loaded anew. */
  #restart(model: TreeModel<Made>): void {
    const snapshot = parseTreeSnapshot(JSON.parse(JSON.stringify(model.snapshot())));
    if (snapshot === null) throw new Error('the snapshot could not be read');
    model.restore(snapshot);
    this.#root = { ...emptied(this.#root, true), isOpen: true };
  }
}
