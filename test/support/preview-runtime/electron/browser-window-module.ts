/** Runs in the preview runtime's process. The class `BrowserWindow` as the app sees it. */
import type { Host } from '../host.ts';
import { strict } from '../refuse.ts';

export function createBrowserWindowModule(host: Host): object {
  const exposed = () => host.windows().map(({ exposed: window }) => window);
  class BrowserWindow {
    constructor(options: object = {}) {
      return host.createWindow(options);
    }

    static [Symbol.hasInstance](value: unknown): boolean {
      return exposed().some((window) => window === value);
    }

    static getAllWindows(): object[] {
      return exposed();
    }

    static getFocusedWindow(): object | null {
      return exposed().find((window) => window.isFocused()) ?? null;
    }

    static fromWebContents(contents: object): object | null {
      return exposed().find((window) => window.webContents === contents) ?? null;
    }

    static fromId(id: number): object | null {
      return exposed().find((window) => window.id === id) ?? null;
    }
  }
  return strict('BrowserWindow', BrowserWindow);
}
