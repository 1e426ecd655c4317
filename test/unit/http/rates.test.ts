import { describe, expect, test } from 'vitest';
import { createRateOf, defaultRates, parseRate } from '#main/http/rates.ts';

describe('parseRate', () => {
  test('reads three numbers, and a fourth for the day', () => {
    expect(parseRate('5,10,4')).toEqual({ perSecond: 5, burst: 10, atOnce: 4 });
    expect(parseRate(' 0.5 , 3 , 1 , 500 ')).toEqual({
      perSecond: 0.5,
      burst: 3,
      atOnce: 1,
      perDay: 500,
    });
  });

  test.each([
    '',
    '5',
    '5,10',
    '0,10,4',
    '5,0,4',
    '5,1.5,4',
    '-1,1,1',
    '1e9,1,1',
    'a,b,c',
    '1,2,3,4,5',
  ])('refuses %j', (text) => {
    expect(parseRate(text)).toBeNull();
  });
});

describe('the rate in force', () => {
  const environment = { ALMAGEST_RATE_NASA_API: '1000,1000,64', ALMAGEST_RATE_PDS_API: 'fast' };

  test('is lifted only where overrides are allowed and the archive is on this computer', () => {
    const fast = { perSecond: 1000, burst: 1000, atOnce: 64 };
    const rateOf = (allowOverrides: boolean, loopback: boolean) =>
      createRateOf({ environment, allowOverrides, isLoopback: () => loopback })('nasa-api');
    expect(rateOf(true, true)).toEqual(fast);
    expect(rateOf(true, false)).toEqual(defaultRates['nasa-api']);
    expect(rateOf(false, true)).toEqual(defaultRates['nasa-api']);
  });

  test('ignores a mistyped override', () => {
    const rateOf = createRateOf({ environment, allowOverrides: true, isLoopback: () => true });
    expect(rateOf('pds-api')).toEqual(defaultRates['pds-api']);
  });
});
