import { describe, expect, test, vi } from 'vitest';
import { toRef } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { PdsListPart } from '#contract/pds-lists.ts';
import type { PdsProduct } from '#contract/pds.ts';
import { QueryRun } from '#renderer/features/pds-query/query-run.svelte.ts';
import { QuerySessions } from '#renderer/features/pds-query/query-sessions.svelte.ts';
import { createScriptedApi } from '#test/support/scripted-api.ts';

const lidvid = (at: number) => `urn:nasa:pds:b:c:p${at}::1.0`;

const productAt = (at: number): PdsProduct => ({
  ref: toRef('pds-registry', lidvid(at)),
  lidvid: lidvid(at),
  lid: `urn:nasa:pds:b:c:p${at}`,
  version: '1.0',
  productClass: 'Product_Observational',
  level: 'product',
  title: `p${at}`,
  description: null,
  start: null,
  stop: null,
  isOpenEnded: false,
  references: [],
  files: [],
  labelUrl: null,
  supersededBy: null,
  parents: [],
  node: null,
  archiveStatus: null,
  doi: null,
  properties: [],
});

function partOf(from: number, count: number, more: Partial<PdsListPart> = {}): PdsListPart {
  return {
    products: Array.from({ length: count }, (_, at) => productAt(from + at)),
    hits: 250,
    unreadable: 0,
    age: { fetchedAtMs: 1000, origin: 'network', isStale: false, problem: null },
    from,
    canSkip: true,
    notes: [],
    ...more,
  };
}

const refused = () =>
  new ArchiveError({ code: 'refused-by-archive', message: 'Cannot be parsed.', retryable: false });

const scripted = (
  list: (args: { from: number; refresh?: boolean; of: { q: string } }) => unknown,
) => createScriptedApi({ 'pds.list': list as never });

describe('a run', () => {
  test('shows what it found; one that fails takes nothing away', async () => {
    let fails = false;
    const { api } = scripted(() => {
      if (fails) throw refused();
      return partOf(0, 100);
    });
    const run = new QueryRun(api);
    await run.run('(vid eq 1)');
    const { list } = run;
    expect(list?.hits).toBe(250);
    fails = true;
    await run.run('(vid eq 2)');
    expect(run.list).toBe(list);
    expect(run.failure).toMatchObject({ q: '(vid eq 2)', error: { code: 'refused-by-archive' } });
    fails = false;
    await run.run('(vid eq 2)');
    expect(run.failure).toBeNull();
    expect(run.list?.q).toBe('(vid eq 2)');
  });

  test('asks the registry anew for the same text, and only for that', async () => {
    const { api, calls } = scripted(() => partOf(0, 100));
    const run = new QueryRun(api);
    for (const q of ['a', 'a', 'b']) await run.run(q);
    expect(calls.map(({ args }) => (args as { refresh: boolean }).refresh)).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('the newest one counts, and a cancelled one leaves what was there', async () => {
    const waiting: (() => void)[] = [];
    const { api } = scripted(
      ({ of }) =>
        new Promise((answer) => waiting.push(() => answer(partOf(0, of.q === 'slow' ? 1 : 2)))),
    );
    const run = new QueryRun(api);
    const slow = run.run('slow');
    const quick = run.run('quick');
    waiting[1]?.();
    await quick;
    waiting[0]?.();
    await slow;
    expect(run.list?.q).toBe('quick');
    const again = run.run('slow');
    run.cancel();
    waiting[2]?.();
    await again;
    expect(run.isRunning).toBe(false);
    expect(run.list?.q).toBe('quick');
  });
});

describe('the products found', () => {
  test('come as they are looked at, once each', async () => {
    const { api, calls } = scripted(({ from }) => partOf(from, Math.min(100, 250 - from)));
    const run = new QueryRun(api);
    await run.run('q');
    const list = run.list;
    expect(list?.rowCount).toBe(250);
    expect(list?.at(240)).toEqual({ kind: 'waiting' });
    list?.look(230, 249);
    await vi.waitFor(() => expect(list?.at(240).kind).toBe('row'));
    list?.look(235, 249);
    list?.look(0, 20);
    await vi.waitFor(() => expect(list?.at(0).kind).toBe('row'));
    expect(calls.map(({ args }) => (args as { from: number }).from)).toEqual([0, 200]);
  });

  test('say what failed, and try that again', async () => {
    let fails = true;
    const { api } = scripted(({ from }) => {
      if (from > 0 && fails) throw refused();
      return partOf(from, Math.min(100, 250 - from));
    });
    const run = new QueryRun(api);
    await run.run('q');
    const list = run.list;
    list?.look(100, 120);
    await vi.waitFor(() => expect(list?.at(110).kind).toBe('failed'));
    expect(list?.trouble).toBeInstanceOf(ArchiveError);
    fails = false;
    list?.retry();
    await vi.waitFor(() => expect(list?.at(110).kind).toBe('row'));
    expect(list?.trouble).toBeNull();
  });

  test('end where the registry gives no more, where it gives no count', async () => {
    const { api } = scripted(({ from }) => partOf(from, from < 200 ? 100 : 7, { hits: null }));
    const run = new QueryRun(api);
    await run.run('q');
    const list = run.list;
    expect([list?.hits, list?.rowCount]).toEqual([null, 101]);
    list?.look(100, 100);
    await vi.waitFor(() => expect(list?.rowCount).toBe(201));
    list?.look(200, 200);
    await vi.waitFor(() => expect(list?.hits).toBe(207));
    expect(list?.rowCount).toBe(207);
  });

  test('count what could not be read, and gather what the service says', async () => {
    const more = { unreadable: 2, notes: ['Sort is ignored.'] };
    const { api } = scripted(({ from }) => partOf(from, 98, more));
    const run = new QueryRun(api);
    await run.run('q');
    const list = run.list;
    list?.look(100, 120);
    await vi.waitFor(() => expect(list?.unreadable).toBe(4));
    expect(list?.notes).toEqual(['Sort is ignored.']);
    expect(list?.at(99)).toEqual({ kind: 'gone' });
  });
});

test('an entry of the history has its session again, and a restarted window its results', async () => {
  const { api, answer } = scripted(() => partOf(0, 100));
  const sessions = new QuerySessions(api);
  const session = sessions.open('(vid eq 1)', undefined);
  await session.run.run('(vid eq 1)');
  session.showColumns(['size', 'title']);
  session.view.choose(7);
  const memory: unknown = JSON.parse(JSON.stringify(session.memory));
  expect(sessions.open('(vid eq 1)', memory)).toBe(session);

  answer('pds.cachedList', () => ({ part: partOf(0, 100) }));
  const restarted = new QuerySessions(api).open('(vid eq 1)', memory);
  await vi.waitFor(() => expect(restarted.run.list?.hits).toBe(250));
  expect(restarted).not.toBe(session);
  expect(restarted.columns).toEqual(['title', 'size']);
  expect(restarted.run.ranAtMs).toBe(1000);
});

test('what the builder holds unfinished survives a restart', () => {
  const { api } = scripted(() => partOf(0, 1));
  const session = new QuerySessions(api).open('', undefined);
  const id = session.desk.addCondition() ?? '';
  session.desk.setValue(id, 'Mars');
  const memory: unknown = JSON.parse(JSON.stringify(session.memory));
  const again = new QuerySessions(api).open(session.desk.text, memory);
  expect(again.desk.document.root.items).toMatchObject([{ field: '', value: 'Mars' }]);
  expect(again.desk.isUnfinished).toBe(true);
});
