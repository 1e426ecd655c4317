/** Runs in plain Node. Answers of the archives as they came, and the files of the picture and media cache. */
import type { CacheMigration } from './cache-migration.ts';

export const responses: CacheMigration = {
  name: 'responses',
  up(raw) {
    raw.exec(`
      CREATE TABLE responses (
        id INTEGER PRIMARY KEY,
        -- Address asked for, after the archive's configured address is resolved; live and sample differ in it.
        url TEXT NOT NULL UNIQUE CHECK (length(url) > 0),
        kind TEXT NOT NULL CHECK (kind IN ('search', 'album', 'record', 'captions')),
        -- The record that it is about, as a ref; null for lists.
        subject TEXT,
        -- 200, or 404 for an answer that something is not there.
        status INTEGER NOT NULL CHECK (status IN (200, 404)),
        coding TEXT NOT NULL CHECK (coding IN ('identity', 'gzip')),
        -- Apart from the rest of the row's bytes: see response_bodies.
        body_bytes INTEGER NOT NULL CHECK (body_bytes >= 0),
        content_type TEXT,
        etag TEXT,
        last_modified TEXT,
        fetched_at_ms INTEGER NOT NULL CHECK (fetched_at_ms >= 0),
        -- When the archive last said that it still holds: the age counts from here.
        checked_at_ms INTEGER NOT NULL CHECK (checked_at_ms >= 0),
        max_age_s INTEGER NOT NULL CHECK (max_age_s >= 0),
        used_at_ms INTEGER NOT NULL CHECK (used_at_ms >= 0)
      ) STRICT;
      CREATE INDEX responses_by_use ON responses (used_at_ms DESC, id DESC);
      CREATE INDEX responses_by_kind ON responses (kind, body_bytes);

      -- Bodies lie in a table of their own, so that walking the index by use reads no bodies.
      CREATE TABLE response_bodies (
        id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
        body BLOB NOT NULL
      ) STRICT;

      -- What is kept whatever the budget. An owner (such as 'library') pins a name: the address of a file or an
      -- answer, or the ref of a record, which stands for all answers about it; here already or not.
      CREATE TABLE pins (
        owner TEXT NOT NULL CHECK (length(owner) > 0),
        name TEXT NOT NULL CHECK (length(name) > 0),
        PRIMARY KEY (owner, name)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX pins_by_name ON pins (name);

      -- Files below PROFILE/cache/media, by the hash in their name.
      CREATE TABLE media (
        hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
        -- Null for a file that was found on disk without a row.
        url TEXT,
        kind TEXT NOT NULL CHECK (kind IN ('picture', 'stream')),
        size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
        stored_at_ms INTEGER NOT NULL CHECK (stored_at_ms >= 0),
        used_at_ms INTEGER NOT NULL CHECK (used_at_ms >= 0)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX media_by_use ON media (used_at_ms DESC, hash DESC);
      CREATE INDEX media_by_kind ON media (kind, size_bytes);

      -- Sizes of files as a HEAD request told them; null where the archive did not say.
      CREATE TABLE file_sizes (
        url TEXT PRIMARY KEY CHECK (length(url) > 0),
        size_bytes INTEGER CHECK (size_bytes >= 0),
        asked_at_ms INTEGER NOT NULL CHECK (asked_at_ms >= 0)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
