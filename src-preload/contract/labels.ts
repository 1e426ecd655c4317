/** PDS4 labels, as every shell sees them. Pure types. Rows, search and source are asked for in small parts. */
import type { AnswerAge } from './age.ts';

/** Rows, source lines or matches in one answer, at most. */
export type LabelPartLimit = 200;

/** Two sums of places where something went wrong, counted from 1 as editors do. */
export interface LabelPlace {
  line: number;
  column: number;
}

/** A prefix that the label declares. `pds` stands for the default namespace. */
export interface LabelNamespace {
  /** As expressions and paths use it. */
  prefix: string;
  uri: string;
  /** Declared without a prefix in the label itself. */
  isDefault: boolean;
}

/** Why a label could not be read to its end. What was read up to there is kept and can be shown. */
export interface LabelProblem {
  /** For a person: what happened, what it means, what to do. */
  message: string;
  place: LabelPlace | null;
}

/** What is known of an open label; while it is being read, up to there. */
export interface LabelState {
  id: number;
  fileName: string;
  /** When its bytes are from; `problem` where a kept copy stands in. Null where nobody knows. */
  age: AnswerAge | null;
  /** Bytes read so far; all of them once `isComplete`. */
  bytes: number;
  /** As the server promised; null where it did not. */
  bytesPromised: number | null;
  /** Nothing more will come, be it because of a problem. */
  isComplete: boolean;
  problem: LabelProblem | null;
  /** What was odd about the file and how it was taken, in words for the user. */
  notes: string[];
  /** By its WHATWG name, such as utf-8. */
  encoding: string;
  elements: number;
  /** Rows that the tree shows as it is folded now. */
  rows: number;
  sourceRows: number;
  /** Qualified name of the root element; null while it has not come. */
  root: string | null;
  namespaces: LabelNamespace[];
  /** Such as 1.10.1.0. */
  informationModel: string | null;
}

/** A stretch of a row that the search found. UTF-16 units of the text that the row shows there. */
export interface LabelMark {
  part: 'name' | 'value' | 'unit' | 'attribute-name' | 'attribute-value';
  /** Which of the row's attributes; null for other parts. */
  attribute: number | null;
  start: number;
  end: number;
}

export interface LabelAttribute {
  /** With its prefix, as in the label. */
  name: string;
  value: string;
  /** More of the value than is given here. */
  isCut: boolean;
}

export interface LabelRow {
  /** Names the node for as long as the label is open. */
  node: number;
  /** The node that it is in; null for the root. */
  parent: number | null;
  /** text: words beside elements, which are rare in PDS4. */
  kind: 'element' | 'text';
  /** 0 for the root. */
  depth: number;
  /** As in the label; empty for the default namespace. */
  prefix: string;
  name: string;
  /** Text of a leaf without the blanks around it; null where there are elements within. */
  value: string | null;
  /** More of the value than is given here. */
  isCut: boolean;
  /** The attribute `unit`. */
  unit: string | null;
  /** The others; neither `unit` nor declarations of namespaces. At most 16. */
  attributes: LabelAttribute[];
  children: number;
  isOpen: boolean;
  /** Place among its siblings, from 1, and their number: aria-posinset and aria-setsize. */
  place: number;
  siblings: number;
  marks: LabelMark[];
  /** Place of the row's first hit among all hits, from 0; null where it holds none. */
  firstHit: number | null;
}

export interface LabelRows {
  from: number;
  /** Rows that the tree shows now. */
  total: number;
  rows: LabelRow[];
}

/** What is to be unfolded or folded: one element, or everything down to a depth (null: all). */
export type LabelFold =
  | { what: 'node'; node: number; isOpen: boolean }
  /** An element and all within. */
  | { what: 'branch'; node: number; isOpen: boolean }
  /** Rows above this depth are open, the others folded. 1 leaves the root's children in view. */
  | { what: 'depth'; depth: number | null };

export interface LabelSearch {
  /** Every occurrence of a word counts, in the order of the label. */
  hits: number;
  rows: number;
  /** False while the label was still being read: ask again when it is complete. */
  isComplete: boolean;
  /** Rows that the tree shows now. */
  total: number;
}

/** A row brought into view. */
export interface LabelRowPlace {
  node: number;
  /** Place among the rows in view, from 0. */
  position: number;
  total: number;
}

export interface LabelHit extends LabelRowPlace {
  /** Place among all hits, from 0. */
  hit: number;
  mark: LabelMark | null;
}

/** Everything about one element, for the inspector. */
export interface LabelNode {
  node: number;
  kind: 'element' | 'text';
  /** With its prefix, as in the label. */
  name: string;
  namespace: string;
  value: string | null;
  isCut: boolean;
  unit: string | null;
  attributes: LabelAttribute[];
  /** XPath with the prefixes of LabelState.namespaces. */
  path: string;
  /** The same by local-name(), which needs no prefixes. */
  localPath: string;
  /** Field by which the registry finds products with this value; null for what it does not index. */
  registryName: string | null;
  /** Row of the source on which the element begins. */
  sourceRow: number;
}

/** One match of an expression. */
export interface LabelMatch {
  /** Node to reveal; for an attribute, the element that bears it. Null for what has no row. */
  node: number | null;
  path: string;
  value: string;
  isCut: boolean;
}

export type LabelXPathResult =
  | {
      type: 'nodes';
      total: number;
      from: number;
      matches: LabelMatch[];
      /** Why there may be no match, where that can be told. */
      hint: string | null;
      /** The label was read to its end. */
      isComplete: boolean;
    }
  | { type: 'string'; value: string; isComplete: boolean }
  /** `text` is the number as XPath writes it: NaN and Infinity do not travel as JSON. */
  | { type: 'number'; value: number; text: string; isComplete: boolean }
  | { type: 'boolean'; value: boolean; isComplete: boolean };

/** Why an expression was refused; `position` counts UTF-16 units from 0. */
export interface LabelXPathError {
  type: 'error';
  position: number | null;
  message: string;
}

/** A line of the source, or a part of a long one. */
export interface LabelSourceRow {
  /** From 1; the same for all parts of a line. */
  line: number;
  /** Goes on with the line before. */
  isContinued: boolean;
  text: string;
}

export interface LabelSource {
  from: number;
  total: number;
  rows: LabelSourceRow[];
}
