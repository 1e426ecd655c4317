/** Runs in plain Node. The line of a caption file that says from when to when. */
import type { Cue } from '#contract/captions.ts';

export type TimeSpan = Pick<Cue, 'startMs' | 'endMs'>;

/** Longer than any recording; what claims more is not a time. */
const longestMs = 1000 * 3_600_000;

/** `hh:mm:ss`, `mm:ss` or `hhh:mm:ss`, with a part of a second behind a comma or a dot, or without one. */
const clock = String.raw`(-?)\s?(\d{1,4})\s?:\s?(\d{1,2})(?:\s?:\s?(\d{1,2}))?(?:\s?([,.])\s?(\d{1,9}))?`;
const pattern = new RegExp(
  String.raw`^${clock}\s*(?:-{1,3}\s?>|[\u2013\u2014]>|=>)\s*${clock}(?=\s|$)`,
);

const colon = 58;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const meant = /^-?\s?\d{1,4}\s?[:.]\s?\d.*?(?:--\s?>|[\w.]\s*(?:->|=>|[\u2013\u2014]>))/;

/** True for a line that means to be a time line, readable or not: a clock, and an arrow behind it. */
export function looksLikeTimeLine(line: string): boolean {
  const first = line.charCodeAt(0);
  return (isDigit(first) || first === 45) && line.includes('>') && meant.test(line);
}

/**
 * Reads a time line without blanks around it. What follows the times (settings, coordinates) is not looked at.
 * Times may be below zero and the end may lie before the start: repairing that is the reader's to do.
 *
 * WebVTT without hours must have exactly two digits of seconds and three behind the dot: `00:01.04` may mean
 * minutes or hours. A first number above 59 is then hours (as vtt.js takes it). SubRip is less strict.
 */
export function parseTimeLine(line: string, format: 'srt' | 'vtt'): TimeSpan | null {
  return parseUsual(line) ?? parseUnusual(line, format);
}

/** `hh:mm:ss,mmm --> hh:mm:ss,mmm`, which nearly all lines are. */
function parseUsual(line: string): TimeSpan | null {
  if (line.length < 29 || !line.startsWith(' --> ', 12)) return null;
  if (line.length > 29 && line.charCodeAt(29) !== 32) return null;
  const startMs = parseUsualClock(line, 0);
  const endMs = parseUsualClock(line, 17);
  return startMs === null || endMs === null ? null : { startMs, endMs };
}

function parseUsualClock(line: string, at: number): number | null {
  const mark = line.charCodeAt(at + 8);
  if (line.charCodeAt(at + 2) !== colon || line.charCodeAt(at + 5) !== colon) return null;
  if (mark !== 44 && mark !== 46) return null;
  const hours = readPair(line, at);
  const minutes = readPair(line, at + 3);
  const seconds = readPair(line, at + 6);
  const hundredths = readPair(line, at + 9);
  const last = line.charCodeAt(at + 11);
  if (!isDigit(last)) return null;
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10 + last - 48;
  return Number.isNaN(ms) ? null : ms;
}

/** Two digits, else NaN. */
function readPair(line: string, at: number): number {
  const tens = line.charCodeAt(at);
  const ones = line.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}

function parseUnusual(line: string, format: 'srt' | 'vtt'): TimeSpan | null {
  if (!looksLikeTimeLine(line)) return null;
  const match = pattern.exec(line);
  if (match === null) return null;
  const startMs = clockToMs(match.slice(1, 7), format);
  const endMs = clockToMs(match.slice(7, 13), format);
  if (startMs === null || endMs === null) return null;
  return Math.max(Math.abs(startMs), Math.abs(endMs)) > longestMs ? null : { startMs, endMs };
}

function clockToMs(parts: readonly (string | undefined)[], format: 'srt' | 'vtt'): number | null {
  const [sign, first = '', second = '', third, , fraction] = parts;
  if (third === undefined && format === 'vtt' && (second.length !== 2 || fraction?.length !== 3)) {
    return null;
  }
  const isHoursFirst = third !== undefined || (format === 'vtt' && Number(first) > 59);
  const hours = isHoursFirst ? Number(first) : 0;
  const minutes = Number(isHoursFirst ? second : first);
  const seconds = third === undefined ? (isHoursFirst ? 0 : Number(second)) : Number(third);
  const ms = Number((fraction ?? '0').padEnd(3, '0').slice(0, 3));
  const all = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
  return sign === '-' ? -all : all;
}
