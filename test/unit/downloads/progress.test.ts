import { expect, test } from 'vitest';
import type { Clock } from '#main/http/clock.ts';
import { ProgressBoard } from '#main/downloads/progress.ts';

/** A clock that is turned by hand. */
function handClock() {
  let now = 10_000;
  const timers = new Set<{ at: number; run: () => void }>();
  const clock: Clock = {
    nowMs: () => now,
    after: (delayMs, run) => {
      const timer = { at: now + delayMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  const advance = (ms: number) => {
    now += ms;
    for (const timer of [...timers].filter((each) => each.at <= now)) {
      timers.delete(timer);
      timer.run();
    }
  };
  const set = (ms: number) => (now = ms);
  return { clock, advance, set, timers };
}

test('tells at most four times a second, and always the last state', () => {
  const { clock, advance, timers } = handClock();
  const told: (number | undefined)[] = [];
  const board = new ProgressBoard(clock, (id) => told.push(board.get(id)?.receivedBytes));
  for (let i = 1; i <= 100; i += 1) {
    board.set('a', i, 100);
    advance(10);
  }
  expect(told.length).toBeLessThanOrEqual(5);
  advance(250);
  expect(told.at(-1)).toBe(100);
  expect(timers.size).toBe(0);
  const before = told.length;
  board.set('a', 101, null);
  board.set('b', 1, null);
  expect(told.length).toBe(before + 2);
});

test('a clock set back does not silence a job', () => {
  const { clock, set } = handClock();
  let told = 0;
  const board = new ProgressBoard(clock, () => (told += 1));
  board.changed('a');
  set(0);
  board.changed('a');
  expect(told).toBe(2);
});

test('speed is of the last seconds, and forgets what was dropped', () => {
  const { clock, advance } = handClock();
  const board = new ProgressBoard(clock, () => {});
  board.set('a', 0, null);
  expect(board.get('a')?.speed).toBeNull();
  for (let second = 1; second <= 10; second += 1) {
    advance(1000);
    board.set('a', second * 1000, null);
  }
  expect(board.get('a')?.speed).toBe(1000);
  for (let second = 1; second <= 10; second += 1) {
    advance(1000);
    board.set('a', 10_000 + second * 5000, null);
  }
  expect(board.get('a')?.speed).toBe(5000);
  board.set('a', 0, null);
  expect(board.get('a')?.speed).toBeNull();
  board.end('a');
  expect(board.get('a')).toBeNull();
});

test('what is due is told at the end; a forgotten job is not told of', () => {
  const { clock } = handClock();
  const told: string[] = [];
  const board = new ProgressBoard(clock, (id) => told.push(id));
  for (const id of ['a', 'b']) {
    board.changed(id);
    board.changed(id);
  }
  board.forget('b');
  board.dispose();
  expect(told).toEqual(['a', 'b', 'a']);
});

test('the speed of late counts the time in which something ran, not the pauses', () => {
  const { clock, advance } = handClock();
  const board = new ProgressBoard(clock, () => {});
  expect(board.recentSpeed()).toBeNull();
  for (const id of ['a', 'b']) board.set(id, 0, 1_000_000);
  advance(1000);
  for (const id of ['a', 'b']) {
    board.set(id, 1_000_000, 1_000_000);
    board.end(id);
  }
  // Side by side: a second in all.
  expect(board.recentSpeed()).toBe(2_000_000);
  advance(300_000);
  expect(board.recentSpeed()).toBe(2_000_000);
  advance(300_000);
  expect(board.recentSpeed()).toBeNull();
});
