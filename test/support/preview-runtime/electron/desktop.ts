/**
 * Runs in the preview runtime's process. Stands in for Electron's `shell`, `dialog`, `clipboard`, `screen`,
 * `safeStorage` and `powerMonitor`. In tests nothing is started: what was asked is recorded, and dialogs give
 * the answers that the test set. For a person, the desktop's own programs are used where they are.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { Records } from '../control/records.ts';
import { NotEmulatedError, strict } from '../refuse.ts';
import { StrictEmitter } from '../strict-emitter.ts';

export interface DesktopOptions {
  records: Records;
  /** True when a person sits in front: no test, a real window. */
  interactive: boolean;
  isReady: () => boolean;
  /** Puts text on the desktop's clipboard by way of the page. */
  copyThroughPage(text: string): Promise<void>;
}

/** Starts a program and resolves with its output, or null when it is not there or says no. */
function run(command: string, args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code === 0 ? output : null));
  });
}

async function openOnDesktop(target: string): Promise<void> {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  if ((await run(opener, [target])) === null) {
    throw new Error(`preview runtime: ${opener} could not open ${target}`);
  }
}

/** What is noted is recorded, and nobody clicks on it. */
export function createNotification({ records }: DesktopOptions): unknown {
  return class Notification extends StrictEmitter {
    readonly #options: { title?: string; body?: string };

    constructor(options: { title?: string; body?: string } = {}) {
      super('Notification', [], ['show', 'click', 'close', 'failed']);
      this.#options = options;
    }

    static isSupported(): boolean {
      return true;
    }

    show(): void {
      records.add('Notification.show', this.#options);
    }
  };
}

export function createShell({ records, interactive }: DesktopOptions): object {
  return strict('shell', {
    openExternal: async (url: string): Promise<void> => {
      records.add('shell.openExternal', url);
      if (interactive) await openOnDesktop(url);
    },
    openPath: async (path: string): Promise<string> => {
      records.add('shell.openPath', path);
      if (!interactive) return '';
      return openOnDesktop(path).then(
        () => '',
        (error: unknown) => String(error),
      );
    },
    showItemInFolder: (path: string): void => {
      records.add('shell.showItemInFolder', path);
      if (interactive) openOnDesktop(dirname(path)).catch((error: unknown) => console.error(error));
    },
    beep: (): void => records.add('shell.beep'),
  });
}

interface OpenDialogOptions {
  title?: string;
  defaultPath?: string;
  properties?: string[];
}

const withoutWindow = <T>(args: unknown[]): T => args[args.length - 1] as T;

async function askWithZenity(
  options: OpenDialogOptions,
  saving: boolean,
): Promise<string[] | null> {
  const args = ['--file-selection'];
  if (options.title !== undefined) args.push(`--title=${options.title}`);
  if (options.defaultPath !== undefined) args.push(`--filename=${options.defaultPath}`);
  if (options.properties?.includes('openDirectory') === true) args.push('--directory');
  if (options.properties?.includes('multiSelections') === true)
    args.push('--multiple', '--separator=\n');
  if (saving) args.push('--save');
  const output = await run('zenity', args);
  return output === null ? null : output.split('\n').filter((line) => line !== '');
}

export function createDialog({ records, interactive }: DesktopOptions): object {
  const answerTo = (what: string, args: unknown[]): { answer: unknown } | null => {
    records.add(`dialog.${what}`, withoutWindow(args));
    const taken = records.takeAnswer(what);
    if (taken !== null || interactive) return taken;
    throw new Error(`preview runtime: no answer was set for dialog.${what}`);
  };
  return strict('dialog', {
    showOpenDialog: async (...args: unknown[]): Promise<unknown> => {
      const taken = answerTo('showOpenDialog', args);
      if (taken !== null) return taken.answer;
      const filePaths = await askWithZenity(withoutWindow(args), false);
      if (filePaths === null) warnWithoutZenity();
      return { canceled: filePaths === null, filePaths: filePaths ?? [] };
    },
    showSaveDialog: async (...args: unknown[]): Promise<unknown> => {
      const taken = answerTo('showSaveDialog', args);
      if (taken !== null) return taken.answer;
      const [filePath] = (await askWithZenity(withoutWindow(args), true)) ?? [];
      return { canceled: filePath === undefined, filePath: filePath ?? '' };
    },
    showMessageBox: async (...args: unknown[]): Promise<unknown> => {
      const taken = answerTo('showMessageBox', args);
      if (taken !== null) return taken.answer;
      throw new NotEmulatedError('dialog.showMessageBox without an answer set by a test');
    },
    showErrorBox: (title: string, content: string): void => {
      records.add('dialog.showErrorBox', title, content);
      console.error(`${title}\n${content}`);
    },
  });
}

function warnWithoutZenity(): void {
  console.error(
    'preview runtime: nothing was chosen. File dialogs need the program zenity (package "zenity"); in Electron they are always there.',
  );
}

export function createClipboard(options: DesktopOptions): object {
  let kept = '';
  return strict('clipboard', {
    writeText: async (text: string): Promise<void> => {
      kept = text;
      options.records.add('clipboard.writeText', text);
      if (options.interactive) await options.copyThroughPage(text);
    },
    readText: async (): Promise<string> => kept,
    clear: (): void => {
      kept = '';
    },
  });
}

const bounds = { x: 0, y: 0, width: 1920, height: 1080 };

/** One display of a usual size: the real ones are not asked for. */
export class Screen extends StrictEmitter {
  readonly #isReady: () => boolean;

  constructor(isReady: () => boolean) {
    super('screen', [], ['display-added', 'display-removed', 'display-metrics-changed']);
    this.#isReady = isReady;
  }

  getPrimaryDisplay(): object {
    if (!this.#isReady())
      throw new Error('The screen module can only be used once the app is ready');
    return strict('Display', {
      id: 1,
      label: 'preview',
      bounds: { ...bounds },
      workArea: { ...bounds },
      size: { width: bounds.width, height: bounds.height },
      workAreaSize: { width: bounds.width, height: bounds.height },
      scaleFactor: 1,
      rotation: 0,
      internal: false,
    });
  }

  getAllDisplays(): object[] {
    return [this.getPrimaryDisplay()];
  }

  getDisplayMatching(_rectangle: object): object {
    return this.getPrimaryDisplay();
  }

  getDisplayNearestPoint(_point: object): object {
    return this.getPrimaryDisplay();
  }
}

/** There is no keyring here: says so, as Electron does on a system without one. */
export function createSafeStorage(): object {
  const none = (): never => {
    throw new Error('Error while using safeStorage: Encryption is not available.');
  };
  return strict('safeStorage', {
    isEncryptionAvailable: () => false,
    isAsyncEncryptionAvailable: async () => false,
    getSelectedStorageBackend: () => 'unknown',
    encryptString: none,
    decryptString: none,
    encryptStringAsync: async () => none(),
    decryptStringAsync: async () => none(),
  });
}

/** The machine is not watched: these events never come. */
export class PowerMonitor extends StrictEmitter {
  constructor() {
    const events = ['suspend', 'resume', 'shutdown', 'on-ac', 'on-battery', 'lock-screen'];
    super('powerMonitor', [], [...events, 'unlock-screen', 'thermal-state-change']);
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}
