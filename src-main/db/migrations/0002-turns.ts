/**
 * Runs in plain Node. Turns to ask archives that count requests. Here and not in cache.db, because a cache that is
 * cleared, or made anew, must not give a second budget for the same day.
 */
import type { Migration } from '../migrate.ts';

export const turns: Migration = {
  version: 2,
  name: 'turns to ask archives',
  up(raw) {
    raw.exec(`
      -- Requests sent on one day (UTC). A day keeps its row: a clock that goes back finds what was used.
      CREATE TABLE request_counts (
        lane TEXT NOT NULL,
        place TEXT NOT NULL CHECK (place IN ('public', 'loopback')),
        day TEXT NOT NULL CHECK (length(day) = 10),
        used INTEGER NOT NULL CHECK (used >= 0),
        PRIMARY KEY (lane, place, day)
      ) STRICT, WITHOUT ROWID;

      -- When the next request would be due at the steady pace; earlier by the burst is allowed.
      CREATE TABLE request_paces (
        lane TEXT NOT NULL,
        place TEXT NOT NULL CHECK (place IN ('public', 'loopback')),
        due_at_ms REAL NOT NULL,
        PRIMARY KEY (lane, place)
      ) STRICT, WITHOUT ROWID;

      -- Requests under way, each with the time at which it counts as over should its process be gone.
      CREATE TABLE request_turns (
        holder TEXT PRIMARY KEY,
        lane TEXT NOT NULL,
        place TEXT NOT NULL CHECK (place IN ('public', 'loopback')),
        until_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
