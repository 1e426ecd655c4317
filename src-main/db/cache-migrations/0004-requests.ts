/** Runs in plain Node. The requests of the last day, for the view of the archives' health. */
import type { CacheMigration } from './cache-migration.ts';

export const requests: CacheMigration = {
  name: 'requests',
  up(raw) {
    raw.exec(`
      CREATE TABLE requests (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at_ms INTEGER NOT NULL,
        -- Tries and redirects of one request have the same.
        trace TEXT NOT NULL,
        lane TEXT NOT NULL,
        host TEXT NOT NULL,
        method TEXT NOT NULL,
        path TEXT NOT NULL,
        status INTEGER,
        failure TEXT,
        took_ms INTEGER NOT NULL CHECK (took_ms >= 0),
        held_until_ms INTEGER
      ) STRICT;
      CREATE INDEX requests_by_time ON requests (at_ms);
      CREATE INDEX requests_by_trace ON requests (trace);
    `);
  },
};
