/**
 * Runs in plain Node. Rows of kept records in library.db. A removed row stays, in the bin, with everything
 * that it had, so that it can come back exactly as it was.
 */
import type { ArchiveId, RecordRef } from '#contract/domain.ts';
import type { SeenRecord } from '../records/seen-record.ts';
import type { Database, Query, SqlRow } from '../db/database.ts';
import { checksumRow, type ChecksummedTable } from '../db/row-checksum.ts';
import { foldText, likePatterns } from './fold-text.ts';

export const favouritesTable: ChecksummedTable = {
  table: 'favourites',
  key: 'id',
  columns: ['ref', 'archive', 'place', 'folded', 'snapshot', 'kept_at_ms', 'removed_at_ms'],
};

/** What is written of one record. */
export interface NewFavourite {
  seen: SeenRecord;
  /** Greater is newer. */
  place: number;
  keptAtMs: number;
}

export interface FavouriteRow {
  id: number;
  ref: RecordRef;
  place: number;
  snapshot: string;
  keptAtMs: number;
}

/** Where a page ends: the next begins below it. */
export interface ListPosition {
  place: number;
  id: number;
}

type StoredRow = SqlRow & { id: number; ref: string; place: number; removed_at_ms: number | null };
type FilterQuery = Query<(string | number)[], SqlRow>;

function foldedText(seen: SeenRecord): string {
  const { record } = seen;
  return foldText([record.title, record.id, record.description ?? ''].join('\n'));
}

function toRow(row: SqlRow): FavouriteRow {
  return {
    id: Number(row['id']),
    ref: String(row['ref']) as RecordRef,
    place: Number(row['place']),
    snapshot: String(row['snapshot']),
    keptAtMs: Number(row['kept_at_ms']),
  };
}

export class FavouritesRepo {
  readonly #db: Database;
  readonly #byRef: Query<[string], StoredRow>;
  readonly #insert: Query<[SqlRow], unknown>;
  readonly #delete: Query<[number], unknown>;
  readonly #setRemoved: Query<[SqlRow], unknown>;
  readonly #count: Query<[], { total: number }>;
  readonly #newestPlace: Query<[], { place: number }>;
  readonly #keptAmong: Query<[string], { ref: string }>;
  /** By number of words of the filter: prepared when first met, at most 17 of each. */
  readonly #pages = new Map<number, FilterQuery>();
  readonly #counts = new Map<number, FilterQuery>();

  constructor(db: Database) {
    this.#db = db;
    this.#byRef = db.prepare('SELECT * FROM favourites WHERE ref = ?');
    this.#insert = db.prepare(
      `INSERT INTO favourites
         (ref, archive, place, folded, snapshot, kept_at_ms, removed_at_ms, checksum)
       VALUES (:ref, :archive, :place, :folded, :snapshot, :kept_at_ms, :removed_at_ms, :checksum)`,
    );
    this.#delete = db.prepare('DELETE FROM favourites WHERE id = ?');
    this.#setRemoved = db.prepare(
      'UPDATE favourites SET removed_at_ms = :removed_at_ms, checksum = :checksum WHERE id = :id',
    );
    this.#count = db.prepare(
      'SELECT count(*) AS total FROM favourites WHERE removed_at_ms IS NULL',
    );
    this.#newestPlace = db.prepare('SELECT coalesce(max(place), 0) AS place FROM favourites');
    this.#keptAmong = db.prepare(
      `SELECT ref FROM favourites
       WHERE removed_at_ms IS NULL AND ref IN (SELECT value FROM json_each(?))`,
    );
  }

  count(): number {
    return this.#count.get()?.total ?? 0;
  }

  newestPlace(): number {
    return this.#newestPlace.get()?.place ?? 0;
  }

  /** Those of the given that are kept, in the order given. */
  keptAmong(refs: readonly RecordRef[]): RecordRef[] {
    const kept = new Set(this.#keptAmong.all(JSON.stringify(refs)).map((row) => row.ref));
    return refs.filter((ref) => kept.has(ref));
  }

  /** True when there is a row in the bin. */
  isInBin(ref: RecordRef): boolean {
    const row = this.#byRef.get(ref);
    return row !== undefined && row.removed_at_ms !== null;
  }

  /**
   * Writes snapshots, all or none. A record that is kept already is left as it is; one in the bin gives way
   * to the newer snapshot. Returns the refs that were not kept before.
   */
  keep(favourites: readonly NewFavourite[]): RecordRef[] {
    return this.#db.transaction(() => {
      const added: RecordRef[] = [];
      for (const { seen, place, keptAtMs } of favourites) {
        const { ref } = seen.record;
        const before = this.#byRef.get(ref);
        if (before !== undefined && before.removed_at_ms === null) continue;
        if (before !== undefined) this.#delete.run(before.id);
        const row: SqlRow = {
          ref,
          archive: seen.record.archive satisfies ArchiveId,
          place,
          folded: foldedText(seen),
          snapshot: JSON.stringify(seen),
          kept_at_ms: keptAtMs,
          removed_at_ms: null,
        };
        this.#insert.run({ ...row, checksum: checksumRow(favouritesTable, row) });
        added.push(ref);
      }
      return added;
    });
  }

  /** Moves kept records into the bin. Returns those that were kept. */
  remove(refs: readonly RecordRef[], nowMs: number): RecordRef[] {
    return this.#setAll(refs, (row) => row.removed_at_ms === null, nowMs);
  }

  /** Brings records back from the bin, as they were. Returns those that were in it. */
  restore(refs: readonly RecordRef[]): RecordRef[] {
    return this.#setAll(refs, (row) => row.removed_at_ms !== null, null);
  }

  #setAll(
    refs: readonly RecordRef[],
    wanted: (row: StoredRow) => boolean,
    removedAtMs: number | null,
  ): RecordRef[] {
    return this.#db.transaction(() => {
      const changed: RecordRef[] = [];
      for (const ref of refs) {
        const row = this.#byRef.get(ref);
        if (row === undefined || !wanted(row)) continue;
        const after = { ...row, removed_at_ms: removedAtMs };
        this.#setRemoved.run({
          id: row.id,
          removed_at_ms: removedAtMs,
          checksum: checksumRow(favouritesTable, after),
        });
        changed.push(ref);
      }
      return changed;
    });
  }

  /** Kept records below a position (from the newest when null), newest first. */
  list(below: ListPosition | null, limit: number, text: string): FavouriteRow[] {
    const patterns = likePatterns(text);
    const from = below ?? { place: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };
    return this.#prepared(
      this.#pages,
      patterns.length,
      (filter) => `SELECT id, ref, place, snapshot, kept_at_ms FROM favourites
        WHERE removed_at_ms IS NULL AND (place, id) < (?, ?) ${filter}
        ORDER BY place DESC, id DESC LIMIT ?`,
    )
      .all(from.place, from.id, ...patterns, limit)
      .map(toRow);
  }

  /** How many kept records a text fits. */
  countMatching(text: string): number {
    const patterns = likePatterns(text);
    if (patterns.length === 0) return this.count();
    const row = this.#prepared(
      this.#counts,
      patterns.length,
      (filter) => `SELECT count(*) AS total FROM favourites WHERE removed_at_ms IS NULL ${filter}`,
    ).get(...patterns);
    return Number(row?.['total'] ?? 0);
  }

  #prepared(
    cache: Map<number, FilterQuery>,
    words: number,
    sql: (filter: string) => string,
  ): FilterQuery {
    const known = cache.get(words);
    if (known !== undefined) return known;
    const query: FilterQuery = this.#db.prepare(
      sql("AND folded LIKE ? ESCAPE '\\' ".repeat(words)),
    );
    cache.set(words, query);
    return query;
  }
}
