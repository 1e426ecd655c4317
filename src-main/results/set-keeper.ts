/**
 * Runs in plain Node, in the one thread that owns the core. Keeps stored sets within their budget: those used
 * longest ago go first, and what was removed leaves the disk a few rows at a time.
 */
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { Clock } from '../http/clock.ts';
import { breathe } from './known-records.ts';
import { SetRemover, type SetRow, type SetsRepo } from './sets-repo.ts';

export interface SetKeeperDeps {
  db: Database;
  repo: SetsRepo;
  budgetBytes(): number;
  clock: Clock;
  log: Log;
}

/** Rows, indexes and shapes beside the bodies themselves. */
const overheadOfBodies = 1.2;

/** What sets take on disk, about. */
export function bytesOnDisk(rows: readonly Pick<SetRow, 'bytes'>[]): number {
  return Math.round(rows.reduce((sum, { bytes }) => sum + bytes, 0) * overheadOfBodies);
}

/** Somebody may still be looking at a set that a newer listing has replaced. */
const lookedAtMs = 30 * 60_000;

/** Sets to give up, last used first in `rows`: never the one used last, and none that is being listed. */
export function setsToGive(rows: readonly SetRow[], budgetBytes: number, nowMs: number): SetRow[] {
  const [newest, ...others] = rows.filter(({ state }) => state !== 'removed');
  let left = budgetBytes - (newest?.bytes ?? 0) * overheadOfBodies;
  return others.filter(({ bytes, state, isReplaced, usedAtMs }) => {
    if (state === 'listing') return false;
    left -= bytes * overheadOfBodies;
    return left < 0 || (isReplaced && nowMs - usedAtMs > lookedAtMs);
  });
}

export class SetKeeper {
  readonly #deps: SetKeeperDeps;
  readonly #remover: SetRemover;
  #sweeping: Promise<void> | null = null;
  #again = false;
  #isClosed = false;

  constructor(deps: SetKeeperDeps) {
    this.#deps = deps;
    this.#remover = new SetRemover(deps.db);
  }

  /** Begins to remove what must go; one sweep at a time. */
  sweep(): void {
    if (this.#isClosed) return;
    if (this.#sweeping !== null) {
      this.#again = true;
      return;
    }
    this.#sweeping = this.#sweep()
      .catch((error: unknown) => {
        this.#deps.log('stored results can’t be removed', { error: String(error) });
      })
      .finally(() => {
        this.#sweeping = null;
        if (this.#again) {
          this.#again = false;
          this.sweep();
        }
      });
  }

  /** Resolves when nothing is left to remove. */
  async settled(): Promise<void> {
    while (this.#sweeping !== null) await this.#sweeping;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#sweeping;
  }

  async #sweep(): Promise<void> {
    const { repo, budgetBytes, clock } = this.#deps;
    for (const { seq } of setsToGive(repo.all(), budgetBytes(), clock.nowMs())) {
      repo.update(seq, { state: 'removed', owner: null }, ({ state }) => state !== 'listing');
    }
    const step = async (): Promise<void> => {
      await breathe();
      // The rest goes with the next sweep, in this process or a later one.
      if (this.#isClosed) throw new Error('closed');
    };
    for (const { seq, state } of repo.all()) {
      if (state === 'removed') await this.#remover.remove(seq, step);
    }
  }
}
