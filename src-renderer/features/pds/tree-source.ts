/**
 * Runs in the page. Where the nodes of the tree come from: bundles by a filter, or the places of one product, and
 * below them what each node holds. Opening a node costs one request.
 */
import { toRef } from '#contract/domain.ts';
import type { PdsFilter, PdsListing, PdsListPart, PdsProductDetail } from '#contract/pds-lists.ts';
import type { PdsProduct } from '#contract/pds.ts';
import type { ChildrenAnswer } from '../../lib/tree/child-list.ts';
import type { BranchShape } from '../../lib/tree/branch.ts';
import type { TreeSnapshot } from '../../lib/tree/tree-snapshot.ts';
import type { ListReader } from './list-reader.svelte.ts';

/** Rows of a list asked for together: a registry takes as long for 20 as for 100. */
export const pageSize = 100;
/** Places of one product that are shown; it may be a secondary member of many collections. */
export const mostPlaces = 8;
/** A list behind a row of its own: asked for by that row alone. */
const behindRow = 'all';

/** A product at one place of the tree. */
export interface PdsNode {
  product: PdsProduct;
  /** lidvid of the node that it is in; null at the first level. */
  parent: string | null;
}

export interface TreeSource {
  load(wanted: ChildrenWanted, signal: AbortSignal): Promise<ChildrenAnswer<PdsNode>>;
}

export interface ChildrenWanted {
  path: readonly string[];
  from: number;
  count: number;
  cursor: string | null;
}

/** What the registry's part means to a tree: rows by position, or a list that only goes on. */
export function answerOf(
  part: PdsListPart,
  { path, from, count }: ChildrenWanted,
): ChildrenAnswer<PdsNode> {
  const { products, hits, unreadable } = part;
  const given = products.length + unreadable;
  // Rows that could not be read have a place too.
  const nodes = [...nodesOf(products, path), ...Array.from({ length: unreadable }, () => null)];
  if (part.canSkip && hits !== null) return { nodes, total: hits };
  const position = from + given;
  const isEnd = given === 0 || (hits === null ? given < count : position >= hits);
  return { nodes, total: hits, next: isEnd ? null : String(position) };
}

function nodesOf(products: readonly PdsProduct[], path: readonly string[]): PdsNode[] {
  const parent = path.at(-1) ?? null;
  return products.map((product) => ({ product, parent }));
}

/** The bundles that fit a filter, and what is in them. */
export class FilterSource implements TreeSource {
  readonly #reader: ListReader;
  readonly #filter: PdsFilter;
  readonly #versions: 'latest' | 'all';

  constructor(reader: ListReader, filter: PdsFilter, versions: 'latest' | 'all') {
    this.#reader = reader;
    this.#filter = filter;
    this.#versions = versions;
  }

  async load(wanted: ChildrenWanted, signal: AbortSignal): Promise<ChildrenAnswer<PdsNode>> {
    const of =
      wanted.path.length === 0
        ? { kind: 'bundles' as const, filter: this.#filter }
        : membersOf(wanted.path, this.#versions);
    return readList(this.#reader, of, wanted, signal);
  }
}

async function readList(
  reader: ListReader,
  of: PdsListing,
  wanted: ChildrenWanted,
  signal: AbortSignal,
): Promise<ChildrenAnswer<PdsNode>> {
  // Always a whole page: what was kept of a list was asked for before its end was known.
  const page = { ...wanted, from: positionOf(wanted), count: pageSize };
  return answerOf(await reader.read(of, page.from, page.count, signal), page);
}

function membersOf(path: readonly string[], versions: 'latest' | 'all') {
  return { kind: 'members' as const, ref: toRef('pds-registry', path.at(-1) ?? ''), versions };
}

/** A list that only goes on says by its cursor where it is: rows that were left out count too. */
function positionOf({ from, cursor }: ChildrenWanted): number {
  const position = Number(cursor ?? from);
  return Number.isSafeInteger(position) ? position : from;
}

/** The places of one product: its bundles, opened down to it, where each list shows the way alone at first. */
export class PlaceSource implements TreeSource {
  readonly detail: PdsProductDetail;
  readonly #reader: ListReader;
  readonly #versions: 'latest' | 'all';
  /** From the first level down, ending with the product itself. */
  readonly #chains: readonly (readonly PdsProduct[])[];
  /** Lists that were asked for whole, by their path. */
  readonly #whole: Set<string>;

  constructor(
    reader: ListReader,
    detail: PdsProductDetail,
    versions: 'latest' | 'all',
    whole: readonly string[] = [],
  ) {
    this.detail = detail;
    this.#reader = reader;
    this.#versions = versions;
    this.#chains = chainsTo(detail);
    this.#whole = new Set(whole);
  }

  /** Paths of lists that are shown whole. JSON. */
  get whole(): string[] {
    return [...this.#whole];
  }

  /** From now on a list is shown whole. */
  showWhole(path: readonly string[]): void {
    this.#whole.add(keyOf(path));
  }

  /** What of a list lies on the way to the product; empty where it is shown whole. */
  wayThrough(path: readonly string[]): readonly PdsProduct[] {
    if (this.#whole.has(keyOf(path))) return [];
    const found = new Map<string, PdsProduct>();
    for (const chain of this.#chains) {
      const next = chain[path.length];
      if (next !== undefined && path.every((key, at) => chain[at]?.lidvid === key)) {
        found.set(next.lidvid, next);
      }
    }
    return [...found.values()];
  }

  async load(wanted: ChildrenWanted, signal: AbortSignal): Promise<ChildrenAnswer<PdsNode>> {
    const { path } = wanted;
    const way = this.wayThrough(path);
    if (path.length === 0) return { nodes: nodesOf(way, path), total: way.length };
    const of = membersOf(path, this.#versions);
    if (way.length === 0) return readList(this.#reader, of, wanted, signal);
    const { hits } = await this.#reader.read(of, 0, pageSize, signal);
    const isAll = hits !== null && hits <= way.length;
    const total = hits === null ? null : Math.max(hits, way.length);
    return { nodes: nodesOf(way, path), total, next: isAll ? null : behindRow };
  }

  /** The tree as it is first shown: opened down to the product in all of its places. */
  opened(): TreeSnapshot {
    const { product } = this.detail;
    let isShown = false;
    const shapeOf = (path: string[], key: string, slot: number): BranchShape => {
      const way = this.wayThrough(path);
      // What is in the product itself is shown once, at its first place.
      if (way.length === 0) return { key, slot, ...emptyList, open: [] };
      const open = way.flatMap(({ lidvid, level }, at) => {
        if (lidvid === product.lidvid) {
          if (level === 'product' || isShown) return [];
          isShown = true;
        }
        return [shapeOf([...path, lidvid], lidvid, at)];
      });
      if (path.length === 0) {
        return { key, slot, total: way.length, isDirect: true, end: way.length, steps: [], open };
      }
      const steps: BranchShape['steps'] = [[0, null]];
      const list = { total: null, isDirect: false, end: way.length, steps, next: behindRow };
      return { key, slot, ...list, open };
    };
    return { version: 1, root: shapeOf([], '', 0) };
  }

  /** Row of the product at its first place in the tree as it is first shown. */
  get firstRow(): number {
    return (this.#chains[0]?.length ?? 1) - 1;
  }
}

/** A snapshot in which a list forgot what it held, so that it is asked for from its start. */
export function withoutList(snapshot: TreeSnapshot, path: readonly string[]): TreeSnapshot {
  const change = (shape: BranchShape, depth: number): BranchShape => {
    if (depth === path.length) {
      return { key: shape.key, slot: shape.slot, ...emptyList, open: shape.open };
    }
    const open = shape.open.map((one) => (one.key === path[depth] ? change(one, depth + 1) : one));
    return { ...shape, open };
  };
  return { version: 1, root: change(snapshot.root, 0) };
}

const emptyList: Pick<BranchShape, 'total' | 'isDirect' | 'end' | 'steps'> = {
  total: null,
  isDirect: false,
  end: 0,
  steps: [],
};

function chainsTo({ chains, product }: PdsProductDetail): PdsProduct[][] {
  const whole = chains.slice(0, mostPlaces).map((chain) => [...chain, product]);
  return whole.length === 0 ? [[product]] : whole;
}

const keyOf = (path: readonly string[]): string => path.join(' ');
