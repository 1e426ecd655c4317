/**
 * Runs in the preview runtime's process. What `import … from 'electron'` and `require('electron')` give to the
 * app's bundles, by name and as the default.
 */
import {
  createClipboard,
  createDialog,
  createNotification,
  createSafeStorage,
  createShell,
  PowerMonitor,
  Screen,
} from './electron/desktop.ts';
import { createBrowserWindowModule } from './electron/browser-window-module.ts';
import { menuItemModule, menuModule } from './electron/menu.ts';
import { exposeNativeTheme } from './electron/native-theme.ts';
import { createSessionModule } from './electron/session.ts';
import { currentHost } from './current-host.ts';
import { NotEmulatedError, refused, strict } from './refuse.ts';

const host = currentHost();

const exposedApp = strict('app', host.app, {
  hidden: ['fire', 'becomeReady', 'windowClosed', 'cancelQuit', 'emitSecondInstance'],
});
const exposedIpc = host.ipc.module;
const exposedScreen = strict('screen', new Screen(host.desktop.isReady));
const exposedPower = strict('powerMonitor', new PowerMonitor());

export {
  exposedApp as app,
  exposedIpc as ipcMain,
  exposedScreen as screen,
  exposedPower as powerMonitor,
  menuModule as Menu,
  menuItemModule as MenuItem,
};
export const BrowserWindow = createBrowserWindowModule(host);
export const protocol = host.protocol;
export const session = createSessionModule(host.session, host.desktop.isReady);
export const nativeTheme = exposeNativeTheme(host.theme);
export const shell = createShell(host.desktop);
export const dialog = createDialog(host.desktop);
export const clipboard = createClipboard(host.desktop);
export const safeStorage = createSafeStorage();
export const Notification = createNotification(host.desktop);

// Named, so that a bundle links; any use throws.
export const autoUpdater = refused('autoUpdater');
export const BaseWindow = refused('BaseWindow');
export const BrowserView = refused('BrowserView');
export const ClipboardItem = refused('ClipboardItem');
export const contentTracing = refused('contentTracing');
export const crashReporter = refused('crashReporter');
export const desktopCapturer = refused('desktopCapturer');
export const globalShortcut = refused('globalShortcut');
export const ImageView = refused('ImageView');
export const inAppPurchase = refused('inAppPurchase');
export const MessageChannelMain = refused('MessageChannelMain');
export const nativeImage = refused('nativeImage');
export const net = refused('net');
export const netLog = refused('netLog');
export const powerSaveBlocker = refused('powerSaveBlocker');
export const pushNotifications = refused('pushNotifications');
export const ShareMenu = refused('ShareMenu');
export const systemPreferences = refused('systemPreferences');
export const TouchBar = refused('TouchBar');
export const Tray = refused('Tray');
export const utilityProcess = refused('utilityProcess');
export const View = refused('View');
export const webContents = refused('webContents');
export const WebContentsView = refused('WebContentsView');
export const webFrameMain = refused('webFrameMain');

const modules: Record<string, unknown> = {
  app: exposedApp,
  ipcMain: exposedIpc,
  screen: exposedScreen,
  powerMonitor: exposedPower,
  Menu: menuModule,
  MenuItem: menuItemModule,
  BrowserWindow,
  protocol,
  session,
  nativeTheme,
  shell,
  dialog,
  clipboard,
  safeStorage,
  Notification,
  // As in Electron's main process: the renderer's modules are not there.
  ipcRenderer: undefined,
  contextBridge: undefined,
  webFrame: undefined,
};

// The default export is how electron-store and CommonJS reach it.
// eslint-disable-next-line no-restricted-exports
export default new Proxy(modules, {
  get: (_target, key) => {
    if (typeof key === 'symbol' || key in modules || key === 'then' || key === '__esModule') {
      return modules[key as string];
    }
    throw new NotEmulatedError(`electron.${key}`);
  },
});
