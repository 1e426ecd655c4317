/**
 * Runs in plain Node. Names of users that stood below images, kept in cache.db: AstroBin finds users by their exact name
 * alone, so those that were met are worth remembering. What can't be read or kept is logged, and no one waits for it.
 */
import type { Database, Query } from '../db/database.ts';
import type { Log } from '../db/log.ts';

export interface UsersMetOptions {
  db: Database;
  /** Names are remembered for the archive at this address alone. */
  source: () => string;
  nowMs: () => number;
  log: Log;
}

/** Kept for each source; those met longest ago go. */
const mostNames = 500;
const longestName = 255;
/** Someone who is met again sooner is not written again. */
const sameVisitMs = 10 * 60 * 1000;

export class UsersMet {
  readonly #options: UsersMetOptions;
  readonly #put: Query<[string, string, number], unknown>;
  readonly #prune: Query<[string, string, number], unknown>;
  readonly #list: Query<[string, number], { name: string }>;
  readonly #clear: Query<[], unknown>;
  /** When each was written last in this run. */
  readonly #writtenAtMs = new Map<string, number>();

  constructor(options: UsersMetOptions) {
    const { db } = options;
    this.#options = options;
    this.#put = db.prepare<[string, string, number]>(
      `INSERT INTO users_met (source, name, met_at_ms) VALUES (?, ?, ?)
       ON CONFLICT (source, name) DO UPDATE SET met_at_ms = excluded.met_at_ms`,
    );
    this.#prune = db.prepare<[string, string, number]>(
      `DELETE FROM users_met WHERE source = ? AND name IN
         (SELECT name FROM users_met WHERE source = ? ORDER BY met_at_ms DESC LIMIT -1 OFFSET ?)`,
    );
    this.#list = db.prepare<[string, number], { name: string }>(
      'SELECT name FROM users_met WHERE source = ? ORDER BY met_at_ms DESC, name LIMIT ?',
    );
    this.#clear = db.prepare<[]>('DELETE FROM users_met');
  }

  meet(names: readonly (string | null)[]): void {
    const { db, source, nowMs, log } = this.#options;
    const now = nowMs();
    const place = source();
    const due = [...new Set(names)].filter(
      (name): name is string =>
        name !== null &&
        name !== '' &&
        name.length <= longestName &&
        now - (this.#writtenAtMs.get(`${place} ${name}`) ?? -Infinity) > sameVisitMs,
    );
    if (due.length === 0) return;
    try {
      db.transaction(() => {
        for (const name of due) this.#put.run(place, name, now);
        this.#prune.run(place, place, mostNames);
      });
      if (this.#writtenAtMs.size > mostNames * 4) this.#writtenAtMs.clear();
      for (const name of due) this.#writtenAtMs.set(`${place} ${name}`, now);
    } catch (error) {
      log('users met: could not keep', { error: String(error) });
    }
  }

  clear(): void {
    this.#writtenAtMs.clear();
    try {
      this.#clear.run();
    } catch (error) {
      this.#options.log('users met: could not clear', { error: String(error) });
    }
  }

  /** The latest first. */
  names(): string[] {
    const { source, log } = this.#options;
    try {
      return this.#list.all(source(), mostNames).map(({ name }) => name);
    } catch (error) {
      log('users met: could not read', { error: String(error) });
      return [];
    }
  }
}
