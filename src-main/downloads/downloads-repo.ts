/**
 * Runs in plain Node. The table is the queue: rows of library.db, each claimed by one process at a time. A
 * change reads the row, makes the next one and writes it whole with its checksum, in one transaction.
 */
import type { Lane } from '../http/http-client.ts';
import type { Database, Query, SqlRow } from '../db/database.ts';
import { checksumRow } from '../db/row-checksum.ts';
import {
  downloadColumns,
  downloadsTable,
  toColumns,
  toRow,
  type DownloadRow,
  type NewDownload,
} from './download-row.ts';
import { nextState, type JobEvent, type RetryPolicy } from './state.ts';

const openStates = "('queued', 'waiting', 'active')";
/** Ended rows that the list shows beside all open ones. */
const listedEnded = 2000;

/** What a change may set; a state is reached by an event only. */
export type DownloadChange = Partial<
  Omit<NewDownload, 'id' | 'state' | 'attempts' | 'resumesAtMs' | 'error' | 'endedAtMs'>
>;

/** Ids as a JSON list: only these rows; null for all. */
type Among = string | null;
const isAmong = '(? IS NULL OR id IN (SELECT value FROM json_each(?)))';
const toAmong = (ids: ReadonlySet<string> | null): Among =>
  ids === null ? null : JSON.stringify([...ids]);

export class DownloadsRepo {
  readonly #db: Database;
  readonly #policy: RetryPolicy;
  readonly #insert: Query<[SqlRow], unknown>;
  readonly #byId: Query<[string], SqlRow>;
  readonly #write: Query<[SqlRow], unknown>;
  readonly #nextDue: Query<[string, number, Among, Among], SqlRow>;
  readonly #nextWaiting: Query<[string, Among, Among], { at: number | null }>;
  readonly #beat: Query<[number, string], unknown>;
  readonly #active: Query<[], SqlRow>;
  readonly #sameWish: Query<[string, string, string], SqlRow>;
  readonly #published: Query<[string, string, string], SqlRow>;
  readonly #leftovers: Query<[], SqlRow>;
  readonly #openRows: Query<[], SqlRow>;
  readonly #endedRows: Query<[], SqlRow>;
  readonly #delete: Query<[string], unknown>;

  constructor(db: Database, policy: RetryPolicy) {
    this.#db = db;
    this.#policy = policy;
    const named = downloadColumns.map((column) => `:${column}`).join(', ');
    this.#insert = db.prepare(
      `INSERT INTO downloads (${downloadColumns.join(', ')}, checksum) VALUES (${named}, :checksum)`,
    );
    this.#byId = db.prepare('SELECT * FROM downloads WHERE id = ?');
    this.#write = db.prepare(
      `UPDATE downloads SET ${downloadColumns.map((column) => `${column} = :${column}`).join(', ')},
         checksum = :checksum, owner = :owner, heartbeat_ms = :heartbeat_ms WHERE id = :id`,
    );
    this.#nextDue = db.prepare(
      `SELECT * FROM downloads WHERE lane = ?
         AND (state = 'queued' OR (state = 'waiting' AND resumes_at_ms <= ?))
         AND state IN ${openStates} AND ${isAmong} ORDER BY seq LIMIT 1`,
    );
    this.#nextWaiting = db.prepare(
      `SELECT min(resumes_at_ms) AS at FROM downloads WHERE lane = ? AND state = 'waiting' AND ${isAmong}`,
    );
    this.#beat = db.prepare(
      `UPDATE downloads SET heartbeat_ms = ? WHERE owner = ? AND state = 'active'`,
    );
    this.#active = db.prepare(`SELECT * FROM downloads WHERE state = 'active'`);
    this.#sameWish = db.prepare(
      `SELECT * FROM downloads WHERE url = ? AND rendition = ? AND folder = ? ORDER BY seq DESC`,
    );
    this.#published = db.prepare(
      `SELECT * FROM downloads WHERE url = ? AND folder = ? AND final_name = ? AND state = 'done'
         ORDER BY seq DESC LIMIT 1`,
    );
    this.#leftovers = db.prepare(
      `SELECT * FROM downloads WHERE state = 'cancelled' AND part_name IS NOT NULL`,
    );
    this.#openRows = db.prepare(
      `SELECT * FROM downloads WHERE state IN ${openStates} AND listed = 1`,
    );
    this.#endedRows = db.prepare(
      `SELECT * FROM downloads WHERE listed = 1 AND state NOT IN ${openStates}
         ORDER BY seq DESC LIMIT ${listedEnded}`,
    );
    this.#delete = db.prepare('DELETE FROM downloads WHERE id = ?');
  }

  transaction<T>(work: () => T): T {
    return this.#db.transaction(work);
  }

  insert(row: NewDownload): DownloadRow {
    const values = toColumns(row);
    this.#insert.run({ ...values, checksum: checksumRow(downloadsTable, values) });
    return this.#mustGet(row.id);
  }

  get(id: string): DownloadRow | null {
    const row = this.#byId.get(id);
    return row === undefined ? null : toRow(row);
  }

  #mustGet(id: string): DownloadRow {
    const row = this.get(id);
    if (row === null) throw new Error(`download ${id} is not there`);
    return row;
  }

  /**
   * The longest-waiting row of a lane that may start now, taken for `owner`; null when there is none. `ids`
   * are the rows that may be taken; null for any.
   */
  claimNext(
    lane: Lane,
    owner: string,
    nowMs: number,
    ids: ReadonlySet<string> | null = null,
  ): DownloadRow | null {
    const among = toAmong(ids);
    // Looking first without the write lock keeps an idle queue free of writes.
    if (this.#nextDue.get(lane, nowMs, among, among) === undefined) return null;
    return this.#db.transaction(() => {
      const found = this.#nextDue.get(lane, nowMs, among, among);
      if (found === undefined) return null;
      return this.#save(toRow(found), {}, { kind: 'claimed' }, { owner, heartbeatMs: nowMs });
    });
  }

  /** Unix ms at which the next waiting row of a lane is due; null when none waits. */
  nextDueMs(lane: Lane, ids: ReadonlySet<string> | null = null): number | null {
    const among = toAmong(ids);
    return this.#nextWaiting.get(lane, among, among)?.at ?? null;
  }

  /** Changes a row that `owner` works on; null when it is not (or no longer) that owner's. */
  updateOwned(
    id: string,
    owner: string,
    change: DownloadChange,
    event: JobEvent | null = null,
  ): DownloadRow | null {
    return this.#db.transaction(() => {
      const row = this.get(id);
      if (row === null || row.owner !== owner || row.state !== 'active') return null;
      return this.#save(row, change, event, row);
    });
  }

  /** Changes a row whoever works on it: for what the user asks. Null when it is not there. */
  update(id: string, change: DownloadChange, event: JobEvent | null = null): DownloadRow | null {
    return this.#db.transaction(() => {
      const row = this.get(id);
      return row === null ? null : this.#save(row, change, event, row);
    });
  }

  #save(
    row: DownloadRow,
    change: DownloadChange,
    event: JobEvent | null,
    lease: { owner: string | null; heartbeatMs: number | null },
  ): DownloadRow {
    const after: DownloadRow = { ...row, ...change };
    if (event !== null) {
      const { state, attempts, resumesAtMs, error, endedAtMs } = row;
      Object.assign(
        after,
        nextState({ state, attempts, resumesAtMs, error, endedAtMs }, event, this.#policy),
      );
    }
    const isActive = after.state === 'active';
    after.owner = isActive ? lease.owner : null;
    after.heartbeatMs = isActive ? lease.heartbeatMs : null;
    const values = toColumns(after);
    this.#write.run({
      ...values,
      checksum: checksumRow(downloadsTable, values),
      owner: after.owner,
      heartbeat_ms: after.heartbeatMs,
    });
    return after;
  }

  /** Says that `owner` is alive. Returns how many rows it works on. */
  beat(owner: string, nowMs: number): number {
    return this.#beat.run(nowMs, owner).changes;
  }

  active(): DownloadRow[] {
    return this.#active.all().map(toRow);
  }

  /** Rows for the same file to the same folder, whatever became of them, newest first. */
  findSameWish(url: string, rendition: string, folder: string): DownloadRow[] {
    return this.#sameWish.all(url, rendition, folder).map(toRow);
  }

  /** The ledger's row for a file that was published under this name from this address. */
  findPublished(url: string, folder: string, finalName: string): DownloadRow | null {
    const row = this.#published.get(url, folder, finalName);
    return row === undefined ? null : toRow(row);
  }

  /** Cancelled rows whose part may still lie about. */
  leftovers(): DownloadRow[] {
    return this.#leftovers.all().map(toRow);
  }

  /** All open rows and the newest ended ones, newest first. */
  list(): DownloadRow[] {
    return [...this.#openRows.all(), ...this.#endedRows.all()]
      .map(toRow)
      .sort((a, b) => b.seq - a.seq);
  }

  delete(id: string): void {
    this.#delete.run(id);
  }
}
