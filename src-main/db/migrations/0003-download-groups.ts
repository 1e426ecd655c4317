/**
 * Runs in plain Node. Downloads in groups: what was asked for at once, with its own place in the queue, and counts
 * that are kept as rows change, so that a hundred thousand of them are never counted again.
 */
import type Sqlite from 'better-sqlite3';
import type { SqlRow } from '../database.ts';
import type { Migration } from '../migrate.ts';
import { checksumRow, type ChecksummedTable } from '../row-checksum.ts';

/** What the checksum of a download covers since this version. */
const columns = [
  'id',
  'group_id',
  'place',
  'ref',
  'archive',
  'lane',
  'title',
  'rendition',
  'url',
  'stated_bytes',
  'stated_exact',
  'stated_algorithm',
  'stated_checksum',
  'record',
  'folder',
  'file_name',
  'keeps_name',
  'part_name',
  'final_name',
  'aside_name',
  'journal_bytes',
  'journal_sha256',
  'total_bytes',
  'etag',
  'last_modified',
  'content_type',
  'sha256',
  'verified',
  'verified_at_ms',
  'state',
  'attempts',
  'mismatches',
  'resumes_at_ms',
  'error',
  'added_at_ms',
  'ended_at_ms',
  'listed',
] as const;

const downloads: ChecksummedTable = { table: 'downloads', key: 'seq', columns };

const createTables = `
  -- What was asked for at once. Group 1 holds the files that were saved one by one.
  CREATE TABLE download_groups (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
    title TEXT NOT NULL,
    folder TEXT NOT NULL,
    -- JSON: how its files were chosen, for the manifest and for asking again.
    wish TEXT NOT NULL CHECK (json_valid(wish)),
    -- filling: its rows are still being written, so it was not yet acknowledged.
    state TEXT NOT NULL CHECK (state IN ('filling', 'open')),
    -- Smaller is fetched first.
    place REAL NOT NULL,
    -- Set while it waits for the user, or for what the user has to mend.
    paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
    -- JSON: why it was paused by itself; null where the user did.
    trouble TEXT CHECK (json_valid(trouble)),
    added_at_ms INTEGER NOT NULL CHECK (added_at_ms >= 0),
    -- When the user was told that it ended.
    told_at_ms INTEGER CHECK (told_at_ms >= 0),
    checksum BLOB NOT NULL CHECK (length(checksum) = 8)
  ) STRICT;
  CREATE INDEX download_groups_by_place ON download_groups (place, seq);

  CREATE TABLE downloads (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
    group_id INTEGER NOT NULL REFERENCES download_groups (seq),
    -- Within its group; smaller is fetched first.
    place REAL NOT NULL,
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
    -- 1 where the archive's own name is kept once a checksum proved the file.
    keeps_name INTEGER NOT NULL CHECK (keeps_name IN (0, 1)),
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
      ('queued', 'active', 'paused', 'done', 'failed', 'cancelled', 'quarantined', 'waiting')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    -- How often all bytes came and were not what was promised.
    mismatches INTEGER NOT NULL CHECK (mismatches >= 0),
    resumes_at_ms INTEGER CHECK (resumes_at_ms >= 0),
    error TEXT CHECK (json_valid(error)),
    added_at_ms INTEGER NOT NULL CHECK (added_at_ms >= 0),
    ended_at_ms INTEGER CHECK (ended_at_ms >= 0),
    -- 0 once the user took a finished file off the list; the row stays as the ledger of what is on disk.
    listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
    checksum BLOB NOT NULL CHECK (length(checksum) = 8),
    -- Which process is at work on it, and what another one asks of that. Not part of the checksum.
    owner TEXT,
    ask TEXT CHECK (ask IN ('pause', 'cancel'))
  ) STRICT;

  -- Processes that are open on this profile: whose groups the owner of the queue works on.
  CREATE TABLE queue_watchers (
    process TEXT PRIMARY KEY CHECK (length(process) > 0),
    -- 1 for a window, which wants every group; else those in queue_watched.
    wants_all INTEGER NOT NULL CHECK (wants_all IN (0, 1))
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE queue_watched (
    process TEXT NOT NULL REFERENCES queue_watchers (process) ON DELETE CASCADE,
    group_id INTEGER NOT NULL REFERENCES download_groups (seq) ON DELETE CASCADE,
    PRIMARY KEY (process, group_id)
  ) STRICT, WITHOUT ROWID;

  -- One row: what holds for every group.
  CREATE TABLE queue_settings (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    paused INTEGER NOT NULL CHECK (paused IN (0, 1))
  ) STRICT;
  INSERT INTO queue_settings VALUES (1, 0);
`;

const createIndexes = `
  CREATE INDEX downloads_next ON downloads (group_id, lane, state, place, seq)
    WHERE state IN ('queued', 'waiting');
  CREATE INDEX downloads_waiting ON downloads (lane, resumes_at_ms) WHERE state = 'waiting';
  CREATE INDEX downloads_active ON downloads (seq) WHERE state = 'active';
  CREATE INDEX downloads_asked ON downloads (seq) WHERE ask IS NOT NULL;
  CREATE INDEX downloads_leftover ON downloads (seq)
    WHERE state = 'cancelled' AND part_name IS NOT NULL;
  CREATE INDEX downloads_in_group ON downloads (group_id, state, place, seq) WHERE listed = 1;
  CREATE INDEX downloads_by_url ON downloads (url);
  CREATE INDEX downloads_by_ref ON downloads (ref);
`;

/** Bytes of a row as far as they are known; 0 where they are not, and then it counts as unknown. */
const bytesOf = (row: string) => `coalesce(${row}.total_bytes, ${row}.stated_bytes, 0)`;
const unknownOf = (row: string) => `(${row}.total_bytes IS NULL AND ${row}.stated_bytes IS NULL)`;
const receivedOf = (row: string) =>
  `CASE WHEN ${row}.state = 'done' THEN ${bytesOf(row)} ELSE ${row}.journal_bytes END`;

const subtract = `
  UPDATE download_tallies SET files = files - 1, bytes = bytes - ${bytesOf('old')},
    unknown = unknown - ${unknownOf('old')}, received = received - ${receivedOf('old')}
    WHERE group_id = old.group_id AND state = old.state;`;
const add = `
  INSERT INTO download_tallies (group_id, state, files, bytes, unknown, received)
    VALUES (new.group_id, new.state, 1, ${bytesOf('new')}, ${unknownOf('new')}, ${receivedOf('new')})
    ON CONFLICT (group_id, state) DO UPDATE SET files = files + 1, bytes = bytes + excluded.bytes,
      unknown = unknown + excluded.unknown, received = received + excluded.received;`;

const createTallies = `
  -- Listed rows of each group by state. Kept by the triggers below and by nothing else.
  CREATE TABLE download_tallies (
    group_id INTEGER NOT NULL REFERENCES download_groups (seq) ON DELETE CASCADE,
    state TEXT NOT NULL,
    files INTEGER NOT NULL,
    -- As far as they are known beforehand; files of unknown size are counted apart.
    bytes INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    -- Of these, on disk.
    received INTEGER NOT NULL,
    PRIMARY KEY (group_id, state)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER downloads_inserted AFTER INSERT ON downloads WHEN new.listed = 1 BEGIN ${add} END;
  CREATE TRIGGER downloads_deleted AFTER DELETE ON downloads WHEN old.listed = 1 BEGIN ${subtract} END;
  CREATE TRIGGER downloads_left AFTER UPDATE ON downloads
    WHEN old.listed = 1 AND (new.listed = 0 OR ${changed()}) BEGIN ${subtract} END;
  CREATE TRIGGER downloads_joined AFTER UPDATE ON downloads
    WHEN new.listed = 1 AND (old.listed = 0 OR ${changed()}) BEGIN ${add} END;
`;

/** What a tally is made of; a row that only changed otherwise leaves it alone. */
function changed(): string {
  return ['group_id', 'state', 'total_bytes', 'stated_bytes', 'journal_bytes']
    .map((column) => `old.${column} IS NOT new.${column}`)
    .join(' OR ');
}

function toNewRow(row: SqlRow): SqlRow {
  return {
    ...row,
    group_id: 1,
    place: row['seq'] ?? 0,
    keeps_name: row['archive'] === 'pds-registry' ? 1 : 0,
    mismatches: 0,
  };
}

function moveRows(raw: Sqlite.Database): void {
  const named = ['seq', ...columns, 'checksum', 'owner'];
  const insert = raw.prepare(
    `INSERT INTO downloads (${named.join(', ')}) VALUES (${named.map((name) => `:${name}`).join(', ')})`,
  );
  const page = raw.prepare<[number], SqlRow>(
    'SELECT * FROM old_downloads WHERE seq > ? ORDER BY seq LIMIT 500',
  );
  let after = Number.MIN_SAFE_INTEGER;
  for (let rows = page.all(after); rows.length > 0; rows = page.all(after)) {
    for (const old of rows) {
      const row = toNewRow(old);
      insert.run({ ...row, checksum: checksumRow(downloads, row) });
      after = Number(old['seq']);
    }
  }
}

export const downloadGroups: Migration = {
  version: 3,
  name: 'downloads in groups',
  up(raw) {
    raw.exec(`
      ALTER TABLE downloads RENAME TO old_downloads;
      DROP INDEX downloads_open;
      DROP INDEX downloads_listed;
      DROP INDEX downloads_by_url;
    `);
    raw.exec(createTables);
    const single: SqlRow = {
      id: 'single',
      title: '',
      folder: '',
      wish: '{}',
      state: 'open',
      place: 0,
      paused: 0,
      trouble: null,
      added_at_ms: 0,
      told_at_ms: null,
    };
    const names = Object.keys(single);
    const checksum = checksumRow({ table: 'download_groups', key: 'seq', columns: names }, single);
    raw
      .prepare(
        `INSERT INTO download_groups (seq, ${names.join(', ')}, checksum)
           VALUES (1, ${names.map((name) => `:${name}`).join(', ')}, :checksum)`,
      )
      .run({ ...single, checksum });
    raw.exec(createTallies);
    moveRows(raw);
    raw.exec('DROP TABLE old_downloads;');
    raw.exec(createIndexes);
  },
};
