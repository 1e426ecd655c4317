import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LaunchedApp } from '#test/support/launch/launch-app.ts';
import { usualMain, writeTinyApp, type TinyApp } from '#test/support/preview-runtime-app.ts';

const sizeBytes = 5 * 1024 * 1024;

/** A WAV of silence in which each byte of sound tells its place, served in 64 KiB pieces with Range. */
const media = `
const size = ${sizeBytes};
const header = Buffer.alloc(44);
header.write('RIFF', 0); header.writeUInt32LE(size - 8, 4); header.write('WAVEfmt ', 8);
header.writeUInt32LE(16, 16); header.writeUInt16LE(1, 20); header.writeUInt16LE(1, 22);
header.writeUInt32LE(8000, 24); header.writeUInt32LE(8000, 28); header.writeUInt16LE(1, 32);
header.writeUInt16LE(8, 34); header.write('data', 36); header.writeUInt32LE(size - 44, 40);
const byteAt = (at) => (at < 44 ? header[at] : (at * 7 + (at >> 8)) & 0xff);
const ranges = [];
pages.set('/media', (request) => {
  const range = request.headers.get('range');
  ranges.push(range);
  const match = /^bytes=(\\d+)-(\\d*)$/.exec(range ?? '');
  const start = match ? Number(match[1]) : 0;
  const end = match && match[2] !== '' ? Math.min(Number(match[2]), size - 1) : size - 1;
  let at = start;
  const body = new ReadableStream({
    pull(out) {
      if (at > end) { out.close(); return; }
      const piece = new Uint8Array(Math.min(65536, end - at + 1));
      for (let i = 0; i < piece.length; i += 1) piece[i] = byteAt(at + i);
      at += piece.length;
      out.enqueue(piece);
    },
  });
  const headers = { 'content-type': 'audio/wav', 'content-length': String(end - start + 1), 'accept-ranges': 'bytes' };
  if (match) headers['content-range'] = 'bytes ' + start + '-' + end + '/' + size;
  return new Response(request.method === 'HEAD' ? null : body, { status: match ? 206 : 200, headers });
});
let cancelled = 0;
pages.set('/endless', () => new Response(new ReadableStream({
  pull(out) { out.enqueue(new Uint8Array(65536)); },
  cancel() { cancelled += 1; },
})));
pages.set('/echo', async (request) => Response.json({
  url: request.url,
  method: request.method,
  body: await request.text(),
  cookie: request.headers.get('cookie'),
  referer: request.headers.get('referer'),
}));
pages.set('/wrong', () => 'not a response');
const asked = [];
pages.set('/script.js', page('text/javascript', 'window.ownScript = true;'));
`;

const main = `
${media}
app.on('web-contents-created', (event, contents) => {
  contents.on('will-navigate', (event) => {
    asked.push(event.url);
    if (!event.url.startsWith('app://almagest/')) event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    asked.push('open ' + url);
    return { action: 'deny' };
  });
});
${usualMain(`
  session.defaultSession.setPermissionRequestHandler((contents, permission, callback) => callback(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.on('will-download', (event, item) => {
    asked.push('download ' + item.getURL());
    event.preventDefault();
  });
  ipcMain.handle('asked', () => asked.splice(0));
  ipcMain.handle('ranges', () => ranges.splice(0));
  ipcMain.handle('cancelled', () => cancelled);
  ipcMain.handle('second-scheme-handler', () => {
    try { protocol.handle('app', serve); } catch (error) { return error.message; }
    return 'nothing thrown';
  });
  ipcMain.handle('late-privileges', () => {
    try { protocol.registerSchemesAsPrivileged(schemes); } catch (error) { return error.message; }
    return 'nothing thrown';
  });
`)}`;

const preload = `
const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('ask', (channel) => ipcRenderer.invoke(channel));
`;

const html = `<!doctype html><title>Tiny</title><h1>Tiny</h1>
<script src="script.js"></script><script>window.inlineScript = true;</script>
<a id="blank" href="https://example.org/blank" target="_blank">blank</a>
<a id="plain" href="https://example.org/plain">plain</a>
<a id="file" href="/media" download="x.wav">download</a>`;

declare const ask: (channel: string) => Promise<unknown>;

let app: LaunchedApp;
let fixture: TinyApp;

beforeAll(async () => {
  fixture = writeTinyApp({ main, preload, html });
  app = await fixture.launch();
});

afterAll(async () => {
  await fixture.remove();
});

const askMain = (channel: string): Promise<unknown> =>
  app.page.evaluate((name) => ask(name), channel);

describe('the custom scheme', () => {
  test('a range of a large body arrives as 206 with just its bytes', async () => {
    const answer = await app.page.evaluate(async () => {
      const response = await fetch('media', { headers: { range: 'bytes=4000000-4000009' } });
      return {
        status: response.status,
        range: response.headers.get('content-range'),
        bytes: [...new Uint8Array(await response.arrayBuffer())],
      };
    });
    const bytes = Array.from({ length: 10 }, (_, at) => {
      const place = 4_000_000 + at;
      return (place * 7 + (place >> 8)) & 0xff;
    });
    expect(answer).toEqual({
      status: 206,
      range: `bytes 4000000-4000009/${sizeBytes}`,
      bytes,
    });
  });

  test('HEAD has the headers and no body', async () => {
    const answer = await app.page.evaluate(async () => {
      const response = await fetch('media', { method: 'HEAD' });
      const { byteLength } = await response.arrayBuffer();
      return [response.status, response.headers.get('content-length'), byteLength];
    });
    expect(answer).toEqual([200, String(sizeBytes), 0]);
  });

  test('a media element seeks by asking for a later range', async () => {
    await askMain('ranges');
    const time = await app.page.evaluate(async () => {
      const audio = document.createElement('audio');
      audio.preload = 'metadata';
      audio.src = 'media';
      document.body.append(audio);
      await new Promise((resolve, reject) => {
        audio.onloadedmetadata = resolve;
        audio.onerror = () => reject(new Error(audio.error?.message));
      });
      const seeked = new Promise((resolve) => (audio.onseeked = resolve));
      audio.currentTime = 600;
      await seeked;
      const { currentTime, duration } = audio;
      audio.remove();
      return [currentTime, Math.round(duration)];
    });
    expect(time).toEqual([600, Math.round((sizeBytes - 44) / 8000)]);
    const starts = ((await askMain('ranges')) as string[]).map((range) =>
      Number(/bytes=(\d+)/.exec(range)?.[1]),
    );
    expect(starts.some((start) => start > 1_000_000)).toBe(true);
  });

  test('main is told of a page that gives up by the body being cancelled', async () => {
    await app.page.evaluate(async () => {
      const controller = new AbortController();
      const response = await fetch('endless', { signal: controller.signal });
      await response.body?.getReader().read();
      controller.abort();
    });
    await expect.poll(() => askMain('cancelled')).toBe(1);
  });

  test('the handler gets a Request at the app’s own address, without our cookie', async () => {
    const echo = await app.page.evaluate(async () => {
      const response = await fetch('echo?q=1', { method: 'POST', body: 'hello' });
      return (await response.json()) as unknown;
    });
    expect(echo).toEqual({
      url: 'app://almagest/echo?q=1',
      method: 'POST',
      body: 'hello',
      cookie: null,
      referer: 'app://almagest/',
    });
  });

  test('an answer that is no Response is a network error', async () => {
    const failed = await app.page.evaluate(() =>
      fetch('wrong').then(
        () => false,
        () => true,
      ),
    );
    expect(failed).toBe(true);
    expect(app.log()).toContain('the handler gave no Response');
  });

  test('a scheme takes one handler, and privileges only before ready', async () => {
    expect(await askMain('second-scheme-handler')).toBe('Failed to register protocol: app');
    expect(await askMain('late-privileges')).toMatch(/should be called before app is ready/);
  });

  test('other programs on this machine get nothing', async () => {
    const { port, host, hostname } = new URL(app.page.url());
    const statusOf = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        httpRequest({ host: '127.0.0.1', port, path: '/', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    const [cookie] = await app.page.context().cookies(app.page.url());
    if (cookie === undefined) throw new Error('the page has no cookie');
    const pair = `${cookie.name}=${cookie.value}`;
    expect(hostname).toBe('almagest.localhost');
    expect(cookie.httpOnly).toBe(true);
    expect(await statusOf({ host })).toBe(403);
    expect(await statusOf({ host, cookie: `${cookie.name}=guess` })).toBe(403);
    expect(await statusOf({ host: `127.0.0.1:${port}`, cookie: pair })).toBe(403);
    expect(await statusOf({ host: `evil.example:${port}`, cookie: pair })).toBe(403);
    expect(await statusOf({ host, cookie: pair })).toBe(200);
  });
});

describe('what the page may not do', () => {
  test('the policy of main is enforced', async () => {
    const scripts = await app.page.evaluate(() => ({
      own: Reflect.get(window, 'ownScript') as unknown,
      inline: Reflect.get(window, 'inlineScript') as unknown,
    }));
    expect(scripts).toEqual({ own: true, inline: undefined });
    const violated = await app.page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) =>
            resolve(event.effectiveDirective),
          );
          void fetch('http://127.0.0.1:9/').catch(() => undefined);
        }),
    );
    expect(violated).toBe('connect-src');
  });

  test('it goes nowhere else', async () => {
    await askMain('asked');
    const before = app.page.url();
    await app.page.click('#plain');
    await expect.poll(() => askMain('asked')).toEqual(['https://example.org/plain']);
    expect(app.page.url()).toBe(before);
    await expect(app.page.goto('https://example.org/')).rejects.toThrow(/ERR_ABORTED/);
    expect(app.page.url()).toBe(before);
  });

  test('it opens no window, and main is asked about each', async () => {
    await askMain('asked');
    const opened = await app.page.evaluate(() => window.open('https://example.org/script'));
    expect(opened).toBeNull();
    await app.page.click('#blank');
    await app.page.click('#plain', { modifiers: ['Control'] });
    const all: string[] = [];
    await expect
      .poll(async () => {
        all.push(...((await askMain('asked')) as string[]));
        return all;
      })
      .toEqual([
        'open https://example.org/script',
        'open https://example.org/blank',
        'open https://example.org/plain',
      ]);
    await expect.poll(() => app.page.context().pages().length).toBe(1);
    expect(await app.page.evaluate(() => document.visibilityState)).toBe('visible');
  });

  test('its downloads are denied', async () => {
    await askMain('asked');
    await app.page.click('#file');
    await expect
      .poll(() => askMain('asked'))
      .toEqual([expect.stringMatching(/^download app:\/\/almagest\/media/)]);
  });

  test('its permissions are denied', async () => {
    const states = await app.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'];
      const found: Record<string, string> = {};
      for (const name of names) {
        const status = await navigator.permissions.query({ name: name as PermissionName });
        found[name] = status.state;
      }
      return found;
    });
    expect(new Set(Object.values(states))).toEqual(new Set(['denied']));
  });

  test('reloading brings the bridge back', async () => {
    await app.page.reload();
    expect(await askMain('cancelled')).toBeGreaterThanOrEqual(1);
    await app.page.evaluate(() => location.reload());
    await expect.poll(() => askMain('asked').catch(() => null)).toContain('app://almagest/');
  });
});
