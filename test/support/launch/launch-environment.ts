/** Runs in plain Node. The folders and the environment of a launch, the same in both runtimes. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sitePath } from '#main/sample/astrobin/astrobin-door.ts';
import { sampleAstrobinKey, sampleAstrobinSecret } from '#main/sample/astrobin/credentials.ts';
import type { LaunchOptions } from './launched-app.ts';

export const projectRoot = resolve(import.meta.dirname, '..', '..', '..');

/** Where the archives of a sample at `base` are. */
export function sampleAddresses(base: string): Record<string, string> {
  return {
    ALMAGEST_NASA_IMAGES_API: base,
    ALMAGEST_PDS_API: `${base}/pds/registry/1`,
    ALMAGEST_ASTROBIN_API: `${base}/astrobin`,
  };
}

/** Quicker than a person may be there: what is looked at is the window, and its pace has tests of its own. */
export const sampleAstrobinRate = '50,100,4,5000';

/**
 * Where AstroBin of a sample at `base` is, with the keys that it takes.
 */
export function sampleAstrobin(base: string): Record<string, string> {
  return {
    ALMAGEST_ASTROBIN_API: `${base}${sitePath}`,
    ALMAGEST_ASTROBIN_KEY: sampleAstrobinKey,
    ALMAGEST_ASTROBIN_SECRET: sampleAstrobinSecret,
    ALMAGEST_RATE_ASTROBIN: sampleAstrobinRate,
  };
}

export interface LaunchFolders {
  profileDir: string;
  downloadsDir: string;
  /** Removes what was made for this launch alone. */
  remove(): void;
}

export function prepareFolders(options: LaunchOptions): LaunchFolders {
  const own =
    options.profileDir === undefined ? mkdtempSync(join(tmpdir(), 'almagest-profile-')) : null;
  const profileDir = options.profileDir ?? join(own ?? '', 'profile');
  const downloadsDir = options.downloadsDir ?? join(profileDir, '..', 'downloads');
  for (const folder of [profileDir, downloadsDir]) mkdirSync(folder, { recursive: true });
  return {
    profileDir,
    downloadsDir,
    remove: () => {
      if (own !== null) rmSync(own, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The caller's environment without its own `ALMAGEST_*`, in one time zone and language, plus what is asked. */
export function launchEnvironment(
  options: LaunchOptions,
  folders: LaunchFolders,
): Record<string, string> {
  const environment: Record<string, string> = {};
  const take = (values: Readonly<Record<string, string | undefined>>): void => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete environment[name];
      else environment[name] = value;
    }
  };
  const kept = new Set(['ALMAGEST_CHROMIUM']);
  for (const [name, value] of Object.entries(process.env)) {
    if (!name.startsWith('ALMAGEST_') || kept.has(name)) take({ [name]: value });
  }
  take({
    ALMAGEST_PROFILE: folders.profileDir,
    ALMAGEST_DOWNLOADS: folders.downloadsDir,
    TZ: 'UTC',
    LANGUAGE: 'en_GB',
    // Set by test runners; the app is not one.
    NODE_OPTIONS: undefined,
    NODE_ENV: undefined,
    FORCE_COLOR: undefined,
    ...options.env,
  });
  return environment;
}
