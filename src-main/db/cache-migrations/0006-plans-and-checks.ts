/** Runs in plain Node. Records of download plans that are being looked at, and how far checks of folders have come. */
import type { CacheMigration } from './cache-migration.ts';

export const plansAndChecks: CacheMigration = {
  name: 'plans and checks of folders',
  up(raw) {
    raw.exec(`
      -- None outlives its process.
      CREATE TABLE plan_records (
        plan TEXT NOT NULL,
        -- 0, 1, 2, … in the order in which they were chosen.
        position INTEGER NOT NULL,
        -- JSON: a record with its files.
        body TEXT NOT NULL,
        PRIMARY KEY (plan, position)
      ) STRICT, WITHOUT ROWID;

      -- Files that a check found whole, until that check has ended: one that is stopped goes on behind them.
      CREATE TABLE checked_files (
        root TEXT NOT NULL,
        path TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        modified_ns TEXT NOT NULL,
        PRIMARY KEY (root, path)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
