import { describe, expect, test } from 'vitest';
import {
  cutMiddle,
  formatAge,
  formatArchiveDate,
  formatArchiveYear,
  formatBytes,
  formatCount,
  formatDuration,
  formatPixels,
  formatPlural,
  formatTimeLeft,
} from '#renderer/i18n/format.ts';

test('counts have separators', () => {
  expect(formatCount(6478)).toBe('6,478');
  expect(formatPlural(1, 'file', 'files')).toBe('1 file');
  expect(formatPlural(0, 'file', 'files')).toBe('0 files');
  expect(formatPlural(1200, 'file', 'files')).toBe('1,200 files');
  expect(formatPixels(1920, 1080)).toBe('1,920 × 1,080');
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [14_600_000, '14.6 MB'],
  [986_000, '986 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [412_000_000_000, '412 GB'],
  [99_960_000, '100 MB'],
  [-1, ''],
  [Number.NaN, ''],
])('%d bytes are %j', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [2, '2 s'],
  [0, '1 s'],
  [42, '40 s'],
  [59, '1 min'],
  [1500, '25 min'],
  [3600, '1 h'],
  [5400, '1 h 30 min'],
  [60 * 60 * 11 + 600, '11 h'],
  [60 * 60 * 72, '3 days'],
  [Number.POSITIVE_INFINITY, ''],
])('%d s left are %j', (seconds, text) => {
  expect(formatTimeLeft(seconds)).toBe(text);
});

test.each([
  [48, '0:48'],
  [727.9, '12:07'],
  [3750, '1:02:30'],
])('a recording of %d s is %j', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

describe('dates', () => {
  test('of an archive stay in its zone', () => {
    expect(formatArchiveDate('2021-04-21T23:59:59Z')).toBe('21 April 2021');
    expect(formatArchiveDate('2021-04-21T00:00:00Z')).toBe('21 April 2021');
    expect(formatArchiveYear('1999-12-31T23:59:59Z')).toBe('1999');
  });

  test('that are none stay as they are', () => {
    expect(formatArchiveDate('in the sixties')).toBe('in the sixties');
    expect(formatArchiveDate(null)).toBe('');
    expect(formatArchiveYear('in the sixties')).toBe('');
  });

  test('ages are said in words', () => {
    const now = new Date(2026, 10, 21, 16, 20).getTime();
    const minute = 60_000;
    const hour = 60 * minute;
    expect(formatAge(now - 20_000, now)).toBe('just now');
    expect(formatAge(now - minute, now)).toBe('1 minute ago');
    expect(formatAge(now - 3 * hour, now)).toBe('3 hours ago');
    expect(formatAge(now - 24 * hour, now)).toBe('yesterday');
    expect(formatAge(now - 48 * hour, now)).toBe('2 days ago');
    expect(formatAge(new Date(2026, 3, 21).getTime(), now)).toBe('21 April 2026');
    // A clock that was set back.
    expect(formatAge(now + hour, now)).toBe('just now');
  });
});

test('long names are cut in the middle, never inside a character', () => {
  expect(cutMiddle('short.jpg', 20)).toBe('short.jpg');
  const cut = cutMiddle('GSFC_20171208_Archive_e001894~orig.jpg', 24);
  expect([...cut]).toHaveLength(24);
  expect(cut).toMatch(/^GSFC_2017….*~orig\.jpg$/);
  expect(cutMiddle('🌑🌒🌓🌔🌕🌖🌗🌘', 5)).toBe('🌑…🌖🌗🌘');
});
