/**
 * Runs in plain Node. Starts the built app for a test, the tour or a bench: in real Electron where its binary
 * is, else in the preview runtime. Specs see Playwright's `Page` either way.
 */
import { chooseRuntime, findElectron } from './find-electron.ts';
import { launchElectron } from './launch-electron.ts';
import { prepareFolders } from './launch-environment.ts';
import { launchPreview } from './launch-preview.ts';
import type { LaunchedApp, LaunchOptions } from './launched-app.ts';

export type { LaunchedApp, LaunchOptions } from './launched-app.ts';

/** Resolves when the window's page has a document of the app. The build in `out/` must be there. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const folders = prepareFolders(options);
  const electron = chooseRuntime() === 'electron' ? findElectron() : null;
  return electron === null
    ? launchPreview(options, folders)
    : launchElectron(electron, options, folders);
}
