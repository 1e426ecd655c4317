import { expect, test } from 'vitest';
import { barsPath, loudnessOf } from '#renderer/features/player/loudness.ts';

const never = new AbortController().signal;

test('each part is as loud as its loudest sample, of either sign', async () => {
  const samples = Float32Array.from([0, 0.5, -0.75, 0, 0.25, 0, 0, -2]);
  expect([...(await loudnessOf(samples, 4, never))]).toEqual([0.5, 0.75, 0.25, 1]);
});

test('every sample belongs to a part, whatever the numbers', async () => {
  for (const [count, parts] of [
    [10, 3],
    [7, 7],
    [1000, 240],
    [3, 8],
  ] as const) {
    for (let loud = 0; loud < count; loud += 1) {
      const samples = new Float32Array(count);
      samples[loud] = 1;
      expect(Math.max(...(await loudnessOf(samples, parts, never)))).toBe(1);
    }
  }
});

test('silence is a thin line, not nothing', () => {
  expect(barsPath(Float32Array.from([0, 1]))).toBe('M0.5 0.990V1.010M1.5 0.000V2.000');
});
