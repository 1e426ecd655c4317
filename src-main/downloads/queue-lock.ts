/**
 * Runs in plain Node. Which process works on the queue of a profile: the one that holds the lock. The lock is an
 * exclusive transaction on a file of its own, so the operating system holds it, and gives it up when the process is
 * gone, however that came about: who gets it has proof that no other process works on any row.
 */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Log } from '../db/log.ts';

const fileName = 'queue.lock';

export interface QueueLock {
  readonly isHeld: boolean;
  /** Takes the lock where it is free. True when it is held, be it since before. */
  take(): boolean;
  /** Gives it up, for another process to take. */
  release(): void;
}

/** The lock of a profile. Nothing is opened before it is first taken. */
export function createQueueLock(profileDir: string, log: Log): QueueLock {
  let held: Sqlite.Database | null = null;
  return {
    get isHeld() {
      return held !== null;
    },
    take() {
      if (held !== null) return true;
      let raw: Sqlite.Database | null = null;
      try {
        raw = new Sqlite(join(profileDir, fileName), { timeout: 0 });
        // In memory: a journal beside it could only be left behind.
        raw.pragma('journal_mode = MEMORY');
        raw.exec('BEGIN EXCLUSIVE');
        held = raw;
        return true;
      } catch (error) {
        raw?.close();
        if (!isBusy(error)) log('the lock of the queue', { error: String(error) });
        return false;
      }
    },
    release() {
      held?.close();
      held = null;
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}
