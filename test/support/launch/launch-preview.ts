/** Runs in plain Node. Starts the app in the preview runtime, for Playwright. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { DebuggingInfo } from '../preview-runtime/control/control-server.ts';
import { launchEnvironment, projectRoot, type LaunchFolders } from './launch-environment.ts';
import type { AppControl, ExitResult, LaunchedApp, LaunchOptions } from './launched-app.ts';
import { collectLog } from './process-log.ts';

const startMs = 30_000;
const quitMs = 15_000;

const main = resolve(import.meta.dirname, '..', 'preview-runtime', 'main.ts');
const delay = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

function flagsFor(options: LaunchOptions, profileDir: string, debuggingFile: string): string[] {
  const { size, deviceScaleFactor, colorScheme = 'light', args = [] } = options;
  return [
    ...(process.env['ALMAGEST_HEADED'] === '1' ? [] : ['--headless']),
    ...['--profile', profileDir, '--debugging-file', debuggingFile, '--system-theme', colorScheme],
    ...(size === undefined ? [] : ['--size', `${size.width}x${size.height}`]),
    ...(deviceScaleFactor === undefined ? [] : ['--scale', String(deviceScaleFactor)]),
    options.entry ?? join(projectRoot, 'out', 'main', 'index.js'),
    ...args,
  ];
}

function createControl(info: DebuggingInfo): AppControl {
  const ask = async <T = void>(command: string, args: object = {}): Promise<T> => {
    const response = await fetch(`${info.control.url}/${command}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${info.control.token}` },
      body: JSON.stringify(args),
    });
    const answer = (await response.json()) as { value?: unknown; error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value as T;
  };
  return {
    calls: async (what) => {
      const calls = await ask<{ what: string; args: unknown[] }[]>('calls');
      return what === undefined ? calls : calls.filter((call) => call.what === what);
    },
    clearCalls: () => ask('clearCalls'),
    answerDialog: (dialog, answer) => ask('setDialogAnswer', { dialog, answer }),
    menuItems: () => ask('menuItems'),
    chooseMenuItem: (name) => ask('chooseMenuItem', { name }),
    setSystemTheme: (change) => ask('setSystemTheme', { change }),
    secondInstance: (argv) => ask('secondInstance', { argv }),
    windowState: () => ask('windowState'),
    setSize: (width, height) => ask('setSize', { width, height }),
    maximize: () => ask('maximize'),
    unmaximize: () => ask('unmaximize'),
    closeWindow: () => ask('closeWindow'),
    crashPage: () => ask('crashPage'),
  };
}

async function waitForInfo(file: string, exited: Promise<ExitResult>, log: () => string) {
  let ended: ExitResult | null = null;
  void exited.then((result) => (ended = result));
  const deadline = Date.now() + startMs;
  while (!existsSync(file)) {
    const end = ended as ExitResult | null;
    if (end !== null) throw new Error(`the app ended with code ${end.code}:\n${log()}`);
    if (Date.now() > deadline) throw new Error(`the app opened no window:\n${log()}`);
    await delay(15);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as DebuggingInfo;
}

/** The window's page, once it shows a document of the app. */
async function findPage(browser: Browser, origin: string): Promise<Page> {
  const [context] = browser.contexts();
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (page === undefined) throw new Error('Chromium has no page');
  await page.waitForURL((url) => url.href.startsWith(origin), { waitUntil: 'domcontentloaded' });
  return page;
}

/** False too for one that has ended and waits for its parent to notice (Linux). */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Starts the app; rejects with main's own words when it opens no window. */
export async function launchPreview(
  options: LaunchOptions,
  folders: LaunchFolders,
): Promise<LaunchedApp> {
  const scratch = mkdtempSync(join(tmpdir(), 'almagest-launch-'));
  const debuggingFile = join(scratch, 'debugging.json');
  const child = spawn(
    process.execPath,
    [main, ...flagsFor(options, folders.profileDir, debuggingFile)],
    {
      cwd: projectRoot,
      env: launchEnvironment(options, folders),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let spawnError = '';
  const outputs = collectLog(child);
  const log = (): string => spawnError + outputs();
  const exited = new Promise<ExitResult>((settle) => {
    child.once('error', (error) => {
      spawnError = `${String(error)}\n`;
      settle({ code: null, signal: null });
    });
    child.once('close', (code, signal) => settle({ code, signal }));
  });
  const cleanUp = (): void => {
    rmSync(scratch, { recursive: true, force: true });
    folders.remove();
  };

  let browser: Browser | null = null;
  let info: DebuggingInfo | null = null;
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    await browser?.close().catch(() => undefined);
    while (info !== null && isAlive(info.chromiumPid)) await delay(10);
    cleanUp();
  };
  try {
    info = await waitForInfo(debuggingFile, exited, log);
    // Without Playwright's own defaults: the theme and the focus are the app's.
    const { cdpEndpoint, pageOrigin } = info;
    const connect = async (): Promise<Page> => {
      browser = await chromium.connectOverCDP(cdpEndpoint, { noDefaults: true, isLocal: true });
      return findPage(browser, pageOrigin);
    };
    const ended = exited.then(() => Promise.reject(new Error('the app ended while it started')));
    ended.catch(() => undefined);
    const page = await Promise.race([connect(), ended]);
    const control = createControl(info);
    const { url, token } = info.control;
    const quit = async (): Promise<void> => {
      // An app that has ended already is what is wanted.
      await fetch(`${url}/quit`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      }).catch(() => undefined);
    };
    return {
      page,
      runtime: 'preview',
      ...{ profileDir: folders.profileDir, downloadsDir: folders.downloadsDir },
      pid: info.pid,
      control,
      log,
      exited,
      close: async () => {
        await quit();
        const result = await Promise.race([exited, delay(quitMs).then(() => null)]);
        await end();
        if (result === null) throw new Error(`the app did not quit in ${quitMs} ms:\n${log()}`);
        if (result.code !== 0) {
          throw new Error(`the app ended with ${result.code ?? String(result.signal)}:\n${log()}`);
        }
      },
      kill: end,
    };
  } catch (error) {
    await end();
    throw new Error(`${String(error)}\n${log()}`, { cause: error });
  }
}
