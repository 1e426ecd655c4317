/**
 * Runs in the main process. Closes what Electron leaves open: permissions, navigation, new windows, embedded
 * pages and downloads started by a page. Follows Electron's own security checklist.
 */
import type { App, Session, WebContents } from 'electron';
import { isOwnPage } from './own-origin.ts';

export interface SecurityOptions {
  openExternal(address: string): Promise<void>;
  onDenied(what: string): void;
}

/** True when the window may go there: our own document, in the top frame. */
export function mayNavigate(url: string, isMainFrame: boolean): boolean {
  return isMainFrame && isOwnPage(url);
}

function lockContents(contents: WebContents, options: SecurityOptions): void {
  contents.on('will-navigate', (event) => {
    if (mayNavigate(event.url, event.isMainFrame)) return;
    event.preventDefault();
    options.onDenied('navigation');
  });
  contents.on('will-frame-navigate', (event) => {
    if (mayNavigate(event.url, event.isMainFrame)) return;
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    // Our own origin never redirects.
    event.preventDefault();
    options.onDenied('redirect');
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    options.onDenied('webview');
  });
  contents.setWindowOpenHandler(({ url }) => {
    // After this handler has returned: the system's browser must not start from inside it.
    setImmediate(() => {
      options.openExternal(url).catch(() => {
        options.onDenied('window.open');
      });
    });
    return { action: 'deny' };
  });
}

/** Locks every page that will ever be made. Call before the first window. */
export function lockAllContents(app: App, options: SecurityOptions): void {
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents, options);
  });
}

/** Denies every permission, and every download that does not go through our own. Call when ready. */
export function lockSession(session: Session, options: SecurityOptions): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    options.onDenied(`permission ${permission}`);
    callback(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
    options.onDenied('download');
  });
}
