/** Runs in plain Node, for tests only. The real client towards servers on this computer. */
import { createHttpClient, type HttpClientOptions } from '#main/http/create-http-client.ts';
import { createSystemClock } from '#main/http/clock.ts';
import { createGovernor } from '#main/http/governor.ts';
import type { Lane } from '#main/http/http-client.ts';
import { createPolicy } from '#main/http/policy.ts';
import type { Rate } from '#main/http/rates.ts';

/** Fast enough that tests do not wait, slow enough that the governor is truly there. */
const testRate: Rate = { perSecond: 10_000, burst: 1000, atOnce: 32 };

/** A client whose archives all live at `base` (or where `base` says now). */
export function openDoor(
  base: string | (() => string),
  options: Partial<HttpClientOptions> = {},
  rate: Rate = testRate,
) {
  const clock = createSystemClock();
  const governor = createGovernor({ clock, random: () => 0, rateOf: () => rate });
  const policy = createPolicy({
    baseOf: () => new URL(typeof base === 'string' ? base : base()),
  });
  const http = createHttpClient({
    userAgent: 'Almagest/test',
    governor,
    policy,
    clock,
    random: () => 0,
    ...options,
  });
  return {
    http,
    governor,
    policy,
    /** A request of one lane with a signal that nobody aborts. */
    request: (url: string, lane: Lane = 'nasa-api') => ({
      url,
      lane,
      signal: new AbortController().signal,
    }),
    close: () => {
      http.close();
      governor.close();
    },
  };
}
