/** Runs in the preview runtime's process. Stands in for Electron's `app`: life from ready to quit. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PreviewOptions } from '../options.ts';
import { NotEmulatedError, strict } from '../refuse.ts';
import { StrictEmitter } from '../strict-emitter.ts';
import { createPaths, type Paths } from './paths.ts';
import { createInstanceLock, type InstanceLock } from './single-instance.ts';

/** What `app` needs of a window to close it. */
export interface ClosableWindow {
  close(): void;
  destroy(): void;
  focus(): void;
}

export interface AppOptions {
  preview: PreviewOptions;
  windows: () => readonly ClosableWindow[];
  /** Ends Chromium and whatever else would outlive the app. */
  cleanUp(): Promise<void>;
  /** This process holds the lock: there will be a window. */
  onFirstInstance(): void;
}

const emitted = [
  'will-finish-launching',
  'ready',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'activate',
  'second-instance',
  'web-contents-created',
  'browser-window-created',
  'browser-window-focus',
  'browser-window-blur',
  'render-process-gone',
];

/** These have causes that cannot occur here. */
const silent = [
  'open-url',
  'open-file',
  'child-process-gone',
  'certificate-error',
  'select-client-certificate',
  'login',
  'accessibility-support-changed',
];

interface Manifest {
  name?: string;
  productName?: string;
  version?: string;
}

/** The nearest package.json above the entry, as Electron reads it from the app's folder. */
function readManifest(entry: string): { folder: string; manifest: Manifest } {
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    try {
      const text = readFileSync(join(folder, 'package.json'), 'utf8');
      return { folder, manifest: JSON.parse(text) as Manifest };
    } catch {
      if (dirname(folder) === folder) return { folder: dirname(entry), manifest: {} };
    }
  }
}

function createCommandLine() {
  const given = process.argv.slice(2);
  const find = (name: string): string | undefined =>
    given.find((item) => item === `--${name}` || item.startsWith(`--${name}=`));
  const appended = new Map<string, string>();
  return strict('app.commandLine', {
    hasSwitch: (name: string) => appended.has(name) || find(name) !== undefined,
    getSwitchValue: (name: string) => appended.get(name) ?? find(name)?.split(/=(.*)/s, 2)[1] ?? '',
    /** Kept and found again, but Chromium here has flags of its own. */
    appendSwitch: (name: string, value = '') => void appended.set(name, value),
    removeSwitch: (name: string) => void appended.delete(name),
  });
}

export class App extends StrictEmitter {
  readonly isPackaged = false;
  readonly commandLine = createCommandLine();
  readonly #options: AppOptions;
  readonly #folder: string;
  readonly #version: string;
  readonly #paths: Paths;
  readonly #lock: InstanceLock;
  readonly #ready: Promise<void>;
  #tellReady: () => void = () => undefined;
  #name: string;
  #isReady = false;
  #quitting = false;
  #exiting = false;
  /** Second instances that came before the app was ready. */
  #early: (() => void)[] | null = [];

  constructor(options: AppOptions) {
    super('app', emitted, silent);
    this.#options = options;
    this.#ready = new Promise((resolve) => {
      this.#tellReady = resolve;
    });
    const { folder, manifest } = readManifest(options.preview.entry);
    this.#folder = folder;
    this.#name = manifest.productName ?? manifest.name ?? 'Electron';
    this.#version = manifest.version ?? '0.0.0';
    this.#paths = createPaths(this.#name, options.preview.entry);
    const profile = options.preview.profileDir ?? this.commandLine.getSwitchValue('user-data-dir');
    if (profile !== '') this.#paths.set('userData', profile);
    this.#lock = createInstanceLock({
      userData: () => this.#paths.get('userData'),
      onSecond: (second) => this.emitSecondInstance(second),
    });
  }

  get name(): string {
    return this.#name;
  }

  set name(value: string) {
    this.#name = value;
  }

  getName(): string {
    return this.#name;
  }

  setName(value: string): void {
    this.#name = value;
  }

  getVersion(): string {
    return this.#version;
  }

  getAppPath(): string {
    return this.#folder;
  }

  getPath(name: string): string {
    return this.#paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  getSystemLocale(): string {
    return this.getLocale();
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  requestSingleInstanceLock(additionalData: unknown = {}): boolean {
    const isFirst = this.#lock.acquire(additionalData);
    if (isFirst) this.#options.onFirstInstance();
    return isFirst;
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock.has();
  }

  releaseSingleInstanceLock(): void {
    this.#lock.release();
  }

  /** Our windows are always sandboxed; the constructor of BrowserWindow insists on it. */
  enableSandbox(): void {
    if (this.#isReady)
      throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  /** Only Windows knows it. */
  setAppUserModelId(_id: string): void {}

  /** There is no panel to show it. */
  setAboutPanelOptions(_options: object): void {}

  focus(_options?: object): void {
    this.#options.windows()[0]?.focus();
  }

  quit(): void {
    if (this.#quitting || this.#exiting) return;
    if (this.fire('before-quit').defaultPrevented) return;
    this.#quitting = true;
    const windows = this.#options.windows();
    if (windows.length === 0) this.#finishQuit();
    for (const window of windows) window.close();
  }

  exit(exitCode = 0): void {
    if (this.#exiting) return;
    this.#exiting = true;
    for (const window of this.#options.windows()) window.destroy();
    this.fire('quit', {}, exitCode);
    void Promise.allSettled([this.#lock.handedOver(), this.#options.cleanUp()]).then(() => {
      process.exit(exitCode);
    });
  }

  relaunch(): void {
    throw new NotEmulatedError('app.relaunch');
  }

  #finishQuit(): void {
    if (this.fire('will-quit').defaultPrevented) this.#quitting = false;
    else this.exit(0);
  }

  /** A window refused to close: so the app goes on. */
  cancelQuit(): void {
    this.#quitting = false;
  }

  windowClosed(): void {
    if (this.#exiting || this.#options.windows().length > 0) return;
    if (this.#quitting) this.#finishQuit();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  emitSecondInstance(second: {
    argv: string[];
    workingDirectory: string;
    additionalData: unknown;
  }): void {
    const { argv, workingDirectory, additionalData } = second;
    const tell = (): void => {
      this.fire('second-instance', {}, argv, workingDirectory, additionalData);
    };
    if (this.#early === null) tell();
    else this.#early.push(tell);
  }

  becomeReady(): void {
    if (this.#isReady || this.#exiting) return;
    this.emit('will-finish-launching');
    this.#isReady = true;
    this.#tellReady();
    this.fire('ready', {}, {});
    for (const tell of this.#early ?? []) tell();
    this.#early = null;
  }
}
