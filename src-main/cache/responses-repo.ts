/** Runs in plain Node. The tables `responses`, `response_bodies` and `pins` of cache.db. */
import type { Database } from '../db/database.ts';
import type { DocumentKind } from '../http/documents.ts';
import type { SweepRow } from './sweep.ts';

/** One kept answer, as it lies on disk. */
export interface ResponseRow {
  url: string;
  kind: DocumentKind;
  subject: string | null;
  status: 200 | 404;
  coding: 'identity' | 'gzip';
  body: Buffer;
  contentType: string | null;
  etag: string | null;
  lastModified: string | null;
  fetchedAtMs: number;
  checkedAtMs: number;
  maxAgeS: number;
  usedAtMs: number;
}

/** What a 304 says anew. */
export interface Confirmation {
  checkedAtMs: number;
  maxAgeS: number;
}

export interface ResponseSweepRow extends SweepRow {
  id: number;
  usedAtMs: number;
}

export class ResponsesRepo {
  readonly #db: Database;
  readonly #find;
  readonly #upsert;
  readonly #putBody;
  readonly #confirm;
  readonly #touch;
  readonly #page;
  readonly #remove;
  readonly #clear;
  readonly #bytes;
  readonly #forget;

  constructor(db: Database) {
    this.#db = db;
    this.#find = db.prepare<[string], ResponseRow>(`
      SELECT url, kind, subject, status, coding, body, content_type AS contentType, etag,
        last_modified AS lastModified, fetched_at_ms AS fetchedAtMs, checked_at_ms AS checkedAtMs,
        max_age_s AS maxAgeS, used_at_ms AS usedAtMs
      FROM responses JOIN response_bodies USING (id) WHERE url = ?`);
    // An answer that something is not there never takes the place of the thing itself.
    this.#upsert = db.prepare<[Omit<ResponseRow, 'body'> & { bodyBytes: number }], { id: number }>(`
      INSERT INTO responses (url, kind, subject, status, coding, body_bytes, content_type, etag, last_modified,
        fetched_at_ms, checked_at_ms, max_age_s, used_at_ms)
      VALUES (@url, @kind, @subject, @status, @coding, @bodyBytes, @contentType, @etag, @lastModified,
        @fetchedAtMs, @checkedAtMs, @maxAgeS, @usedAtMs)
      ON CONFLICT (url) DO UPDATE SET kind = @kind, subject = @subject, status = @status, coding = @coding,
        body_bytes = @bodyBytes, content_type = @contentType, etag = @etag, last_modified = @lastModified,
        fetched_at_ms = @fetchedAtMs, checked_at_ms = @checkedAtMs, max_age_s = @maxAgeS,
        used_at_ms = @usedAtMs
      WHERE @status = 200 OR status = 404
      RETURNING id`);
    this.#putBody = db.prepare<[number, Buffer]>(
      `INSERT INTO response_bodies (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
    );
    this.#confirm = db.prepare<[Confirmation & { url: string }]>(
      `UPDATE responses SET checked_at_ms = @checkedAtMs, used_at_ms = @checkedAtMs, max_age_s = @maxAgeS
       WHERE url = @url`,
    );
    this.#touch = db.prepare<[{ url: string; usedAtMs: number }]>(
      'UPDATE responses SET used_at_ms = @usedAtMs WHERE url = @url AND used_at_ms < @usedAtMs',
    );
    this.#page = db.prepare<[{ usedAtMs: number; id: number; count: number }], ResponseSweepRow>(`
      SELECT id, used_at_ms AS usedAtMs, body_bytes AS bytes,
        EXISTS (SELECT 1 FROM pins WHERE name = url)
          OR (subject IS NOT NULL AND EXISTS (SELECT 1 FROM pins WHERE name = subject)) AS isPinned
      FROM responses WHERE (used_at_ms, id) < (@usedAtMs, @id)
      ORDER BY used_at_ms DESC, id DESC LIMIT @count`);
    this.#remove = db.prepare<[number]>('DELETE FROM responses WHERE id = ?');
    this.#clear = db.prepare<[number]>(
      'DELETE FROM responses WHERE id IN (SELECT id FROM responses LIMIT ?)',
    );
    this.#bytes = db.prepare<[], { kind: DocumentKind; bytes: number }>(
      'SELECT kind, sum(body_bytes) AS bytes FROM responses GROUP BY kind',
    );
    this.#forget = db.prepare<[string, string]>('DELETE FROM responses WHERE url >= ? AND url < ?');
  }

  find(url: string): ResponseRow | null {
    return this.#find.get(url) ?? null;
  }

  /** Writes some rows in one transaction. */
  write(
    rows: readonly ResponseRow[],
    confirmations: readonly (Confirmation & { url: string })[],
    uses: readonly { url: string; usedAtMs: number }[],
  ): void {
    this.#db.transaction(() => {
      for (const { body, ...row } of rows) {
        const written = this.#upsert.get({ ...row, bodyBytes: body.length });
        if (written !== undefined) this.#putBody.run(written.id, body);
      }
      for (const confirmation of confirmations) this.#confirm.run(confirmation);
      for (const use of uses) this.#touch.run(use);
    });
  }

  /** The next rows after one, from most to least recently used. */
  page(after: ResponseSweepRow | null, count: number): ResponseSweepRow[] {
    const { usedAtMs, id } = after ?? { usedAtMs: Number.MAX_SAFE_INTEGER, id: 0 };
    return this.#page.all({ usedAtMs, id, count });
  }

  remove(ids: readonly number[]): void {
    this.#db.transaction(() => {
      for (const id of ids) this.#remove.run(id);
    });
  }

  /** Deletes some rows, pinned ones among them; returns how many. */
  clearSome(count: number): number {
    return this.#clear.run(count).changes;
  }

  /** Forgets everything whose address begins so: an archive on this computer whose port may be reused. */
  forgetUnder(prefix: string): void {
    this.#forget.run(prefix, `${prefix}\u{10FFFF}`);
  }

  bytesByKind(): { kind: DocumentKind; bytes: number }[] {
    return this.#bytes.all();
  }

  /** Gives some freed pages back to the disk; returns how many may be left. */
  vacuumSome(pages: number): number {
    const given = this.#db.pragmaRows(`incremental_vacuum(${pages})`).length;
    return given < pages ? 0 : Number(this.#db.pragma('freelist_count'));
  }
}

/** What is kept whatever the budget, by owner. */
export class PinsRepo {
  readonly #db: Database;
  readonly #pin;
  readonly #release;

  constructor(db: Database) {
    this.#db = db;
    this.#pin = db.prepare<[string, string]>(
      'INSERT INTO pins (owner, name) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#release = db.prepare<[string]>('DELETE FROM pins WHERE owner = ?');
  }

  pin(owner: string, names: readonly string[]): void {
    this.change([{ owner, names }]);
  }

  /** Pins names for owners, or (names null) releases all that an owner pinned; in this order. */
  change(changes: readonly { owner: string; names: readonly string[] | null }[]): void {
    this.#db.transaction(() => {
      for (const { owner, names } of changes) {
        if (names === null) this.#release.run(owner);
        else for (const name of names) this.#pin.run(owner, name);
      }
    });
  }
}
