/**
 * Runs in the preview runtime's process. One page of Chromium as a window's contents need it: the two worlds
 * with the preload between them, navigation held until the app has had its say, and what happens to the page
 * as calls to a listener.
 */
import { randomBytes } from 'node:crypto';
import type { Origins } from '../origin/origins.ts';
import { createCodec } from '../page/codec.ts';
import { mainWorldScript, preloadWorldScript } from '../page/scripts.ts';
import type { Chromium } from './chromium.ts';
import type { CdpParams, CdpSession } from './pipe-client.ts';

export interface PageMessage {
  kind: string;
  [key: string]: unknown;
}

export interface NavigationRequest {
  url: string;
  isMainFrame: boolean;
  /** Asked for by the page itself, not by the app or the user's reload. */
  byPage: boolean;
  isRedirect: boolean;
}

/** What a page tells its owner. Addresses are the app's own (`app://…`) wherever they are of its origin. */
export interface PageListener {
  onMessage(message: PageMessage): void;
  /** True lets the navigation go on. */
  mayNavigate(request: NavigationRequest): boolean;
  onWindowOpen(details: { url: string; frameName: string; features: string }): void;
  onStartNavigation(url: string, isMainFrame: boolean, isSameDocument: boolean): void;
  onNavigated(url: string, isSameDocument: boolean): void;
  onDomReady(): void;
  onLoaded(): void;
  onFirstPaint(): void;
  onCrashed(): void;
  /** True when the page may leave although it asked to stay. */
  mayLeave(): boolean;
  onDownload(url: string, fileName: string): void;
  onGone(): void;
}

export interface PageOptions {
  chromium: Chromium;
  origins: Origins;
  /** Source text of the preload script, or null. */
  preload: string | null;
  headless: boolean;
  listener: PageListener;
}

interface Frame {
  id: string;
  parentId?: string;
  loaderId: string;
  url: string;
  urlFragment?: string;
}

const worldName = 'almagest-preload';

export class ChromiumPage {
  readonly session: CdpSession;
  readonly targetId: string;
  readonly #options: PageOptions;
  readonly #codec = createCodec();
  /** Random, so that no page script can guess it. */
  readonly #binding = `b${randomBytes(16).toString('hex')}`;
  readonly #handshake = `h${randomBytes(16).toString('hex')}`;
  readonly #askedByPage = new Set<string>();
  readonly #loaded = new Set<string>();
  readonly #waitingForLoad = new Map<string, () => void>();
  /** Of the app's own document in the main frame; null while there is another, as at the start. */
  #ownLoaderId: string | null = null;
  #origin: string | null = null;
  #mainFrameId: string;
  #preloadContext: number | null = null;
  #outbox: string[] = [];
  #gone = false;

  /** Attaches to the first page of the browser and prepares it; nothing is loaded yet. */
  static async open(options: PageOptions): Promise<ChromiumPage> {
    const { cdp, firstTarget } = options.chromium;
    const targetId = await firstTarget;
    const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const page = new ChromiumPage(options, cdp.session(sessionId), targetId);
    page.#listen();
    await page.#prepare();
    return page;
  }

  constructor(options: PageOptions, session: CdpSession, targetId: string) {
    this.#options = options;
    this.session = session;
    this.targetId = targetId;
    this.#mainFrameId = targetId;
  }

  /** Resolves when the page has loaded; rejects with the browser's error text. */
  async navigate(loopbackUrl: string): Promise<void> {
    await this.#showToken(loopbackUrl);
    const { errorText, loaderId } = await this.session.send<{
      errorText?: string;
      loaderId?: string;
    }>('Page.navigate', { url: loopbackUrl });
    if (errorText !== undefined) throw new Error(errorText);
    if (loaderId === undefined || this.#loaded.has(loaderId)) return;
    await new Promise<void>((resolve) => this.#waitingForLoad.set(loaderId, resolve));
  }

  /**
   * Sends to the preload script; what comes before it has run is lost, as in Electron. What is said in one turn
   * crosses as one text, a message a line.
   */
  post(message: object): void {
    if (this.#preloadContext === null || this.#gone) return;
    if (this.#outbox.push(this.#codec.encode(message)) === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const lines = this.#outbox.join('\n');
    this.#outbox = [];
    if (this.#preloadContext === null || this.#gone) return;
    this.tell('Runtime.callFunctionOn', {
      functionDeclaration: `(lines) => globalThis['${this.#binding}Receive']?.(lines)`,
      executionContextId: this.#preloadContext,
      arguments: [{ value: lines }],
    });
  }

  /** Sends and forgets: a page that has gone no longer cares. */
  tell(method: string, params: CdpParams = {}): void {
    this.session.send(method, params).catch(() => undefined);
  }

  /** Of the app's own document, as the browser knows it; null before there is one. */
  get origin(): string | null {
    return this.#origin;
  }

  async #prepare(): Promise<void> {
    const { chromium, headless, preload, origins } = this.#options;
    const [{ product }] = await Promise.all([
      chromium.cdp.send<{ product: string }>('Browser.getVersion'),
      origins.ready(),
    ]);
    const send = (method: string, params: CdpParams = {}) => this.session.send(method, params);
    await Promise.all([
      send('Page.enable'),
      send('Runtime.enable'),
      send('Inspector.enable'),
      send('Page.setLifecycleEventsEnabled', { enabled: true }),
      send('Runtime.addBinding', { name: this.#binding, executionContextName: worldName }),
      // In this order: the page's world listens before the isolated world holds out its hand.
      send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(this.#handshake) }),
      send('Page.addScriptToEvaluateOnNewDocument', {
        worldName,
        source: preloadWorldScript(preload, {
          handshake: this.#handshake,
          binding: this.#binding,
          platform: process.platform,
          arch: process.arch,
          chromeVersion: product.replace(/^.*\//, ''),
          nodeVersion: process.versions.node,
        }),
      }),
      send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] }),
      ...(headless ? [send('Emulation.setFocusEmulationEnabled', { enabled: true })] : []),
      chromium.cdp.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter: [{ type: 'page' }],
      }),
      chromium.cdp.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true }),
    ]);
  }

  /** Lets this browser, and no other, read what the app serves on the host of `loopbackUrl`. */
  async #showToken(loopbackUrl: string): Promise<void> {
    const { hostname } = new URL(loopbackUrl);
    const cookies = this.#options.origins.all().map(({ cookieName, token }) => ({
      name: cookieName,
      value: token,
      domain: hostname,
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
    }));
    await this.#options.chromium.cdp.send('Storage.setCookies', { cookies });
  }

  #listen(): void {
    const { listener, chromium } = this.#options;
    const on = (method: string, run: (params: CdpParams) => void) => this.session.on(method, run);
    this.#listenToWorlds(on);
    this.#listenToNavigation(on);
    on('Page.lifecycleEvent', ({ name, loaderId }) => {
      if (loaderId === this.#ownLoaderId) this.#live(String(name), String(loaderId));
    });
    on('Inspector.targetCrashed', () => {
      this.#preloadContext = null;
      listener.onCrashed();
    });
    on('Page.javascriptDialogOpening', ({ type }) => {
      if (type !== 'beforeunload') return;
      this.tell('Page.handleJavaScriptDialog', { accept: listener.mayLeave() });
    });
    on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      listener.onWindowOpen({
        url: this.#options.origins.toScheme(String(url)),
        frameName: String(windowName ?? ''),
        features: ((windowFeatures as string[] | undefined) ?? []).join(','),
      });
    });
    this.#listenToBrowser(chromium.cdp);
  }

  #live(name: string, loaderId: string): void {
    const { listener } = this.#options;
    if (name === 'DOMContentLoaded') listener.onDomReady();
    if (name === 'firstPaint') listener.onFirstPaint();
    if (name !== 'load') return;
    this.#loaded.add(loaderId);
    listener.onLoaded();
    this.#waitingForLoad.get(loaderId)?.();
    this.#waitingForLoad.delete(loaderId);
  }

  #listenToBrowser(cdp: CdpSession): void {
    const { listener } = this.#options;
    const gone = (): void => {
      if (this.#gone) return;
      this.#gone = true;
      listener.onGone();
    };
    cdp.on('closed', gone);
    cdp.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId === this.targetId) gone();
    });
    cdp.on('Target.attachedToTarget', ({ targetInfo, waitingForDebugger }) => {
      const { targetId } = targetInfo as { targetId: string };
      // Any other page is a window that nobody allowed: it is closed before it has loaded anything.
      if (waitingForDebugger !== true || targetId === this.targetId) return;
      cdp.send('Target.closeTarget', { targetId }).catch(() => undefined);
    });
    cdp.on('Browser.downloadWillBegin', ({ url, suggestedFilename }) => {
      listener.onDownload(this.#options.origins.toScheme(String(url)), String(suggestedFilename));
    });
  }

  #listenToWorlds(on: (method: string, run: (params: CdpParams) => void) => void): void {
    on('Runtime.executionContextCreated', ({ context }) => {
      const { id, name, auxData } = context as {
        id: number;
        name: string;
        auxData?: { frameId?: string };
      };
      if (name === worldName && auxData?.frameId === this.#mainFrameId) this.#preloadContext = id;
    });
    on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#preloadContext) this.#preloadContext = null;
    });
    on('Runtime.executionContextsCleared', () => {
      this.#preloadContext = null;
      this.#outbox = [];
    });
    on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== this.#binding || executionContextId !== this.#preloadContext) return;
      for (const line of String(payload).split('\n')) {
        this.#options.listener.onMessage(this.#codec.decode(line) as PageMessage);
      }
    });
  }

  #listenToNavigation(on: (method: string, run: (params: CdpParams) => void) => void): void {
    const { listener, origins } = this.#options;
    on('Page.frameNavigated', ({ frame }) => {
      const { id, parentId, loaderId, url, urlFragment = '' } = frame as Frame;
      if (parentId !== undefined) return;
      this.#mainFrameId = id;
      this.#ownLoaderId = origins.isOwn(url) ? loaderId : null;
      this.#origin = this.#ownLoaderId === null ? null : new URL(url).origin;
      if (this.#ownLoaderId === null) return;
      listener.onNavigated(origins.toScheme(url + urlFragment), false);
    });
    on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== this.#mainFrameId) return;
      const address = origins.toScheme(String(url));
      listener.onStartNavigation(address, true, true);
      listener.onNavigated(address, true);
    });
    on('Page.frameRequestedNavigation', ({ url, disposition }) => {
      if (disposition === 'currentTab') {
        this.#askedByPage.add(String(url).replace(/#.*/s, ''));
        return;
      }
      listener.onWindowOpen({ url: origins.toScheme(String(url)), frameName: '', features: '' });
    });
    on('Fetch.requestPaused', (params) => this.#decide(params));
  }

  #decide({ requestId, request, frameId, redirectedRequestId }: CdpParams): void {
    const { listener, origins } = this.#options;
    const { url } = request as { url: string };
    const isMainFrame = frameId === this.#mainFrameId;
    const address = origins.toScheme(url);
    const byPage = this.#askedByPage.delete(url.replace(/#.*/s, ''));
    const isRedirect = redirectedRequestId !== undefined;
    const isOwn = origins.isOwn(url);
    const goOn = listener.mayNavigate({
      url: address,
      isMainFrame,
      byPage: byPage || !isOwn,
      isRedirect,
    });
    if (goOn && isOwn) {
      listener.onStartNavigation(address, isMainFrame, false);
      this.tell('Fetch.continueRequest', { requestId });
      return;
    }
    if (goOn) console.error(`preview runtime: navigation to ${address} is not emulated`);
    this.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
  }
}
