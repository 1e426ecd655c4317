import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDocuments } from '#main/cache/create-documents.ts';
import { createResponseStore, type ResponseStore } from '#main/cache/response-store.ts';
import { openCache, type CacheFile } from '#main/db/open-cache.ts';
import type { AstrobinSecrets } from '#main/sources/astrobin/astrobin-client.ts';
import { openAstrobin, type AstrobinFixture } from '#test/support/astrobin-client.ts';
import { startAstrobinServer, type AstrobinServer } from '#test/support/astrobin-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';

const pair = { key: 'k3y-0123456789', secret: 's3cret-9876543210' };
const signal = new AbortController().signal;
let nowMs: number;
let secrets: AstrobinSecrets | null;
let server: AstrobinServer;
let astrobin: AstrobinFixture;
let cache: CacheFile;
let store: ResponseStore;
let temp: ReturnType<typeof makeTempDir>;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 19, 12);
  secrets = pair;
  temp = makeTempDir();
  cache = openCache({ profileDir: temp.dir, log: () => undefined });
  const now = () => nowMs;
  const log = () => undefined;
  store = createResponseStore({ db: cache.db, budgetBytes: () => 1e9, nowMs: now, log });
  server = await startAstrobinServer({ ...pair });
  astrobin = openAstrobin(server.base, {
    secrets: async () => secrets,
    documents: (http) => createDocuments({ http, store, nowMs: now }),
  });
});
afterEach(async () => {
  astrobin.close();
  await store.close();
  cache.close();
  await server.close();
  temp.remove();
});

const requests = (): number => server.server.requests.length;

test('going back within ten minutes costs no request, though the service says no-cache', async () => {
  const { client } = astrobin;
  await client.images([], { limit: 5 }, signal);
  nowMs += 9 * 60_000;
  const again = await client.images([], { limit: 5 }, signal);
  expect(again.age).toMatchObject({ origin: 'cache', isStale: false });
  expect(requests()).toBe(1);
  await client.images([], { limit: 5 }, signal, { refresh: true });
  expect(requests()).toBe(2);
  nowMs += 11 * 60_000;
  await client.images([], { limit: 5 }, signal);
  expect(requests()).toBe(3);
});

test('an image that was in a list opens without another request', async () => {
  const { client } = astrobin;
  const { value } = await client.images([], { limit: 5 }, signal);
  const ref = value.items[2]?.hash ?? '';
  const opened = await client.image(ref, signal);
  expect(opened.value).toEqual(value.items[2]);
  expect(opened.age.origin).toBe('cache');
  expect(requests()).toBe(1);
  expect((await client.keptImage(ref))?.value.hash).toBe(ref);
  expect(await client.keptImage('zzzzzz')).toBeNull();
});

test('what is kept opens without a key, and with a wrong one; it says why it is not newer', async () => {
  const { client } = astrobin;
  await client.images([], { limit: 5 }, signal);
  nowMs += 60 * 60_000;
  secrets = null;
  const keyless = await client.images([], { limit: 5 }, signal);
  expect(keyless.value.items).toHaveLength(5);
  expect(keyless.age).toMatchObject({ isStale: true, problem: { code: 'key-needed' } });
  expect(requests()).toBe(1);
  secrets = { key: 'another-key', secret: 'another-secret' };
  const wrong = await client.images([], { limit: 5 }, signal);
  expect(wrong.age.problem?.message).toMatch(/^AstroBin didn’t accept the key\./);
  // What is no longer fresh is asked after again once there is a key.
  secrets = pair;
  expect((await client.images([], { limit: 5 }, signal)).age.problem).toBeNull();
});
