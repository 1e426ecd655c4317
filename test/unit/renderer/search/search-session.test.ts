import { describe, expect, test, vi } from 'vitest';
import type { SearchPage } from '#contract/domain.ts';
import { ArchiveError } from '#contract/errors.ts';
import { SearchSession } from '#renderer/features/search/search-session.svelte.ts';
import { SearchSessions, sourceOf } from '#renderer/features/search/search-sessions.ts';
import { makeCard } from '#test/support/make-card.ts';
import { createScriptedApi } from '#test/support/scripted-api.ts';

interface Ask {
  page: number;
  pageSize: number;
}

function pageOf(
  { page, pageSize }: Ask,
  total: number,
  more: Partial<SearchPage> = {},
): SearchPage {
  const first = (page - 1) * pageSize;
  const count = Math.max(0, Math.min(pageSize, Math.min(total, 10_000) - first));
  return {
    cards: Array.from({ length: count }, (_, at) => makeCard(first + at)),
    total,
    page,
    pageSize,
    hasNext: first + count < Math.min(total, 10_000),
    ceiling: 10_000,
    unreadable: 0,
    age: { fetchedAtMs: 0, origin: 'network', isStale: false, problem: null },
    ...more,
  };
}

const failure = (code: 'unavailable' | 'beyond-ceiling') =>
  new ArchiveError({ code, message: 'NASA didn’t answer.', retryable: true });

function sessionOver(answer: (ask: Ask) => unknown) {
  const scripted = createScriptedApi({ 'nasa.search': answer });
  const session = new SearchSession(scripted.api.nasa, { q: 'stars' });
  const asked = () => scripted.calls.filter((call) => call.name === 'nasa.search').length;
  return { session, scripted, asked };
}

const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true));

describe('the first page', () => {
  test('nothing is asked without a query', () => {
    const { api, calls } = createScriptedApi();
    const session = new SearchSession(api.nasa, { q: ' ' });
    session.start();
    expect(session.state.kind).toBe('idle');
    expect(calls).toEqual([]);
  });

  test('skeletons stand until it is there', async () => {
    const { session } = sessionOver((ask) => pageOf(ask, 6478));
    session.start();
    expect(session.state.kind).toBe('loading');
    expect(session.items.count).toBeGreaterThan(0);
    expect(session.items.at(0)).toBeNull();
    await until(() => session.state.kind === 'ready');
    expect(session.total).toBe(6478);
    expect(session.loaded).toBe(100);
    expect(session.items.count).toBeGreaterThan(100);
    expect(session.items.isComplete).toBe(false);
  });

  test('a failure is kept, and trying again goes on from there', async () => {
    let isDown = true;
    const { session } = sessionOver((ask) => {
      if (isDown) throw failure('unavailable');
      return pageOf(ask, 30);
    });
    session.start();
    await until(() => session.state.kind === 'failed');
    expect(session.items.count).toBe(0);
    isDown = false;
    session.retry();
    expect(session.state.kind).toBe('loading');
    await until(() => session.state.kind === 'ready');
    expect(session.loaded).toBe(30);
    expect(session.more.kind).toBe('nothing');
    expect(session.items.isComplete).toBe(true);
  });

  test('no hit is an answer', async () => {
    const { session } = sessionOver((ask) => pageOf(ask, 0));
    session.start();
    await until(() => session.state.kind === 'ready');
    expect(session.items.count).toBe(0);
    expect(session.total).toBe(0);
  });
});

describe('further pages', () => {
  test('come when the view nears the end, one at a time', async () => {
    const { session, asked } = sessionOver((ask) => pageOf(ask, 6478));
    session.start();
    await until(() => session.state.kind === 'ready');
    session.need(20, 18);
    expect(asked()).toBe(1);
    session.need(45, 18);
    session.need(50, 18);
    expect(asked()).toBe(2);
    await until(() => session.loaded === 200);
    expect(session.more.kind).toBe('waiting');
  });

  test('a page that fails keeps what is there, and can be tried again', async () => {
    let isDown = false;
    const { session } = sessionOver((ask) => {
      if (isDown) throw failure('unavailable');
      return pageOf(ask, 6478);
    });
    session.start();
    await until(() => session.state.kind === 'ready');
    isDown = true;
    session.need(90, 18);
    await until(() => session.more.kind === 'failed');
    expect(session.state.kind).toBe('ready');
    expect(session.items.count).toBe(100);
    session.need(99, 18);
    expect(session.more.kind).toBe('failed');
    isDown = false;
    session.retry();
    await until(() => session.loaded === 200);
    expect(session.more.kind).toBe('waiting');
  });

  test('records that come twice and those that cannot be read are counted', async () => {
    const { session } = sessionOver((ask) => {
      const page = pageOf(ask, 150, { unreadable: 2 });
      return ask.page === 2 ? { ...page, cards: [makeCard(3), makeCard(4), ...page.cards] } : page;
    });
    session.start();
    await until(() => session.state.kind === 'ready');
    session.need(99, 18);
    await until(() => session.more.kind === 'nothing');
    expect(session.items.isComplete).toBe(true);
    expect(session.loaded).toBe(150);
    expect(session.doubled).toBe(2);
    expect(session.unreadable).toBe(4);
  });

  test('pages without anything new are not asked for without end', async () => {
    const { session, asked } = sessionOver((ask) => ({ ...pageOf(ask, 6478), cards: [] }));
    session.start();
    for (let turn = 0; turn < 6; turn += 1) {
      await until(() => session.more.kind !== 'loading' && session.state.kind === 'ready');
      session.need(0, 18);
    }
    expect(asked()).toBe(3);
    expect(session.more.kind).toBe('failed');
  });

  test('the last page that the archive lists is the end, and says so', async () => {
    const { session } = sessionOver((ask) => pageOf(ask, 28_486));
    session.hold(9_999);
    session.start();
    await until(() => session.isAtCeiling);
    expect(session.more.kind).toBe('nothing');
    expect(session.loaded).toBe(10_000);
    expect(session.isAtCeiling).toBe(true);
    expect(session.reachable).toBe(10_000);
  });

  test('being told so by an error is the end too', async () => {
    const { session } = sessionOver((ask) => {
      if (ask.page > 2) throw failure('beyond-ceiling');
      return { ...pageOf(ask, 28_486), hasNext: true };
    });
    session.hold(500);
    session.start();
    await until(() => session.isAtCeiling);
    expect(session.more.kind).toBe('nothing');
    expect(session.loaded).toBe(200);
    expect(session.isAtCeiling).toBe(true);
  });
});

describe('places and pauses', () => {
  test('a place far down is loaded up to, with room reserved from the start', async () => {
    const { session, asked } = sessionOver((ask) => pageOf(ask, 6478));
    session.hold(730);
    session.start();
    expect(session.items.count).toBe(731);
    await until(() => session.loaded === 800);
    await until(() => session.more.kind === 'waiting');
    expect(asked()).toBe(8);
  });

  test('an answer that comes after the view was left is dropped, and asked for again', async () => {
    let release: ((page: SearchPage) => void) | undefined;
    const { session, asked } = sessionOver((ask) =>
      asked() === 1
        ? new Promise<SearchPage>((resolve) => {
            release = (page) => resolve({ ...page, total: 1 });
          })
        : pageOf(ask, 30),
    );
    session.start();
    await until(() => release !== undefined);
    session.pause();
    session.resume();
    await until(() => session.state.kind === 'ready');
    release?.(pageOf({ page: 1, pageSize: 100 }, 1));
    await Promise.resolve();
    expect(session.total).toBe(30);
    expect(session.loaded).toBe(30);
  });

  test('asking anew starts from the first page', async () => {
    let total = 150;
    const { session } = sessionOver((ask) => pageOf(ask, total));
    session.start();
    await until(() => session.state.kind === 'ready');
    session.need(99, 18);
    await until(() => session.loaded === 150);
    total = 40;
    session.reload();
    expect(session.loaded).toBe(150);
    await until(() => session.loaded === 40);
    expect(session.total).toBe(40);
    expect(session.items.count).toBe(40);
  });
});

describe('a kept copy', () => {
  const copyAge = { fetchedAtMs: 77, origin: 'cache', isStale: true, problem: null } as const;
  const copyOf = (ask: Ask, total: number, more: Partial<SearchPage> = {}) => ({
    page: { ...pageOf(ask, total, more), age: copyAge },
  });

  /** A session over a copy and an archive whose answer comes when `reach` is called. */
  function sessionWithCopy(answer: (ask: Ask) => unknown, copy: (ask: Ask) => unknown) {
    let reach: () => void = () => {};
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const scripted = createScriptedApi({
      'nasa.search': async (ask: Ask) => {
        await reached;
        return answer(ask);
      },
      'nasa.cachedSearch': copy,
    });
    return { session: new SearchSession(scripted.api.nasa, { q: 'stars' }), scripted, reach };
  }

  test('is shown before the archive answers, with its age', async () => {
    const { session, reach } = sessionWithCopy(
      (ask) => pageOf(ask, 300),
      (ask: Ask) => copyOf(ask, 300),
    );
    session.start();
    await until(() => session.state.kind === 'ready');
    expect(session.copyFromMs).toBe(77);
    expect(session.isChecking).toBe(true);
    reach();
    await until(() => !session.isChecking);
    expect(session.copyFromMs).toBeNull();
    expect(session.hasNewer).toBe(false);
    expect(session.loaded).toBe(100);
  });

  test('stays where it is when the archive has something else, until that is asked for', async () => {
    const { session, reach } = sessionWithCopy(
      (ask) => pageOf(ask, 301),
      (ask: Ask) => copyOf(ask, 300, { cards: [makeCard(5_000), makeCard(0), makeCard(1)] }),
    );
    session.start();
    await until(() => session.state.kind === 'ready');
    reach();
    await until(() => session.hasNewer);
    expect(session.items.at(0)?.record.id).toBe('record-5000');
    session.showNewer();
    expect(session.items.at(0)?.record.id).toBe('record-0');
    expect(session.loaded).toBe(100);
    expect(session.total).toBe(301);
    expect(session.hasNewer).toBe(false);
    expect(session.copyFromMs).toBeNull();
  });

  test('goes on from copies of further pages while the archive is away, and with it when it is back', async () => {
    let isAway = true;
    const { session, reach } = sessionWithCopy(
      (ask) => {
        if (isAway) throw failure('unavailable');
        return pageOf(ask, 400);
      },
      (ask: Ask) => (ask.page <= 2 ? copyOf(ask, 400) : { page: null }),
    );
    reach();
    session.start();
    await until(() => session.problem !== null && session.state.kind === 'ready');
    session.need(99, 18);
    await until(() => session.loaded === 200);
    session.need(199, 18);
    await until(() => session.more.kind === 'failed');
    isAway = false;
    session.goOn();
    await until(() => session.loaded === 300 && session.problem === null);
    expect(session.hasNewer).toBe(false);
  });

  test('that main hands out in place of an answer says why', async () => {
    const problem = failure('unavailable').toWire();
    const { session } = sessionOver((ask) => ({
      ...pageOf(ask, 30),
      age: { ...copyAge, problem },
    }));
    session.start();
    await until(() => session.state.kind === 'ready');
    expect(session.problem?.code).toBe('unavailable');
    expect(session.copyFromMs).toBe(77);
  });

  test('without records does not stand for an answer', async () => {
    const { session, reach } = sessionWithCopy(
      (ask) => pageOf(ask, 30),
      (ask: Ask) => copyOf(ask, 0),
    );
    session.start();
    await Promise.resolve();
    expect(session.state.kind).toBe('loading');
    reach();
    await until(() => session.state.kind === 'ready');
    expect(session.loaded).toBe(30);
  });
});

describe('what cannot be sent', () => {
  test.each([
    [{ q: 'x'.repeat(3_000) }, 'Words: longer than the 2,048 letters'],
    [{ keywords: 'x'.repeat(3_000) }, 'Keyword: longer than the 2,048 letters'],
    [{ q: 'moon', year_start: '20x4' }, '“20x4” is not a year'],
  ])('is said in words and not sent', (query, words) => {
    const { api, calls } = createScriptedApi();
    const session = new SearchSession(api.nasa, query);
    session.start();
    expect(session.state.kind === 'failed' ? session.state.error.message : '').toContain(words);
    expect(calls).toEqual([]);
  });
});

describe('the sessions of the history', () => {
  test('the same entry gets the same results, another entry asks anew', () => {
    const sessions = new SearchSessions(createScriptedApi().api);
    const first = sessions.open({ q: 'stars' }, 'sample', undefined);
    expect(first.isNew).toBe(true);
    const back = sessions.open({ q: ' stars ' }, 'sample', first.id);
    expect(back).toEqual({ id: first.id, session: first.session, isNew: false });
    expect(sessions.open({ q: 'stars' }, 'sample', undefined).session).not.toBe(first.session);
  });

  test('another query or another archive under the same entry is another search', () => {
    const sessions = new SearchSessions(createScriptedApi().api);
    const { id, session } = sessions.open({ q: 'stars' }, 'sample', undefined);
    expect(sessions.open({ q: 'moon' }, 'sample', id).session).not.toBe(session);
    expect(sessions.open({ q: 'stars' }, 'live x', id).session).not.toBe(session);
  });

  test('the latest of a query is found, and the oldest are forgotten', () => {
    const sessions = new SearchSessions(createScriptedApi().api);
    const first = sessions.open({ q: '0' }, 'sample', undefined);
    expect(sessions.latest({ q: '0' }, 'sample')).toBe(first.session);
    for (let n = 1; n <= 12; n += 1) sessions.open({ q: String(n) }, 'sample', undefined);
    expect(sessions.latest({ q: '0' }, 'sample')).toBeNull();
    expect(sessions.latest({ q: '1' }, 'sample')).not.toBeNull();
  });

  test('a source names the address only where it matters', () => {
    expect(sourceOf({ archiveMode: 'live', nasaImagesApi: 'https://a' })).toBe('live https://a');
    expect(sourceOf({ archiveMode: 'sample', nasaImagesApi: 'https://a' })).toBe('sample');
  });
});
