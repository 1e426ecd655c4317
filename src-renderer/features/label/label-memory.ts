/** Runs in the page. Pure: what is kept of a label's view over navigation and restart, and the reader that trusts none of it. */
import type { TreePlace } from '../../ui/tree-grid/tree-grid-state.svelte.ts';

export type LabelTab = 'tree' | 'source';
export type PathStyle = 'prefixes' | 'local-name';

export interface LabelMemory {
  tab: LabelTab;
  style: PathStyle;
  text: string;
  wantsXPath: boolean;
  onlyMatches: boolean;
  /** XPath of the selected element, with prefixes; null where none was. */
  path: string | null;
  place: TreePlace | null;
  /** Row of the source at the top of its view. */
  sourceRow: number;
  folds: FoldMemory;
}

export interface FoldMemory {
  /** Down to which depth the tree was opened; null for all, undefined as a label opens by itself. */
  depth?: number | null;
  /** Elements folded or unfolded since, in this order. */
  paths: [path: string, isOpen: boolean][];
}

/** Folds that are kept; each costs a question when the label is opened again. */
export const mostFolds = 60;
const longestPath = 2000;
const longestText = 2000;

export const emptyMemory: LabelMemory = {
  tab: 'tree',
  style: 'prefixes',
  text: '',
  wantsXPath: false,
  onlyMatches: false,
  path: null,
  place: null,
  sourceRow: 0,
  folds: { paths: [] },
};

/** With one more fold by hand; the last word on an element counts. */
export function withFold(folds: FoldMemory, path: string, isOpen: boolean): FoldMemory {
  if (path.length > longestPath) return folds;
  const others = folds.paths.filter(([known]) => known !== path);
  return { ...folds, paths: [...others, [path, isOpen] as [string, boolean]].slice(-mostFolds) };
}

export function parseMemory(value: unknown): LabelMemory {
  if (typeof value !== 'object' || value === null) return emptyMemory;
  const kept = value as Record<string, unknown>;
  const { text, path } = kept;
  return {
    tab: kept['tab'] === 'source' ? 'source' : 'tree',
    style: kept['style'] === 'local-name' ? 'local-name' : 'prefixes',
    text: typeof text === 'string' ? text.slice(0, longestText) : '',
    wantsXPath: kept['wantsXPath'] === true,
    onlyMatches: kept['onlyMatches'] === true,
    path: isPath(path) ? path : null,
    place: parsePlace(kept['place']),
    sourceRow: isIndex(kept['sourceRow']) ? kept['sourceRow'] : 0,
    folds: parseFolds(kept['folds']),
  };
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('/') && value.length <= longestPath;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function parsePlace(value: unknown): TreePlace | null {
  if (typeof value !== 'object' || value === null) return null;
  const { index, within, current } = value as Record<string, unknown>;
  if (!isIndex(index) || typeof within !== 'number' || !(within >= 0 && within < 1)) return null;
  return { index, within, current: isIndex(current) ? current : null };
}

function parseFolds(value: unknown): FoldMemory {
  if (typeof value !== 'object' || value === null) return { paths: [] };
  const { depth, paths } = value as Record<string, unknown>;
  const list: unknown[] = Array.isArray(paths) ? paths : [];
  const known = list.filter(
    (one): one is [string, boolean] =>
      Array.isArray(one) && isPath(one[0]) && typeof one[1] === 'boolean',
  );
  const isDepth = depth === null || isIndex(depth);
  return {
    ...(isDepth ? { depth } : {}),
    paths: known.slice(-mostFolds),
  };
}
