import { describe, expect, test } from 'vitest';
import type { DownloadState } from '#contract/domain.ts';
import {
  backoffMs,
  defaultRetryPolicy,
  isEnded,
  nextState,
  type JobEvent,
  type JobState,
} from '#main/downloads/state.ts';

const states: DownloadState[] = [
  'queued',
  'active',
  'done',
  'failed',
  'cancelled',
  'quarantined',
  'waiting',
];
const error = { code: 'unavailable', message: 'It broke.', retryable: true } as const;
const events: JobEvent[] = [
  { kind: 'claimed' },
  { kind: 'released' },
  { kind: 'finished', atMs: 9 },
  { kind: 'interrupted', atMs: 9, error, gained: false, jitter: 0 },
  { kind: 'held', atMs: 9, error, waitMs: 5000, jitter: 0 },
  { kind: 'failed', atMs: 9, error },
  { kind: 'quarantined', atMs: 9, error },
  { kind: 'cancelled', atMs: 9 },
  { kind: 'retried' },
];

const job = (state: DownloadState, more: Partial<JobState> = {}): JobState => ({
  state,
  attempts: 0,
  resumesAtMs: null,
  error: null,
  endedAtMs: null,
  ...more,
});

/** Where each event leads; every pair that is not here must change nothing. */
const moves: Record<string, DownloadState> = {
  'queued claimed': 'active',
  'waiting claimed': 'active',
  'active released': 'queued',
  'active finished': 'done',
  'active interrupted': 'waiting',
  'active held': 'waiting',
  'active failed': 'failed',
  'active quarantined': 'quarantined',
  'queued cancelled': 'cancelled',
  'waiting cancelled': 'cancelled',
  'active cancelled': 'cancelled',
  'failed retried': 'queued',
  'cancelled retried': 'queued',
  'quarantined retried': 'queued',
  'waiting retried': 'queued',
};

describe('nextState', () => {
  for (const state of states) {
    for (const event of events) {
      const target = moves[`${state} ${event.kind}`];
      test(`${state} + ${event.kind} -> ${target ?? 'unchanged'}`, () => {
        const before = job(state);
        const after = nextState(before, event);
        if (target === undefined) expect(after).toBe(before);
        else expect(after.state).toBe(target);
        expect(before).toEqual(job(state));
        if (target !== undefined) expect(after.resumesAtMs !== null).toBe(target === 'waiting');
        expect(after.endedAtMs !== null).toBe(target !== undefined && isEnded(after.state));
      });
    }
  }

  test('gives up after so many tries without gain, and gain starts the count anew', () => {
    let state = job('active');
    const fail = (gained: boolean) =>
      nextState(state, { kind: 'interrupted', atMs: 0, error, gained, jitter: 0 });
    const seen: string[] = [];
    for (let i = 0; i < defaultRetryPolicy.maxAttempts; i += 1) {
      state = fail(i === 3);
      seen.push(`${state.state} ${state.attempts}`);
      state = nextState(state, { kind: 'claimed' });
    }
    expect(seen.slice(0, 5)).toEqual([
      'waiting 1',
      'waiting 2',
      'waiting 3',
      'waiting 1',
      'waiting 2',
    ]);
    state = job('active', { attempts: defaultRetryPolicy.maxAttempts - 1 });
    expect(fail(false)).toMatchObject({ state: 'failed', error, endedAtMs: 0 });
    expect(fail(true)).toMatchObject({ state: 'waiting', attempts: 1 });
  });

  test('being held back never fails a job, whatever the number of times', () => {
    let state = job('active');
    for (let i = 0; i < 50; i += 1) {
      state = nextState(state, { kind: 'held', atMs: 0, error, waitMs: null, jitter: 0 });
      expect(state.state).toBe('waiting');
      state = nextState(state, { kind: 'claimed' });
    }
    state = nextState(state, { kind: 'interrupted', atMs: 0, error, gained: false, jitter: 0 });
    expect(state.state).toBe('failed');
  });

  test('waits as long as it is told, at most a day', () => {
    const held = (waitMs: number) =>
      nextState(job('active'), { kind: 'held', atMs: 100, error, waitMs, jitter: 0 }).resumesAtMs;
    expect(held(5000)).toBe(5100);
    expect(held(1e12)).toBe(100 + 86_400_000);
    expect(held(-5)).toBe(100);
  });
});

test('backoff doubles up to its cap and is spread over its upper half', () => {
  const policy = { maxAttempts: 9, baseMs: 1000, capMs: 60_000 };
  expect([1, 2, 3, 7, 99].map((n) => backoffMs(n, 0, policy))).toEqual([
    500, 1000, 2000, 30_000, 30_000,
  ]);
  expect(backoffMs(1, 0.999_999, policy)).toBe(1000);
  expect(backoffMs(0, 0, policy)).toBe(500);
});
