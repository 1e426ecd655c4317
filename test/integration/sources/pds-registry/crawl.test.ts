import { afterEach, describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { pdsDialects } from '#contract/pds.ts';
import type { CrawlOptions, PdsCrawl } from '#main/sources/pds-registry/crawl.ts';
import type { ListTarget } from '#main/sources/pds-registry/lists.ts';
import { openPds, type PdsFixture } from '#test/support/pds-client.ts';
import {
  collection,
  idAt,
  startPdsServer,
  type PdsServer,
  type PdsServerOptions,
} from '#test/support/pds-server.ts';

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(options: PdsServerOptions): Promise<PdsFixture & { server: PdsServer }> {
  const server = await startPdsServer(options);
  const fixture = openPds(server.base);
  open.push(fixture, server);
  return { ...fixture, server };
}

const signal = new AbortController().signal;

async function listAll(
  fixture: PdsFixture,
  target: ListTarget,
  options: Partial<CrawlOptions> = {},
): Promise<{ ids: string[]; crawl: PdsCrawl; cursors: string[] }> {
  const crawl = fixture.client.crawl(target, { signal, ...options });
  const ids: string[] = [];
  const cursors: string[] = [];
  for await (const page of crawl) {
    ids.push(...page.products.map(({ lidvid }) => lidvid));
    cursors.push(page.cursor);
  }
  return { ids, crawl, cursors };
}

function expectWhole({ ids, crawl }: { ids: string[]; crawl: PdsCrawl }, count: number): void {
  expect(ids).toHaveLength(count);
  expect(new Set(ids).size).toBe(count);
  expect(crawl.report).toMatchObject({ distinct: count, missing: 0, gaps: [], isEnded: true });
}

const everything: ListTarget = { kind: 'search' };
const members: ListTarget = { kind: 'members', id: collection };

describe.each(pdsDialects)(
  '%s: 5,000 products of one harvest time, 3 of 100 answers 504',
  (dialect) => {
    test.each([
      ['a search', everything],
      ['members', members],
    ])('%s', async (_, target) => {
      const fixture = await start({ dialect, count: 5000, failures: 0.03, seed: 4 });
      const listed = await listAll(fixture, target, { pageSize: { first: 50, most: 50 } });
      expectWhole(listed, 5000);
      expect(listed.crawl.report).toMatchObject({ hits: 5000, doubled: 0 });
      expect(listed.crawl.report.failures).toBeGreaterThan(0);
      expect([...fixture.server.accepts]).toEqual(['application/json']);
    });

    test('a search that is a part of them', async () => {
      const fixture = await start({ dialect, count: 5000 });
      const listed = await listAll(fixture, { kind: 'search', q: 'every eq 7' });
      expectWhole(listed, 715);
    });

    test('nothing at all', async () => {
      const fixture = await start({ dialect, count: 0 });
      expectWhole(await listAll(fixture, everything), 0);
    });

    test('pages too large for the registry are halved, and grow again', async () => {
      const fixture = await start({ dialect, count: 3000, mostRows: 120 });
      const listed = await listAll(fixture, everything);
      expectWhole(listed, 3000);
      const limits = new Set(fixture.server.paths.map((path) => /limit=(\d+)/.exec(path)?.[1]));
      expect(limits).toContain('250');
      expect(limits).toContain('62');
      expect(limits).toContain('124');
    });

    test('rows that a page leaves out are found by their count, and fetched', async () => {
      const fixture = await start({ dialect, count: 2000, losses: 0.15 });
      const listed = await listAll(fixture, everything, { pageSize: { first: 100, most: 100 } });
      expectWhole(listed, 2000);
      expect(listed.crawl.report.repaired).toBeGreaterThan(0);
    });

    test('rows that can’t be read are counted, and are not missing', async () => {
      const garbled = new Set([3, 99, 100, 101, 499]);
      const fixture = await start({ dialect, count: 500, garbled });
      const listed = await listAll(fixture, everything, { pageSize: { first: 100, most: 100 } });
      expect(listed.ids).toHaveLength(495);
      expect(listed.crawl.report).toMatchObject({ unreadable: 5, missing: 0, distinct: 495 });
    });

    test('goes on from any cursor, and all of it together is whole', async () => {
      const fixture = await start({ dialect, count: 1500 });
      const pageSize = { first: 100, most: 100 };
      for (const target of [everything, members]) {
        const first = fixture.client.crawl(target, { signal, pageSize });
        const ids = new Set<string>();
        let cursor = '';
        let pages = 0;
        for await (const page of first) {
          for (const { lidvid } of page.products) ids.add(lidvid);
          ({ cursor } = page);
          pages += 1;
          if (pages === 6) break;
        }
        const rest = await listAll(fixture, target, { cursor, pageSize });
        for (const id of rest.ids) ids.add(id);
        expect(ids.size).toBe(1500);
        expect(rest.crawl.report).toMatchObject({
          distinct: 1500,
          missing: 0,
          hits: 1500,
          isEnded: true,
        });
      }
    });

    test('a damaged cursor starts from the beginning', async () => {
      const fixture = await start({ dialect, count: 300 });
      for (const cursor of ['', 'x', '{"v":2}', '{"v":1,"branch":-1}', '[]', 'null']) {
        expectWhole(await listAll(fixture, everything, { cursor }), 300);
      }
    });

    test('ends at once when cancelled', async () => {
      const fixture = await start({ dialect, count: 5000 });
      const controller = new AbortController();
      const crawl = fixture.client.crawl(everything, { signal: controller.signal });
      const read = async () => {
        for await (const page of crawl) if (page.products.length > 0) controller.abort();
      };
      await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
      expect(crawl.report.isEnded).toBe(false);
    });

    test('a registry that stops answering ends the listing, with a cursor to go on from', async () => {
      const fixture = await start({ dialect, count: 1000 });
      const pageSize = { first: 100, most: 100 };
      const crawl = fixture.client.crawl(members, { signal, pageSize });
      const ids: string[] = [];
      let cursor = '';
      const read = async () => {
        for await (const page of crawl) {
          ids.push(...page.products.map(({ lidvid }) => lidvid));
          ({ cursor } = page);
          if (ids.length >= 300)
            fixture.server.options = { ...fixture.server.options, dialect: otherOf(dialect) };
        }
      };
      await expect(read()).rejects.toBeInstanceOf(ArchiveError);
      expect(ids).toHaveLength(300);
      // Another service now stands at the address: the listing goes on in its dialect.
      const rest = await listAll(
        fixture,
        everything,
        dialect === 'current' ? { cursor, pageSize } : { pageSize },
      );
      expect(new Set([...ids, ...rest.ids]).size).toBe(1000);
      expect(fixture.store.get(fixture.server.base)?.dialect).toBe(otherOf(dialect));
    });

    test('an `or` selects what it says', async () => {
      const fixture = await start({ dialect, count: 2100 });
      const q = '(every eq 7 or every eq 5)';
      const listed = await listAll(fixture, { kind: 'search', q });
      expectWhole(listed, 300 + 420 - 60);
      expect(listed.crawl.report.hits).toBe(dialect === '1.3' ? null : 660);
      // What the branches have in common came twice.
      expect(listed.crawl.report.doubled).toBe(dialect === '1.3' ? 60 : 0);
    });
  },
);

const otherOf = (dialect: '1.3' | 'current') => (dialect === '1.3' ? 'current' : '1.3');

describe('1.3, past its wall', () => {
  test('35,000 products: ranges that fit, none lost, none twice', async () => {
    const fixture = await start({ dialect: '1.3', count: 35_000, failures: 0.03, seed: 9 });
    const listed = await listAll(fixture, everything, { pageSize: { first: 500 } });
    expectWhole(listed, 35_000);
    expect(listed.crawl.report).toMatchObject({ hits: 35_000, doubled: 0 });
    for (const path of fixture.server.paths) {
      const { searchParams } = new URL(path, 'http://x');
      expect(
        Number(searchParams.get('start')) + Number(searchParams.get('limit')),
      ).toBeLessThanOrEqual(10_000);
    }
  });

  test('an order that changes with every page: what was lost between pages is found', async () => {
    const fixture = await start({ dialect: '1.3', count: 3000, isRestless: true });
    const listed = await listAll(fixture, everything, { pageSize: { first: 300, most: 300 } });
    expectWhole(listed, 3000);
    expect(listed.crawl.report.doubled).toBeGreaterThan(0);
    expect(listed.crawl.report.repaired).toBe(listed.crawl.report.doubled);
  });

  test('members go on past it by position, and those that the registry does not have are told', async () => {
    const unknown = new Set([10, 11, 5000]);
    const fixture = await start({ dialect: '1.3', count: 12_000, unknown });
    const listed = await listAll(fixture, members, { pageSize: { first: 1000 } });
    expect(listed.ids).toHaveLength(11_997);
    expect(listed.crawl.report).toMatchObject({ hits: 12_000, missing: 3, doubled: 0 });
    expect(listed.crawl.report.gaps).toEqual([
      { count: 2, reason: 'unknown', where: 'from row 1' },
      { count: 1, reason: 'unknown', where: 'from row 5001' },
    ]);
  });

  test('keywords allow no ranges: what lies past the wall is told exactly', async () => {
    const fixture = await start({ dialect: '1.3', count: 10_500 });
    const listed = await listAll(
      fixture,
      { kind: 'search', keywords: ['rock'] },
      { pageSize: { first: 1000 } },
    );
    expect(listed.ids).toHaveLength(10_000);
    expect(listed.crawl.report).toMatchObject({ hits: 10_500, missing: 500 });
    expect(listed.crawl.report.gaps).toMatchObject([{ count: 500, reason: 'beyond-window' }]);
  });
});

test('the current service: rows that never come are told, with the place', async () => {
  const unknown = new Set([777]);
  const fixture = await start({ dialect: 'current', count: 2000, unknown });
  const listed = await listAll(fixture, everything, { pageSize: { first: 100, most: 100 } });
  expect(listed.ids).not.toContain(idAt(777));
  expect(listed.crawl.report).toMatchObject({ missing: 1, distinct: 1999 });
  const [gap] = listed.crawl.report.gaps;
  expect(gap).toMatchObject({ count: 1, reason: 'not-returned' });
  expect(gap?.where).toContain(idAt(700 - 1));
});
