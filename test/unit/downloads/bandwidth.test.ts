import { expect, test } from 'vitest';
import { Bandwidth } from '#main/downloads/bandwidth.ts';
import { createManualClock, type ManualClock } from '#test/support/manual-clock.ts';

const never = new AbortController().signal;
const host = 'files.example';

/** Takes so many pieces one after the other; returns when each was let go on, in ms from the start. */
async function takeAll(
  bandwidth: Bandwidth,
  clock: ManualClock,
  pieces: { host: string; bytes: number }[],
): Promise<number[]> {
  const times: number[] = [];
  let isDone = false;
  const work = (async () => {
    for (const piece of pieces) {
      await bandwidth.take(piece.host, piece.bytes, never);
      times.push(clock.nowMs());
    }
    isDone = true;
  })();
  while (!isDone) await clock.advance(10);
  await work;
  return times;
}

const pieces = (count: number, bytes: number, from = host) =>
  Array.from({ length: count }, () => ({ host: from, bytes }));

test('without a limit nobody waits', async () => {
  const clock = createManualClock(0);
  const bandwidth = new Bandwidth(clock, () => ({
    bytesPerSecond: null,
    bytesPerSecondPerHost: null,
  }));
  for (let at = 0; at < 100; at += 1) await bandwidth.take(host, 1_000_000, never);
  expect(clock.nowMs()).toBe(0);
});

test('so many bytes a second, and no more, for all together', async () => {
  const clock = createManualClock(0);
  const limits = { bytesPerSecond: 100_000, bytesPerSecondPerHost: null };
  const bandwidth = new Bandwidth(clock, () => limits);
  const mixed = [...pieces(10, 50_000), ...pieces(10, 50_000, 'other.example')];
  const times = await takeAll(bandwidth, clock, mixed);
  // A million bytes at 100,000 a second.
  expect(times.at(-1)).toBeGreaterThanOrEqual(10_000);
  expect(times.at(-1)).toBeLessThan(10_700);
});

test('each host has its own share where there is one', async () => {
  const clock = createManualClock(0);
  const limits = { bytesPerSecond: null, bytesPerSecondPerHost: 100_000 };
  const bandwidth = new Bandwidth(clock, () => limits);
  let open = 2;
  const take = async (from: string): Promise<number> => {
    for (const { bytes } of pieces(10, 50_000)) await bandwidth.take(from, bytes, never);
    open -= 1;
    return clock.nowMs();
  };
  const both = Promise.all([take(host), take('other.example')]);
  while (open > 0) await clock.advance(10);
  // Half a million bytes of each, side by side.
  for (const endMs of await both) {
    expect(endMs).toBeGreaterThanOrEqual(5000);
    expect(endMs).toBeLessThan(5700);
  }
});

test('a limit that is lifted lets those go on that wait', async () => {
  const clock = createManualClock(0);
  let limits: { bytesPerSecond: number | null; bytesPerSecondPerHost: null } = {
    bytesPerSecond: 16_384,
    bytesPerSecondPerHost: null,
  };
  const bandwidth = new Bandwidth(clock, () => limits);
  let isThrough = false;
  const taken = bandwidth.take(host, 16_384_000, never).then(() => (isThrough = true));
  await clock.advance(499);
  expect(isThrough).toBe(false);
  limits = { bytesPerSecond: null, bytesPerSecondPerHost: null };
  await clock.advance(1);
  await taken;
  expect(clock.nowMs()).toBe(500);
});

test('what was owed at a slow rate is not paid at a quick one', async () => {
  const clock = createManualClock(0);
  let limits = { bytesPerSecond: 16_384, bytesPerSecondPerHost: null };
  const bandwidth = new Bandwidth(clock, () => limits);
  const slow = bandwidth.take(host, 16_384 * 50, never);
  limits = { bytesPerSecond: 10_000_000, bytesPerSecondPerHost: null };
  const quick = bandwidth.take(host, 1_000_000, never);
  await clock.advance(500);
  await Promise.all([slow, quick]);
  expect(clock.nowMs()).toBe(500);
});

test('who is told to stop does not wait', async () => {
  const clock = createManualClock(0);
  const bandwidth = new Bandwidth(clock, () => ({
    bytesPerSecond: 16_384,
    bytesPerSecondPerHost: null,
  }));
  const stop = new AbortController();
  const taken = bandwidth.take(host, 1_000_000, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(taken).rejects.toThrow('stopped');
});
