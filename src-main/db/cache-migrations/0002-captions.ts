/** Runs in plain Node. The words of captions that were read, by record, and their search index. */
import type { CacheMigration } from './cache-migration.ts';

export const captions: CacheMigration = {
  name: 'captions',
  up(raw) {
    raw.exec(`
      CREATE TABLE caption_files (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        -- Address of the archive: live and sample may use one ref for different records.
        base TEXT NOT NULL CHECK (length(base) > 0),
        ref TEXT NOT NULL CHECK (length(ref) > 0),
        title TEXT NOT NULL,
        source TEXT NOT NULL,
        format TEXT NOT NULL CHECK (format IN ('srt', 'vtt')),
        encoding TEXT NOT NULL,
        -- A JSON list of what was odd, in words for the user.
        notes TEXT NOT NULL,
        -- Tells whether a file that came again is the same, read the same way.
        digest TEXT NOT NULL,
        fetched_at_ms INTEGER NOT NULL CHECK (fetched_at_ms >= 0),
        used_at_ms INTEGER NOT NULL CHECK (used_at_ms >= 0),
        cue_count INTEGER NOT NULL CHECK (cue_count BETWEEN 0 AND 131072),
        text_bytes INTEGER NOT NULL CHECK (text_bytes >= 0),
        -- 0 while cues are still being written.
        is_ready INTEGER NOT NULL CHECK (is_ready IN (0, 1))
      ) STRICT;
      CREATE UNIQUE INDEX caption_files_by_ref ON caption_files (base, ref) WHERE is_ready = 1;
      CREATE INDEX caption_files_by_use ON caption_files (used_at_ms);

      -- id: the file's times 131,072, plus the place of the cue in it.
      CREATE TABLE caption_cues (
        id INTEGER PRIMARY KEY,
        start_ms INTEGER NOT NULL CHECK (start_ms >= 0),
        end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
        text TEXT NOT NULL,
        speaker TEXT
      ) STRICT;

      -- Folded words under the ids of the cues; the text itself is in caption_cues.
      CREATE VIRTUAL TABLE caption_words USING fts5 (
        text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
      );
    `);
  },
};
