import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { expect, test } from 'vitest';
import { lockAllContents, lockSession, mayNavigate } from '#main/shell/security.ts';

/** Emits an event as Electron would and says whether it was prevented. */
function isPrevented(target: EventEmitter, name: string, details: object = {}): boolean {
  let prevented = false;
  target.emit(name, { ...details, preventDefault: () => (prevented = true) });
  return prevented;
}

type OpenHandler = (details: { url: string }) => { action: string };

function lockedPage() {
  const app = new EventEmitter();
  const opened: string[] = [];
  lockAllContents(app as unknown as App, {
    openExternal: async (address) => void opened.push(address),
    onDenied: () => {},
  });
  let openHandler: OpenHandler | undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: OpenHandler) => (openHandler = handler),
  });
  app.emit('web-contents-created', {}, contents);
  return { contents, opened, open: (url: string) => openHandler?.({ url }) };
}

test('only our own document may be gone to, and only by the window itself', () => {
  expect(mayNavigate('app://almagest/', true)).toBe(true);
  expect(mayNavigate('app://almagest/', false)).toBe(false);
  expect(mayNavigate('app://almagest/media/x', true)).toBe(false);
  expect(mayNavigate('https://images.nasa.gov/', true)).toBe(false);
  expect(mayNavigate('app://almagest.evil/', true)).toBe(false);
});

test('a page cannot go, be sent or embed anywhere', () => {
  const { contents } = lockedPage();
  const away = { url: 'https://evil.example/', isMainFrame: true };
  const home = { url: 'app://almagest/', isMainFrame: true };
  for (const name of ['will-navigate', 'will-frame-navigate']) {
    expect(isPrevented(contents, name, away)).toBe(true);
    expect(isPrevented(contents, name, { ...home, isMainFrame: false })).toBe(true);
    expect(isPrevented(contents, name, home)).toBe(false);
  }
  expect(isPrevented(contents, 'will-redirect', home)).toBe(true);
  expect(isPrevented(contents, 'will-attach-webview')).toBe(true);
});

test('a page cannot open windows; the address goes to the one way out', async () => {
  const { open, opened } = lockedPage();
  expect(open('https://images.nasa.gov/')).toEqual({ action: 'deny' });
  expect(opened).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(opened).toEqual(['https://images.nasa.gov/']);
});

test('no permission is granted and no download starts', () => {
  const answers: unknown[] = [];
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (
      handler: (contents: null, permission: string, callback: (granted: boolean) => void) => void,
    ) => {
      for (const name of ['media', 'geolocation', 'openExternal', 'fileSystem']) {
        handler(null, name, (granted) => answers.push(granted));
      }
    },
    setPermissionCheckHandler: (handler: () => boolean) => answers.push(handler()),
  });
  const denied: string[] = [];
  lockSession(session as unknown as Session, {
    openExternal: async () => {},
    onDenied: (what) => denied.push(what),
  });
  expect(answers).toEqual([false, false, false, false, false]);
  expect(isPrevented(session, 'will-download')).toBe(true);
  expect(denied).toContain('permission geolocation');
});
