import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LaunchedApp } from '#test/support/launch/launch-app.ts';
import { usualMain, writeTinyApp, type TinyApp } from '#test/support/preview-runtime-app.ts';

const main = usualMain(`
  ipcMain.handle('echo', (event, ...args) => args);
  const held = [];
  ipcMain.handle('hold', (event, value) => new Promise((resolve) => held.push(() => resolve(value))));
  ipcMain.handle('let-go', () => { for (const resolve of held.splice(0)) resolve(); });
  ipcMain.handle('who', (event) => ({
    url: event.senderFrame.url,
    isMain: event.senderFrame === event.sender.mainFrame,
    id: event.sender.id,
    parent: event.senderFrame.parent,
  }));
  ipcMain.handle('gives-function', () => ({ run() {} }));
  ipcMain.handle('fails', () => { throw new RangeError('too far'); });
  ipcMain.on('ask', (event, value) => event.sender.send('told', value, new Map([['one', 1]])));
  ipcMain.handle('second-handler', () => {
    try { ipcMain.handle('echo', () => 1); } catch (error) { return error.message; }
    return 'nothing thrown';
  });
  ipcMain.handle('sends-function', (event) => {
    try { event.sender.send('told', () => 1); } catch (error) { return error.message; }
    return 'nothing thrown';
  });
  ipcMain.handle('not-emulated', () => {
    const uses = {
      tray: () => new electron.Tray('icon.png'),
      net: () => electron.net.fetch('app://almagest/'),
      unknownMethod: () => app.getGPUInfo('basic'),
      unknownEvent: () => app.on('gpu-info-update', () => {}),
      unknownModule: () => electronDefault.somethingNew,
      secondWindow: () => new BrowserWindow({}),
      setter: () => { app.badgeCount = 3; },
      frame: () => BrowserWindow.getAllWindows()[0].webContents.executeJavaScript('1'),
    };
    return Object.fromEntries(Object.entries(uses).map(([name, use]) => {
      try { use(); return [name, 'nothing thrown']; } catch (error) { return [name, error.message]; }
    }));
  });
  ipcMain.handle('same-modules', () => [
    electronDefault.app === app,
    createRequire(import.meta.url)('electron').app === app,
    BrowserWindow.getAllWindows()[0] instanceof BrowserWindow,
    app.getVersion(), app.isPackaged, process.env.ALMAGEST_RUNTIME,
  ]);
`);

const preload = `
const { contextBridge, ipcRenderer } = require('electron');
const attempt = (run) => { try { return String(run()); } catch (error) { return 'threw: ' + error.message; } };
const seen = {
  fs: attempt(() => require('fs')),
  electron: attempt(() => ipcRenderer.sendSync('x')),
  frame: attempt(() => require('electron').webFrame),
  processKeys: Object.keys(process).sort(),
  env: attempt(() => process.env),
  buffer: attempt(() => Buffer.from('x')),
  isolatedSecret: (globalThis.secret = 42),
};
contextBridge.exposeInMainWorld('tiny', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  onTold: (listener) => { ipcRenderer.on('told', (event, ...args) => listener(...args)); },
  add: (a, b) => a + b,
  call: (callback) => callback({ from: 'preload' }),
  fails: () => { throw Object.assign(new TypeError('no good'), { code: 7 }); },
  nested: { list: [1, { deep: () => 'deep' }] },
  seen,
  again: () => attempt(() => contextBridge.exposeInMainWorld('tiny', 1)),
});
`;

type Tiny = {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  onTold(listener: (...args: unknown[]) => void): void;
  add(a: number, b: number): number;
  call<T>(callback: (given: unknown) => T): T;
  fails(): void;
  nested: { list: [number, { deep(): string }] };
  seen: Record<string, unknown>;
  again(): string;
};
declare const tiny: Tiny;

let app: LaunchedApp;
let fixture: TinyApp;

beforeAll(async () => {
  fixture = writeTinyApp({ main, preload });
  app = await fixture.launch();
});

afterAll(async () => {
  await fixture.remove();
});

/** The message of what the call throws or rejects with in the page. */
async function failureOf(run: () => unknown): Promise<string> {
  try {
    await app.page.evaluate(run);
    return 'nothing thrown';
  } catch (error) {
    const [first = ''] = (error as Error).message.split('\n');
    return first.replace(/^page\.evaluate: Error: /, '');
  }
}

describe('values between page and main', () => {
  test('structured values arrive whole, both ways', async () => {
    const result = await app.page.evaluate(async () => {
      const shared = { name: 'shared' };
      const [back] = (await tiny.invoke('echo', {
        date: new Date(5),
        map: new Map<unknown, unknown>([[{ key: 1 }, new Set(['x'])]]),
        nothing: undefined,
        numbers: [NaN, -0, Infinity],
        big: 2n ** 70n,
        bytes: new Uint16Array([1, 2, 65535]),
        lone: '\ud800',
        pattern: /a+/gi,
        error: new RangeError('far'),
        twice: [shared, shared],
        $: 'a mark of the codec',
        ['__proto__x']: 1,
      })) as [Record<string, never>];
      const value = back as unknown as {
        date: Date;
        map: Map<{ key: number }, Set<string>>;
        numbers: number[];
        big: bigint;
        bytes: Uint16Array;
        lone: string;
        pattern: RegExp;
        error: Error;
        twice: [object, object];
        $: string;
      };
      const [[key, set] = []] = [...value.map];
      return {
        time: value.date.getTime(),
        key: key?.key,
        hasX: set?.has('x'),
        hasNothing: 'nothing' in value,
        numbers: value.numbers.map((number) => (Object.is(number, -0) ? '-0' : String(number))),
        big: String(value.big),
        bytes: [value.bytes.constructor.name, ...value.bytes],
        lone: value.lone.charCodeAt(0),
        pattern: String(value.pattern),
        error: [value.error.name, value.error.message],
        same: value.twice[0] === value.twice[1],
        dollar: value.$,
      };
    });
    expect(result).toEqual({
      time: 5,
      key: 1,
      hasX: true,
      hasNothing: true,
      numbers: ['NaN', '-0', 'Infinity'],
      big: String(2n ** 70n),
      bytes: ['Uint16Array', 1, 2, 65535],
      lone: 0xd800,
      pattern: '/a+/gi',
      // The bridge keeps of an error its message alone, as Electron's does.
      error: ['Error', 'far'],
      same: true,
      dollar: 'a mark of the codec',
    });
  });

  test('an own key __proto__ stays a plain key', async () => {
    const kept = await app.page.evaluate(async () => {
      const [back] = (await tiny.invoke('echo', JSON.parse('{"__proto__":{"evil":1}}'))) as [
        object,
      ];
      return [Object.hasOwn(back, '__proto__'), 'evil' in back];
    });
    expect(kept).toEqual([true, false]);
  });

  test('what cannot be cloned is refused, as Electron words it', async () => {
    const words = 'An object could not be cloned.';
    expect(await failureOf(() => tiny.invoke('echo', Symbol('x')))).toBe(words);
    expect(await failureOf(() => tiny.invoke('echo', () => 1))).toBe(words);
    expect(await failureOf(() => tiny.invoke('echo', { deep: [() => 1] }))).toBe(words);
    expect(await failureOf(() => tiny.invoke('echo', new Proxy({ a: 1 }, {})))).toBe(words);
    expect(await failureOf(() => tiny.invoke('echo', { deep: new Proxy([1], {}) }))).toBe(words);
    expect(await failureOf(() => tiny.invoke('echo', document.body))).toBe(words);
    expect(await failureOf(() => tiny.invoke('gives-function'))).toBe(
      `Error invoking remote method 'gives-function': Error: ${words}`,
    );
    expect(await app.page.evaluate(() => tiny.invoke('sends-function'))).toBe(words);
  });

  test('errors of a handler cross as text alone', async () => {
    expect(await failureOf(() => tiny.invoke('fails'))).toBe(
      "Error invoking remote method 'fails': RangeError: too far",
    );
    expect(await failureOf(() => tiny.invoke('nobody'))).toBe(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
  });

  test('a channel takes one handler', async () => {
    expect(await app.page.evaluate(() => tiny.invoke('second-handler'))).toBe(
      "Attempted to register a second handler for 'echo'",
    );
  });

  test('webContents.send reaches the page with several values', async () => {
    const told = await app.page.evaluate(
      () =>
        new Promise((resolve) => {
          tiny.onTold((value, map) => resolve([value, (map as Map<string, number>).get('one')]));
          tiny.send('ask', { question: 1 });
        }),
    );
    expect(told).toEqual([{ question: 1 }, 1]);
  });

  test('main sees the app’s own address and the main frame', async () => {
    expect(await app.page.evaluate(() => tiny.invoke('who'))).toEqual({
      url: 'app://almagest/',
      isMain: true,
      id: 1,
      parent: null,
    });
  });
});

test('an answer to the document before a reload is nobody’s', async () => {
  const hold = (value: string) => app.page.evaluate((given) => tiny.invoke('hold', given), value);
  // From a new document on, so that both calls are the first of theirs.
  await app.page.reload();
  const old = hold('old').catch(() => 'gone with its document');
  await app.page.reload();
  expect(await old).toBe('gone with its document');
  const next = hold('new');
  await app.page.evaluate(() => tiny.invoke('let-go'));
  expect(await next).toBe('new');
});

describe('the two worlds', () => {
  test('the page sees nothing but what was exposed', async () => {
    const names = await app.page.evaluate(() => ({
      require: typeof Reflect.get(window, 'require'),
      process: typeof Reflect.get(window, 'process'),
      ipc: typeof Reflect.get(window, 'ipcRenderer'),
      secret: typeof Reflect.get(window, 'secret'),
      odd: Object.getOwnPropertyNames(window).filter((name) => /^[bh][0-9a-f]{32}/.test(name)),
      cookie: document.cookie,
      secure: isSecureContext,
    }));
    expect(names).toEqual({
      require: 'undefined',
      process: 'undefined',
      ipc: 'undefined',
      secret: 'undefined',
      odd: [],
      cookie: '',
      secure: true,
    });
  });

  test('functions are called in place, and with callbacks', async () => {
    const values = await app.page.evaluate(() => [
      tiny.add(2, 3),
      tiny.nested.list[1].deep(),
      tiny.call((given) => JSON.stringify(given)),
    ]);
    expect(values).toEqual([5, 'deep', '{"from":"preload"}']);
  });

  test('what was exposed is frozen and cannot be replaced', async () => {
    const frozen = await app.page.evaluate(() => {
      try {
        Reflect.set(window, 'tiny', 1);
      } catch {
        // Either way it must still be there.
      }
      return [
        Object.isFrozen(tiny),
        Object.isFrozen(tiny.nested.list),
        Object.isFrozen(tiny.nested.list[1]),
        typeof tiny.add,
      ];
    });
    expect(frozen).toEqual([true, true, true, 'function']);
    expect(await app.page.evaluate(() => tiny.again())).toMatch(
      /Cannot bind an API on top of an existing property/,
    );
  });

  test('an error crosses with its message alone', async () => {
    const error = await app.page.evaluate(() => {
      try {
        tiny.fails();
        return null;
      } catch (thrown) {
        const { name, message } = thrown as Error;
        return { name, message, code: Reflect.get(thrown as object, 'code') as unknown };
      }
    });
    expect(error).toEqual({ name: 'Error', message: 'no good', code: undefined });
  });

  test('the preload script has what Electron’s sandbox gives, and no more', async () => {
    const seen = await app.page.evaluate(() => tiny.seen);
    expect(seen).toMatchObject({
      fs: 'threw: module not found: fs',
      electron: 'threw: preview runtime: ipcRenderer.sendSync is not emulated',
      frame: expect.stringMatching(/webFrame is not emulated/),
      env: 'threw: preview runtime: process.env is not emulated',
      buffer: expect.stringMatching(/Buffer.from in a preload script is not emulated/),
      processKeys: ['arch', 'contextIsolated', 'platform', 'sandboxed', 'type', 'versions'],
    });
  });
});

describe('what is not emulated', () => {
  test('throws at the first use', async () => {
    const messages = await app.page.evaluate(() => tiny.invoke('not-emulated'));
    expect(messages).toEqual({
      tray: 'preview runtime: new Tray() is not emulated',
      net: 'preview runtime: net.fetch is not emulated',
      unknownMethod: 'preview runtime: app.getGPUInfo is not emulated',
      unknownEvent: "preview runtime: event 'gpu-info-update' of app is not emulated",
      unknownModule: 'preview runtime: electron.somethingNew is not emulated',
      secondWindow: 'preview runtime: a second BrowserWindow is not emulated',
      setter: 'preview runtime: setting app.badgeCount is not emulated',
      frame: 'preview runtime: webContents.executeJavaScript is not emulated',
    });
  });

  test('names and default are one module, for import and require', async () => {
    expect(await app.page.evaluate(() => tiny.invoke('same-modules'))).toEqual([
      true,
      true,
      true,
      '1.2.3',
      false,
      'preview',
    ]);
  });
});
