/** Runs in plain Node. The command line of the preview runtime. */
import { resolve } from 'node:path';

export interface PreviewOptions {
  headless: boolean;
  /** The app's userData folder, or undefined for the usual place. */
  profileDir: string | undefined;
  /** Where to write how tests reach the browser and the control channel. */
  debuggingFile: string | undefined;
  deviceScaleFactor: number | undefined;
  /** Overrides the size that the app asks for. */
  size: { width: number; height: number } | undefined;
  systemTheme: 'light' | 'dark' | undefined;
  /** Absolute path of the app's built entry. */
  entry: string;
  /** What the app finds in its own argv behind the entry. */
  appArguments: string[];
}

export const usage = `Runs a built Electron app in plain Node with a window of an installed Chromium.

  main.ts [options] ENTRY [arguments of the app]

  --headless               no window on the screen
  --profile DIR            the app's userData folder
  --debugging-file FILE    write how tests reach the browser and the control channel
  --scale FACTOR           device pixels for each CSS pixel
  --size WIDTHxHEIGHT      size of the window's content instead of what the app asks for
  --system-theme THEME     light or dark
`;

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

function parseSize(text: string): { width: number; height: number } {
  const parts = /^(\d{2,5})x(\d{2,5})$/.exec(text);
  if (parts === null) throw new UsageError(`--size ${text}: give WIDTHxHEIGHT`);
  return { width: Number(parts[1]), height: Number(parts[2]) };
}

function parseTheme(text: string): 'light' | 'dark' {
  if (text !== 'light' && text !== 'dark') throw new UsageError('--system-theme: light or dark');
  return text;
}

function parseScale(text: string): number {
  const factor = Number(text);
  if (!(factor >= 0.5 && factor <= 4)) throw new UsageError('--scale: a number from 0.5 to 4');
  return factor;
}

/** Options stand before the entry; all behind it belongs to the app. Throws a `UsageError`. */
export function parseOptions(args: readonly string[]): PreviewOptions {
  const found: Omit<PreviewOptions, 'entry' | 'appArguments'> = {
    headless: false,
    profileDir: undefined,
    debuggingFile: undefined,
    deviceScaleFactor: undefined,
    size: undefined,
    systemTheme: undefined,
  };
  const taking: Record<string, (value: string) => void> = {
    '--profile': (value) => (found.profileDir = resolve(value)),
    '--debugging-file': (value) => (found.debuggingFile = resolve(value)),
    '--scale': (value) => (found.deviceScaleFactor = parseScale(value)),
    '--size': (value) => (found.size = parseSize(value)),
    '--system-theme': (value) => (found.systemTheme = parseTheme(value)),
  };
  let at = 0;
  for (; at < args.length; at += 1) {
    const [name = '', inline] = (args[at] ?? '').split(/=(.*)/s, 2);
    if (!name.startsWith('--')) break;
    if (name === '--headless') {
      found.headless = true;
      continue;
    }
    const take = taking[name];
    if (take === undefined) throw new UsageError(`unknown option ${name}`);
    const value = inline ?? args[(at += 1)];
    if (value === undefined) throw new UsageError(`${name}: a value is missing`);
    take(value);
  }
  const entry = args[at];
  if (entry === undefined) throw new UsageError('the entry of the app is missing');
  return { ...found, entry: resolve(entry), appArguments: args.slice(at + 1) };
}
