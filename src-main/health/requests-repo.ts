/** Runs in plain Node. The table `requests` of cache.db: what was asked in the last day. */
import type { Database, Query } from '../db/database.ts';
import type { Lane } from '../http/http-client.ts';

export interface RequestRow {
  atMs: number;
  trace: string;
  lane: Lane;
  host: string;
  method: string;
  path: string;
  status: number | null;
  failure: string | null;
  tookMs: number;
  heldUntilMs: number | null;
}

/** What the figures of a host are made of. */
export type RequestFigure = Pick<RequestRow, 'atMs' | 'lane' | 'host' | 'status' | 'tookMs'>;

export interface RequestPick {
  /** Only those that failed or took `slowMs` or longer. */
  isTroubled: boolean;
  slowMs: number;
  /** A part of host, path, method or status; '' for all. */
  text: string;
  limit: number;
}

/** More are not kept, however much was asked in a day. */
const mostRows = 20_000;

const columns = `id, at_ms AS atMs, trace, lane, host, method, path, status, failure, took_ms AS tookMs,
  held_until_ms AS heldUntilMs`;
/** A failure as people see it: what is not there is an answer. */
const isFailed = '(status IS NULL OR (status >= 400 AND status NOT IN (404, 410)))';

export class RequestsRepo {
  readonly #db: Database;
  readonly #add: Query<[RequestRow], unknown>;
  readonly #trim: Query<[number, number], unknown>;
  readonly #figures: Query<[number], RequestFigure>;
  readonly #recent: Query<[Record<string, unknown>], RequestRow & { id: number }>;
  readonly #after: Query<[string, number], { status: number | null; atMs: number; tookMs: number }>;

  constructor(db: Database) {
    this.#db = db;
    this.#add = db.prepare(`
      INSERT INTO requests (at_ms, trace, lane, host, method, path, status, failure, took_ms, held_until_ms)
      VALUES (@atMs, @trace, @lane, @host, @method, @path, @status, @failure, @tookMs, @heldUntilMs)`);
    this.#trim = db.prepare(
      'DELETE FROM requests WHERE at_ms < ? OR id <= (SELECT max(id) FROM requests) - ?',
    );
    this.#figures = db.prepare(
      'SELECT at_ms AS atMs, lane, host, status, took_ms AS tookMs FROM requests WHERE at_ms >= ?',
    );
    this.#recent = db.prepare(`
      SELECT ${columns} FROM requests
      WHERE at_ms >= @sinceMs AND (@isTroubled = 0 OR ${isFailed} OR took_ms >= @slowMs)
        AND (@text = '' OR instr(lower(host || ' ' || method || ' ' || path || ' ' || ifnull(status, '') || ' '
          || ifnull(failure, '')), @text) > 0)
      ORDER BY id DESC LIMIT @limit`);
    this.#after = db.prepare(`
      SELECT status, at_ms AS atMs, took_ms AS tookMs FROM requests WHERE trace = ? AND id > ?
      ORDER BY id LIMIT 1`);
  }

  /** Writes them down in one step, and lets go of what is older than `sinceMs`. */
  add(rows: readonly RequestRow[], sinceMs: number): void {
    this.#db.transaction(() => {
      for (const row of rows) this.#add.run(row);
      this.#trim.run(sinceMs, mostRows);
    });
  }

  figures(sinceMs: number): RequestFigure[] {
    return this.#figures.all(sinceMs);
  }

  /** The newest first. */
  recent(pick: RequestPick, sinceMs: number): (RequestRow & { id: number })[] {
    const text = pick.text.trim().toLowerCase();
    return this.#recent.all({ ...pick, text, sinceMs, isTroubled: pick.isTroubled ? 1 : 0 });
  }

  /** The try of the same request that came next; null where there was none. */
  nextTry(
    trace: string,
    id: number,
  ): { status: number | null; atMs: number; tookMs: number } | null {
    return this.#after.get(trace, id) ?? null;
  }
}
