/** Runs in plain Node. Stored result sets: records by position, and the plan by which they are listed. */
import type { CacheMigration } from './cache-migration.ts';

export const results: CacheMigration = {
  name: 'results',
  up(raw) {
    raw.exec(`
      CREATE TABLE result_sets (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
        -- Which archive gave it: its address, or the sample archive by its size (its port changes).
        archive TEXT NOT NULL,
        query TEXT NOT NULL CHECK (json_valid(query)),
        state TEXT NOT NULL CHECK (state IN ('listing', 'paused', 'complete', 'partial', 'failed', 'removed')),
        -- 1 while paused only until the archive answers again.
        waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
        -- 1 once a newer listing of the same query has taken its place.
        replaced INTEGER NOT NULL CHECK (replaced IN (0, 1)),
        total INTEGER CHECK (total >= 0),
        stored INTEGER NOT NULL CHECK (stored >= 0),
        bytes INTEGER NOT NULL CHECK (bytes >= 0),
        requests INTEGER NOT NULL CHECK (requests >= 0),
        gaps TEXT NOT NULL CHECK (json_valid(gaps)),
        error TEXT CHECK (json_valid(error)),
        started_at_ms INTEGER NOT NULL CHECK (started_at_ms >= 0),
        ended_at_ms INTEGER CHECK (ended_at_ms >= 0),
        used_at_ms INTEGER NOT NULL CHECK (used_at_ms >= 0),
        -- The lease: which process lists it, and when it last said so.
        owner TEXT,
        heartbeat_ms INTEGER
      ) STRICT;
      CREATE INDEX result_sets_by_query ON result_sets (archive, query);

      -- Key: seq * 2^24 + position. What is read a hundred thousand at a time is kept apart from the bodies.
      CREATE TABLE result_records (
        key INTEGER PRIMARY KEY,
        nasa_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        year INTEGER,
        media_type TEXT
      ) STRICT;
      CREATE UNIQUE INDEX result_records_by_id ON result_records (nasa_id, seq);

      CREATE TABLE result_bodies (
        key INTEGER PRIMARY KEY,
        body TEXT NOT NULL
      ) STRICT;

      -- Shapes of pictures, one byte a record, in blocks of 4,096. Key: seq * 2^24 + block.
      CREATE TABLE result_ratios (
        key INTEGER PRIMARY KEY,
        bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 4096)
      ) STRICT;

      -- The plan: a tree of slices. 'listed' counts the distinct records found in a slice so far.
      CREATE TABLE result_slices (
        seq INTEGER NOT NULL,
        slice INTEGER NOT NULL,
        parent INTEGER,
        dimension TEXT,
        value TEXT,
        narrowing TEXT NOT NULL CHECK (json_valid(narrowing)),
        hits INTEGER CHECK (hits >= 0),
        listed INTEGER NOT NULL CHECK (listed >= 0),
        -- Pages listed from the first on, without a gap.
        pages INTEGER NOT NULL CHECK (pages >= 0),
        -- Items that could not be read.
        unreadable INTEGER NOT NULL CHECK (unreadable >= 0),
        rounds INTEGER NOT NULL CHECK (rounds >= 0),
        -- 1 once its parts overlap, so that it counts its own records.
        counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
        state TEXT NOT NULL CHECK (state IN ('open', 'done', 'skipped', 'gap', 'failed')),
        reason TEXT CHECK (reason IN ('indistinguishable', 'changed', 'unreadable')),
        shared TEXT CHECK (json_valid(shared)),
        error TEXT CHECK (json_valid(error)),
        PRIMARY KEY (seq, slice)
      ) STRICT, WITHOUT ROWID;

      -- Which records were found in which slice, while the plan needs to know. Key: seq * 2^20 + slice.
      CREATE TABLE result_members (
        slice_key INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (slice_key, position)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
