/**
 * Runs anywhere; pure. A plan as CSV (RFC 4180): a header, CRLF, quotes where they are needed. A cell that a
 * spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV Injection").
 */
import {
  checksumOf,
  plainPath,
  plainUrl,
  type PlannedFile,
  type PlanSource,
} from './planned-file.ts';

const columns = [
  ...['ref', 'archive', 'rendition', 'url', 'path', 'bytes', 'bytes_exact', 'md5', 'sha256'],
  ...['title', 'credit', 'licence'],
];

export async function* toCsv(plan: PlanSource): AsyncGenerator<string, void> {
  yield `${columns.join(',')}\r\n`;
  for await (const file of plan()) yield `${cellsOf(file).map(toCell).join(',')}\r\n`;
}

function cellsOf(file: PlannedFile): (string | null)[] {
  const { ref, archive, rendition, bytes, isExact, title, credit, licence } = file;
  return [
    ...[ref, archive, rendition, plainUrl(file.url), plainPath(file.path)],
    ...(bytes === null ? [null, null] : [String(bytes), String(isExact)]),
    ...[checksumOf(file, 'md5'), checksumOf(file, 'sha256'), title, credit, licence],
  ];
}

/** One cell. Blanks and quotes before a formula do not keep a spreadsheet from running it. */
export function toCell(value: string | null): string {
  const text = (value ?? '').toWellFormed().replaceAll('\0', '\ufffd');
  const safe = /^[\s'"]*[=+\-@\t\r\n|%＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n\t;']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
