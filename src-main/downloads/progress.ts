/**
 * Runs in plain Node. How far each running download is, and when to say so: at most four times a second for
 * one job, the last state always told.
 */
import type { Clock } from '../http/clock.ts';

/** Least time between two events of one job. */
const quietMs = 250;
/** Speed is measured over this long. */
const windowMs = 4000;
/** And not before this long: the first packets say nothing. */
const leastWindowMs = 500;

/** Ended jobs by which the speed of late is told, and for how long. */
const mostEnds = 200;
const recentMs = 10 * 60_000;

interface Live {
  receivedBytes: number;
  totalBytes: number | null;
  samples: { atMs: number; bytes: number }[];
  startedMs: number;
  firstBytes: number;
}

export interface Progress {
  receivedBytes: number;
  totalBytes: number | null;
  /** Bytes a second. */
  speed: number | null;
}

/** Ms in which at least one of the jobs ran: between them nothing was fetched, however fast it might have been. */
function timeCovered(jobs: readonly { startedMs: number; atMs: number }[]): number {
  let covered = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { startedMs, atMs } of [...jobs].sort((a, b) => a.startedMs - b.startedMs)) {
    covered += Math.max(0, atMs - Math.max(startedMs, untilMs));
    untilMs = Math.max(untilMs, atMs);
  }
  return covered;
}

export class ProgressBoard {
  readonly #clock: Clock;
  readonly #tell: (id: string) => void;
  readonly #live = new Map<string, Live>();
  readonly #ends: { atMs: number; startedMs: number; bytes: number }[] = [];
  readonly #toldAtMs = new Map<string, number>();
  readonly #pending = new Map<string, () => void>();

  constructor(clock: Clock, tell: (id: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  set(id: string, receivedBytes: number, totalBytes: number | null): void {
    const nowMs = this.#clock.nowMs();
    const live = this.#live.get(id) ?? {
      ...{ receivedBytes, totalBytes, samples: [] },
      ...{ startedMs: nowMs, firstBytes: receivedBytes },
    };
    const last = live.samples.at(-1);
    // A part that was dropped begins anew: what came before says nothing of the speed now.
    if (last !== undefined && receivedBytes < last.bytes) live.samples = [];
    if (last === undefined || nowMs - last.atMs >= 100 || live.samples.length === 0) {
      live.samples.push({ atMs: nowMs, bytes: receivedBytes });
      while (live.samples.length > 2 && nowMs - (live.samples[0]?.atMs ?? nowMs) > windowMs) {
        live.samples.shift();
      }
    }
    live.receivedBytes = receivedBytes;
    live.totalBytes = totalBytes;
    this.#live.set(id, live);
    this.changed(id);
  }

  get(id: string): Progress | null {
    const live = this.#live.get(id);
    if (live === undefined) return null;
    const { receivedBytes, totalBytes, samples } = live;
    const first = samples[0];
    const spanMs = first === undefined ? 0 : this.#clock.nowMs() - first.atMs;
    const speed =
      first === undefined || spanMs < leastWindowMs
        ? null
        : Math.max(0, Math.round(((receivedBytes - first.bytes) * 1000) / spanMs));
    return { receivedBytes, totalBytes, speed };
  }

  /** Bytes a second of everything that ran in the last ten minutes; null where too little did. */
  recentSpeed(): number | null {
    const nowMs = this.#clock.nowMs();
    const recent = this.#ends.filter(({ atMs }) => Math.abs(nowMs - atMs) < recentMs);
    const bytes = recent.reduce((sum, one) => sum + one.bytes, 0);
    const busyMs = timeCovered(recent);
    return bytes === 0 || busyMs < leastWindowMs ? null : Math.round((bytes * 1000) / busyMs);
  }

  /** The job does not run any more. */
  end(id: string): void {
    const live = this.#live.get(id);
    if (live !== undefined) {
      const bytes = live.receivedBytes - live.firstBytes;
      this.#ends.push({ atMs: this.#clock.nowMs(), startedMs: live.startedMs, bytes });
      if (this.#ends.length > mostEnds) this.#ends.shift();
    }
    this.#live.delete(id);
  }

  /** Something about a job changed: tells it now, or as soon as the pace allows. */
  changed(id: string): void {
    if (this.#pending.has(id)) return;
    const waitMs =
      (this.#toldAtMs.get(id) ?? Number.NEGATIVE_INFINITY) + quietMs - this.#clock.nowMs();
    // A clock that was set back must not silence a job for hours.
    if (waitMs <= 0 || waitMs > quietMs) {
      this.#tellNow(id);
      return;
    }
    this.#pending.set(
      id,
      this.#clock.after(waitMs, () => this.#tellNow(id)),
    );
  }

  /** The row is gone: nothing more is told of it. */
  forget(id: string): void {
    this.#pending.get(id)?.();
    this.#pending.delete(id);
    this.#toldAtMs.delete(id);
    this.#live.delete(id);
  }

  /** Tells what is still due, and stops. */
  dispose(): void {
    for (const [id, callOff] of [...this.#pending]) {
      callOff();
      this.#tellNow(id);
    }
  }

  #tellNow(id: string): void {
    this.#pending.delete(id);
    this.#toldAtMs.set(id, this.#clock.nowMs());
    this.#tell(id);
  }
}
