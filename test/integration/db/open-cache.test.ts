import Sqlite from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheMigrations } from '#main/db/cache-migrations/list.ts';
import type { Migration } from '#main/db/migrate.ts';
import { cacheApplicationId, openCache, type CacheFile } from '#main/db/open-cache.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
const opened: CacheFile[] = [];
const file = () => join(temp.dir, 'cache.db');

beforeEach(() => {
  temp = makeTempDir();
});
afterEach(() => {
  for (const cache of opened.splice(0)) cache.close();
  temp.remove();
});

function open(migrations?: readonly Migration[]): CacheFile {
  const cache = openCache({
    profileDir: temp.dir,
    log: () => {},
    ...(migrations === undefined ? {} : { migrations }),
  });
  opened.push(cache);
  return cache;
}

const pin = (cache: CacheFile, owner: string) =>
  cache.db.prepare<[string]>(`INSERT INTO pins (owner, name) VALUES (?, 'https://x')`).run(owner);
const owners = (cache: CacheFile) =>
  cache.db
    .prepare<[], { owner: string }>('SELECT owner FROM pins ORDER BY owner')
    .all()
    .map(({ owner }) => owner);

describe('opening', () => {
  test('touches nothing before the first statement', () => {
    const cache = open();
    const count = cache.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM pins');
    expect(fs.readdirSync(temp.dir)).toEqual([]);
    expect(cache.db.isOpen).toBe(false);
    expect(count.get()).toEqual({ n: 0 });
    expect(cache.isTemporary()).toBe(false);
    const pragma = (name: string) => cache.db.pragma(name);
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(1);
    expect(pragma('auto_vacuum')).toBe(2);
    expect(pragma('busy_timeout')).toBe(5000);
    expect(pragma('application_id')).toBe(cacheApplicationId);
    expect(pragma('user_version')).toBe(cacheMigrations.length);
  });

  test('every table is STRICT', () => {
    const cache = open();
    const lax = cache.db
      .prepare<[], { name: string }>(
        `SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    expect(lax).toEqual([]);
  });

  test('an earlier version is brought up to this one', () => {
    const add: Migration = {
      version: cacheMigrations.length + 1,
      name: 'more',
      up: (raw) => void raw.exec('CREATE TABLE more (x INTEGER) STRICT'),
    };
    const before = open();
    pin(before, 'a');
    before.close();
    const after = open([...cacheMigrations, add]);
    expect(owners(after)).toEqual(['a']);
    expect(after.db.prepare('SELECT * FROM more').all()).toEqual([]);
  });

  test('two connections see each other’s work', () => {
    const [first, second] = [open(), open()];
    pin(first, 'a');
    pin(second, 'b');
    expect(owners(first)).toEqual(['a', 'b']);
  });

  test('several processes make one new file', () => {
    const script = `
      import { openCache } from '#main/db/open-cache.ts';
      const cache = openCache({ profileDir: process.argv[1], log: () => {} });
      for (let i = 0; i < 50; i++) cache.db.prepare('INSERT INTO pins VALUES (?, ?)').run(process.argv[2], 'u' + i);
      if (cache.isTemporary()) process.exit(3);
      cache.close();`;
    const run = (name: string) =>
      `"${process.execPath}" --input-type=module -e '${script.replaceAll("'", `'"'"'`)}' "${temp.dir}" ${name}`;
    execFileSync('sh', ['-ec', `${run('a')} & A=$!; ${run('b')} & B=$!; wait $A; wait $B`]);
    const cache = open();
    expect(cache.db.prepare('SELECT owner, count(*) AS n FROM pins GROUP BY owner').all()).toEqual([
      { owner: 'a', n: 50 },
      { owner: 'b', n: 50 },
    ]);
  });
});

describe('a file that is no good', () => {
  test('bytes that are no database: made anew', () => {
    fs.writeFileSync(file(), 'not a database, by far'.repeat(500));
    const cache = open();
    pin(cache, 'a');
    expect(owners(cache)).toEqual(['a']);
    expect(cache.isTemporary()).toBe(false);
  });

  test('damage met while running: one call fails, the next finds a fresh file', () => {
    const cache = open();
    cache.db.pragma('wal_checkpoint(TRUNCATE)');
    // Behind the schema, which has the first pages: a file without one is made anew when it is opened.
    const from = fs.statSync(file()).size;
    for (let i = 0; i < 2000; i += 1) pin(cache, `owner ${i}`);
    cache.db.pragma('wal_checkpoint(TRUNCATE)');
    const handle = fs.openSync(file(), 'r+');
    const { size } = fs.fstatSync(handle);
    fs.writeSync(handle, Buffer.alloc(size - from, 0x5a), 0, size - from, from);
    fs.closeSync(handle);
    // A connection of its own, which has nothing of the good pages in memory.
    const later = open();
    expect(() => owners(later)).toThrow(expect.objectContaining({ code: 'disk', retryable: true }));
    expect(owners(later)).toEqual([]);
    pin(later, 'b');
    expect(later.isTemporary()).toBe(false);
    const third = open();
    expect(owners(third)).toEqual(['b']);
  });

  test('a version from the future is emptied, its views and searches too', () => {
    const raw = new Sqlite(file());
    raw.exec(`CREATE TABLE later (x); CREATE VIEW v AS SELECT * FROM later;
      CREATE VIRTUAL TABLE words USING fts5(word); INSERT INTO words VALUES ('crater');`);
    raw.pragma(`application_id = ${cacheApplicationId}`);
    raw.pragma('user_version = 999');
    raw.close();
    const cache = open();
    pin(cache, 'a');
    expect(cache.db.pragma('user_version')).toBe(cacheMigrations.length);
    expect(
      cache.db
        .prepare(`SELECT name FROM sqlite_schema WHERE name IN ('later', 'v', 'words')`)
        .all(),
    ).toEqual([]);
    expect(cache.isTemporary()).toBe(false);
  });

  test('the newer one that has it open goes on with tables of its own', () => {
    const future: Migration = {
      version: cacheMigrations.length + 1,
      name: 'later',
      up: (raw) => void raw.exec('CREATE TABLE later (x INTEGER) STRICT'),
    };
    const newer = open([...cacheMigrations, future]);
    newer.db.prepare('INSERT INTO later VALUES (1)').run();
    const older = open();
    pin(older, 'older');
    expect(() => newer.db.prepare('SELECT * FROM later').all()).toThrow(/made anew/);
    expect(newer.db.prepare('SELECT * FROM later').all()).toEqual([]);
    expect(owners(newer)).toEqual(['older']);
  });

  test('tables that do not fit the version are made anew', () => {
    const raw = new Sqlite(file());
    raw.exec('CREATE TABLE odd (x)');
    raw.pragma(`application_id = ${cacheApplicationId}`);
    raw.pragma(`user_version = ${cacheMigrations.length}`);
    raw.close();
    const cache = open();
    expect(() => pin(cache, 'a')).toThrow(/made anew/);
    pin(cache, 'a');
    expect(owners(cache)).toEqual(['a']);
  });

  test('another program’s file of that name is left alone', () => {
    const raw = new Sqlite(file());
    raw.exec('CREATE TABLE theirs (x); INSERT INTO theirs VALUES (7)');
    raw.close();
    const bytes = fs.readFileSync(file());
    const cache = open();
    pin(cache, 'a');
    expect(owners(cache)).toEqual(['a']);
    expect(cache.isTemporary()).toBe(true);
    expect(fs.readFileSync(file())).toEqual(bytes);
  });

  test('a folder that is not there: everything works, nothing is kept', () => {
    const cache = openCache({ profileDir: join(temp.dir, 'gone', 'deep'), log: () => {} });
    opened.push(cache);
    pin(cache, 'a');
    expect(owners(cache)).toEqual(['a']);
    expect(cache.isTemporary()).toBe(true);
  });
});
