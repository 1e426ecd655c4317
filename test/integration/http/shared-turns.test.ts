import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { createSystemClock } from '#main/http/clock.ts';
import { defaultRates, type Rate } from '#main/http/rates.ts';
import { createSharedTurns, type SharedTurns } from '#main/http/shared-turns.ts';
import { TurnsRepo } from '#main/library/turns-repo.ts';
import { startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { openDoor } from '#test/support/http-door.ts';
import { makeTempDir, openTestLibrary } from '#test/support/library-fixtures.ts';
import { createManualClock, type ManualClock } from '#test/support/manual-clock.ts';
import { runChild } from '#test/support/run-child.ts';

const signal = new AbortController().signal;
const host = 'www.astrobin.com';
const noon = Date.UTC(2026, 10, 19, 12, 0, 0);
const midnight = Date.UTC(2026, 10, 20);

let temp: ReturnType<typeof makeTempDir>;
beforeEach(() => {
  temp = makeTempDir();
});
afterEach(() => temp.remove());

async function failure(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await promise.then(
    () => new Error('it went'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ArchiveError)) throw new Error('not an ArchiveError', { cause: error });
  return error;
}

interface Process {
  turns: SharedTurns;
  clock: ManualClock;
  close(): void;
}

/** A process of its own connection and clock on the one profile. */
function startProcess(
  startMs = noon,
  rate: Rate = defaultRates.astrobin,
  perDayOf?: () => number | null,
): Process {
  const library = openTestLibrary(temp.dir);
  const clock = createManualClock(startMs);
  const store = new TurnsRepo(library.db);
  const turns = createSharedTurns({
    ...{ store, clock, rateOf: () => rate },
    ...(perDayOf === undefined ? {} : { perDayOf }),
  });
  return { turns, clock, close: () => library.close() };
}

const fast: Rate = { perSecond: 1e6, burst: 1000, atOnce: 50, perDay: 500 };

async function useUp(turns: SharedTurns, count: number): Promise<void> {
  for (let at = 0; at < count; at++) (await turns.acquire('astrobin', host, signal))();
}

describe('the budget of a day', () => {
  test('is kept over 20 restarts, to the last request', async () => {
    for (let restart = 0; restart < 20; restart++) {
      const { turns, close } = startProcess(noon, fast);
      expect(turns.budgetOf('astrobin', host)).toEqual({
        ...{ perDay: 500, used: restart * 25, renewsAtMs: midnight },
      });
      await useUp(turns, 25);
      close();
    }
    const { turns, close } = startProcess(noon, fast);
    const error = await failure(turns.acquire('astrobin', host, signal));
    expect(error).toMatchObject({ code: 'rate-limited', retryable: true });
    expect(error.retryAfterMs).toBe(midnight - noon);
    expect(error.message).toMatch(/^AstroBin’s limit for today is used up\./);
    expect(() => turns.check('astrobin', host)).toThrow('used up');
    expect(turns.budgetOf('astrobin', host)?.used).toBe(500);
    close();
  });

  test('begins anew at midnight UTC; a clock that goes back finds what was used', async () => {
    const first = startProcess(midnight - 60_000, { ...fast, perDay: 3 });
    await useUp(first.turns, 3);
    expect((await failure(first.turns.acquire('astrobin', host, signal))).retryAfterMs).toBe(
      60_000,
    );
    await first.clock.advance(60_000);
    await useUp(first.turns, 2);
    first.close();
    const back = startProcess(midnight - 1000, { ...fast, perDay: 3 });
    expect((await failure(back.turns.acquire('astrobin', host, signal))).code).toBe('rate-limited');
    await back.clock.advance(1000);
    expect(back.turns.budgetOf('astrobin', host)?.used).toBe(2);
    back.close();
  });

  test('is lowered by the user, never raised', async () => {
    let wish: number | null = 2;
    const { turns, close } = startProcess(noon, fast, () => wish);
    await useUp(turns, 2);
    expect((await failure(turns.acquire('astrobin', host, signal))).code).toBe('rate-limited');
    wish = 9000;
    expect(turns.budgetOf('astrobin', host)?.perDay).toBe(500);
    wish = 0;
    expect(turns.budgetOf('astrobin', host)?.perDay).toBe(0);
    expect(() => turns.check('astrobin', host)).toThrow('used up');
    close();
  });

  test('is that of the table where a rate names none', () => {
    const { turns, close } = startProcess(noon, { perSecond: 9, burst: 9, atOnce: 9 });
    expect(turns.budgetOf('astrobin', host)?.perDay).toBe(500);
    close();
  });

  test('is counted apart for a stand-in on this computer, and not at all for other archives', async () => {
    const { turns, close } = startProcess(noon, { ...fast, perDay: 1 });
    await useUp(turns, 1);
    (await turns.acquire('astrobin', '127.0.0.1', signal))();
    expect((await failure(turns.acquire('astrobin', 'localhost', signal))).code).toBe(
      'rate-limited',
    );
    close();
    const others = startProcess(noon, { perSecond: 1, burst: 1, atOnce: 1 });
    expect(others.turns.budgetOf('nasa-api', host)).toBeNull();
    for (let at = 0; at < 5; at++) await others.turns.acquire('nasa-api', host, signal);
    others.close();
  });
});

describe('the pace', () => {
  test('is one for all processes: a burst of three, then one a second, one at once', async () => {
    const [one, other] = [startProcess(), startProcess()];
    const went: number[] = [];
    const ask = async ({ turns, clock }: Process): Promise<void> => {
      for (let at = 0; at < 5; at++) {
        const end = await turns.acquire('astrobin', host, signal);
        went.push(clock.nowMs() - noon);
        end();
      }
    };
    const all = Promise.all([ask(one), ask(other)]);
    for (let step = 0; step < 200; step++) {
      await one.clock.advance(50);
      await other.clock.advance(50);
    }
    await all;
    expect(went).toHaveLength(10);
    for (let start = 0; start < went.length; start++) {
      const inWindow = went.filter(
        (at) => at >= (went[start] ?? 0) && at < (went[start] ?? 0) + 5000,
      );
      expect(inWindow.length).toBeLessThanOrEqual(3 + 5);
    }
    expect(went.at(-1)).toBeGreaterThanOrEqual(7000);
    expect(went.at(-1)).toBeLessThanOrEqual(8000);
    one.close();
    other.close();
  });

  test('lets no second one go while another process is at it, until that one is gone', async () => {
    const [one, other] = [startProcess(), startProcess()];
    const end = await one.turns.acquire('astrobin', host, signal);
    let hasGone = false;
    const second = other.turns.acquire('astrobin', host, signal).then((ended) => {
      hasGone = true;
      return ended;
    });
    // Still under way: it says so every ten seconds.
    for (let second = 0; second < 90; second++) {
      await one.clock.advance(1000);
      await other.clock.advance(1000);
    }
    expect(hasGone).toBe(false);
    end();
    await other.clock.advance(300);
    expect(hasGone).toBe(true);
    (await second)();
    // One that never ends, because its process was killed.
    await one.turns.acquire('astrobin', host, signal);
    const third = other.turns.acquire('astrobin', host, signal);
    await other.clock.advance(60_000);
    (await third)();
    one.close();
    other.close();
  });

  test('a waiting request can be cancelled', async () => {
    const { turns, clock, close } = startProcess();
    await turns.acquire('astrobin', host, signal);
    const controller = new AbortController();
    const waiting = failure(turns.acquire('astrobin', host, controller.signal));
    controller.abort();
    expect((await waiting).code).toBe('cancelled');
    await clock.advance(0);
    close();
  });

  test('a clock that was ahead holds nobody back for long', async () => {
    const ahead = startProcess(noon + 86_400_000);
    await ahead.turns.acquire('astrobin', host, signal);
    ahead.close();
    const now = startProcess(noon);
    (await now.turns.acquire('astrobin', host, signal))();
    const turn = now.turns.acquire('astrobin', host, signal);
    await now.clock.advance(1500);
    (await turn)();
    now.close();
  });
});

describe('what the archive asked of one process', () => {
  const patience = (maxHoldMs: number, told: number[]) => ({
    ...{ maxHoldMs, onHeld: (waitMs: number) => void told.push(waitMs) },
  });

  test('holds for all of them, restarts too, to the second; nobody storms back', async () => {
    const [one, other] = [startProcess(), startProcess()];
    one.turns.hold('astrobin', host, 120_000);
    // A shorter wish meanwhile takes nothing from it.
    one.turns.hold('astrobin', host, 5_000);
    one.close();
    const told: number[] = [];
    const error = await failure(
      other.turns.acquire('astrobin', host, signal, patience(30_000, told)),
    );
    expect(error).toMatchObject({ code: 'rate-limited', retryAfterMs: 120_000 });
    expect(error.message).toMatch(/^AstroBin asked us to wait/);
    expect(told).toEqual([120_000]);
    // The stand-in on this computer asked for nothing.
    (await other.turns.acquire('astrobin', '127.0.0.1', signal))();
    const went: number[] = [];
    const later = startProcess();
    const ask = async (): Promise<void> => {
      for (let at = 0; at < 3; at++) {
        (await later.turns.acquire('astrobin', host, signal))();
        went.push(later.clock.nowMs() - noon);
      }
    };
    const all = ask();
    for (let step = 0; step < 250; step++) await later.clock.advance(500);
    await all;
    expect(went[0]).toBeGreaterThanOrEqual(120_000);
    expect(went[0]).toBeLessThan(121_000);
    expect((went[2] ?? 0) - (went[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
    expect(other.turns.budgetOf('astrobin', host)?.used).toBe(3);
    other.close();
    later.close();
  });

  test('counts for nothing where it can’t be under this clock, nor for lanes that share nothing', async () => {
    const ahead = startProcess(noon + 5 * 86_400_000);
    ahead.turns.hold('astrobin', host, 60_000);
    ahead.close();
    const now = startProcess(noon);
    (await now.turns.acquire('astrobin', host, signal))();
    now.close();
    const others = startProcess(noon, { perSecond: 1, burst: 1, atOnce: 1 });
    others.turns.hold('nasa-api', host, 60_000);
    (await others.turns.acquire('nasa-api', host, signal))();
    others.close();
  });
});

describe('over the network', () => {
  let server: FaultServer;
  beforeEach(async () => {
    server = await startFaultServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  afterEach(() => server.close());

  test('every hop of a redirect counts, pictures too, and nothing is sent when it is used up', async () => {
    const library = openTestLibrary(temp.dir);
    const rate = { ...fast, perDay: 3 };
    const store = new TurnsRepo(library.db);
    const turns = createSharedTurns({ store, clock: createSystemClock(), rateOf: () => rate });
    const door = openDoor(server.base, { turns }, rate);
    server.use((request, response) => {
      if (request.url === '/thumb/') response.writeHead(302, { location: '/cdn.jpg' }).end();
      else response.writeHead(200).end('picture');
    });
    const ask = () => door.http.open(door.request(`${server.base}/thumb/`, 'astrobin'));
    const first = await ask();
    first.body.resume();
    expect(turns.budgetOf('astrobin', '127.0.0.1')?.used).toBe(2);
    expect((await failure(ask())).code).toBe('rate-limited');
    expect(server.requests).toHaveLength(3);
    expect((await failure(ask())).code).toBe('rate-limited');
    expect(server.requests).toHaveLength(3);
    door.close();
    library.close();
  });

  test('two processes at once spend one budget, no more and no less', async () => {
    openTestLibrary(temp.dir).close();
    const args = [temp.dir, server.base, '200,10,4,60'];
    const children = [runChild('./turns-child.ts', args), runChild('./turns-child.ts', args)];
    const ends = await Promise.all(children.map(({ ended }) => ended));
    expect(ends.map(({ code, errors }) => [code, errors])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(server.requests).toHaveLength(60);
    const answered = children.map(
      ({ lines }) => lines.filter((line) => line === 'answered').length,
    );
    expect((answered[0] ?? 0) + (answered[1] ?? 0)).toBe(60);
    expect(children.map(({ lines }) => lines.at(-1))).toEqual(['rate-limited', 'rate-limited']);
  });

  test('three processes keep one pace, and never ask at the same time', async () => {
    openTestLibrary(temp.dir).close();
    const arrivedMs: number[] = [];
    let atOnce = 0;
    let mostAtOnce = 0;
    server.use(async (_request, response) => {
      arrivedMs.push(performance.now());
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 20));
      atOnce -= 1;
      response.writeHead(200).end('{}');
    });
    const args = [temp.dir, server.base, '10,3,1,25'];
    const children = [1, 2, 3].map(() => runChild('./turns-child.ts', args));
    const ends = await Promise.all(children.map(({ ended }) => ended));
    expect(ends.map(({ errors }) => errors)).toEqual(['', '', '']);
    expect(arrivedMs).toHaveLength(25);
    expect(mostAtOnce).toBe(1);
    for (const [first, startMs] of arrivedMs.entries()) {
      for (const [last, endMs] of arrivedMs.entries()) {
        // A busy machine lets one arrive later than it was let go; three paces of their own would still show.
        const allowed = 3 + ((endMs - startMs + 1000) / 1000) * 10;
        if (last >= first) expect(last - first + 1).toBeLessThanOrEqual(allowed);
      }
    }
  });
});
