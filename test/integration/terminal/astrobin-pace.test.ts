/**
 * The governor's bar: what a server on this computer saw of ten callers in one core and four terminal processes on one
 * profile. Short in `npm test` at a quicker pace, at the real one in `npm run endurance`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inShortOrLong } from '#test/support/endurance.ts';
import { makeImageRow } from '#test/support/astrobin-server.ts';
import { startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { runChild } from '#test/support/run-child.ts';
import { openTestCore } from '#test/support/terminal-core.ts';

const isLong = inShortOrLong(0, 1) === 1;
const keys = { ALMAGEST_ASTROBIN_KEY: 'key-0001', ALMAGEST_ASTROBIN_SECRET: 'secret-0002' };
const terminal = '../../src-main/terminal/main.ts';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;
let seen: Seen[];
let underWay: number;
let mostUnderWay: number;

interface Seen {
  atMs: number;
  who: string;
  /** Seconds for which the answer asked to stay away. */
  retryAfterS: number | null;
}

beforeEach(() => {
  temp = makeTempDir();
  seen = [];
  [underWay, mostUnderWay] = [0, 0];
});
afterEach(async () => {
  await server.close();
  temp.remove();
});

/** A list without an end, which asks to be left alone at some of its requests. */
async function serve(holds: Readonly<Record<number, number>>): Promise<void> {
  server = await startFaultServer((request, response) => answer(request, response, holds));
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  holds: Readonly<Record<number, number>>,
): Promise<void> {
  const { searchParams: query } = new URL(request.url ?? '/', server.base);
  const retryAfterS = holds[seen.length + 1] ?? null;
  seen.push({ atMs: performance.now(), who: query.get('title__icontains') ?? '', retryAfterS });
  underWay += 1;
  mostUnderWay = Math.max(mostUnderWay, underWay);
  // Long enough that two at once would be seen together.
  await new Promise((resolve) => setTimeout(resolve, 15));
  underWay -= 1;
  if (retryAfterS !== null) {
    response.writeHead(429, { 'retry-after': String(retryAfterS) }).end();
    return;
  }
  const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))];
  const objects = Array.from({ length: limit }, (_, at) =>
    makeImageRow(offset + at + 1, server.base),
  );
  const meta = { limit, offset, next: '/api/v1/image/?more', previous: null, total_count: 100_000 };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ meta, objects }));
}

const environmentAt = (rate: string): Record<string, string> => ({
  ...keys,
  ...{ ALMAGEST_ASTROBIN_API: server.base, ALMAGEST_NASA_IMAGES_API: server.base },
  ...{ ALMAGEST_PDS_API: server.base, ALMAGEST_RATE_ASTROBIN: rate },
});

/** How far the fullest window is above the rate; a burst is what it may be. */
function worstExcess(times: readonly number[], perSecond: number): number {
  let worst = 0;
  for (const [first, startMs] of times.entries()) {
    for (let last = first; last < times.length; last += 1) {
      const spanS = ((times[last] ?? 0) - startMs) / 1000;
      worst = Math.max(worst, last - first + 1 - spanS * perSecond);
    }
  }
  return worst;
}

function mostIn(times: readonly number[], windowMs: number): number {
  return Math.max(
    ...times.map(
      (startMs) => times.filter((at) => at >= startMs && at < startMs + windowMs).length,
    ),
  );
}

/** For each wish to be left alone, the time until the next request of anybody. */
function returnsMs(): { askedS: number; tookMs: number }[] {
  return seen.flatMap(({ atMs, retryAfterS }, at) => {
    const next = seen[at + 1];
    if (retryAfterS === null || next === undefined) return [];
    return [{ askedS: retryAfterS, tookMs: next.atMs - atMs }];
  });
}

test('ten views and four terminals on one profile keep one pace, one at once, and stay away when asked to', async () => {
  const [perSecond, burst, ofView, ofTerminal] = isLong ? [1, 3, 5, 12] : [10, 3, 1, 3];
  await serve(isLong ? { 20: 4, 60: 9 } : { 6: 1 });
  const environment = environmentAt(`${String(perSecond)},${String(burst)},1,500`);
  // The profile is made before five processes open it at once.
  const core = await openTestCore(temp.dir, server.base, null, server.base, environment);
  const view = async (name: string): Promise<void> => {
    for (let at = 0; at < ofView; at += 1) {
      const wish = { params: [['title__icontains', name] as [string, string]], offset: at * 25 };
      await core.api.astrobin.images(wish);
    }
  };
  const views = Array.from({ length: 10 }, (_, at) => view(`view-${String(at)}`));
  const terminals = Array.from({ length: 4 }, (_, at) => {
    const words = ['search', 'astrobin', '--title__icontains', `terminal-${String(at)}`];
    const limit = ['--limit', String(ofTerminal * 25), '--json', '--profile', temp.dir];
    return runChild(terminal, [...words, ...limit], [], environment);
  });
  await Promise.all(views);
  const ends = await Promise.all(terminals.map(({ ended }) => ended));
  await core.close();
  expect(ends.map(({ code, errors }) => [code, errors])).toEqual(ends.map(() => [0, '']));
  const callers = new Set(seen.map(({ who }) => who));
  expect(callers.size).toBe(10 + terminalCount);
  const times = seen.map(({ atMs }) => atMs);
  const excess = worstExcess(times, perSecond);
  const lastS = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  console.log(
    `pace: ${String(seen.length)} requests of ${String(callers.size)} callers in ${lastS.toFixed(1)} s at ${String(perSecond)} a second; ` +
      `most in 1 s ${String(mostIn(times, 1000))}, in 10 s ${String(mostIn(times, 10_000))}, in 60 s ${String(mostIn(times, 60_000))}; ` +
      `above the rate by at most ${excess.toFixed(2)} (burst ${String(burst)}); at once ${String(mostUnderWay)}; ` +
      returnsMs()
        .map(
          ({ askedS, tookMs }) =>
            `Retry-After ${String(askedS)} s: back after ${(tookMs / 1000).toFixed(2)} s`,
        )
        .join(', '),
  );
  expect(seen).toHaveLength(10 * ofView + terminalCount * ofTerminal + (isLong ? 2 : 1));
  expect(mostUnderWay).toBe(1);
  // One may be let go and arrive late, on a busy machine: never two, because one goes at a time.
  expect(excess).toBeLessThanOrEqual(burst + 1);
  expect(returnsMs()).toHaveLength(isLong ? 2 : 1);
  for (const { askedS, tookMs } of returnsMs()) {
    expect(tookMs).toBeGreaterThanOrEqual(askedS * 1000);
    expect(tookMs).toBeLessThan(askedS * 1000 + 3000);
  }
}, 300_000);

test('the budget of a day is kept over 20 restarts', async () => {
  await serve({});
  const perDay = 30;
  const environment = environmentAt(`10000,1000,8,${String(perDay)}`);
  const codes: (number | null)[] = [];
  for (let restart = 0; restart < 20; restart += 1) {
    const name = `restart-${String(restart)}`;
    const words = ['search', 'astrobin', '--title__icontains', name, '--limit', '50', '--json'];
    if (isLong) {
      const child = runChild(terminal, [...words, '--profile', temp.dir], [], environment);
      codes.push((await child.ended).code);
    } else codes.push(await askInThisProcess(name, environment));
  }
  console.log(`budget: ${String(seen.length)} of ${String(perDay)} requests over 20 restarts`);
  expect(seen).toHaveLength(perDay);
  expect(codes).toEqual([...Array<number>(15).fill(0), ...Array<number>(5).fill(6)]);
  const core = await openTestCore(temp.dir, server.base, null, server.base, environment);
  expect((await core.api.astrobin.service()).budget).toMatchObject({ perDay, used: perDay });
  await core.close();
}, 120_000);

/** Two requests of a core of its own; the exit codes are those of the terminal. */
async function askInThisProcess(
  name: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const core = await openTestCore(temp.dir, server.base, null, server.base, environment);
  const params: [string, string][] = [['title__icontains', name]];
  try {
    for (const offset of [0, 25]) await core.api.astrobin.images({ params, offset });
    return 0;
  } catch {
    return 6;
  } finally {
    await core.close();
  }
}
