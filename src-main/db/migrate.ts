/**
 * Runs in plain Node. Brings a database file to the newest schema, one migration at a time, all in one
 * transaction: either the whole way or not at all. `user_version` is the number of the last one applied.
 */
import type Sqlite from 'better-sqlite3';

/** One step of the schema. Never edited once released. */
export interface Migration {
  /** 1, 2, 3, … without gaps. */
  version: number;
  name: string;
  up(raw: Sqlite.Database): void;
}

/** Marks the file as ours ("Alma"), so that another program's database is never migrated. */
export const applicationId = 0x416c_6d61;

/** Version of the newest migration. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

export function readVersion(raw: Sqlite.Database): number {
  return Number(raw.pragma('user_version', { simple: true }));
}

function assertInOrder(migrations: readonly Migration[]): void {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) {
      throw new TypeError(`migration ${migration.name} is out of order`);
    }
  });
}

/**
 * Applies what is missing. The version is read again under the write lock: another process may have been
 * quicker. `owner` is written as the file's application_id. Returns the versions applied.
 */
export function migrate(
  raw: Sqlite.Database,
  migrations: readonly Migration[],
  owner: number = applicationId,
): number[] {
  assertInOrder(migrations);
  const apply = raw.transaction(() => {
    const from = readVersion(raw);
    const missing = migrations.filter((migration) => migration.version > from);
    for (const migration of missing) {
      migration.up(raw);
      raw.pragma(`user_version = ${migration.version}`);
    }
    if (missing.length > 0) raw.pragma(`application_id = ${owner}`);
    return missing.map((migration) => migration.version);
  });
  return apply.immediate();
}
