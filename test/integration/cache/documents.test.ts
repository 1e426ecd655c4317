import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import { PinsRepo } from '#main/cache/responses-repo.ts';
import { createDocuments } from '#main/cache/create-documents.ts';
import { openAnswerCache, type AnswerCache } from '#main/cache/open-answer-cache.ts';
import type { Documents, Question } from '#main/http/documents.ts';
import {
  serveHtmlError,
  serveJson,
  startFaultServer,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { openDoor } from '#test/support/http-door.ts';
import { makeTempDir } from '#test/support/library-fixtures.ts';

let temp: ReturnType<typeof makeTempDir>;
let server: FaultServer;
let door: ReturnType<typeof openDoor>;
let cache: AnswerCache;
let documents: Documents;
let nowMs: number;
let budget: number;
const { signal } = new AbortController();

function open(): void {
  cache = openAnswerCache({
    profileDir: temp.dir,
    budgetBytes: () => budget,
    nowMs: () => nowMs,
    log: () => {},
  });
  documents = createDocuments({ http: door.http, store: cache.store, nowMs: () => nowMs });
}

async function restart(): Promise<void> {
  await cache.close();
  open();
}

beforeEach(async () => {
  temp = makeTempDir();
  nowMs = 1_000_000_000_000;
  budget = 64 * 1024 * 1024;
  server = await startFaultServer(serveJson({ value: 1 }, 200, fresh()));
  door = openDoor(server.base);
  open();
});

afterEach(async () => {
  await cache.close();
  door.close();
  await server.close();
  temp.remove();
});

function fresh(more: Record<string, string> = {}): Record<string, string> {
  return { 'cache-control': 'public, max-age=300, s-maxage=600', ...more };
}

interface Doc {
  value: number;
}

function question(path = '/search?q=a', more: Partial<Question<Doc>> = {}): Question<Doc> {
  return {
    url: `${server.base}${path}`,
    lane: 'nasa-api',
    kind: 'search',
    subject: null,
    format: 'json',
    read: (body) => {
      if (typeof body === 'object' && body !== null && 'value' in body) return body as Doc;
      throw new ArchiveError({ code: 'bad-answer', message: 'not a doc', retryable: true });
    },
    ...more,
  } as Question<Doc>;
}

async function failure(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ArchiveError) return error;
  throw new Error('no ArchiveError', { cause: error });
}

describe('an answer', () => {
  test('is used without asking while the archive calls it fresh, also after a restart', async () => {
    const first = await documents.ask(question(), signal);
    expect(first).toEqual({
      value: { value: 1 },
      age: { fetchedAtMs: nowMs, origin: 'network', isStale: false, problem: null },
    });
    const fetchedAtMs = nowMs;
    nowMs += 299_000;
    const age = { fetchedAtMs, origin: 'cache', isStale: false, problem: null };
    expect(await documents.ask(question(), signal)).toEqual({ value: { value: 1 }, age });
    await restart();
    expect(await documents.ask(question(), signal)).toEqual({ value: { value: 1 }, age });
    expect(server.requests).toHaveLength(1);
  });

  test('is asked for again once it is stale, and when told to', async () => {
    await documents.ask(question(), signal);
    server.use(serveJson({ value: 2 }, 200, fresh()));
    expect((await documents.ask(question(), signal)).value).toEqual({ value: 1 });
    expect((await documents.ask(question(), signal, { refresh: true })).value).toEqual({
      value: 2,
    });
    nowMs += 301_000;
    server.use(serveJson({ value: 3 }, 200, fresh()));
    expect(await documents.ask(question(), signal)).toMatchObject({
      value: { value: 3 },
      age: { origin: 'network', fetchedAtMs: nowMs },
    });
  });

  test('a 304 keeps the body and makes it young', async () => {
    server.use((request, response) => {
      const isSame = request.headers['if-none-match'] === 'W/"one"';
      response.writeHead(isSame ? 304 : 200, fresh({ etag: 'W/"one"' }));
      response.end(isSame ? undefined : JSON.stringify({ value: 1 }));
    });
    await documents.ask(question(), signal);
    nowMs += 1_000_000;
    expect(await documents.ask(question(), signal)).toEqual({
      value: { value: 1 },
      age: { fetchedAtMs: nowMs, origin: 'network', isStale: false, problem: null },
    });
    await restart();
    nowMs += 200_000;
    expect((await documents.ask(question(), signal)).age.origin).toBe('cache');
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      'W/"one"',
    ]);
  });

  test('a date serves where there is no tag; one that says nothing of its age is stale at once', async () => {
    const date = 'Thu, 20 Nov 2014 08:00:00 GMT';
    server.use((request, response) => {
      const isSame = request.headers['if-modified-since'] === date;
      response.writeHead(isSame ? 304 : 200, { 'last-modified': date });
      response.end(isSame ? undefined : '{"value":1}');
    });
    await documents.ask(question(), signal);
    await documents.ask(question(), signal);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.headers['if-modified-since']).toBe(date);
  });

  test('a 304 that nobody asked for is no answer', async () => {
    server.use((_request, response) => void response.writeHead(304).end());
    expect((await failure(documents.ask(question(), signal))).code).toBe('bad-answer');
  });

  test('that must not be kept is not', async () => {
    server.use(serveJson({ value: 1 }, 200, { 'cache-control': 'no-store, max-age=300' }));
    await documents.ask(question(), signal);
    expect(await documents.kept(question())).toBeNull();
  });

  test('long ones come back as they were, packed on disk', async () => {
    const long = { value: 1, text: 'crater '.repeat(30_000) };
    server.use(serveJson(long, 200, fresh()));
    await documents.ask(question(), signal);
    await restart();
    expect((await documents.kept(question()))?.value).toEqual(long);
    expect(cache.store.bytesByKind()).toEqual([{ kind: 'search', bytes: expect.any(Number) }]);
    expect(cache.store.bytesByKind()[0]?.bytes).toBeLessThan(10_000);
  });

  test('one of 100 MB is refused long before its end', async () => {
    server.use((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"value":"');
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const error = await failure(documents.ask(question(), signal));
    expect(error).toMatchObject({ code: 'bad-answer', message: expect.stringContaining('8 MB') });
  });
});

describe('with the archive gone', () => {
  const faults = {
    'no server': null,
    '500 with JSON': serveJson({ reason: 'broken' }, 500),
    '502 with a web page': serveHtmlError(502),
    '504 with a web page': serveHtmlError(504),
    'a web page with 200': serveHtmlError(200),
    'nothing with 200': serveJson(''),
    'JSON cut short': serveJson('{"value": 2, "more": ['),
    'another document': serveJson({ other: true }),
    'a list': serveJson([1, 2]),
  };
  for (const [name, fault] of Object.entries(faults)) {
    test(`${name}: the kept answer stands in, says why, and stays`, async () => {
      const fetchedAtMs = nowMs;
      await documents.ask(question(), signal);
      nowMs += 10_000_000;
      if (fault === null) await server.close();
      else server.use(fault);
      const standIn = await documents.ask(question(), signal);
      expect(standIn).toMatchObject({
        value: { value: 1 },
        age: { fetchedAtMs, origin: 'cache', isStale: true },
      });
      expect(standIn.age.problem?.message).toBeTruthy();
      await restart();
      expect((await documents.kept(question()))?.value).toEqual({ value: 1 });
    });
  }

  test('the kept answer does not wait for an archive that is paused, and a person does not either', async () => {
    const fetchedAtMs = nowMs;
    await documents.ask(question(), signal);
    nowMs += 10_000_000;
    server.use(serveHtmlError(502));
    // Until the circuit is open: then nothing is sent, and nobody waits for its end.
    let standIn = await documents.ask(question(), signal);
    for (let asked = 0; asked < 5 && !/^NASA hasn’t/.test(standIn.age.problem?.message ?? '');) {
      asked += 1;
      standIn = await documents.ask(question(), signal);
    }
    expect(standIn).toMatchObject({ value: { value: 1 }, age: { fetchedAtMs, origin: 'cache' } });
    expect(standIn.age.problem?.message).toMatch(/Nothing was sent/);
    const sent = server.requests.length;
    await documents.ask(question(), signal);
    expect(server.requests).toHaveLength(sent);
    server.use(serveJson({ value: 2 }, 200, fresh()));
    const anew = await documents.ask(question(), signal, { refresh: true });
    expect(anew).toMatchObject({ value: { value: 2 }, age: { origin: 'network', problem: null } });
  });

  test('what was never asked fails with its own error', async () => {
    server.use(serveHtmlError(502));
    expect((await failure(documents.ask(question(), signal))).code).toBe('unavailable');
    expect(await documents.kept(question())).toBeNull();
  });

  test('a caller who cancels gets no stand-in', async () => {
    await documents.ask(question(), signal);
    nowMs += 10_000_000;
    server.use(() => undefined);
    const controller = new AbortController();
    const asking = failure(documents.ask(question(), controller.signal));
    await server.waitForRequests(2);
    controller.abort();
    expect((await asking).code).toBe('cancelled');
  });
});

describe('absence', () => {
  test('is no content: a 404 neither stands in nor takes the place of an answer', async () => {
    await documents.ask(question(), signal);
    nowMs += 10_000_000;
    server.use(serveJson({ reason: 'gone' }, 404));
    const error = await failure(
      documents.ask(question('/search?q=a', { isAbsenceKept: true }), signal),
    );
    expect(error).toMatchObject({ code: 'not-found', message: expect.stringContaining('gone') });
    expect((await documents.kept(question()))?.value).toEqual({ value: 1 });
  });

  test('is remembered briefly where it is an answer, and while nobody can be asked', async () => {
    const asked = question('/captions/A', { isAbsenceKept: true, kind: 'record' });
    server.use(serveJson({ reason: 'no captions' }, 404));
    expect((await failure(documents.ask(asked, signal))).code).toBe('not-found');
    expect((await failure(documents.ask(asked, signal))).code).toBe('not-found');
    expect(server.requests).toHaveLength(1);
    nowMs += 400_000;
    server.use(serveHtmlError(502));
    expect((await failure(documents.ask(asked, signal))).code).toBe('not-found');
    server.use(serveJson({ value: 1 }));
    expect((await documents.ask(asked, signal)).value).toEqual({ value: 1 });
  });

  test('a 400 is remembered by nobody', async () => {
    const asked = question('/search', { isAbsenceKept: true });
    server.use(serveJson({ reason: 'wrong' }, 400));
    await failure(documents.ask(asked, signal));
    await failure(documents.ask(asked, signal));
    expect(server.requests).toHaveLength(2);
  });
});

describe('room', () => {
  const noise = () => randomBytes(4500).toString('base64');
  const ask = async (at: number, subject: string | null = null) => {
    server.use(serveJson({ value: at, noise: noise() }, 200, fresh()));
    nowMs += 1000;
    await documents.ask(question(`/search?q=${at}`, { subject }), signal);
  };

  test('is made by last use; what is pinned stays whatever the budget', async () => {
    // A share of 1/8 for answers: room for about eight of them.
    budget = 8 * 8 * 6000;
    new PinsRepo(cache.db).pin('library', ['nasa:KEPT', `${server.base}/search?q=1`]);
    new PinsRepo(cache.db).pin('other', [`${server.base}/search?q=2`]);
    new PinsRepo(cache.db).change([{ owner: 'other', names: null }]);
    await ask(0, 'nasa:KEPT');
    for (let at = 1; at < 30; at += 1) await ask(at, `nasa:R${at}`);
    await restart();
    // The first write of a run looks at what earlier runs left.
    await ask(30);
    const kept = async (at: number) => (await documents.kept(question(`/search?q=${at}`))) !== null;
    const left: number[] = [];
    await expect
      .poll(async () => {
        left.length = 0;
        for (let at = 0; at <= 30; at += 1) if (await kept(at)) left.push(at);
        return left.length;
      })
      .toBeLessThan(13);
    expect(left.slice(0, 2)).toEqual([0, 1]);
    expect(left.at(-1)).toBe(30);
    expect(left.slice(2)).toEqual(
      Array.from({ length: left.length - 2 }, (_, i) => 33 - left.length + i),
    );
  });

  test('clearing leaves nothing and gives the disk its bytes back', async () => {
    for (let at = 0; at < 20; at += 1) await ask(at);
    await restart();
    const pages = () => Number(cache.db.pragma('page_count'));
    const before = pages();
    await cache.part.clear();
    expect(await cache.part.bytes()).toBe(0);
    expect(pages()).toBeLessThan(before - 10);
    expect(cache.db.pragma('freelist_count')).toBe(0);
    expect(await documents.kept(question('/search?q=3'))).toBeNull();
  });

  test('the log goes into the file in a thread of its own', async () => {
    await cache.close();
    cache = openAnswerCache({
      profileDir: temp.dir,
      budgetBytes: () => 1e9,
      nowMs: () => nowMs,
      // A busy computer makes slow statements; they are no problem here.
      log: (message) => void (message.startsWith('slow') || problems.push(message)),
      workers: {
        checkpoint: new URL('../../../src-main/cache/checkpoint-worker.ts', import.meta.url),
      },
    });
    const problems: string[] = [];
    documents = createDocuments({ http: door.http, store: cache.store, nowMs: () => nowMs });
    expect(cache.db.pragma('wal_autocheckpoint')).toBe(0);
    const sizeOfFile = () => statSync(join(temp.dir, 'cache.db')).size;
    const before = sizeOfFile();
    const body = randomBytes(1_200_000).toString('base64');
    server.use(serveJson({ value: 1, body }, 200, fresh()));
    for (let at = 0; at < 4; at += 1) {
      await documents.ask(question(`/search?q=big${at}`), signal);
    }
    await expect.poll(sizeOfFile, { timeout: 10_000 }).toBeGreaterThan(before + 1_000_000);
    expect(problems).toEqual([]);
  });

  test('where that thread fails, the log is minded here', async () => {
    await cache.close();
    cache = openAnswerCache({
      profileDir: temp.dir,
      budgetBytes: () => 1e9,
      nowMs: () => nowMs,
      log: () => {},
      workers: { checkpoint: new URL('file:///nowhere/checkpoint-worker.js') },
    });
    documents = createDocuments({ http: door.http, store: cache.store, nowMs: () => nowMs });
    const body = randomBytes(5_000_000).toString('base64');
    server.use(serveJson({ value: 1, body }, 200, fresh()));
    await documents.ask(question(), signal);
    await expect.poll(() => cache.db.pragma('wal_autocheckpoint'), { timeout: 10_000 }).toBe(1000);
  });

  test('a sample archive’s answers are forgotten with it', async () => {
    await ask(1);
    cache.store.forgetUnder(`${server.base}/`);
    expect(await documents.kept(question('/search?q=1'))).toBeNull();
    await restart();
    expect(await documents.kept(question('/search?q=1'))).toBeNull();
  });
});
