/**
 * Runs in plain Node. The registry's csv: a row of names, then quoted cells. Quotes inside a cell are not escaped,
 * and a cell may hold line breaks, so only `","` and `"` at a line's end count as ends of cells.
 */
import { splitPair } from './read-json-types.ts';
import { notProducts, emptyRow, idIn, propertyName, type WireList, type WireRow } from './wire.ts';

/** Reads a table. Rows with another number of cells than there are names are counted and skipped. */
export function readCsv(text: string): WireList {
  const end = text.indexOf('\n');
  const head = (end < 0 ? text : text.slice(0, end)).replace(/\r$/, '');
  const names = head.split(',').map((name) => propertyName(name.trim().replace(/^"|"$/g, '')));
  if (names.every((name) => name === '')) throw notProducts('nothing');
  const rows: WireRow[] = [];
  let unreadable = 0;
  for (const record of recordsIn(end < 0 ? '' : text.slice(end + 1), names.length)) {
    if (record === null) unreadable += 1;
    else rows.push(rowOf(names, record));
  }
  return { hits: null, rows, unreadable, isList: true, dialect: null };
}

/**
 * Cells of each record. A record ends at a line's end outside of quotes, or after a closing quote once it has as
 * many cells as there are names.
 */
function* recordsIn(text: string, width: number): Generator<string[] | null> {
  const lines = text.split(/\r?\n/);
  let pending = '';
  for (const line of lines) {
    if (pending === '' && line.trim() === '') continue;
    pending = pending === '' ? line : `${pending}\n${line}`;
    const cells = cellsOf(pending);
    if (cells === null || (cells.length < width && pending.length < longestRecord)) continue;
    yield cells.length === width ? cells : null;
    pending = '';
  }
  if (pending !== '') yield null;
}

/** A record that grows past this has lost its end. */
const longestRecord = 1024 * 1024;

/** The cells of one record; null while a quoted cell is open. */
function cellsOf(record: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (record[at] === '"') {
      const close = closingQuote(record, at + 1);
      if (close < 0) return null;
      cells.push(record.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
    } else {
      const comma = record.indexOf(',', at);
      const stop = comma < 0 ? record.length : comma;
      cells.push(record.slice(at, stop).trim());
      at = stop;
    }
    if (at >= record.length) return cells;
    at += 1;
    if (at >= record.length) return [...cells, ''];
  }
}

/** The quote that ends a cell: followed by a comma that begins another cell, or by the end. */
function closingQuote(record: string, from: number): number {
  for (let at = record.indexOf('"', from); at >= 0; at = record.indexOf('"', at + 1)) {
    const rest = record.slice(at + 1, at + 3);
    if (rest === '' || rest === ',"' || rest === ',' || rest === ',,') return at;
  }
  return -1;
}

function rowOf(names: readonly string[], cells: readonly string[]): WireRow {
  const row = emptyRow();
  names.forEach((name, at) => {
    const cell = cells[at] ?? '';
    if (name !== '' && cell !== '' && cell !== 'null') {
      row.properties.set(name, splitPair(name, cell));
    }
  });
  row.id = idIn(row);
  return row;
}
