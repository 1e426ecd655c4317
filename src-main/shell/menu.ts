/**
 * Runs in the main process. The native menus: the bar on macOS, the menu behind the mark elsewhere, and the one
 * of text fields. What is in them is decided in menu-template.ts.
 */
import { Menu, type BrowserWindow } from 'electron';
import {
  contextTemplate,
  menuBarTemplate,
  popupTemplate,
  type MenuInput,
} from './menu-template.ts';

export interface AppMenu {
  /** Shows the person's own shortcuts from now on. */
  useShortcuts(shortcuts: Readonly<Record<string, string>>): void;
  /** Opens the menu behind the mark, at a point of the page in CSS px. */
  popup(window: BrowserWindow, x: number, y: number): void;
  attachContextMenu(window: BrowserWindow): void;
}

export function createAppMenu(input: MenuInput): AppMenu {
  let current = input;
  const showBar = (): void => {
    // Elsewhere there is no bar, and without a menu Electron would register keys of its own.
    const bar = current.platform === 'darwin' ? menuBarTemplate(current) : null;
    Menu.setApplicationMenu(bar === null ? null : Menu.buildFromTemplate(bar));
  };
  showBar();
  return {
    useShortcuts(shortcuts) {
      if (JSON.stringify(shortcuts) === JSON.stringify(current.shortcuts)) return;
      current = { ...current, shortcuts };
      showBar();
    },
    popup(window, x, y) {
      Menu.buildFromTemplate(popupTemplate(current)).popup({ window, x, y });
    },
    attachContextMenu(window) {
      window.webContents.on('context-menu', (_event, params) => {
        const template = contextTemplate(params);
        if (template !== null) Menu.buildFromTemplate(template).popup({ window });
      });
    },
  };
}
