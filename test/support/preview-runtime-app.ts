/**
 * Runs in plain Node. A tiny Electron app, written into a folder and started in the preview runtime: what the
 * runtime's own tests look at.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchApp, type LaunchedApp, type LaunchOptions } from './launch/launch-app.ts';

const runtime = resolve(import.meta.dirname, 'preview-runtime', 'main.ts');

export interface TinyApp {
  readonly folder: string;
  readonly entry: string;
  launch(options?: LaunchOptions): Promise<LaunchedApp>;
  /** Runs it without a window being waited for; resolves with its end. */
  run(args?: readonly string[]): Promise<{ code: number | null; output: string }>;
  remove(): Promise<void>;
}

export interface TinyAppSource {
  /** Source of main, after the imports; `createWindow()` opens the page `app://almagest/`. */
  main: string;
  /** Body of `whenReady`, before the window opens. */
  preload?: string;
  html?: string;
}

const head = `
import * as electron from 'electron';
import electronDefault, { app, BrowserWindow, ipcMain, Menu, nativeTheme, protocol, session, shell } from 'electron';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const pages = new Map();
const page = (type, body, headers = {}) =>
  () => new Response(body, { headers: { 'content-type': type, ...headers } });
const policy = { 'content-security-policy': "default-src 'self'; script-src 'self'" };
const schemes = [
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
];
const serve = (request) => {
  const url = new URL(request.url);
  const found = pages.get(url.pathname);
  return found === undefined ? new Response(null, { status: 404 }) : found(request);
};
const createWindow = async (options = {}) => {
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
    },
    ...options,
  });
  await window.loadURL('app://almagest/');
  return window;
};
`;

/** Writes the app; call \`remove\` when done. */
export function writeTinyApp(source: TinyAppSource): TinyApp {
  const folder = mkdtempSync(join(tmpdir(), 'almagest-tiny-'));
  const built = join(folder, 'out', 'main');
  mkdirSync(built, { recursive: true });
  const html = source.html ?? '<!doctype html><title>Tiny</title><h1>Tiny</h1>';
  const write = (name: string, text: string) => writeFileSync(join(built, name), text);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'tiny', version: '1.2.3', type: 'module' }),
  );
  const index = `pages.set('/', page('text/html', ${JSON.stringify(html)}, policy));`;
  write('index.js', `${head}\n${index}\n${source.main}`);
  write('preload.cjs', source.preload ?? '');
  const entry = join(built, 'index.js');
  const launched: LaunchedApp[] = [];
  return {
    folder,
    entry,
    launch: async (options = {}) => {
      const app = await launchApp({ profileDir: join(folder, 'profile'), entry, ...options });
      launched.push(app);
      return app;
    },
    run: (args = []) =>
      new Promise((settle) => {
        const profile = join(folder, 'profile');
        const all = [runtime, '--headless', '--profile', profile, entry, ...args];
        const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] });
        let output = '';
        child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
        child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
        child.once('close', (code) => settle({ code, output }));
      }),
    remove: async () => {
      for (const app of launched) await app.kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The usual start: lock, scheme, ready, window; \`ready\` is run before the window opens. */
export const usualMain = (ready = '', early = ''): string => `
protocol.registerSchemesAsPrivileged(schemes);
${early}
if (!app.requestSingleInstanceLock()) app.quit();
else app.whenReady().then(async () => {
  protocol.handle('app', serve);
  ${ready}
  const window = await createWindow();
}).catch((error) => {
  console.error(error);
  app.exit(1);
});
`;
