import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArchiveError } from '#contract/errors.ts';
import {
  startFaultServer,
  type FaultHandler,
  type FaultServer,
} from '#test/support/fault-server.ts';
import { openDoor } from '#test/support/http-door.ts';

let server: FaultServer;
let door: ReturnType<typeof openDoor>;

beforeEach(async () => {
  server = await startFaultServer(json({ ok: true }));
  door = openDoor(server.base);
});

afterEach(async () => {
  door.close();
  await server.close();
});

function json(body: unknown, status = 200, headers: Record<string, string> = {}): FaultHandler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

function text(
  body: string | Buffer,
  status = 200,
  headers: Record<string, string> = {},
): FaultHandler {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

async function failure(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await promise.then(
    (value) => new Error(`answered ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ArchiveError)) throw new Error('not an ArchiveError', { cause: error });
  return error;
}

const ask = (path = '/search?q=apollo') => door.http.getJson(door.request(`${server.base}${path}`));

describe('a document', () => {
  test('comes parsed, with our name in the request', async () => {
    const answer = await ask();
    expect(answer.body).toEqual({ ok: true });
    expect(answer.status).toBe(200);
    expect(server.requests[0]?.headers['user-agent']).toBe('Almagest/test');
    expect(server.requests[0]?.headers['accept-encoding']).toContain('gzip');
    expect(server.requests[0]?.url).toBe('/search?q=apollo');
  });

  test('may be compressed, and may begin with a byte order mark', async () => {
    server.use(text(gzipSync('\uFEFF{"packed":1}'), 200, { 'content-encoding': 'gzip' }));
    expect((await ask()).body).toEqual({ packed: 1 });
  });

  test.each([
    ['a web page', text('<!DOCTYPE html><title>Hi</title>'), 'a web page'],
    ['nothing', text(''), 'nothing'],
    ['a cut document', text('{"collection":{"items":['), 'something cut short'],
    ['plain words', text('hello'), 'something unreadable'],
    [
      'broken gzip',
      text(Buffer.from('not gzip'), 200, { 'content-encoding': 'gzip' }),
      'damaged data',
    ],
    [
      'cut gzip',
      text(gzipSync(JSON.stringify({ long: 'x'.repeat(5000) })).subarray(0, 30), 200, {
        'content-encoding': 'gzip',
      }),
      'damaged data',
    ],
    ['no content', text('', 204), 'status 204'],
  ])('that is %s is named as that and asked for once', async (_name, handler, words) => {
    server.use(handler);
    const error = await failure(ask());
    expect(error.code).toBe('bad-answer');
    expect(error.message).toContain(words);
    expect(server.requests).toHaveLength(1);
  });

  test('that is a gzip bomb is dropped at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
    server.use(text(bomb, 200, { 'content-encoding': 'gzip' }));
    const error = await failure(ask());
    expect(error.code).toBe('bad-answer');
    expect(error.message).toContain('more than 32 MB');
  });
});

describe('an error', () => {
  test.each([
    [400, 'refused-by-archive'],
    [401, 'key-needed'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [406, 'refused-by-archive'],
    [410, 'not-found'],
  ])('%i becomes %s with the archive’s own words, asked for once', async (status, code) => {
    server.use(json({ reason: 'Invalid\nsearch parameter' }, status));
    const error = await failure(ask());
    expect(error.code).toBe(code);
    expect(error.message).toContain('“Invalid search parameter”');
    expect(error.message).toContain(`(${String(status)})`);
    expect(error.retryable).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  test.each([500, 502, 503, 504])('%i is tried three times, HTML and all', async (status) => {
    server.use(text('<html>Bad gateway</html>', status));
    const error = await failure(ask());
    expect(error.code).toBe('unavailable');
    expect(error.message).toContain(`NASA answered with an error of its own (${String(status)})`);
    expect(error.message).toContain('We tried three times in under a second.');
    expect(error.message).not.toContain('gateway');
    expect(error.retryable).toBe(true);
    expect(server.requests).toHaveLength(3);
  });

  test('that passes is not told', async () => {
    let left = 2;
    server.use((request, response) => {
      const handler = left-- > 0 ? text('', 502) : json({ late: true });
      return handler(request, response);
    });
    expect((await ask()).body).toEqual({ late: true });
  });

  test('carries its request line without secrets', async () => {
    server.use(json({}, 404));
    const error = await failure(ask('/x?api_key=abc&q=1&API_SECRET=def'));
    expect(error.detail).toMatch(
      /^GET http:\/\/127\.0\.0\.1:\d+\/x\?api_key=\*\*\*&q=1&API_SECRET=\*\*\* 404 after \d+ ms$/,
    );
    expect(JSON.stringify(error.toWire())).not.toMatch(/abc|def/);
  });

  test('429 with a short Retry-After is waited for', async () => {
    let isFirst = true;
    server.use((request, response) => {
      const handler = isFirst ? text('', 429, { 'retry-after': '1' }) : json({ now: true });
      isFirst = false;
      return handler(request, response);
    });
    const startedMs = performance.now();
    expect((await ask()).body).toEqual({ now: true });
    expect(performance.now() - startedMs).toBeGreaterThan(990);
  });

  test('429 with a long Retry-After is told at once, with the time', async () => {
    server.use(json({ reason: 'Too many' }, 429, { 'retry-after': '120' }));
    const error = await failure(ask());
    expect(error.code).toBe('rate-limited');
    expect(error.retryAfterMs).toBe(120_000);
    expect(error.message).toContain('Too many');
    expect(server.requests).toHaveLength(1);
    expect((await failure(ask())).code).toBe('rate-limited');
    expect(server.requests).toHaveLength(1);
  });
});

describe('no answer', () => {
  test('at a closed port is unavailable', async () => {
    await server.close();
    const error = await failure(ask());
    expect(error.code).toBe('unavailable');
    expect(error.message).toContain('NASA didn’t answer. We tried three times');
    expect(error.detail).toContain('ECONNREFUSED');
  });

  test('when the connection breaks is tried again', async () => {
    server.use((_request, response) => {
      response.destroy();
    });
    expect((await failure(ask())).code).toBe('unavailable');
    expect(server.requests.length).toBeGreaterThanOrEqual(3);
  });

  test('when the body is cut is tried again', async () => {
    server.use((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"a":');
      setImmediate(() => response.destroy());
    });
    expect((await failure(ask())).code).toBe('unavailable');
    expect(server.requests).toHaveLength(3);
  });

  test('in time is unavailable', async () => {
    door.close();
    door = openDoor(server.base, { timeouts: { responseMs: 50 } });
    server.use(() => undefined);
    const error = await failure(ask());
    expect(error.code).toBe('unavailable');
    expect(server.requests).toHaveLength(3);
  });

  test('to the end in time is unavailable', async () => {
    server.use((_request, response) => {
      response.writeHead(200).write('{');
    });
    const error = await failure(
      door.http.getJson(door.request(`${server.base}/slow`), { timeoutMs: 100 }),
    );
    expect(error.code).toBe('unavailable');
  });

  test('of the name service is offline', async () => {
    door.close();
    door = openDoor('https://images-api.nasa.gov', {
      resolveName: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    });
    const error = await failure(door.http.getJson(door.request('https://images-api.nasa.gov/x')));
    expect(error.code).toBe('offline');
    expect(door.governor.status('nasa-api').state).toBe('offline');
  });
});

describe('cancelling', () => {
  test('before, while waiting for the head and while reading ends at once', async () => {
    const before = AbortSignal.abort();
    const url = `${server.base}/x`;
    expect((await failure(door.http.getJson({ url, lane: 'nasa-api', signal: before }))).code).toBe(
      'cancelled',
    );
    expect(server.requests).toHaveLength(0);

    server.use(() => undefined);
    const head = new AbortController();
    const waiting = failure(door.http.getJson({ url, lane: 'nasa-api', signal: head.signal }));
    await server.waitForRequests(1);
    head.abort();
    expect((await waiting).code).toBe('cancelled');

    const body = new AbortController();
    server.use((_request, response) => {
      response.writeHead(200).write('{');
    });
    const reading = failure(door.http.getJson({ url, lane: 'nasa-api', signal: body.signal }));
    await server.waitForRequests(2);
    body.abort();
    expect((await reading).code).toBe('cancelled');
    expect(server.requests).toHaveLength(2);
  });
});

describe('redirects', () => {
  const to = (location: string): FaultHandler => text('', 302, { location });

  test('are followed, each hop asked of the policy', async () => {
    server.use((request, response) =>
      (request.url === '/a' ? to('/b?x=1') : json({ at: request.url }))(request, response),
    );
    const answer = await ask('/a');
    expect(answer.body).toEqual({ at: '/b?x=1' });
    expect(answer.url).toBe(`${server.base}/b?x=1`);
  });

  test.each([
    ['http://169.254.169.254/latest/meta-data', 'forbidden'],
    ['https://example.org/', 'forbidden'],
    ['file:///etc/passwd', 'forbidden'],
    ['//user:pass@127.0.0.1/', 'forbidden'],
    ['http://[', 'bad-answer'],
  ])('to %s are refused', async (location, code) => {
    server.use(to(location));
    expect((await failure(ask())).code).toBe(code);
    expect(server.requests).toHaveLength(1);
  });

  test('end after five', async () => {
    server.use(to('/again'));
    expect((await failure(ask())).code).toBe('bad-answer');
    expect(server.requests).toHaveLength(6);
  });

  test('do not carry a login to another origin', async () => {
    const other = await startFaultServer(json({ other: true }));
    server.use(to(`${other.base}/x`));
    const request = {
      ...door.request(`${server.base}/x`),
      headers: { authorization: 'secret', accept: 'x/y' },
    };
    await door.http.getJson(request);
    expect(server.requests[0]?.headers.authorization).toBe('secret');
    expect(other.requests[0]?.headers.authorization).toBeUndefined();
    expect(other.requests[0]?.headers.accept).toBe('x/y');
    await other.close();
  });
});

describe('a real archive', () => {
  test.each([['127.0.0.1'], ['10.0.0.1'], ['::1'], ['fd00::1'], ['8.8.8.8', '192.168.1.1'], []])(
    'whose name resolves to %s %s is not asked',
    async (...addresses) => {
      door.close();
      door = openDoor('https://images-api.nasa.gov', {
        resolveName: () =>
          Promise.resolve(
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          ),
      });
      const error = await failure(door.http.getJson(door.request('https://images-api.nasa.gov/x')));
      expect(error.code).toBe('forbidden');
      expect(error.message).toContain('private network');
    },
  );

  test('is asked through a proxy, by its name', async () => {
    const seen: string[] = [];
    const { createServer } = await import('node:http');
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      seen.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    const address = proxy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    door.close();
    door = openDoor('https://images-api.nasa.gov', {
      resolveProxy: () => `http://127.0.0.1:${String(port)}`,
    });
    const error = await failure(door.http.getJson(door.request('https://images-api.nasa.gov/x')));
    expect(error.code).toBe('unavailable');
    expect(seen).toEqual(Array(3).fill('images-api.nasa.gov:443'));
    proxy.closeAllConnections();
    await new Promise((done) => proxy.close(done));
  });
});
