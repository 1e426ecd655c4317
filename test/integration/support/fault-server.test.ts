import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import {
  byPath,
  dropConnection,
  inTurn,
  parseRange,
  redirectTo,
  serveFile,
  serveHtmlError,
  serveJson,
  startFaultServer,
} from '#test/support/fault-server.ts';
import type { FaultServer } from '#test/support/fault-server.ts';

const content = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
const open: FaultServer[] = [];

async function start(...args: Parameters<typeof startFaultServer>): Promise<FaultServer> {
  const server = await startFaultServer(...args);
  open.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Reads an answer to its end without any of fetch's help: how many bytes came, and whether it broke. */
function readRaw(
  url: string,
): Promise<{ length: string | undefined; bytes: number; broken: boolean }> {
  return new Promise((resolve, reject) => {
    httpRequest(url, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('error', () => {});
      answer.on('close', () =>
        resolve({ length: answer.headers['content-length'], bytes, broken: !answer.complete }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('serveFile', () => {
  test('serves a range, honours If-Range, and says 416 and 304', async () => {
    const { base } = await start(serveFile(content, { etag: '"one"' }));
    const part = await fetch(base, { headers: { range: 'bytes=10-19', 'if-range': '"one"' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 10-19/1000');
    expect(Buffer.from(await part.arrayBuffer())).toEqual(content.subarray(10, 20));
    const changed = await fetch(base, { headers: { range: 'bytes=10-19', 'if-range': '"two"' } });
    expect(changed.status).toBe(200);
    expect((await changed.arrayBuffer()).byteLength).toBe(1000);
    expect((await fetch(base, { headers: { range: 'bytes=1000-' } })).status).toBe(416);
    expect((await fetch(base, { headers: { 'if-none-match': '"one"' } })).status).toBe(304);
  });

  test('cuts the body at the byte asked for', async () => {
    const { base } = await start(serveFile(content, { cutAfterBytes: 300 }));
    expect(await readRaw(base)).toEqual({ length: '1000', bytes: 300, broken: true });
  });

  test('promises more than it sends', async () => {
    const { base } = await start(serveFile(content, { contentLength: 1200 }));
    expect(await readRaw(base)).toEqual({ length: '1200', bytes: 1000, broken: true });
  });

  test('sends the wrong range, or everything, or several parts', async () => {
    const server = await start(serveFile(content, { rangeShiftBytes: -5 }));
    const ask = () => fetch(server.base, { headers: { range: 'bytes=100-' } });
    expect((await ask()).headers.get('content-range')).toBe('bytes 95-999/1000');
    server.use(serveFile(content, { ignoreRange: true }));
    expect((await ask()).status).toBe(200);
    server.use(serveFile(content, { multipartRange: true }));
    expect((await ask()).headers.get('content-type')).toMatch(/^multipart\/byteranges/);
  });

  test('swaps the file between two requests', async () => {
    let version = 1;
    const file = () => Buffer.from(`version ${version}`);
    const { base } = await start(serveFile(file, () => ({ etag: `"${version}"` })));
    expect(await (await fetch(base)).text()).toBe('version 1');
    version = 2;
    const second = await fetch(base, { headers: { range: 'bytes=3-', 'if-range': '"1"' } });
    expect([second.status, await second.text()]).toEqual([200, 'version 2']);
  });

  test('gzips what nobody wanted gzipped', async () => {
    const { base } = await start(serveFile(content, { gzip: true }));
    const raw = await readRaw(base);
    expect(raw.bytes).not.toBe(1000);
    expect(Buffer.from(await (await fetch(base)).arrayBuffer())).toEqual(content);
  });
});

test('handlers in turn, by path, redirects, error pages and broken connections', async () => {
  const server = await start(
    byPath({
      '/turn': inTurn(serveHtmlError(502), serveJson({ fine: true })),
      '/away': redirectTo('/turn'),
      '/drop': dropConnection(),
    }),
  );
  const first = await fetch(`${server.base}/turn`);
  expect([first.status, first.headers.get('content-type')]).toEqual([502, 'text/html']);
  expect(await (await fetch(`${server.base}/away?x=1`)).json()).toEqual({ fine: true });
  await expect(fetch(`${server.base}/drop`)).rejects.toThrow();
  expect((await fetch(`${server.base}/nothing`)).status).toBe(404);
  await server.waitForRequests(5);
  expect(server.requests.map((one) => one.url)).toEqual([
    '/turn',
    '/away?x=1',
    '/turn',
    '/drop',
    '/nothing',
  ]);
});

test('ranges that are none, or several, are not read', () => {
  expect(parseRange('bytes=-100', 1000)).toEqual({ start: 900, end: 999 });
  expect(parseRange('bytes=5-', 1000)).toEqual({ start: 5, end: 999 });
  for (const header of [undefined, '', 'bytes=-', 'bytes=1-2,4-5', 'items=1-2']) {
    expect(parseRange(header, 1000)).toBeNull();
  }
});
