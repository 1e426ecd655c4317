/**
 * Runs in the main process. Our one window: made once, shown when it has something to show, remembered.
 */
import { BrowserWindow, screen, type Rectangle } from 'electron';
import { eventChannelOf } from '#contract/endpoint.ts';
import type { Emit } from '../ports.ts';
import type { SettingsFiles } from '../settings/settings-file.ts';
import { createCrashGate } from './crash-gate.ts';
import type { Log } from './log.ts';
import { ownPage } from './own-origin.ts';
import type { FrameColours } from './theme-colours.ts';
import { overlayOptions, windowOptions, type WindowOptionsInput } from './window-options.ts';
import { fitToDisplays, parseWindowState, type Bounds, type WindowState } from './window-state.ts';

export interface MainWindowOptions extends Omit<WindowOptionsInput, 'bounds' | 'colours'> {
  colours: FrameColours;
  settings: Pick<SettingsFiles, 'getWindowValue' | 'setWindowValue'>;
  log: Log;
}

export interface MainWindow {
  readonly window: BrowserWindow;
  /** Id of the page whose messages are trusted; null once it is gone. */
  contentsId(): number | null;
  load(): void;
  emit: Emit;
  /** Brings the window to the front, for a second launch. */
  focus(): void;
  paint(colours: FrameColours): void;
  /** The page has kept what it keeps: a window that is closing goes on with that. */
  viewSaved(): void;
  close(): Promise<void>;
}

/** Shown at the latest then, even if the page has not painted: a silent start is worse. */
const showAtLatestMs = 3000;
const saveAfterMs = 500;
const stateKey = 'window';

function workAreas(): [Bounds, ...Bounds[]] {
  const areas = screen.getAllDisplays().map((display): Rectangle => display.workArea);
  return [screen.getPrimaryDisplay().workArea, ...areas];
}

/** Keeps the window's place: half a second after it last changed, and when it closes. */
function keepState(window: BrowserWindow, options: MainWindowOptions): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    const state: WindowState = {
      bounds: window.getNormalBounds(),
      maximised: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    };
    try {
      options.settings.setWindowValue(stateKey, state);
    } catch (error) {
      options.log.error('the place of the window could not be kept', error);
    }
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, saveAfterMs);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('maximize', saveSoon);
  window.on('unmaximize', saveSoon);
  window.on('enter-full-screen', saveSoon);
  window.on('leave-full-screen', saveSoon);
  window.on('close', save);
  window.on('closed', () => clearTimeout(timer));
}

/** Longest wait for a page that is asked to keep its view before it goes. */
const viewWaitMs = 400;

/**
 * A page that goes may lose what it says last, so it is asked before the window closes. Returns what is called when it
 * has answered.
 */
function askBeforeClosing(window: BrowserWindow, ask: () => void): () => void {
  let state: 'open' | 'asked' | 'answered' = 'open';
  let timer: NodeJS.Timeout | undefined;
  const answered = (): void => {
    if (state !== 'asked') return;
    state = 'answered';
    clearTimeout(timer);
    if (!window.isDestroyed()) window.close();
  };
  window.on('close', (event) => {
    if (state === 'answered') return;
    event.preventDefault();
    if (state === 'asked') return;
    state = 'asked';
    timer = setTimeout(answered, viewWaitMs);
    ask();
  });
  window.on('closed', () => clearTimeout(timer));
  return answered;
}

function showWhenReady(window: BrowserWindow, state: WindowState): void {
  const show = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isVisible()) return;
    if (state.maximised) window.maximize();
    window.show();
    if (state.fullScreen) window.setFullScreen(true);
  };
  const timer = setTimeout(show, showAtLatestMs);
  window.once('ready-to-show', show);
  window.on('closed', () => clearTimeout(timer));
}

/** A page that crashed is loaded again, unless it does nothing else. */
function survivePage(window: BrowserWindow, log: Log): void {
  const mayReload = createCrashGate();
  const contents = window.webContents;
  contents.on('render-process-gone', (_event, details) => {
    log.error(`the page ended: ${details.reason}, exit code ${details.exitCode}`);
    if (details.reason !== 'clean-exit' && mayReload(Date.now())) contents.reload();
  });
  window.on('unresponsive', () => log.warn('the page does not answer'));
  contents.on('did-fail-load', (_event, code, description) => {
    log.error(`the page could not be loaded: ${description} (${code})`);
  });
  // A page may not keep its window open.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const stored = parseWindowState(options.settings.getWindowValue(stateKey));
  const state = fitToDisplays(stored, workAreas());
  const window = new BrowserWindow(windowOptions({ ...options, bounds: state.bounds }));
  const contentsId = window.webContents.id;
  keepState(window, options);
  showWhenReady(window, state);
  survivePage(window, options.log);
  const emit: Emit = (name, payload) => {
    if (!window.isDestroyed() && !window.webContents.isDestroyed()) {
      window.webContents.send(eventChannelOf(name), payload);
    }
  };
  const viewSaved = askBeforeClosing(window, () => emit('windowClosing', {}));

  return {
    window,
    contentsId: () => (window.isDestroyed() ? null : contentsId),
    load() {
      window.loadURL(ownPage).catch((error: unknown) => {
        options.log.error('the page could not be loaded', error);
      });
    },
    emit,
    viewSaved,
    focus() {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    paint(colours) {
      if (window.isDestroyed()) return;
      window.setBackgroundColor(colours.canvas);
      if (options.preview || options.platform === 'darwin') return;
      window.setTitleBarOverlay(overlayOptions(colours));
    },
    async close() {
      if (window.isDestroyed()) return;
      const closed = new Promise<void>((resolve) => window.once('closed', () => resolve()));
      // A page that hangs cannot run its unload handlers; it gets a second.
      const force = setTimeout(() => window.destroy(), 1000);
      window.close();
      await closed;
      clearTimeout(force);
    },
  };
}
