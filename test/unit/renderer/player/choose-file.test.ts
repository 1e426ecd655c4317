import { expect, test } from 'vitest';
import {
  firstToPlay,
  nextToTry,
  rankFiles,
  statedFrameRate,
} from '#renderer/features/player/choose-file.ts';
import { failureOfStatus } from '#renderer/features/player/player-state.svelte.ts';
import { makeRendition } from '#test/support/made-records.ts';

const file = (name: string, bytes: number | null = null) =>
  makeRendition(name, { bytes, mime: 'video/mp4' });

test('the best that plays smoothly comes first: never a master of gigabytes', () => {
  const all = [file('orig', 4e9), file('mobile', 8e7), file('large', 6.1e8), file('medium', 3e8)];
  expect(firstToPlay(all)?.name).toBe('large');
  expect(rankFiles(all).map(({ name }) => name)).toEqual(['large', 'medium', 'mobile', 'orig']);
  expect(firstToPlay([file('orig', 4e9), file('large', 2e9), file('medium')])?.name).toBe('medium');
});

test('a large file of unknown size is left for a medium one', () => {
  expect(firstToPlay([file('orig'), file('large'), file('medium')])?.name).toBe('medium');
  expect(firstToPlay([file('orig'), file('large')])?.name).toBe('large');
  expect(firstToPlay([file('orig', 4e9)])?.name).toBe('orig');
  expect(firstToPlay([])).toBeNull();
});

test('what failed is not tried again, and the original comes last', () => {
  const all = [file('orig'), file('small'), file('medium')];
  expect(nextToTry(all, ['medium'])?.name).toBe('small');
  expect(nextToTry(all, ['medium', 'small'])?.name).toBe('orig');
  expect(nextToTry(all, ['medium', 'small', 'orig'])).toBeNull();
});

test('the frame rate is read from the metadata where it makes sense', () => {
  const rate = (value: string) => statedFrameRate([{ name: 'QuickTime:VideoFrameRate', value }]);
  expect(rate('29.97')).toBe(29.97);
  expect(rate('0')).toBeNull();
  expect(rate('many')).toBeNull();
  expect(statedFrameRate([])).toBeNull();
});

test('a status of our own origin says why a file did not play', () => {
  expect([200, 206, 415].map(failureOfStatus)).toEqual(['kind', 'kind', 'kind']);
  expect(failureOfStatus(404)).toBe('gone');
  expect([0, 502, 503, 504].map(failureOfStatus)).toEqual(
    Array.from({ length: 4 }, () => 'unreachable'),
  );
});
