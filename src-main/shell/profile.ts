/**
 * Runs in the main process, before Electron is ready. Where this start's profile lies.
 */
import { chmodSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { App } from 'electron';
import { makeFolder } from '../db/make-folder.ts';
import { defaultProfileDir } from '../profile.ts';

export interface ProfileChoice {
  isPackaged: boolean;
  environment: Readonly<Record<string, string | undefined>>;
  usual: string;
}

/** `ALMAGEST_PROFILE` is for developers and tests: a packaged app does not look at it. */
export function chooseProfile(choice: ProfileChoice): string {
  const asked = choice.isPackaged ? undefined : choice.environment['ALMAGEST_PROFILE'];
  return asked === undefined || asked === '' ? choice.usual : resolve(asked);
}

/**
 * Makes the profile's folder and points Electron at it; Chromium's own files go into a folder below, apart from
 * the person's. The single-instance lock lies in it too, so this comes first.
 */
export function settleProfile(app: App): string {
  const profileDir = chooseProfile({
    isPackaged: app.isPackaged,
    environment: process.env,
    usual: defaultProfileDir(),
  });
  const sessionDir = join(profileDir, 'chromium');
  makeFolder(sessionDir);
  chmodSync(sessionDir, 0o700);
  app.setPath('userData', profileDir);
  app.setPath('sessionData', sessionDir);
  return profileDir;
}
