import { afterEach, beforeEach, expect, test } from 'vitest';
import { healthSlots } from '#contract/health.ts';
import {
  byPath,
  dropConnection,
  inTurn,
  serveHtmlError,
  serveJson,
  startFaultServer,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { openTestCore } from '#test/support/terminal-core.ts';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;

const page = {
  collection: { version: '1.1', href: '', items: [], metadata: { total_hits: 0 } },
};

beforeEach(async () => {
  temp = makeTempDir();
  server = await startFaultServer(byPath({ '/search': serveJson(page) }));
});
afterEach(async () => {
  await server.close();
  temp.remove();
});

const search = { query: { q: 'moon' }, page: 1, pageSize: 10, refresh: true };

test('every request is there with its answer, and after a restart', async () => {
  const first = await openTestCore(temp.dir, server.base);
  await first.api.nasa.search(search);
  await first.close();
  const core = await openTestCore(temp.dir, server.base);
  const { requests } = await core.api.archives.requests({});
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    archive: 'nasa-images',
    method: 'GET',
    path: '/search?q=moon&page=1&page_size=10',
    status: 200,
    failure: null,
    then: null,
  });
  const { hosts } = await core.api.archives.health({});
  expect(hosts).toHaveLength(1);
  expect(hosts[0]).toMatchObject({ part: 'api', host: '127.0.0.1', requests: 1, failed: 0 });
  expect(hosts[0]?.slots).toHaveLength(healthSlots);
  expect(hosts[0]?.slots.at(-1)).toMatchObject({ requests: 1 });
  await core.close();
});

test('what failed is told with what became of it', async () => {
  server.use(byPath({ '/search': inTurn(dropConnection(), serveHtmlError(502), serveJson(page)) }));
  const core = await openTestCore(temp.dir, server.base);
  await core.api.nasa.search(search);
  const { requests } = await core.api.archives.requests({ isTroubled: true });
  expect(requests.map(({ status, then }) => [status, then?.kind])).toEqual([
    [502, 'retried'],
    [null, 'retried'],
  ]);
  expect(requests[1]?.failure).toBe('ECONNRESET');
  expect(requests[0]?.then).toMatchObject({ status: 200 });
  expect((await core.api.archives.requests({ text: '502' })).requests).toHaveLength(1);
  const { hosts } = await core.api.archives.health({});
  expect(hosts[0]).toMatchObject({ requests: 3, failed: 2 });
  await core.close();
});

test('a request whose archive asked to be left alone says until when', async () => {
  server.use(byPath({ '/search': serveHtmlError(429, { 'retry-after': '3600' }) }));
  const core = await openTestCore(temp.dir, server.base);
  await expect(core.api.nasa.search(search)).rejects.toThrow();
  const { requests } = await core.api.archives.requests({ isTroubled: true });
  expect(requests).toHaveLength(1);
  expect(requests[0]?.then).toMatchObject({ kind: 'waits' });
  await core.close();
});

test('a cancelled request is no failure', async () => {
  const abort = new AbortController();
  server.use((_request, _response) => abort.abort());
  const core = await openTestCore(temp.dir, server.base);
  await expect(core.api.nasa.search(search, { signal: abort.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect((await core.api.archives.requests({})).requests).toEqual([]);
  await core.close();
});
