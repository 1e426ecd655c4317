/**
 * Runs in plain Node, in any thread. Opens `cache.db`: answers, media index, stored results, captions. All of
 * it can be fetched again, so a file that is damaged or from a newer Almagest is simply made anew.
 * Several processes and threads may have it open at once, each through a call of its own.
 */
import Sqlite from 'better-sqlite3';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { damageOf, toCacheError } from './cache-errors.ts';
import { cacheMigrations } from './cache-migrations/list.ts';
import { Database, type Connection } from './database.ts';
import type { Log } from './log.ts';
import { migrate, newestVersion, readVersion, type Migration } from './migrate.ts';

/** How long a write waits for another connection's write, unless told otherwise. */
const defaultBusyTimeoutMs = 5000;
/** Marks the file as our cache ("Almc"), so that another program's file of that name is left alone. */
export const cacheApplicationId = 0x416c_6d63;

export interface OpenCacheOptions {
  profileDir: string;
  log: Log;
  /** A write on the main thread that can as well come later waits shorter, so that nothing stalls. */
  busyTimeoutMs?: number;
  /** True where someone else sees to checkpoints: they wait for the disk. */
  leavesCheckpoints?: boolean;
  /** Other migrations than the released ones, for tests. */
  migrations?: readonly Migration[];
}

export interface CacheFile {
  /**
   * Opens the file with its first statement, so that starting costs nothing. After damage the first
   * statement fails (`disk`, retryable) and the next one finds a fresh file.
   */
  db: Database;
  file: string;
  /** True while the file cannot be used and a nameless temporary one, gone at the end, stands in. */
  isTemporary(): boolean;
  close(): void;
}

class ForeignFile extends Error {}

/** Opens the cache of a profile. Does not touch the disk yet and never throws. */
export function openCache(options: OpenCacheOptions): CacheFile {
  const connection = new CacheConnection(options);
  return {
    db: new Database(connection, options.log),
    file: connection.file,
    isTemporary: () => connection.isTemporary,
    close: () => connection.close(),
  };
}

class CacheConnection implements Connection {
  readonly file: string;
  isTemporary = false;
  readonly #log: Log;
  readonly #migrations: readonly Migration[];
  #raw: Sqlite.Database | null = null;
  #damage: ReturnType<typeof damageOf> = null;
  readonly #busyTimeoutMs: number;
  readonly #leavesCheckpoints: boolean;
  #isClosed = false;

  constructor(options: OpenCacheOptions) {
    const { profileDir, log, migrations, busyTimeoutMs } = options;
    this.#leavesCheckpoints = options.leavesCheckpoints ?? false;
    this.#busyTimeoutMs = busyTimeoutMs ?? defaultBusyTimeoutMs;
    this.file = join(profileDir, 'cache.db');
    this.#log = log;
    this.#migrations = migrations ?? cacheMigrations;
  }

  isOpen(): boolean {
    return this.#raw?.open === true && this.#damage === null;
  }

  raw(): Sqlite.Database {
    if (this.#isClosed) throw new TypeError('the cache is closed');
    if (this.#raw !== null && this.#damage === null) return this.#raw;
    if (this.#raw?.inTransaction === true) return this.#raw;
    if (this.#raw !== null) this.#giveUp(this.#raw);
    this.#raw = this.#open();
    this.#damage = null;
    return this.#raw;
  }

  translate(error: unknown): unknown {
    // Replaced when the next statement comes: this one may be inside a transaction.
    this.#damage ??= damageOf(error);
    return toCacheError(error);
  }

  close(): void {
    this.#isClosed = true;
    this.#raw?.close();
    this.#raw = null;
  }

  #open(): Sqlite.Database {
    for (let tries = 1; ; tries += 1) {
      try {
        return this.#openFile();
      } catch (error) {
        this.#log('cache.db can’t be used as it is', { error: String(error) });
        this.#damage = damageOf(error);
        if (tries > 1 || this.#damage === null) break;
        if (this.#damage === 'bytes') this.#tryToRemove();
      }
    }
    // SQLite's own temporary file: everything works, and nothing outlives the process.
    this.isTemporary = true;
    return setUp(new Sqlite(''), this.#migrations, false);
  }

  #openFile(): Sqlite.Database {
    const raw = new Sqlite(this.file, { timeout: defaultBusyTimeoutMs });
    try {
      assertOurs(raw);
      const opened = setUp(raw, this.#migrations, this.#damage === 'schema');
      opened.pragma(`busy_timeout = ${this.#busyTimeoutMs}`);
      if (this.#leavesCheckpoints) opened.pragma('wal_autocheckpoint = 0');
      this.isTemporary = false;
      return opened;
    } catch (error) {
      raw.close();
      throw error;
    }
  }

  /** Closes what is damaged and removes it, unless another process was quicker and has made a new file. */
  #giveUp(raw: Sqlite.Database): void {
    this.#log('cache.db is damaged and made anew', { damage: this.#damage });
    const mustGo = this.#damage === 'bytes' && !this.isTemporary && isDamaged(this.file);
    raw.close();
    if (mustGo) this.#tryToRemove();
  }

  #tryToRemove(): void {
    try {
      for (const end of ['-wal', '-shm', '']) fs.rmSync(`${this.file}${end}`, { force: true });
    } catch (error) {
      // Windows removes no file that another process has open.
      this.#log('cache.db can’t be removed', { error: String(error) });
    }
  }
}

/** Through a connection of its own: the one at hand may still have the file that was replaced. */
function isDamaged(file: string): boolean {
  let probe: Sqlite.Database | null = null;
  try {
    probe = new Sqlite(file, {
      readonly: true,
      fileMustExist: true,
      timeout: defaultBusyTimeoutMs,
    });
    const tables = Number(probe.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
    const found = String(probe.pragma('quick_check(1)', { simple: true }));
    return tables === 0 || found !== 'ok';
  } catch {
    return true;
  } finally {
    probe?.close();
  }
}

function assertOurs(raw: Sqlite.Database): void {
  const owner = Number(raw.pragma('application_id', { simple: true }));
  if (owner === cacheApplicationId) return;
  const tables = Number(raw.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (tables > 0) throw new ForeignFile(`application_id ${owner} is not ours; left as it is`);
}

function setUp(
  raw: Sqlite.Database,
  migrations: readonly Migration[],
  isSchemaBroken: boolean,
): Sqlite.Database {
  // Making the tables waits for no disk: after a power cut the file is made anew.
  raw.pragma('synchronous = OFF');
  // Counts only before the first table: what is cleared is given back to the disk.
  raw.pragma('auto_vacuum = INCREMENTAL');
  raw.pragma('journal_mode = WAL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('trusted_schema = OFF');
  raw.pragma('cell_size_check = ON');
  raw.pragma('journal_size_limit = 33554432');
  const newest = newestVersion(migrations);
  wipe(raw, isSchemaBroken ? newest - 1 : newest);
  migrate(raw, migrations, cacheApplicationId);
  raw.pragma('synchronous = NORMAL');
  return raw;
}

/**
 * Empties a file of a higher version in one transaction. It is not deleted: the newer Almagest that made it
 * may have it open, and finds its tables gone rather than its file.
 */
function wipe(raw: Sqlite.Database, newest: number): void {
  if (readVersion(raw) <= newest) return;
  raw.pragma('foreign_keys = OFF');
  raw
    .transaction(() => {
      if (readVersion(raw) <= newest) return;
      const tables = (): { name: string }[] =>
        raw
          .prepare<[], { name: string }>(
            `SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'
             ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'`,
          )
          .all();
      // One at a time: a virtual table takes its shadow tables with it.
      for (let rest = tables(); rest[0] !== undefined; rest = tables()) {
        raw.exec(`DROP ${viewOrTable(raw, rest[0].name)} "${rest[0].name.replaceAll('"', '""')}"`);
      }
      raw.pragma('user_version = 0');
    })
    .immediate();
  raw.pragma('foreign_keys = ON');
}

function viewOrTable(raw: Sqlite.Database, name: string): 'VIEW' | 'TABLE' {
  const type = raw.prepare('SELECT type FROM sqlite_schema WHERE name = ?').pluck().get(name);
  return type === 'view' ? 'VIEW' : 'TABLE';
}
