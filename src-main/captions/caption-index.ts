/**
 * Runs in plain Node, in the captions' worker thread: writing an index takes its time. May import db. The
 * words of all captions that were read, in cache.db. Transactions are short, as others write there too.
 */
import type { CaptionSearch, Cue, Transcript } from '#contract/captions.ts';
import type { RecordRef } from '#contract/domain.ts';
import type { Database } from '../db/database.ts';
import { toIndexText, toMatch } from './search-words.ts';

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

export type StoredTranscript = Omit<Transcript, 'age'> & { fetchedAtMs: number };

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

/** Cues of one file lie beside each other; a file has at most 100,000. */
const idsPerFile = 131_072;
/** Cues in one transaction: some milliseconds. */
const cuesAtOnce = 200;
/** All cues that are kept: about 250 MB. The files that were not used for longest go first. */
const mostCues = 1_000_000;
/** Up to so many hits are ranked; beyond, the words are too common for a rank to mean much. */
const mostRanked = 20_000;
/** A file that is not ready for so long was left by a process that ended. */
const abandonedMs = 10 * 60_000;

/** What the core asks of the index; each call is one turn of the worker. */
export class CaptionIndex {
  readonly #db: Database;
  readonly #nowMs: () => number;
  readonly #limits: { mostCues: number; mostRanked: number };
  readonly #sql;

  constructor(db: Database, nowMs: () => number, limits = { mostCues, mostRanked }) {
    this.#db = db;
    this.#nowMs = nowMs;
    this.#limits = limits;
    this.#sql = prepare(db);
  }

  /** Announces a file. Null where the very same is there already, which counts as a use. */
  begin(file: CaptionFileEntry): number | null {
    const nowMs = this.#nowMs();
    return this.#db.transaction(() => {
      const known = this.#sql.find.get(file.base, file.ref);
      if (known?.digest === file.digest) {
        this.#sql.touch.run({ id: known.id, nowMs, fetchedAtMs: file.fetchedAtMs });
        return null;
      }
      return this.#sql.insertFile.run({ ...file, notes: JSON.stringify(file.notes), nowMs }).lastId;
    });
  }

  /** Adds cues of an announced file, from this place on. */
  add(fileId: number, from: number, cues: readonly Cue[]): void {
    for (let at = 0; at < cues.length; at += cuesAtOnce) {
      this.#db.transaction(() => {
        cues.slice(at, at + cuesAtOnce).forEach((cue, offset) => {
          const id = fileId * idsPerFile + from + at + offset;
          this.#sql.insertCue.run({ id, ...cue });
          this.#sql.insertWords.run(id, toIndexText(`${cue.speaker ?? ''} ${cue.text}`));
        });
      });
    }
  }

  /** The file is whole: it takes the place of an earlier one of its record, and room is made. */
  finish(fileId: number, cueCount: number, textBytes: number): void {
    const earlier = this.#db.transaction(() => {
      const ids = this.#sql.earlier.all(fileId).map(({ id }) => id);
      for (const id of ids) this.#sql.unready.run(id);
      this.#sql.ready.run({ id: fileId, cueCount, textBytes });
      return ids;
    });
    for (const id of earlier) this.#remove(id);
    for (const { id } of this.#sql.abandoned.all(this.#nowMs() - abandonedMs)) this.#remove(id);
    let total = this.#sql.totals.get()?.cues ?? 0;
    while (total > this.#limits.mostCues) {
      const oldest = this.#sql.oldest.get(fileId);
      if (oldest === undefined) break;
      this.#remove(oldest.id);
      total -= oldest.cueCount;
    }
  }

  find(base: string, ref: RecordRef): StoredTranscript | null {
    const row = this.#sql.find.get(base, ref);
    if (row === undefined) return null;
    const { id, source, format, encoding, notes, fetchedAtMs } = row;
    const cues = this.#sql.cues.all(id * idsPerFile, (id + 1) * idsPerFile - 1);
    return {
      ref,
      source,
      format,
      encoding,
      cues,
      notes: JSON.parse(notes) as string[],
      fetchedAtMs,
    };
  }

  /** Cues with these words, the best first; where the words are very common, the newest files first. */
  search(base: string, text: string, limit: number): CaptionSearch {
    const match = toMatch(text);
    const transcripts = this.#sql.transcripts.get(base)?.count ?? 0;
    if (match === null) return { hits: [], total: 0, transcripts };
    const total = this.#sql.count.get(match, base)?.total ?? 0;
    const isRanked = total <= this.#limits.mostRanked;
    const rows = (isRanked ? this.#sql.ranked : this.#sql.newest).all(match, base, limit);
    if (!isRanked)
      rows.sort((one, other) => byFile(other.id) - byFile(one.id) || one.id - other.id);
    const hits = rows.map(({ id, ...hit }) => ({ ...hit, cueIndex: id % idsPerFile }));
    return { hits, total, transcripts };
  }

  /** Bytes on disk, nearly: the words, their index and the rows about them. */
  bytes(): number {
    return (this.#sql.totals.get()?.bytes ?? 0) * 3;
  }

  /** Forgets all, or all of one archive. */
  clear(base: string | null): void {
    for (const { id } of this.#sql.allOf.all(base, base)) this.#remove(id);
  }

  /** In parts: an index forgets no quicker than it learns. */
  #remove(fileId: number): void {
    this.#sql.unready.run(fileId);
    for (;;) {
      const from = this.#sql.firstCue.get(fileId * idsPerFile, (fileId + 1) * idsPerFile - 1);
      if (from === undefined) break;
      this.#db.transaction(() => {
        this.#sql.removeWords.run(from.id, from.last);
        this.#sql.removeCues.run(from.id, from.last);
      });
    }
    this.#sql.removeFile.run(fileId);
  }
}

function byFile(id: number): number {
  return Math.floor(id / idsPerFile);
}

type FileValues = Omit<CaptionFileEntry, 'notes'> & { notes: string; nowMs: number };

/**
 * CROSS JOIN fixes the order: the words are looked up once, and each hit finds its file by number. CAST: large
 * numbers arrive as floating point, which FTS5 takes for no rowid at all.
 */
function prepare(db: Database) {
  const hit = `
    SELECT caption_words.rowid AS id, ref, title, start_ms AS startMs, caption_cues.text AS text
    FROM caption_words
    CROSS JOIN caption_files ON caption_files.id = caption_words.rowid / ${idsPerFile}
    CROSS JOIN caption_cues ON caption_cues.id = caption_words.rowid
    WHERE caption_words MATCH ? AND base = ? AND is_ready = 1`;
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
    insertCue: db.prepare<[Cue & { id: number }]>(
      `INSERT INTO caption_cues (id, start_ms, end_ms, text, speaker)
       VALUES (@id, @startMs, @endMs, @text, @speaker)`,
    ),
    insertWords: db.prepare<[number, string]>(
      'INSERT INTO caption_words (rowid, text) VALUES (CAST(? AS INTEGER), ?)',
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
    totals: db.prepare<[], { cues: number; bytes: number }>(
      'SELECT coalesce(sum(cue_count), 0) AS cues, coalesce(sum(text_bytes), 0) AS bytes FROM caption_files',
    ),
    oldest: db.prepare<[number], { id: number; cueCount: number }>(
      `SELECT id, cue_count AS cueCount FROM caption_files WHERE is_ready = 1 AND id <> ?
       ORDER BY used_at_ms, id LIMIT 1`,
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
    allOf: db.prepare<[string | null, string | null], { id: number }>(
      'SELECT id FROM caption_files WHERE ? IS NULL OR base = ?',
    ),
    firstCue: db.prepare<[number, number], { id: number; last: number }>(
      `SELECT min(id) AS id, min(id) + ${cuesAtOnce - 1} AS last FROM caption_cues
       WHERE id BETWEEN ? AND ? HAVING min(id) IS NOT NULL`,
    ),
    removeWords: db.prepare<[number, number]>(
      `DELETE FROM caption_words WHERE rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)`,
    ),
    removeCues: db.prepare<[number, number]>('DELETE FROM caption_cues WHERE id BETWEEN ? AND ?'),
    removeFile: db.prepare<[number]>('DELETE FROM caption_files WHERE id = ?'),
  };
}
