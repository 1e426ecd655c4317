import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Aria2Client, gidOf, type Aria2Job } from '#main/downloads/aria2/aria2-client.ts';
import { watchAria2, type Aria2News } from '#main/downloads/aria2/aria2-watch.ts';
import { aria2ChecksumOf } from '#main/downloads/exports/aria2-input.ts';
import type { PlannedFile } from '#main/downloads/exports/planned-file.ts';
import { startAria2, type Aria2Daemon } from '#test/support/aria2-daemon.ts';
import { awkwardPaths, startPlanServer, type PlanServer } from '#test/support/planned-files.ts';
import { hasTool } from '#test/support/tools.ts';

const hasAria2 = hasTool('aria2c');
const { signal } = new AbortController();

describe.skipIf(!hasAria2).each(['http', 'ws'])('a real aria2 over %s', (scheme) => {
  let folder: string;
  let daemon: Aria2Daemon;
  let server: PlanServer;
  let client: Aria2Client;

  const connect = (token: string | null) =>
    new Aria2Client({ url: new URL(`${scheme}://${daemon.host}/jsonrpc`), token });
  const jobOf = (file: PlannedFile, other: Partial<Aria2Job> = {}): Aria2Job => ({
    gid: gidOf(file.path),
    url: file.url,
    folder,
    path: file.path,
    checksum: aria2ChecksumOf(file),
    ...other,
  });
  const stateOf = async (gid: string) =>
    (await client.statuses([gid], signal)).get(gid)?.state ?? null;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'almagest-aria2-'));
    daemon = await startAria2(folder);
    server = await startPlanServer([
      ...awkwardPaths,
      ...Array.from({ length: 240 }, (_, at) => `many/${at}.dat`),
    ]);
    client = connect(daemon.token);
    await expect
      .poll(() =>
        client.version(signal).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });
  afterEach(async () => {
    client.close();
    await daemon.stop();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('says what it is', async () => {
    const { version, enabledFeatures } = await client.version(signal);
    expect(version).toMatch(/^1\./);
    expect(enabledFeatures).toContain('Message Digest');
  });

  test('fetches a plan, checks it, and is heard of by asking', async () => {
    const added = await client.add(
      server.files.map((file) => jobOf(file)),
      signal,
    );
    expect(added.filter(({ ok }) => !ok)).toEqual([]);
    const open = new Set(server.files.map(({ path }) => gidOf(path)));
    const ends: Aria2News[] = [];
    const end = new AbortController();
    await watchAria2({
      client,
      gids: () => [...open],
      onNews: (news) => {
        if (news.kind !== 'complete' && news.kind !== 'failed' && news.kind !== 'unknown') return;
        ends.push(news);
        open.delete(news.gid);
        if (open.size === 0) end.abort();
      },
      onReach: (problem) => expect(problem).toBeNull(),
      pause: (ms, signalled) => wait(ms, undefined, { signal: signalled }),
      signal: end.signal,
      everyMs: 50,
    });
    expect(ends.filter(({ kind }) => kind !== 'complete')).toEqual([]);
    for (const { path } of server.files) {
      expect((await readFile(join(folder, path))).equals(server.contentOf(path)), path).toBe(true);
    }
  });

  test('handed over twice is fetched once', async () => {
    const jobs = server.files.slice(0, 3).map((file) => jobOf(file, { isPaused: true }));
    await client.add(jobs, signal);
    expect(await client.add(jobs, signal)).toEqual(jobs.map(({ gid }) => ({ gid, ok: true })));
    const { waiting, active } = await client.overview(signal);
    expect(active).toEqual([]);
    expect(waiting.map(({ gid }) => gid).sort()).toEqual(jobs.map(({ gid }) => gid).sort());
  });

  test('pauses, goes on, removes, forgets', async () => {
    const [first, second] = server.files.slice(0, 2).map((file) => jobOf(file, { isPaused: true }));
    if (first === undefined || second === undefined) throw new Error('no files');
    await client.add([first, second], signal);
    expect(await stateOf(first.gid)).toBe('paused');
    expect(await client.pause([first.gid], signal)).toEqual([]);
    expect(await client.unpause([first.gid], signal)).toEqual([first.gid]);
    await expect.poll(() => stateOf(first.gid)).toBe('complete');
    expect(await client.remove([second.gid], signal)).toEqual([second.gid]);
    await expect.poll(() => stateOf(second.gid)).toBeNull();
    expect(await client.forget([first.gid, second.gid], signal)).toEqual([first.gid]);
    expect(await stateOf(first.gid)).toBeNull();
    expect((await client.overview(signal)).stopped).toEqual([]);
  });

  test('what is not as promised, gone, or in the way ends with its reason', async () => {
    const [one, two, three] = server.files as [PlannedFile, PlannedFile, PlannedFile];
    await client.add([jobOf(three)], signal);
    await expect.poll(() => stateOf(gidOf(three.path))).toBe('complete');
    const jobs = [
      jobOf(one, { checksum: `md5=${'0'.repeat(32)}` }),
      jobOf(two, { url: `${two.url}-gone` }),
      jobOf(three, { gid: gidOf('in the way') }),
    ];
    await client.add(jobs, signal);
    await expect
      .poll(async () =>
        [
          ...(
            await client.statuses(
              jobs.map(({ gid }) => gid),
              signal,
            )
          ).values(),
        ].map((status) => status?.errorCode),
      )
      .toEqual(['32', '3', '13']);
  });

  test('a wrong token is refused, and no token is in any words', async () => {
    const jobs = server.files.slice(0, 1).map((file) => jobOf(file));
    // aria2 takes a second to refuse one call.
    const calls = [
      (other: Aria2Client) => other.add(jobs, signal),
      (other: Aria2Client) => other.version(signal),
    ];
    for (const [at, token] of ['wrong-token-of-mine', null].entries()) {
      const other = connect(token);
      const error = await calls[at]?.(other).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: 'key-needed' });
      expect(inspect(error, { depth: 9 })).not.toContain('wrong-token');
      expect(inspect(other, { depth: 9, showHidden: true })).not.toContain('wrong-token');
      other.close();
    }
    expect(daemon.output()).not.toContain(daemon.token);
  });

  test('one that went away is told of', async () => {
    await daemon.stop();
    const error = await client.version(signal).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'unavailable', retryable: true });
    expect(inspect(error, { depth: 9 })).not.toContain(daemon.token);
  });
});

describe('a stranger in its place', () => {
  const token = 'a-token-that-nobody-sees';

  async function ask(answer: (body: string) => string) {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.end(answer(body)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = new Aria2Client({ url: new URL(`http://127.0.0.1:${port}/jsonrpc`), token });
    try {
      return await client.statuses(['2089b05ecca3d829'], signal).then(
        () => null,
        (reason: unknown) => reason,
      );
    } finally {
      client.close();
      server.closeAllConnections();
      server.close();
    }
  }
  const idOf = (body: string) => (JSON.parse(body) as { id: string }).id;

  test.each([
    ['a web page', () => '<html>'],
    ['nothing', () => ''],
    ['an answer to something else', () => JSON.stringify({ id: 'x', result: [[{}]] })],
    ['too few answers', (body: string) => JSON.stringify({ id: idOf(body), result: [] })],
    [
      'a status of nonsense',
      (body: string) => JSON.stringify({ id: idOf(body), result: [[{ gid: 1 }]] }),
    ],
  ])('%s is no answer', async (_, answer) => {
    expect(await ask(answer)).toMatchObject({ code: 'bad-answer' });
  });

  test('one that repeats what it was sent does not bring the token into the message', async () => {
    const error = await ask((body) =>
      JSON.stringify({ id: idOf(body), error: { code: 1, message: body } }),
    );
    expect(error).toMatchObject({ code: 'refused-by-archive' });
    expect(inspect(error, { depth: 9 })).not.toContain(token);
  });
});
