/**
 * Runs in plain Node. The records of plans, in cache.db: a plan of a hundred thousand must not be held in memory, and
 * one that was never started may be lost.
 */
import type { Database, Query } from '../../db/database.ts';
import type { LostRecord, SavableRecord } from './savable-record.ts';

export type PlanEntry = SavableRecord | LostRecord;

export const isLost = (entry: PlanEntry): entry is LostRecord => 'problem' in entry;

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** Entries read between two breaths. */
const entriesAtOnce = 100;

export class PlanStore {
  readonly #db: Database;
  readonly #put: Query<[string, number, string], unknown>;
  readonly #some: Query<[string, number, number], { position: number; body: string }>;
  readonly #one: Query<[string, number], { body: string }>;
  readonly #drop: Query<[string, string, number], unknown>;
  readonly #plans: Query<[], { plan: string }>;

  constructor(db: Database) {
    this.#db = db;
    this.#put = db.prepare('INSERT INTO plan_records (plan, position, body) VALUES (?, ?, ?)');
    this.#some = db.prepare(
      'SELECT position, body FROM plan_records WHERE plan = ? AND position >= ? ORDER BY position LIMIT ?',
    );
    this.#one = db.prepare('SELECT body FROM plan_records WHERE plan = ? AND position = ?');
    this.#drop = db.prepare(
      `DELETE FROM plan_records WHERE plan = ? AND position IN
         (SELECT position FROM plan_records WHERE plan = ? LIMIT ?)`,
    );
    this.#plans = db.prepare('SELECT DISTINCT plan FROM plan_records');
  }

  /** Adds entries from `position` on. */
  add(plan: string, position: number, entries: readonly PlanEntry[]): void {
    this.#db.transaction(() =>
      entries.forEach((entry, at) => this.#put.run(plan, position + at, JSON.stringify(entry))),
    );
  }

  /** Every entry with its position, some at a time. */
  async *entries(plan: string, signal: AbortSignal): AsyncGenerator<[number, PlanEntry][]> {
    for (let from = 0; ;) {
      const rows = this.#some.all(plan, from, entriesAtOnce);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(({ position, body }) => [position, JSON.parse(body) as PlanEntry]);
      from = last.position + 1;
      await breathe();
      signal.throwIfAborted();
    }
  }

  entry(plan: string, position: number): PlanEntry | null {
    const row = this.#one.get(plan, position);
    return row === undefined ? null : (JSON.parse(row.body) as PlanEntry);
  }

  /** Forgets a plan's records, some at a time. */
  async drop(plan: string): Promise<void> {
    while (this.#drop.run(plan, plan, 1000).changes > 0) await breathe();
  }

  /** Forgets the records of plans of processes that are gone: `isOpen` tells which are not. */
  async dropOthers(isOpen: (plan: string) => boolean): Promise<void> {
    for (const { plan } of this.#plans.all()) if (!isOpen(plan)) await this.drop(plan);
  }
}
