/**
 * Runs in plain Node. Copies of the library beside it: one a day, the last seven kept, and one before each
 * migration, the last three kept.
 */
import type Sqlite from 'better-sqlite3';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.ts';

const dailyKept = 7;
const beforeMigrationKept = 3;
const dailyPattern = /^library-\d{4}-\d\d-\d\d\.db$/;
const beforePattern = /^library-before-v\d+-\d+\.db$/;

/** Makes what was written to a file, or a folder's list of names, outlast a power cut. Best effort on folders. */
function syncPath(path: string): void {
  let handle: number | null = null;
  try {
    handle = fs.openSync(path, fs.statSync(path).isDirectory() ? 'r' : 'r+');
    fs.fsyncSync(handle);
  } catch {
    // Windows cannot sync a folder; a copy that could not be synced is still a copy.
  } finally {
    if (handle !== null) fs.closeSync(handle);
  }
}

/** Oldest first. `library-before-v2-…` sorts by its time, not by its version's digits. */
function backupsLike(dir: string, pattern: RegExp): string[] {
  const order = (name: string) => Number(/(\d+)\.db$/.exec(name)?.[1] ?? 0);
  return fs
    .readdirSync(dir)
    .filter((name) => pattern.test(name))
    .sort((a, b) => (pattern === beforePattern ? order(a) - order(b) : a < b ? -1 : 1));
}

function prune(dir: string, pattern: RegExp, keep: number): void {
  for (const name of backupsLike(dir, pattern).slice(0, -keep)) fs.rmSync(join(dir, name));
}

/** Days for which a backup is kept, newest first, as file paths. */
export function listBackups(dir: string): string[] {
  if (!fs.existsSync(dir)) return [];
  return backupsLike(dir, dailyPattern)
    .reverse()
    .map((name) => join(dir, name));
}

/** One whole copy before the schema changes; throws when it cannot be made, so that nothing is migrated. */
export function backUpBeforeMigration(
  raw: Sqlite.Database,
  dir: string,
  fromVersion: number,
  nowMs: number,
): string {
  fs.mkdirSync(dir, { recursive: true });
  const target = join(dir, `library-before-v${fromVersion + 1}-${Math.trunc(nowMs)}.db`);
  raw.prepare('VACUUM INTO ?').run(target);
  syncPath(target);
  syncPath(dir);
  prune(dir, beforePattern, beforeMigrationKept);
  return target;
}

/** The copy of this day (UTC), unless there is one already. Returns its path, or null when it was there. */
export async function backUpDaily(
  db: Database,
  dir: string,
  nowMs: number,
): Promise<string | null> {
  fs.mkdirSync(dir, { recursive: true });
  const target = join(dir, `library-${new Date(nowMs).toISOString().slice(0, 10)}.db`);
  if (fs.existsSync(target)) return null;
  const unfinished = `${target}.${process.pid}.unfinished`;
  fs.rmSync(unfinished, { force: true });
  try {
    await db.copyTo(unfinished);
    syncPath(unfinished);
    fs.renameSync(unfinished, target);
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
  syncPath(dir);
  prune(dir, dailyPattern, dailyKept);
  return target;
}
