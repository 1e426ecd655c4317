/** Runs in the page. Pure: texts of a label in the pieces in which they are shown. */
import type { LabelMark } from '#contract/labels.ts';
import type { TextPart } from '../../lib/text-parts.ts';

/** A text with what was found in it marked; marks that overlap or reach beyond the text are taken as far as they go. */
export function markParts(
  text: string,
  marks: readonly LabelMark[],
  part: LabelMark['part'],
  attribute: number | null = null,
): TextPart[] {
  const own = marks.filter((mark) => mark.part === part && mark.attribute === attribute);
  if (own.length === 0) return [{ text, isMatch: false }];
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end } of [...own].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, start);
    if (end <= from || from >= text.length) continue;
    if (from > at) parts.push({ text: text.slice(at, from), isMatch: false });
    parts.push({ text: text.slice(from, end), isMatch: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isMatch: false });
  return parts;
}

/** A path in its steps, each with the slashes before it: `/pds:a`, `//*[local-name()='b/c']`. */
export function pathSteps(path: string): string[] {
  const steps: string[] = [];
  let step = '';
  let quote = '';
  let depth = 0;
  for (const sign of path) {
    const isBetween = quote === '' && depth === 0;
    if (sign === '/' && isBetween && step !== '' && !/^\/+$/.test(step)) {
      steps.push(step);
      step = '';
    }
    step += sign;
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '[') depth += 1;
    else if (sign === ']') depth -= 1;
  }
  if (step !== '') steps.push(step);
  return steps;
}

/** The path of what holds it, so many levels below the root; the path itself where it is no deeper. */
export function pathAtDepth(path: string, depth: number): string {
  return pathSteps(path)
    .slice(0, depth + 1)
    .join('');
}

/** Blanks and line ends count as one blank: as a row shows a value. */
export function onOneLine(text: string): string {
  return text.replace(/[\t\n\r]/g, ' ');
}

/** Words of a search as main takes them: parted by blanks, in quotes as one. */
export function searchWords(text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/[“”„«»]/g, '"')
    .split('"')
    .flatMap((part, at) => (at % 2 === 1 ? [part.trim()] : part.split(/\s+/)));
  return [...new Set(words)].filter((word) => word !== '').slice(0, 16);
}

/** Why a value cannot stand in a query of the registry; null where it can. Its texts have no escapes. */
export function queryValueFault(
  value: string | null,
  isCut: boolean,
): 'none' | 'long' | 'quote' | null {
  if (value === null || value === '') return 'none';
  if (isCut || value.length > 1000) return 'long';
  return /["\n\r]/.test(value) ? 'quote' : null;
}

/** A query for all products that have this value; the caller has asked `queryValueFault`. */
export function queryFor(field: string, value: string): string {
  return `(${field} eq "${value}")`;
}

/** A namespace as people tell them apart: without the scheme that all share. */
export function shortNamespace(uri: string): string {
  return uri.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
