/**
 * The entry of Electron's main process. May import: the shell, and the core through compose.ts. One instance a
 * profile; the window first, so that something shows while the core opens its files; an orderly end.
 */
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { app, dialog, Menu, protocol } from 'electron';
import type { Core } from './ports.ts';
import { createDesktop } from './shell/desktop.ts';
import { describeError, openLog, type Log } from './shell/log.ts';
import { settleProfile } from './shell/profile.ts';
import { createKeyringVault } from './shell/keyring-vault.ts';
import { ownSchemePrivileges } from './shell/protocol.ts';
import { createShutdown } from './shell/shutdown.ts';

/** A start that cannot go on says why and ends; the library is left as it is. */
function fail(error: unknown, log?: Log): void {
  log?.error('Almagest could not start', error);
  const reason = error instanceof Error ? error.message : describeError(error);
  const text = `${reason}\n\nYour library and your files are not touched.`;
  dialog.showErrorBox('Almagest could not start', text);
  app.exit(1);
}

async function start(profileDir: string, log: Log): Promise<void> {
  const desktop = createDesktop({ profileDir, builtDir: dirname(import.meta.dirname), log });
  app.on('second-instance', () => desktop.focus());
  // Imported here, not above: the window need not wait for the core's code to be read.
  const core: Promise<Core> = import('./compose.ts').then(({ compose }) =>
    compose({
      profileDir,
      version: app.getVersion(),
      environment: process.env,
      allowOverrides: !app.isPackaged,
      settings: desktop.settings,
      platform: desktop.platform,
      vault: createKeyringVault(),
      workers: {
        sample: new URL('./sample-worker.js', import.meta.url),
        hash: new URL('./hash-worker.js', import.meta.url),
        captions: new URL('./captions-worker.js', import.meta.url),
        label: new URL('./label-worker.js', import.meta.url),
        checkpoint: new URL('./checkpoint-worker.js', import.meta.url),
      },
      emit: desktop.emit,
      ownsQueue: true,
      resolveProxy: desktop.resolveProxy,
      log: (text, detail) =>
        log.warn(detail === undefined ? text : `${text} ${JSON.stringify(detail)}`),
    }),
  );
  const shutDown = createShutdown({
    closeWindows: desktop.close,
    dispose: () => core.then(({ dispose }) => dispose()),
    exit: (code) => app.exit(code),
    onProblem: (text, error) => log.error(text, error),
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    void shutDown();
  });
  app.on('window-all-closed', () => app.quit());
  desktop.connect(core);
  await core;
}

try {
  const profileDir = settleProfile(app);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([ownSchemePrivileges]);
  // Without this Electron makes a menu of its own, with keys of its own.
  Menu.setApplicationMenu(null);
  if (app.requestSingleInstanceLock()) {
    const log = openLog(profileDir, homedir(), !app.isPackaged);
    app
      .whenReady()
      .then(() => start(profileDir, log))
      .catch((error: unknown) => fail(error, log));
  } else app.exit(0);
} catch (error) {
  fail(error);
}
