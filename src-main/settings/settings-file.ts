/**
 * Runs in plain Node. The settings over two small JSON files of the profile: `settings.json` (what the person
 * chose) and `window.json` (where the window and its view were). The files are read and written by a store that
 * the shell hands in: electron-store in the window, its base library conf in the terminal.
 */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '#contract/domain.ts';
import { ArchiveError, type WireError } from '#contract/errors.ts';
import { makeFolder } from '../db/make-folder.ts';
import type { SettingsStore } from '../ports.ts';
import { checkPatch, readSettings, settingNames } from './settings-schema.ts';

/** What is used of electron-store and conf alike. */
export interface JsonStore {
  /** All values of the file; reads it anew, so another process's changes are seen. */
  store: Record<string, unknown>;
  set(values: Record<string, unknown>): void;
}

/** Opens the store over `<folder>/<name>.json`. */
export type OpenJsonStore = (folder: string, name: string) => JsonStore;

export interface SettingsFilesOptions {
  profileDir: string;
  defaults: Settings;
  openStore: OpenJsonStore;
  now?: () => Date;
}

export interface SettingsFiles extends SettingsStore {
  /** Values of `window.json` other than the page's own; unchecked. */
  getWindowValue(key: string): unknown;
  setWindowValue(key: string, value: unknown): void;
  /** Set when a file had to be set aside; for the person. */
  readonly problem: WireError | undefined;
}

/** Above any honest file: the largest part is the page's view, 256 KiB at most. */
const largestFileBytes = 4 * 1024 * 1024;

function isWholeJsonObject(text: string): boolean {
  if (text.length > largestFileBytes) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * Moves a file that does not hold a JSON object out of the way, so that it is neither lost nor in the way.
 * Returns its new name, or null when there was nothing wrong (or no file).
 */
export function setAsideDamaged(folder: string, name: string, now: Date): string | null {
  const file = join(folder, `${name}.json`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Missing is the usual case; one that may not be read is reported when it is opened.
    return null;
  }
  if (isWholeJsonObject(text)) return null;
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  let aside = `${name}.damaged-${stamp}.json`;
  for (let count = 2; existsSync(join(folder, aside)); count += 1) {
    aside = `${name}.damaged-${stamp}-${count}.json`;
  }
  try {
    renameSync(file, join(folder, aside));
    return aside;
  } catch {
    return null;
  }
}

function diskError(error: unknown): ArchiveError {
  const code = (error as { code?: unknown } | null)?.code;
  const reason = typeof code === 'string' ? ` (${code})` : '';
  return new ArchiveError(
    {
      code: 'disk',
      message:
        `The settings could not be written${reason}. They are as they were. ` +
        'Look whether the disk is full or the profile folder may not be written, then try again.',
      retryable: true,
    },
    { cause: error },
  );
}

function setAsideProblem(aside: string): WireError {
  return {
    code: 'disk',
    message:
      'The settings file was damaged, so Almagest started with its first settings. ' +
      `The damaged file is kept beside it as ${aside}; your library is not touched.`,
    retryable: false,
  };
}

const unreadableProblem: WireError = {
  code: 'disk',
  message:
    'The settings file cannot be read, so Almagest started with its first settings. ' +
    'The file and your library are not touched. Look who may read the profile folder.',
  retryable: false,
};

/** One file: opened when first needed, set aside whenever it is found damaged, never in the way of a start. */
class CheckedStore {
  readonly #options: SettingsFilesOptions;
  readonly #name: string;
  #store: JsonStore | null = null;
  /** The name under which a damaged file is kept, if one was found. */
  aside: string | null = null;
  /** True when the file is there but cannot be read: its values are as good as missing, and it is left alone. */
  unreadable = false;

  constructor(options: SettingsFilesOptions, name: string) {
    this.#options = options;
    this.#name = name;
    this.#check();
    this.values();
  }

  values(): Record<string, unknown> {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        const values = this.#open().store;
        this.unreadable = false;
        return values;
      } catch {
        // Damaged while we run (an editor, another program): keep it aside and look again.
        this.#store = null;
        this.#check();
      }
    }
    this.unreadable = true;
    return {};
  }

  set(values: Record<string, unknown>): void {
    this.#write((store) => store.set(values));
  }

  /** Takes keys out in one write; what is not ours in the file stays. */
  delete(keys: readonly string[]): void {
    this.#write((store) => {
      const kept = Object.entries(store.store).filter(([key]) => !keys.includes(key));
      store.store = Object.fromEntries(kept);
    });
  }

  #open(): JsonStore {
    this.#store ??= this.#options.openStore(this.#options.profileDir, this.#name);
    return this.#store;
  }

  #check(): void {
    const now = this.#options.now?.() ?? new Date();
    this.aside = setAsideDamaged(this.#options.profileDir, this.#name, now) ?? this.aside;
  }

  #write(work: (store: JsonStore) => void): void {
    // A write reads the file first, so it too may be the one to find it damaged.
    this.values();
    try {
      work(this.#open());
    } catch (error) {
      throw diskError(error);
    }
  }
}

function problemOf(store: CheckedStore): WireError | undefined {
  if (store.aside !== null) return setAsideProblem(store.aside);
  return store.unreadable ? unreadableProblem : undefined;
}

/** Opens both files of a profile, making its folder when missing. */
export function openSettingsFiles(options: SettingsFilesOptions): SettingsFiles {
  makeFolder(options.profileDir);
  const settings = new CheckedStore(options, 'settings');
  const view = new CheckedStore(options, 'window');
  const get = () => readSettings(settings.values(), options.defaults);
  return {
    get,
    set(patch) {
      const checked = checkPatch(patch);
      if (Object.keys(checked).length > 0) settings.set(checked);
      return get();
    },
    reset() {
      settings.delete(settingNames);
      return get();
    },
    getUiState() {
      const json = view.values()['uiState'];
      return typeof json === 'string' ? json : null;
    },
    setUiState: (json) => view.set({ uiState: json }),
    getWindowValue: (key) => view.values()[key],
    setWindowValue: (key, value) => view.set({ [key]: value }),
    get problem() {
      return problemOf(settings);
    },
  };
}
