import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { createDocuments } from '#main/cache/create-documents.ts';
import { createResponseStore } from '#main/cache/response-store.ts';
import { openCache } from '#main/db/open-cache.ts';
import { openAstrobin } from '#test/support/astrobin-client.ts';
import { startAstrobinServer, type AstrobinServer } from '#test/support/astrobin-server.ts';
import { startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';
import { findSecrets } from '#test/support/secret-search.ts';

const signal = new AbortController().signal;
/** As they are, and with what has to be escaped in addresses, JSON and HTML. */
const pairs = [
  {
    key: '5d41402abc4b2a76b9719d911017c592cafe0001',
    secret: '7d793037a0760186574b0282f2f435e7beef0002',
  },
  { key: 'k&y "quoted"/+%41=<1>', secret: "s;cr;t 'two'\\é&api_secret=#?" },
];

let server: AstrobinServer;
let other: FaultServer;
let temp: ReturnType<typeof makeTempDir>;
beforeEach(() => {
  temp = makeTempDir();
});
afterEach(async () => {
  await server.close();
  await other.close();
  temp.remove();
});

/** All that an error holds, its causes and hidden parts too. */
function everythingIn(value: unknown): string {
  const text = inspect(value, { depth: 20, showHidden: true, maxStringLength: null });
  const wire = value instanceof ArchiveError ? JSON.stringify(value.toWire()) : '';
  return `${text}\n${wire}\n${JSON.stringify(value)}`;
}

describe.each(pairs)('key and secret such as $key', (pair) => {
  const values = [pair.key, pair.secret];
  const leaks = (value: unknown): string[] => findSecrets(everythingIn(value), values);

  beforeEach(async () => {
    server = await startAstrobinServer({ ...pair });
    other = await startFaultServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"objects":[]}');
    });
  });

  const caught = async (promise: Promise<unknown>): Promise<ArchiveError> => {
    const error = await promise.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ArchiveError)) throw new Error('not an ArchiveError');
    return error;
  };

  test('are sent, and the search for them finds what it should', async () => {
    const { client, close } = openAstrobin(server.base, { secrets: async () => pair });
    expect(await client.checkAccess(signal)).toBe('accepted');
    const [sent] = server.server.requests;
    const url = new URL(sent?.url ?? '', server.base);
    expect(url.searchParams.get('api_key')).toBe(pair.key);
    expect(url.searchParams.get('api_secret')).toBe(pair.secret);
    expect(findSecrets(sent?.url ?? '', values).length).toBeGreaterThan(0);
    for (const form of ['base64', 'hex', 'utf16le'] as const) {
      const hidden =
        form === 'utf16le'
          ? Buffer.from(`ab${pair.key}`, form)
          : `x${Buffer.from(`ab${pair.key}yz`).toString(form)}`;
      expect(findSecrets(hidden, values).length, form).toBeGreaterThan(0);
    }
    close();
  });

  test('are in nothing that is answered, kept or logged', async () => {
    const cache = openCache({ profileDir: temp.dir, log: () => undefined });
    const store = createResponseStore({
      ...{ db: cache.db, budgetBytes: () => 1e9, nowMs: Date.now, log: () => undefined },
    });
    const { client, log, http, close } = openAstrobin(server.base, {
      secrets: async () => pair,
      documents: (inner) => createDocuments({ http: inner, store, nowMs: Date.now }),
    });
    const answers: unknown[] = [
      await client.images([['title__icontains', 'frame']], { limit: 5 }, signal),
      await client.images([['title__icontains', 'frame']], { limit: 5, offset: 5 }, signal),
      await client.image('h00001', signal),
      await client.picks('imageoftheday', { limit: 3 }, signal),
      await client.user('anna', signal),
      await client.get({ resource: 'image', params: [['limit', '2']] }, signal),
      await client.get({ resource: 'image', id: '1;2' }, signal),
      await http.getJson({
        url: `${server.base}/api/v1/image/?limit=1`,
        lane: 'astrobin',
        signal,
        secretQuery: { api_key: pair.key, api_secret: pair.secret },
      }),
      // Without its slash it is answered with a redirect that repeats both.
      await http.getBytes({
        url: `${server.base}/api/v1/image/h00001`,
        lane: 'astrobin',
        signal,
        secretQuery: { api_key: pair.key, api_secret: pair.secret },
      }),
    ];
    expect(server.server.requests.some(({ url }) => findSecrets(url, values).length > 0)).toBe(
      true,
    );
    for (const answer of answers) expect(leaks(answer)).toEqual([]);
    expect(findSecrets(log.join('\n'), values)).toEqual([]);
    await store.close();
    close();
    const kept = cache.db
      .prepare<[], { body: Uint8Array }>('SELECT body FROM response_bodies')
      .all();
    expect(kept.length).toBeGreaterThan(5);
    for (const { body } of kept) {
      const bytes = Buffer.from(body);
      const text = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
      expect(findSecrets(text, values)).toEqual([]);
      expect(() => JSON.parse(text.toString()) as unknown).not.toThrow();
    }
    cache.close();
    for (const name of readdirSync(temp.dir, { recursive: true, encoding: 'utf8' })) {
      expect(findSecrets(readFileSync(join(temp.dir, name)), values), name).toEqual([]);
    }
  });

  test('are in no error, whatever the service repeats in it', async () => {
    const { client, log, close } = openAstrobin(server.base, { secrets: async () => pair });
    const asked = `?api_key=${encodeURIComponent(pair.key)}&api_secret=${encodeURIComponent(pair.secret)}`;
    const echoes = [
      { status: 401, body: '' },
      {
        status: 400,
        body: JSON.stringify({ error: `No ${pair.key} and ${pair.secret} at ${asked}` }),
      },
      {
        status: 500,
        body: `<html><title>Error at ${asked.replaceAll('&', '&amp;')}</title></html>`,
      },
      { status: 404, body: `Not found: /api/v1/image/${asked}` },
      { status: 403, body: `"${pair.secret}"` },
      { status: 200, body: `not JSON: ${asked} ${pair.key}` },
      {
        status: 200,
        body: `<?xml version="1.0"?><response><a>${asked}</response>`,
        type: 'application/xml',
      },
    ];
    for (const echo of echoes) {
      server.failWith(echo);
      expect(leaks(await caught(client.images([], {}, signal))), JSON.stringify(echo)).toEqual([]);
      expect(leaks(await caught(client.get({ resource: 'image' }, signal)))).toEqual([]);
    }
    server.server.use((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"meta"');
      setTimeout(() => response.destroy(), 20);
    });
    expect(leaks(await caught(client.images([], {}, signal)))).toEqual([]);
    await server.close();
    const refused = await caught(client.images([], {}, signal));
    expect(refused.code).toBe('unavailable');
    expect(leaks(refused)).toEqual([]);
    expect(findSecrets(log.join('\n'), values)).toEqual([]);
    close();
  });

  test('are carried to no other place', async () => {
    const { client, log, close } = openAstrobin(server.base, { secrets: async () => pair });
    server.server.use((request, response) => {
      const { search } = new URL(request.url ?? '', server.base);
      response.writeHead(302, { location: `${other.base}/elsewhere/${search}` }).end();
    });
    expect((await client.images([], {}, signal)).value.items).toEqual([]);
    expect(other.requests).toHaveLength(1);
    expect(findSecrets(JSON.stringify(other.requests), values)).toEqual([]);
    expect(other.requests[0]?.url).not.toContain('api_');
    // A sign-in page is told where to come back to, both included.
    server.server.use((request, response) => {
      const back = encodeURIComponent(request.url ?? '');
      response.writeHead(302, { location: `${other.base}/login/?next=${back}` }).end();
    });
    const error = await caught(client.images([], {}, signal));
    expect(error.message).toContain('a redirect that repeats the key');
    expect(leaks(error)).toEqual([]);
    expect(other.requests).toHaveLength(1);
    expect(findSecrets(log.join('\n'), values)).toEqual([]);
    close();
  });
});
