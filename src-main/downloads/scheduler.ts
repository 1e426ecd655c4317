/**
 * Runs in plain Node. Decides when a job starts: at most so many at once in each lane and in all, waiting ones when
 * they are due. What a job is and how it is taken from the queue is for the caller to say.
 */
import type { Clock } from '../http/clock.ts';

export interface SchedulerDeps<Lane extends string, Job> {
  clock: Clock;
  lanes: readonly Lane[];
  /** How many may run at once, in all and by lane. Asked for each time. */
  most(): { inAll: number; inLane: Readonly<Record<Lane, number>> };
  /** Takes the next job of a lane, durably; null when none may start now. */
  claim(lane: Lane): Job | null;
  /** When the next waiting job of a lane is due, in Unix ms; null when none waits. */
  nextDueMs(lane: Lane): number | null;
  /** Runs a job to its end. Never rejects. */
  run(job: Job): Promise<void>;
}

/** The longest that the queue sleeps: the wall clock may be set while it does. */
const longestSleepMs = 30_000;

export class Scheduler<Lane extends string, Job> {
  readonly #deps: SchedulerDeps<Lane, Job>;
  readonly #running = new Map<Lane, number>();
  readonly #ends = new Set<Promise<void>>();
  #callOffTimer: (() => void) | null = null;
  #isStopped = false;

  constructor(deps: SchedulerDeps<Lane, Job>) {
    this.#deps = deps;
  }

  /** Starts what may start. Throws when the queue cannot be read or written. */
  wake(): void {
    if (this.#isStopped) return;
    const { inAll, inLane } = this.#deps.most();
    let open = this.#deps.lanes;
    // One of each lane in turn: no archive keeps another's files waiting.
    while (open.length > 0) {
      open = open.filter(
        (lane) =>
          this.#ends.size < inAll &&
          (this.#running.get(lane) ?? 0) < inLane[lane] &&
          this.#startOne(lane),
      );
    }
    this.#setTimer();
  }

  /** False when nothing of this lane may start now. */
  #startOne(lane: Lane): boolean {
    const job = this.#deps.claim(lane);
    if (job === null) return false;
    this.#running.set(lane, (this.#running.get(lane) ?? 0) + 1);
    const end = this.#deps.run(job).finally(() => {
      this.#running.set(lane, (this.#running.get(lane) ?? 1) - 1);
      this.#ends.delete(end);
      this.#wakeQuietly();
    });
    this.#ends.add(end);
    return true;
  }

  /** From a timer there is nobody to tell; the next wake tries again. */
  #wakeQuietly(): void {
    try {
      this.wake();
    } catch {
      this.#sleep(longestSleepMs);
    }
  }

  #setTimer(): void {
    const dues = this.#deps.lanes
      .map((lane) => this.#deps.nextDueMs(lane))
      .filter((due) => due !== null);
    this.#callOffTimer?.();
    this.#callOffTimer = null;
    if (dues.length === 0) return;
    this.#sleep(Math.min(...dues) - this.#deps.clock.nowMs());
  }

  #sleep(ms: number): void {
    this.#callOffTimer?.();
    const delayMs = Math.min(Math.max(ms, 20), longestSleepMs);
    this.#callOffTimer = this.#deps.clock.after(delayMs, () => this.#wakeQuietly());
  }

  /** Starts nothing more, and resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#callOffTimer?.();
    this.#callOffTimer = null;
    await Promise.all(this.#ends);
  }
}
