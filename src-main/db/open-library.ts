/**
 * Runs in plain Node, in the one thread that owns the core. Opens `library.db`, the precious file: what the
 * user kept and what is queued. It is checked before anything may write to it, never replaced, and backed up
 * before its schema changes.
 */
import Sqlite from 'better-sqlite3';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { ArchiveError } from '#contract/errors.ts';
import { backUpBeforeMigration, backUpDaily } from './backup.ts';
import { makeFolder } from './make-folder.ts';
import { Database } from './database.ts';
import type { Log } from './log.ts';
import { applicationId, migrate, newestVersion, readVersion, type Migration } from './migrate.ts';
import { libraryMigrations } from './migrations/list.ts';
import { damagedWords, toStorageError } from './sqlite-errors.ts';

/** Files above this are not read whole at start: it would hold up the first paint. */
const quickCheckMaxBytes = 64 * 1024 * 1024;
/** How long a write waits for another process's write. */
const busyTimeoutMs = 5000;

export interface OpenLibraryOptions {
  profileDir: string;
  log: Log;
  clock: { nowMs(): number };
  platform?: NodeJS.Platform;
  /** Other migrations than the released ones, for tests. */
  migrations?: readonly Migration[];
}

export interface Library {
  db: Database;
  file: string;
  backupDir: string;
  /** Makes the backup of the day of `nowMs`, unless there is one. Never throws: a failure is logged. */
  backupDaily(nowMs: number): Promise<string | null>;
  close(): void;
}

function unusable(message: string, detail: string, cause?: unknown): ArchiveError {
  return new ArchiveError(
    { code: 'library-unusable', message, retryable: false, detail },
    { cause },
  );
}

const damaged = (detail: string, cause?: unknown) => unusable(damagedWords.message, detail, cause);

/**
 * Looks at an existing file through a read-only connection, which cannot change it, not even by merging
 * its log. Throws `library-unusable` for a damaged file, a foreign one, and one from a newer Almagest.
 */
function inspect(file: string, newest: number): void {
  let raw: Sqlite.Database | null = null;
  try {
    raw = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    const version = readVersion(raw);
    const owner = Number(raw.pragma('application_id', { simple: true }));
    const tables = Number(raw.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
    if (tables > 0 && owner !== applicationId) {
      throw unusable(
        'The file library.db in the profile is not a library of Almagest. It was left exactly as it is. Move it away or choose another profile folder.',
        `application_id ${owner}`,
      );
    }
    if (version > newest) {
      throw unusable(
        `This library was written by a newer Almagest. It was left exactly as it is. Update Almagest to open it.`,
        `schema ${version}, this version knows ${newest}`,
      );
    }
    if (fs.statSync(file).size <= quickCheckMaxBytes) {
      const found = String(raw.pragma('quick_check(1)', { simple: true }));
      if (found !== 'ok') throw damaged(found);
    }
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(error.code)) {
      throw damaged(`${error.code}: ${error.message}`, error);
    }
    throw toStorageError(error);
  } finally {
    raw?.close();
  }
}

/** True when there is something to look at; an empty file is one that a first start never came to fill. */
function holdsSomething(file: string): boolean {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const logSize = fs.statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return size > 0 || logSize > 0;
}

function setUp(raw: Sqlite.Database, platform: NodeJS.Platform): void {
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  if (platform === 'darwin') {
    raw.pragma('fullfsync = ON');
    raw.pragma('checkpoint_fullfsync = ON');
  }
  raw.pragma('foreign_keys = ON');
  raw.pragma('trusted_schema = OFF');
  raw.pragma('cell_size_check = ON');
  raw.pragma('journal_size_limit = 67108864');
}

function openAndMigrate(
  file: string,
  backupDir: string,
  options: OpenLibraryOptions,
): Sqlite.Database {
  const migrations = options.migrations ?? libraryMigrations;
  const raw = new Sqlite(file, { timeout: busyTimeoutMs });
  try {
    setUp(raw, options.platform ?? process.platform);
    const version = readVersion(raw);
    if (version > 0 && version < newestVersion(migrations)) {
      backUpBeforeMigration(raw, backupDir, version, options.clock.nowMs());
    }
    const applied = migrate(raw, migrations);
    if (applied.length > 0) options.log('library migrated', { from: version, applied });
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

/**
 * Opens the library of a profile, made when missing. Throws an `ArchiveError`: `library-unusable` when the
 * file is damaged, foreign or from the future (it is then left untouched), `disk` when it cannot be written.
 */
export function openLibrary(options: OpenLibraryOptions): Library {
  const { profileDir, log } = options;
  const file = join(profileDir, 'library.db');
  const backupDir = join(profileDir, 'backups');
  let db: Database;
  try {
    makeFolder(profileDir);
    if (holdsSomething(file)) inspect(file, newestVersion(options.migrations ?? libraryMigrations));
    db = new Database(openAndMigrate(file, backupDir, options), log);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    if (error instanceof Sqlite.SqliteError) throw toStorageError(error);
    throw new ArchiveError(
      {
        code: 'disk',
        message:
          'The profile folder cannot be used. Nothing was changed. Check that it exists, that it may be written to and that the disk has room.',
        retryable: true,
        detail: error instanceof Error ? error.message : String(error),
      },
      { cause: error },
    );
  }
  return {
    db,
    file,
    backupDir,
    backupDaily: async (nowMs) => {
      try {
        return await backUpDaily(db, backupDir, nowMs);
      } catch (error) {
        log('daily backup failed', { error: String(error) });
        return null;
      }
    },
    close: () => db.close(),
  };
}
