/**
 * Runs in plain Node. Groups of downloads in library.db: what was asked for at once, its place in the queue, and how
 * many of its files are in which state (kept by triggers).
 */
import type { DownloadTallies } from '#contract/downloads.ts';
import type { DownloadState } from '#contract/domain.ts';
import type { WireError } from '#contract/errors.ts';
import type { Database, Query, SqlRow, SqlValue } from '../db/database.ts';
import { checksumRow, type ChecksummedTable } from '../db/row-checksum.ts';

export interface GroupRow {
  seq: number;
  id: string;
  title: string;
  folder: string;
  /** JSON: how its files were chosen. */
  wish: string;
  state: 'filling' | 'open';
  place: number;
  isPaused: boolean;
  trouble: WireError | null;
  addedAtMs: number;
  toldAtMs: number | null;
}

export type NewGroup = Omit<GroupRow, 'seq' | 'place'>;
export type GroupChange = Partial<Omit<GroupRow, 'seq' | 'id' | 'addedAtMs'>>;

const columns = [
  'id',
  'title',
  'folder',
  'wish',
  'state',
  'place',
  'paused',
  'trouble',
  'added_at_ms',
  'told_at_ms',
] as const;

export const groupsTable: ChecksummedTable = { table: 'download_groups', key: 'seq', columns };

/** `seq` of the group of files that were saved one by one. */
export const singleGroupSeq = 1;

function toColumns(row: Omit<GroupRow, 'seq'>): Record<(typeof columns)[number], SqlValue> {
  return {
    id: row.id,
    title: row.title,
    folder: row.folder,
    wish: row.wish,
    state: row.state,
    place: row.place,
    paused: row.isPaused ? 1 : 0,
    trouble: row.trouble === null ? null : JSON.stringify(row.trouble),
    added_at_ms: row.addedAtMs,
    told_at_ms: row.toldAtMs,
  };
}

function toGroup(row: SqlRow): GroupRow {
  const { trouble, told_at_ms: toldAtMs } = row;
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    title: String(row['title']),
    folder: String(row['folder']),
    wish: String(row['wish']),
    state: row['state'] === 'filling' ? 'filling' : 'open',
    place: Number(row['place']),
    isPaused: row['paused'] === 1,
    trouble: typeof trouble === 'string' ? (JSON.parse(trouble) as WireError) : null,
    addedAtMs: Number(row['added_at_ms']),
    toldAtMs: typeof toldAtMs === 'number' ? toldAtMs : null,
  };
}

interface TallyRow {
  group_id: number;
  state: DownloadState;
  files: number;
  bytes: number;
  unknown: number;
  received: number;
}

export class GroupsRepo {
  readonly #db: Database;
  readonly #insert: Query<[SqlRow], unknown>;
  readonly #write: Query<[SqlRow], unknown>;
  readonly #bySeq: Query<[number], SqlRow>;
  readonly #byId: Query<[string], SqlRow>;
  readonly #all: Query<[], SqlRow>;
  readonly #filling: Query<[], SqlRow>;
  readonly #tallies: Query<[], TallyRow>;
  readonly #lastPlace: Query<[], { place: number | null }>;
  readonly #delete: Query<[number], unknown>;
  readonly #paused: Query<[], { paused: number }>;
  readonly #setPaused: Query<[number], unknown>;

  constructor(db: Database) {
    this.#db = db;
    const names = columns.join(', ');
    this.#insert = db.prepare(
      `INSERT INTO download_groups (${names}, checksum)
         VALUES (${columns.map((column) => `:${column}`).join(', ')}, :checksum)`,
    );
    this.#write = db.prepare(
      `UPDATE download_groups SET ${columns.map((column) => `${column} = :${column}`).join(', ')},
         checksum = :checksum WHERE seq = :seq`,
    );
    this.#bySeq = db.prepare('SELECT * FROM download_groups WHERE seq = ?');
    this.#byId = db.prepare('SELECT * FROM download_groups WHERE id = ?');
    this.#all = db.prepare(
      `SELECT * FROM download_groups WHERE state = 'open' ORDER BY place, seq`,
    );
    this.#filling = db.prepare(`SELECT * FROM download_groups WHERE state = 'filling'`);
    this.#tallies = db.prepare('SELECT * FROM download_tallies WHERE files > 0');
    this.#lastPlace = db.prepare('SELECT max(place) AS place FROM download_groups');
    this.#delete = db.prepare('DELETE FROM download_groups WHERE seq = ?');
    this.#paused = db.prepare('SELECT paused FROM queue_settings');
    this.#setPaused = db.prepare('UPDATE queue_settings SET paused = ?');
  }

  /** Adds a group behind all others. */
  insert(group: NewGroup): GroupRow {
    return this.#db.transaction(() => {
      const place = Math.floor(this.#lastPlace.get()?.place ?? 0) + 1;
      const values = toColumns({ ...group, place });
      this.#insert.run({ ...values, checksum: checksumRow(groupsTable, values) });
      const row = this.byId(group.id);
      if (row === null) throw new Error(`group ${group.id} is not there`);
      return row;
    });
  }

  get(seq: number): GroupRow | null {
    const row = this.#bySeq.get(seq);
    return row === undefined ? null : toGroup(row);
  }

  byId(id: string): GroupRow | null {
    const row = this.#byId.get(id);
    return row === undefined ? null : toGroup(row);
  }

  /** All that were acknowledged, in the order in which they are fetched. */
  list(): GroupRow[] {
    return this.#all.all().map(toGroup);
  }

  /** Groups whose rows were never all written: their process ended before it could acknowledge them. */
  unfinished(): GroupRow[] {
    return this.#filling.all().map(toGroup);
  }

  update(seq: number, change: GroupChange): GroupRow | null {
    return this.#db.transaction(() => {
      const row = this.get(seq);
      if (row === null) return null;
      const after = { ...row, ...change };
      const values = toColumns(after);
      this.#write.run({ ...values, checksum: checksumRow(groupsTable, values), seq });
      return after;
    });
  }

  /** Puts a group before another one; behind all where `before` is null. */
  move(seq: number, before: number | null): void {
    this.#db.transaction(() => {
      const order = this.list().filter((group) => group.seq !== seq);
      const at = before === null ? order.length : order.findIndex((one) => one.seq === before);
      if (at < 0) return;
      const previous = order[at - 1]?.place ?? (order[at]?.place ?? 1) - 1;
      const next = order[at]?.place ?? previous + 2;
      const middle = (previous + next) / 2;
      if (middle > previous && middle < next) {
        this.update(seq, { place: middle });
        return;
      }
      // No room is left between the two: all get whole numbers again.
      const moved = this.get(seq);
      if (moved === null) return;
      [...order.slice(0, at), moved, ...order.slice(at)].forEach((group, index) =>
        this.update(group.seq, { place: index + 1 }),
      );
    });
  }

  /** Files by state, by `seq` of the group. */
  tallies(): Map<number, DownloadTallies> {
    const byGroup = new Map<number, DownloadTallies>();
    for (const { group_id: seq, state, files, bytes, unknown, received } of this.#tallies.all()) {
      const tallies = byGroup.get(seq) ?? {};
      tallies[state] = { files, bytes, unknown, received };
      byGroup.set(seq, tallies);
    }
    return byGroup;
  }

  /** Only for a group without rows. */
  delete(seq: number): void {
    this.#delete.run(seq);
  }

  get isPaused(): boolean {
    return this.#paused.get()?.paused === 1;
  }

  set isPaused(value: boolean) {
    this.#setPaused.run(value ? 1 : 0);
  }
}
