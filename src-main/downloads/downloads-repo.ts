/**
 * Runs in plain Node. The table is the queue: rows of library.db, each claimed by one process at a time. A
 * change reads the row, makes the next one and writes it whole with its checksum, in one transaction.
 */
import type { ArchiveId, Checksum, DownloadState, RecordRef } from '#contract/domain.ts';
import type { WireError } from '#contract/errors.ts';
import type { Lane } from '../http/http-client.ts';
import type { Database, Query, SqlRow, SqlValue } from '../db/database.ts';
import { checksumRow, type ChecksummedTable } from '../db/row-checksum.ts';
import { nextState, type JobEvent, type RetryPolicy } from './state.ts';

export interface DownloadRow {
  seq: number;
  id: string;
  ref: RecordRef;
  archive: ArchiveId;
  lane: Lane;
  title: string;
  rendition: string;
  url: string;
  statedBytes: number | null;
  /** False where the archive rounds its sizes. */
  statedExact: boolean;
  statedChecksum: Checksum | null;
  /** JSON for the sidecar: the record, its credit and licence, as they were when it was queued. */
  record: string;
  folder: string;
  /** The wanted name; the real one may get a number and a truer ending. */
  fileName: string;
  partName: string | null;
  /** While active: the name about to be taken. When done: the name that was taken. */
  finalName: string | null;
  /** Name of what was set aside as not as promised. */
  asideName: string | null;
  journalBytes: number;
  journalSha256: string | null;
  totalBytes: number | null;
  etag: string | null;
  lastModified: string | null;
  contentType: string | null;
  sha256: string | null;
  verified: 'checksum' | 'size' | 'none' | null;
  /** When it was found to be as promised; from then on it only needs its name. */
  verifiedAtMs: number | null;
  state: DownloadState;
  attempts: number;
  resumesAtMs: number | null;
  error: WireError | null;
  addedAtMs: number;
  endedAtMs: number | null;
  listed: boolean;
  owner: string | null;
  heartbeatMs: number | null;
}

export type NewDownload = Omit<DownloadRow, 'seq' | 'owner' | 'heartbeatMs'>;

/** Every column but the key, the checksum and the lease, in the order of the checksum. */
const columns = [
  'id',
  'ref',
  'archive',
  'lane',
  'title',
  'rendition',
  'url',
  'stated_bytes',
  'stated_exact',
  'stated_algorithm',
  'stated_checksum',
  'record',
  'folder',
  'file_name',
  'part_name',
  'final_name',
  'aside_name',
  'journal_bytes',
  'journal_sha256',
  'total_bytes',
  'etag',
  'last_modified',
  'content_type',
  'sha256',
  'verified',
  'verified_at_ms',
  'state',
  'attempts',
  'resumes_at_ms',
  'error',
  'added_at_ms',
  'ended_at_ms',
  'listed',
] as const;

type Column = (typeof columns)[number];

export const downloadsTable: ChecksummedTable = { table: 'downloads', key: 'seq', columns };

const openStates = "('queued', 'waiting', 'active')";
/** Ended rows that the list shows beside all open ones. */
const listedEnded = 2000;

function toColumns(row: NewDownload): Record<Column, SqlValue> {
  return {
    id: row.id,
    ref: row.ref,
    archive: row.archive,
    lane: row.lane,
    title: row.title,
    rendition: row.rendition,
    url: row.url,
    stated_bytes: row.statedBytes,
    stated_exact: row.statedExact ? 1 : 0,
    stated_algorithm: row.statedChecksum?.algorithm ?? null,
    stated_checksum: row.statedChecksum?.value ?? null,
    record: row.record,
    folder: row.folder,
    file_name: row.fileName,
    part_name: row.partName,
    final_name: row.finalName,
    aside_name: row.asideName,
    journal_bytes: row.journalBytes,
    journal_sha256: row.journalSha256,
    total_bytes: row.totalBytes,
    etag: row.etag,
    last_modified: row.lastModified,
    content_type: row.contentType,
    sha256: row.sha256,
    verified: row.verified,
    verified_at_ms: row.verifiedAtMs,
    state: row.state,
    attempts: row.attempts,
    resumes_at_ms: row.resumesAtMs,
    error: row.error === null ? null : JSON.stringify(row.error),
    added_at_ms: row.addedAtMs,
    ended_at_ms: row.endedAtMs,
    listed: row.listed ? 1 : 0,
  };
}

const text = (value: SqlValue | undefined) => (typeof value === 'string' ? value : null);
const whole = (value: SqlValue | undefined) => (typeof value === 'number' ? value : null);

/** The CHECKs of the table vouch for the closed lists. */
function toRow(row: SqlRow): DownloadRow {
  const algorithm = text(row['stated_algorithm']) as Checksum['algorithm'] | null;
  const error = text(row['error']);
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    ref: String(row['ref']) as RecordRef,
    archive: String(row['archive']) as ArchiveId,
    lane: String(row['lane']) as Lane,
    title: String(row['title']),
    rendition: String(row['rendition']),
    url: String(row['url']),
    statedBytes: whole(row['stated_bytes']),
    statedExact: row['stated_exact'] === 1,
    statedChecksum:
      algorithm === null ? null : { algorithm, value: String(row['stated_checksum']) },
    record: String(row['record']),
    folder: String(row['folder']),
    fileName: String(row['file_name']),
    partName: text(row['part_name']),
    finalName: text(row['final_name']),
    asideName: text(row['aside_name']),
    journalBytes: Number(row['journal_bytes']),
    journalSha256: text(row['journal_sha256']),
    totalBytes: whole(row['total_bytes']),
    etag: text(row['etag']),
    lastModified: text(row['last_modified']),
    contentType: text(row['content_type']),
    sha256: text(row['sha256']),
    verified: text(row['verified']) as DownloadRow['verified'],
    verifiedAtMs: whole(row['verified_at_ms']),
    state: String(row['state']) as DownloadState,
    attempts: Number(row['attempts']),
    resumesAtMs: whole(row['resumes_at_ms']),
    error: error === null ? null : (JSON.parse(error) as WireError),
    addedAtMs: Number(row['added_at_ms']),
    endedAtMs: whole(row['ended_at_ms']),
    listed: row['listed'] === 1,
    owner: text(row['owner']),
    heartbeatMs: whole(row['heartbeat_ms']),
  };
}

/** What a change may set; a state is reached by an event only. */
export type DownloadChange = Partial<
  Omit<NewDownload, 'id' | 'state' | 'attempts' | 'resumesAtMs' | 'error' | 'endedAtMs'>
>;

export class DownloadsRepo {
  readonly #db: Database;
  readonly #policy: RetryPolicy;
  readonly #insert: Query<[SqlRow], unknown>;
  readonly #byId: Query<[string], SqlRow>;
  readonly #write: Query<[SqlRow], unknown>;
  readonly #nextDue: Query<[string, number], SqlRow>;
  readonly #nextWaiting: Query<[string], { at: number | null }>;
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
    const named = columns.map((column) => `:${column}`).join(', ');
    this.#insert = db.prepare(
      `INSERT INTO downloads (${columns.join(', ')}, checksum) VALUES (${named}, :checksum)`,
    );
    this.#byId = db.prepare('SELECT * FROM downloads WHERE id = ?');
    this.#write = db.prepare(
      `UPDATE downloads SET ${columns.map((column) => `${column} = :${column}`).join(', ')},
         checksum = :checksum, owner = :owner, heartbeat_ms = :heartbeat_ms WHERE id = :id`,
    );
    this.#nextDue = db.prepare(
      `SELECT * FROM downloads WHERE lane = ?
         AND (state = 'queued' OR (state = 'waiting' AND resumes_at_ms <= ?))
         AND state IN ${openStates} ORDER BY seq LIMIT 1`,
    );
    this.#nextWaiting = db.prepare(
      `SELECT min(resumes_at_ms) AS at FROM downloads WHERE lane = ? AND state = 'waiting'`,
    );
    this.#beat = db.prepare(
      `UPDATE downloads SET heartbeat_ms = ? WHERE owner = ? AND state = 'active'`,
    );
    this.#active = db.prepare(`SELECT * FROM downloads WHERE state = 'active'`);
    this.#sameWish = db.prepare(
      `SELECT * FROM downloads WHERE url = ? AND rendition = ? AND folder = ?
         AND state IN ('queued', 'waiting', 'active', 'done') ORDER BY state = 'done', seq DESC`,
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

  /** The longest-waiting row of a lane that may start now, taken for `owner`; null when there is none. */
  claimNext(lane: Lane, owner: string, nowMs: number): DownloadRow | null {
    // Looking first without the write lock keeps an idle queue free of writes.
    if (this.#nextDue.get(lane, nowMs) === undefined) return null;
    return this.#db.transaction(() => {
      const found = this.#nextDue.get(lane, nowMs);
      if (found === undefined) return null;
      return this.#save(toRow(found), {}, { kind: 'claimed' }, { owner, heartbeatMs: nowMs });
    });
  }

  /** Unix ms at which the next waiting row of a lane is due; null when none waits. */
  nextDueMs(lane: Lane): number | null {
    return this.#nextWaiting.get(lane)?.at ?? null;
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

  /** Rows for the same file to the same folder that are open or done: open ones first. */
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
