import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LaunchedApp } from '#test/support/launch/launch-app.ts';
import {
  usualMain,
  writeTinyApp,
  type TinyApp,
  type TinyAppSource,
} from '#test/support/preview-runtime-app.ts';

// Each test starts a browser of its own, some two; machines are slow at times.
vi.setConfig({ testTimeout: 90_000 });

const fixtures: TinyApp[] = [];

afterEach(async () => {
  for (const fixture of fixtures.splice(0)) await fixture.remove();
});

function tinyApp(source: TinyAppSource): TinyApp {
  const fixture = writeTinyApp(source);
  fixtures.push(fixture);
  return fixture;
}

const logged = `
for (const name of ['before-quit', 'will-quit', 'quit', 'window-all-closed']) {
  app.on(name, () => console.log('event', name));
}
app.on('window-all-closed', () => app.quit());
app.on('browser-window-created', (event, window) => {
  window.on('close', () => console.log('event close'));
  window.on('closed', () => console.log('event closed', window.isDestroyed()));
});
`;

const eventsOf = (app: LaunchedApp): string[] =>
  [...app.log().matchAll(/^event (.*)$/gm)].map((match) => match[1] ?? '');

/** Ids of the processes whose command line holds the text (Linux). */
function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'cmdline'), 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}

const browserProfilesOf = (pid: number): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`almagest-preview-${pid}-`));

describe('how it ends', () => {
  test('closing the window ends the app in Electron’s order, with code 0', async () => {
    const app = await tinyApp({ main: `${logged}${usualMain()}` }).launch();
    await app.control.closeWindow();
    expect(await app.exited).toEqual({ code: 0, signal: null });
    const order = ['close', 'closed true', 'window-all-closed', 'before-quit', 'will-quit', 'quit'];
    expect(eventsOf(app)).toEqual(order);
    expect(browserProfilesOf(app.pid)).toEqual([]);
  });

  test('quit asks first, closes the window and tells no window-all-closed', async () => {
    const app = await tinyApp({ main: `${logged}${usualMain()}` }).launch();
    await app.close();
    expect(eventsOf(app)).toEqual(['before-quit', 'close', 'closed true', 'will-quit', 'quit']);
  });

  test('a listener can keep the app', async () => {
    const keep = `
      let kept = 0;
      app.on('before-quit', (event) => { if (kept++ === 0) event.preventDefault(); });
      app.on('browser-window-created', (created, window) => {
        window.once('close', (event) => event.preventDefault());
      });
    `;
    const app = await tinyApp({ main: `${logged}${keep}${usualMain()}` }).launch();
    process.kill(app.pid, 'SIGTERM');
    await expect.poll(() => eventsOf(app)).toEqual(['before-quit']);
    await app.control.closeWindow();
    await expect.poll(() => eventsOf(app)).toEqual(['before-quit', 'close']);
    expect(await app.page.title()).toBe('Tiny');
    await app.close();
  });

  test('a page’s unload handlers run before the window goes', async () => {
    const html = '<!doctype html><title>Tiny</title><script src="page.js"></script>';
    const script = `
      pages.set('/page.js', page('text/javascript', "addEventListener('pagehide', () => tell('bye'));"));
    `;
    const preload = `
      const { contextBridge, ipcRenderer } = require('electron');
      contextBridge.exposeInMainWorld('tell', (word) => ipcRenderer.send('word', word));
    `;
    const listen = "ipcMain.on('word', (event, word) => console.log('event word', word));";
    const app = await tinyApp({
      main: script + logged + usualMain(listen),
      preload,
      html,
    }).launch();
    await app.control.closeWindow();
    await app.exited;
    expect(eventsOf(app)).toContain('word bye');
  });

  test('SIGTERM quits in order', async () => {
    const app = await tinyApp({ main: `${logged}${usualMain()}` }).launch();
    process.kill(app.pid, 'SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
    expect(eventsOf(app).slice(0, 2)).toEqual(['before-quit', 'close']);
  });

  test.runIf(process.platform === 'linux')('SIGKILL of main leaves no Chromium', async () => {
    const fixture = tinyApp({ main: usualMain() });
    const app = await fixture.launch();
    const [profile] = browserProfilesOf(app.pid);
    if (profile === undefined) throw new Error('Chromium has no profile');
    expect(processesWith(profile).length).toBeGreaterThan(1);
    process.kill(app.pid, 'SIGKILL');
    expect((await app.exited).signal).toBe('SIGKILL');
    await expect.poll(() => processesWith(profile), { timeout: 10_000 }).toEqual([]);
    // The next start sweeps what could not be removed.
    await fixture.launch();
    expect(existsSync(join(tmpdir(), profile))).toBe(false);
  });

  test('Chromium dying is the window closing', async () => {
    const app = await tinyApp({ main: `${logged}${usualMain()}` }).launch();
    const [profile = ''] = browserProfilesOf(app.pid);
    const [browser] = processesWith(`user-data-dir=${join(tmpdir(), profile)}`);
    process.kill(Number(browser), 'SIGKILL');
    expect((await app.exited).code).toBe(0);
    expect(eventsOf(app)).toContain('window-all-closed');
  });

  test('a crashed page is told and can be loaded again', async () => {
    const ready = `
      app.on('render-process-gone', (event, contents, details) => {
        console.log('event gone', details.reason);
        contents.reload();
      });
    `;
    const app = await tinyApp({ main: logged + usualMain(ready) }).launch();
    await app.control.crashPage();
    await expect.poll(() => eventsOf(app)).toContain('gone crashed');
    await expect
      .poll(async () => (await app.control.windowState())?.title, { timeout: 10_000 })
      .toBe('Tiny');
    await app.close();
  });
});

describe('how it starts', () => {
  test('a second start hands its arguments to the first and ends', async () => {
    const second =
      "app.on('second-instance', (event, argv) => console.log('event second', argv.at(-1)));";
    const fixture = tinyApp({ main: logged + second + usualMain() });
    const app = await fixture.launch();
    expect((await fixture.run(['--open', 'from-the-second'])).code).toBe(0);
    await expect.poll(() => eventsOf(app)).toEqual(['second from-the-second']);
    await app.kill();
    // The lock went with the process.
    await (await fixture.launch()).close();
  });

  test('an entry that throws ends with its error', async () => {
    const { code, output } = await tinyApp({ main: "throw new Error('no luck');" }).run();
    expect(code).toBe(1);
    expect(output).toContain('no luck');
  });

  test('a window that is not sandboxed is refused', async () => {
    const unsafe = 'await createWindow({ webPreferences: { sandbox: false } });';
    const { code, output } = await tinyApp({ main: usualMain(unsafe) }).run();
    expect(code).toBe(1);
    expect(output).toContain('preview runtime: webPreferences.sandbox: false is not emulated');
  });

  test('a scheme without stream is refused: loopback could not show that', async () => {
    const main =
      "protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true } }]);";
    const { code, output } = await tinyApp({ main }).run();
    expect(code).toBe(1);
    expect(output).toContain("scheme app without the privilege 'secure' is not emulated");
  });

  test('a preload script that throws is told', async () => {
    const fixture = tinyApp({ main: usualMain(), preload: "throw new Error('preload broke');" });
    const app = await fixture.launch();
    await expect.poll(() => app.log()).toContain('preload broke');
  });

  test('wrong options say how it is used', async () => {
    const runtime = resolve(import.meta.dirname, '../../support/preview-runtime/main.ts');
    const child = spawn(process.execPath, [runtime, '--nonsense', 'x.js'], { stdio: 'ignore' });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(2);
  });
});

describe('the window and the desktop', () => {
  const ready = `
    ipcMain.handle('theme', () => [nativeTheme.shouldUseDarkColors, nativeTheme.shouldUseHighContrastColors]);
    ipcMain.handle('dark', () => { nativeTheme.themeSource = 'dark'; });
    nativeTheme.on('updated', () => console.log('event theme', nativeTheme.shouldUseDarkColors));
    ipcMain.handle('desktop', async (event) => {
      await shell.openExternal('https://example.org/');
      await electron.clipboard.writeText('copied');
      const window = BrowserWindow.getAllWindows()[0];
      const chosen = await electron.dialog.showOpenDialog(window, { properties: ['openDirectory'] });
      return [chosen, await electron.clipboard.readText()];
    });
    ipcMain.handle('menu', () => {
      Menu.buildFromTemplate([
        { id: 'one', label: 'One', accelerator: 'CommandOrControl+1', registerAccelerator: false,
          click: (item, window) => console.log('event chosen', item.id, window === BrowserWindow.getAllWindows()[0]) },
        { label: 'More', submenu: [{ role: 'quit', label: 'Leave' }, { id: 'off', label: 'Off', enabled: false }] },
      ]).popup({ x: 4, y: 5 });
    });
    ipcMain.handle('bad-menus', () => [
      [{ role: 'nonsense' }], [{}], [{ label: 'x', accelerator: 'Hyper+Q' }], [{ label: 'x', colour: 'red' }],
    ].map((template) => { try { Menu.buildFromTemplate(template); return 'made'; } catch (error) { return error.message; } }));
    ipcMain.handle('window', (event, name, ...args) => {
      const window = BrowserWindow.getAllWindows()[0];
      return window[name](...args);
    });
    app.on('browser-window-created', (created, window) => {
      for (const name of ['resize', 'maximize', 'unmaximize', 'ready-to-show', 'show']) {
        window.on(name, () => console.log('event', name));
      }
      window.webContents.on('context-menu', (event, params) => {
        console.log('event context', params.isEditable, params.selectionText);
      });
    });
  `;
  const preload = `
    const { contextBridge, ipcRenderer } = require('electron');
    contextBridge.exposeInMainWorld('call', (...args) => ipcRenderer.invoke(...args));
  `;
  const html = '<!doctype html><title>Tiny</title><p>word</p><input value="abc">';
  const start = (options = {}) =>
    tinyApp({ main: usualMain(ready), preload, html }).launch(options);
  const call = (app: LaunchedApp, ...args: unknown[]): Promise<unknown> =>
    app.page.evaluate((all) => {
      const bridge = Reflect.get(window, 'call') as (...given: unknown[]) => Promise<unknown>;
      return bridge(...all);
    }, args);

  test('size, scale and theme are as launched, and follow', async () => {
    const app = await start({
      size: { width: 800, height: 700 },
      deviceScaleFactor: 2,
      colorScheme: 'dark',
    });
    const look = () =>
      app.page.evaluate(() => ({
        size: [innerWidth, innerHeight, devicePixelRatio],
        dark: matchMedia('(prefers-color-scheme: dark)').matches,
        contrast: matchMedia('(prefers-contrast: more)').matches,
      }));
    await expect.poll(look).toEqual({ size: [800, 700, 2], dark: true, contrast: false });
    await app.control.setSystemTheme({ dark: false, highContrast: true });
    await expect.poll(look).toEqual({ size: [800, 700, 2], dark: false, contrast: true });
    expect(await call(app, 'theme')).toEqual([false, true]);
    await call(app, 'dark');
    await expect.poll(async () => (await look()).dark).toBe(true);
    await app.control.setSize(1280, 800);
    await expect.poll(async () => (await look()).size).toEqual([1280, 800, 2]);
    expect((await app.control.windowState())?.bounds).toMatchObject({ width: 1280, height: 800 });
    expect(app.log()).toMatch(/event theme false[^]*event theme true/);
  });

  test('the title and maximising are told, and undone', async () => {
    const app = await start();
    await app.page.evaluate(() => (document.title = 'Named anew'));
    await expect.poll(async () => (await app.control.windowState())?.title).toBe('Named anew');
    await app.control.maximize();
    await expect.poll(() => eventsOf(app)).toContain('maximize');
    expect(await call(app, 'window', 'isMaximized')).toBe(true);
    const normal = await call(app, 'window', 'getNormalBounds');
    expect(normal).toMatchObject({ width: 900, height: 640 });
    await app.control.unmaximize();
    await expect.poll(() => eventsOf(app)).toContain('unmaximize');
    await expect.poll(() => app.page.evaluate(() => innerWidth)).toBe(900);
    expect(eventsOf(app)).toContain('ready-to-show');
  });

  test('the desktop is recorded, and dialogs answer what was set', async () => {
    const app = await start();
    await expect(call(app, 'desktop')).rejects.toThrow(
      /no answer was set for dialog.showOpenDialog/,
    );
    await app.control.clearCalls();
    const answer = { canceled: false, filePaths: ['/somewhere'] };
    await app.control.answerDialog('showOpenDialog', answer);
    expect(await call(app, 'desktop')).toEqual([answer, 'copied']);
    expect(await app.control.calls()).toEqual([
      { what: 'shell.openExternal', args: ['https://example.org/'] },
      { what: 'clipboard.writeText', args: ['copied'] },
      { what: 'dialog.showOpenDialog', args: [{ properties: ['openDirectory'] }] },
    ]);
  });

  test('menus are checked, recorded and chosen from', async () => {
    const app = await start();
    expect(await call(app, 'bad-menus')).toEqual([
      'Invalid role: nonsense',
      'Invalid template for MenuItem: must have label, role or type',
      'Invalid accelerator: Hyper+Q',
      'preview runtime: MenuItem option.colour is not emulated',
    ]);
    await call(app, 'menu');
    const { popup, items } = await app.control.menuItems();
    expect(popup).toBe(true);
    expect(items.map(({ path }) => path.join(' > '))).toEqual([
      'One',
      'More',
      'More > Leave',
      'More > Off',
    ]);
    await expect(app.control.chooseMenuItem('off')).rejects.toThrow(/disabled/);
    await app.control.chooseMenuItem('one');
    await expect.poll(() => eventsOf(app)).toContain('chosen one true');
    expect((await app.control.menuItems()).popup).toBe(false);
    await call(app, 'menu');
    await app.control.chooseMenuItem('More > Leave');
    expect((await app.exited).code).toBe(0);
  });

  test('a person sees menus drawn over the page, and chooses by keyboard', async () => {
    const app = await start({ env: { ALMAGEST_PREVIEW_MENUS: 'drawn' } });
    await app.page.locator('input').focus();
    await call(app, 'menu');
    await expect
      .poll(() => app.page.getByRole('menuitem').allTextContents())
      .toEqual(['OneCtrl+1', 'More›']);
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('ArrowRight');
    await app.page.getByRole('menuitem', { name: 'Leave' }).waitFor();
    await app.page.keyboard.press('Escape');
    await expect.poll(() => app.page.getByRole('menu').count()).toBe(0);
    expect((await app.control.menuItems()).popup).toBe(false);
    expect(await app.page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await call(app, 'menu');
    await app.page.getByRole('menuitem', { name: 'One' }).click();
    await expect.poll(() => eventsOf(app)).toContain('chosen one true');
  });

  test('a right click is told with what lies under it', async () => {
    const app = await start();
    await app.page.locator('input').selectText();
    await app.page.locator('input').click({ button: 'right' });
    await expect.poll(() => eventsOf(app)).toContain('context true abc');
  });
});
