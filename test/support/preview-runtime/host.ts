/**
 * Runs in the preview runtime's process. What the stand-ins share: the browser, the app's origins, the window,
 * and the order in which things begin and end.
 */
import { startChromium, type Chromium } from './cdp/chromium.ts';
import type { ChromiumPage } from './cdp/page.ts';
import { createRecords, type Records } from './control/records.ts';
import { App } from './electron/app.ts';
import { BrowserWindow } from './electron/browser-window.ts';
import type { DesktopOptions } from './electron/desktop.ts';
import { createIpcMain, type IpcMain } from './electron/ipc-main.ts';
import { useMenuDesk } from './electron/menu.ts';
import { createMenuDesk, type TestableMenuDesk } from './electron/menu-desk.ts';
import { NativeTheme, readDesktopTheme } from './electron/native-theme.ts';
import { createPermissions, type Permissions } from './electron/permissions.ts';
import { createProtocol } from './electron/protocol.ts';
import { Session } from './electron/session.ts';
import type { PreviewOptions } from './options.ts';
import { createOrigins, type Origins } from './origin/origins.ts';
import { NotEmulatedError } from './refuse.ts';

const firstSize = { width: 1280, height: 856 };

export class Host {
  readonly preview: PreviewOptions;
  readonly records: Records = createRecords();
  readonly origins: Origins = createOrigins();
  readonly ipc: IpcMain = createIpcMain();
  readonly app: App;
  readonly theme: NativeTheme;
  readonly permissions: Permissions;
  readonly protocol: object;
  readonly session: Session;
  readonly menuDesk: TestableMenuDesk;
  readonly desktop: DesktopOptions;
  #chromium: Chromium | null = null;
  #window: { bare: BrowserWindow; exposed: BrowserWindow } | null = null;
  #lastId = 0;
  readonly #ending: Promise<unknown>[] = [];
  readonly #closers: (() => void)[] = [];

  constructor(preview: PreviewOptions) {
    this.preview = preview;
    this.app = new App({
      preview,
      windows: () => this.windows().map(({ bare }) => bare),
      cleanUp: () => this.#cleanUp(),
      onFirstInstance: () => this.warmUp(),
    });
    const isReady = (): boolean => this.app.isReady();
    const interactive = !preview.headless && preview.debuggingFile === undefined;
    const theme = preview.systemTheme ?? (interactive ? readDesktopTheme() : 'light');
    this.theme = new NativeTheme(theme === 'dark');
    this.permissions = createPermissions({
      chromium: () => this.chromium(),
      origin: () => this.#page()?.origin ?? null,
    });
    this.protocol = createProtocol(this.origins, isReady);
    this.session = new Session(this.permissions, this.protocol);
    this.menuDesk = createMenuDesk({
      window: () => this.#window?.bare ?? null,
      exposedWindow: () => this.#window?.exposed,
      session: () => this.#page()?.session ?? null,
      quit: () => this.app.quit(),
      record: (what, ...args) => this.records.add(what, ...args),
      draw:
        interactive || process.env['ALMAGEST_PREVIEW_MENUS'] === 'drawn'
          ? (items, at) => this.#page()?.post({ kind: 'menu', items, ...at })
          : null,
    });
    useMenuDesk(this.menuDesk);
    this.desktop = {
      records: this.records,
      interactive,
      isReady,
      copyThroughPage: (text) => this.#copy(text),
    };
  }

  /** Starts Chromium ahead of the window, once it is sure that there will be one. */
  warmUp(): void {
    this.chromium();
  }

  /** The browser of the present or the next window. */
  chromium(): Chromium {
    this.#chromium ??= startChromium({
      headless: this.preview.headless,
      debuggingPort: this.preview.debuggingFile !== undefined,
      deviceScaleFactor: this.preview.deviceScaleFactor,
      ...firstSize,
    });
    return this.#chromium;
  }

  windows(): { bare: BrowserWindow; exposed: BrowserWindow }[] {
    return this.#window === null ? [] : [this.#window];
  }

  createWindow(options: object): BrowserWindow {
    if (!this.app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    if (this.#window !== null) throw new NotEmulatedError('a second BrowserWindow');
    const bare = new BrowserWindow(this, options, (this.#lastId += 1));
    const exposed = bare.expose();
    this.#window = { bare, exposed };
    this.app.fire('web-contents-created', {}, bare.webContents);
    this.app.fire('browser-window-created', {}, exposed);
    return exposed;
  }

  /** The window is gone, and its browser with it: a next window gets a new one. */
  forgetWindow(window: BrowserWindow): void {
    if (this.#window?.bare !== window) return;
    this.#window = null;
    const chromium = this.#chromium;
    this.#chromium = null;
    if (chromium !== null) this.#ending.push(chromium.end());
  }

  downloadBegan(url: string, fileName: string, contents: object): void {
    const item = { getURL: () => url, getFilename: () => fileName };
    // Chromium was told to deny every download; the app is only asked whether it wants the same.
    if (this.session.fire('will-download', {}, item, contents).defaultPrevented) return;
    console.error(`preview runtime: downloading ${fileName} from a page is not emulated`);
  }

  /** Runs `close` when the app ends. */
  onEnd(close: () => void): void {
    this.#closers.push(close);
  }

  #page(): ChromiumPage | null {
    return this.#window?.bare.page ?? null;
  }

  async #copy(text: string): Promise<void> {
    const page = this.#page();
    if (page === null) return;
    const { cdp } = this.chromium();
    const permission = { name: 'clipboard-write' };
    await cdp.send('Browser.setPermission', { permission, setting: 'granted' });
    await page.session
      .send('Runtime.evaluate', {
        expression: `navigator.clipboard.writeText(${JSON.stringify(text)})`,
        userGesture: true,
        awaitPromise: true,
      })
      .finally(() => this.permissions.apply());
  }

  async #cleanUp(): Promise<void> {
    for (const close of this.#closers) close();
    this.origins.close();
    if (this.#chromium !== null) this.#ending.push(this.#chromium.end());
    await Promise.allSettled(this.#ending);
  }
}
