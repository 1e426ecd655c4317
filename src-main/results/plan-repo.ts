/**
 * Runs in plain Node, in the one thread that owns the core. The plan of a listing in cache.db, and the one
 * transaction by which a page of the archive becomes records: what is on disk is always a state from which the
 * listing goes on.
 */
import type { NasaSearchQuery } from '#contract/domain.ts';
import type { WireError } from '#contract/errors.ts';
import type { Database, Query, SqlRow } from '../db/database.ts';
import { keyOf, mostSlices, ratioBlock } from './sets-repo.ts';
import { yearRangeOf, type Dimension } from './slice.ts';
import type { StoredItem } from './stored-item.ts';

export type SliceState =
  | 'open'
  | 'done'
  /** Everything in it is known to be stored, or missing, already. */
  | 'skipped'
  | 'gap'
  | 'failed';

/** One slice of the plan. */
export interface Slice {
  slice: number;
  parent: number | null;
  /** What it was cut out of its parent by; null for the whole query. */
  dimension: Dimension | null;
  /** The value as values are compared, or the years. */
  value: string | null;
  /** What is added to the whole query. */
  narrowing: NasaSearchQuery;
  /** As the archive counts; null before it was asked. */
  hits: number | null;
  /** Distinct records found in it. */
  listed: number;
  pages: number;
  unreadable: number;
  /** Times that it was listed anew because its pages did not agree with its count. */
  rounds: number;
  /** True once its parts overlap: it then has members of its own. */
  counts: boolean;
  state: SliceState;
  reason: 'indistinguishable' | 'changed' | 'unreadable' | null;
  /** What all its listed records share, by dimension. */
  shared: Record<string, string[]> | null;
  error: WireError | null;
}

/** The listing was paused, removed or taken over; whoever lists must stop. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

export interface PageCommit {
  /** The slice that was asked. */
  asked: Slice;
  /** It and those of its ancestors that count their own records; never the whole query, which counts all. */
  counting: readonly Slice[];
  items: readonly StoredItem[];
  nowMs: number;
}

export interface CommittedPage {
  /** Records in the set now. */
  stored: number;
  /** Those of the items that were new to the set. */
  added: StoredItem[];
  /** For each of the counting slices, those that were new to it. */
  joined: StoredItem[][];
}

function toSlice(row: SqlRow): Slice {
  const text = (name: string): string | null => {
    const value = row[name];
    return typeof value === 'string' ? value : null;
  };
  const json = (name: string): unknown => {
    const value = text(name);
    return value === null ? null : JSON.parse(value);
  };
  const maybe = (name: string): number | null => {
    const value = row[name];
    return typeof value === 'number' ? value : null;
  };
  return {
    slice: Number(row['slice']),
    parent: maybe('parent'),
    dimension: text('dimension') as Dimension | null,
    value: text('value'),
    narrowing: json('narrowing') as NasaSearchQuery,
    hits: maybe('hits'),
    listed: Number(row['listed']),
    pages: Number(row['pages']),
    unreadable: Number(row['unreadable']),
    rounds: Number(row['rounds']),
    counts: row['counts'] === 1,
    state: text('state') as SliceState,
    reason: text('reason') as Slice['reason'],
    shared: json('shared') as Slice['shared'],
    error: json('error') as WireError | null,
  };
}

export interface FoundRecord {
  position: number;
  body: string;
}

/** Positions looked through in one statement. */
const positionsAtOnce = 5000;

export class PlanRepo {
  readonly #db: Database;
  readonly #seq: number;
  readonly #owner: string;
  readonly #slices: Query<[number], SqlRow>;
  readonly #save: Query<[SqlRow], unknown>;
  readonly #set: Query<[number], { stored: number; state: string; owner: string | null }>;
  readonly #grow: Query<[number, number, number, number], unknown>;
  readonly #insert: Query<[number, string, number, number | null, string | null], unknown>;
  readonly #insertBody: Query<[number, string], unknown>;
  readonly #keyOfId: Query<[string, number], { key: number }>;
  readonly #join: Query<[number, number], unknown>;
  readonly #newBlock: Query<[number, Uint8Array], unknown>;
  readonly #growBlock: Query<[Uint8Array, number], unknown>;
  readonly #copyMembers: Query<[number, number, number, number], unknown>;
  readonly #countMembers: Query<[number], { count: number }>;
  readonly #inRange: Query<(string | number | null)[], { key: number; body: string }>;
  readonly #ofSlice: Query<[number, number, number, number], { position: number; body: string }>;

  constructor(db: Database, seq: number, owner: string) {
    this.#db = db;
    this.#seq = seq;
    this.#owner = owner;
    this.#slices = db.prepare('SELECT * FROM result_slices WHERE seq = ? ORDER BY slice');
    this.#save = db.prepare(
      `INSERT OR REPLACE INTO result_slices (seq, slice, parent, dimension, value, narrowing, hits, listed, pages,
         unreadable, rounds, counts, state, reason, shared, error)
       VALUES (:seq, :slice, :parent, :dimension, :value, :narrowing, :hits, :listed, :pages,
         :unreadable, :rounds, :counts, :state, :reason, :shared, :error)`,
    );
    this.#set = db.prepare('SELECT stored, state, owner FROM result_sets WHERE seq = ?');
    this.#grow = db.prepare(
      `UPDATE result_sets SET stored = ?, bytes = bytes + ?, requests = requests + 1, heartbeat_ms = ?
       WHERE seq = ?`,
    );
    this.#insert = db.prepare(
      'INSERT OR IGNORE INTO result_records (key, nasa_id, seq, year, media_type) VALUES (?, ?, ?, ?, ?)',
    );
    this.#insertBody = db.prepare('INSERT INTO result_bodies (key, body) VALUES (?, ?)');
    this.#keyOfId = db.prepare('SELECT key FROM result_records WHERE nasa_id = ? AND seq = ?');
    this.#join = db.prepare(
      'INSERT OR IGNORE INTO result_members (slice_key, position) VALUES (?, ?)',
    );
    this.#newBlock = db.prepare('INSERT INTO result_ratios (key, bytes) VALUES (?, ?)');
    this.#growBlock = db.prepare(
      'UPDATE result_ratios SET bytes = CAST(bytes || ? AS BLOB) WHERE key = ?',
    );
    this.#copyMembers = db.prepare(
      `INSERT OR IGNORE INTO result_members (slice_key, position)
       SELECT ?, position FROM result_members WHERE slice_key = ? AND position BETWEEN ? AND ?`,
    );
    this.#countMembers = db.prepare(
      'SELECT count(*) AS count FROM result_members WHERE slice_key = ?',
    );
    this.#inRange = db.prepare(
      `SELECT r.key, b.body FROM result_records AS r JOIN result_bodies AS b ON b.key = r.key
       WHERE r.key BETWEEN ? AND ? AND (? IS NULL OR r.year >= ?) AND (? IS NULL OR r.year <= ?)
         AND (? IS NULL OR r.media_type = ?)
       ORDER BY r.key LIMIT ?`,
    );
    this.#ofSlice = db.prepare(
      `SELECT m.position, b.body FROM result_members AS m JOIN result_bodies AS b ON b.key = m.position + ?
       WHERE m.slice_key = ? AND m.position > ? ORDER BY m.position LIMIT ?`,
    );
  }

  load(): Slice[] {
    return this.#slices.all(this.#seq).map(toSlice);
  }

  /** Writes slices, all or none. */
  save(slices: readonly Slice[]): void {
    this.#db.transaction(() => {
      this.#assertLease();
      for (const slice of slices) this.#write(slice);
    });
  }

  /**
   * Stores a page: new records at the end of the set, each record in the slices that it was found in, and the
   * slices themselves with `listed` brought up to date. Throws `LeaseLost` when the set is no longer ours.
   */
  commit({ asked, counting, items, nowMs }: PageCommit): CommittedPage {
    return this.#db.transaction(() => {
      let stored = this.#assertLease();
      let bytes = 0;
      const added: StoredItem[] = [];
      const ratios: number[] = [];
      const joined: StoredItem[][] = counting.map(() => []);
      const from = stored;
      for (const item of items) {
        const key = keyOf(this.#seq, stored);
        const { nasaId, year, mediaType, body } = item;
        const isNew = this.#insert.run(key, nasaId, this.#seq, year, mediaType).changes > 0;
        if (isNew) {
          this.#insertBody.run(key, body);
          ratios.push(item.ratio);
          bytes += body.length;
          stored += 1;
          added.push(item);
        }
        const place = isNew ? key : this.#keyOfId.get(nasaId, this.#seq)?.key;
        if (place === undefined) continue;
        counting.forEach((slice, at) => {
          if (this.#enter(slice, place - keyOf(this.#seq, 0))) joined[at]?.push(item);
        });
      }
      this.#appendRatios(from, ratios);
      this.#grow.run(stored, bytes, nowMs, this.#seq);
      counting.forEach((slice, at) => {
        slice.listed += joined[at]?.length ?? 0;
        if (slice !== asked) this.#write(slice);
      });
      if (asked.parent === null) asked.listed = stored;
      this.#write(asked);
      return { stored, added, joined };
    });
  }

  /** Makes the members of one slice members of another, positions from the first to the last given. */
  copyMembers(from: Slice, to: Slice, first: number, last: number): void {
    this.#db.transaction(() => {
      this.#assertLease();
      this.#copyMembers.run(this.#sliceKey(to.slice), this.#sliceKey(from.slice), first, last);
    });
  }

  /** Makes records members of a slice that are known to lie in it. */
  addMembers(to: Slice, positions: readonly number[]): void {
    this.#db.transaction(() => {
      this.#assertLease();
      for (const position of positions) this.#enter(to, position);
    });
  }

  countMembers(slice: Slice): number {
    return this.#countMembers.get(this.#sliceKey(slice.slice))?.count ?? 0;
  }

  /**
   * Stored records from one position to before another that may lie in a slice, by year and media type; the caller looks at the
   * rest. `next` is where to go on; null at the end.
   */
  candidates(
    narrowing: NasaSearchQuery,
    from: number,
    to: number,
    limit: number,
  ): { rows: FoundRecord[]; next: number | null } {
    const last = Math.min(to, from + positionsAtOnce) - 1;
    if (last < from) return { rows: [], next: null };
    const years = yearRangeOf(narrowing);
    const media = narrowing.media_type?.toLowerCase() ?? null;
    const rows = this.#inRange.all(
      keyOf(this.#seq, from),
      keyOf(this.#seq, last),
      years.from,
      years.from,
      years.to,
      years.to,
      media,
      media,
      limit,
    );
    const lastKey = rows.at(-1)?.key;
    const isCut = rows.length === limit && lastKey !== undefined;
    const next = isCut ? lastKey - keyOf(this.#seq, 0) + 1 : last + 1;
    return {
      rows: rows.map(({ key, body }) => ({ position: key - keyOf(this.#seq, 0), body })),
      next: next < to ? next : null,
    };
  }

  /** Records that were found in a slice itself, after a position. */
  members(slice: Slice, after: number, limit: number): FoundRecord[] {
    return this.#ofSlice.all(keyOf(this.#seq, 0), this.#sliceKey(slice.slice), after, limit);
  }

  #appendRatios(from: number, ratios: readonly number[]): void {
    for (let done = 0; done < ratios.length;) {
      const position = from + done;
      const inBlock = position % ratioBlock;
      const bytes = Uint8Array.from(ratios.slice(done, done + ratioBlock - inBlock));
      const key = keyOf(this.#seq, Math.floor(position / ratioBlock));
      if (inBlock === 0) this.#newBlock.run(key, bytes);
      else this.#growBlock.run(bytes, key);
      done += bytes.length;
    }
  }

  #enter(slice: Slice, position: number): boolean {
    return this.#join.run(this.#sliceKey(slice.slice), position).changes > 0;
  }

  #sliceKey(slice: number): number {
    return this.#seq * mostSlices + slice;
  }

  #assertLease(): number {
    const set = this.#set.get(this.#seq);
    if (set === undefined || set.state !== 'listing' || set.owner !== this.#owner) {
      throw new LeaseLost();
    }
    return set.stored;
  }

  #write(slice: Slice): void {
    const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
    const { slice: number, parent, dimension, value, hits, listed, pages, unreadable } = slice;
    this.#save.run({
      seq: this.#seq,
      slice: number,
      parent,
      dimension,
      value,
      hits,
      listed,
      pages,
      unreadable,
      rounds: slice.rounds,
      state: slice.state,
      reason: slice.reason,
      counts: slice.counts ? 1 : 0,
      narrowing: JSON.stringify(slice.narrowing),
      shared: json(slice.shared),
      error: json(slice.error),
    });
  }
}
