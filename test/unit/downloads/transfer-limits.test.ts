import { describe, expect, test } from 'vitest';
import { bandwidthAt, type BandwidthPeriod } from '#contract/transfer-limits.ts';
import { KeptLimits, limitsAt, usualLimits } from '#main/downloads/transfer-limits.ts';
import { defaultSettings } from '#main/settings/settings-schema.ts';
import { createManualClock } from '#test/support/manual-clock.ts';

/** A Wednesday, by the clock of this computer. */
const wednesday = (hours: number, minutes = 0) => new Date(2026, 10, 18, hours, minutes);
const sunday = (hours: number) => new Date(2026, 10, 22, hours);

const office: BandwidthPeriod = {
  days: [1, 2, 3, 4, 5],
  from: 8 * 60,
  to: 18 * 60,
  bytesPerSecond: 500_000,
};
/** From Saturday's evening into Sunday's morning. */
const night: BandwidthPeriod = { days: [6], from: 22 * 60, to: 6 * 60, bytesPerSecond: 0 };

describe('the bandwidth of a time', () => {
  test.each([
    ['before office hours', wednesday(7, 59), 2_000_000],
    ['as they begin', wednesday(8), 500_000],
    ['in their last minute', wednesday(17, 59), 500_000],
    ['as they end', wednesday(18), 2_000_000],
    ['on another day', sunday(12), 2_000_000],
    ['after midnight of the day on which it began', sunday(3), null],
    ['when that night is over', sunday(6), 2_000_000],
    ['in the night of another day', wednesday(3), 2_000_000],
  ])('%s', (_when, at, expected) => {
    expect(bandwidthAt(2_000_000, [office, night], at)).toBe(expected);
  });

  test('without a limit, and with one that is lifted for a while', () => {
    expect(bandwidthAt(0, [], wednesday(12))).toBeNull();
    expect(bandwidthAt(1_000_000, [{ ...office, bytesPerSecond: 0 }], wednesday(12))).toBeNull();
  });

  test('the first period that holds rules; one may last to midnight', () => {
    const all = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1440, bytesPerSecond: 100_000 };
    expect(bandwidthAt(0, [office, all], wednesday(12))).toBe(500_000);
    expect(bandwidthAt(0, [office, all], wednesday(23, 59))).toBe(100_000);
    expect(bandwidthAt(0, [all, office], wednesday(12))).toBe(100_000);
  });
});

describe('the limits in force', () => {
  const settings = defaultSettings('/tmp/files');

  test('are the settings’, never above an archive’s ceiling', () => {
    expect(limitsAt(settings, wednesday(12))).toEqual(usualLimits);
    const most = limitsAt({ ...settings, downloadsPerArchive: 8 }, wednesday(12)).atOnceInLane;
    expect(most).toMatchObject({ 'nasa-files': 8, 'pds-files': 6, astrobin: 1 });
  });

  test('a command’s wish goes before them', () => {
    const wish = { atOnce: 2, bytesPerSecond: null };
    const limits = limitsAt({ ...settings, bandwidth: 1_000_000 }, wednesday(12), wish);
    expect(limits).toMatchObject({ atOnce: 2, bytesPerSecond: null });
    expect(limits.atOnceInLane['nasa-files']).toBe(2);
  });

  test('are read anew after a second, or when told', async () => {
    const clock = createManualClock(0);
    let reads = 0;
    const kept = new KeptLimits(clock, () => {
      reads += 1;
      return usualLimits;
    });
    for (let at = 0; at < 50; at += 1) kept.now();
    expect(reads).toBe(1);
    await clock.advance(1000);
    kept.now();
    expect(reads).toBe(2);
    kept.forget();
    kept.now();
    expect(reads).toBe(3);
  });
});
