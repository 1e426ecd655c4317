import { expect, test } from 'vitest';
import { judgeOwner, makeOwner, processExists } from '#main/downloads/lease.ts';

const self = makeOwner('here', 100);
const judge = (owner: string | null, heartbeatMs: number, alive: boolean) =>
  judgeOwner(owner, heartbeatMs, { self, nowMs: 1_000_000, exists: () => alive });

test('the owner of a row is alive, proven dead or presumed dead', () => {
  expect(judge(self, 0, false)).toBe('alive');
  expect(judge(null, 0, true)).toBe('proven-dead');
  expect(judge(makeOwner('here', 200), 999_000, false)).toBe('proven-dead');
  expect(judge(makeOwner('here', 200), 999_000, true)).toBe('alive');
  expect(judge(makeOwner('here', 200), 100_000, true)).toBe('presumed-dead');
  expect(judge(makeOwner('elsewhere', 200), 999_000, false)).toBe('alive');
  expect(judge(makeOwner('elsewhere', 200), 100_000, false)).toBe('presumed-dead');
  // Another run with our own number, in this very process.
  expect(judge(makeOwner('here', 100), 999_000, false)).toBe('alive');
});

test('owners differ from run to run', () => {
  expect(makeOwner('h', 1)).not.toBe(makeOwner('h', 1));
  expect(processExists(process.pid)).toBe(true);
});
