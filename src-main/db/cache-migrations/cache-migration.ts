/** Runs in plain Node. One step of the schema of cache.db; its number is its place in list.ts. */
import type Sqlite from 'better-sqlite3';

export interface CacheMigration {
  name: string;
  up(raw: Sqlite.Database): void;
}
