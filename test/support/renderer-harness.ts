/**
 * Runs in plain Node 24. The renderer alone in a real browser: the built page, served from loopback under the
 * same content policy as the app, with a fake core where the bridge would be.
 *
 * As a program it takes a picture:
 *   node test/support/renderer-harness.ts --theme light --size 800x700 --out /tmp/x.png \
 *     --route '{"view":"nasa","query":{"q":"stars"}}' --knob state=failed --press 'Control+k' --type down
 */
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import { extname, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { builtFakeCore, builtPage } from './built-renderer.ts';
import type { Knobs } from './fake-core.ts';
import { paintChart } from './chart-picture.ts';
import { paintPicture } from './fake-pictures.ts';
import { makeFilm } from './made-film.ts';

/** The policy that main sends with the page. */
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

const pictures = new Map<string, Promise<Buffer>>();

/** Ten seconds of a tone, 8 bit, 8 kHz: for the player. */
function makeTone(): Buffer {
  const rate = 8000;
  const body = Buffer.alloc(44 + 10 * rate, 128);
  body.write('RIFF', 0);
  body.writeUInt32LE(body.length - 8, 4);
  body.write('WAVEfmt ', 8);
  for (const [value, at] of [
    [16, 16],
    [rate, 24],
    [rate, 28],
  ] as const)
    body.writeUInt32LE(value, at);
  for (const [value, at] of [
    [1, 20],
    [1, 22],
    [1, 32],
    [8, 34],
  ] as const)
    body.writeUInt16LE(value, at);
  body.write('data', 36);
  body.writeUInt32LE(body.length - 44, 40);
  for (let at = 44; at < body.length; at += 1) body[at] = 128 + Math.round(20 * Math.sin(at / 6));
  return body;
}

interface Medium {
  type: string;
  body: Promise<Buffer>;
}

const media = new Map<string, Medium>();

/** Films and sounds by name; `broken` is one in name only. */
function mediumOf(name: string): Medium | null {
  const known = media.get(name);
  if (known !== undefined) return known;
  const plan = { seconds: 90, framesPerSecond: 10, width: 320, height: 180 };
  const made: Record<string, () => Medium> = {
    'tone.wav': () => ({ type: 'audio/wav', body: Promise.resolve(makeTone()) }),
    'film.webm': () => ({ type: 'video/webm', body: makeFilm(plan) }),
    'broken.webm': () => ({ type: 'video/webm', body: Promise.resolve(Buffer.alloc(5000, 7)) }),
  };
  const medium = made[name]?.() ?? null;
  if (medium !== null) media.set(name, medium);
  return medium;
}

/** Players seek by ranges alone. */
async function sendMedium(
  medium: Medium,
  range: string | undefined,
  response: ServerResponse,
): Promise<void> {
  const body = await medium.body;
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const first = Number(asked?.[1] ?? 0);
  const last = asked?.[2] ? Number(asked[2]) : body.length - 1;
  response.writeHead(asked === null ? 200 : 206, {
    'content-type': medium.type,
    'accept-ranges': 'bytes',
    'content-length': last - first + 1,
    ...(asked === null ? {} : { 'content-range': `bytes ${first}-${last}/${body.length}` }),
  });
  response.end(body.subarray(first, last + 1));
}

async function sendPicture(name: string, response: ServerResponse): Promise<void> {
  const chart = /^chart-(\d{2,4})\.png$/.exec(name);
  if (chart !== null) {
    const painted = pictures.get(name) ?? paintChart(Number(chart[1]));
    pictures.set(name, painted);
    response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'max-age=3600' });
    response.end(await painted);
    return;
  }
  const parts = /^([a-z]+)-(\d{1,4})-(\d{1,4})x(\d{1,4})\.jpg$/.exec(name);
  if (parts === null) {
    response.writeHead(404).end();
    return;
  }
  const picture =
    pictures.get(name) ??
    paintPicture(
      parts[1] ?? '',
      Number(parts[2]),
      Math.max(1, Number(parts[3])),
      Math.max(1, Number(parts[4])),
    );
  pictures.set(name, picture);
  response.writeHead(200, { 'content-type': 'image/jpeg', 'cache-control': 'max-age=3600' });
  response.end(await picture);
}

interface Folders {
  page: string;
  fakeCore: string;
}

async function sendFile(folders: Folders, path: string, response: ServerResponse): Promise<void> {
  const base = path.startsWith('/harness/') ? folders.fakeCore : folders.page;
  if (path === '/favicon.ico') {
    response.writeHead(204).end();
    return;
  }
  const wanted = path === '/' ? 'index.html' : path.replace(/^\/harness\//, '/').slice(1);
  const file = resolve(base, wanted);
  if (!file.startsWith(base + sep) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  let body: string | Buffer = await readFile(file);
  if (wanted === 'index.html') {
    // The bridge stands before every script of the page, as a preload's would.
    body = body
      .toString('utf8')
      .replace('<head>', '<head><script src="./harness/fake-core.js"></script>');
  }
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    // Names of assets hold their hash; the browser then also keeps what it compiled of them.
    'cache-control': wanted.startsWith('assets/') ? 'max-age=3600, immutable' : 'no-store',
  });
  response.end(body);
}

function listen(server: Server): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

export interface ServedRenderer {
  /** The address of the page with these knobs set. */
  url(knobs?: Knobs): string;
  close(): Promise<void>;
}

/** Serves the renderer, or another page, until closed; builds it first where that was not done. */
export async function serveRenderer(makePage = builtPage): Promise<ServedRenderer> {
  const [page, fakeCore] = await Promise.all([makePage(), builtFakeCore()]);
  const folders = { page, fakeCore };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const medium = path.startsWith('/media/') ? mediumOf(path.slice('/media/'.length)) : null;
    const answered =
      medium !== null
        ? sendMedium(medium, request.headers.range, response)
        : path.startsWith('/media/')
          ? sendPicture(path.slice('/media/'.length), response)
          : sendFile(folders, path, response);
    answered.catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  const port = await listen(server);
  return {
    url(knobs = {}) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(knobs))
        if (value !== undefined) query.set(name, value);
      return `http://127.0.0.1:${port}/?${query.toString()}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** The installed browser, if there is one. */
export function findChromium(): string | undefined {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );
}

/**
 * Parts of the browser that no test looks at. The two popups of its address bar are pages that it loads at every
 * start: a second of processor and 150 MB. The others would ask somebody on the network.
 */
const unneeded = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'PaintHolding',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PreconnectToSearch',
];

/** Starts the installed Chromium, with an empty profile and without any traffic of its own. */
export function startChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${unneeded.join(',')}`,
      ...more,
    ],
  });
}

/** What the page said that it should not have said: errors, warnings of the framework, refused requests. */
export function collectTrouble(page: Page): string[] {
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') trouble.push(message.text());
  });
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED')
      trouble.push(`failed: ${request.url()}`);
  });
  return trouble;
}

/** Waits until fonts and the pictures in sight are there and nothing moves. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const inSight = [...document.images].filter(
      (image) => image.loading !== 'lazy' || image.complete,
    );
    await Promise.all(inSight.map((image) => image.decode().catch(() => undefined)));
    await Promise.all(
      document.getAnimations().map((animation) => animation.finished.catch(() => undefined)),
    );
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

async function takePicture(): Promise<void> {
  const { values } = parseArgs({
    options: {
      theme: { type: 'string', default: 'dark' },
      size: { type: 'string', default: '1280x800' },
      zoom: { type: 'string', default: '100' },
      route: { type: 'string' },
      out: { type: 'string', default: 'renderer.png' },
      state: { type: 'string' },
      knob: { type: 'string', multiple: true, default: [] },
      press: { type: 'string', multiple: true, default: [] },
      type: { type: 'string' },
      click: { type: 'string', multiple: true, default: [] },
      /** Milliseconds to let pass before the picture. */
      wait: { type: 'string', default: '300' },
      'forced-colors': { type: 'boolean', default: false },
    },
  });
  const [width = 1280, height = 800] = values.size.split('x').map(Number);
  const served = await serveRenderer();
  const browser = await startChromium();
  try {
    const page = await browser.newPage({
      viewport: { width, height },
      reducedMotion: 'reduce',
      forcedColors: values['forced-colors'] ? 'active' : 'none',
    });
    const trouble = collectTrouble(page);
    const knobs = Object.fromEntries(
      values.knob.map((knob) => knob.split(/=(.*)/s, 2) as [string, string]),
    );
    await page.goto(
      served.url({
        theme: values.theme,
        textZoom: values.zoom,
        route: values.route,
        state: values.state,
        ...knobs,
      }),
    );
    await page.waitForTimeout(Number(values.wait));
    for (const selector of values.click) await page.click(selector);
    for (const keys of values.press) await page.keyboard.press(keys);
    if (values.type !== undefined) await page.keyboard.type(values.type);
    await settle(page);
    await page.waitForTimeout(Number(values.wait));
    await page.screenshot({ path: values.out });
    for (const line of trouble) console.error(line);
    console.log(values.out);
  } finally {
    await browser.close();
    await served.close();
  }
}

if (import.meta.main) await takePicture();
