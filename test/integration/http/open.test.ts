import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { ArchiveError } from '#contract/errors.ts';
import { serveFile, startFaultServer, type FaultServer } from '#test/support/fault-server.ts';
import { openDoor } from '#test/support/http-door.ts';

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_value, at) => at % 251));
let server: FaultServer;
let door: ReturnType<typeof openDoor>;

beforeEach(async () => {
  server = await startFaultServer(serveFile(bytes, { etag: '"v1"' }));
  door = openDoor(server.base);
});

afterEach(async () => {
  door.close();
  await server.close();
});

const request = (headers: Record<string, string> = {}) => ({
  ...door.request(`${server.base}/file.bin`, 'nasa-files'),
  headers,
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ArchiveError ? error.code : `not an ArchiveError: ${String(error)}`;
}

describe('a body', () => {
  test('comes byte for byte, in identity coding', async () => {
    const answer = await door.http.open(request());
    expect(answer.status).toBe(200);
    expect((await buffer(answer.body)).equals(bytes)).toBe(true);
    expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  test('that is compressed all the same is not unpacked', async () => {
    server.use(serveFile(bytes, { gzip: true }));
    const answer = await door.http.open(request());
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect((await buffer(answer.body)).equals(gzipSync(bytes))).toBe(true);
  });

  test('may be a part', async () => {
    const answer = await door.http.open(request({ range: 'bytes=10-19', 'if-range': '"v1"' }));
    expect(answer.status).toBe(206);
    expect(answer.headers['content-range']).toBe('bytes 10-19/300000');
    expect((await buffer(answer.body)).equals(bytes.subarray(10, 20))).toBe(true);
  });

  test.each([404, 416, 429, 503])('of status %i comes as it is, asked for once', async (status) => {
    server.use((_request, response) => {
      response.writeHead(status).end('words');
    });
    const answer = await door.http.open(request());
    expect(answer.status).toBe(status);
    expect((await buffer(answer.body)).toString()).toBe('words');
    expect(server.requests).toHaveLength(1);
  });

  test('is empty for HEAD', async () => {
    const answer = await door.http.open({ ...request(), method: 'HEAD' });
    expect(answer.headers['content-length']).toBe('300000');
    expect((await buffer(answer.body)).length).toBe(0);
  });

  test('that is cut fails after what came', async () => {
    server.use(serveFile(bytes, { cutAfterBytes: 100_000 }));
    const answer = await door.http.open(request());
    let size = 0;
    const code = await codeOf(
      (async () => {
        for await (const chunk of answer.body as AsyncIterable<Buffer>) size += chunk.length;
      })(),
    );
    expect(code).toBe('unavailable');
    expect(size).toBeLessThanOrEqual(100_000);
  });

  test('that stalls fails', async () => {
    server.use(serveFile(bytes, { stallAfterBytes: 1000 }));
    const answer = await door.http.open(request(), { stallMs: 60 });
    expect(await codeOf(buffer(answer.body))).toBe('unavailable');
  });

  test('is not called stalled while nobody reads it, and holds its sender back', async () => {
    let sent = 0;
    server.use((_request, response) => {
      response.writeHead(200);
      const push = (): void => {
        while (sent < 64 * 1024 * 1024) {
          sent += 64 * 1024;
          if (!response.write(Buffer.alloc(64 * 1024))) {
            response.once('drain', push);
            return;
          }
        }
        response.end();
      };
      push();
    });
    const answer = await door.http.open(request(), { stallMs: 1000 });
    const chunks = answer.body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    await chunks.next();
    // Longer than the stall limit: waiting is what is tested here.
    await new Promise((done) => setTimeout(done, 1300));
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    let size = 0;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
      size += next.value.length;
    expect(size).toBeGreaterThan(60 * 1024 * 1024);
  });
});

describe('cancelling', () => {
  test('ends a body at once', async () => {
    server.use(serveFile(bytes, { stallAfterBytes: 1000 }));
    const controller = new AbortController();
    const answer = await door.http.open({ ...request(), signal: controller.signal });
    const reading = codeOf(buffer(answer.body));
    controller.abort();
    expect(await reading).toBe('cancelled');
  });

  test('gives back the leave, as does a body that is dropped', async () => {
    door.close();
    door = openDoor(server.base, {}, { perSecond: 1000, burst: 1000, atOnce: 1 });
    server.use(serveFile(bytes, { stallAfterBytes: 1000 }));
    const controller = new AbortController();
    const first = await door.http.open({ ...request(), signal: controller.signal });
    controller.abort();
    expect(first.body.destroyed).toBe(true);
    const second = await door.http.open(request());
    second.body.destroy();
    server.use(serveFile(bytes));
    const third = await door.http.open(request());
    expect((await buffer(third.body)).length).toBe(bytes.length);
  });
});

test('a connection that the server closed in between is replaced without a word', async () => {
  const answer = await door.http.open(request());
  await buffer(answer.body);
  let isFirst = true;
  server.use((incoming, response) => {
    if (isFirst) {
      isFirst = false;
      incoming.socket.destroy();
      return;
    }
    return serveFile(bytes)(incoming, response);
  });
  const again = await door.http.open(request());
  expect((await buffer(again.body)).length).toBe(bytes.length);
});
