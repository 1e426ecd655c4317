/**
 * Stored result sets: every record of a query, past the archive's own ceiling, kept on disk by position.
 * Pure types; the endpoints are in contract.ts.
 */
import type { NasaSearchQuery } from './domain.ts';
import type { WireError } from './errors.ts';

export type { AnswerAge } from './age.ts';

/** Results of a query that a listing could not reach. */
export interface ResultGap {
  /** The part of the query that is not whole, as search parameters. */
  slice: NasaSearchQuery;
  /** Results that the archive counts in it. */
  hits: number;
  /** Results of it that are stored. */
  listed: number;
  /**
   * `indistinguishable`: more than the archive lists, and no parameter tells them apart.
   * `failed`: the archive did not answer; trying again may fill it.
   * `changed`: the archive's count and its pages do not agree.
   */
  reason: 'indistinguishable' | 'failed' | 'changed';
  message: string;
}

export type ResultSetState =
  /** Being fetched now. */
  | 'listing'
  /** Stopped by the user or by the end of the process; `resume` goes on where it was. */
  | 'paused'
  /** All that the archive counts is stored. */
  | 'complete'
  /** Ended; `gaps` says what is missing and why. */
  | 'partial'
  /** Nothing more can be done without a change; `error` says why. What is stored stays. */
  | 'failed';

/** All results of one query, stored. Positions run from 0 to `stored` - 1 and never change. */
export interface ResultSet {
  id: string;
  query: NasaSearchQuery;
  state: ResultSetState;
  /** As the archive counts the whole query; null before its first answer. */
  total: number | null;
  /** Distinct records on disk. */
  stored: number;
  /** `total` less `stored`, once ended; 0 while listing. */
  missing: number;
  gaps: ResultGap[];
  requests: number;
  startedAtMs: number;
  endedAtMs: number | null;
  error: WireError | null;
}

/** Positions of a result set, the first and the last included. */
export type PositionRange = [first: number, last: number];

/**
 * What the user chose, loaded or not: single records, or a whole result set but for some. With `ranges` only the
 * positions in them are meant (ascending, disjoint), less `except`: half of a million is one pair of numbers.
 */
export type RecordSelection =
  | { kind: 'refs'; refs: string[] }
  | { kind: 'results'; id: string; except: string[]; ranges?: PositionRange[] | undefined };
