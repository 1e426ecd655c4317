/**
 * Runs in plain Node. What all of the registry's media types have in common once they are read: rows of named
 * values, and a summary of which every part may be missing.
 */
import { ArchiveError } from '#contract/errors.ts';
import type { PdsDialect } from '#contract/pds.ts';

/** Values of one name; null where the registry has a null, so that positions in parallel lists stay right. */
export type WireValues = (string | null)[];

export interface WireReference {
  id: string;
  role: 'investigation' | 'component' | 'target';
}

/** One product, whichever type it came in; what a type does not tell is null or empty. */
export interface WireRow {
  /** lidvid, or what stands in its place. Empty where the row names no product (few fields asked for). */
  id: string;
  type: string | null;
  title: string | null;
  description: string | null;
  start: string | null;
  stop: string | null;
  labelUrl: string | null;
  version: string | null;
  archiveStatus: string | null;
  references: WireReference[];
  /** Names with "." between class and attribute. */
  properties: Map<string, WireValues>;
  /** The archived label, where the type carries it: XML as text, or the service's translation to JSON. */
  label: string | Record<string, unknown> | null;
}

export interface WireList {
  /** Null where the registry doesn't say (2023), or says -1 (too costly to count). */
  hits: number | null;
  rows: WireRow[];
  /** Rows that could not be read. */
  unreadable: number;
  /** How many of those stand after the last row that could be read. */
  unreadableAtEnd?: number;
  /** False for one product without a list around it. */
  isList: boolean;
  /** The dialect that the summary gives away; null where it could be either. */
  dialect: PdsDialect | null;
}

/** A row about which nothing is known yet. */
export function emptyRow(): WireRow {
  return {
    id: '',
    type: null,
    title: null,
    description: null,
    start: null,
    stop: null,
    labelUrl: null,
    version: null,
    archiveStatus: null,
    references: [],
    properties: new Map(),
    label: null,
  };
}

/** Names as we show them. 1.3 writes "pds:File/pds:file_size" in places, and both mean the same to it. */
export function propertyName(name: string): string {
  return name.replaceAll('/', '.');
}

/** Text of a value; null for what has none. */
export function wireText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Text with something in it. A null in the store shows as the text "null" in places. */
export function maybeText(value: unknown): string | null {
  const text = wireText(value)?.trim() ?? '';
  return text === '' || text === 'null' ? null : text;
}

/** A count; numbers in text are accepted, -1 means that nobody counted. */
export function maybeCount(value: unknown): number | null {
  const text = wireText(value) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The first value that says something. */
export function firstOf(row: Pick<WireRow, 'properties'>, ...names: string[]): string | null {
  for (const name of names) {
    const value = row.properties.get(name)?.find((one) => maybeText(one) !== null);
    if (value !== undefined && value !== null) return value.trim();
  }
  return null;
}

/** The id of a row from its own properties, where its type has no id of its own. */
export function idIn(row: Pick<WireRow, 'properties'>): string {
  const lidvid = firstOf(row, 'lidvid');
  if (lidvid !== null) return lidvid;
  const lid = firstOf(row, 'lid', 'pds:Identification_Area.pds:logical_identifier');
  const vid = firstOf(row, 'vid', 'pds:Identification_Area.pds:version_id');
  return lid === null ? '' : vid === null ? lid : `${lid}::${vid}`;
}

/** The error of an answer that holds no products. `what` came instead. */
export function notProducts(what: string): ArchiveError {
  return new ArchiveError({
    code: 'bad-answer',
    message: `The PDS registry answered with ${what} instead of products. Nothing was lost. Try again in a while.`,
    retryable: true,
  });
}
