/** Runs in the preview runtime's process. Stands in for Electron's `webContents` of a window. */
import { readFileSync } from 'node:fs';
import { ChromiumPage, type PageListener, type PageMessage } from '../cdp/page.ts';
import type { Host } from '../host.ts';
import { NotEmulatedError, refuseUnknownKeys, strict } from '../refuse.ts';
import { StrictEmitter } from '../strict-emitter.ts';
import { cloneForIpc, type IpcEvent } from './ipc-main.ts';

const emitted = [
  'did-start-navigation',
  'did-navigate',
  'did-navigate-in-page',
  'dom-ready',
  'did-finish-load',
  'did-fail-load',
  'page-title-updated',
  'render-process-gone',
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-prevent-unload',
  'preload-error',
  'context-menu',
  'focus',
  'blur',
  'destroyed',
];

/** These have causes that cannot occur here. */
const silent = ['will-attach-webview', 'did-attach-webview', 'unresponsive', 'responsive'];

type WindowOpenHandler = (details: object) => { action: 'deny' } | { action: 'allow' };

/** What the window wants to know of its page. */
export interface ContentsOwner {
  /** Runs before the first page is loaded. */
  prepare(page: ChromiumPage): Promise<void>;
  onWindowMessage(message: PageMessage): void;
  onFirstPaint(): void;
  onTitle(title: string): void;
  /** The page asked to stay open, and nobody overruled it. */
  onStay(): void;
  onGone(): void;
}

export interface WebContentsOptions {
  host: Host;
  id: number;
  preload: string | undefined;
  owner: ContentsOwner;
}

export class WebContents extends StrictEmitter {
  readonly id: number;
  readonly session: object;
  readonly mainFrame: object;
  readonly #host: Host;
  readonly #options: WebContentsOptions;
  #page: Promise<ChromiumPage> | null = null;
  #openPage: ChromiumPage | null = null;
  #proxy: object = this;
  #url = '';
  #title = '';
  #loading = false;
  #crashed = false;
  #destroyed = false;
  #openHandler: WindowOpenHandler | null = null;

  constructor(options: WebContentsOptions) {
    super('webContents', emitted, silent);
    this.id = options.id;
    this.#options = options;
    this.#host = options.host;
    this.session = options.host.session;
    this.mainFrame = this.#createMainFrame();
  }

  /** What the app holds. Called once, by the window. */
  expose(): this {
    const afterEnd = ['isDestroyed', 'removeListener', 'off'];
    const proxy = strict('webContents', this, {
      hidden: ['page', 'expose', 'attach', 'markDestroyed', 'fire'],
      guard: (method) => {
        if (!this.#destroyed || afterEnd.includes(method)) return;
        throw new TypeError('Object has been destroyed');
      },
    });
    this.#proxy = proxy;
    return proxy;
  }

  /** Begins to attach; the page is ready for `loadURL` when the promise resolves. */
  attach(): Promise<ChromiumPage> {
    this.#page ??= this.#attach();
    return this.#page;
  }

  get page(): ChromiumPage | null {
    return this.#openPage;
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.attach();
    await this.#host.origins.ready();
    const address = this.#host.origins.toLoopback(url);
    if (address === null) throw new NotEmulatedError(`loading ${url} (not of a custom scheme)`);
    this.#loading = true;
    try {
      await page.navigate(address);
    } catch (error) {
      if (this.#destroyed) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.fire('did-fail-load', {}, -2, reason, url, true, 0, 0);
      throw new Error(`${reason} loading '${url}'`, { cause: error });
    } finally {
      this.#loading = false;
    }
  }

  reload(): void {
    this.#openPage?.tell('Page.reload');
  }

  reloadIgnoringCache(): void {
    this.#openPage?.tell('Page.reload', { ignoreCache: true });
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    this.#openPage?.post({ kind: 'send', channel, args: cloneForIpc(args) });
  }

  getURL(): string {
    return this.#url;
  }

  getTitle(): string {
    return this.#title;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  focus(): void {
    this.#openPage?.tell('Page.bringToFront');
  }

  setWindowOpenHandler(handler: WindowOpenHandler | null): void {
    this.#openHandler = handler;
  }

  /** Chromium's own tools are a separate window here; the call is only recorded. */
  openDevTools(): void {
    this.#host.records.add('webContents.openDevTools');
  }

  toggleDevTools(): void {
    this.#host.records.add('webContents.toggleDevTools');
  }

  /** Ends the object; the page itself is ended by the window. */
  markDestroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed');
  }

  async #attach(): Promise<ChromiumPage> {
    const { host, preload } = this.#options;
    const page = await ChromiumPage.open({
      chromium: host.chromium(),
      origins: host.origins,
      preload: preload === undefined ? null : readFileSync(preload, 'utf8'),
      headless: host.preview.headless,
      listener: this.#createListener(),
    });
    this.#openPage = page;
    await this.#options.owner.prepare(page);
    return page;
  }

  #createMainFrame(): object {
    const read = <T>(value: T): T => {
      if (this.#destroyed) {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed');
      }
      return value;
    };
    const url = (): string => read(this.#url);
    const frame = {
      get url() {
        return url();
      },
      get origin() {
        return url().split('/').slice(0, 3).join('/');
      },
      parent: null,
      get top(): object {
        return proxy;
      },
      frameTreeNodeId: this.#options.id,
      routingId: this.#options.id,
      processId: this.#options.id,
      detached: false,
      name: '',
      isDestroyed: () => this.#destroyed,
      send: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
    };
    const proxy = strict('WebFrameMain', frame);
    return proxy;
  }

  #createListener(): PageListener {
    const { owner, host } = this.#options;
    return {
      onMessage: (message) => this.#receive(message),
      mayNavigate: (request) => this.#mayNavigate(request),
      onWindowOpen: (details) => this.#askToOpen(details),
      onStartNavigation: (url, isMainFrame, isSameDocument) => {
        const frame = isMainFrame ? this.mainFrame : null;
        this.fire('did-start-navigation', { url, isMainFrame, isSameDocument, frame });
      },
      onNavigated: (url, isSameDocument) => {
        this.#url = url;
        this.#crashed = false;
        if (isSameDocument) this.fire('did-navigate-in-page', {}, url, true);
        else this.fire('did-navigate', {}, url, 200, 'OK');
      },
      onDomReady: () => void this.fire('dom-ready'),
      onLoaded: () => {
        this.#loading = false;
        this.fire('did-finish-load');
      },
      onFirstPaint: () => owner.onFirstPaint(),
      onCrashed: () => {
        this.#crashed = true;
        const details = { reason: 'crashed', exitCode: 5 };
        this.fire('render-process-gone', {}, details);
        host.app.fire('render-process-gone', {}, this.#proxy, details);
      },
      mayLeave: () => {
        const mayLeave = this.fire('will-prevent-unload').defaultPrevented;
        if (!mayLeave) owner.onStay();
        return mayLeave;
      },
      onDownload: (url, fileName) => host.downloadBegan(url, fileName, this.#proxy),
      onGone: () => owner.onGone(),
    };
  }

  #mayNavigate(request: {
    url: string;
    isMainFrame: boolean;
    byPage: boolean;
    isRedirect: boolean;
  }): boolean {
    const { url, isMainFrame, byPage, isRedirect } = request;
    const frame = isMainFrame ? this.mainFrame : null;
    const details = { url, isMainFrame, isSameDocument: false, frame };
    if (isRedirect) return !this.fire('will-redirect', details).defaultPrevented;
    if (!byPage && isMainFrame) return true;
    if (this.fire('will-frame-navigate', details).defaultPrevented) return false;
    return !isMainFrame || !this.fire('will-navigate', details).defaultPrevented;
  }

  #askToOpen(details: { url: string; frameName: string; features: string }): void {
    const full = { ...details, disposition: 'foreground-tab', referrer: { url: this.#url } };
    const answer = this.#openHandler?.(strict('window-open details', full));
    if (answer?.action === 'deny') return;
    console.error(`preview runtime: a second window (${details.url}) is not emulated`);
  }

  #receive(message: PageMessage): void {
    switch (message.kind) {
      case 'invoke':
        void this.#answer(message);
        return;
      case 'send': {
        const { channel, args } = message as unknown as { channel: string; args: unknown[] };
        this.#host.ipc.send(channel, this.#ipcEvent(), args);
        return;
      }
      case 'window-open':
        this.#askToOpen({
          url: this.#host.origins.toScheme(String(message['url'])),
          frameName: String(message['frameName']),
          features: String(message['features']),
        });
        return;
      case 'title':
        this.#title = String(message['title']);
        this.fire('page-title-updated', {}, this.#title, true);
        this.#options.owner.onTitle(this.#title);
        return;
      case 'menu-choice':
        this.#host.menuDesk.chooseDrawn(message['index'] as number | null);
        return;
      case 'context-menu':
        this.fire('context-menu', {}, strict('ContextMenuParams', message['params'] as object));
        return;
      case 'preload-error': {
        const error = new Error(String(message['message']));
        error.stack = String(message['stack']);
        console.error(`Unable to load preload script: ${this.#options.preload ?? ''}`, error);
        this.fire('preload-error', {}, this.#options.preload, error);
        return;
      }
      default:
        this.#options.owner.onWindowMessage(message);
    }
  }

  async #answer(message: PageMessage): Promise<void> {
    const { id, channel, args } = message as unknown as {
      id: string;
      channel: string;
      args: unknown[];
    };
    const page = this.#openPage;
    try {
      const value = await this.#host.ipc.invoke(channel, this.#ipcEvent(), args);
      page?.post({ kind: 'reply', id, channel, ok: true, value });
    } catch (error) {
      page?.post({ kind: 'reply', id, channel, ok: false, error: String(error) });
    }
  }

  #ipcEvent(): IpcEvent {
    return strict('IpcMainEvent', {
      type: 'frame' as const,
      sender: this.#proxy,
      senderFrame: this.mainFrame,
      frameId: this.#options.id,
      processId: this.#options.id,
      reply: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
    });
  }
}

/** Fits what Electron allows a page to be; everything here has one safe setting. */
export function checkWebPreferences(preferences: Record<string, unknown>): void {
  const needed: Record<string, unknown> = {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    javascript: true,
    images: true,
    zoomFactor: 1,
  };
  const free = [
    'preload',
    'safeDialogs',
    'spellcheck',
    'devTools',
    'defaultEncoding',
    'backgroundThrottling',
    'textAreasAreResizable',
    'v8CacheOptions',
  ];
  refuseUnknownKeys('webPreferences', preferences, [...Object.keys(needed), ...free]);
  for (const [key, value] of Object.entries(needed)) {
    if (key in preferences && preferences[key] !== value) {
      throw new NotEmulatedError(`webPreferences.${key}: ${String(preferences[key])}`);
    }
  }
}
