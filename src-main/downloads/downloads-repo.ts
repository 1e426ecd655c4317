/**
 * Runs in plain Node. The table is the queue: rows of library.db, worked on by the process that holds the queue's lock.
 * A change reads the row, makes the next one and writes it whole with its checksum, in one transaction.
 */
import { sep } from 'node:path';
import type { DownloadState } from '#contract/domain.ts';
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

/** What a change may set; a state is reached by an event only. */
export type DownloadChange = Partial<
  Omit<NewDownload, 'id' | 'state' | 'attempts' | 'resumesAtMs' | 'error' | 'endedAtMs'>
>;

/** `seq` of groups as a JSON list: only these; null for all. */
type Groups = string | null;
const isAmong = '(? IS NULL OR g.seq IN (SELECT value FROM json_each(?)))';
const toGroups = (groups: ReadonlySet<number> | null): Groups =>
  groups === null ? null : JSON.stringify([...groups]);

const goesOn = `g.state = 'open' AND g.paused = 0 AND (SELECT paused FROM queue_settings) = 0`;

/** Rows of one state of a group, in their order, behind a place. */
export interface RowsInGroup {
  groupSeq: number;
  states: readonly DownloadState[];
}

export class DownloadsRepo {
  readonly #db: Database;
  readonly #policy: RetryPolicy;
  readonly #insert: Query<[SqlRow], unknown>;
  readonly #byId: Query<[string], SqlRow>;
  readonly #write: Query<[SqlRow], unknown>;
  readonly #nextQueued: Query<[Groups, Groups, string], SqlRow>;
  readonly #nextDue: Query<[string, number, Groups, Groups], SqlRow>;
  readonly #nextWaiting: Query<[string, Groups, Groups], { at: number | null }>;
  readonly #active: Query<[], SqlRow>;
  readonly #asked: Query<[], SqlRow>;
  readonly #setAsk: Query<[string | null, string], unknown>;
  readonly #sameWish: Query<[string, string, string], SqlRow>;
  readonly #published: Query<[string, string, string], SqlRow>;
  readonly #leftovers: Query<[], SqlRow>;
  readonly #numbers: Query<[number, string], { seq: number }>;
  readonly #bySeqs: Query<[string], SqlRow>;
  readonly #idsInGroup: Query<[number, string, number], { id: string }>;
  readonly #ofRefs: Query<[string], SqlRow>;
  readonly #newestOfEach: Query<[number], SqlRow>;
  readonly #lastPlace: Query<[number], { place: number | null }>;
  readonly #saved: Query<[string, string, string], SqlRow>;
  readonly #delete: Query<[string], unknown>;
  readonly #deleteInGroup: Query<[number, number], unknown>;

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
         checksum = :checksum, owner = :owner, ask = :ask WHERE id = :id`,
    );
    this.#nextQueued = db.prepare(
      `SELECT d.* FROM download_groups g CROSS JOIN downloads d ON d.group_id = g.seq
         WHERE ${goesOn} AND ${isAmong} AND d.lane = ? AND d.state = 'queued'
         ORDER BY g.place, g.seq, d.place, d.seq LIMIT 1`,
    );
    this.#nextDue = db.prepare(
      `SELECT d.* FROM downloads d JOIN download_groups g ON d.group_id = g.seq
         WHERE d.lane = ? AND d.state = 'waiting' AND d.resumes_at_ms <= ? AND ${goesOn} AND ${isAmong}
         ORDER BY d.resumes_at_ms LIMIT 1`,
    );
    this.#nextWaiting = db.prepare(
      `SELECT d.resumes_at_ms AS at FROM downloads d JOIN download_groups g ON d.group_id = g.seq
         WHERE d.lane = ? AND d.state = 'waiting' AND ${goesOn} AND ${isAmong}
         ORDER BY d.resumes_at_ms LIMIT 1`,
    );
    this.#active = db.prepare(`SELECT * FROM downloads WHERE state = 'active'`);
    this.#asked = db.prepare('SELECT * FROM downloads WHERE ask IS NOT NULL');
    this.#setAsk = db.prepare('UPDATE downloads SET ask = ? WHERE id = ?');
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
    this.#numbers = db.prepare(
      `SELECT seq FROM downloads WHERE listed = 1 AND group_id = ?
         AND state IN (SELECT value FROM json_each(?)) ORDER BY place, seq`,
    );
    this.#bySeqs = db.prepare(
      'SELECT * FROM downloads WHERE seq IN (SELECT value FROM json_each(?))',
    );
    this.#idsInGroup = db.prepare(
      `SELECT id FROM downloads WHERE listed = 1 AND group_id = ?
         AND state IN (SELECT value FROM json_each(?)) LIMIT ?`,
    );
    this.#ofRefs = db.prepare(
      `SELECT * FROM downloads WHERE ref IN (SELECT value FROM json_each(?)) ORDER BY seq`,
    );
    this.#saved = db.prepare(
      `SELECT * FROM downloads WHERE state = 'done'
         AND (folder = ? OR substr(folder, 1, length(?)) = ?) ORDER BY seq`,
    );
    this.#newestOfEach = db.prepare(
      `SELECT * FROM downloads WHERE seq IN (
         SELECT max(seq) FROM (SELECT seq, archive FROM downloads ORDER BY seq DESC LIMIT ?)
           GROUP BY archive)`,
    );
    this.#lastPlace = db.prepare('SELECT max(place) AS place FROM downloads WHERE group_id = ?');
    this.#delete = db.prepare('DELETE FROM downloads WHERE id = ?');
    this.#deleteInGroup = db.prepare(
      'DELETE FROM downloads WHERE seq IN (SELECT seq FROM downloads WHERE group_id = ? LIMIT ?)',
    );
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

  /** The last place in a group that is taken; 0 where it has no rows. */
  lastPlace(groupSeq: number): number {
    return this.#lastPlace.get(groupSeq)?.place ?? 0;
  }

  /**
   * The row of a lane that is next: one that waited and is due, else the first of the first group that is not paused.
   * Taken for `owner`; null when there is none. `groups` are those that may be worked on; null for all.
   */
  claimNext(
    lane: Lane,
    owner: string,
    nowMs: number,
    groups: ReadonlySet<number> | null = null,
  ): DownloadRow | null {
    const among = toGroups(groups);
    const find = (): SqlRow | undefined =>
      this.#nextDue.get(lane, nowMs, among, among) ?? this.#nextQueued.get(among, among, lane);
    // Looking first without the write lock keeps an idle queue free of writes.
    if (find() === undefined) return null;
    return this.#db.transaction(() => {
      const found = find();
      if (found === undefined) return null;
      return this.#save(toRow(found), {}, { kind: 'claimed' }, owner);
    });
  }

  /** Unix ms at which the next waiting row of a lane is due; null when none waits. */
  nextDueMs(lane: Lane, groups: ReadonlySet<number> | null = null): number | null {
    const among = toGroups(groups);
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
      return this.#save(row, change, event, owner);
    });
  }

  /** Changes a row whoever works on it: for what the user asks. Null when it is not there. */
  update(id: string, change: DownloadChange, event: JobEvent | null = null): DownloadRow | null {
    return this.#db.transaction(() => {
      const row = this.get(id);
      return row === null ? null : this.#save(row, change, event, row.owner);
    });
  }

  #save(
    row: DownloadRow,
    change: DownloadChange,
    event: JobEvent | null,
    owner: string | null,
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
    after.owner = isActive ? owner : null;
    after.ask = isActive ? row.ask : null;
    const values = toColumns(after);
    this.#write.run({
      ...values,
      checksum: checksumRow(downloadsTable, values),
      owner: after.owner,
      ask: after.ask,
    });
    return after;
  }

  active(): DownloadRow[] {
    return this.#active.all().map(toRow);
  }

  /** Asks the process at work on a row to pause or cancel it. */
  ask(id: string, ask: 'pause' | 'cancel' | null): void {
    this.#setAsk.run(ask, id);
  }

  /** Rows of which another process asks something. */
  asked(): DownloadRow[] {
    return this.#asked.all().map(toRow);
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

  /** Numbers (`seq`) of the listed rows of a group in these states, in their order. */
  numbers({ groupSeq, states }: RowsInGroup): number[] {
    return this.#numbers.all(groupSeq, JSON.stringify(states)).map(({ seq }) => seq);
  }

  /** Rows by number, in no order. */
  byNumbers(numbers: readonly number[]): DownloadRow[] {
    return this.#bySeqs.all(JSON.stringify(numbers)).map(toRow);
  }

  /** Up to `limit` ids of listed rows of a group in these states. */
  idsInGroup({ groupSeq, states }: RowsInGroup, limit: number): string[] {
    return this.#idsInGroup.all(groupSeq, JSON.stringify(states), limit).map(({ id }) => id);
  }

  /** Every row of these records, in the order in which they were asked for. */
  ofRefs(refs: readonly string[]): DownloadRow[] {
    return this.#ofRefs.all(JSON.stringify(refs)).map(toRow);
  }

  /** The newest row of each archive, among so many of the newest. */
  newestOfEach(among: number): DownloadRow[] {
    return this.#newestOfEach.all(among).map(toRow);
  }

  /** The newest finished row of each file in a folder and below it. */
  savedBelow(root: string): DownloadRow[] {
    const within = root.endsWith(sep) ? root : `${root}${sep}`;
    const rows = this.#saved.all(root, within, within).map(toRow);
    const byPath = new Map(rows.map((row) => [`${row.folder}${sep}${row.finalName ?? ''}`, row]));
    return [...byPath.values()].filter(
      ({ sha256, finalName }) => sha256 !== null && finalName !== null,
    );
  }

  delete(id: string): void {
    this.#delete.run(id);
  }

  /** Deletes up to `limit` rows of a group, listed or not. Returns how many. */
  deleteInGroup(groupSeq: number, limit: number): number {
    return this.#deleteInGroup.run(groupSeq, limit).changes;
  }
}
