/**
 * Runs in plain Node, in the captions' worker thread: writing an index takes its time. May import db. The
 * words of all captions that were read, in cache.db. Transactions are short, as others write there too.
 */
import type { CaptionSearch, Cue, Transcript } from '#contract/captions.ts';
import type { RecordRef } from '#contract/domain.ts';
import type { Database } from '../db/database.ts';
import {
  cuesAtOnce,
  idsPerFile,
  prepareStatements,
  type CaptionFileEntry,
} from './caption-statements.ts';
import { toIndexText, toMatch } from './search-words.ts';

export type StoredTranscript = Omit<Transcript, 'age'> & { fetchedAtMs: number };

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
    this.#sql = prepareStatements(db);
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
    for (const { id } of this.#sql.passing.all(fileId)) this.#remove(id);
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
