import { describe, expect, test } from 'vitest';
import type { ResultGap, ResultSet } from '#contract/results.ts';
import {
  describeSlice,
  explainGaps,
  failedGaps,
  gapQuery,
  missingOf,
} from '#renderer/features/search/gap-words.ts';

const query = { q: 'mars', media_type: 'image' };
const gap = (patch: Partial<ResultGap> = {}): ResultGap => ({
  slice: { ...query, year_start: '2009', year_end: '2010' },
  hits: 3_396,
  listed: 1_204,
  reason: 'failed',
  message: 'NASA didn’t answer.',
  ...patch,
});
const setWith = (gaps: ResultGap[]): ResultSet => ({
  id: 'a',
  query,
  state: 'partial',
  total: 12_300,
  stored: 9_412,
  missing: 2_888,
  gaps,
  requests: 3,
  startedAtMs: 0,
  endedAtMs: 1,
  error: null,
});

describe('gaps in words', () => {
  test('a part is named by what its search has beyond the whole one', () => {
    expect(describeSlice(gap().slice, query)).toBe('2009 to 2010');
    expect(describeSlice({ ...query, year_start: '2018', center: 'JPL' }, query)).toBe(
      'JPL, from 2018',
    );
    expect(describeSlice(query, query)).toBe('The whole search');
  });

  test('each reason is told once, with how many parts it is for', () => {
    const gaps = [gap(), gap(), gap({ reason: 'indistinguishable' }), gap({ reason: 'changed' })];
    expect(explainGaps(setWith(gaps))).toBe(
      '2 parts did not answer. In one part nothing tells the records apart. One part has fewer pages than the archive counts. The list is right but not whole.',
    );
    expect(failedGaps(setWith(gaps))).toHaveLength(2);
  });

  test('what is missing is never less than nothing', () => {
    expect(missingOf(gap())).toBe(2_192);
    expect(missingOf(gap({ listed: 4_000 }))).toBe(0);
  });

  test('a part can be searched alone', () => {
    expect(gapQuery(gap(), query)).toEqual({
      q: 'mars',
      media_type: 'image',
      year_start: '2009',
      year_end: '2010',
    });
  });
});
