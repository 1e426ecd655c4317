/**
 * Runs in plain Node; the functions handed to `evaluate` run in Electron's main process. Puts a stub desktop
 * under the app, so that no browser or file manager is started by a test, and steers it.
 */
import type * as electron from 'electron';
import type { MenuItem } from 'electron';
import type { ElectronApplication, Page } from 'playwright-core';
import type { AppControl, DesktopCall, MenuItemState } from './launched-app.ts';

/** Lives in Electron's main process. */
interface Stub {
  calls: DesktopCall[];
  answers: Record<string, unknown[]>;
  popup: { items: readonly MenuItem[] } | null;
}

export async function installDesktopStub(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ clipboard, dialog, Menu, shell }) => {
    const stub: Stub = { calls: [], answers: {}, popup: null };
    Object.assign(globalThis, { almagestStub: stub });
    const add = (what: string, ...args: unknown[]): void => void stub.calls.push({ what, args });
    const answer = (what: string, args: unknown[]): unknown => {
      add(`dialog.${what}`, args.at(-1));
      const list = stub.answers[what] ?? [];
      if (list.length === 0) throw new Error(`no answer was set for dialog.${what}`);
      return list.shift();
    };
    const write = clipboard.writeText.bind(clipboard);
    Object.assign(shell, {
      openExternal: async (url: string) => add('shell.openExternal', url),
      openPath: async (path: string) => (add('shell.openPath', path), ''),
      showItemInFolder: (path: string) => add('shell.showItemInFolder', path),
    });
    Object.assign(clipboard, {
      writeText: async (text: string) => (add('clipboard.writeText', text), write(text)),
    });
    Object.assign(dialog, {
      showOpenDialog: async (...args: unknown[]) => answer('showOpenDialog', args),
      showSaveDialog: async (...args: unknown[]) => answer('showSaveDialog', args),
      showMessageBox: async (...args: unknown[]) => answer('showMessageBox', args),
    });
    Object.assign(Menu.prototype, {
      popup(this: { items: readonly MenuItem[] }) {
        stub.popup = this;
        add('Menu.popup');
      },
    });
  });
}

type Flat = { path: string[]; item: MenuItem }[];

export function controlElectron(app: ElectronApplication, page: Page): AppControl {
  return {
    calls: async (what) => {
      const calls = await app.evaluate(
        () => (globalThis as unknown as { almagestStub: Stub }).almagestStub.calls,
      );
      return what === undefined ? calls : calls.filter((call) => call.what === what);
    },
    clearCalls: () =>
      app.evaluate(() => {
        (globalThis as unknown as { almagestStub: Stub }).almagestStub.calls.length = 0;
      }),
    answerDialog: (dialog, answer) =>
      app.evaluate(
        (_electron, given) => {
          const { answers } = (globalThis as unknown as { almagestStub: Stub }).almagestStub;
          (answers[given.dialog] ??= []).push(given.answer);
        },
        { dialog, answer },
      ),
    menuItems: () => app.evaluate(listMenu),
    chooseMenuItem: (name) => app.evaluate(chooseInMenu, name),
    setSystemTheme: async (change) => {
      await page.emulateMedia({
        ...(change.dark === undefined ? {} : { colorScheme: change.dark ? 'dark' : 'light' }),
        ...(change.highContrast === undefined
          ? {}
          : { contrast: change.highContrast ? 'more' : 'no-preference' }),
        ...(change.reducedMotion === undefined
          ? {}
          : { reducedMotion: change.reducedMotion ? 'reduce' : 'no-preference' }),
        ...(change.forcedColours === undefined
          ? {}
          : { forcedColors: change.forcedColours ? 'active' : 'none' }),
      });
    },
    secondInstance: (argv) =>
      app.evaluate(({ app: main }, given) => {
        main.emit('second-instance', {}, given, process.cwd(), {});
      }, argv),
    windowState: () =>
      app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        if (window === undefined) return null;
        return {
          bounds: window.getContentBounds(),
          maximized: window.isMaximized(),
          minimized: window.isMinimized(),
          fullScreen: window.isFullScreen(),
          visible: window.isVisible(),
          title: window.getTitle(),
          url: window.webContents.getURL(),
        };
      }),
    setSize: (width, height) =>
      app.evaluate(
        ({ BrowserWindow }, size) => {
          BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
        },
        { width, height },
      ),
    maximize: () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize()),
    unmaximize: () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.unmaximize()),
    closeWindow: () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    crashPage: () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
      ),
  };
}

/* The two below are handed over as text: each must stand alone. */

function listMenu({ Menu }: typeof electron): {
  popup: boolean;
  items: MenuItemState[];
} {
  const flatten = (items: readonly MenuItem[], above: string[]): Flat =>
    items.flatMap((item) => {
      const path = [...above, item.label];
      return [{ path, item }, ...flatten(item.submenu?.items ?? [], path)];
    });
  const { almagestStub: stub } = globalThis as unknown as { almagestStub: Stub };
  const items = stub.popup?.items ?? Menu.getApplicationMenu()?.items ?? [];
  return {
    popup: stub.popup !== null,
    items: flatten(items, [])
      .filter(({ item }) => item.visible)
      .map(({ path, item }) => ({
        id: item.id ?? null,
        path,
        type: item.type,
        role: item.role ?? null,
        accelerator: item.accelerator === undefined ? null : String(item.accelerator),
        enabled: item.enabled,
        checked: item.checked,
      })),
  };
}

function chooseInMenu({ BrowserWindow, Menu }: typeof electron, name: string): void {
  const flatten = (items: readonly MenuItem[], above: string[]): Flat =>
    items.flatMap((item) => {
      const path = [...above, item.label];
      return [{ path, item }, ...flatten(item.submenu?.items ?? [], path)];
    });
  const { almagestStub: stub } = globalThis as unknown as { almagestStub: Stub };
  const items = stub.popup?.items ?? Menu.getApplicationMenu()?.items ?? [];
  const found = flatten(items, []).find(
    ({ path, item }) => item.id === name || path.join(' > ') === name,
  );
  if (found === undefined) throw new Error(`no menu item '${name}' is shown`);
  stub.popup = null;
  const [window] = BrowserWindow.getAllWindows();
  found.item.click({}, window, window?.webContents);
}
