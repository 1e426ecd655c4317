/**
 * Runs in plain Node. Looks after who works on the queue: takes the lock when it is free and there is something to do,
 * and notices what other processes of the profile wrote.
 */
import type { Clock } from '../http/clock.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { QueueLock } from './queue-lock.ts';

export interface QueueOwnerDeps {
  lock: QueueLock;
  db: Database;
  clock: Clock;
  log: Log;
  /** This process owns the queue from now on. */
  onOwned(): void;
  /** Another process wrote to the library. */
  onForeignChange(): void;
  /** Every look, owner or not. */
  onLook(): void;
}

/** How soon a process notices that the lock is free, and what others wrote. */
const lookEveryMs = 500;

export class QueueOwner {
  readonly #deps: QueueOwnerDeps;
  #isStarted = false;
  #isStopped = false;
  #version = -1;
  #callOff: (() => void) | null = null;

  constructor(deps: QueueOwnerDeps) {
    this.#deps = deps;
  }

  get isOwner(): boolean {
    return this.#deps.lock.isHeld;
  }

  /** Begins to look; from now on this process takes the queue when it can. */
  start(): void {
    if (this.#isStarted || this.#isStopped) return;
    this.#isStarted = true;
    this.#version = this.#deps.db.foreignVersion();
    this.#take();
    this.#lookLater();
  }

  #take(): void {
    if (this.isOwner || !this.#deps.lock.take()) return;
    this.#deps.log('this process works on the downloads');
    this.#deps.onOwned();
  }

  #lookLater(): void {
    this.#callOff = this.#deps.clock.after(lookEveryMs, () => {
      try {
        this.#take();
        const version = this.#deps.db.foreignVersion();
        if (version !== this.#version) {
          this.#version = version;
          this.#deps.onForeignChange();
        }
        this.#deps.onLook();
      } catch (error) {
        this.#deps.log('looking after the queue failed', { error: String(error) });
      }
      if (!this.#isStopped) this.#lookLater();
    });
  }

  /** Stops looking. The lock stays until `release`. */
  stop(): void {
    this.#isStopped = true;
    this.#callOff?.();
  }

  /** Leaves the queue to others. */
  release(): void {
    this.#deps.lock.release();
  }
}
