import { expect, test } from 'vitest';
import { readRetryAfterMs } from '#main/http/retry-after.ts';

const nowMs = Date.UTC(2026, 10, 19, 12, 0, 0);

test.each([
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Thu, 19 Nov 2026 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Thursday, 19-Nov-26 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Thu Nov 19 12:00:30 2026' }, 30_000],
  [{ 'retry-after': 'Thu, 19 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': '99999999' }, 86_400_000],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '-5' }, null],
  [{}, null],
])('%j asks us to wait %s ms', (headers, expected) => {
  expect(readRetryAfterMs(headers, nowMs)).toBe(expected);
});

test('a date is measured against the server’s own clock', () => {
  const headers = {
    'retry-after': 'Thu, 19 Nov 2026 15:00:05 GMT',
    date: 'Thu, 19 Nov 2026 15:00:00 GMT',
  };
  expect(readRetryAfterMs(headers, nowMs)).toBe(5000);
});
