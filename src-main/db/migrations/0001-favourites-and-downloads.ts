/** Runs in plain Node. The first schema: kept records with their snapshots, and the queue of downloads. */
import type { Migration } from '../migrate.ts';

export const favouritesAndDownloads: Migration = {
  version: 1,
  name: 'favourites and downloads',
  up(raw) {
    raw.exec(`
      CREATE TABLE favourites (
        id INTEGER PRIMARY KEY,
        ref TEXT NOT NULL UNIQUE CHECK (length(ref) > 0),
        archive TEXT NOT NULL CHECK (archive IN ('nasa-images', 'pds-registry', 'astrobin')),
        -- Greater is newer. Kept apart from the time, because clocks go back.
        place INTEGER NOT NULL,
        -- Title, identifier and description in lower case without accents, for the filter.
        folded TEXT NOT NULL,
        snapshot TEXT NOT NULL CHECK (json_valid(snapshot)),
        kept_at_ms INTEGER NOT NULL CHECK (kept_at_ms >= 0),
        -- Set while the record is in the bin.
        removed_at_ms INTEGER CHECK (removed_at_ms >= 0),
        checksum BLOB NOT NULL CHECK (length(checksum) = 8)
      ) STRICT;
      CREATE INDEX favourites_by_place ON favourites (place DESC, id DESC) WHERE removed_at_ms IS NULL;

      CREATE TABLE downloads (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
        ref TEXT NOT NULL,
        archive TEXT NOT NULL CHECK (archive IN ('nasa-images', 'pds-registry', 'astrobin')),
        lane TEXT NOT NULL,
        title TEXT NOT NULL,
        rendition TEXT NOT NULL,
        url TEXT NOT NULL,
        -- What the archive promised.
        stated_bytes INTEGER CHECK (stated_bytes >= 0),
        stated_exact INTEGER NOT NULL CHECK (stated_exact IN (0, 1)),
        stated_algorithm TEXT CHECK (stated_algorithm IN ('md5', 'sha256')),
        stated_checksum TEXT CHECK ((stated_checksum IS NULL) = (stated_algorithm IS NULL)),
        record TEXT NOT NULL CHECK (json_valid(record)),
        -- Where it goes.
        folder TEXT NOT NULL,
        file_name TEXT NOT NULL,
        part_name TEXT,
        -- While active: the name about to be taken. When done: the name that was taken.
        final_name TEXT,
        aside_name TEXT,
        -- What is safely on disk of which representation.
        journal_bytes INTEGER NOT NULL CHECK (journal_bytes >= 0),
        journal_sha256 TEXT CHECK (length(journal_sha256) = 64),
        total_bytes INTEGER CHECK (total_bytes >= 0),
        etag TEXT,
        last_modified TEXT,
        content_type TEXT,
        -- How it ended.
        sha256 TEXT CHECK (length(sha256) = 64),
        verified TEXT CHECK (verified IN ('checksum', 'size', 'none')),
        verified_at_ms INTEGER CHECK (verified_at_ms >= 0),
        state TEXT NOT NULL CHECK (state IN
          ('queued', 'active', 'done', 'failed', 'cancelled', 'quarantined', 'waiting')),
        attempts INTEGER NOT NULL CHECK (attempts >= 0),
        resumes_at_ms INTEGER CHECK (resumes_at_ms >= 0),
        error TEXT CHECK (json_valid(error)),
        added_at_ms INTEGER NOT NULL CHECK (added_at_ms >= 0),
        ended_at_ms INTEGER CHECK (ended_at_ms >= 0),
        -- 0 once the user took a finished file off the list; the row stays as the ledger of what is on disk.
        listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
        checksum BLOB NOT NULL CHECK (length(checksum) = 8),
        -- The lease: which process is at work on it, and when it last said so. Not part of the checksum.
        owner TEXT,
        heartbeat_ms INTEGER
      ) STRICT;
      CREATE INDEX downloads_open ON downloads (lane, state, seq)
        WHERE state IN ('queued', 'waiting', 'active');
      CREATE INDEX downloads_listed ON downloads (seq DESC) WHERE listed = 1;
      CREATE INDEX downloads_by_url ON downloads (url);
    `);
  },
};
