/** Runs in plain Node, for tests only. A clock that is turned by hand. */
import type { Clock } from '#main/http/clock.ts';

export interface ManualClock extends Clock {
  /** Moves time on and fires what falls due, in order; lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Timers that wait. */
  pending(): number;
}

/** Starts at a fixed moment, so that dates in expectations are stable. */
export function createManualClock(startMs = Date.UTC(2026, 10, 19, 12, 0, 0)): ManualClock {
  let nowMs = startMs;
  let count = 0;
  const timers = new Map<number, { atMs: number; callback: () => void }>();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return {
    nowMs: () => nowMs,
    after: (delayMs, callback) => {
      const id = count++;
      timers.set(id, { atMs: nowMs + Math.max(0, delayMs), callback });
      return () => {
        timers.delete(id);
      };
    },
    pending: () => timers.size,
    advance: async (ms) => {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.atMs <= endMs);
        due.sort(
          ([firstId, first], [secondId, second]) => first.atMs - second.atMs || firstId - secondId,
        );
        const next = due[0];
        if (next === undefined) break;
        const [id, timer] = next;
        timers.delete(id);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.callback();
        await settle();
      }
      nowMs = endMs;
      await settle();
    },
  };
}
