/**
 * Runs in plain Node. What failures of the network are called: what happened, what it means for the user's
 * work, what to do. The archive's own words stay in.
 */
import type { Lane } from './http-client.ts';

export const archiveNames: Readonly<Record<Lane, string>> = {
  'nasa-api': 'NASA',
  'nasa-files': 'NASA',
  'pds-api': 'The PDS registry',
  'pds-files': 'The PDS data node',
  astrobin: 'AstroBin',
};

const small = ['no times', 'once', 'twice', 'three times', 'four times', 'five times'];

/** "once", "twice", "three times". */
export function timesInWords(count: number): string {
  return small[count] ?? `${String(count)} times`;
}

/** "under a second", "1 second", "40 seconds", "3 minutes". */
export function durationInWords(ms: number): string {
  if (ms < 1000) return 'under a second';
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return seconds === 1 ? '1 second' : `${String(seconds)} seconds`;
  return `${String(Math.round(seconds / 60))} minutes`;
}

const quoteLimit = 300;

/** The archive's own words as one line of bounded length, without control characters; null when it said none. */
export function quoteArchive(text: string | null): string | null {
  if (text === null) return null;
  // eslint-disable-next-line no-control-regex -- taking control characters out is the purpose
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim();
  if (line === '') return null;
  return line.length > quoteLimit ? `${line.slice(0, quoteLimit)}…` : line;
}
