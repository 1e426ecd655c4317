/**
 * Runs as source text in the page's own world, before any script of the page: it may use nothing but the
 * language, the DOM and what it is given.
 */
import type { BridgeEnd } from './bridge.ts';

type OpenBridge = (node: EventTarget, here: string, there: string) => BridgeEnd;

/** Waits for the isolated world's hand, and makes `window.open` ask main instead of opening a window. */
export function installMainWorld(openBridge: OpenBridge, handshake: string): void {
  if (window !== window.top) return;
  const { defineProperty } = Object;
  const { apply } = Reflect;
  const nativeOpen = window.open;

  const listen = (event: Event): void => {
    window.removeEventListener(handshake, listen);
    const node = (event as MouseEvent).relatedTarget;
    if (node === null) return;
    openBridge(node, 'page', 'preload');
    const dispatch = node.dispatchEvent.bind(node);
    const EventType = CustomEvent;
    const ownTargets = new Set(['_self', '_parent', '_top']);
    const open = function (url?: string | URL, name?: string, features?: string): Window | null {
      if (name !== undefined && ownTargets.has(name.toLowerCase())) {
        return apply(nativeOpen, window, [url, name, features]) as Window | null;
      }
      const absolute = url === undefined || url === '' ? 'about:blank' : String(url);
      const resolved = new URL(absolute, document.baseURI).href;
      const detail = { url: resolved, frameName: name ?? '', features: features ?? '' };
      dispatch(new EventType('window-open', { detail }));
      return null;
    };
    defineProperty(window, 'open', {
      value: open,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  };
  window.addEventListener(handshake, listen);
}
