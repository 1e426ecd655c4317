/** Runs in the preview runtime's process. Starts Chromium on an empty profile and ends it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findChromium } from './find-chromium.ts';
import { CdpPipe } from './pipe-client.ts';

const folderPrefix = 'almagest-preview-';

export interface ChromiumOptions {
  headless: boolean;
  /** Also listens on a loopback port, for Playwright. */
  debuggingPort: boolean;
  deviceScaleFactor: number | undefined;
  /** First size of the window's outside, in DIP. */
  width: number;
  height: number;
  x?: number | undefined;
  y?: number | undefined;
}

export interface Chromium {
  readonly pid: number;
  readonly cdp: CdpPipe;
  /** The first page's target, once there. */
  readonly firstTarget: Promise<string>;
  /** `ws://…` for other clients; null without `debuggingPort`. */
  endpoint(): Promise<string | null>;
  /** Ends Chromium and its children at once: the profile is thrown away, nothing needs saving. */
  end(): Promise<void>;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Removes the browser profiles of runs that were killed. */
function sweepOldProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${folderPrefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's, or in use: not ours to remove.
    }
  }
}

/** Parts of a browser that an Electron window does not have, or that ask somebody on the network. */
const unneeded = [
  'Translate',
  'OptimizationHints',
  'MediaRouter',
  'AutofillServerCommunication',
  'GlobalMediaControls',
  'OverscrollHistoryNavigation',
  // A page's process kept ready for the next address: the window has one page.
  'SpareRendererForSitePerProcess',
];

function flagsFor(options: ChromiumOptions, profile: string): string[] {
  const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-search-engine-choice-screen',
    `--disable-features=${unneeded.join(',')}`,
    // An Electron window neither sleeps in the background nor keeps an http cache for a custom scheme.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disk-cache-size=1',
    '--password-store=basic',
    '--use-mock-keychain',
    '--test-type',
    '--autoplay-policy=no-user-gesture-required',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    `--window-size=${options.width},${options.height}`,
    // Without `--app` the browser's own keys (Ctrl+1, Ctrl+D, Ctrl+L) would never reach the page.
    '--app=data:text/html,<title>Almagest</title>',
  ];
  if (options.x !== undefined && options.y !== undefined) {
    flags.push(`--window-position=${options.x},${options.y}`);
  }
  if (options.headless) flags.push('--headless=new', '--mute-audio');
  if (options.headless) flags.push('--screen-info={1920x1080}');
  if (options.debuggingPort) flags.push('--remote-debugging-port=0');
  if (options.deviceScaleFactor !== undefined) {
    flags.push(`--force-device-scale-factor=${options.deviceScaleFactor}`);
  }
  return flags;
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

async function findFirstTarget(cdp: CdpPipe): Promise<string> {
  return new Promise((resolve, reject) => {
    cdp.on('Target.targetCreated', ({ targetInfo }) => {
      const info = targetInfo as { type: string; targetId: string };
      if (info.type === 'page') resolve(info.targetId);
    });
    cdp.on('closed', () => reject(new Error('preview runtime: Chromium ended while it started')));
    cdp.send('Target.setDiscoverTargets', { discover: true }).catch(reject);
  });
}

/** Throws when no Chromium is installed. */
export function startChromium(options: ChromiumOptions): Chromium {
  const path = findChromium();
  if (path === null) {
    throw new Error(
      'preview runtime: no Chromium found. Install the package "chromium" or set ALMAGEST_CHROMIUM to its path.',
    );
  }
  sweepOldProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  const child = spawn(path, flagsFor(options, profile), {
    // A group of its own: ^C in a terminal reaches only us, and all of Chromium ends at once.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const cdp = new CdpPipe(child.stdio[4] as Readable, child.stdio[3] as Writable);
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    lastWords = (lastWords + chunk).slice(-4000);
  });
  let isEnding = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      // Zero is what a window that the user closes ends with.
      if (!isEnding && code !== 0) {
        console.error(
          `preview runtime: Chromium ended by itself (${code ?? signal})\n${lastWords}`,
        );
      }
      resolve();
    });
    child.once('error', (error) => {
      console.error(`preview runtime: ${path} could not be started`, error);
      resolve();
    });
  });
  void gone.then(() => cdp.close());
  const removeProfile = (): void => {
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    } catch {
      // Swept by a later run.
    }
  };
  process.once('exit', () => {
    endGroup(child);
    removeProfile();
  });
  const firstTarget = findFirstTarget(cdp);
  firstTarget.catch(() => undefined);
  return {
    pid: child.pid ?? -1,
    cdp,
    firstTarget,
    endpoint: async () => {
      if (!options.debuggingPort) return null;
      await firstTarget;
      const file = join(profile, 'DevToolsActivePort');
      while (!existsSync(file) || readFileSync(file, 'utf8').split('\n').length < 2) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const [port, route] = readFileSync(file, 'utf8').split('\n');
      return `ws://127.0.0.1:${port ?? ''}${route ?? ''}`;
    },
    end: async () => {
      isEnding = true;
      endGroup(child);
      await gone;
      removeProfile();
    },
  };
}
