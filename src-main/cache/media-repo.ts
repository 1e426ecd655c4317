/** Runs in plain Node. The table `media` of cache.db: which files of the cache lie on disk. */
import type { Database } from '../db/database.ts';
import type { SweepRow } from './sweep.ts';

/** Pictures are kept when seen; sound and video when they came whole. */
export type MediaFileKind = 'picture' | 'stream';

export interface MediaRow {
  /** SHA-256 of the address, in hex: the file's name. */
  hash: string;
  /** Null for a file that was found without a row. */
  url: string | null;
  kind: MediaFileKind;
  sizeBytes: number;
  storedAtMs: number;
  usedAtMs: number;
}

export interface MediaSweepRow extends SweepRow {
  hash: string;
  usedAtMs: number;
}

export class MediaRepo {
  readonly #db: Database;
  readonly #put;
  readonly #adopt;
  readonly #touch;
  readonly #page;
  readonly #remove;
  readonly #ofKind;
  readonly #bytes;
  readonly #between;

  constructor(db: Database) {
    const columns = '(hash, url, kind, size_bytes, stored_at_ms, used_at_ms)';
    const values = '(@hash, @url, @kind, @sizeBytes, @storedAtMs, @usedAtMs)';
    this.#db = db;
    this.#put = db.prepare<[MediaRow]>(
      `INSERT INTO media ${columns} VALUES ${values} ON CONFLICT (hash) DO UPDATE SET url = @url, kind = @kind,
         size_bytes = @sizeBytes, stored_at_ms = @storedAtMs, used_at_ms = @usedAtMs`,
    );
    this.#adopt = db.prepare<[MediaRow]>(
      `INSERT INTO media ${columns} VALUES ${values} ON CONFLICT DO NOTHING`,
    );
    this.#touch = db.prepare<[{ hash: string; usedAtMs: number }]>(
      'UPDATE media SET used_at_ms = @usedAtMs WHERE hash = @hash AND used_at_ms < @usedAtMs',
    );
    this.#page = db.prepare<[{ usedAtMs: number; hash: string; count: number }], MediaSweepRow>(`
      SELECT hash, used_at_ms AS usedAtMs, size_bytes AS bytes,
        url IS NOT NULL AND EXISTS (SELECT 1 FROM pins WHERE name = url) AS isPinned
      FROM media WHERE (used_at_ms, hash) < (@usedAtMs, @hash)
      ORDER BY used_at_ms DESC, hash DESC LIMIT @count`);
    this.#remove = db.prepare<[string]>('DELETE FROM media WHERE hash = ?');
    this.#ofKind = db.prepare<[MediaFileKind, number], { hash: string }>(
      'SELECT hash FROM media WHERE kind = ? LIMIT ?',
    );
    this.#bytes = db.prepare<[MediaFileKind], { bytes: number | null }>(
      'SELECT sum(size_bytes) AS bytes FROM media WHERE kind = ?',
    );
    this.#between = db.prepare<[string, string], { hash: string }>(
      'SELECT hash FROM media WHERE hash >= ? AND hash < ?',
    );
  }

  write(rows: readonly MediaRow[], uses: readonly { hash: string; usedAtMs: number }[]): void {
    this.#db.transaction(() => {
      for (const row of rows) this.#put.run(row);
      for (const use of uses) this.#touch.run(use);
    });
  }

  /** Sets the rows of one folder right: adds what lies there, removes what does not. */
  mend(found: readonly MediaRow[], gone: readonly string[]): void {
    this.#db.transaction(() => {
      for (const row of found) this.#adopt.run(row);
      for (const hash of gone) this.#remove.run(hash);
    });
  }

  /** The next rows after one, from most to least recently used. */
  page(after: MediaSweepRow | null, count: number): MediaSweepRow[] {
    const { usedAtMs, hash } = after ?? { usedAtMs: Number.MAX_SAFE_INTEGER, hash: '' };
    return this.#page.all({ usedAtMs, hash, count });
  }

  remove(hashes: readonly string[]): void {
    this.mend([], hashes);
  }

  someOfKind(kind: MediaFileKind, count: number): string[] {
    return this.#ofKind.all(kind, count).map(({ hash }) => hash);
  }

  bytesOf(kind: MediaFileKind): number {
    return this.#bytes.get(kind)?.bytes ?? 0;
  }

  /** Hashes whose first two letters are these. */
  startingWith(letters: string): string[] {
    return this.#between.all(letters, `${letters}g`).map(({ hash }) => hash);
  }
}
