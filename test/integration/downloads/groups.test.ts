import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DownloadGroup, DownloadPlan, DownloadTarget, FileWish } from '#contract/downloads.ts';
import type { RecordRef } from '#contract/domain.ts';
import { openCache } from '#main/db/open-cache.ts';
import { findDamagedRows } from '#main/db/row-checksum.ts';
import { downloadsTable } from '#main/downloads/download-row.ts';
import { groupsTable } from '#main/downloads/groups-repo.ts';
import { createPlanner, type Planner } from '#main/downloads/plan/planner.ts';
import { recordsByRef } from '#main/downloads/plan/plan-sources.ts';
import { PlanStore } from '#main/downloads/plan/plan-store.ts';
import type { SavableRecord } from '#main/downloads/plan/savable-record.ts';
import { defaultRates } from '#main/http/rates.ts';
import { freeBytesAt } from '#main/free-bytes.ts';
import { makeBench, makePicture, md5, type Bench } from '#test/support/download-fixtures.ts';
import { serveFile, startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { makeSeen, makeTempDir, openTestLibrary } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;
let library: ReturnType<typeof openTestLibrary>;
let bench: Bench;
let planner: Planner;
let answers: (id: string) => Buffer;
/** Resolves when the archive may answer. */
let gate: Promise<void>;

const wish: FileWish = {
  ...{ rendition: 'original', maxBytes: null, withCaptions: false, withSidecar: true },
  template: null,
};
const signal = new AbortController().signal;
const refOf = (id: string) => `nasa:${id}` as RecordRef;
const ids = (count: number) => Array.from({ length: count }, (_none, at) => `A${at + 1}`);

/** Every record has a picture of the archive's making; of "lost" nothing is known. */
async function savable(ref: RecordRef): Promise<SavableRecord> {
  const id = ref.slice(ref.indexOf(':') + 1);
  const archive = ref.startsWith('pds:') ? 'pds-registry' : 'nasa-images';
  const { record } = makeSeen(id, { ref, archive });
  const content = answers(id);
  const bytes = archive === 'pds-registry' ? content.length : null;
  const checksum =
    archive === 'pds-registry' ? ({ algorithm: 'md5', value: md5(content) } as const) : null;
  const file = { width: null, height: null, mime: 'image/jpeg', bytes, checksum };
  const name = archive === 'pds-registry' ? `${id}.jpg` : 'orig';
  return {
    ...{ record, renditions: [{ ...file, name, url: `${server.base}/${id}.jpg` }] },
    ...{ captions: [], creditLine: 'Credit', licenceNote: null, refusal: null },
  };
}

function open(): void {
  library = openTestLibrary(temp.dir);
  bench = makeBench(library, join(temp.dir, 'files'));
  planner = createPlanner({
    store: new PlanStore(openCache({ profileDir: temp.dir, log: () => {} }).db),
    queue: bench.service.planQueue,
    rateOf: (lane) => defaultRates[lane],
    recentSpeed: () => bench.service.recentSpeed(),
    freeBytesAt,
    template: () => '',
    emit: () => {},
    nowMs: () => Date.now(),
    version: 'test',
    log: () => {},
  });
}

async function close(): Promise<void> {
  await planner.dispose();
  await bench.service.dispose();
  library.close();
}

beforeEach(async () => {
  temp = makeTempDir();
  answers = (id) => makePicture(30_000, id.length + id.charCodeAt(1));
  gate = Promise.resolve();
  server = await startFaultServer(async (request, response) => {
    await gate;
    const id = decodeURIComponent((request.url ?? '').slice(1)).replace(/\.jpg$/, '');
    serveFile(answers(id), { etag: `"${id}"`, contentType: 'image/jpeg' })(request, response);
  });
  open();
});
afterEach(async () => {
  await close();
  await server.close();
  temp.remove();
});

async function plan(
  wanted: readonly string[],
  more: Partial<FileWish> = {},
): Promise<DownloadPlan> {
  const source = recordsByRef(wanted.map(refOf), { savable });
  const folder = join(temp.dir, 'files');
  const { id } = planner.open({ title: 'Apollo', folder, wish: { ...wish, ...more }, source });
  return await planner.ready(id, signal);
}

const start = async ({ id }: DownloadPlan, isPaused = false) =>
  await planner.start(id, { isPaused }, signal);

const groupOf = ({ groupId }: DownloadPlan): DownloadGroup => {
  const group = bench.service.queue().groups.find(({ id }) => id === groupId);
  if (group === undefined) throw new Error('the group is not listed');
  return group;
};
const untilAll = async (started: DownloadPlan, state: 'done' | 'quarantined', files: number) =>
  await expect.poll(() => groupOf(started).tallies[state]?.files, { timeout: 20_000 }).toBe(files);

describe('a plan', () => {
  test('says what it comes to before anything is fetched', async () => {
    const planned = await plan(ids(30));
    expect(planned).toMatchObject({
      ...{ state: 'ready', records: 30, total: 30, files: 30, unknown: 30, there: 0, queued: 0 },
      ...{
        refused: [],
        renamed: 0,
        requests: 30,
        examples: ['A1~orig.jpg', 'A2~orig.jpg', 'A3~orig.jpg'],
      },
    });
    expect(planned.freeBytes).toBeGreaterThan(0);
    expect(server.requests).toHaveLength(0);
    expect(bench.service.queue().groups).toEqual([]);
  });

  test('that is started is durable, and becomes files, each with its sidecar', async () => {
    const started = await start(await plan(ids(12)));
    const second = openTestLibrary(temp.dir);
    const rows = second.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM downloads').get();
    second.close();
    expect(rows?.n).toBe(12);
    await untilAll(started, 'done', 12);
    expect(readdirSync(join(temp.dir, 'files'))).toHaveLength(24);
    expect(await findDamagedRows(library.db, [downloadsTable, groupsTable])).toEqual([]);
  });

  test('of what is there asks for nothing', async () => {
    await untilAll(await start(await plan(ids(5))), 'done', 5);
    const before = server.requests.length;
    const again = await plan(ids(7));
    expect(again).toMatchObject({ files: 2, there: 5 });
    rmSync(join(temp.dir, 'files', 'A1~orig.jpg'));
    expect(await plan(ids(7))).toMatchObject({ files: 3, there: 4 });
    expect(server.requests).toHaveLength(before);
  });

  test('does not queue what is on its way already', async () => {
    await start(await plan(ids(4)), true);
    expect(await plan(ids(6))).toMatchObject({ files: 2, queued: 4 });
  });

  test('by another wish has other names; one that cannot be read is refused in words', async () => {
    const planned = await plan(ids(3), { template: '{archive}/{year}/{id}' });
    expect(planned.examples[0]).toBe('nasa-images/2010/A1.jpg');
    await expect(plan(ids(1), { template: '{nonsense}' })).rejects.toThrow(/character 2/);
    planner.change(planned.id, { wish: { ...wish, withSidecar: false, template: '{title}' } });
    const changed = await planner.ready(planned.id, signal);
    expect(changed.examples[0]).toBe('Title of A1.jpg');
    await untilAll(await start(changed), 'done', 3);
    expect(readdirSync(join(temp.dir, 'files')).sort()).toEqual(
      ids(3).map((id) => `Title of ${id}.jpg`),
    );
  });

  test('that its process did not write to the end is no group, and leaves no row', async () => {
    const planned = await plan(ids(400));
    const stop = new AbortController();
    const starting = planner.start(planned.id, { isPaused: false }, stop.signal);
    stop.abort();
    await expect(starting).rejects.toThrow(/cancelled/);
    expect(bench.service.queue().groups).toEqual([]);
    library.db
      .prepare(
        `INSERT INTO download_groups (id, title, folder, wish, state, place, paused, trouble, added_at_ms, told_at_ms, checksum)
           VALUES ('x', '', '/x', '{}', 'filling', 9, 0, NULL, 0, NULL, zeroblob(8))`,
      )
      .run();
    await close();
    open();
    bench.service.start();
    const left = library.db.prepare<[], { n: number }>(
      `SELECT count(*) AS n FROM download_groups WHERE state = 'filling'`,
    );
    await expect.poll(() => left.get()?.n).toBe(0);
  });
});

describe('a group', () => {
  test('that is paused keeps what has come, survives a restart, and goes on', async () => {
    let open_: () => void = () => {};
    gate = new Promise((resolve) => (open_ = resolve));
    const started = await start(await plan(ids(6)));
    await expect.poll(() => server.requests.length).toBeGreaterThan(0);
    await bench.service.command('pause', { kind: 'group', id: started.groupId ?? '' });
    open_();
    expect(groupOf(started)).toMatchObject({ isPaused: true, tallies: { queued: { files: 6 } } });
    await close();
    open();
    bench.service.start();
    expect(groupOf(started).isPaused).toBe(true);
    await bench.service.command('resume', { kind: 'group', id: started.groupId ?? '' });
    await untilAll(started, 'done', 6);
  });

  test('is one of several, in an order that can be changed', async () => {
    await bench.service.command('pause', { kind: 'all' });
    const first = await start(await plan(['A1']));
    const second = await start(await plan(['A2']));
    expect(bench.service.queue()).toMatchObject({ isPaused: true });
    bench.service.moveGroup(second.groupId ?? '', first.groupId);
    expect(bench.service.queue().groups.map(({ id }) => id)).toEqual([
      second.groupId,
      first.groupId,
    ]);
    await bench.service.command('resume', { kind: 'all' });
    await untilAll(first, 'done', 1);
    await untilAll(second, 'done', 1);
  });

  test('is cancelled, tried again and taken off the list as a whole', async () => {
    const started = await start(await plan(ids(40)), true);
    const target = { kind: 'group', id: started.groupId ?? '' } as const;
    expect(await bench.service.command('cancel', target)).toBe(40);
    expect(groupOf(started).tallies).toMatchObject({ cancelled: { files: 40 } });
    await bench.service.command('retry', target);
    await bench.service.command('resume', target);
    await untilAll(started, 'done', 40);
    expect(await bench.service.command('remove', target)).toBe(40);
    expect(bench.service.queue().groups).toEqual([]);
    expect(readdirSync(join(temp.dir, 'files')).length).toBe(80);
  });

  test('of rows that can be paused one by one', async () => {
    const started = await start(await plan(ids(3)), true);
    const { numbers } = bench.service.index('all', started.groupId);
    const [row] = bench.service.rows([...numbers]);
    const one: DownloadTarget = { kind: 'items', ids: [row?.item.id ?? ''] };
    await bench.service.command('pause', one);
    await bench.service.command('resume', { kind: 'group', id: started.groupId ?? '' });
    // The group goes on, and with it the row that was paused in it.
    await untilAll(started, 'done', 3);
    expect([...bench.service.index('done', null).numbers]).toEqual([...numbers]);
  });

  test('that a mismatch meets is fetched once more, then set aside with both values', async () => {
    const content = makePicture(9_000, 5);
    answers = () => content;
    const source = recordsByRef(['pds:x' as RecordRef], {
      savable: async (ref) => {
        const one = await savable(ref);
        const checksum = { algorithm: 'md5', value: '0'.repeat(32) } as const;
        return { ...one, renditions: one.renditions.map((file) => ({ ...file, checksum })) };
      },
    });
    const folder = join(temp.dir, 'files');
    const { id } = planner.open({ title: 'x', folder, wish, source });
    const started = await start(await planner.ready(id, signal));
    await untilAll(started, 'quarantined', 1);
    expect(server.requests).toHaveLength(2);
    const [row] = bench.service.rows([...bench.service.index('trouble', null).numbers]);
    expect(row?.item.error?.detail).toBe(
      `md5 expected ${'0'.repeat(32)}, received ${md5(content)}`,
    );
  });
});

describe('a check of a folder', () => {
  test('finds what was changed, what is missing and what is foreign', async () => {
    await untilAll(await start(await plan(ids(4))), 'done', 4);
    const at = (name: string) => join(temp.dir, 'files', name);
    const whole = await bench.service.verify(join(temp.dir, 'files'), signal);
    expect(whole).toEqual({ checked: 4, ok: 4, changed: [], missing: [], foreign: [] });
    writeFileSync(at('A1~orig.jpg'), makePicture(30_000, 77));
    rmSync(at('A2~orig.jpg'));
    writeFileSync(at('mine.txt'), 'mine');
    const check = await bench.service.verify(join(temp.dir, 'files'), signal);
    expect(check).toMatchObject({
      ...{ checked: 3, ok: 2, foreign: [at('mine.txt')] },
      changed: [{ path: at('A1~orig.jpg'), ref: 'nasa:A1', expected: { bytes: 30_000 } }],
      missing: [{ path: at('A2~orig.jpg'), ref: 'nasa:A2' }],
    });
  });

  test('that is stopped goes on behind what it has looked at', async () => {
    await untilAll(await start(await plan(ids(3))), 'done', 3);
    const folder = join(temp.dir, 'files');
    const marked = library.file.replace(/library\.db$/, 'cache.db');
    const cache = openCache({ profileDir: temp.dir, log: () => {} });
    expect(marked).toContain('cache.db');
    const { mtimeNs } = await import('node:fs').then((fs) =>
      fs.lstatSync(join(folder, 'A1~orig.jpg'), { bigint: true }),
    );
    cache.db
      .prepare('INSERT INTO checked_files VALUES (?, ?, ?, ?)')
      .run(folder, join(folder, 'A1~orig.jpg'), 30_000, String(mtimeNs));
    expect(await bench.service.verify(folder, signal)).toMatchObject({ checked: 3, ok: 3 });
    expect(cache.db.prepare('SELECT * FROM checked_files').all()).toEqual([]);
    cache.db.close();
  });
});
