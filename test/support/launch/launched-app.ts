/** Pure. What a test holds of a running app, whichever runtime it is in. */
import type { Page } from 'playwright-core';
import type { Runtime } from './find-electron.ts';

export interface LaunchOptions {
  /** Kept when given; else a new folder that `close` and `kill` remove. */
  profileDir?: string | undefined;
  /** Where the app saves files until told otherwise; by default a folder inside the profile's. */
  downloadsDir?: string | undefined;
  /** Added to the environment; `undefined` takes a variable away. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Size of the page in CSS px. */
  size?: { width: number; height: number } | undefined;
  deviceScaleFactor?: number | undefined;
  /** What the system prefers; light unless said. */
  colorScheme?: 'light' | 'dark' | undefined;
  /** The built entry; the project's own unless said (preview runtime only). */
  entry?: string | undefined;
  /** Arguments of the app. */
  args?: readonly string[] | undefined;
}

/** Something that the app asked of the desktop, as in `shell.openExternal`. */
export interface DesktopCall {
  what: string;
  args: unknown[];
}

export interface MenuItemState {
  id: string | null;
  /** Labels from the top. */
  path: string[];
  type: string;
  role: string | null;
  accelerator: string | null;
  enabled: boolean;
  checked: boolean;
}

export interface SystemTheme {
  dark: boolean;
  highContrast: boolean;
  reducedMotion: boolean;
  forcedColours: boolean;
}

export interface WindowState {
  bounds: { x: number; y: number; width: number; height: number };
  maximized: boolean;
  minimized: boolean;
  fullScreen: boolean;
  visible: boolean;
  title: string;
  /** The app's own address, `app://…`. */
  url: string;
}

/** The desktop around the app. */
export interface AppControl {
  /** What was asked so far, of one kind or of all. */
  calls(what?: string): Promise<DesktopCall[]>;
  clearCalls(): Promise<void>;
  /** The answer of the next dialog of that kind (`showOpenDialog`, …); several are used in turn. */
  answerDialog(dialog: string, answer: unknown): Promise<void>;
  /** Items of the open popup, else of the application menu. */
  menuItems(): Promise<{ popup: boolean; items: MenuItemState[] }>;
  /** By id, or by labels joined with ' > '. */
  chooseMenuItem(name: string): Promise<void>;
  setSystemTheme(change: Partial<SystemTheme>): Promise<void>;
  secondInstance(argv: readonly string[]): Promise<void>;
  /** Null when there is no window. */
  windowState(): Promise<WindowState | null>;
  setSize(width: number, height: number): Promise<void>;
  maximize(): Promise<void>;
  unmaximize(): Promise<void>;
  /** As the window's own button does. */
  closeWindow(): Promise<void>;
  crashPage(): Promise<void>;
}

export interface ExitResult {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface LaunchedApp {
  readonly page: Page;
  readonly runtime: Runtime;
  readonly profileDir: string;
  readonly downloadsDir: string;
  /** Of the main process. */
  readonly pid: number;
  readonly control: AppControl;
  /** What main wrote on its outputs so far. */
  log(): string;
  /** Resolves when main has ended, however that came. */
  readonly exited: Promise<ExitResult>;
  /** Quits in order and waits; rejects when the app did not end with code 0. */
  close(): Promise<void>;
  /** SIGKILL of main; resolves when nothing of the app runs any more. */
  kill(): Promise<void>;
}
