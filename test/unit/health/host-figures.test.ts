import { describe, expect, test } from 'vitest';
import { healthSlotMs, healthSlots } from '#contract/health.ts';
import { hostFigures, isFailure, medianOf } from '#main/health/host-figures.ts';
import type { RequestFigure } from '#main/health/requests-repo.ts';

const sinceMs = 1_000 * healthSlotMs;
const asked = (slot: number, more: Partial<RequestFigure> = {}): RequestFigure => ({
  atMs: sinceMs + slot * healthSlotMs + 5,
  lane: 'pds-api',
  host: 'pds.nasa.gov',
  status: 200,
  tookMs: 100,
  ...more,
});
const only = (rows: RequestFigure[]) => hostFigures(rows, sinceMs).get('pds-api')?.[0];

describe('figures of a host', () => {
  test('requests lie in the half hour in which they were sent', () => {
    const figures = only([asked(0), asked(0), asked(47, { tookMs: 300 })]);
    expect(figures?.slots).toHaveLength(healthSlots);
    expect(figures?.slots[0]).toEqual({ requests: 2, failed: 0, medianMs: 100 });
    expect(figures?.slots[1]).toEqual({ requests: 0, failed: 0, medianMs: null });
    expect(figures?.slots[47]).toEqual({ requests: 1, failed: 0, medianMs: 300 });
    expect(figures).toMatchObject({ requests: 3, failed: 0, medianMs: 100 });
  });

  test('what is not there is an answer; no answer, a refusal and an error are failures', () => {
    expect([200, 302, 304, 404, 410].filter(isFailure)).toEqual([]);
    expect([null, 400, 401, 403, 429, 500, 504].filter((status) => !isFailure(status))).toEqual([]);
  });

  test('time that led to no answer is not that of an answer', () => {
    const figures = only([asked(3), asked(3, { status: null, tookMs: 30_000 })]);
    expect(figures).toMatchObject({ requests: 2, failed: 1, medianMs: 100 });
  });

  test('slow is judged by the latest half hour in which anything was asked', () => {
    expect(only([asked(1, { tookMs: 9_000 }), asked(2)])?.isSlow).toBe(false);
    expect(only([asked(1), asked(2, { tookMs: 2_000 })])?.isSlow).toBe(true);
  });

  test('hosts of a lane are told apart, the one most asked first', () => {
    const rows = [asked(1, { host: 'a' }), asked(1, { host: 'b' }), asked(2, { host: 'b' })];
    const hosts = hostFigures(rows, sinceMs).get('pds-api') ?? [];
    expect(hosts.map(({ host, requests }) => [host, requests])).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
  });

  test('the median is the lower of two in the middle, and none of none', () => {
    expect(medianOf([5, 1, 3])).toBe(3);
    expect(medianOf([4, 1, 2, 3])).toBe(2);
    expect(medianOf([])).toBeNull();
  });
});
