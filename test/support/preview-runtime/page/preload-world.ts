/**
 * Runs as source text in the isolated world of the page's main frame: it may use nothing but the language,
 * the DOM and what it is given. Gives the preload script what Electron's sandbox gives: a `require` with
 * 'electron', 'events', 'timers' and 'url', and a small `process`.
 */
import type { BridgeEnd } from './bridge.ts';
import type { Codec } from './codec.ts';
import type { DrawnItem, MenuOverlay } from './menu-overlay.ts';

export interface PreloadWorldOptions {
  handshake: string;
  /** Name of the function that carries text to main, and of the object through which main answers. */
  binding: string;
  platform: string;
  arch: string;
  chromeVersion: string;
  nodeVersion: string;
}

/** What the wrapper around the preload script hands to it. */
export interface PreloadScope {
  require(name: string): unknown;
  process: object;
  /** For Node's globals that Electron's sandbox has and the preview runtime has not. */
  absent(name: string): unknown;
  /** Tells main that the preload script threw. */
  failed(error: unknown): void;
}

type OpenBridge = (node: EventTarget, here: string, there: string) => BridgeEnd;
type Listener = (...args: unknown[]) => void;

/* Kept in one self-contained function: its source text is what the page runs. */
export function installPreloadWorld(
  createCodec: () => Codec,
  openBridge: OpenBridge,
  createMenuOverlay: (answer: (index: number | null) => void) => MenuOverlay,
  options: PreloadWorldOptions,
): PreloadScope | null {
  if (window !== window.top) return null;
  const codec = createCodec();
  const scope = globalThis as unknown as Record<string, unknown>;
  const toMain = scope[options.binding] as (text: string) => void;
  // What is said in one turn crosses as one text, a message a line: each crossing has its price.
  let outbox: string[] = [];
  const post = (message: unknown): void => {
    if (outbox.push(codec.encode(message)) > 1) return;
    queueMicrotask(() => {
      const lines = outbox.join('\n');
      outbox = [];
      toMain(lines);
    });
  };
  const passive = new Set<PropertyKey>(['then', 'toJSON', 'constructor', '__esModule', 'default']);
  const refusal = (what: string): Error => new Error(`preview runtime: ${what} is not emulated`);
  const strict = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(_target, key) {
        if (key in target) return Reflect.get(target, key, target) as unknown;
        if (typeof key === 'symbol' || passive.has(key)) return undefined;
        throw refusal(`${name}.${key}`);
      },
      set(_target, key) {
        throw refusal(`setting ${name}.${String(key)}`);
      },
    });
  const absent = (name: string): unknown =>
    new Proxy(function notEmulated() {}, {
      get(_target, key) {
        throw refusal(`${name}.${String(key)} in a preload script`);
      },
      apply() {
        throw refusal(`${name}() in a preload script`);
      },
      construct() {
        throw refusal(`new ${name}() in a preload script`);
      },
    });

  class Emitter {
    readonly #listeners = new Map<unknown, { listener: Listener; run: Listener }[]>();

    on(name: unknown, listener: Listener): this {
      return this.#add(name, listener, listener);
    }

    addListener(name: unknown, listener: Listener): this {
      return this.#add(name, listener, listener);
    }

    once(name: unknown, listener: Listener): this {
      return this.#add(name, listener, (...args) => {
        this.removeListener(name, listener);
        listener(...args);
      });
    }

    off(name: unknown, listener: Listener): this {
      return this.removeListener(name, listener);
    }

    removeListener(name: unknown, listener: Listener): this {
      const list = this.#listeners.get(name) ?? [];
      const at = list.findLastIndex((item) => item.listener === listener);
      if (at >= 0) this.#listeners.set(name, list.toSpliced(at, 1));
      return this;
    }

    removeAllListeners(name?: unknown): this {
      if (name === undefined) this.#listeners.clear();
      else this.#listeners.delete(name);
      return this;
    }

    listenerCount(name: unknown): number {
      return this.#listeners.get(name)?.length ?? 0;
    }

    emit(name: unknown, ...args: unknown[]): boolean {
      const list = this.#listeners.get(name) ?? [];
      for (const { run } of list) {
        try {
          run(...args);
        } catch (error) {
          reportError(error);
        }
      }
      return list.length > 0;
    }

    #add(name: unknown, listener: Listener, run: Listener): this {
      if (typeof listener !== 'function') throw new TypeError('The listener must be a function');
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, run }]);
      return this;
    }
  }

  // Of this document alone: an answer to the one before a reload must not be taken for ours.
  const documentId = crypto.randomUUID();
  const waiting = new Map<string, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  const clone = (args: unknown[]): unknown[] => {
    try {
      return structuredClone(args);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  };
  const checkChannel = (channel: unknown): void => {
    if (typeof channel !== 'string') throw new TypeError('The channel must be a string');
  };

  class IpcRenderer extends Emitter {
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      checkChannel(channel);
      const cloned = clone(args);
      const id = `${documentId} ${(lastId += 1)}`;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        try {
          post({ kind: 'invoke', id, channel, args: cloned });
        } catch (error) {
          waiting.delete(id);
          throw error;
        }
      });
    }

    send(channel: string, ...args: unknown[]): void {
      checkChannel(channel);
      post({ kind: 'send', channel, args: clone(args) });
    }
  }

  const bareIpc = new IpcRenderer();
  const ipcRenderer = new Proxy(bareIpc, {
    get(target, key) {
      if (!(key in target)) {
        if (typeof key === 'symbol' || passive.has(key)) return undefined;
        throw refusal(`ipcRenderer.${key}`);
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' && key !== 'constructor' ? value.bind(target) : value;
    },
  });

  type FromMain =
    | { kind: 'reply'; id: string; channel: string; ok: true; value: unknown }
    | { kind: 'reply'; id: string; channel: string; ok: false; error: string }
    | { kind: 'send'; channel: string; args: unknown[] }
    | { kind: 'menu'; items: DrawnItem[]; x?: number; y?: number };
  const menus = createMenuOverlay((index) => post({ kind: 'menu-choice', index }));
  const pointer = { x: 0, y: 0 };
  const receive = (lines: string): void => {
    for (const line of lines.split('\n')) take(codec.decode(line) as FromMain);
  };
  const take = (message: FromMain): void => {
    if (message.kind === 'send') {
      bareIpc.emit(message.channel, { sender: ipcRenderer, ports: [] }, ...message.args);
      return;
    }
    if (message.kind === 'menu') {
      menus.open(message.items, message.x ?? pointer.x, message.y ?? pointer.y);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) call?.resolve(message.value);
    else {
      call?.reject(
        new Error(`Error invoking remote method '${message.channel}': ${message.error}`),
      );
    }
  };
  Object.defineProperty(scope, `${options.binding}Receive`, { value: receive });

  const node = document.createElement('template');
  window.dispatchEvent(new MouseEvent(options.handshake, { relatedTarget: node }));
  const bridge = openBridge(node, 'preload', 'page');
  node.addEventListener('window-open', (event) => {
    post({ kind: 'window-open', ...(event as CustomEvent<object>).detail });
  });

  const tellWindow = (event: string) => (): void => {
    const { innerWidth, innerHeight, screenX, screenY } = window;
    post({ kind: 'window', event, innerWidth, innerHeight, screenX, screenY });
  };
  window.addEventListener('focus', tellWindow('focus'));
  window.addEventListener('blur', tellWindow('blur'));
  window.addEventListener('resize', tellWindow('resize'));

  let lastTitle = '';
  const tellTitle = (): void => {
    if (document.title === lastTitle) return;
    lastTitle = document.title;
    post({ kind: 'title', title: lastTitle });
  };
  window.addEventListener('DOMContentLoaded', () => {
    tellTitle();
    const watched = { childList: true, subtree: true, characterData: true };
    new MutationObserver(tellTitle).observe(document.head, watched);
  });

  window.addEventListener('contextmenu', (event) => {
    Object.assign(pointer, { x: event.clientX, y: event.clientY });
    if (event.defaultPrevented) return;
    // Chromium would show a menu of its own; Electron shows none.
    event.preventDefault();
    const target = event.composedPath()[0];
    const element = target instanceof Element ? target : null;
    const field = element?.closest('input, textarea');
    const isField =
      field instanceof HTMLTextAreaElement ||
      (field instanceof HTMLInputElement && field.selectionStart !== null);
    const editable = isField || (element instanceof HTMLElement && element.isContentEditable);
    const selectionText = isField
      ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
      : String(window.getSelection() ?? '');
    const link = element?.closest('a');
    const linkURL = link instanceof HTMLAnchorElement ? link.href : '';
    const params = {
      x: event.clientX,
      y: event.clientY,
      isEditable: editable,
      selectionText,
      linkURL,
    };
    post({ kind: 'context-menu', params });
  });

  const electron = strict('electron (in a sandboxed preload)', {
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (key: unknown, api: unknown): void => {
        if (typeof key !== 'string') throw new TypeError('The key must be a string');
        bridge.expose(key, api);
      },
    }),
    ipcRenderer,
  });
  const modules: Record<string, unknown> = {
    electron,
    'electron/renderer': electron,
    events: Object.assign(Emitter, { EventEmitter: Emitter }),
    timers: strict('timers', {
      setTimeout: setTimeout.bind(window),
      clearTimeout: clearTimeout.bind(window),
      setInterval: setInterval.bind(window),
      clearInterval: clearInterval.bind(window),
    }),
    url: strict('url', { URL, URLSearchParams }),
  };

  return {
    require: (name) => {
      const found = modules[String(name).replace(/^node:/, '')];
      if (found === undefined) throw new Error(`module not found: ${name}`);
      return found;
    },
    process: strict('process', {
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
      platform: options.platform,
      arch: options.arch,
      versions: Object.freeze({ chrome: options.chromeVersion, node: options.nodeVersion }),
    }),
    absent,
    failed: (error) => {
      const isError = error instanceof Error;
      const message = isError ? error.message : String(error);
      console.error('Unable to load preload script', error);
      post({ kind: 'preload-error', message, stack: isError ? (error.stack ?? '') : '' });
    },
  };
}
