/** Runs in plain Node. Names of AstroBin's users that stood below images: its users are found by their exact name alone. */
import type { CacheMigration } from './cache-migration.ts';

export const usersMet: CacheMigration = {
  name: 'users met',
  up(raw) {
    raw.exec(`
      CREATE TABLE users_met (
        -- The archive's address: the sample's made-up users are none of the live one's.
        source TEXT NOT NULL,
        name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
        met_at_ms INTEGER NOT NULL,
        PRIMARY KEY (source, name)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX users_met_by_time ON users_met (source, met_at_ms);
    `);
  },
};
