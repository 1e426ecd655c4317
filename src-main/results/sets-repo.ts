/**
 * Runs in plain Node, in the one thread that owns the core. Rows of stored result sets in cache.db: what a set
 * is, who lists it, and its records by position.
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import type { WireError } from '#contract/errors.ts';
import type { ResultGap, ResultSet } from '#contract/results.ts';
import type { Database, Query, SqlRow } from '../db/database.ts';

/** Records that one set can hold; the archive has some hundred thousand. */
export const mostRecords = 2 ** 24;
export const ratioBlock = 4096;

export type SetState = ResultSet['state'] | 'removed';

export interface SetRow {
  seq: number;
  id: string;
  archive: string;
  query: NasaSearchQuery;
  state: SetState;
  /** Paused only until the archive answers again. */
  isWaiting: boolean;
  isReplaced: boolean;
  total: number | null;
  stored: number;
  bytes: number;
  requests: number;
  gaps: ResultGap[];
  error: WireError | null;
  startedAtMs: number;
  endedAtMs: number | null;
  usedAtMs: number;
  owner: string | null;
  heartbeatMs: number | null;
}

/** What of a row changes as it goes. */
export type SetPatch = Partial<
  Pick<
    SetRow,
    | 'state'
    | 'isWaiting'
    | 'isReplaced'
    | 'total'
    | 'requests'
    | 'gaps'
    | 'error'
    | 'endedAtMs'
    | 'usedAtMs'
    | 'owner'
    | 'heartbeatMs'
  >
>;

function toRow(row: SqlRow): SetRow {
  const maybe = (name: string): number | null => {
    const value = row[name];
    return typeof value === 'number' ? value : null;
  };
  const error = row['error'];
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    archive: String(row['archive']),
    query: JSON.parse(String(row['query'])) as NasaSearchQuery,
    state: String(row['state']) as SetState,
    isWaiting: row['waiting'] === 1,
    isReplaced: row['replaced'] === 1,
    total: maybe('total'),
    stored: Number(row['stored']),
    bytes: Number(row['bytes']),
    requests: Number(row['requests']),
    gaps: JSON.parse(String(row['gaps'])) as ResultGap[],
    error: typeof error === 'string' ? (JSON.parse(error) as WireError) : null,
    startedAtMs: Number(row['started_at_ms']),
    endedAtMs: maybe('ended_at_ms'),
    usedAtMs: Number(row['used_at_ms']),
    owner: typeof row['owner'] === 'string' ? row['owner'] : null,
    heartbeatMs: maybe('heartbeat_ms'),
  };
}

/** First and last key of a set's positions, of its records and its blocks alike. */
export function keyOf(seq: number, position: number): number {
  return seq * mostRecords + position;
}

export class SetsRepo {
  readonly #db: Database;
  readonly #insert: Query<[SqlRow], unknown>;
  readonly #byId: Query<[string], SqlRow>;
  readonly #bySeq: Query<[number], SqlRow>;
  readonly #byQuery: Query<[string, string], SqlRow>;
  readonly #all: Query<[], SqlRow>;
  readonly #update: Query<[SqlRow], unknown>;
  readonly #bodies: Query<[number, number], { key: number; body: string }>;
  readonly #blocks: Query<[number, number], { key: number; bytes: Uint8Array }>;
  readonly #keyOfId: Query<[string, number], { key: number }>;

  constructor(db: Database) {
    this.#db = db;
    this.#insert = db.prepare(
      `INSERT INTO result_sets (id, archive, query, state, waiting, replaced, total, stored, bytes, requests,
         gaps, error, started_at_ms, ended_at_ms, used_at_ms, owner, heartbeat_ms)
       VALUES (:id, :archive, :query, 'listing', 0, 0, NULL, 0, 0, 0, '[]', NULL, :now, NULL, :now, NULL, NULL)`,
    );
    this.#byId = db.prepare(`SELECT * FROM result_sets WHERE id = ? AND state <> 'removed'`);
    this.#bySeq = db.prepare('SELECT * FROM result_sets WHERE seq = ?');
    this.#byQuery = db.prepare(
      `SELECT * FROM result_sets WHERE archive = ? AND query = ? AND state <> 'removed' AND replaced = 0
       ORDER BY seq DESC LIMIT 1`,
    );
    this.#all = db.prepare('SELECT * FROM result_sets ORDER BY used_at_ms DESC, seq DESC');
    this.#update = db.prepare(
      `UPDATE result_sets SET state = :state, waiting = :waiting, replaced = :replaced, total = :total,
         requests = :requests, gaps = :gaps, error = :error, ended_at_ms = :ended_at_ms,
         used_at_ms = :used_at_ms, owner = :owner, heartbeat_ms = :heartbeat_ms
       WHERE seq = :seq`,
    );
    this.#bodies = db.prepare(
      'SELECT key, body FROM result_bodies WHERE key BETWEEN ? AND ? ORDER BY key',
    );
    this.#blocks = db.prepare(
      'SELECT key, bytes FROM result_ratios WHERE key BETWEEN ? AND ? ORDER BY key',
    );
    this.#keyOfId = db.prepare('SELECT key FROM result_records WHERE nasa_id = ? AND seq = ?');
  }

  insert(set: { id: string; archive: string; query: NasaSearchQuery; nowMs: number }): SetRow {
    const { id, archive, query, nowMs } = set;
    this.#insert.run({ id, archive, query: JSON.stringify(query), now: nowMs });
    const row = this.get(id);
    if (row === null) throw new TypeError('a result set that was just written is gone');
    return row;
  }

  get(id: string): SetRow | null {
    const row = this.#byId.get(id);
    return row === undefined ? null : toRow(row);
  }

  /** The newest set of a query (in its plain form) at an archive. */
  find(archive: string, query: NasaSearchQuery): SetRow | null {
    const row = this.#byQuery.get(archive, JSON.stringify(query));
    return row === undefined ? null : toRow(row);
  }

  /** Every set, removed ones too, last used first. There are few. */
  all(): SetRow[] {
    return this.#all.all().map(toRow);
  }

  /**
   * Changes a row. With `onlyIf`, nothing happens unless it holds for the row as it is now, under the write
   * lock. Returns the row as it is afterwards, null when nothing happened.
   */
  update(
    seq: number,
    patch: SetPatch,
    onlyIf: (row: SetRow) => boolean = () => true,
  ): SetRow | null {
    return this.#db.transaction(() => {
      const found = this.#bySeq.get(seq);
      if (found === undefined) return null;
      const before = toRow(found);
      if (!onlyIf(before)) return null;
      const after: SetRow = { ...before, ...patch };
      this.#update.run({
        seq,
        state: after.state,
        waiting: after.isWaiting ? 1 : 0,
        replaced: after.isReplaced ? 1 : 0,
        total: after.total,
        requests: after.requests,
        gaps: JSON.stringify(after.gaps),
        error: after.error === null ? null : JSON.stringify(after.error),
        ended_at_ms: after.endedAtMs,
        used_at_ms: after.usedAtMs,
        owner: after.owner,
        heartbeat_ms: after.heartbeatMs,
      });
      return after;
    });
  }

  /** Bodies of positions, both included, in order. */
  bodies(seq: number, first: number, last: number): { position: number; body: string }[] {
    return this.#bodies
      .all(keyOf(seq, first), keyOf(seq, last))
      .map(({ key, body }) => ({ position: key - keyOf(seq, 0), body }));
  }

  /** One byte a record, from a position on; shorter where the set ends. */
  ratios(seq: number, from: number, count: number): Uint8Array {
    const firstBlock = Math.floor(from / ratioBlock);
    const lastBlock = Math.floor((from + count - 1) / ratioBlock);
    const blocks = this.#blocks.all(keyOf(seq, firstBlock), keyOf(seq, lastBlock));
    const joined = new Uint8Array(blocks.reduce((sum, { bytes }) => sum + bytes.length, 0));
    let at = 0;
    for (const { bytes } of blocks) {
      joined.set(bytes, at);
      at += bytes.length;
    }
    const skip = from - firstBlock * ratioBlock;
    return joined.slice(skip, skip + count);
  }

  position(seq: number, nasaId: string): number | null {
    const row = this.#keyOfId.get(nasaId, seq);
    return row === undefined ? null : row.key - keyOf(seq, 0);
  }
}

/** Takes everything of a set off the disk, some rows at a time, the set's own row last. */
export class SetRemover {
  readonly #db: Database;
  readonly #steps: Query<[number, number, number], unknown>[];
  readonly #slices: Query<[number], unknown>;
  readonly #row: Query<[number], unknown>;

  constructor(db: Database) {
    this.#db = db;
    const keyed = (table: string, key: string): Query<[number, number, number], unknown> =>
      db.prepare(
        table === 'result_members'
          ? `DELETE FROM result_members WHERE (slice_key, position) IN
               (SELECT slice_key, position FROM result_members WHERE slice_key BETWEEN ? AND ? LIMIT ?)`
          : `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${key} BETWEEN ? AND ? LIMIT ?)`,
      );
    this.#steps = [
      keyed('result_members', 'slice_key'),
      keyed('result_bodies', 'key'),
      keyed('result_records', 'key'),
      keyed('result_ratios', 'key'),
    ];
    this.#slices = db.prepare('DELETE FROM result_slices WHERE seq = ?');
    this.#row = db.prepare('DELETE FROM result_sets WHERE seq = ?');
  }

  /** `breathe` is awaited between steps of a few milliseconds. */
  async remove(seq: number, breathe: () => Promise<void>): Promise<void> {
    for (const [at, step] of this.#steps.entries()) {
      const scale = at === 0 ? mostSlices : mostRecords;
      await this.#drain(step, seq * scale, (seq + 1) * scale - 1, breathe);
    }
    this.#slices.run(seq);
    this.#row.run(seq);
    this.#db.pragmaRows('incremental_vacuum(500)');
  }

  /** Forgets the plan of a set that is whole: its slices, and which records were found in which. */
  async forgetPlan(seq: number, breathe: () => Promise<void>): Promise<void> {
    const [members] = this.#steps;
    if (members === undefined) return;
    await this.#drain(members, seq * mostSlices, (seq + 1) * mostSlices - 1, breathe);
    this.#slices.run(seq);
  }

  async #drain(
    step: Query<[number, number, number], unknown>,
    first: number,
    last: number,
    breathe: () => Promise<void>,
  ): Promise<void> {
    while (step.run(first, last, rowsAtOnce).changes > 0) {
      this.#db.pragmaRows('incremental_vacuum(200)');
      await breathe();
    }
  }
}

/** Slices that one plan can hold. */
export const mostSlices = 2 ** 20;
/** Deleted in one statement: a few milliseconds' work. */
const rowsAtOnce = 500;
