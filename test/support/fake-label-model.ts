/** Runs in a page. What the fake core asks of a label: a made one, whole in memory, or a million rows by position. */
import type { LabelFold, LabelNode, LabelRow, LabelXPathError } from '#contract/labels.ts';

export interface FakeMatch {
  node: number;
  path: string;
  value: string;
}

export type FakeXPath = { matches: FakeMatch[] } | { number: number } | LabelXPathError;

export interface FakeLabel {
  readonly elements: number;
  /** Rows in view. */
  readonly total: number;
  readonly sourceRows: number;
  rows(from: number, count: number): LabelRow[];
  fold(fold: LabelFold): void;
  /** Row of a node, with what hides it opened; null where there is none. */
  reveal(node: number): number | null;
  search(text: string, onlyMatches: boolean): { hits: number; rows: number };
  /** Node and mark of a hit. */
  hit(at: number): { node: number; mark: LabelRow['marks'][number] } | null;
  hitFrom(node: number, direction: 'next' | 'previous'): number | null;
  node(node: number): LabelNode | null;
  xpath(expression: string): FakeXPath;
  source(row: number): string;
  /** Node of the element that begins there, or last before. */
  nodeAt(sourceRow: number): number | null;
  /** Only the nodes before this one have been read. */
  readUpTo(node: number): void;
}

export const namespaces = [
  { prefix: 'pds', uri: 'http://pds.nasa.gov/pds4/pds/v1', isDefault: true },
  { prefix: 'insight', uri: 'http://pds.nasa.gov/pds4/mission/insight/v1', isDefault: false },
];

export function uriOf(prefix: string): string {
  const known = namespaces.find((one) => one.prefix === (prefix === '' ? 'pds' : prefix));
  return known?.uri ?? '';
}

/** Words of a search; what stands in quotes is one. */
export function wordsOf(text: string): string[] {
  const found = text.toLowerCase().matchAll(/"([^"]+)"|(\S+)/g);
  return [...found].map(([, quoted, plain]) => quoted ?? plain ?? '').filter((word) => word !== '');
}
