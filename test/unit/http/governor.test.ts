import { describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { createGovernor, type LaneStatus } from '#main/http/governor.ts';
import type { Outcome, Permit } from '#main/http/pace.ts';
import { defaultRates, type Rate } from '#main/http/rates.ts';
import { createManualClock } from '#test/support/manual-clock.ts';

function setUp(rate: Rate = defaultRates['nasa-api']) {
  const clock = createManualClock();
  const startMs = clock.nowMs();
  const governor = createGovernor({ clock, random: () => 1, rateOf: () => rate });
  /** Seconds after the start at which each request went. */
  const went: number[] = [];
  const ask = async (outcome: Outcome | null, signal = new AbortController().signal) => {
    const permit = await governor.acquire('nasa-api', 'images-api.nasa.gov', {
      signal,
      maxHoldMs: 30_000,
    });
    went.push((clock.nowMs() - startMs) / 1000);
    if (outcome !== null) {
      permit.report(outcome);
      permit.release();
    }
    return permit;
  };
  return { clock, governor, went, ask };
}

async function codeOf(promise: Promise<unknown>): Promise<{ code: string; retryAfterMs?: number }> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ArchiveError)) return { code: 'none' };
  return {
    code: error.code,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
}

describe('the pace', () => {
  test('lets a burst go and then so many a second', async () => {
    const { clock, went, ask } = setUp();
    for (let count = 0; count < 20; count++) void ask({ kind: 'answered' });
    await clock.advance(0);
    expect(went).toHaveLength(10);
    await clock.advance(1000);
    expect(went).toHaveLength(15);
    await clock.advance(1000);
    expect(went).toHaveLength(20);
    expect(went.slice(10, 13)).toEqual([0.2, 0.4, 0.6]);
  });

  test('keeps no more than so many under way, in order of arrival', async () => {
    const { clock, ask, went } = setUp();
    const order: number[] = [];
    const permits: Permit[] = [];
    for (let count = 0; count < 6; count++) {
      void ask(null).then((permit) => {
        order.push(count);
        permits.push(permit);
      });
    }
    await clock.advance(10_000);
    expect(order).toEqual([0, 1, 2, 3]);
    permits[2]?.release();
    permits[2]?.release();
    await clock.advance(0);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(went).toHaveLength(5);
  });

  test('forgets whoever cancels while waiting', async () => {
    const { clock, ask, went } = setUp({ perSecond: 1, burst: 1, atOnce: 1 });
    await ask({ kind: 'answered' });
    const controller = new AbortController();
    const waiting = codeOf(ask({ kind: 'answered' }, controller.signal));
    const next = ask({ kind: 'answered' });
    controller.abort();
    expect((await waiting).code).toBe('cancelled');
    await clock.advance(1000);
    await next;
    expect(went).toEqual([0, 1]);
  });

  test('paces each PDS data node by itself and NASA’s hosts together', async () => {
    const { governor } = setUp({ perSecond: 1, burst: 1, atOnce: 1 });
    const signal = new AbortController().signal;
    const options = { signal, maxHoldMs: 0 };
    await governor.acquire('pds-files', 'one.example.org', options);
    await governor.acquire('pds-files', 'two.example.org', options);
    await governor.acquire('nasa-files', 'one.nasa.gov', options);
    let went = false;
    void governor.acquire('nasa-files', 'two.nasa.gov', options).then(
      () => {
        went = true;
      },
      () => undefined,
    );
    await Promise.resolve();
    await Promise.resolve();
    expect(went).toBe(false);
    governor.close();
  });
});

describe('what the archive asks for', () => {
  test('holds the lane to the second and lets nobody storm back', async () => {
    const { clock, ask, went, governor } = setUp();
    const seen: LaneStatus[] = [];
    governor.onChange((_lane, status) => seen.push(status));
    const heldAtMs = clock.nowMs();
    await ask({ kind: 'held', waitMs: 7000 });
    for (let count = 0; count < 3; count++) void ask({ kind: 'answered' });
    await clock.advance(6999);
    expect(went).toEqual([0]);
    await clock.advance(1);
    expect(went).toEqual([0, 7]);
    await clock.advance(400);
    expect(went).toEqual([0, 7, 7.2, 7.4]);
    expect(seen.map(({ state, resumesAtMs }) => [state, resumesAtMs])).toEqual([
      ['waiting', heldAtMs + 7000],
      ['unknown', null],
      ['answering', null],
    ]);
    expect(governor.status('nasa-api').lastSuccessAtMs).toBe(clock.nowMs());
  });

  test('is told at once when it is long, to those who wait and those who come', async () => {
    const { clock, ask } = setUp({ perSecond: 1, burst: 1, atOnce: 1 });
    const permit = await ask(null);
    const waiting = codeOf(ask(null));
    await clock.advance(0);
    permit.report({ kind: 'held', waitMs: 120_000 });
    permit.release();
    expect(await waiting).toEqual({ code: 'rate-limited', retryAfterMs: 120_000 });
    await clock.advance(20_000);
    expect(await codeOf(ask(null))).toEqual({ code: 'rate-limited', retryAfterMs: 100_000 });
  });

  test('is not shortened by a shorter wish, nor by asking now', async () => {
    const { clock, ask, went, governor } = setUp();
    const [first, second] = [await ask(null), await ask(null)];
    first.report({ kind: 'held', waitMs: 9000 });
    second.report({ kind: 'held', waitMs: 1000 });
    first.release();
    second.release();
    void ask({ kind: 'answered' });
    governor.tryNow('nasa-api');
    await clock.advance(8999);
    expect(went).toEqual([0, 0]);
    await clock.advance(1);
    expect(went).toEqual([0, 0, 9]);
  });

  test('of a stand-in on this computer does not hold the real archive', async () => {
    const { governor } = setUp();
    const options = { signal: new AbortController().signal, maxHoldMs: 0 };
    const permit = await governor.acquire('nasa-api', '127.0.0.1', options);
    permit.report({ kind: 'held', waitMs: 60_000 });
    expect((await codeOf(governor.acquire('nasa-api', 'localhost', options))).code).toBe(
      'rate-limited',
    );
    expect((await codeOf(governor.acquire('nasa-api', 'images-api.nasa.gov', options))).code).toBe(
      'none',
    );
    governor.close();
  });
});

describe('the circuit', () => {
  test('opens after five failures in a row, probes with one, closes with an answer', async () => {
    const { clock, ask, went, governor } = setUp();
    for (let count = 0; count < 5; count++) await ask({ kind: 'failed' });
    expect(governor.status('nasa-api')).toMatchObject({
      state: 'not-answering',
      resumesAtMs: clock.nowMs() + 2000,
    });
    let probe: Permit | undefined;
    void ask(null).then((permit) => {
      probe = permit;
    });
    void ask({ kind: 'answered' });
    await clock.advance(1999);
    expect(went).toHaveLength(5);
    await clock.advance(10_000);
    expect(went).toHaveLength(6);
    probe?.report({ kind: 'answered' });
    probe?.release();
    await clock.advance(0);
    expect(went).toHaveLength(7);
    expect(governor.status('nasa-api').state).toBe('answering');
  });

  test('waits longer each time a probe fails, up to a minute', async () => {
    const { clock, ask, governor } = setUp();
    for (let count = 0; count < 5; count++) await ask({ kind: 'failed' });
    const waits: number[] = [];
    for (let probes = 0; probes < 7; probes++) {
      const resumesAtMs = governor.status('nasa-api').resumesAtMs ?? 0;
      waits.push((resumesAtMs - clock.nowMs()) / 1000);
      await clock.advance(resumesAtMs - clock.nowMs());
      await ask({ kind: 'failed' });
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60]);
  });

  test('can be tried at once', async () => {
    const { ask, went, governor, clock } = setUp();
    for (let count = 0; count < 5; count++) await ask({ kind: 'failed' });
    void ask({ kind: 'answered' });
    governor.tryNow('nasa-api');
    await clock.advance(400);
    expect(went).toHaveLength(6);
  });

  test('gives way to a person who asks anew, and not to what the archive asked for', async () => {
    const { ask, governor, clock } = setUp();
    for (let count = 0; count < 5; count++) await ask({ kind: 'failed' });
    const anew = {
      signal: new AbortController().signal,
      maxHoldMs: 0,
      endsPause: true,
    };
    const asking = governor.acquire('nasa-api', 'images-api.nasa.gov', anew);
    await clock.advance(0);
    const permit = await asking;
    permit.report({ kind: 'held', waitMs: 9000 });
    permit.release();
    const again = governor.acquire('nasa-api', 'images-api.nasa.gov', anew);
    expect(await codeOf(again)).toEqual({ code: 'rate-limited', retryAfterMs: 9000 });
  });

  test('does not open while the network is gone, or for what was cancelled', async () => {
    const { ask, went, governor } = setUp();
    for (let count = 0; count < 4; count++) await ask({ kind: 'failed' });
    await ask({ kind: 'offline' });
    expect(governor.status('nasa-api').state).toBe('offline');
    await ask({ kind: 'nothing' });
    await ask({ kind: 'answered' });
    expect(went).toHaveLength(7);
    expect(governor.status('nasa-api').state).toBe('answering');
  });
});

test('closing cancels whoever waits and leaves no timer', async () => {
  const { clock, ask, governor } = setUp({ perSecond: 1, burst: 1, atOnce: 1 });
  await ask({ kind: 'answered' });
  const waiting = codeOf(ask(null));
  await clock.advance(0);
  governor.close();
  expect((await waiting).code).toBe('cancelled');
  expect((await codeOf(ask(null))).code).toBe('cancelled');
  expect(clock.pending()).toBe(0);
});
