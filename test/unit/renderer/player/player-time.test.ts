import { describe, expect, test } from 'vitest';
import {
  clampTime,
  FrameRateMeter,
  frameTime,
  nextRate,
  readRanges,
  resumeTime,
} from '#renderer/features/player/player-time.ts';

test('a wish stays inside the recording, and an unknown length bounds nothing but its beginning', () => {
  expect(clampTime(-3, 60)).toBe(0);
  expect(clampTime(61, 60)).toBe(60);
  expect(clampTime(61, Number.NaN)).toBe(61);
  expect(clampTime(Number.NaN, 60)).toBe(0);
});

describe('frames', () => {
  test('each step shows the next frame, at any rate, for thousands of steps', () => {
    for (const rate of [23.976, 25, 29.97, 30, 59.94]) {
      let time = 0;
      const seen: number[] = [];
      for (let step = 0; step < 3000; step += 1) {
        time = frameTime(time, 1, rate, 3600);
        seen.push(Math.floor(time * rate));
      }
      expect(seen).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
    }
  });

  test('one on and one back is where one was', () => {
    const there = frameTime(10, 1, 29.97, 60);
    expect(Math.floor(frameTime(there, -1, 29.97, 60) * 29.97)).toBe(Math.floor(10 * 29.97));
  });

  test('none lies before the first or after the last', () => {
    expect(Math.floor(frameTime(0, -1, 25, 60) * 25)).toBe(0);
    expect(frameTime(60, 1, 25, 60)).toBe(60);
  });
});

test('speeds go from one to the next and stay at the ends', () => {
  expect(nextRate(1, 1)).toBe(1.25);
  expect(nextRate(1.1, -1)).toBe(1);
  expect(nextRate(2, 1)).toBe(2);
  expect(nextRate(0.25, -1)).toBe(0.25);
});

test('one goes on where one was, but not at the very beginning nor at the end', () => {
  expect(resumeTime(undefined, 60)).toBe(0);
  expect(resumeTime(2, 60)).toBe(0);
  expect(resumeTime(30, 60)).toBe(30);
  expect(resumeTime(59, 60)).toBe(0);
  expect(resumeTime(59, Number.NaN)).toBe(59);
});

test('ranges that change while they are read end there', () => {
  const ranges = {
    length: 2,
    start: (index: number) => index * 10,
    end: (index: number) => {
      if (index === 1) throw new DOMException('gone', 'IndexSizeError');
      return 5;
    },
  };
  expect(readRanges(ranges)).toEqual([{ start: 0, end: 5 }]);
});

describe('the frame rate', () => {
  test('is the median of neighbours; a seek and dropped frames do not count', () => {
    const meter = new FrameRateMeter();
    let time = 0;
    let count = 0;
    for (let frame = 0; frame < 12; frame += 1) meter.note((time += 1 / 25), (count += 1));
    meter.note((time += 30), (count += 1));
    meter.note(time + 0.2, count + 5);
    expect(meter.rate).toBeCloseTo(25, 5);
  });

  test('is not said before enough was seen', () => {
    const meter = new FrameRateMeter();
    for (let frame = 0; frame < 5; frame += 1) meter.note(frame / 25, frame);
    expect(meter.rate).toBeNull();
  });
});
