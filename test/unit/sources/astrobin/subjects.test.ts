import { describe, expect, test } from 'vitest';
import type { AstrobinParam } from '#contract/astrobin.ts';
import {
  holdsSubject,
  isSubjectSearch,
  paramsOfSlice,
  planSlices,
  wholeOf,
  type Slice,
} from '#main/sources/astrobin/subjects.ts';

const fromMs = Date.UTC(2012, 0, 1);
const toMs = Date.UTC(2022, 0, 1);
const within = (moments: number[], { fromMs: from, toMs: to }: Slice): number =>
  moments.filter((at) => at >= (from ?? -Infinity) && at < (to ?? Infinity)).length;

async function plan(moments: number[], how: { isFirst?: boolean; mostRequests?: number } = {}) {
  const asked: Slice[] = [];
  const first = moments.slice(0, 100);
  const planned = await planSlices(
    { fromMs: null, toMs: null },
    {
      count: async (slice) => {
        asked.push(slice);
        return Math.min(100, within(how.isFirst === true ? first : moments, slice));
      },
      countAll: async (slice) => within(moments, slice) * 10,
      ...{ oldestMs: fromMs, newestMs: toMs, mostRequests: how.mostRequests ?? 1000 },
    },
  );
  return { ...planned, asked };
}

const spread = (count: number): number[] =>
  Array.from({ length: count }, (_, at) => fromMs + ((toMs - fromMs) / count) * at);

describe('the plan', () => {
  test.each([0, 1, 99])('of %i is the search itself', async (count) => {
    const planned = await plan(spread(count));
    expect(planned).toMatchObject({ isComplete: true, requests: 1, walk: null, full: [] });
    expect(planned.slices).toHaveLength(count === 0 ? 0 : 1);
  });

  test.each([101, 250, 5000])('of %i misses none and names none twice', async (count) => {
    const planned = await plan(spread(count));
    expect(planned.isComplete).toBe(true);
    expect(planned.slices.every(({ total }) => total < 100)).toBe(true);
    expect(planned.slices.reduce((sum, { total }) => sum + total, 0)).toBe(count);
    // Newest first, each beginning where the one before it ends; open at both ends.
    expect(planned.slices[0]?.toMs).toBeNull();
    expect(planned.slices.at(-1)?.fromMs).toBeNull();
    expect(planned.requests).toBe(planned.asked.length);
  });

  test('of what lies in one corner of time goes on cutting there', async () => {
    const corner = Array.from({ length: 300 }, (_, at) => toMs - 60_000 * at);
    const planned = await plan(corner);
    expect(planned.isComplete).toBe(true);
    expect(planned.slices.reduce((sum, { total }) => sum + total, 0)).toBe(300);
  });

  test('of 100 and more at one moment leaves those', async () => {
    const moment = Date.UTC(2015, 5, 5, 12, 0, 0);
    const planned = await plan([...spread(30), ...Array.from({ length: 150 }, () => moment)]);
    expect(planned).toMatchObject({ isComplete: false, reason: 'same-moment' });
    expect(planned.full).toHaveLength(1);
    expect(planned.full[0]).toMatchObject({ fromMs: moment, toMs: moment + 1000, total: 100 });
    expect(planned.walk).toEqual({ images: 1800, requests: 72 });
  });

  test('says where the service stops before it looks at dates', async () => {
    const planned = await plan(spread(400), { isFirst: true });
    expect(planned).toMatchObject({ isComplete: false, reason: 'ceiling-first' });
    expect(planned.walk).toEqual({ images: 4000, requests: 160 });
    expect(planned.requests).toBeLessThan(10);
  });

  test.each([1, 2, 4, 7])('keeps to %i requests', async (mostRequests) => {
    const planned = await plan(spread(5000), { mostRequests });
    expect(planned).toMatchObject({ isComplete: false, reason: 'requests' });
    expect(planned.requests).toBeLessThanOrEqual(Math.max(2, mostRequests));
  });
});

describe('parameters', () => {
  const params: AstrobinParam[] = [
    ['subjects', 'M31'],
    ['uploaded__gte', '2012-04-10 0:00:00'],
    ['title__icontains', 'x'],
  ];

  test('of a slice take the place of the search’s own ends', () => {
    const whole = wholeOf(params);
    expect(whole).toEqual({ fromMs: Date.UTC(2012, 3, 10), toMs: null });
    expect(paramsOfSlice(params, whole)).toEqual([
      ['subjects', 'M31'],
      ['title__icontains', 'x'],
      ['uploaded__gte', '2012-04-10 00:00:00.000'],
    ]);
    expect(paramsOfSlice(params, { fromMs: null, toMs: fromMs })).toEqual([
      ...params,
      ['uploaded__lt', '2012-01-01 00:00:00.000'],
    ]);
    expect(isSubjectSearch(params)).toBe(true);
    expect(isSubjectSearch(params.slice(1))).toBe(false);
  });

  test.each([
    ['M31', ['M 31'], true],
    ['m31', ['M 31'], true],
    ['M3', ['M 31'], true],
    ['M 31', ['M 31'], true],
    ['NGC1976', ['M 42', 'NGC 1976'], true],
    ['Orion', ['Great Orion Nebula'], true],
    ['M33', ['M 31'], false],
    ['M31', [], false],
  ])('%s in %j: %s', (subject, subjects, holds) => {
    expect(holdsSubject(subjects, [['subjects', subject]])).toBe(holds);
  });
});
