import Sqlite from 'better-sqlite3';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { listBackups } from '#main/db/backup.ts';
import { Database } from '#main/db/database.ts';
import { applicationId, type Migration } from '#main/db/migrate.ts';
import { libraryMigrations } from '#main/db/migrations/list.ts';
import { openLibrary } from '#main/db/open-library.ts';
import { findDamagedRows } from '#main/db/row-checksum.ts';
import { downloadsTable } from '#main/downloads/download-row.ts';
import { FavouritesRepo, favouritesTable } from '#main/library/favourites-repo.ts';
import { makeSeen, makeTempDir, nasaRef, openTestLibrary } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
const file = () => join(temp.dir, 'library.db');

beforeEach(() => {
  temp = makeTempDir();
});
afterEach(() => temp.remove());

/** Opens with other migrations; `nowMs` names the backups. */
const openWith = (migrations: readonly Migration[], nowMs = 1_000) =>
  openLibrary({ profileDir: temp.dir, log: () => {}, clock: { nowMs: () => nowMs }, migrations });

function refusal(open: () => unknown): ArchiveError {
  try {
    open();
  } catch (error) {
    if (error instanceof ArchiveError) return error;
    throw error;
  }
  throw new Error('it was opened');
}

/** Digests of the library and of the log that SQLite keeps beside it; an empty log is as good as none. */
const bytesOnDisk = () =>
  ['', '-wal'].map((end) => {
    const bytes = fs.existsSync(file() + end) ? fs.readFileSync(file() + end) : Buffer.alloc(0);
    return bytes.length === 0 ? null : createHash('sha256').update(bytes).digest('hex');
  });

function keepSome(count: number): void {
  const library = openTestLibrary(temp.dir);
  new FavouritesRepo(library.db).keep(
    Array.from({ length: count }, (_, i) => ({ seen: makeSeen(`PIA${i}`), place: i, keptAtMs: 5 })),
  );
  library.close();
}

describe('opening', () => {
  test('makes the profile and sets every safeguard', () => {
    const library = openTestLibrary(join(temp.dir, 'deep', 'profile'));
    const pragma = (name: string) => library.db.pragma(name);
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('trusted_schema')).toBe(0);
    expect(pragma('busy_timeout')).toBe(5000);
    expect(pragma('application_id')).toBe(applicationId);
    expect(pragma('user_version')).toBe(libraryMigrations.length);
    library.close();
  });

  test('flushes through the drive’s cache on macOS', () => {
    const library = openLibrary({
      profileDir: temp.dir,
      log: () => {},
      clock: { nowMs: () => 0 },
      platform: 'darwin',
    });
    expect(library.db.pragma('fullfsync')).toBe(1);
    expect(library.db.pragma('checkpoint_fullfsync')).toBe(1);
    library.close();
  });

  test('takes an empty file, which a first start left behind, for a new one', () => {
    fs.writeFileSync(file(), '');
    const library = openTestLibrary(temp.dir);
    expect(library.db.pragma('user_version')).toBe(libraryMigrations.length);
    library.close();
  });

  test('says “disk” when the profile cannot be made', () => {
    fs.writeFileSync(join(temp.dir, 'in-the-way'), '');
    const error = refusal(() => openTestLibrary(join(temp.dir, 'in-the-way', 'profile')));
    expect(error.code).toBe('disk');
  });

  test('every table is STRICT', () => {
    const library = openTestLibrary(temp.dir);
    const tables = library.db
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'",
      )
      .all();
    expect(tables.length).toBeGreaterThan(1);
    expect(tables.filter((table) => table.strict !== 1)).toEqual([]);
    library.close();
  });
});

describe('a file that must not be touched', () => {
  test('from a newer Almagest', () => {
    keepSome(3);
    const raw = new Sqlite(file());
    raw.pragma('user_version = 999');
    raw.close();
    const before = bytesOnDisk();
    const error = refusal(() => openTestLibrary(temp.dir));
    expect(error.code).toBe('library-unusable');
    expect(error.message).toMatch(/newer Almagest/);
    expect(error.retryable).toBe(false);
    expect(bytesOnDisk()).toEqual(before);
  });

  test('from a newer Almagest that is still in the write-ahead log', () => {
    keepSome(1);
    const raw = new Sqlite(file());
    raw.pragma('user_version = 999');
    // As a killed process leaves it: the change is in the log only.
    const copies = ['', '-wal'].map((end) => [end, fs.readFileSync(file() + end)] as const);
    raw.close();
    for (const [end, bytes] of copies) fs.writeFileSync(file() + end, bytes);
    const before = bytesOnDisk();
    expect(refusal(() => openTestLibrary(temp.dir)).message).toMatch(/newer Almagest/);
    expect(bytesOnDisk()).toEqual(before);
  });

  test('that is no database', () => {
    fs.writeFileSync(
      file(),
      'A letter to my aunt, which is longer than a hundred bytes. '.repeat(40),
    );
    const before = bytesOnDisk();
    const error = refusal(() => openTestLibrary(temp.dir));
    expect(error.code).toBe('library-unusable');
    expect(error.message).toMatch(/damaged/);
    expect(bytesOnDisk()).toEqual(before);
  });

  test('that is another program’s database', () => {
    const raw = new Sqlite(file());
    raw.exec('CREATE TABLE theirs (a)');
    raw.close();
    const before = bytesOnDisk();
    expect(refusal(() => openTestLibrary(temp.dir)).message).toMatch(/not a library of Almagest/);
    expect(bytesOnDisk()).toEqual(before);
  });

  test('with pages overwritten or cut off', () => {
    keepSome(400);
    const whole = fs.readFileSync(file());
    const spoiled = {
      overwritten: Buffer.concat([
        whole.subarray(0, 4096),
        Buffer.alloc(whole.length - 4096, 0xa5),
      ]),
      cut: whole.subarray(0, whole.length - 3 * 4096),
      stub: whole.subarray(0, 60),
    };
    for (const [how, bytes] of Object.entries(spoiled)) {
      fs.writeFileSync(file(), bytes);
      const error = refusal(() => openTestLibrary(temp.dir));
      expect(error.code, how).toBe('library-unusable');
      expect(fs.readFileSync(file()).equals(bytes), how).toBe(true);
    }
  });
});

describe('migrating', () => {
  const addNotes: Migration = {
    version: libraryMigrations.length + 1,
    name: 'notes',
    up: (raw) => raw.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT'),
  };
  const fails: Migration = {
    version: libraryMigrations.length + 2,
    name: 'fails',
    up: (raw) => {
      raw.exec('DELETE FROM favourites');
      throw new Error('half-way');
    },
  };

  test('from the version before keeps every row and leaves a backup of it', () => {
    keepSome(20);
    const library = openWith([...libraryMigrations, addNotes], 77);
    expect(library.db.pragma('user_version')).toBe(addNotes.version);
    expect(new FavouritesRepo(library.db).count()).toBe(20);
    library.close();
    const backup = new Sqlite(
      join(temp.dir, 'backups', `library-before-v${addNotes.version}-77.db`),
    );
    expect(backup.pragma('user_version', { simple: true })).toBe(libraryMigrations.length);
    expect(backup.prepare('SELECT count(*) FROM favourites').pluck().get()).toBe(20);
    backup.close();
  });

  test('makes no backup of a file that is new or needs nothing', () => {
    keepSome(1);
    openTestLibrary(temp.dir).close();
    expect(fs.existsSync(join(temp.dir, 'backups'))).toBe(false);
  });

  test('all or nothing: a failing step leaves the version and the rows before it', () => {
    keepSome(7);
    expect(() => openWith([...libraryMigrations, addNotes, fails])).toThrow();
    const library = openTestLibrary(temp.dir);
    expect(library.db.pragma('user_version')).toBe(libraryMigrations.length);
    expect(new FavouritesRepo(library.db).count()).toBe(7);
    library.close();
  });

  test('does not begin when the backup cannot be made', () => {
    keepSome(2);
    fs.writeFileSync(join(temp.dir, 'backups'), 'in the way');
    expect(refusal(() => openWith([...libraryMigrations, addNotes])).code).toBe('disk');
    const raw = new Sqlite(file(), { readonly: true });
    expect(raw.pragma('user_version', { simple: true })).toBe(libraryMigrations.length);
    raw.close();
  });

  test('keeps the last three backups of migrations', () => {
    keepSome(1);
    const chain = [...libraryMigrations];
    for (let step = 1; step <= 5; step += 1) {
      const version = libraryMigrations.length + step;
      chain.push({
        version,
        name: `t${step}`,
        up: (raw) => raw.exec(`CREATE TABLE t${step} (a) `),
      });
      openWith(chain, step * 1000).close();
    }
    expect(fs.readdirSync(join(temp.dir, 'backups')).sort()).toEqual(
      [3, 4, 5].map((step) => {
        const version = libraryMigrations.length + step;
        return `library-before-v${version}-${step * 1000}.db`;
      }),
    );
  });

  test('refuses a list with a gap', () => {
    expect(() => openWith([{ ...addNotes, version: 3 }])).toThrow();
  });
});

describe('daily backups', () => {
  const dayMs = 86_400_000;

  test('one a day, whole, the last seven kept', async () => {
    keepSome(5);
    const library = openTestLibrary(temp.dir);
    const first = await library.backupDaily(0);
    expect(first).toBe(join(temp.dir, 'backups', 'library-1970-01-01.db'));
    expect(await library.backupDaily(dayMs - 1)).toBeNull();
    for (let day = 1; day < 10; day += 1) await library.backupDaily(day * dayMs);
    const kept = listBackups(library.backupDir).map((path) => path.slice(-13, -3));
    expect(kept).toHaveLength(7);
    expect(kept[0]).toBe('1970-01-10');
    expect(kept.at(-1)).toBe('1970-01-04');
    library.close();
    const copy = new Sqlite(join(temp.dir, 'backups', 'library-1970-01-10.db'));
    expect(copy.pragma('quick_check', { simple: true })).toBe('ok');
    expect(copy.prepare('SELECT count(*) FROM favourites').pluck().get()).toBe(5);
    copy.close();
  });

  test('a failure is logged and leaves nothing half-made', async () => {
    const logged: string[] = [];
    const library = openLibrary({
      profileDir: temp.dir,
      log: (message) => logged.push(message),
      clock: { nowMs: () => 0 },
    });
    fs.writeFileSync(join(temp.dir, 'backups'), 'in the way');
    expect(await library.backupDaily(0)).toBeNull();
    expect(logged).toContain('daily backup failed');
    library.close();
  });
});

describe('rows', () => {
  test('a changed value is found by its checksum, and only that row', async () => {
    keepSome(1200);
    const raw = new Sqlite(file());
    raw
      .prepare(
        "UPDATE favourites SET snapshot = replace(snapshot, 'Observer 12', 'Observer 13') WHERE ref = ?",
      )
      .run('nasa:PIA777');
    raw.close();
    const library = openTestLibrary(temp.dir);
    const damaged = await findDamagedRows(library.db, [favouritesTable, downloadsTable]);
    const { id } = library.db
      .prepare<[string], { id: number }>('SELECT id FROM favourites WHERE ref = ?')
      .get(nasaRef('PIA777')) ?? { id: -1 };
    expect(damaged).toEqual([{ table: 'favourites', key: id }]);
    library.close();
  });

  test('slow statements are logged, errors are translated', () => {
    const logged: string[] = [];
    let time = 0;
    const raw = new Sqlite(':memory:');
    const db = new Database(
      raw,
      (message, detail) => logged.push(`${message}: ${String(detail?.['sql'])}`),
      () => (time += 15),
    );
    db.prepare('SELECT 1').get();
    expect(logged).toEqual([]);
    time = 0;
    const slow = new Database(
      raw,
      (message, detail) => logged.push(`${message}: ${String(detail?.['sql'])}`),
      () => (time += 25),
    );
    slow.prepare(' SELECT 2').get();
    expect(logged).toEqual(['slow statement: SELECT 2', 'slow statement: SELECT 2']);
    raw.exec('CREATE TABLE t (a INTEGER NOT NULL) STRICT');
    expect(() => db.prepare<[null]>('INSERT INTO t VALUES (?)').run(null)).toThrow(ArchiveError);
    raw.close();
  });

  test('a transaction that throws leaves nothing', () => {
    const library = openTestLibrary(temp.dir);
    const repo = new FavouritesRepo(library.db);
    expect(() =>
      library.db.transaction(() => {
        repo.keep([{ seen: makeSeen('A'), place: 1, keptAtMs: 1 }]);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(repo.count()).toBe(0);
    library.close();
  });
});
