import { describe, expect, test } from 'vitest';
import { distance, respell, vocabularyOf } from '#renderer/features/search/spelling.ts';

describe('another spelling', () => {
  test.each([
    ['apolo footprnt', 'apollo footprint'],
    ['Satrun', 'saturn'],
    ['nebulla', 'nebula'],
    ['perserverance rovr', 'perseverance rover'],
  ])('%s is respelt', (typed, meant) => {
    expect(respell(typed, vocabularyOf([]))).toBe(meant);
  });

  test.each(['apollo', 'moon planets', 'zzqx wvvk', '', 'PIA12348', '%%% ???'])(
    '%s is left as it is',
    (typed) => {
      expect(respell(typed, vocabularyOf([]))).toBeNull();
    },
  );

  test('words of results seen before count too', () => {
    expect(respell('wallps island', vocabularyOf(['Night launch, Wallops Island']))).toBe(
      'wallops island',
    );
  });

  test('a long word costs no time', () => {
    expect(respell('x'.repeat(2_000), vocabularyOf([]))).toBeNull();
  });

  test('the distance counts a swap of neighbours once, and stops early', () => {
    expect(distance('satrun', 'saturn', 2)).toBe(1);
    expect(distance('moon', 'mars', 1)).toBe(Infinity);
    expect(distance('same', 'same', 1)).toBe(0);
  });
});
