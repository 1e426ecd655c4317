import { expect, test } from 'vitest';
import type { Clock } from '#main/http/clock.ts';
import { Scheduler } from '#main/downloads/scheduler.ts';

/** A queue in memory, with a clock that is turned by hand. */
function makeQueue(inLane: Record<'a' | 'b', number>, inAll = 9) {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  const clock: Clock = {
    nowMs: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  const queued: { lane: 'a' | 'b'; id: number; dueMs: number }[] = [];
  const running = new Map<number, () => void>();
  let isBroken = false;
  const scheduler = new Scheduler<'a' | 'b', number>({
    clock,
    lanes: ['a', 'b'],
    most: () => ({ inAll, inLane }),
    claim: (lane) => {
      if (isBroken) throw new Error('the queue cannot be read');
      const at = queued.findIndex((job) => job.lane === lane && job.dueMs <= now);
      return at < 0 ? null : (queued.splice(at, 1)[0]?.id ?? null);
    },
    nextDueMs: (lane) => {
      const dues = queued.filter((job) => job.lane === lane && job.dueMs > now);
      return dues.length === 0 ? null : Math.min(...dues.map((job) => job.dueMs));
    },
    run: (id) => new Promise((resolve) => running.set(id, resolve)),
  });
  const end = async (id: number) => {
    running.get(id)?.();
    running.delete(id);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const turnTo = (ms: number) => {
    now = ms;
    for (const timer of [...timers].filter((each) => each.at <= now)) {
      timers.delete(timer);
      timer.run();
    }
  };
  return {
    scheduler,
    queued,
    running,
    end,
    turnTo,
    timers,
    breakQueue: (value: boolean) => (isBroken = value),
  };
}

test('runs at most so many at once in each lane, and the next when one has ended', async () => {
  const { scheduler, queued, running, end } = makeQueue({ a: 2, b: 1 });
  for (let id = 1; id <= 4; id += 1) queued.push({ lane: 'a', id, dueMs: 0 });
  queued.push({ lane: 'b', id: 9, dueMs: 0 });
  scheduler.wake();
  scheduler.wake();
  expect([...running.keys()]).toEqual([1, 9, 2]);
  await end(1);
  expect([...running.keys()]).toEqual([9, 2, 3]);
});

test('runs at most so many in all, one of each lane in turn', async () => {
  const { scheduler, queued, running, end } = makeQueue({ a: 4, b: 4 }, 3);
  for (let id = 1; id <= 4; id += 1) queued.push({ lane: 'a', id, dueMs: 0 });
  for (let id = 11; id <= 14; id += 1) queued.push({ lane: 'b', id, dueMs: 0 });
  scheduler.wake();
  expect([...running.keys()]).toEqual([1, 11, 2]);
  await end(1);
  expect([...running.keys()]).toEqual([11, 2, 3]);
});

test('a waiting job starts when it is due, not before', () => {
  const { scheduler, queued, running, turnTo } = makeQueue({ a: 2, b: 1 });
  queued.push({ lane: 'a', id: 1, dueMs: 5000 });
  scheduler.wake();
  turnTo(4999);
  expect(running.size).toBe(0);
  turnTo(5000);
  expect(running.size).toBe(1);
});

test('a job that is due far off is looked for now and then: the clock may be set', () => {
  const { scheduler, queued, timers } = makeQueue({ a: 1, b: 1 });
  queued.push({ lane: 'a', id: 1, dueMs: 1e9 });
  scheduler.wake();
  expect([...timers].map((timer) => timer.at)).toEqual([30_000]);
});

test('a queue that cannot be read at the end of a job is read again later', async () => {
  const { scheduler, queued, running, end, turnTo, breakQueue } = makeQueue({ a: 1, b: 1 });
  queued.push({ lane: 'a', id: 1, dueMs: 0 }, { lane: 'a', id: 2, dueMs: 0 });
  scheduler.wake();
  breakQueue(true);
  await end(1);
  expect(running.size).toBe(0);
  breakQueue(false);
  turnTo(30_000);
  expect([...running.keys()]).toEqual([2]);
});

test('stopped, it starts nothing more and waits for what runs', async () => {
  const { scheduler, queued, running, end, timers } = makeQueue({ a: 1, b: 1 });
  queued.push({ lane: 'a', id: 1, dueMs: 0 }, { lane: 'a', id: 2, dueMs: 0 });
  scheduler.wake();
  let hasStopped = false;
  const stopped = scheduler.stop().then(() => (hasStopped = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasStopped).toBe(false);
  await end(1);
  await stopped;
  expect(running.size).toBe(0);
  expect(timers.size).toBe(0);
});
