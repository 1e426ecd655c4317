import { afterEach, beforeEach, expect, test } from 'vitest';
import { join } from 'node:path';
import type { MediaKey } from '#contract/domain.ts';
import { createMediaKeys } from '#main/cache/media-keys.ts';
import { createMediaService, type ClosableMediaService } from '#main/cache/create-media-service.ts';
import { openCache } from '#main/db/open-cache.ts';
import { startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { createPlainHttpClient } from '#test/support/plain-http-client.ts';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;
let media: ClosableMediaService;
let closed: number;
const keys = createMediaKeys(Buffer.alloc(32, 1));

/** The archive never answers; what it sees is whether the request is given up. */
beforeEach(async () => {
  temp = makeTempDir();
  closed = 0;
  server = await startFaultServer((_request, response) => {
    response.on('close', () => (closed += 1));
  });
  const { db } = openCache({ profileDir: temp.dir, log: () => {} });
  media = createMediaService({
    ...{ http: createPlainHttpClient(), keys, db, folder: join(temp.dir, 'media') },
    budgetBytes: () => 1e9,
  });
});
afterEach(async () => {
  await media.close();
  await server.close();
  temp.remove();
});

const look = (key: MediaKey) =>
  media.respond({ key, method: 'GET', range: null, signal: new AbortController().signal });

test('a picture that nobody looks at any more is given up before it is answered', async () => {
  const key = keys.sign('nasa-files', `${server.base}/a.jpg`);
  const answer = look(key);
  await server.waitForRequests(1);
  media.leave([key]);
  expect((await answer).status).toBe(503);
  await expect.poll(() => closed).toBe(1);
});

test('one that another tile waits for goes on', async () => {
  const key = keys.sign('nasa-files', `${server.base}/a.jpg`);
  const first = look(key);
  await server.waitForRequests(1);
  const second = look(key);
  media.leave([key, 'nonsense']);
  expect((await first).status).toBe(503);
  expect(closed).toBe(0);
  media.leave([key]);
  expect((await second).status).toBe(503);
  await expect.poll(() => closed).toBe(1);
});
