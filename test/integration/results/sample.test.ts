/** Everything past the real wall, over loopback: the sample archive behind a door that sees each request. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSampleArchive, type SampleArchive } from '#main/sample/sample-archive.ts';
import { createNasaImagesClient } from '#main/sources/nasa-images/client.ts';
import { startCountingDoor, type CountingDoor } from '#test/support/counting-door.ts';
import { openDoor } from '#test/support/http-door.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { idsOf, isEnded, openResults, type OpenedResults } from '#test/support/results-fixtures.ts';
import { runChild } from '#test/support/run-child.ts';
import { runCommand } from '#test/support/terminal-core.ts';

const workerUrl = new URL('../../../src-main/sample/sample-worker.ts', import.meta.url);
const size = 25_000;
const everything = { media_type: 'image,video,audio' };

let sample: SampleArchive;
let door: CountingDoor;
let temp: ReturnType<typeof makeTempDir>;

beforeAll(async () => {
  sample = await startSampleArchive({ size, seed: 11, workerUrl });
});
afterAll(() => sample.close());
beforeEach(async () => {
  temp = makeTempDir();
  door = await startCountingDoor(sample.nasaImagesApi);
});
afterEach(async () => {
  await door.close();
  temp.remove();
  expect(door.pastWall()).toEqual([]);
});

function open(): OpenedResults & { end(): Promise<void> } {
  const client = openDoor(door.base);
  const base = new URL(door.base);
  const nasa = createNasaImagesClient({ http: client.http, address: () => ({ base }) });
  const opened = openResults(temp.dir, {
    base: () => base,
    search: (query, page, count, signal) => nasa.search(query, page, count, signal),
  });
  return {
    ...opened,
    end: async () => {
      await opened.close();
      client.close();
    },
  };
}

test('killed again and again, it goes on: every record once, and none moves', async () => {
  const seen: string[] = [];
  for (const pages of [37, 120, 90]) {
    const child = runChild('./results-child.ts', [temp.dir, door.base, JSON.stringify(everything)]);
    await child.until((lines) => lines.length >= pages);
    child.process.kill('SIGKILL');
    await child.ended;
    const opened = open();
    const { sets } = opened.service.list();
    expect(sets).toHaveLength(1);
    const set = sets[0];
    if (set === undefined) return;
    expect(set.state).toBe('paused');
    const ids = idsOf(opened, set);
    // Nothing that was there has moved.
    expect(ids.slice(0, seen.length)).toEqual(seen);
    expect(ids).toHaveLength(set.stored);
    seen.splice(0, seen.length, ...ids);
    await opened.end();
  }
  const opened = open();
  const { id } = await opened.service.open(everything);
  const set = await opened.until(isEnded);
  expect(set).toMatchObject({
    id,
    state: 'complete',
    total: size,
    stored: size,
    missing: 0,
    gaps: [],
  });
  const ids = idsOf(opened, set);
  expect(new Set(ids).size).toBe(size);
  expect(ids.slice(0, seen.length)).toEqual(seen);
  expect(opened.service.ratios(id, 0, 200_000).ratios).toHaveLength(size);
  await opened.end();
}, 120_000);

test('the terminal: --all goes past the wall, --json and --ndjson agree, a second run needs few requests', async () => {
  const at = { profileDir: temp.dir, base: door.base };
  const stop = new AbortController();
  let lines = 0;
  const cut = await runCommand(
    ['search', 'nasa-images', '--year_end', '2008', '--limit', '10500', '--ndjson'],
    {
      ...at,
      signal: stop.signal,
      onOut: () => {
        lines += 1;
        if (lines === 500) stop.abort();
      },
    },
  );
  expect(cut.code).toBe(130);
  expect(cut.err).toContain('the same command goes on');
  const asked = door.paths.length;
  const all = await runCommand(
    ['search', 'nasa-images', '--year_end', '2008', '--all', '--ndjson'],
    at,
  );
  const printed = all.out
    .trimEnd()
    .split('\n')
    .map(
      (line) => JSON.parse(line) as { id?: string; summary?: { count: number; complete: boolean } },
    );
  const { summary } = printed.pop() ?? {};
  expect(summary).toMatchObject({ complete: true, missing: 0, total: printed.length });
  expect(new Set(printed.map(({ id }) => id)).size).toBe(summary?.count);
  expect(all.code).toBe(0);
  expect(asked).toBeGreaterThan(3);
  const before = door.paths.length;
  const again = await runCommand(
    ['search', 'nasa-images', '--year_end', '2008', '--all', '--json'],
    at,
  );
  const document = JSON.parse(again.out) as { records: { id: string }[]; complete: boolean };
  expect(document).toMatchObject({ complete: true, total: printed.length });
  expect(document.records.map(({ id }) => id)).toEqual(printed.map(({ id }) => id));
  expect(door.paths.length - before).toBeLessThan(3);
}, 120_000);
