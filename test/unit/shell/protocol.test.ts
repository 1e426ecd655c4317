import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MediaRequest, MediaResponse } from '#main/cache/media-service.ts';
import { createOwnOrigin, ownSchemePrivileges } from '#main/shell/protocol.ts';
import { listStaticFiles } from '#main/shell/static-files.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almagest-origin-'));
  const site = join(folder, 'renderer');
  await mkdir(join(site, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.html'), 'secret');
  await writeFile(join(site, 'index.html'), '<!doctype html>page');
  await writeFile(join(site, 'assets', 'index-AbC_1.js'), 'run()');
  await writeFile(join(site, 'assets', 'plex.woff2'), 'font');
  await writeFile(join(site, 'assets', 'index.js.map'), '{}');
  await writeFile(join(site, '.hidden.html'), 'hidden');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Setup {
  answer?: (request: MediaRequest) => Promise<MediaResponse>;
}

function setUp({ answer }: Setup = {}) {
  const asked: MediaRequest[] = [];
  const failures: unknown[] = [];
  const handle = createOwnOrigin({
    files: listStaticFiles(join(folder, 'renderer')),
    media: Promise.resolve({
      respond: async (request: MediaRequest) => {
        asked.push(request);
        return answer?.(request) ?? { status: 404, headers: {}, body: null };
      },
    }),
    onFailure: (error) => failures.push(error),
  });
  return {
    asked,
    failures,
    get: (url: string, init?: RequestInit) => handle(new Request(url, init)),
  };
}

const bodyOf = (text: string) => new Response(text).body as ReadableStream<Uint8Array>;

test('the scheme has the privileges that it needs and no others', () => {
  expect(ownSchemePrivileges.privileges).toEqual({
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
  });
});

describe('the page', () => {
  test('is served with its type and a policy that allows nothing foreign', async () => {
    const response = await setUp().get('app://almagest/');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>page');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(response.headers.get('permissions-policy')).toContain('camera=()');
    const policy = response.headers.get('content-security-policy') ?? '';
    const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0], part]));
    expect(directives.get('default-src')).toBe("default-src 'self'");
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(directives.get('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|data:|blob:/);
  });

  test.each([
    ['app://almagest/index.html', 'text/html; charset=utf-8'],
    ['app://almagest/assets/index-AbC_1.js', 'text/javascript; charset=utf-8'],
    ['app://almagest/assets/index-AbC_1.js?v=1', 'text/javascript; charset=utf-8'],
    ['app://almagest/assets/plex.woff2', 'font/woff2'],
  ])('has its part %s', async (url, type) => {
    const response = await setUp().get(url);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  });

  test.each([
    'app://almagest/../secret.html',
    'app://almagest/assets/../../secret.html',
    'app://almagest/..%2fsecret.html',
    'app://almagest/%2e%2e/secret.html',
    'app://almagest/assets/..%5c..%5csecret.html',
    'app://almagest//index.html',
    'app://almagest/assets',
    'app://almagest/assets/',
    'app://almagest/assets/index.js.map',
    'app://almagest/.hidden.html',
    'app://almagest/INDEX.HTML',
    'app://almagest/index.html%00.js',
    'app://almagest/nowhere',
    'app://elsewhere/',
    'other://almagest/',
  ])('has nothing at %s', async (url) => {
    const response = await setUp().get(url);
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  test('answers HEAD with the size alone, and refuses to be written to', async () => {
    const head = await setUp().get('app://almagest/', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      '19',
      '',
    ]);
    const post = await setUp().get('app://almagest/', { method: 'POST', body: 'x' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('media', () => {
  test('are asked for by their key, decoded once, with the range as sent', async () => {
    const { asked, get } = setUp();
    await get('app://almagest/media/a%2Fb%2520c', { headers: { range: 'bytes=5-9' } });
    await get('app://almagest/media/k', { method: 'HEAD' });
    expect(asked.map(({ key, method, range }) => ({ key, method, range }))).toEqual([
      { key: 'a/b%20c', method: 'GET', range: 'bytes=5-9' },
      { key: 'k', method: 'HEAD', range: null },
    ]);
  });

  test('are passed on with status, headers and body, under our own policy', async () => {
    const { get } = setUp({
      answer: async () => ({
        status: 206,
        headers: {
          'Content-Type': 'video/mp4',
          'Content-Range': 'bytes 0-3/9',
          'Content-Security-Policy': 'default-src *',
        },
        body: bodyOf('film'),
      }),
    });
    const response = await get('app://almagest/media/k');
    expect([response.status, await response.text()]).toEqual([206, 'film']);
    expect(response.headers.get('content-range')).toBe('bytes 0-3/9');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test.each(['app://almagest/media/', 'app://almagest/media/%', 'app://almagest/media/a%00b'])(
    'with a key that is none (%s) are not asked for',
    async (url) => {
      const { asked, get } = setUp();
      expect((await get(url)).status).toBe(404);
      expect(asked).toEqual([]);
    },
  );

  test('that the page no longer wants are aborted, by the request or by its body', async () => {
    const endless = async (): Promise<MediaResponse> => ({
      status: 200,
      headers: {},
      body: new ReadableStream({ pull: (out) => out.enqueue(new Uint8Array(10)) }),
    });
    const byBody = setUp({ answer: endless });
    const response = await byBody.get('app://almagest/media/k');
    expect(byBody.asked[0]?.signal.aborted).toBe(false);
    await response.body?.cancel();
    expect(byBody.asked[0]?.signal.aborted).toBe(true);

    const byRequest = setUp({ answer: endless });
    const controller = new AbortController();
    await byRequest.get('app://almagest/media/k', { signal: controller.signal });
    controller.abort();
    expect(byRequest.asked[0]?.signal.aborted).toBe(true);
  });

  test('whose service breaks its promise are an empty 500, and told of', async () => {
    const cases: (() => Promise<MediaResponse>)[] = [
      () => Promise.reject(new Error('broken')),
      async () => ({ status: 99, headers: {}, body: null }),
      async () => ({ status: 200, headers: { 'X-Title': 'Saturn\u2019s rings' }, body: null }),
    ];
    for (const answer of cases) {
      const { get, failures } = setUp({ answer });
      const response = await get('app://almagest/media/k');
      expect([response.status, await response.text()]).toEqual([500, '']);
      expect(failures).toHaveLength(1);
    }
  });
});
