/**
 * Runs in plain Node, in the one thread that owns the core. May import better-sqlite3 and the contract.
 * A thin shell over one SQLite connection: typed statements, one kind of transaction, slow statements logged,
 * errors translated. Repositories prepare their statements once, in their constructors.
 */
import type Sqlite from 'better-sqlite3';
import type { Log } from './log.ts';
import { toStorageError } from './sqlite-errors.ts';

/** Statements slower than this are logged: the main thread must never stall over 50 ms. */
const slowMs = 20;

export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = Record<string, SqlValue>;

/** A prepared statement. `P` is the tuple of positional values or one object of named ones. */
export interface Query<P extends unknown[], R> {
  run(...values: P): { changes: number; lastId: number };
  get(...values: P): R | undefined;
  all(...values: P): R[];
}

export class Database {
  readonly #raw: Sqlite.Database;
  readonly #log: Log;
  readonly #now: () => number;

  constructor(raw: Sqlite.Database, log: Log, now: () => number = () => performance.now()) {
    this.#raw = raw;
    this.#log = log;
    this.#now = now;
  }

  prepare<P extends unknown[], R = unknown>(sql: string): Query<P, R> {
    const statement = this.#timed(sql, () => this.#raw.prepare<unknown[], R>(sql));
    return {
      run: (...values) =>
        this.#timed(sql, () => {
          const { changes, lastInsertRowid } = statement.run(...values);
          return { changes, lastId: Number(lastInsertRowid) };
        }),
      get: (...values) => this.#timed(sql, () => statement.get(...values)),
      all: (...values) => this.#timed(sql, () => statement.all(...values)),
    };
  }

  /**
   * Runs `work` in one transaction that takes the write lock at once, so that what it reads cannot change
   * under it. Durable when it returns. Nested calls join the outer transaction.
   */
  transaction<T>(work: () => T): T {
    if (this.#raw.inTransaction) return work();
    return this.#timed('transaction', () => this.#raw.transaction(work).immediate());
  }

  pragma(text: string): unknown {
    return this.#timed(text, () => this.#raw.pragma(text, { simple: true }));
  }

  /** Copies the whole database to a new file, some pages at a time between other work. */
  async copyTo(file: string): Promise<void> {
    try {
      await this.#raw.backup(file);
    } catch (error) {
      throw toStorageError(error);
    }
  }

  get isOpen(): boolean {
    return this.#raw.open;
  }

  close(): void {
    if (this.#raw.open) this.#raw.close();
  }

  #timed<T>(what: string, work: () => T): T {
    const startMs = this.#now();
    try {
      return work();
    } catch (error) {
      throw toStorageError(error);
    } finally {
      const tookMs = this.#now() - startMs;
      if (tookMs > slowMs) this.#log('slow statement', { sql: what.trim(), tookMs });
    }
  }
}
