/**
 * Runs in the main process, once Electron is ready. Puts the desktop shell together: window, theme, menus, own
 * origin and channels, around a core that may still be opening its files.
 */
import { join } from 'node:path';
import { app, ipcMain, nativeTheme, Notification, protocol, session, shell } from 'electron';
import { defaultDownloadFolder } from '../profile.ts';
import { createDispatcher } from '../dispatch.ts';
import { parseProxyRule, type ResolveProxy } from '../http/proxy.ts';
import type { Core, Emit, PlatformPorts, SettingsStore } from '../ports.ts';
import { createExternalOpener } from './external-links.ts';
import type { Log } from './log.ts';
import { createAppMenu, type AppMenu } from './menu.ts';
import { createPlatformPorts } from './platform-ports.ts';
import { createOwnOrigin } from './protocol.ts';
import { ownScheme } from './own-origin.ts';
import { registerHandlers } from './registrar.ts';
import { lockAllContents, lockSession } from './security.ts';
import { isTrustedSender } from './sender-check.ts';
import { openWindowSettings } from './settings-store.ts';
import { listStaticFiles } from './static-files.ts';
import { createEndNotes } from './end-notes.ts';
import { createQueueWatch } from './queue-watch.ts';
import { createTaskbar } from './taskbar.ts';
import { createTheme, type Theme } from './theme.ts';
import { createMainWindow, type MainWindow } from './window.ts';

export interface DesktopOptions {
  profileDir: string;
  /** Absolute folder of the built files: `main`, `preload` and `renderer` lie side by side in it. */
  builtDir: string;
  log: Log;
}

export interface Desktop {
  settings: SettingsStore;
  platform: PlatformPorts;
  emit: Emit;
  resolveProxy: ResolveProxy;
  /** Opens the page; its calls and pictures wait for the core. */
  connect(core: Promise<Core>): void;
  focus(): void;
  close(): Promise<void>;
}

function picturesFolder(): string {
  try {
    return join(app.getPath('pictures'), 'Almagest');
  } catch {
    // Electron throws where the system names no such folder.
    return defaultDownloadFolder();
  }
}

/** Registers the channels and the origin, then loads the page. */
function connectCore(core: Promise<Core>, window: MainWindow, options: DesktopOptions): void {
  const { log } = options;
  const dispatcher = createDispatcher({
    handlers: core.then(({ handlers }) => handlers),
    reportDefect: (error, { channel, reference }) => {
      log.error(`${channel} failed unexpectedly, reference ${reference}`, error);
    },
  });
  registerHandlers({
    ipcMain,
    dispatcher,
    isTrusted: (event) => isTrustedSender(event, window.contentsId()),
    onRefused: (channel) => log.warn(`${channel}: refused a message that is not from our page`),
  });
  // A page that is loaded anew or gone no longer waits for its answers.
  const caller = window.window.webContents.id;
  window.window.webContents.on('did-start-navigation', (event) => {
    if (event.isMainFrame && !event.isSameDocument) dispatcher.callerGone(caller);
  });
  window.window.webContents.on('render-process-gone', () => dispatcher.callerGone(caller));
  window.window.on('closed', () => dispatcher.callerGone(caller));

  const media = core.then(({ media: service }) => service);
  media.catch(() => undefined);
  const files = listStaticFiles(join(options.builtDir, 'renderer'));
  const onFailure = (error: unknown, url: string) => log.error(`could not serve ${url}`, error);
  protocol.handle(ownScheme, createOwnOrigin({ files, media, onFailure }));
  window.load();
}

/** Facts go to the page; the shell itself follows the settings, and the queue. */
function createEmit(
  window: MainWindow,
  theme: Theme,
  menu: AppMenu,
  queueChanged: () => void,
): Emit {
  return (name, payload) => {
    if (name === 'queueChanged') queueChanged();
    if ('settings' in payload) {
      theme.choose(payload.settings.theme);
      menu.useShortcuts(payload.settings.shortcuts);
    }
    window.emit(name, payload);
  };
}

/** Notes that are shown: one that nothing holds on to would lose its click. */
const shownNotes = new Set<Notification>();

function note(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const shown = new Notification({ title, body });
  shownNotes.add(shown);
  shown.on('click', onClick);
  shown.on('close', () => shownNotes.delete(shown));
  shown.show();
}

function openDownloads(window: MainWindow): void {
  window.focus();
  window.emit('commandChosen', { command: 'go.downloads' });
}

export function createDesktop(options: DesktopOptions): Desktop {
  const { log, builtDir } = options;
  const preview = process.env['ALMAGEST_RUNTIME'] === 'preview';
  const openExternal = createExternalOpener((address) => shell.openExternal(address));
  const security = { openExternal, onDenied: (what: string) => log.warn(`denied: ${what}`) };
  lockAllContents(app, security);
  lockSession(session.defaultSession, security);

  const settings = openWindowSettings(options.profileDir, picturesFolder());
  if (settings.problem !== undefined) log.warn(settings.problem.message);
  const { theme: first, shortcuts } = settings.get();
  const theme = createTheme({
    nativeTheme,
    first,
    onColours: (colours) => window.paint(colours),
    onSystemTheme: (system) => window.emit('systemThemeChanged', system),
  });
  const window = createMainWindow({
    platform: process.platform,
    preview,
    isPackaged: app.isPackaged,
    colours: theme.colours(),
    preload: join(builtDir, 'preload', 'index.cjs'),
    icon: join(builtDir, '..', 'resources', 'icons', '256x256.png'),
    settings,
    log,
  });
  const menu = createAppMenu({
    platform: process.platform,
    appName: 'Almagest',
    shortcuts,
    developer: !app.isPackaged,
    onCommand: (command) => window.emit('commandChosen', { command }),
    onQuit: () => app.quit(),
    onClose: () => window.window.close(),
  });
  menu.attachContextMenu(window.window);
  let core: Promise<Core> | null = null;
  const queueChanged = createQueueWatch({
    async read() {
      const { handlers } = (await core) ?? {};
      const nothing = { groups: [], isPaused: false, isWorkedHere: true };
      const { signal } = new AbortController();
      return handlers === undefined ? nothing : await handlers.downloads.queue({}, { signal });
    },
    watchers: [
      createTaskbar((part, mode) => {
        if (!window.window.isDestroyed()) window.window.setProgressBar(part, { mode });
      }),
      createEndNotes({
        isAway: () => window.window.isDestroyed() || !window.window.isFocused(),
        show: (title, body) => note(title, body, () => openDownloads(window)),
      }),
    ],
    onProblem: (error) => log.warn(`what the desktop shows of the queue: ${String(error)}`),
  });
  return {
    settings,
    platform: createPlatformPorts({
      ...{ preview, menu, openExternal },
      window: window.window,
      viewSaved: () => window.viewSaved(),
    }),
    emit: createEmit(window, theme, menu, queueChanged),
    resolveProxy: async (url) =>
      parseProxyRule(await session.defaultSession.resolveProxy(url.href)),
    connect(opened) {
      core = opened;
      connectCore(opened, window, options);
    },
    focus: () => window.focus(),
    close: () => window.close(),
  };
}
