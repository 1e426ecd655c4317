/** Runs in plain Node. The SQL of the index of captions. */
import type { Cue } from '#contract/captions.ts';
import type { RecordRef } from '#contract/domain.ts';
import type { Database } from '../db/database.ts';

/** Cues of one file lie beside each other; a file has at most 100,000. */
export const idsPerFile = 131_072;
/** Cues in one transaction: some milliseconds. */
export const cuesAtOnce = 200;

/** A file as it is announced; its cues follow in parts. */
export interface CaptionFileEntry {
  /** Address of the archive. */
  base: string;
  ref: RecordRef;
  title: string;
  source: string;
  format: 'srt' | 'vtt';
  encoding: string;
  notes: string[];
  digest: string;
  fetchedAtMs: number;
}

interface FileRow {
  id: number;
  title: string;
  source: string;
  format: 'srt' | 'vtt';
  encoding: string;
  notes: string;
  digest: string;
  fetchedAtMs: number;
  cueCount: number;
}

interface HitRow {
  id: number;
  ref: RecordRef;
  title: string;
  startMs: number;
  text: string;
}

type FileValues = Omit<CaptionFileEntry, 'notes'> & { notes: string; nowMs: number };

/**
 * Every statement of the index. CROSS JOIN fixes the order: the words are looked up once, and each hit finds
 * its file by number. CAST: large numbers arrive as floating point, which FTS5 takes for no rowid at all.
 */
export function prepareStatements(db: Database) {
  return { ...prepareFiles(db), ...prepareCues(db) };
}

function prepareFiles(db: Database) {
  return {
    find: db.prepare<[string, string], FileRow>(
      `SELECT id, title, source, format, encoding, notes, digest, fetched_at_ms AS fetchedAtMs,
         cue_count AS cueCount
       FROM caption_files WHERE base = ? AND ref = ? AND is_ready = 1`,
    ),
    touch: db.prepare<[{ id: number; nowMs: number; fetchedAtMs: number }]>(
      `UPDATE caption_files SET used_at_ms = @nowMs, fetched_at_ms = max(fetched_at_ms, @fetchedAtMs)
       WHERE id = @id`,
    ),
    insertFile: db.prepare<[FileValues]>(
      `INSERT INTO caption_files (base, ref, title, source, format, encoding, notes, digest, fetched_at_ms,
         used_at_ms, cue_count, text_bytes, is_ready)
       VALUES (@base, @ref, @title, @source, @format, @encoding, @notes, @digest, @fetchedAtMs, @nowMs, 0, 0, 0)`,
    ),
    earlier: db.prepare<[number], { id: number }>(
      `SELECT old.id FROM caption_files AS new JOIN caption_files AS old USING (base, ref)
       WHERE new.id = ? AND old.id <> new.id AND old.is_ready = 1`,
    ),
    ready: db.prepare<[{ id: number; cueCount: number; textBytes: number }]>(
      `UPDATE caption_files SET is_ready = 1, cue_count = @cueCount, text_bytes = @textBytes WHERE id = @id`,
    ),
    unready: db.prepare<[number]>('UPDATE caption_files SET is_ready = 0 WHERE id = ?'),
    abandoned: db.prepare<[number], { id: number }>(
      'SELECT id FROM caption_files WHERE is_ready = 0 AND used_at_ms < ?',
    ),
    transcripts: db.prepare<[string], { count: number }>(
      'SELECT count(*) AS count FROM caption_files WHERE base = ? AND is_ready = 1',
    ),
    // A sample archive lives at another port of this computer each time.
    passing: db.prepare<[number], { id: number }>(
      `SELECT old.id FROM caption_files AS new JOIN caption_files AS old ON old.base <> new.base
       WHERE new.id = ? AND old.base LIKE 'http://127.0.0.1:%' AND old.is_ready = 1`,
    ),
    totals: db.prepare<[], { cues: number; bytes: number }>(
      'SELECT coalesce(sum(cue_count), 0) AS cues, coalesce(sum(text_bytes), 0) AS bytes FROM caption_files',
    ),
    oldest: db.prepare<[number], { id: number; cueCount: number }>(
      `SELECT id, cue_count AS cueCount FROM caption_files WHERE is_ready = 1 AND id <> ?
       ORDER BY used_at_ms, id LIMIT 1`,
    ),
    allOf: db.prepare<[string | null, string | null], { id: number }>(
      'SELECT id FROM caption_files WHERE ? IS NULL OR base = ?',
    ),
    removeFile: db.prepare<[number]>('DELETE FROM caption_files WHERE id = ?'),
  };
}

function prepareCues(db: Database) {
  const hit = `
    SELECT caption_words.rowid AS id, ref, title, start_ms AS startMs, caption_cues.text AS text
    FROM caption_words
    CROSS JOIN caption_files ON caption_files.id = caption_words.rowid / ${idsPerFile}
    CROSS JOIN caption_cues ON caption_cues.id = caption_words.rowid
    WHERE caption_words MATCH ? AND base = ? AND is_ready = 1`;
  return {
    insertCue: db.prepare<[Cue & { id: number }]>(
      `INSERT INTO caption_cues (id, start_ms, end_ms, text, speaker)
       VALUES (@id, @startMs, @endMs, @text, @speaker)`,
    ),
    insertWords: db.prepare<[number, string]>(
      'INSERT INTO caption_words (rowid, text) VALUES (CAST(? AS INTEGER), ?)',
    ),
    cues: db.prepare<[number, number], Cue>(
      `SELECT start_ms AS startMs, end_ms AS endMs, text, speaker FROM caption_cues
       WHERE id BETWEEN ? AND ? ORDER BY id`,
    ),
    count: db.prepare<[string, string], { total: number }>(
      `SELECT count(*) AS total FROM caption_words
       CROSS JOIN caption_files ON caption_files.id = caption_words.rowid / ${idsPerFile}
       WHERE caption_words MATCH ? AND base = ? AND is_ready = 1`,
    ),
    ranked: db.prepare<[string, string, number], HitRow>(
      `${hit} ORDER BY bm25(caption_words), caption_files.used_at_ms DESC, caption_words.rowid LIMIT ?`,
    ),
    newest: db.prepare<[string, string, number], HitRow>(
      `${hit} ORDER BY caption_words.rowid DESC LIMIT ?`,
    ),
    firstCue: db.prepare<[number, number], { id: number; last: number }>(
      `SELECT min(id) AS id, min(id) + ${cuesAtOnce - 1} AS last FROM caption_cues
       WHERE id BETWEEN ? AND ? HAVING min(id) IS NOT NULL`,
    ),
    removeWords: db.prepare<[number, number]>(
      `DELETE FROM caption_words WHERE rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)`,
    ),
    removeCues: db.prepare<[number, number]>('DELETE FROM caption_cues WHERE id BETWEEN ? AND ?'),
  };
}
