/**
 * Runs in the main process. What only a desktop can do, for the core.
 */
import { isAbsolute } from 'node:path';
import { app, clipboard, dialog, shell, type BrowserWindow } from 'electron';
import { ArchiveError } from '#contract/errors.ts';
import type { PlatformPorts } from '../ports.ts';
import type { AppMenu } from './menu.ts';

export interface PlatformOptions {
  preview: boolean;
  window: BrowserWindow;
  /** The page has kept what it keeps. */
  viewSaved(): void;
  menu: AppMenu;
  openExternal(address: string): Promise<void>;
}

async function chooseFolder(
  window: BrowserWindow,
  startIn: string | undefined,
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose a folder',
    buttonLabel: 'Choose',
    properties: ['openDirectory', 'createDirectory'],
    ...(startIn !== undefined && isAbsolute(startIn) ? { defaultPath: startIn } : {}),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

export function createPlatformPorts(options: PlatformOptions): PlatformPorts {
  const { window } = options;
  return {
    runtime: options.preview ? 'preview' : 'electron',
    openExternal: options.openExternal,
    copyText: async (text) => clipboard.writeText(text),
    chooseFolder: (startIn) => chooseFolder(window, startIn),
    popupMenu: async (x, y) => {
      const [width = 0, height = 0] = window.getContentSize();
      options.menu.popup(window, Math.min(x, width), Math.min(y, height));
    },
    showInFolder: async (path) => {
      if (!isAbsolute(path)) {
        throw new ArchiveError({
          code: 'not-found',
          message: 'This file has no place on this computer yet.',
          retryable: false,
        });
      }
      shell.showItemInFolder(path);
    },
    // After the answer has gone out: the window it goes to is about to close.
    closeWindow: async () => void setImmediate(() => window.close()),
    viewSaved: async () => options.viewSaved(),
    quit: async () => void setImmediate(() => app.quit()),
  };
}
