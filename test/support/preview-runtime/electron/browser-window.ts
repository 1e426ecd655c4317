/** Runs in the preview runtime's process. Stands in for Electron's `BrowserWindow`: one window at a time. */
import type { ChromiumPage, PageMessage } from '../cdp/page.ts';
import type { Host } from '../host.ts';
import { NotEmulatedError, refuseUnknownKeys, strict } from '../refuse.ts';
import { StrictEmitter } from '../strict-emitter.ts';
import { checkWebPreferences, WebContents } from './web-contents.ts';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface WindowOptions extends Partial<Rectangle> {
  title?: string;
  show?: boolean;
  backgroundColor?: string;
  webPreferences?: Record<string, unknown>;
}

const knownOptions = [
  'x',
  'y',
  'width',
  'height',
  'center',
  'show',
  'title',
  'icon',
  'backgroundColor',
  'webPreferences',
  'autoHideMenuBar',
  'darkTheme',
  // Not enforced: the frame is the browser's.
  'minWidth',
  'minHeight',
  'useContentSize',
];

const emitted = [
  'ready-to-show',
  'show',
  'focus',
  'blur',
  'close',
  'closed',
  'resize',
  'resized',
  'move',
  'moved',
  'maximize',
  'unmaximize',
  'minimize',
  'restore',
  'enter-full-screen',
  'leave-full-screen',
  'page-title-updated',
];

/** These have causes that cannot occur here. */
const silent = ['unresponsive', 'responsive', 'session-end', 'query-session-end', 'hide'];

type WindowMode = 'normal' | 'maximized' | 'minimized' | 'fullscreen';

const modeEvents: Record<WindowMode, [entered: string, left: string]> = {
  normal: ['restore', 'restore'],
  maximized: ['maximize', 'unmaximize'],
  minimized: ['minimize', 'restore'],
  fullscreen: ['enter-full-screen', 'leave-full-screen'],
};

/** Chromium's frame around the page when nothing is known yet, in DIP. */
const guessedFrame = { width: 0, height: 56 };

export class BrowserWindow extends StrictEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  readonly #contents: WebContents;
  readonly #host: Host;
  /** Bounds of the content: the browser's frame around it is not the app's. */
  #bounds: Rectangle;
  #normalBounds: Rectangle;
  #mode: WindowMode = 'normal';
  #modeBefore: WindowMode = 'normal';
  #visible: boolean;
  #focused = false;
  #destroyed = false;
  #closing = false;
  #painted = false;
  #title: string;
  #background: string;
  #frame = guessedFrame;
  #windowId: number | null = null;
  /** Window commands run one after another. */
  #queue: Promise<unknown>;

  constructor(host: Host, options: WindowOptions, id: number) {
    super('BrowserWindow', emitted, silent);
    refuseUnknownKeys('BrowserWindow option', options, knownOptions);
    const preferences = options.webPreferences ?? {};
    checkWebPreferences(preferences);
    this.#host = host;
    this.id = id;
    const { width = 800, height = 600, x = 0, y = 0 } = options;
    this.#bounds = { x, y, width, height, ...host.preview.size };
    this.#normalBounds = this.#bounds;
    this.#visible = options.show !== false;
    this.#title = options.title ?? host.app.getName();
    this.#background = options.backgroundColor ?? '#FFF';
    this.#contents = new WebContents({
      host,
      id,
      preload: preferences['preload'] as string | undefined,
      owner: {
        prepare: (page) => this.#prepare(page),
        onWindowMessage: (message) => this.#onPage(message),
        onFirstPaint: () => this.#onFirstPaint(),
        onTitle: (title) => {
          if (!this.fire('page-title-updated', {}, title, true).defaultPrevented) {
            this.#title = title;
          }
        },
        onStay: () => {
          this.#closing = false;
          this.#host.app.cancelQuit();
        },
        onGone: () => this.#onGone(),
      },
    });
    this.webContents = this.#contents.expose();
    this.#queue = this.#contents.attach().catch((error: unknown) => {
      // A window that was closed meanwhile no longer needs its page.
      if (this.#destroyed) return;
      console.error(error);
      this.destroy();
    });
  }

  /** What the app holds. */
  expose(): this {
    const afterEnd = ['isDestroyed', 'removeListener', 'off', 'destroy'];
    return strict('BrowserWindow', this, {
      hidden: ['page', 'attached', 'expose', 'fire'],
      guard: (method) => {
        if (!this.#destroyed || afterEnd.includes(method)) return;
        throw new TypeError('Object has been destroyed');
      },
    });
  }

  /** Not Electron's: the page behind the contents, once attached. */
  get page(): ChromiumPage | null {
    return this.#contents.page;
  }

  /** Not Electron's: resolves once the page can be reached. */
  attached(): Promise<ChromiumPage> {
    return this.#contents.attach();
  }

  async loadURL(url: string): Promise<void> {
    await this.#contents.loadURL(url);
  }

  reload(): void {
    this.#contents.reload();
  }

  show(): void {
    this.#visible = true;
    this.fire('show');
    this.focus();
  }

  focus(): void {
    this.#contents.focus();
    if (this.#focused) return;
    this.#focused = true;
    this.fire('focus');
  }

  isFocused(): boolean {
    return this.#focused;
  }

  isVisible(): boolean {
    return this.#visible && !this.#destroyed;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    if (this.#closing || this.#destroyed) return;
    if (this.fire('close').defaultPrevented) {
      this.#host.app.cancelQuit();
      return;
    }
    const page = this.#contents.page;
    if (page === null || this.#contents.isCrashed()) {
      this.destroy();
      return;
    }
    this.#closing = true;
    // Lets the page's unload handlers run; the end comes as its target's end.
    page.session.send('Page.close').catch(() => this.destroy());
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#contents.markDestroyed();
    this.#host.forgetWindow(this);
    this.emit('closed');
    this.#host.app.windowClosed();
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  getContentBounds(): Rectangle {
    return { ...this.#bounds };
  }

  getNormalBounds(): Rectangle {
    return { ...this.#normalBounds };
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    if (this.#mode === 'normal') this.#normalBounds = this.#bounds;
    this.#run(() => this.#applyBounds());
  }

  setContentBounds(bounds: Rectangle): void {
    this.setBounds(bounds);
  }

  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }

  getContentSize(): [number, number] {
    return this.getSize();
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  maximize(): void {
    this.#setMode('maximized');
  }

  unmaximize(): void {
    if (this.#mode === 'maximized') this.#setMode('normal');
  }

  minimize(): void {
    this.#setMode('minimized');
  }

  restore(): void {
    if (this.#mode === 'minimized') this.#setMode(this.#modeBefore);
  }

  setFullScreen(flag: boolean): void {
    if (flag) this.#setMode('fullscreen');
    else if (this.#mode === 'fullscreen') this.#setMode('normal');
  }

  isMaximized(): boolean {
    return this.#mode === 'maximized';
  }

  isMinimized(): boolean {
    return this.#mode === 'minimized';
  }

  isFullScreen(): boolean {
    return this.#mode === 'fullscreen';
  }

  isNormal(): boolean {
    return this.#mode === 'normal';
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getBackgroundColor(): string {
    return this.#background;
  }

  setBackgroundColor(colour: string): void {
    this.#background = colour;
    this.#run(async () => this.#paintBackground());
  }

  setProgressBar(progress: number, options?: object): void {
    this.#host.records.add('BrowserWindow.setProgressBar', progress, options);
  }

  setTitleBarOverlay(options: object): void {
    this.#host.records.add('BrowserWindow.setTitleBarOverlay', options);
  }

  /** There is no menu bar here. */
  setMenuBarVisibility(_visible: boolean): void {}

  setMenu(menu: null): void {
    if (menu !== null) throw new NotEmulatedError('BrowserWindow.setMenu with a menu');
  }

  /** All of it before anything is loaded: the page finds its size and theme, and nothing races its start. */
  async #prepare(page: ChromiumPage): Promise<void> {
    const { cdp } = this.#host.chromium();
    const { targetId } = page;
    const { windowId } = await cdp.send<{ windowId: number }>('Browser.getWindowForTarget', {
      targetId,
    });
    this.#windowId = windowId;
    await Promise.all([
      this.#paintBackground(),
      this.#host.theme.apply(page),
      this.#host.permissions.apply(),
      this.#fitFrame(),
    ]);
  }

  #run(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      if (!this.#destroyed) console.error('preview runtime: the window did not follow', error);
    });
  }

  async #paintBackground(): Promise<void> {
    const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(this.#background);
    if (parts === null) return;
    const [r = 255, g = 255, b = 255] = parts.slice(1).map((part) => parseInt(part, 16));
    await this.#contents.page?.session.send('Emulation.setDefaultBackgroundColorOverride', {
      color: { r, g, b },
    });
  }

  /** Measures the browser's frame, then makes the content as large as the app asked for. */
  async #fitFrame(): Promise<void> {
    const result = await this.#contents.page?.session.send<{ result: { value: number[] } }>(
      'Runtime.evaluate',
      { expression: '[outerWidth - innerWidth, outerHeight - innerHeight]', returnByValue: true },
    );
    const [width = 0, height = 0] = result?.result.value ?? [];
    if (width >= 0 && height >= 0) this.#frame = { width, height };
    if (this.#mode === 'normal') await this.#applyBounds();
  }

  async #setWindow(bounds: object): Promise<void> {
    if (this.#destroyed || this.#windowId === null) return;
    const { cdp } = this.#host.chromium();
    await cdp.send('Browser.setWindowBounds', { windowId: this.#windowId, bounds });
  }

  async #applyBounds(): Promise<void> {
    const { x, y, width, height } = this.#bounds;
    await this.#setWindow({
      left: x,
      top: y,
      width: width + this.#frame.width,
      height: height + this.#frame.height,
    });
  }

  #setMode(mode: WindowMode): void {
    const before = this.#mode;
    if (mode === before) return;
    this.#modeBefore = before;
    this.#mode = mode;
    this.#run(async () => {
      // Chromium changes between two such states only by way of the normal one.
      if (before !== 'normal') await this.#setWindow({ windowState: 'normal' });
      if (mode !== 'normal') await this.#setWindow({ windowState: mode });
      if (!this.#destroyed)
        this.fire(mode === 'normal' ? modeEvents[before][1] : modeEvents[mode][0]);
    });
  }

  #onPage(message: PageMessage): void {
    if (message.kind !== 'window' || this.#destroyed) return;
    const { event, innerWidth, innerHeight, screenX, screenY } = message as unknown as {
      event: 'focus' | 'blur' | 'resize';
      innerWidth: number;
      innerHeight: number;
      screenX: number;
      screenY: number;
    };
    this.#movedTo(screenX, screenY);
    if (event === 'resize') {
      this.#bounds = { ...this.#bounds, width: innerWidth, height: innerHeight };
      this.#run(() => this.#readMode());
      return;
    }
    if (this.#focused === (event === 'focus')) return;
    this.#focused = event === 'focus';
    this.fire(event);
    this.#contents.fire(event);
  }

  #movedTo(x: number, y: number): void {
    if (x === this.#bounds.x && y === this.#bounds.y) return;
    this.#bounds = { ...this.#bounds, x, y };
    if (this.#mode === 'normal') this.#normalBounds = this.#bounds;
    this.fire('move');
  }

  /** After a change of size, whoever made it: the user has buttons for these states too. */
  async #readMode(): Promise<void> {
    if (this.#destroyed || this.#windowId === null) return;
    const { bounds } = await this.#host
      .chromium()
      .cdp.send<{ bounds: { windowState?: WindowMode } }>('Browser.getWindowBounds', {
        windowId: this.#windowId,
      });
    const mode = bounds.windowState ?? 'normal';
    const before = this.#mode;
    if (this.#destroyed) return;
    if (mode === 'normal') this.#normalBounds = this.#bounds;
    if (mode !== before) {
      this.#modeBefore = before;
      this.#mode = mode;
      this.fire(mode === 'normal' ? modeEvents[before][1] : modeEvents[mode][0]);
    }
    this.fire('resize');
  }

  #onFirstPaint(): void {
    if (this.#painted) return;
    this.#painted = true;
    this.fire('ready-to-show');
  }

  /** The page's target ended: we closed it, the user did, or Chromium died. */
  #onGone(): void {
    if (this.#destroyed) return;
    if (!this.#closing) this.fire('close');
    this.destroy();
  }
}
