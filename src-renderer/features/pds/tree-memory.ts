/** Runs in the page, pure. What the history keeps of a place in the registry's tree, and the reader of it. */
import type { BranchShape } from '../../lib/tree/branch.ts';
import { parseTreeSnapshot, type TreeSnapshot } from '../../lib/tree/tree-snapshot.ts';
import type { TreePlace } from '../../ui/tree-grid/tree-grid-state.svelte.ts';
import { placeKeys } from './place-keeping.ts';

/** What the history keeps of a place. JSON; anything else is as if nothing were kept. */
export interface TreeMemory {
  tree: TreeSnapshot | null;
  /** Paths of lists that are shown whole. */
  whole: string[];
  withSuperseded: boolean;
  grid: TreePlace | null;
  selection: unknown;
}

/** Nothing is kept of a place. */
export function emptyMemory(withSuperseded = false): TreeMemory {
  return { tree: null, whole: [], withSuperseded, grid: null, selection: null };
}

/** Reads what the history kept; what is not of this shape is left out. */
export function readTreeMemory(recall: (key: string) => unknown): TreeMemory {
  const kept = recall(placeKeys.tree);
  const { tree, whole } = (kept ?? {}) as { tree?: unknown; whole?: unknown };
  const paths = Array.isArray(whole) ? (whole as unknown[]).slice(0, 200) : [];
  return {
    tree: parseTreeSnapshot(tree),
    whole: paths.filter((path) => typeof path === 'string'),
    withSuperseded: recall(placeKeys.superseded) === true,
    grid: parsePlace(recall(placeKeys.grid)),
    selection: recall(placeKeys.selection),
  };
}

function parsePlace(value: unknown): TreePlace | null {
  if (typeof value !== 'object' || value === null) return null;
  const { index, within, current } = value as Partial<Record<keyof TreePlace, unknown>>;
  const isRow = (row: unknown): row is number => Number.isSafeInteger(row) && Number(row) >= 0;
  if (!isRow(index) || typeof within !== 'number' || !(within >= 0 && within < 1)) return null;
  return { index, within, current: isRow(current) ? current : null };
}

/** Members of nodes as they were counted when each was opened, by lidvid. */
export function* countsIn(shape: BranchShape): Generator<[string, number]> {
  for (const one of shape.open) {
    if (one.total !== null) yield [one.key, one.total];
    yield* countsIn(one);
  }
}

/** Lists of other lengths: each is asked for from its start, with the same nodes open. */
export function withUnknownCounts({ root }: TreeSnapshot): TreeSnapshot {
  const change = (shape: BranchShape): BranchShape => ({
    key: shape.key,
    slot: shape.slot,
    total: null,
    isDirect: false,
    end: 0,
    steps: [],
    open: shape.open.map(change),
  });
  // The first level lists bundles, or the way to a product: it stays as long as it is.
  return { version: 1, root: { ...root, open: root.open.map(change) } };
}
