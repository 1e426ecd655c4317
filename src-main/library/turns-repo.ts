/**
 * Runs in plain Node. Turns to ask archives that count, in library.db: shared by the window and every terminal of the
 * profile, kept over restarts and whatever is cleared. `take` is one transaction that holds the write lock.
 */
import type { Database, Query } from '../db/database.ts';
import type { Lane } from '../http/http-client.ts';
import type { Place, TurnAnswer, TurnStore, TurnWish } from '../http/shared-turns.ts';

/** Counts of so many days stay, for clocks that go back. */
const keptDays = 40;
/** How soon to look again whether a turn under way has ended. */
const lookAgainMs = 100;
/** Times further ahead than they can be were written under another clock. Processes read theirs a little apart. */
const slackMs = 60_000;

/** A lane, or what an archive asked of it, which is kept beside its pace. */
type Where = [lane: Lane | `${Lane} hold`, place: Place];

/** No archive is stayed away from for longer (src-main/http/retry-after.ts). */
const longestHoldMs = 24 * 60 * 60 * 1000;

export class TurnsRepo implements TurnStore {
  readonly #db: Database;
  readonly #count: Query<[...Where, string, number], { used: number }>;
  readonly #used: Query<[...Where, string], { used: number }>;
  readonly #dropOldDays: Query<[...Where, ...Where, number], unknown>;
  readonly #due: Query<Where, { dueAtMs: number }>;
  readonly #setDue: Query<[...Where, number], unknown>;
  readonly #dropEnded: Query<[number, number], unknown>;
  readonly #underWay: Query<Where, { count: number }>;
  readonly #begin: Query<[string, ...Where, number], unknown>;
  readonly #keep: Query<[number, string], unknown>;
  readonly #end: Query<[string], unknown>;

  constructor(db: Database) {
    this.#db = db;
    this.#count = db.prepare(
      `INSERT INTO request_counts (lane, place, day, used) VALUES (?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET used = used + 1 WHERE used < ? RETURNING used`,
    );
    this.#used = db.prepare(
      'SELECT used FROM request_counts WHERE lane = ? AND place = ? AND day = ?',
    );
    this.#dropOldDays = db.prepare(
      `DELETE FROM request_counts WHERE lane = ? AND place = ? AND day NOT IN
         (SELECT day FROM request_counts WHERE lane = ? AND place = ? ORDER BY day DESC LIMIT ?)`,
    );
    this.#due = db.prepare(
      'SELECT due_at_ms AS dueAtMs FROM request_paces WHERE lane = ? AND place = ?',
    );
    this.#setDue = db.prepare(
      `INSERT INTO request_paces (lane, place, due_at_ms) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET due_at_ms = excluded.due_at_ms`,
    );
    this.#dropEnded = db.prepare('DELETE FROM request_turns WHERE until_ms <= ? OR until_ms > ?');
    this.#underWay = db.prepare(
      'SELECT count(*) AS count FROM request_turns WHERE lane = ? AND place = ?',
    );
    this.#begin = db.prepare(
      'INSERT INTO request_turns (holder, lane, place, until_ms) VALUES (?, ?, ?, ?)',
    );
    this.#keep = db.prepare('UPDATE request_turns SET until_ms = ? WHERE holder = ?');
    this.#end = db.prepare('DELETE FROM request_turns WHERE holder = ?');
  }

  take(wish: TurnWish): TurnAnswer {
    return this.#db.transaction(() => this.#take(wish));
  }

  keep(holder: string, untilMs: number): void {
    this.#keep.run(untilMs, holder);
  }

  hold(lane: Lane, place: Place, untilMs: number): void {
    this.#db.transaction(() => {
      const before = this.#due.get(`${lane} hold`, place)?.dueAtMs ?? 0;
      const isLonger = untilMs > before || before > untilMs + longestHoldMs;
      if (isLonger) this.#setDue.run(`${lane} hold`, place, untilMs);
    });
  }

  end(holder: string): void {
    this.#end.run(holder);
  }

  used(lane: Lane, place: Place, day: string): number {
    return this.#used.get(lane, place, day)?.used ?? 0;
  }

  #take(wish: TurnWish): TurnAnswer {
    const { lane, place, day, perDay, nowMs, holder, untilMs } = wish;
    if (this.used(lane, place, day) >= perDay) return { kind: 'used-up' };
    const heldUntilMs = this.#heldUntilMs(wish);
    if (heldUntilMs > nowMs) return { kind: 'held', waitMs: heldUntilMs - nowMs };
    this.#dropEnded.run(nowMs, untilMs + slackMs);
    if ((this.#underWay.get(lane, place)?.count ?? 0) >= wish.atOnce) {
      return { kind: 'wait', waitMs: lookAgainMs };
    }
    const intervalMs = 1000 / wish.perSecond;
    const spentMs = (wish.burst - 1) * intervalMs;
    // Nobody storms back in one burst when a hold ends.
    const dueAtMs = Math.max(this.#dueAtMs(wish, intervalMs), heldUntilMs + spentMs);
    const waitMs = dueAtMs - spentMs - nowMs;
    if (waitMs > 0) return { kind: 'wait', waitMs };
    const counted = this.#count.get(lane, place, day, perDay);
    if (counted === undefined) return { kind: 'used-up' };
    if (counted.used === 1) this.#dropOldDays.run(lane, place, lane, place, keptDays);
    this.#setDue.run(lane, place, Math.max(dueAtMs, nowMs) + intervalMs);
    this.#begin.run(holder, lane, place, untilMs);
    return { kind: 'granted' };
  }

  /** 0 where there is none, or none that can be under this clock. */
  #heldUntilMs({ lane, place, nowMs }: TurnWish): number {
    const untilMs = this.#due.get(`${lane} hold`, place)?.dueAtMs ?? 0;
    return untilMs <= nowMs + longestHoldMs + slackMs ? untilMs : 0;
  }

  /** What can't be, under this clock and pace, counts as a burst just spent. */
  #dueAtMs({ lane, place, burst, nowMs }: TurnWish, intervalMs: number): number {
    const dueAtMs = this.#due.get(lane, place)?.dueAtMs ?? 0;
    const isPossible = dueAtMs <= nowMs + burst * intervalMs + slackMs;
    return isPossible ? dueAtMs : nowMs + (burst - 1) * intervalMs;
  }
}
