/**
 * Runs in plain Node. A checksum with each row of user data: SQLite checks the structure of its pages, not
 * what is in them, so a flipped bit in a note would go unseen. First 8 bytes of SHA-256 over a canonical
 * encoding of the row.
 */
import { createHash } from 'node:crypto';
import type { Database, SqlRow, SqlValue } from './database.ts';

/** What of a table the checksum covers, in this order. Never changed once released: a migration adds a table version. */
export interface ChecksummedTable {
  table: string;
  /** Integer key by which the table is walked. */
  key: string;
  columns: readonly string[];
}

export interface DamagedRow {
  table: string;
  key: number;
}

/** Type, length and bytes of each value, so that no two different rows have one encoding. */
function encode(value: SqlValue | undefined): string | Uint8Array {
  if (value === undefined) throw new TypeError('a column that the checksum covers is missing');
  if (value === null) return 'n;';
  if (typeof value === 'number') {
    return Number.isInteger(value) ? `i${value};` : `r${value};`;
  }
  if (typeof value === 'string') return `t${Buffer.byteLength(value)}:${value};`;
  return Buffer.concat([Buffer.from(`b${value.byteLength}:`), value, Buffer.from(';')]);
}

/** The checksum of a row: 8 bytes. */
export function checksumRow(spec: ChecksummedTable, row: Readonly<SqlRow>): Buffer {
  const hash = createHash('sha256').update(`${spec.table};`);
  for (const column of spec.columns) hash.update(encode(row[column]));
  return hash.digest().subarray(0, 8);
}

const pageRows = 500;

/**
 * Walks the tables and names every row whose checksum does not fit. `breathe` is awaited between pages, so
 * that a big library does not hold up the thread.
 */
export async function findDamagedRows(
  db: Database,
  specs: readonly ChecksummedTable[],
  breathe: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve)),
): Promise<DamagedRow[]> {
  const damaged: DamagedRow[] = [];
  for (const spec of specs) {
    const page = db.prepare<[number, number], SqlRow>(
      `SELECT ${[spec.key, ...spec.columns, 'checksum'].join(', ')} FROM ${spec.table}
       WHERE ${spec.key} > ? ORDER BY ${spec.key} LIMIT ?`,
    );
    let after = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const rows = page.all(after, pageRows);
      for (const row of rows) {
        after = Number(row[spec.key]);
        const stored = row['checksum'];
        if (!(stored instanceof Uint8Array) || !checksumRow(spec, row).equals(stored)) {
          damaged.push({ table: spec.table, key: after });
        }
      }
      if (rows.length < pageRows) break;
      await breathe();
    }
  }
  return damaged;
}
