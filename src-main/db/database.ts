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

/** Where a `Database` gets its SQLite connection: one that is open for good, or one that may be replaced. */
export interface Connection {
  /** The open connection; opened now where it was not yet, another one where the last was given up. */
  raw(): Sqlite.Database;
  isOpen(): boolean;
  /** What a caller gets for anything that a statement threw. */
  translate(error: unknown): unknown;
  close(): void;
}

function fixedConnection(raw: Sqlite.Database): Connection {
  return {
    raw: () => raw,
    isOpen: () => raw.open,
    translate: toStorageError,
    close: () => {
      if (raw.open) raw.close();
    },
  };
}

export class Database {
  readonly #connection: Connection;
  readonly #log: Log;
  readonly #now: () => number;

  constructor(
    source: Sqlite.Database | Connection,
    log: Log,
    now: () => number = () => performance.now(),
  ) {
    this.#connection = 'translate' in source ? source : fixedConnection(source);
    this.#log = log;
    this.#now = now;
  }

  /** A statement, compiled at once where the connection is open, else when it is first used. */
  prepare<P extends unknown[], R = unknown>(sql: string): Query<P, R> {
    let compiledFor: Sqlite.Database | null = null;
    let compiled: Sqlite.Statement<unknown[], R>;
    const statement = (): Sqlite.Statement<unknown[], R> => {
      const raw = this.#connection.raw();
      if (compiledFor !== raw) {
        compiled = raw.prepare<unknown[], R>(sql);
        compiledFor = raw;
      }
      return compiled;
    };
    if (this.#connection.isOpen()) this.#timed(sql, statement);
    return {
      run: (...values) =>
        this.#timed(sql, () => {
          const { changes, lastInsertRowid } = statement().run(...values);
          return { changes, lastId: Number(lastInsertRowid) };
        }),
      get: (...values) => this.#timed(sql, () => statement().get(...values)),
      all: (...values) => this.#timed(sql, () => statement().all(...values)),
    };
  }

  /**
   * Runs `work` in one transaction that takes the write lock at once, so that what it reads cannot change
   * under it. Durable when it returns. Nested calls join the outer transaction.
   */
  transaction<T>(work: () => T): T {
    return this.#timed('transaction', () => {
      const raw = this.#connection.raw();
      return raw.inTransaction ? work() : raw.transaction(work).immediate();
    });
  }

  pragma(text: string): unknown {
    return this.#timed(text, () => this.#connection.raw().pragma(text, { simple: true }));
  }

  /** A pragma that does its work row by row, such as `incremental_vacuum`, run to its end. */
  pragmaRows(text: string): unknown[] {
    return this.#timed(text, () => this.#connection.raw().pragma(text) as unknown[]);
  }

  /** A number that changes whenever another connection, of any process, has written. */
  foreignVersion(): number {
    return Number(this.pragma('data_version'));
  }

  /** Copies the whole database to a new file, some pages at a time between other work. */
  async copyTo(file: string): Promise<void> {
    try {
      await this.#connection.raw().backup(file);
    } catch (error) {
      throw this.#connection.translate(error);
    }
  }

  get isOpen(): boolean {
    return this.#connection.isOpen();
  }

  close(): void {
    this.#connection.close();
  }

  #timed<T>(what: string, work: () => T): T {
    const startMs = this.#now();
    try {
      return work();
    } catch (error) {
      throw this.#connection.translate(error);
    } finally {
      const tookMs = this.#now() - startMs;
      if (tookMs > slowMs) this.#log('slow statement', { sql: what.trim(), tookMs });
    }
  }
}
