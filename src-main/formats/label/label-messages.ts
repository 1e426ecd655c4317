/** Runs anywhere. What the core and the labels' worker say to each other. */
import type {
  LabelFold,
  LabelHit,
  LabelNode,
  LabelRowPlace,
  LabelRows,
  LabelSearch,
  LabelSource,
  LabelState,
  LabelXPathError,
  LabelXPathResult,
} from '#contract/labels.ts';

interface OfLabel {
  id: number;
}

export interface LabelCalls {
  open: {
    args: OfLabel & { fileName: string; bytesPromised: number | null };
    result: LabelState;
  };
  /** The first bytes of a block, which is handed over and comes back. */
  write: {
    args: OfLabel & { block: ArrayBuffer; length: number };
    result: { state: LabelState; block: ArrayBuffer };
  };
  /** `broken`: why no more bytes will come, in words; null where that was all. */
  end: { args: OfLabel & { broken: string | null }; result: LabelState };
  state: { args: OfLabel; result: LabelState };
  rows: { args: OfLabel & { from: number; count: number }; result: LabelRows };
  fold: { args: OfLabel & { change: LabelFold }; result: number };
  reveal: { args: OfLabel & { node: number }; result: LabelRowPlace | null };
  search: { args: OfLabel & { text: string; onlyMatches: boolean }; result: LabelSearch };
  hit: { args: OfLabel & { at: number }; result: LabelHit | null };
  hitFrom: {
    args: OfLabel & { node: number; direction: 'next' | 'previous' };
    result: LabelHit | null;
  };
  node: { args: OfLabel & { node: number }; result: LabelNode | null };
  nodeAt: { args: OfLabel & { sourceRow: number }; result: { node: number } | null };
  xpath: {
    args: OfLabel & { expression: string; from: number; count: number };
    result: LabelXPathResult | LabelXPathError;
  };
  source: { args: OfLabel & { from: number; count: number }; result: LabelSource };
  close: { args: OfLabel; result: null };
}

export type LabelCall = {
  [K in keyof LabelCalls]: { call: number; name: K; args: LabelCalls[K]['args'] };
}[keyof LabelCalls];

export type LabelReply =
  | { call: number; ok: true; value: unknown }
  /** `isGone`: no such label is open. */
  | { call: number; ok: false; message: string; isGone: boolean };
