/** Runs in the preview runtime's process. The menus that would be on the screen, and choosing from them. */
import type { DrawnItem } from '../page/menu-overlay.ts';
import type { CdpSession } from '../cdp/pipe-client.ts';
import { NotEmulatedError } from '../refuse.ts';
import type { Menu, MenuDesk, MenuItem } from './menu.ts';

export interface MenuItemState {
  id: string | null;
  /** Labels from the top, so that an item without id can be named too. */
  path: string[];
  type: string;
  role: string | null;
  accelerator: string | null;
  enabled: boolean;
  checked: boolean;
}

export interface MenuDeskOptions {
  window: () => {
    close(): void;
    minimize(): void;
    isFullScreen(): boolean;
    setFullScreen(flag: boolean): void;
    reload(): void;
  } | null;
  /** What `click` is given as the window. */
  exposedWindow: () => object | undefined;
  session: () => CdpSession | null;
  quit(): void;
  record(what: string, ...args: unknown[]): void;
  /** Shows a popup to a person; null in tests. */
  draw: ((items: DrawnItem[], at: { x?: number; y?: number }) => void) | null;
}

const editCommands: Record<string, string> = {
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pasteandmatchstyle: 'PasteAndMatchStyle',
  delete: 'Delete',
  selectall: 'SelectAll',
};

export interface TestableMenuDesk extends MenuDesk {
  /** Items of the open popup, else of the application menu. */
  items(): MenuItemState[];
  isPopupOpen(): boolean;
  /** Chooses by id, or by labels joined with ' > '. */
  choose(name: string): Promise<void>;
  dismiss(): void;
  /** The answer to `draw`: the place of an item in the popup, counted through all submenus. */
  chooseDrawn(index: number | null): void;
}

const shortcutText = (accelerator: string | undefined): string =>
  (accelerator ?? '').replace(/CommandOrControl|CmdOrCtrl|Control/g, 'Ctrl').replace(/Plus$/, '+');

/** The popup as plain values, each item with its place among all. */
function toDrawn(menu: Menu, all: readonly MenuItem[]): DrawnItem[] {
  return menu.items
    .filter((item) => item.visible)
    .map((item) => ({
      index: all.indexOf(item),
      label: item.label,
      type: item.type,
      shortcut: shortcutText(item.accelerator),
      enabled: item.enabled,
      checked: item.checked,
      items: item.submenu === undefined ? [] : toDrawn(item.submenu, all),
    }));
}

export function createMenuDesk(options: MenuDeskOptions): TestableMenuDesk {
  let application: Menu | null = null;
  let popup: { menu: Menu; callback: (() => void) | undefined } | null = null;

  const flatten = (menu: Menu, above: string[] = []): { path: string[]; item: MenuItem }[] =>
    menu.items.flatMap((item) => {
      const path = [...above, item.label];
      return [{ path, item }, ...(item.submenu === undefined ? [] : flatten(item.submenu, path))];
    });
  const shown = (): { path: string[]; item: MenuItem }[] => {
    const menu = popup?.menu ?? application;
    return menu === null ? [] : flatten(menu);
  };

  const runRole = async (role: string): Promise<void> => {
    const command = editCommands[role];
    const window = options.window();
    if (command !== undefined) {
      await options.session()?.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        commands: [command],
      });
    } else if (role === 'quit') options.quit();
    else if (role === 'close') window?.close();
    else if (role === 'minimize') window?.minimize();
    else if (role === 'reload' || role === 'forcereload') window?.reload();
    else if (role === 'togglefullscreen') window?.setFullScreen(!window.isFullScreen());
    else if (role === 'toggledevtools') options.record('webContents.toggleDevTools');
    else throw new NotEmulatedError(`choosing the menu role '${role}'`);
  };

  const close = (): void => {
    const open = popup;
    popup = null;
    if (open === null) return;
    open.menu.fire('menu-will-close');
    open.callback?.();
  };

  const chooseItem = async (item: MenuItem): Promise<void> => {
    close();
    if (item.type === 'checkbox') item.checked = !item.checked;
    if (item.role !== undefined && item.click === undefined) await runRole(item.role);
    else item.click?.(item, options.exposedWindow(), { triggeredByAccelerator: false });
  };

  return {
    opened: (menu, { callback, x, y }) => {
      close();
      popup = { menu, callback };
      const at = { ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) };
      options.record('Menu.popup', at);
      options.draw?.(toDrawn(menu, menu.all()), at);
    },
    closed: (menu) => {
      if (popup?.menu === menu) popup = null;
    },
    setApplicationMenu: (menu) => {
      application = menu;
    },
    applicationMenu: () => application,
    isPopupOpen: () => popup !== null,
    items: () =>
      shown()
        .filter(({ item }) => item.visible)
        .map(({ path, item }) => ({
          id: item.id ?? null,
          path,
          type: item.type,
          role: item.role ?? null,
          accelerator: item.accelerator ?? null,
          enabled: item.enabled,
          checked: item.checked,
        })),
    choose: async (name) => {
      const found = shown().find(({ path, item }) => item.id === name || path.join(' > ') === name);
      if (found === undefined) throw new Error(`no menu item '${name}' is shown`);
      if (!found.item.enabled) throw new Error(`the menu item '${name}' is disabled`);
      await chooseItem(found.item);
    },
    chooseDrawn: (index) => {
      const item = index === null ? undefined : popup?.menu.all()[index];
      if (item === undefined) close();
      else chooseItem(item).catch((error: unknown) => console.error(error));
    },
    dismiss: close,
  };
}
