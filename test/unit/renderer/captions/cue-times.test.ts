import { describe, expect, test } from 'vitest';
import type { Cue } from '#contract/captions.ts';
import { CueTimes } from '#renderer/features/captions/cue-times.ts';

const cue = (startMs: number, endMs: number): Cue => ({ startMs, endMs, text: 'x', speaker: null });

/** What the search by halves has to find, found by looking at all. */
function slowlyAt(cues: readonly Cue[], timeMs: number): number[] {
  return cues
    .map((one, index) => ({ one, index }))
    .filter(({ one }) => one.startMs <= timeMs && timeMs < one.endMs)
    .sort((a, b) => a.one.startMs - b.one.startMs || a.index - b.index)
    .map(({ index }) => index);
}

test('finds what is said at every moment of unordered, overlapping cues', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 16807) % 2147483647) % below;
  const cues = Array.from({ length: 300 }, () => {
    const startMs = random(60_000);
    return cue(startMs, startMs + 1 + random(random(10) === 0 ? 20_000 : 2000));
  });
  const times = new CueTimes(cues);
  for (let timeMs = -100; timeMs < 85_000; timeMs += 137) {
    expect(times.at(timeMs)).toEqual(slowlyAt(cues, timeMs));
  }
});

describe('the current cue', () => {
  const times = new CueTimes([cue(1000, 2000), cue(2500, 3000), cue(20_000, 21_000)]);

  test('is the one that began last, from its first ms on', () => {
    expect(times.current(999)).toBe(-1);
    expect(times.current(1000)).toBe(0);
    expect(times.current(2499)).toBe(0);
    expect(times.current(2500)).toBe(1);
  });

  test('goes away in a longer silence, but where one was is still known', () => {
    expect(times.current(4999)).toBe(1);
    expect(times.current(5000)).toBe(-1);
    expect(times.lastStarted(19_999)).toBe(1);
    expect(times.lastStarted(0)).toBe(-1);
  });

  test('is a long one again after a short one inside it', () => {
    const inside = new CueTimes([cue(0, 60_000), cue(1000, 2000)]);
    expect(inside.current(1500)).toBe(1);
    expect(inside.current(30_000)).toBe(0);
  });

  test('is none where there are no cues', () => {
    const none = new CueTimes([]);
    expect([none.current(0), none.lastStarted(5)]).toEqual([-1, -1]);
    expect(none.at(0)).toEqual([]);
  });
});
