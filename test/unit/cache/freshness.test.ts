import { expect, test } from 'vitest';
import { readFreshness } from '#main/cache/freshness.ts';

test.each([
  [undefined, undefined, true, 0],
  ['public, max-age=300, s-maxage=600', undefined, true, 300],
  ['MAX-AGE="60"', undefined, true, 60],
  ['max-age=300', '100', true, 200],
  ['max-age=300', '4000', true, 0],
  ['max-age=300', '-5', true, 300],
  ['max-age=-1', undefined, true, 0],
  ['max-age=soon', undefined, true, 0],
  ['max-age=9999999999', undefined, true, 86_400],
  ['no-cache, max-age=300', undefined, true, 0],
  ['no-store', undefined, false, 0],
  ['private="no-store"', undefined, true, 0],
])('%s with age %s', (cacheControl, age, mayKeep, maxAgeS) => {
  const headers = {
    ...(cacheControl === undefined ? {} : { 'cache-control': cacheControl }),
    ...(age === undefined ? {} : { age }),
  };
  expect(readFreshness(headers)).toEqual({ mayKeep, maxAgeS });
});
