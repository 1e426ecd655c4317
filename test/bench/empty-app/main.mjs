// The peer of the window bench: the least Electron app that shows an empty page from its own scheme.
import { app, BrowserWindow, protocol } from 'electron';

protocol.registerSchemesAsPrivileged([
  {
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
  },
]);
const page = '<!doctype html><html lang="en"><title>Empty</title><body><p>Empty</p></body></html>';

async function open() {
  protocol.handle(
    'app',
    () => new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  );
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL('app://almagest/');
}

app.on('window-all-closed', () => app.quit());
// Not awaited at the top: Electron becomes ready only after this module has run.
app.whenReady().then(open);
